// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/calendar/explain.h"

#include "core/base/text.h"
#include "core/base/time_zone.h"
#include "core/calendar/day_words.h"

#include <algorithm>

namespace daymark {

namespace {

bool anythingLanded(const Plan& plan, std::optional<Day> after = {})
{
    return std::any_of(plan.days.begin(), plan.days.end(), [&](const PlannedDay& day) {
        return day.state == DayState::Imported && (!after || day.day > *after);
    });
}

/// The first day after `day`, up to today, with a signal of its own.
std::optional<Day> nextSignalled(const Plan& plan, Day day)
{
    for (const PlannedDay& other : plan.days)
        if (other.day > day && other.day <= plan.today && other.signalled && !other.implied)
            return other.day;
    return std::nullopt;
}

/// The earliest gap or failed day before `day`.
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
        if (context.timeZone.empty())
            return;
        if (auto zone = TimeZone::find(context.timeZone)) {
            m_zone = std::move(*zone);
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
        if (!sentence.empty())
            m_result.sentence += (m_result.sentence.empty() ? "" : " ") + sentence;
    }

    void offer(std::string_view verb, std::string_view rest, std::string_view label)
    {
        std::string command = "daymark-cli " + std::string(verb) + ' ';
        command += shellQuoted(m_context.source) + std::string(rest);
        m_result.actions.push_back({std::move(command), std::string(label)});
    }

    void offerImport() { offer("import", "", "Import now"); }
    void offerPoll() { offer("poll", "", "Poll now"); }
    void offerReopen(Day day) { offer("reopen", ' ' + formatDay(day), "Reopen"); }
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

    /// Whether the day is one of those that the source brings, one after another.
    bool isPlanned() const { return m_plan.firstDay && m_plan.find(m_planned.day); }

    std::string runInBrackets() const
    {
        return m_context.run ? " (run " + std::to_string(*m_context.run) + ")" : std::string();
    }

    /// `10:00` of today, `2022-06-13 10:00` of another day, in the source's time zone.
    std::string time(Instant instant) const
    {
        std::string text = m_zone.formatLocal(instant);
        if (m_zone.dayOf(instant) == m_plan.today)
            text.erase(0, text.size() - 5);
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

    void sayWaiting()
    {
        if (m_planned.waiting > 0)
            say(waitingWords(m_planned.waiting) + " for it.");
    }

    void sayEarlierBlocker()
    {
        if (const auto blocker = blockerBefore(m_plan, m_planned.day))
            say("Before it, " + formatDay(*blocker) + " must be done too.");
    }

    /// Who finished the day, as the rest of a sentence that has begun with the day.
    std::string signalWords() const
    {
        std::string text = "is signalled";
        if (m_planned.implied)
            text = "is finished by the signal of a later day";
        else if (!m_context.signalledBy.empty() && m_context.signalledBy != "source")
            text = "was marked finished by " + shortened(m_context.signalledBy);
        if (m_context.firstSeen && !m_planned.implied)
            text += " (first seen " + time(*m_context.firstSeen) + ")";
        return text;
    }

    void explainImported()
    {
        std::string text = name() + (m_planned.empty ? " landed empty" : " is imported");
        text += runInBrackets();
        if (m_planned.empty)
            text += ": the source had no rows for it";
        else if (m_context.rows)
            text += ": " + counted(*m_context.rows, "row") + " landed";
        if (m_context.rejected.value_or(0) > 0)
            text += (m_planned.empty || m_context.rows ? ", " : ": ") +
                    counted(*m_context.rejected, "row") +
                    (*m_context.rejected == 1 ? " was rejected" : " were rejected");
        say(text + ".");
        if (!m_context.damage.empty()) {
            say(asSentence(m_context.damage));
            say("Its rows are not shown until it has been imported again.");
        }
        sayReimport();
        if (m_planned.changed) {
            const std::string what = shortened(m_context.difference, 400);
            say("The source holds other rows for it now than those that landed" +
                (what.empty() ? "." : ": " + what + "."));
        }
        if (m_context.resignalledAt)
            say("It was announced again since it landed (" + time(*m_context.resignalledAt) +
                "): its rows may have changed.");
        if (m_planned.changed || m_context.resignalledAt || !m_context.damage.empty())
            offer("reimport", ' ' + name(), "Re-import…");
        if (m_planned.changed)
            offerProbe(m_planned.day);
    }

    /// That somebody tried to replace the landed version, and that it stayed.
    void sayReimport()
    {
        if (m_context.reimport.empty())
            return;
        std::string text = "A re-import " + m_context.reimport;
        if (m_context.reimportAt)
            text +=
                " (" + time(*m_context.reimportAt) +
                (m_context.reimportRun ? ", run " + std::to_string(*m_context.reimportRun) : "") +
                ')';
        say(m_context.reimportReason.empty() ? text + "."
                                             : text + ": " + asSentence(m_context.reimportReason));
        say("The landed version stays.");
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
            say("A later day has landed, so it can no longer be reopened.");
            return;
        }
        if (m_planned.signalled)
            say("It is signalled: once reopened, it can be imported.");
        offerReopen(m_planned.day);
    }

