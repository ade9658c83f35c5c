// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/calendar/day_filter.h"

#include "ui/style/text.h"

#include <QCoreApplication>

#include <algorithm>

namespace daymark::ui {

namespace {

QString filterPhrase(const char* words) { return QCoreApplication::translate("DayFilter", words); }

} // namespace

QString filterName(DayFilter filter)
{
    switch (filter) {
    case DayFilter::All:
        return filterPhrase("All days");
    case DayFilter::Gaps:
        return filterPhrase("Gaps");
    case DayFilter::Waiting:
        return filterPhrase("Waiting");
    case DayFilter::Failed:
        return filterPhrase("Failed");
    case DayFilter::Damaged:
        return filterPhrase("Damaged");
    case DayFilter::Changed:
        return filterPhrase("Changed");
    case DayFilter::Overdue:
        return filterPhrase("Overdue");
    case DayFilter::Rejected:
        return filterPhrase("With rejected rows");
    case DayFilter::Skipped:
        return filterPhrase("Skipped");
    }
    return {};
}

bool passes(DayFilter filter, std::optional<DayState> state, const QList<Mark>& marks)
{
    switch (filter) {
    case DayFilter::All:
        return true;
    case DayFilter::Gaps:
        return state == DayState::Gap;
    case DayFilter::Waiting:
        return state == DayState::Blocked || state == DayState::Queued;
    case DayFilter::Failed:
        return state == DayState::Failed;
    case DayFilter::Damaged:
        return marks.contains(Mark::Damaged);
    case DayFilter::Changed:
        return marks.contains(Mark::Changed) || marks.contains(Mark::Resignalled);
    case DayFilter::Overdue:
        return marks.contains(Mark::Overdue);
    case DayFilter::Rejected:
        return marks.contains(Mark::Rejected);
    case DayFilter::Skipped:
        return state == DayState::Skipped;
    }
    return true;
}

int countPassing(DayFilter filter, const CalendarFacts& facts)
{
    const auto& days = facts.view().days;
    return int(std::ranges::count_if(days, [&](const CalendarDay& day) {
        return passes(filter, day.planned.state, marksOf(day));
    }));
}

} // namespace daymark::ui
