// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/calendar/explain.h"

#include "core/base/text.h"
#include "core/base/time_zone.h"

#include <algorithm>

namespace daymark {

namespace {

/// The name as one word of a shell's command line.
std::string shellQuoted(std::string_view word)
{
    constexpr std::string_view plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                       "0123456789_-./:@%+,=";
    if (!word.empty() && word.find_first_not_of(plain) == std::string_view::npos)
        return std::string(word);
    std::string out = "'";
    for (const char c : word)
        out += c == '\'' ? std::string("'\\''") : std::string(1, c);
    return out + "'";
}

/// `12 rows`, `1 row`, `no rows`.
std::string counted(std::uint64_t count, std::string_view what)
{
    if (count == 0)
        return "no " + std::string(what) + 's';
    return groupedDigits(count) + ' ' + std::string(what) + (count == 1 ? "" : "s");
}

/// The text as a sentence: with a full stop unless it ends in one.
std::string asSentence(std::string text)
{
    if (!text.empty() && std::string_view(".!?").find(text.back()) == std::string_view::npos)
        text += '.';
    return text;
}

std::size_t waitingAfter(const Plan& plan, Day day)
{
    return static_cast<std::size_t>(
        std::count_if(plan.days.begin(), plan.days.end(), [&](const PlannedDay& other) {
            return other.day > day && other.state == DayState::Blocked;
        }));
}

bool anythingLanded(const Plan& plan, std::optional<Day> after = {})
{
    return std::any_of(plan.days.begin(), plan.days.end(), [&](const PlannedDay& day) {
        return day.state == DayState::Imported && (!after || day.day > *after);
    });
}

std::optional<Day> nextSignalled(const Plan& plan, Day day)
{
    for (const PlannedDay& other : plan.days)
        if (other.day > day && other.day <= plan.today && other.signalled && !other.implied)
            return other.day;
    return std::nullopt;
}

/// The gap or failed day before `day` that must change first.
std::optional<Day> blockerBefore(const Plan& plan, Day day)
{
    for (const PlannedDay& other : plan.days) {
        if (other.day >= day)
            break;
        if (other.state == DayState::Gap || other.state == DayState::Failed)
            return other.day;
    }
    return std::nullopt;
}

/// Builds the explanation of one day, sentence by sentence.
class Explainer
{
public:
    Explainer(const Plan& plan, const PlannedDay& planned, const ExplainContext& context)
        : m_plan(plan), m_planned(planned), m_context(context)
    {
        m_result.day = planned.day;
        m_result.state = planned.state;
        m_result.rootDay = planned.day;
        m_result.verdict = verdictOf(context.probe);
        if (!context.timeZone.empty())
            if (auto zone = TimeZone::find(context.timeZone)) {
                m_zone = *zone;
                m_zoneKnown = true;
            }
    }

    Explanation run()
    {
        switch (m_planned.state) {
        case DayState::Imported:
            explainImported();
            break;
        case DayState::Skipped:
            explainSkipped();
            break;
        case DayState::Importing:
            say(name() + " is being imported now" + runInBrackets() + ".");
            break;
        case DayState::Failed:
            explainFailed();
            break;
        case DayState::Ready:
            explainReady();
            break;
        case DayState::Queued:
            explainQueued();
            break;
        case DayState::Gap:
            explainGap();
            break;
        case DayState::Blocked:
            explainBlocked();
            break;
        case DayState::Awaiting:
            explainAwaiting();
            break;
        case DayState::Future:
            explainFuture();
            break;
        case DayState::Ignored:
            explainIgnored();
            break;
        }
        return std::move(m_result);
    }

private:
    void say(const std::string& sentence)
    {
        if (sentence.empty())
            return;
        m_result.sentence += (m_result.sentence.empty() ? "" : " ") + sentence;
    }

    void offer(std::string_view verb, std::string_view rest, std::string_view label)
    {
        m_result.actions.push_back({"daymark-cli " + std::string(verb) + ' ' +
                                        shellQuoted(m_context.source) + std::string(rest),
                                    std::string(label)});
    }

    void offerImport() { offer("import", "", "Import now"); }
    void offerPoll() { offer("poll", "", "Poll now"); }
    void offerFinished(Day day) { offer("signal", ' ' + formatDay(day), "Mark finished"); }
    void offerProbe(Day day)
    {
        offer("explain", ' ' + formatDay(day) + " --probe", "Probe source");
    }
    void offerRetry(Day day) { offer("import", " --day " + formatDay(day), "Retry"); }
    void offerSkip(Day day)
    {
        offer("skip", ' ' + formatDay(day) + " --reason \"…\"", "Skip day…");
    }