    /// Why the last run failed, as the rest of a sentence.
    void sayFailure(const std::string& begin)
    {
        const std::string number =
            m_context.failedRun ? "run " + std::to_string(*m_context.failedRun) : "";
        const std::string run = number.empty() ? " last run" : " last run (" + number + ")";
        const std::string text =
            begin + (m_context.ranSince ? " " + number + " failed, and a later one was cancelled"
                                        : run + " failed");
        say(m_context.failure.empty() ? text + "." : text + ": " + asSentence(m_context.failure));
        say(asSentence(m_context.failureHint));
    }

    void explainFailed()
    {
        sayFailure(name() + " is not imported: its");
        sayWaiting();
        if (const auto blocker = blockerBefore(m_plan, m_planned.day)) {
            m_result.rootDay = blocker;
            say("It cannot be tried again before " + formatDay(*blocker) + " is done.");
        } else {
            offerRetry(m_planned.day);
        }
        offerSkip(m_planned.day);
    }

    void explainReady()
    {
        const bool first = m_plan.firstDay == m_planned.day;
        say(name() + ' ' + signalWords() + " and is the next day to import: " +
            (first ? "it is the first day." : "every day before it is done."));
        offerImport();
        offerSkip(m_planned.day);
    }

    void explainQueued()
    {
        m_result.rootDay = m_plan.nextDay;
        const PlannedDay* next = m_plan.find(*m_plan.nextDay);
        const bool running = next && next->state == DayState::Importing;
        say(name() + ' ' + signalWords() + " and lands in this pass, after " +
            formatDay(*m_plan.nextDay) + (running ? ", which is being imported now." : "."));
        if (!running)
            offerImport();
    }

    /// What is known of a day without a signal, as the rest of a sentence that has begun with it.
    std::string gapEvidence() const
    {
        const std::string place = shortened(m_context.signalPlace, 200);
        const std::string noSignal = place.empty()         ? "no signal"
                                     : place.back() == '/' ? "no entry in " + place
                                                           : "no row in " + place;
        if (!m_context.probe)
            return "has " + noSignal;
        const std::string rows = counted(m_context.probe->rows, "row");
        if (m_result.verdict == ProbeVerdict::NoRows)
            return "has no rows in the source and " + noSignal;
        if (m_result.verdict == ProbeVerdict::RowsStillArriving)
            return "has " + rows + " and " + noSignal + ", and its rows are still changing (" +
                   groupedDigits(*m_context.probe->earlierRows) + " at the look before)";
        return "has " + rows + " but " + noSignal;
    }

    /// The most helpful first: what a probe found tells a forgotten signal from missing data.
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
            break;
        case ProbeVerdict::RowsStillArriving:
            offerPoll();
            offerProbe(day);
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
        sayWaiting();
        sayEarlierBlocker();
        sayChecks();
        offerForGap(m_planned.day);
    }

