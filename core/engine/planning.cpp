// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/planning.h"

#include "core/base/text.h"
#include "core/base/time_zone.h"
#include "core/engine/contract.h"
#include "core/engine/convert.h"
#include "core/engine/versions.h"

#include <algorithm>

namespace daymark {

namespace {

/// Why a day is blocked that no day blocks.
constexpr const char* kColumns = "columns";
constexpr std::size_t kRunsLookedAt = 50; // of one day, for the one that failed it

/// A run that the ledger calls alive but whose process is gone says nothing about its day.
bool standsFor(const Workspace& workspace, const ledger::DayRecord& record)
{
    return record.standing != Standing::Importing || workspace.hasWriter();
}

SchemaFinding finding(std::string_view code, Severity severity, std::size_t count, Day latest,
                      std::string_view what)
{
    const std::string days =
        count == 1 ? std::string("1 signalled day ") : groupedDigits(count) + " signalled days ";
    return {std::string(code), severity, std::string(kSignalColumn),
            days + std::string(what) + (count == 1 ? " (" : " (the latest ") + formatDay(latest) +
                ")."};
}

ExplainContext contextOf(const Workspace& workspace, const PlannedSource& planned)
{
    const PollInfo poll = toPollInfo(workspace, planned.record);
    ExplainContext context;
    context.source = planned.record.config.name;
    context.signalPlace = planned.record.signalPlace;
    context.timeZone = planned.record.policy.timeZone;
    context.lastPoll = poll.last;
    context.nextPoll = poll.next;
    context.pollError = poll.error ? poll.error->message : std::string();
    context.pollHint = poll.error ? poll.error->hint : std::string();
    context.signalsRead = poll.everRead;
    context.horizonDays = planned.record.policy.horizonDays;
    return context;
}

/// The run that made a day what it is; none where its runs are of the past.
std::optional<RunId> runOf(const ledger::DayRecord& record, DayState state)
{
    if (state == DayState::Imported)
        return record.run;
    return state == DayState::Failed || state == DayState::Importing ? record.lastRun
                                                                     : std::nullopt;
}

std::string_view endOf(ledger::RunState state)
{
    if (state == ledger::RunState::Failed)
        return "failed";
    return state == ledger::RunState::Cancelled ? "was cancelled" : "was interrupted";
}

/// How a re-import came to nothing, and why.
std::string reasonOf(const ledger::LostReimport& lost)
{
    if (lost.error)
        return lost.error->message;
    return lost.note.starts_with(kTurnedDown) ? std::string(kTurnedDown) : std::string();
}

void addReimport(ExplainContext& context, const ledger::LostReimport& lost)
{
    context.reimport = endOf(lost.state);
    context.reimportReason = reasonOf(lost);
    context.reimportAt = lost.at;
    context.reimportRun = lost.run.value;
}

void addDayFacts(ExplainContext& context, const ledger::DayRecord& record, DayState state)
{
    context.skipReason = record.reason;
    context.skippedBy = record.standing == Standing::Skipped ? record.by : std::string();
    if (record.standing == Standing::Imported) {
        context.rows = record.counts.accepted;
        context.rejected = record.counts.rejected;
    }
    if (record.changed)
        context.difference = record.difference;
    if (const auto run = runOf(record, state))
        context.run = run->value;
    if (state != DayState::Imported)
        return;
    context.damage = record.damage;
    if (record.lostReimport)
        addReimport(context, *record.lostReimport);
}

/// Of a failed day, or of one that waits for such a day.
void addFailure(const Workspace& workspace, ExplainContext& context, const PlannedSource& planned,
                Day day)
{
    const Day rootDay = rootOf(planned.plan, day);
    const PlannedDay* listed = planned.plan.find(rootDay);
    const ledger::DayRecord* root = planned.find(rootDay);
    if (!root || !root->failure || !listed || listed->state != DayState::Failed)
        return;
    context.failure = root->failure->message;
    context.failureHint = root->failure->hint;
    if (!root->lastRun)
        return;
    context.failedRun = root->lastRun->value;
    const auto runs = workspace.ledger->runTable().ofDay(planned.record.id, rootDay, kRunsLookedAt);
    for (const ledger::RunRecord& run : runs.value_or(std::vector<ledger::RunRecord>())) {
        if (run.look ||
            (run.state != ledger::RunState::Failed && run.state != ledger::RunState::Interrupted))
            continue;
        context.failedRun = run.id.value;
        context.ranSince = run.id != *root->lastRun;
        return;
    }
}

/// The signal that counts for a day: the source's own, else an operator's.
std::optional<ledger::SignalRecord> countingSignal(const Workspace& workspace, SourceId source,
                                                   Day day)
{
    const auto records = workspace.ledger->signalTable().find(source, day);
    if (!records)
        return std::nullopt;
    const auto live = std::find_if(records->begin(), records->end(),
                                   [](const ledger::SignalRecord& record) { return !record.gone; });
    return live == records->end() ? std::nullopt : std::optional(*live);
}

std::string_view verdictText(ProbeVerdict verdict)
{
    switch (verdict) {
    case ProbeVerdict::NotProbed:
        return {};
    case ProbeVerdict::NoRows:
        return "no rows";
    case ProbeVerdict::RowsStillArriving:
        return "rows still arriving";
    case ProbeVerdict::CompleteNotSignalled:
        return "rows complete but not signalled";
    }
    return {};
}

bool isHeld(const PlannedSource& planned, Day day)
{
    return std::binary_search(planned.held.begin(), planned.held.end(), day);
}

/// A day that could be imported, or be tried again, waits for the columns that were agreed on.
void addSchemaBreak(Explanation& explanation, const PlannedSource& planned)
{
    const std::string& words = planned.record.schemaBreak;
    if (words.empty() ||
        (explanation.state != DayState::Failed && !isHeld(planned, explanation.day)))
        return;
    const std::string& name = planned.record.config.name;
    const Error error = contractBroken(name, words);
    explanation.sentence += " Nothing is imported meanwhile: " + error.message + " " + error.hint;
    const std::string quoted = shellQuoted(name);
    explanation.actions.insert(explanation.actions.begin(),
                               {"daymark-cli source accept " + quoted, "Accept columns…"});
    if (explanation.state == DayState::Blocked)
        explanation.actions.push_back({"daymark-cli poll " + quoted, "Poll now"});
}

CalendarDay calendarDay(const PlannedSource& planned, const PlannedDay& day)
{
    CalendarDay entry;
    entry.planned = day;
    entry.description = describeDay(planned.plan, day.day);
    if (day.state == DayState::Ignored)
        entry.reason = reasonName(day.ignored);
    if (isHeld(planned, day.day))
        entry.reason = kColumns;
    const ledger::DayRecord* record = planned.find(day.day);
    if (!record)
        return entry;
    if (day.state == DayState::Skipped)
        entry.reason = record->reason;
    if (day.state == DayState::Imported) {
        entry.rows = record->counts.accepted;
        entry.rejected = record->counts.rejected;
        entry.resignalled = planned.resignalledAt(day.day).has_value();
        entry.difference = record->difference;
        entry.damage = record->damage;
    }
    entry.run = runOf(*record, day.state);
    return entry;
}

} // namespace

const ledger::DayRecord* PlannedSource::find(Day day) const
{
    const auto found = std::lower_bound(
        days.begin(), days.end(), day,
        [](const ledger::DayRecord& entry, Day wanted) { return entry.day < wanted; });
    return found != days.end() && found->day == day ? &*found : nullptr;
}

std::optional<Instant> PlannedSource::resignalledAt(Day day) const
{
    const auto found =
        std::find_if(resignalled.begin(), resignalled.end(),
                     [day](const ledger::Resignal& signal) { return signal.day == day; });
    return found == resignalled.end() ? std::nullopt : std::optional(found->at);
}

Result<Day> todayOf(const Workspace& workspace, const Policy& policy)
{
    const auto zone = TimeZone::find(policy.timeZone);
    if (!zone)
        return fail(zone.error());
    return zone->dayOf(workspace.clock.now());
}

Result<PlannedSource> planWith(const Workspace& workspace, ledger::SourceRecord record,
                               std::vector<Signal> signals)
{
    const auto today = todayOf(workspace, record.policy);
    if (!today)
        return fail(today.error());
    auto days = workspace.ledger->dayTable().list(record.id);
    if (!days)
        return fail(days.error());
    auto resignalled = workspace.ledger->signalTable().resignalled(record.id);
    if (!resignalled)
        return fail(resignalled.error());
    PlannedSource planned;
    planned.record = std::move(record);
    planned.signals = std::move(signals);
    planned.days = std::move(*days);
    planned.resignalled = std::move(*resignalled);
    std::vector<LedgerDay> known;
    for (const ledger::DayRecord& day : planned.days)
        if (standsFor(workspace, day))
            known.push_back(day.planned());
    planned.plan = plan(planned.record.policy, *today, planned.signals, known);
    holdByColumns(planned);
    return planned;
}

void holdByColumns(PlannedSource& planned)
{
    if (planned.record.schemaBreak.empty())
        return;
    for (PlannedDay& day : planned.plan.days) {
        if (day.state != DayState::Ready && day.state != DayState::Queued)
            continue;
        day.state = DayState::Blocked;
        planned.held.push_back(day.day);
    }
}

Result<PlannedSource> planSource(const Workspace& workspace, const std::string& name)
{
    auto record = workspace.ledger->sourceTable().find(name);
    if (!record)
        return fail(record.error());
    auto signals = workspace.ledger->signalTable().counting(record->id);
    if (!signals)
        return fail(signals.error());
    return planWith(workspace, std::move(*record), std::move(*signals));
}

std::vector<SchemaFinding> signalFindings(const PlannedSource& planned)
{
    std::size_t future = 0;
    std::size_t early = 0;
    std::size_t tooOld = 0;
    std::size_t beforeStart = 0;
    Day lastFuture;
    Day lastOld;
    Day lastBefore;
    const Plan& plan = planned.plan;
    const Day horizon = plan.today - std::chrono::days(planned.record.policy.horizonDays);
    for (const Signal& signal : planned.signals) {
        if (signal.day > plan.today) {
            ++future;
            lastFuture = signal.day;
        } else if (signal.day == plan.today) {
            ++early;
        } else if (plan.firstDay && signal.day < *plan.firstDay && signal.day >= horizon) {
            ++beforeStart;
            lastBefore = signal.day;
        } else if ((!plan.firstDay || signal.day < *plan.firstDay) && signal.day < horizon) {
            ++tooOld;
            lastOld = signal.day;
        }
    }
    std::vector<SchemaFinding> findings;
    const std::string zone = " in " + planned.record.policy.timeZone;
    if (future > 0)
        findings.push_back(finding("signal.future", Severity::Warning, future, lastFuture,
                                   "after today" + zone + ": waiting until then"));
    if (early > 0)
        findings.push_back(
            finding("signal.early", Severity::Warning, early, plan.today,
                    "is today, which is not over" + zone + ": it counts; is the time zone right?"));
    if (tooOld > 0)
        findings.push_back(finding("signal.too_old", Severity::Note, tooOld, lastOld,
                                   "before the horizon: ignored"));
    if (beforeStart > 0)
        findings.push_back(finding("signal.before_start", Severity::Note, beforeStart, lastBefore,
                                   "before the first day: ignored"));
    return findings;
}

void addAnnouncements(std::vector<CalendarDay>& days,
                      const std::vector<ledger::SignalRecord>& announcements)
{
    auto day = days.begin();
    for (const ledger::SignalRecord& signal : announcements) {
        while (day != days.end() && day->planned.day < signal.day)
            ++day;
        if (day == days.end())
            return;
        if (day->planned.day != signal.day)
            continue;
        day->firstSeen = signal.firstSeen;
        day->markedHere = signal.byOperator;
    }
}

Result<CalendarView> calendarOf(const Workspace& workspace, const std::string& name,
                                std::optional<Day> from, std::optional<Day> to)
{
    auto planned = planSource(workspace, name);
    if (!planned)
        return fail(planned.error());
    const SourceId source = planned->record.id;
    CalendarView view = calendarWith(workspace, std::move(*planned), from, to);
    if (view.days.empty())
        return view;
    const auto announcements = workspace.ledger->signalTable().announcements(
        source, view.days.front().planned.day, view.days.back().planned.day);
    if (!announcements)
        return fail(announcements.error());
    addAnnouncements(view.days, *announcements);
    return view;
}

CalendarView calendarWith(const Workspace& workspace, PlannedSource planned,
                          std::optional<Day> from, std::optional<Day> to)
{
    CalendarView view;
    view.source = planned.record.config.name;
    view.dataset = dataset(planned.record.config.dataset).name;
    view.policy = planned.record.policy;
    view.poll = toPollInfo(workspace, planned.record);
    view.findings = signalFindings(planned);
    view.note = explainEmpty(planned.plan, contextOf(workspace, planned));
    if (planned.plan.unlistedSignals > 0)
        view.note += (view.note.empty() ? "" : " ") + groupedDigits(planned.plan.unlistedSignals) +
                     (planned.plan.unlistedSignals == 1 ? " signal lies" : " signals lie") +
                     " too far away to be listed.";
    if (const std::string& words = planned.record.schemaBreak; !words.empty())
        view.note += (view.note.empty() ? "" : " ") + contractBroken(view.source, words).message;
    for (const PlannedDay& day : planned.plan.days)
        if ((!from || day.day >= *from) && (!to || day.day <= *to))
            view.days.push_back(calendarDay(planned, day));
    view.plan = std::move(planned.plan);
    return view;
}

Day rootOf(const Plan& plan, Day day)
{
    const PlannedDay* planned = plan.find(day);
    return planned && planned->blockedBy ? *planned->blockedBy : day;
}

Result<DayExplained> explainedDay(const Workspace& workspace, const PlannedSource& planned, Day day,
                                  const std::optional<Probe>& probe)
{
    return explainedDay(workspace, planned, day, probe,
                        countingSignal(workspace, planned.record.id, day));
}

Result<DayExplained> explainedDay(const Workspace& workspace, const PlannedSource& planned, Day day,
                                  const std::optional<Probe>& probe,
                                  const std::optional<ledger::SignalRecord>& signal)
{
    ExplainContext context = contextOf(workspace, planned);
    const ledger::DayRecord* record = planned.find(day);
    const PlannedDay* standing = planned.plan.find(day);
    if (record && standing)
        addDayFacts(context, *record, standing->state);
    addFailure(workspace, context, planned, day);
    if (signal) {
        context.firstSeen = signal->firstSeen;
        context.signalledBy = signal->by;
    }
    context.probe = probe;
    context.resignalledAt = planned.resignalledAt(day);

    DayExplained explained;
    explained.source = context.source;
    explained.explanation = explain(planned.plan, day, context);
    addSchemaBreak(explained.explanation, planned);
    DayEvidence& evidence = explained.evidence;
    if (probe) {
        evidence.sourceRows = probe->rows;
        evidence.probedAt = probe->at;
        const PlannedDay* probed = planned.plan.find(explained.explanation.rootDay.value_or(day));
        const ProbeVerdict verdict = explained.explanation.verdict;
        if (!probed || !probed->signalled || verdict != ProbeVerdict::CompleteNotSignalled)
            evidence.verdict = std::string(verdictText(verdict));
    }
    evidence.firstSeen = context.firstSeen;
    evidence.signalledBy = context.signalledBy;
    evidence.rows = context.rows;
    evidence.rejected = context.rejected;
    if (context.run)
        evidence.run = RunId{*context.run};
    if (const PlannedDay* listed = planned.plan.find(day);
        listed && listed->state == DayState::Ignored)
        evidence.reason = reasonName(listed->ignored);
    else if (isHeld(planned, day))
        evidence.reason = kColumns;
    else
        evidence.reason = context.skipReason;
    evidence.poll = toPollInfo(workspace, planned.record);
    if (record && record->standing == Standing::Imported) {
        evidence.resignalledAt = context.resignalledAt;
        evidence.checkedAt = record->checkedAt;
        evidence.difference = record->difference;
        evidence.damage = record->damage;
        if (record->lostReimport) {
            evidence.reimport = record->lostReimport->run;
            evidence.reimportAt = record->lostReimport->at;
            evidence.reimportReason = std::string(endOf(record->lostReimport->state)) +
                                      (context.reimportReason.empty() ? "" : ": ") +
                                      context.reimportReason;
        }
        const auto versions = workspace.ledger->versionTable().ofDay(planned.record.id, day);
        if (!versions)
            return fail(versions.error());
        evidence.versions = static_cast<std::size_t>(
            std::count_if(versions->begin(), versions->end(), [&](const ledger::RunRecord& run) {
                return run.id != record->run && !run.droppedAt;
            }));
    }
    return explained;
}

Result<std::string> waitingSentence(const Workspace& workspace, const PlannedSource& planned)
{
    const Plan& plan = planned.plan;
    if (plan.empty != EmptyPlan::No)
        return explainEmpty(plan, contextOf(workspace, planned));
    const auto waits = [](const PlannedDay& day) {
        return day.state == DayState::Blocked || day.state == DayState::Failed ||
               day.state == DayState::Ready || day.state == DayState::Queued;
    };
    auto first = std::find_if(plan.days.begin(), plan.days.end(), waits);
    if (first == plan.days.end())
        first = std::find_if(plan.days.begin(), plan.days.end(), [](const PlannedDay& day) {
            return day.state == DayState::Awaiting && day.overdue;
        });
    if (first == plan.days.end())
        return std::string();
    const auto explained = explainedDay(workspace, planned, first->day, std::nullopt);
    if (!explained)
        return fail(explained.error());
    return explained->explanation.sentence;
}

} // namespace daymark
