// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/calendar/range_plan.h"

#include "ui/calendar/day_availability.h"
#include "ui/style/text.h"

#include <QCoreApplication>

#include <algorithm>
#include <map>

namespace daymark::ui {

namespace {

QString planPhrase(const char* words) { return QCoreApplication::translate("RangePlan", words); }

/// Why nothing happens to a day, in the order in which a summary tells it.
enum class Why {
    Landed,
    Running,
    Skipped,
    NotSkipped,
    LaterLanded,
    Signalled,
    NotSignalled,
    Waits,
    Held,
    NotLanded,
    Future,
    Outside
};

/// Of one day, and of several ones after their number.
QString whyWords(Why why, bool several)
{
    switch (why) {
    case Why::Landed:
        return several ? planPhrase("have landed and stay as they are")
                       : planPhrase("has landed and stays as it is");
    case Why::Running:
        return several ? planPhrase("are being imported") : planPhrase("is being imported");
    case Why::Skipped:
        return several ? planPhrase("are skipped and stay so")
                       : planPhrase("is skipped and stays so");
    case Why::NotSkipped:
        return several ? planPhrase("are not skipped") : planPhrase("is not skipped");
    case Why::LaterLanded:
        return several ? planPhrase("stay skipped, since a later day has landed")
                       : planPhrase("stays skipped, since a later day has landed");
    case Why::Signalled:
        return several ? planPhrase("are signalled already") : planPhrase("is signalled already");
    case Why::NotSignalled:
        return several ? planPhrase("are not signalled") : planPhrase("is not signalled");
    case Why::Waits:
        return several ? planPhrase("wait for an earlier day")
                       : planPhrase("waits for an earlier day");
    case Why::Held:
        return several ? planPhrase("wait for the source's columns")
                       : planPhrase("waits for the source's columns");
    case Why::NotLanded:
        return several ? planPhrase("have not landed") : planPhrase("has not landed");
    case Why::Future:
        return several ? planPhrase("are not over yet") : planPhrase("is not over yet");
    case Why::Outside:
        return several ? planPhrase("lie outside this source's days")
                       : planPhrase("lies outside this source's days");
    }
    return {};
}

QString willWords(RangeAction action)
{
    switch (action) {
    case RangeAction::MarkFinished:
        return planPhrase("will be marked as finished");
    case RangeAction::Skip:
        return planPhrase("will be skipped");
    case RangeAction::Reopen:
        return planPhrase("will be open again");
    case RangeAction::ImportUpTo:
        return planPhrase("will be imported");
    case RangeAction::Reimport:
        return planPhrase("will be read again, and replaced where the source differs");
    }
    return {};
}

/// A day as the rules below look at it.
struct RangeDay
{
    QDate date;
    const CalendarDay* day;
    bool future;
    bool today;