    std::string name() const { return formatDay(m_planned.day); }

    std::string place() const
    {
        return m_context.signalPlace.empty() ? "the source's signals" : m_context.signalPlace;
    }

    std::string runInBrackets() const
    {
        return m_context.run ? " (run " + std::to_string(*m_context.run) + ")" : std::string();
    }

    /// `10:00` of today, `2022-06-13 10:00` of another day, in the source's time zone.
    std::string time(Instant instant) const
    {
        std::string text = m_zone.formatLocal(instant);
        if (m_zone.dayOf(instant) == m_plan.today)
            text = text.substr(text.size() - 5);
        return m_zoneKnown ? text : text + " UTC";
    }

    void sayChecks()
    {
        if (!m_context.pollError.empty())
            say("The last check failed: " + asSentence(m_context.pollError));
        std::string checks;
        if (m_context.lastPoll)
            checks = "Last checked " + time(*m_context.lastPoll);
        if (m_context.nextPoll)
            checks +=
                (checks.empty() ? "Next check " : ", next check ") + time(*m_context.nextPoll);
        say(asSentence(checks));
    }

    void sayWaiting(Day day)
    {
        const std::size_t waiting = waitingAfter(m_plan, day);
        if (waiting > 0)
            say(counted(waiting, "later day") + (waiting == 1 ? " waits" : " wait") + " for it.");
    }

    std::string signalledBy() const
    {
        std::string text = "is signalled";
        if (m_planned.implied)
            text = "is finished by the signal of a later day";
        else if (!m_context.signalledBy.empty() && m_context.signalledBy != "source")
            text = "was marked finished by " + shortened(m_context.signalledBy);
        if (m_context.firstSeen)
            text += " (seen " + time(*m_context.firstSeen) + ")";
        return text;
    }

    void explainImported()
    {
        if (m_planned.empty) {
            say(name() + " landed empty" + runInBrackets() + ": the source had no rows for it.");
        } else {
            std::string text = name() + " is imported" + runInBrackets();
            if (m_context.rows)
                text += ": " + counted(*m_context.rows, "row") + " landed";
            if (m_context.rejected.value_or(0) > 0)
                text += (m_context.rows ? ", " : ": ") + groupedDigits(*m_context.rejected) +
                        (*m_context.rejected == 1 ? " was rejected" : " were rejected");
            say(text + ".");
        }
        if (m_planned.changed) {
            say("The source holds other rows for it now than those that landed.");
            offerProbe(m_planned.day);
        }
    }

    void explainSkipped()
    {
        std::string text = name() + " was closed";
        if (!m_context.skippedBy.empty())
            text += " by " + shortened(m_context.skippedBy);
        if (!m_context.skipReason.empty())
            text += " with the reason '" + shortened(m_context.skipReason, 400) + "'";
        say(text + " and counts as done.");
        if (anythingLanded(m_plan, m_planned.day)) {
            say("A later day has landed, so that it cannot be reopened.");
            return;
        }
        if (m_planned.signalled)
            say("It is signalled; reopened, it can be imported.");
        offer("reopen", ' ' + name(), "Reopen");
    }

    void sayFailure(Day day)
    {
        if (m_context.failure.empty())
            say("The last run of " + formatDay(day) + runInBrackets() + " failed.");
        else
            say("The last run of " + formatDay(day) + runInBrackets() +
                " failed: " + asSentence(m_context.failure));
        say(asSentence(m_context.failureHint));
    }

    void explainFailed()
    {
        sayFailure(m_planned.day);
        if (const auto blocker = blockerBefore(m_plan, m_planned.day)) {
            m_result.rootDay = blocker;
            say("It cannot be tried again before " + formatDay(*blocker) + " is done.");
        } else {
            sayWaiting(m_planned.day);
            offerRetry(m_planned.day);
        }
        offerSkip(m_planned.day);
    }

    void explainReady()
    {
        const bool first = m_plan.firstDay == m_planned.day;
        say(name() + ' ' + signalledBy() + " and is the next day to import: " +
            (first ? "it is the first day." : "every day before it is done."));
        offerImport();
        offerSkip(m_planned.day);
    }