    void explainBlocked()
    {
        if (!m_planned.blockedBy) {
            say(name() + ' ' + signalWords() + " and waits for the source's columns.");
            return;
        }
        const Day root = *m_planned.blockedBy;
        m_result.rootDay = root;
        const std::string waits = name() + " waits for " + formatDay(root) + ',';
        const PlannedDay* blocker = m_plan.find(root);
        if (blocker && blocker->state == DayState::Failed) {
            sayFailure(waits + " whose");
            offerRetry(root);
            offerSkip(root);
            return;
        }
        say(waits + " which " + gapEvidence() + ".");
        sayChecks();
        offerForGap(root);
    }

    void explainAwaiting()
    {
        if (!isPlanned())
            say(name() + " is not planned yet.");
        else if (m_planned.day == m_plan.today)
            say(name() + " is today and not signalled yet.");
        else if (m_planned.overdue)
            say(name() + " is overdue: it ended more than 24 hours ago and is not signalled, and "
                         "neither is any later day up to today.");
        else
            say(name() + " is not signalled yet, and neither is any later day up to today.");
        if (m_context.probe)
            say("It " + gapEvidence() + ".");
        sayEarlierBlocker();
        sayChecks();
        offerPoll();
        if (m_planned.day < m_plan.today) {
            offerProbe(m_planned.day);
            offerFinished(m_planned.day);
        }
        if (m_planned.day < m_plan.today && isPlanned())
            offerSkip(m_planned.day);
    }

    void explainFuture()
    {
        const std::string zone = m_zoneKnown ? " in the time zone " + m_zone.name() : std::string();
        say(name() + " lies after today, " + formatDay(m_plan.today) + zone +
            (m_planned.signalled ? "; it is signalled already, and the signal waits until then."
                                 : "; there is nothing to do yet."));
    }

    /// Whether the day is near enough for a source to begin with it.
    bool mayBegin() const
    {
        return m_planned.day >= m_plan.today - std::chrono::days{kListedDaysBefore};
    }

    void explainIgnored()
    {
        std::string where;
        if (m_planned.ignored == IgnoredReason::TooOld)
            where = m_context.horizonDays <= 0
                        ? std::string("before today, where the horizon is")
                        : "more than " +
                              counted(static_cast<std::uint64_t>(m_context.horizonDays), "day") +
                              " before today";
        if (m_plan.firstDay)
            where += (where.empty() ? "" : " and ") +
                     ("before the first day, " + formatDay(*m_plan.firstDay));
        say(name() + (m_planned.signalled ? " is signalled, but lies " : " lies ") + where +
            "; it is not imported.");
        if (anythingLanded(m_plan))
            say("The first day is fixed, since days have landed.");
        else if (mayBegin())
            say("To begin with it, set the first day of the source to it.");
        if (m_planned.signalled && mayBegin() && !anythingLanded(m_plan))
            offer("source edit", " --first-day " + name(), "Set first day…");
    }

    const Plan& m_plan;
    const PlannedDay& m_planned;
    const ExplainContext& m_context;
    TimeZone m_zone; ///< UTC where the source's is not known
    bool m_zoneKnown = false;
    Explanation m_result;
};

/// Where nothing can be imported, a day's explanation says why.
Explanation withEmpty(Explanation explanation, const Plan& plan, const ExplainContext& context)
{
    if (const std::string empty = explainEmpty(plan, context); !empty.empty())
        explanation.sentence += ' ' + empty;
    return explanation;
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
        return withEmpty(Explainer(plan, *planned, context).run(), plan, context);
    PlannedDay planned = unlistedDay(plan, day, context.horizonDays);
    planned.signalled = context.firstSeen.has_value();
    return withEmpty(Explainer(plan, planned, context).run(), plan, context);
}

} // namespace daymark
