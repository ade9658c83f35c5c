// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/calendar/day_availability.h"

#include "ui/style/text.h"

#include <QCoreApplication>

#include <algorithm>

namespace daymark::ui {

namespace {

QString phrase(const char* words) { return QCoreApplication::translate("DayAvailability", words); }

Availability yes(const QString& words) { return {true, words}; }

Availability no(const QString& words) { return {false, words}; }

/// The selected day, as the rules below look at it.
struct Case
{
    QString name;
    bool future = false;
    bool today = false;
    bool signalled = false;
    std::optional<DayState> state;

    [[nodiscard]] bool is(std::initializer_list<DayState> states) const
    {
        return state && std::find(states.begin(), states.end(), *state) != states.end();
    }
};

Case caseOf(const CalendarFacts& facts, QDate date)
{
    Case result;
    result.name = plainDate(date);
    result.future = date > facts.today();
    result.today = date == facts.today();
    if (const CalendarDay* day = facts.find(date)) {
        result.state = day->planned.state;
        result.signalled = day->planned.signalled;
    }
    return result;
}

QString stateSentence(const Case& day)
{
    return day.state ? phrase("%1 is %2.").arg(day.name, text(stateName(*day.state)))
                     : phrase("%1 is not in this source's calendar.").arg(day.name);
}

/// A day that is not over may be closed, but hardly anybody means to.
QString notOver(const Case& day)
{
    return day.today ? phrase(" It is today, which is not over.") : QString();
}

Availability markFinished(const Case& day)
{
    if (day.future)
        return no(phrase("%1 is not over yet.").arg(day.name));
    if (isMarkable(day.state))
        return yes(phrase("Says in the source's place that %1 is finished, so that it can land.")
                       .arg(day.name) +
                   notOver(day));
    if (day.signalled)
        return no(phrase("%1 is signalled already.").arg(day.name));
    return no(stateSentence(day));
}

Availability skip(const Case& day)
{
    if (day.future)
        return no(phrase("%1 is not over yet.").arg(day.name));
    if (isSkippable(day.state))
        return yes(phrase("Closes %1 without importing it, with a reason. Reopen undoes it until a "
                          "later day has landed.")
                       .arg(day.name) +
                   notOver(day));
    return no(stateSentence(day));
}

Availability reopen(const CalendarFacts& facts, const Case& day, QDate date)
{
    if (!day.is({DayState::Skipped}))
        return no(phrase("Only a skipped day can be reopened. %1").arg(stateSentence(day)));
    if (facts.landedAfter(date))
        return no(phrase("A later day has landed, so %1 stays skipped.").arg(day.name));
    return yes(phrase("Undoes the skip: %1 waits for its rows again.").arg(day.name));
}

bool importRuns(const CalendarFacts& facts)
{
    return std::ranges::any_of(facts.view().plan.days, [](const PlannedDay& day) {
        return day.state == DayState::Importing;
    });
}

/// Whether a day could be imported, were the source's columns those that were agreed on.
bool isHeldByColumns(const CalendarFacts& facts)
{
    return std::ranges::any_of(facts.view().plan.days, [](const PlannedDay& day) {
        return day.state == DayState::Blocked && !day.blockedBy;
    });
}

Availability importNow(const CalendarFacts& facts)
{
    if (importRuns(facts))
        return no(phrase("An import of this source is running."));
    const std::vector<Day> days = facts.view().plan.importable();
    if (days.size() == 1)
        return yes(phrase("Imports %1.").arg(plainDate(toDate(days.front()))));
    if (!days.empty())
        return yes(phrase("Imports %1 days, from %2 on, in order.")
                       .arg(days.size())
                       .arg(plainDate(toDate(days.front()))));
    if (isHeldByColumns(facts))
        return no(phrase("Nothing is imported while the source's columns are not those agreed on: "
                         "accept them, or poll the source once it is mended."));
    const QString obstacle = facts.obstacleSentence();
    const QString look = phrase("Reads the signals and imports what is ready then; now no day is.");
    return yes(obstacle.isEmpty() ? look : look + QLatin1Char(' ') + obstacle);
}

Availability reimport(const Case& day)
{
    if (!day.is({DayState::Imported}))
        return no(
            phrase("Only a day that has landed can be imported again. %1").arg(stateSentence(day)));
    return yes(phrase("Reads %1 again and shows what would change, before anything is replaced.")
                   .arg(day.name));
}

Availability rollBack(const Case& day)
{
    if (!day.is({DayState::Imported}))
        return no(phrase("Only a day that has landed has versions. %1").arg(stateSentence(day)));
    return yes(
        phrase("Goes to another version of %1, and shows what that changes first.").arg(day.name));
}

Availability probe(const Case& day)
{
    if (day.future)
        return no(phrase("%1 is not over yet.").arg(day.name));
    return yes(phrase("Counts the rows that the source has for %1, to tell missing rows from a "
                      "forgotten signal.")
                   .arg(day.name));
}

} // namespace

bool isMarkable(std::optional<DayState> state)
{
    return state == DayState::Gap || state == DayState::Awaiting;
}

bool isSkippable(std::optional<DayState> state)
{
    return isMarkable(state) || state == DayState::Failed || state == DayState::Ready ||
           state == DayState::Queued || state == DayState::Blocked;
}

DayAvailability nothingAvailable(const QString& why)
{
    return {no(why), no(why), no(why), no(why), no(why), no(why), no(why), no(why)};
}

DayAvailability availabilityOf(const CalendarFacts& facts, QDate date, bool writable)
{
    if (!writable)
        return nothingAvailable(
            phrase("Another process runs this workspace; here it is only shown."));
    const Case day = caseOf(facts, date);
    DayAvailability available;
    available.markFinished = markFinished(day);
    available.skip = skip(day);
    available.reopen = reopen(facts, day, date);
    available.importNow = importNow(facts);
    available.probe = probe(day);
    available.reimport = reimport(day);
    available.rollBack = rollBack(day);
    available.poll = yes(phrase("Reads the source's signals now."));
    return available;
}

} // namespace daymark::ui