    void explainQueued()
    {
        m_result.rootDay = m_plan.nextDay;
        say(name() + ' ' + signalledBy() + " and lands in this pass, after " +
            formatDay(*m_plan.nextDay) + ", as every day up to it is signalled.");
        offerImport();
    }

    /// What a probe found, as the rest of a sentence that has begun with the day.
    std::string gapEvidence() const
    {
        const std::string noSignal = "no row in " + place();
        if (!m_context.probe)
            return "has " + noSignal;
        const std::string rows = counted(m_context.probe->rows, "row");
        switch (m_result.verdict) {
        case ProbeVerdict::NoRows:
            return "has no rows in the source and " + noSignal;
        case ProbeVerdict::RowsStillArriving:
            return "has " + rows + " and " + noSignal +
                   ", and its rows are still changing: there were " +
                   groupedDigits(*m_context.probe->earlierRows) + " at the look before";
        case ProbeVerdict::NotProbed:
        case ProbeVerdict::CompleteNotSignalled:
            break;
        }
        return "has " + rows + " but " + noSignal;
    }

    /// The most helpful first: what a probe found decides between a forgotten signal and missing
    /// data.
    void offerForGap(Day day)
    {
        switch (m_result.verdict) {
        case ProbeVerdict::NotProbed:
            offerProbe(day);
            offerFinished(day);
            offerSkip(day);
            offerPoll();
            break;
        case ProbeVerdict::NoRows:
            offerSkip(day);
            offerPoll();
            offerProbe(day);
            offerFinished(day);
            break;
        case ProbeVerdict::RowsStillArriving:
            offerPoll();
            offerProbe(day);
            offerFinished(day);
            offerSkip(day);
            break;
        case ProbeVerdict::CompleteNotSignalled:
            offerFinished(day);
            offerPoll();
            offerProbe(day);
            offerSkip(day);
            break;
        }
    }

    void explainGap()
    {
        const auto later = nextSignalled(m_plan, m_planned.day);
        say(name() + ' ' + gapEvidence() +
            (later ? ", while " + formatDay(*later) + " is signalled." : "."));
        sayWaiting(m_planned.day);
        sayChecks();
        offerForGap(m_planned.day);
    }

    void explainBlocked()
    {
        const Day root = *m_planned.blockedBy;
        m_result.rootDay = root;
        const PlannedDay* blocker = m_plan.find(root);
        if (blocker && blocker->state == DayState::Failed) {
            say(name() + " waits for " + formatDay(root) + ", which failed.");
            if (!m_context.failure.empty())
                sayFailure(root);
            offerRetry(root);
            offerSkip(root);
            return;
        }
        say(name() + " waits for " + formatDay(root) + ", which " + gapEvidence() + ".");
        sayChecks();
        offerForGap(root);
    }

    void explainAwaiting()
    {
        if (m_planned.day == m_plan.today)
            say(name() + " is today and is not signalled yet.");
        else if (m_planned.overdue)
            say(name() +
                " is overdue: it ended more than 24 hours ago and is not signalled, and neither "
                "is any day after it.");
        else
            say(name() + " is not signalled yet, and neither is any day after it.");
        if (m_context.probe)
            say("It " + gapEvidence() + ".");
        sayChecks();
        offerPoll();
        if (m_planned.day < m_plan.today) {
            offerProbe(m_planned.day);
            offerFinished(m_planned.day);
            offerSkip(m_planned.day);
        }
    }

    void explainFuture()
    {
        const std::string zone = m_zoneKnown ? " in the time zone " + m_zone.name() : std::string();
        say(name() + " lies after today, " + formatDay(m_plan.today) + zone +
            (m_planned.signalled ? ", though it is signalled; the signal waits until then."
                                 : "; there is nothing to do yet."));
    }

    void explainIgnored()
    {
        const std::string start = m_plan.firstDay
                                      ? " before the first day, " + formatDay(*m_plan.firstDay)
                                      : std::string();
        const std::string horizon =
            "more than " + counted(static_cast<std::uint64_t>(m_context.horizonDays), "day") +
            " before today";
        std::string text = name() + (m_planned.signalled ? " is signalled, but lies" : " lies");
        if (m_planned.ignored == IgnoredReason::TooOld)
            text += ' ' + horizon + (start.empty() ? start : " and" + start);
        else
            text += start;
        say(text + ", and is not imported.");
        if (m_plan.firstDay && anythingLanded(m_plan))
            say("The first day is fixed, as a day has landed.");
        else
            say("To begin with it, set the first day of the source to it.");
    }

