// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The last days of a source as a strip: the arithmetic, and its painting in a cell.

#include "core/engine/views.h"

#include <QList>
#include <QStyledItemDelegate>

namespace daymark::ui {

/// A day's state; none where the calendar doesn't list the day.
using StripDays = QList<std::optional<DayState>>;

/// Days in a row of one state, and their place across the strip.
struct StripSegment
{
    int first = 0;
    int last = 0;
    std::optional<DayState> state;
    double left = 0;
    double right = 0;

    bool operator==(const StripSegment&) const = default;
};

/// A gap or a failed day: one that holds others up.
[[nodiscard]] bool isBad(std::optional<DayState> state);

/// Merges neighbours of one state. Each segment is as wide as its days, but a bad one is never so
/// narrow that it cannot be seen; the others make room for it.
[[nodiscard]] QList<StripSegment> stripSegments(const StripDays& days, double width);

/// The states of the last 60 days, oldest first, today's last.
[[nodiscard]] StripDays stripDaysOf(const SourceOverview& overview);

/// `21 imported, 1 gap, 7 blocked`: how many days there are of each state.
[[nodiscard]] QString stripWords(const StripDays& days);

/// Draws a strip, StripDays in the given role, in place of a cell's text.
class StripDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    explicit StripDelegate(int role, QObject* parent = nullptr);

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option,
                                 const QModelIndex& index) const override;

private:
    int m_role;
};

} // namespace daymark::ui