    [[nodiscard]] std::optional<DayState> state() const
    {
        return day ? std::optional(day->planned.state) : std::nullopt;
    }
    [[nodiscard]] bool is(DayState wanted) const { return state() == wanted; }
};

/// What holds of a day whatever is asked for.
Why generally(const RangeDay& one)
{
    if (!one.day)
        return one.future ? Why::Future : Why::Outside;
    switch (one.day->planned.state) {
    case DayState::Imported:
        return Why::Landed;
    case DayState::Importing:
        return Why::Running;
    case DayState::Skipped:
        return Why::Skipped;
    case DayState::Ignored:
        return Why::Outside;
    case DayState::Future:
        return Why::Future;
    case DayState::Gap:
    case DayState::Awaiting:
        return Why::NotSignalled;
    case DayState::Blocked:
        return Why::Waits;
    case DayState::Failed:
    case DayState::Ready:
    case DayState::Queued:
        return Why::Signalled;
    }
    return Why::Outside;
}

std::optional<Why> whyNotMarked(const RangeDay& one)
{
    if (!one.future && isMarkable(one.state()))
        return {};
    return one.is(DayState::Blocked) ? Why::Signalled : generally(one);
}

std::optional<Why> whyNotSkipped(const RangeDay& one)
{
    return !one.future && isSkippable(one.state()) ? std::nullopt : std::optional(generally(one));
}

std::optional<Why> whyNotReopened(const CalendarFacts& facts, const RangeDay& one)
{
    if (!one.is(DayState::Skipped))
        return one.is(DayState::Imported) ? Why::Landed : Why::NotSkipped;
    return facts.landedAfter(one.date) ? std::optional(Why::LaterLanded) : std::nullopt;
}

std::optional<Why> whyNotReimported(const RangeDay& one)
{
    if (one.is(DayState::Imported))
        return {};
    const Why why = generally(one);
    return why == Why::Running || why == Why::Future ? why : Why::NotLanded;
}

std::optional<Why> whyNotImported(const std::vector<Day>& importable, const RangeDay& one)
{
    if (std::ranges::binary_search(importable, toDay(one.date)))
        return {};
    const Why why = generally(one);
    if (why != Why::Signalled)
        return why;
    return one.is(DayState::Blocked) && !one.day->planned.blockedBy ? Why::Held : Why::Waits;
}

/// `gap: `, where the state says something that the outcome doesn't.
QString before(RangeAction action, const RangeDay& one)
{
    const bool tells = one.day && action != RangeAction::Reimport && action != RangeAction::Reopen;
    return tells ? text(stateName(one.day->planned.state)) + QStringLiteral(": ") : QString();
}

QString happensWords(RangeAction action, const RangeDay& one, const DaySpan& span)
{
    QString words = before(action, one) + willWords(action);
    if (action == RangeAction::Skip && one.day && one.day->planned.signalled)
        words += planPhrase("; its rows will not land");
    if ((action == RangeAction::MarkFinished || action == RangeAction::Skip) && one.today)
        words += planPhrase("; it is today, which is not over");
    if (action == RangeAction::Reopen && one.day && !one.day->reason.empty())
        words += planPhrase("; it was skipped with the reason ‘%1’").arg(text(one.day->reason));
    if (action == RangeAction::ImportUpTo && one.date < span.first)
        words += planPhrase("; it comes before the chosen days");
    return words;
}

QString idleWords(Why why, const RangeDay& one)
{
    if (why == Why::Waits && one.day && one.day->planned.blockedBy)
        return planPhrase("waits for %1").arg(plainDate(toDate(*one.day->planned.blockedBy)));
    return whyWords(why, false);
}

std::optional<Why> obstacleOf(RangeAction action, const CalendarFacts& facts,
                              const std::vector<Day>& importable, const RangeDay& one)
{
    switch (action) {
    case RangeAction::MarkFinished:
        return whyNotMarked(one);
    case RangeAction::Skip:
        return whyNotSkipped(one);
    case RangeAction::Reopen:
        return whyNotReopened(facts, one);
    case RangeAction::ImportUpTo:
        return whyNotImported(importable, one);
    case RangeAction::Reimport:
        return whyNotReimported(one);
    }
    return {};
}

/// `8 days: 5 will be skipped; 3 have landed and stay as they are.`
QString summaryOf(RangeAction action, qsizetype happening, const std::map<Why, int>& idle,
                  std::size_t all)
{
    QStringList parts;
    if (happening > 0)
        parts << QStringLiteral("%1 %2").arg(happening).arg(willWords(action));
    else
        parts << planPhrase("none %1").arg(willWords(action));
    for (const auto& [why, count] : idle)
        parts << QStringLiteral("%1 %2").arg(count).arg(whyWords(why, count > 1));
    const QString days = all == 1 ? planPhrase("1 day") : planPhrase("%1 days").arg(all);
    return planPhrase("%1: %2.").arg(days, parts.join(QStringLiteral("; ")));
}

} // namespace

QList<QDate> RangePlan::days() const
{
    QList<QDate> happening;
    for (const RangeStep& step : steps) {
        if (step.happens)
            happening << step.day;
    }
    return happening;
}

RangePlan rangePlan(RangeAction action, const CalendarFacts& facts, const DaySpan& span)
{
    RangePlan plan{action, span, {}, {}};
    std::vector<Day> importable;
    QDate first = span.first;
    if (action == RangeAction::ImportUpTo) {
        importable = facts.view().plan.importable(toDay(span.last));
        if (!importable.empty())
            first = std::min(first, toDate(importable.front()));
    }
    std::map<Why, int> idle;
    for (QDate date = first; date <= span.last; date = date.addDays(1)) {
        const RangeDay one{date, facts.find(date), date > facts.today(), date == facts.today()};
        const std::optional<Why> why = obstacleOf(action, facts, importable, one);
        if (why && date < span.first)
            continue;
        if (why)
            ++idle[*why];
        plan.steps.push_back(
            {date, !why, why ? idleWords(*why, one) : happensWords(action, one, span)});
    }
    plan.summary = summaryOf(action, plan.days().size(), idle, plan.steps.size());
    return plan;
}

QString spanWords(const DaySpan& span)
{
    if (span.first == span.last)
        return plainDate(span.first);
    const bool sameYear = span.first.year() == span.last.year();
    const bool sameMonth = sameYear && span.first.month() == span.last.month();
    const QString first =
        wordsLocale().toString(span.first, sameMonth  ? QStringLiteral("d")
                                           : sameYear ? QStringLiteral("d MMMM")
                                                      : QStringLiteral("d MMMM yyyy"));
    return planPhrase("%1 to %2").arg(first, plainDate(span.last));
}

} // namespace daymark::ui