    const Plan& m_plan;
    const PlannedDay& m_planned;
    const ExplainContext& m_context;
    TimeZone m_zone; ///< UTC where the source's is not known
    bool m_zoneKnown = false;
    Explanation m_result;
};

/// What a day is that the plan doesn't list.
PlannedDay unlistedDay(const Plan& plan, Day day, int horizonDays)
{
    PlannedDay planned;
    planned.day = day;
    if (day > plan.today) {
        planned.state = DayState::Future;
        return planned;
    }
    const bool tooOld = day < plan.today - std::chrono::days{horizonDays};
    planned.state = plan.days.empty() && !tooOld ? DayState::Awaiting : DayState::Ignored;
    if (planned.state == DayState::Ignored)
        planned.ignored = tooOld ? IgnoredReason::TooOld : IgnoredReason::BeforeStart;
    return planned;
}

std::string waitingWords(const Plan& plan, Day day)
{
    const std::size_t waiting = waitingAfter(plan, day);
    if (waiting == 0)
        return {};
    return ", " + counted(waiting, "later day") + (waiting == 1 ? " waits" : " wait");
}

std::string detailOf(const Plan& plan, const PlannedDay& planned)
{
    switch (planned.state) {
    case DayState::Imported:
        if (planned.empty)
            return planned.changed ? "no rows, changed in the source since" : "no rows";
        return planned.changed ? "changed in the source since" : "";
    case DayState::Skipped:
        return "closed by an operator";
    case DayState::Importing:
        return "a run is on it";
    case DayState::Failed:
        return "the last run failed" + waitingWords(plan, planned.day);
    case DayState::Ready:
        return "signalled, the next day to import";
    case DayState::Queued:
        return "signalled, lands after " + formatDay(*plan.nextDay);
    case DayState::Gap:
        return "not signalled" + waitingWords(plan, planned.day);
    case DayState::Blocked:
        return "signalled, waits for " + formatDay(*planned.blockedBy);
    case DayState::Awaiting:
        return planned.overdue ? "overdue, not signalled" : "not signalled yet";
    case DayState::Future:
        return planned.signalled ? "after today, signalled already" : "after today";
    case DayState::Ignored:
        return planned.ignored == IgnoredReason::TooOld ? "before the horizon"
                                                        : "before the first day";
    }
    return {};
}

} // namespace

ProbeVerdict verdictOf(const std::optional<Probe>& probe)
{
    if (!probe)
        return ProbeVerdict::NotProbed;
    if (probe->earlierRows && *probe->earlierRows != probe->rows)
        return ProbeVerdict::RowsStillArriving;
    return probe->rows == 0 ? ProbeVerdict::NoRows : ProbeVerdict::CompleteNotSignalled;
}

Explanation explain(const Plan& plan, Day day, const ExplainContext& context)
{
    if (const PlannedDay* planned = plan.find(day))
        return Explainer(plan, *planned, context).run();
    const PlannedDay planned = unlistedDay(plan, day, context.horizonDays);
    Explanation explanation = Explainer(plan, planned, context).run();
    if (const std::string empty = explainEmpty(plan, context); !empty.empty())
        explanation.sentence += ' ' + empty;
    return explanation;
}

std::string explainEmpty(const Plan& plan, const ExplainContext& context)
{
    const std::string place = context.signalPlace.empty() ? "the source" : context.signalPlace;
    const std::string limit =
        plan.firstDay
            ? "before the first day, " + formatDay(*plan.firstDay)
            : "older than " + counted(static_cast<std::uint64_t>(context.horizonDays), "day");
    switch (plan.empty) {
    case EmptyPlan::No:
        return {};
    case EmptyPlan::NoSignals:
        return "Nothing is signalled in " + place + ".";
    case EmptyPlan::AllTooOld:
        return "The only signals up to today are " + limit + ".";
    case EmptyPlan::AllFuture:
        return "The only signals are after today, " + formatDay(plan.today) + ".";
    }
    return {};
}

std::string describeDay(const Plan& plan, Day day)
{
    const PlannedDay* listed = plan.find(day);
    const PlannedDay planned = listed ? *listed : unlistedDay(plan, day, Policy{}.horizonDays);
    const std::string detail = detailOf(plan, planned);
    return std::string(stateName(planned.state)) + (detail.empty() ? "" : ": " + detail);
}

} // namespace daymark
