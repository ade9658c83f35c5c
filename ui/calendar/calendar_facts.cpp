// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/calendar/calendar_facts.h"

#include "ui/style/text.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>

namespace daymark::ui {

namespace {

QString phrase(const char* words, int number = -1)
{
    return QCoreApplication::translate("CalendarFacts", words, nullptr, number);
}

QString wordOf(const PlannedDay& day)
{
    if (day.damaged)
        return phrase("damaged");
    if (day.empty)
        return phrase("empty");
    if (day.changed)
        return phrase("changed");
    if (day.overdue)
        return phrase("overdue");
    return text(stateName(day.state));
}

QString noteOf(const CalendarDay& day)
{
    if (day.rejected.value_or(0) > 0)
        return phrase("%1 rejected").arg(figure(*day.rejected));
    if (day.rows && !day.planned.empty)
        return *day.rows == 1 ? phrase("1 row") : phrase("%1 rows").arg(figure(*day.rows));
    if (day.planned.state == DayState::Blocked && day.planned.blockedBy)
        return phrase("by %1").arg(
            wordsLocale().toString(toDate(*day.planned.blockedBy), QStringLiteral("d MMM")));
    return {};
}

bool isNotable(const CalendarDay& day)
{
    return day.planned.damaged || day.planned.empty || day.planned.changed || day.planned.overdue ||
           day.rejected.value_or(0) > 0;
}

} // namespace

CalendarFacts::CalendarFacts(CalendarView view) : m_view(std::move(view)) {}

QDate CalendarFacts::today() const { return toDate(m_view.plan.today); }

const CalendarDay* CalendarFacts::find(QDate date) const
{
    const Day day = toDay(date);
    const auto found = std::lower_bound(
        m_view.days.begin(), m_view.days.end(), day,
        [](const CalendarDay& entry, Day wanted) { return entry.planned.day < wanted; });
    return found != m_view.days.end() && found->planned.day == day ? &*found : nullptr;
}

CellContent CalendarFacts::cell(QDate date) const
{
    CellContent content;
    content.date = date;
    content.today = date == today();
    if (const CalendarDay* day = find(date)) {
        content.state = day->planned.state;
        content.word = wordOf(day->planned);
        content.note = noteOf(*day);
        content.description = text(day->description);
        content.notable = isNotable(*day);
    } else {
        content.description = date > today() ? phrase("future: not over yet")
                                             : phrase("not in this source's calendar");
    }
    if (content.today)
        content.description = phrase("today; %1").arg(content.description);
    return content;
}

std::optional<QDate> CalendarFacts::firstObstacle() const
{
    for (const PlannedDay& day : m_view.plan.days) {
        if (day.state == DayState::Gap || day.state == DayState::Failed)
            return toDate(day.day);
    }
    return {};
}

QString CalendarFacts::obstacleSentence() const
{
    const std::optional<QDate> obstacle = firstObstacle();
    if (!obstacle)
        return {};
    const CalendarDay* entry = find(*obstacle);
    const bool failed = entry && entry->planned.state == DayState::Failed;
    const QString first = failed ? phrase("First failed day: %1").arg(plainDate(*obstacle))
                                 : phrase("First gap: %1").arg(plainDate(*obstacle));
    const std::size_t waiting = waitingBehind(toDay(*obstacle));
    if (waiting == 0)
        return phrase("%1; no day waits behind it.").arg(first);
    if (waiting == 1)
        return phrase("%1; 1 day waits behind it.").arg(first);
    return phrase("%1; %2 days wait behind it.").arg(first, figure(waiting));
}

std::size_t CalendarFacts::waitingBehind(Day day) const
{
    return std::size_t(std::ranges::count_if(m_view.plan.days, [day](const PlannedDay& entry) {
        return entry.state == DayState::Blocked && entry.blockedBy == day;
    }));
}

bool CalendarFacts::landedAfter(QDate date) const
{
    return std::ranges::any_of(m_view.plan.days, [day = toDay(date)](const PlannedDay& entry) {
        return entry.day > day &&
               (entry.state == DayState::Imported || entry.state == DayState::Importing);
    });
}

QDate CalendarFacts::dayToShow() const
{
    if (const std::optional<QDate> obstacle = firstObstacle())
        return *obstacle;
    const auto& next = m_view.plan.nextDay;
    return next && toDate(*next) < today() ? toDate(*next) : today();
}

} // namespace daymark::ui
