// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/calendar/calendar_facts.h"

#include <array>

namespace daymark::ui {

/// Which days of a calendar stand out; the others are dimmed.
enum class DayFilter { All, Gaps, Waiting, Failed, Damaged, Changed, Overdue, Rejected, Skipped };

inline constexpr std::array kDayFilters{
    DayFilter::All,     DayFilter::Gaps,     DayFilter::Waiting,
    DayFilter::Failed,  DayFilter::Damaged,  DayFilter::Changed,
    DayFilter::Overdue, DayFilter::Rejected, DayFilter::Skipped};

/// `All days`, `Gaps`, …
[[nodiscard]] QString filterName(DayFilter filter);

[[nodiscard]] bool passes(DayFilter filter, std::optional<DayState> state,
                          const QList<Mark>& marks);

/// How many of the listed days pass.
[[nodiscard]] int countPassing(DayFilter filter, const CalendarFacts& facts);

} // namespace daymark::ui
