// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDate>

#include <algorithm>

namespace daymark::ui {

/// Days from `first` to `last`, both included.
struct DaySpan
{
    QDate first;
    QDate last;

    /// From one day to another, whichever is the earlier.
    [[nodiscard]] static DaySpan between(QDate a, QDate b)
    {
        return {std::min(a, b), std::max(a, b)};
    }

    [[nodiscard]] bool contains(QDate day) const { return first <= day && day <= last; }
    [[nodiscard]] qint64 length() const { return first.daysTo(last) + 1; }

    bool operator==(const DaySpan&) const = default;
};

} // namespace daymark::ui
