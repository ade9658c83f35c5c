// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/calendar/calendar_facts.h"

#include "ui/style/text.h"

#include <QCoreApplication>

#include <algorithm>

namespace daymark::ui {

namespace {

QString factPhrase(const char* words, int number = -1)
{
    return QCoreApplication::translate("CalendarFacts", words, nullptr, number);
}

QString noteOf(const CalendarDay& day, const QList<Mark>& marks)
{
    if (!marks.isEmpty() && marks.front() == Mark::Rejected)
        return factPhrase("%1 rejected").arg(figure(*day.rejected));
    if (!marks.isEmpty())
        return markWord(marks.front());
    if (day.rows)
        return *day.rows == 1 ? factPhrase("1 row") : factPhrase("%1 rows").arg(figure(*day.rows));
    if (day.planned.state == DayState::Blocked && day.planned.blockedBy)
        return factPhrase("by %1").arg(
            wordsLocale().toString(toDate(*day.planned.blockedBy), QStringLiteral("d MMM")));
    if (day.planned.state == DayState::Blocked)
        return factPhrase("columns");
    return {};
}

/// A gap, an overdue day, or one that can still be signalled.
bool expectsSignal(const PlannedDay& day)
{
    return day.state == DayState::Gap || day.state == DayState::Awaiting ||
           day.state == DayState::Skipped;
}

} // namespace

CalendarFacts::CalendarFacts(CalendarView view) : m_view(std::move(view)) {}

QList<Mark> marksOf(const CalendarDay& day)
{
    QList<Mark> marks;
    if (day.planned.damaged || !day.damage.empty())
        marks << Mark::Damaged;
    if (day.planned.changed)
        marks << Mark::Changed;
    if (day.resignalled)
        marks << Mark::Resignalled;
    if (day.planned.overdue)
        marks << Mark::Overdue;
    if (day.rejected.value_or(0) > 0)
        marks << Mark::Rejected;
    if (day.planned.empty)
        marks << Mark::Empty;
    return marks;
}

QString markWord(Mark mark)
{
    switch (mark) {
    case Mark::Damaged:
        return factPhrase("damaged");
    case Mark::Changed:
        return factPhrase("changed");
    case Mark::Resignalled:
        return factPhrase("announced again");
    case Mark::Overdue:
        return factPhrase("overdue");
    case Mark::Rejected:
        return factPhrase("with rejected rows");
    case Mark::Empty:
        return factPhrase("empty");
    }
    return {};
}

QDate CalendarFacts::today() const { return toDate(m_view.plan.today); }

QDate CalendarFacts::horizon() const
{
    return m_view.source.empty() ? QDate() : today().addDays(-m_view.policy.horizonDays);
}

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
    content.horizon = date == horizon();
    if (const CalendarDay* day = find(date)) {
        content.state = day->planned.state;
        content.word = text(stateName(day->planned.state));
        content.marks = marksOf(*day);
        content.note = noteOf(*day, content.marks);
        content.signal = lane(*day);
        if (day->planned.state == DayState::Blocked && day->planned.blockedBy)
            content.blockedBy = toDate(*day->planned.blockedBy);
        content.description = describe(content, *day);
    } else {
        content.description = date > today() ? factPhrase("future: not over yet")
                                             : factPhrase("not in this source's calendar");
    }
    if (content.horizon)
        content.description =
            factPhrase("%1; the horizon of %2 days begins here")
                .arg(content.description, QString::number(m_view.policy.horizonDays));
    if (content.today)
        content.description = factPhrase("today; %1").arg(content.description);
    return content;
}

/// The engine's words, and what the cell shows besides them.
QString CalendarFacts::describe(const CellContent& content, const CalendarDay& day) const
{
    QStringList words{text(day.description)};
    if (!day.damage.empty())
        words << factPhrase("damaged: %1").arg(text(day.damage));
    for (const Mark mark : content.marks) {
        const QString word = mark == Mark::Rejected
                                 ? factPhrase("%1 rejected").arg(figure(*day.rejected))
                                 : markWord(mark);
        if (!words.front().contains(word) && (mark != Mark::Damaged || day.damage.empty()))
            words << word;
    }
    switch (content.signal.kind) {
    case SignalLane::Kind::Implied:
        words << factPhrase("signalled by a later day");
        break;
    case SignalLane::Kind::Source:
        if (day.firstSeen)
            words << factPhrase("signal first seen %1").arg(content.signal.texts.value(0));
        break;
    case SignalLane::Kind::MarkedHere:
        words << factPhrase("marked as finished %1").arg(content.signal.texts.value(0));
        break;
    case SignalLane::Kind::Missing:
    case SignalLane::Kind::Nothing:
        break;
    }
    return words.join(QStringLiteral("; "));
}

SignalLane CalendarFacts::lane(const CalendarDay& day) const
{
    using Kind = SignalLane::Kind;
    if (day.firstSeen) {
        const QDateTime at = toLocalTime(*day.firstSeen);
        const bool thisYear = at.date().year() == today().year();
        const QString date = wordsLocale().toString(at, thisYear ? QStringLiteral("d MMM")
                                                                 : QStringLiteral("d MMM yyyy"));
        return {day.markedHere ? Kind::MarkedHere : Kind::Source,
                {date + wordsLocale().toString(at, QStringLiteral(" HH:mm")), date}};
    }
    if (day.planned.implied)
        return {Kind::Implied, {factPhrase("by a later day"), factPhrase("implied")}};
    if (day.planned.signalled)
        return {Kind::Source, {factPhrase("signalled")}};
    if (expectsSignal(day.planned))
        return {Kind::Missing, {factPhrase("not signalled"), factPhrase("no signal")}};
    return {};
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
    const QString first = failed ? factPhrase("First failed day: %1").arg(plainDate(*obstacle))
                                 : factPhrase("First gap: %1").arg(plainDate(*obstacle));
    const std::size_t waiting = waitingBehind(toDay(*obstacle));
    if (waiting == 0)
        return factPhrase("%1; no day waits behind it.").arg(first);
    if (waiting == 1)
        return factPhrase("%1; 1 day waits behind it.").arg(first);
    return factPhrase("%1; %2 days wait behind it.").arg(first, figure(waiting));
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
