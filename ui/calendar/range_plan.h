// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What a command on several days will and will not do, day by day and in words, before it runs.

#include "ui/calendar/calendar_facts.h"
#include "ui/calendar/day_span.h"

#include <array>

namespace daymark::ui {

enum class RangeAction { MarkFinished, Skip, Reopen, ImportUpTo, Reimport };

inline constexpr std::array kRangeActions{RangeAction::MarkFinished, RangeAction::Skip,
                                          RangeAction::Reopen, RangeAction::ImportUpTo,
                                          RangeAction::Reimport};

/// One day of a plan.
struct RangeStep
{
    QDate day;
    bool happens = false;
    QString words; ///< `gap: will be skipped`, `has landed and stays as it is`
};

struct RangePlan
{
    RangeAction action = RangeAction::MarkFinished;
    DaySpan span;
    std::vector<RangeStep> steps; ///< by date; with days before the span where they come along
    QString summary; ///< `8 days: 5 will be skipped; 3 have landed and stay as they are.`

    /// The days on which something happens, oldest first.
    [[nodiscard]] QList<QDate> days() const;
};

/// @param facts  the source's calendar.
/// @param span   the selected days.
[[nodiscard]] RangePlan rangePlan(RangeAction action, const CalendarFacts& facts,
                                  const DaySpan& span);

/// `12 to 19 November 2026`, `28 October to 3 November 2026`.
[[nodiscard]] QString spanWords(const DaySpan& span);

} // namespace daymark::ui
