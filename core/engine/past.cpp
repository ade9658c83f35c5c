// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
// A past calendar, in five steps:
//
//   1. read what the ledger keeps of the source: every signal, every run, the whole journal
//   2. replay the journal up to the moment: operators' signals, skips, reopens, landings,
//      rollbacks and marks of change and of damage; failed runs come from the runs themselves
//   3. take the source's own signals by when they were first seen, and last seen where they are
//   gone
//   4. undo the changes of the policy that came after the moment
//   5. plan with the day that was today then, and say what the ledger does not tell

#include "core/engine/past.h"

#include "core/base/time_zone.h"
#include "core/ledger/policy_words.h"

#include <algorithm>
#include <charconv>
#include <map>

namespace daymark {

namespace {

constexpr std::size_t kEverything = std::size_t{1} << 40U;

/// The number that follows `word` in what the journal says: `run 12, 40 rows`.
std::optional<RunId> runAfter(std::string_view detail, std::string_view word)
{
    const std::size_t at = detail.find(word);
    if (at == std::string_view::npos)
        return std::nullopt;
    const char* begin = detail.data() + at + word.size();
    RunId run;
    const auto read = std::from_chars(begin, detail.data() + detail.size(), run.value);
    return read.ec == std::errc() ? std::optional(run) : std::nullopt;
}

bool landedOnce(const ledger::RunRecord& run)
{
    return run.state == ledger::RunState::Imported || run.state == ledger::RunState::Superseded ||
           run.state == ledger::RunState::RolledBack;
}

/// Replays what the ledger keeps of one source up to a moment.
class Replay
{
public:
    Replay(ledger::SourceRecord record, Instant at) : m_record(std::move(record)), m_at(at) {}

    Status read(const Workspace& workspace);
    /// @param hasWriter  a process runs the workspace, so that its live runs are alive.
    Result<PastSource> plan(bool hasWriter);

private:
    void replayJournal();
    void replay(const ledger::JournalRecord& entry);
    void replayDay(const ledger::JournalRecord& entry, Day day);
    void replayFindings(const ledger::JournalRecord& entry, ledger::DayRecord& landed);
    void land(std::optional<RunId> run, Day day, Instant at);
    void landAgain(const ledger::JournalRecord& entry, Day day);
    void failRun(const ledger::JournalRecord& entry, Day day);
    void addUnwritten();
    void nameLastRuns();
    void addLiveRuns(bool hasWriter);
    void addMarks();
    void addSignals();
    void announce(ledger::SignalRecord signal);
    void tellRebuilt();
    void forgetPolls();
    void undoPolicy();
    void freeFirstDay();
    [[nodiscard]] bool hasLandedBefore() const;
    [[nodiscard]] const ledger::RunRecord* find(RunId run) const;

    ledger::SourceRecord m_record;
    Instant m_at;
    std::vector<ledger::SignalRecord> m_announced;
    std::vector<ledger::RunRecord> m_runs;        ///< oldest first
    std::vector<ledger::JournalRecord> m_journal; ///< oldest first, of this source's life
    std::vector<ledger::DayRecord> m_standing;    ///< the days as they are now
    std::map<Day, ledger::DayRecord> m_days;
    std::map<Day, ledger::Stamp> m_marked;          ///< operators' signals
    std::map<Day, ledger::SignalRecord> m_counting; ///< the signal that counts for a day
    std::vector<std::string> m_unknown;
};

Status Replay::read(const Workspace& workspace)
{
    auto announced = workspace.ledger->signalTable().all(m_record.id);
    if (!announced)
        return fail(announced.error());
    m_announced = std::move(*announced);
    auto runs = workspace.ledger->runTable().list(m_record.id, kEverything);
    if (!runs)
        return fail(runs.error());
    m_runs.assign(runs->rbegin(), runs->rend());
    auto journal = workspace.ledger->journalTable().list(m_record.config.name, kEverything);
    if (!journal)
        return fail(journal.error());
    auto standing = workspace.ledger->dayTable().list(m_record.id);
    if (!standing)
        return fail(standing.error());
    m_standing = std::move(*standing);
    // An earlier source of this name is another source.
    for (auto entry = journal->rbegin(); entry != journal->rend(); ++entry)
        if (entry->at >= m_record.createdAt)
            m_journal.push_back(std::move(*entry));
    return {};
}

const ledger::RunRecord* Replay::find(RunId run) const
{
    const auto found = std::lower_bound(
        m_runs.begin(), m_runs.end(), run,
        [](const ledger::RunRecord& one, RunId wanted) { return one.id < wanted; });
    return found != m_runs.end() && found->id == run ? &*found : nullptr;
}

void Replay::land(std::optional<RunId> run, Day day, Instant at)
{
    const ledger::RunRecord* record = run ? find(*run) : nullptr;
    ledger::DayRecord landed;
    landed.day = day;
    landed.run = run;
    landed.lastRun = run;
    landed.landedAt = at;
    landed.at = at;
    if (record) {
        landed.counts = record->counts;
        landed.empty = record->counts.accepted == 0;
        landed.by = record->actor;
    }
    m_days[day] = std::move(landed);
}

/// The journal does not name the run that failed: it ended at the moment of the entry.
void Replay::failRun(const ledger::JournalRecord& entry, Day day)
{
    const auto run = std::find_if(m_runs.begin(), m_runs.end(), [&](const ledger::RunRecord& one) {
        return one.day == day && one.finishedAt == entry.at &&
               one.state == ledger::RunState::Failed;
    });
    const auto known = m_days.find(day);
    if (known != m_days.end() && known->second.standing != Standing::Failed)
        return;
    ledger::DayRecord failed;
    failed.day = day;
    failed.standing = Standing::Failed;
    failed.by = entry.actor;
    failed.at = entry.at;
    if (run != m_runs.end()) {
        failed.lastRun = run->id;
        failed.failure = run->error;
        failed.counts = run->counts;
    }
    m_days[day] = std::move(failed);
}

/// A repair found the files of a version: the current one, unless it was retired by the same act.
void Replay::landAgain(const ledger::JournalRecord& entry, Day day)
{
    const auto run = runAfter(entry.detail, "run ");
    const ledger::RunRecord* record = run ? find(*run) : nullptr;
    if (record && record->retiredAt != entry.at)
        land(run, day, entry.at);
}

/// What was found of a landed day later on.
void Replay::replayFindings(const ledger::JournalRecord& entry, ledger::DayRecord& landed)
{
    if (entry.action == "day.changed" || entry.action == "day.unchanged") {
        landed.changed = entry.action == "day.changed";
        landed.difference = landed.changed ? entry.detail : std::string();
        landed.checkedAt = entry.at;
    } else if (entry.action == "day.damaged" || entry.action == "day.intact") {
        landed.damage = entry.action == "day.damaged" ? entry.detail : std::string();
    }
}

void Replay::replayDay(const ledger::JournalRecord& entry, Day day)
{
    const auto known = m_days.find(day);
    if (entry.action == "day.signal") {
        m_marked.try_emplace(day, ledger::Stamp{entry.actor, entry.at});
    } else if (entry.action == "day.withdraw_signal") {
        m_marked.erase(day);
    } else if (entry.action == "day.skip") {
        ledger::DayRecord skipped;
        skipped.day = day;
        skipped.standing = Standing::Skipped;
        skipped.reason = entry.detail;
        skipped.by = entry.actor;
        skipped.at = entry.at;
        m_days[day] = std::move(skipped);
    } else if (entry.action == "day.reopen") {
        m_days.erase(day);
    } else if (entry.action == "run.import" || entry.action == "run.reimport") {
        land(runAfter(entry.detail, "run "), day, entry.at);
    } else if (entry.action == "day.rollback") {
        land(runAfter(entry.detail, " to run "), day, entry.at);
    } else if (entry.action == "run.rebuilt") {
        landAgain(entry, day);
    } else if (entry.action == "run.fail") {
        failRun(entry, day);
    } else if (known != m_days.end()) {
        replayFindings(entry, known->second);
    }
}

void Replay::replay(const ledger::JournalRecord& entry)
{
    if (entry.action == "source.schema_broken")
        m_record.schemaBreak = entry.detail;
    else if (entry.action == "source.schema_whole" || entry.action == "source.schema_agreed")
        m_record.schemaBreak.clear();
    else if (entry.action == "source.enable" || entry.action == "source.disable")
        m_record.enabled = entry.action == "source.enable";
    else if (entry.action ==
             "source.add") // takes up what was kept: nothing is known of its columns
        m_record.schemaBreak.clear();
    else if (entry.day)
        replayDay(entry, *entry.day);
}

void Replay::replayJournal()
{
    m_record.schemaBreak.clear();
    m_record.enabled = true;
    for (const ledger::JournalRecord& entry : m_journal)
        if (entry.at <= m_at)
            replay(entry);
}

/// Days that stand since before the moment, of which the journal says nothing any more.
void Replay::addUnwritten()
{
    for (const ledger::DayRecord& day : m_standing)
        if (day.standing != Standing::Importing && day.at && *day.at <= m_at)
            m_days.try_emplace(day.day, day);
}

/// A failed day names the last of its runs, though that may have ended without a word on the day.
void Replay::nameLastRuns()
{
    for (const ledger::RunRecord& run : m_runs) {
        const auto day = m_days.find(run.day);
        if (day == m_days.end() || day->second.standing != Standing::Failed || run.look ||
            run.startedAt > m_at)
            continue;
        day->second.lastRun = run.id;
    }
}

/// Runs that were at work at the moment. One that never ended says nothing of its day while no
/// process runs the workspace.
void Replay::addLiveRuns(bool hasWriter)
{
    for (const ledger::RunRecord& run : m_runs) {
        if (run.startedAt > m_at || (run.finishedAt && *run.finishedAt <= m_at))
            continue;
        ledger::DayRecord& day = m_days[run.day];
        day.day = run.day;
        if (day.run)
            continue;
        if (!run.finishedAt && !hasWriter) {
            m_days.erase(run.day);
            continue;
        }
        day.standing = Standing::Importing;
        day.lastRun = run.id;
        day.by = run.actor;
        day.at = run.startedAt;
        day.failure.reset();
    }
}

/// The source's own signal counts before an operator's, and both before one that is gone.
void Replay::announce(ledger::SignalRecord signal)
{
    const auto rank = [](const ledger::SignalRecord& one) {
        return std::pair(one.gone, one.byOperator);
    };
    const auto known = m_counting.find(signal.day);
    if (known == m_counting.end())
        m_counting.emplace(signal.day, std::move(signal));
    else if (rank(signal) < rank(known->second))
        known->second = std::move(signal);
}

/// An operator's signal that still stands was never taken back: it is in the ledger since it was
/// made. Of those that were, the journal knows.
void Replay::addMarks()
{
    for (const ledger::SignalRecord& signal : m_announced)
        if (signal.byOperator && signal.firstSeen <= m_at)
            m_marked.try_emplace(signal.day, ledger::Stamp{signal.by, signal.firstSeen});
    for (const auto& [day, by] : m_marked)
        announce({day, by.at, by.at, by.actor, true, false, {}});
}

void Replay::addSignals()
{
    std::size_t gone = 0;
    std::size_t returned = 0;
    for (ledger::SignalRecord& signal : m_announced) {
        if (signal.byOperator || signal.firstSeen > m_at)
            continue;
        const auto day = m_days.find(signal.day);
        const bool landed = day != m_days.end() && day->second.run;
        signal.gone = signal.gone && signal.lastSeen < m_at;
        gone += signal.gone && !landed ? 1 : 0;
        returned += signal.returnedAt && *signal.returnedAt > m_at && !landed ? 1 : 0;
        if (!signal.gone || landed)
            announce(std::move(signal));
    }
    if (gone > 0)
        m_unknown.push_back(
            "When the source was found to have withdrawn a signal is not recorded: " +
            std::to_string(gone) + " of them count as withdrawn from when they were last seen.");
    if (returned > 0)
        m_unknown.push_back(
            "From when to when a signal was away that came back later is not recorded: " +
            std::to_string(returned) + " of them count as there all the time.");
}

/// When a source was polled is not kept, but that its signals had been read once.
void Replay::forgetPolls()
{
    const auto lastSuccess = m_record.poll.lastSuccess;
    m_record.poll = {};
    if (lastSuccess && *lastSuccess <= m_at)
        m_record.poll.lastSuccess = lastSuccess;
    for (const ledger::SignalRecord& signal : m_announced)
        if (!signal.byOperator && signal.firstSeen <= m_at)
            m_record.poll.lastSuccess = signal.firstSeen;
}

/// What a repair could not take over of the time before it is not there any more.
void Replay::tellRebuilt()
{
    const auto rebuilt = std::find_if(m_journal.begin(), m_journal.end(),
                                      [this](const ledger::JournalRecord& entry) {
                                          return entry.action == "run.rebuilt" && entry.at > m_at;
                                      });
    if (rebuilt != m_journal.end())
        m_unknown.push_back("Landed days were entered anew by a repair on " +
                            formatInstant(rebuilt->at) +
                            ": of the time before it only what could be taken over is known.");
}

bool Replay::hasLandedBefore() const
{
    return std::any_of(m_runs.begin(), m_runs.end(), [this](const ledger::RunRecord& run) {
        return landedOnce(run) && run.finishedAt && *run.finishedAt <= m_at;
    });
}

/// Before the first landing the first day was free: what the journal says that it was set to, if
/// it says so.
void Replay::freeFirstDay()
{
    if (!m_record.firstDayFixed || hasLandedBefore())
        return;
    Policy recorded;
    for (const ledger::JournalRecord& entry : m_journal)
        if (entry.at <= m_at && entry.action == "source.policy")
            ledger::redoPolicyChange(recorded, entry.detail);
    m_record.policy.firstDay = recorded.firstDay;
    m_record.firstDayFixed = false;
}

void Replay::undoPolicy()
{
    bool recorded = false;
    std::optional<Instant> edited;
    for (auto entry = m_journal.rbegin(); entry != m_journal.rend(); ++entry) {
        recorded = recorded || entry->action == "source.policy";
        if (entry->at <= m_at)
            continue;
        if (entry->action == "source.edit")
            edited = entry->at;
        if (entry->action == "source.policy" &&
            !ledger::undoPolicyChange(m_record.policy, entry->detail))
            m_unknown.push_back("A change of the settings on " + formatInstant(entry->at) +
                                " is recorded in words that this program does not know; the "
                                "settings are taken as they are now.");
    }
    freeFirstDay();
    m_record.config.timeZone = m_record.policy.timeZone;
    if (edited && !recorded)
        m_unknown.push_back("The source was edited after that, first on " + formatInstant(*edited) +
                            ". The journal holds no change of its order, horizon, first day or "
                            "time zone, which earlier versions of the program did not write down: "
                            "they are taken as they are now.");
}

Result<PastSource> Replay::plan(bool hasWriter)
{
    const auto firstDay = m_record.policy.firstDay;
    const bool fixed = m_record.firstDayFixed;
    replayJournal();
    addUnwritten();
    nameLastRuns();
    addLiveRuns(hasWriter);
    addMarks();
    addSignals();
    tellRebuilt();
    undoPolicy();
    forgetPolls();
    const auto zone = TimeZone::find(m_record.policy.timeZone);
    if (!zone)
        return fail(zone.error());
    PastSource past;
    past.planned.record = m_record;
    for (auto& [day, signal] : m_counting) {
        past.planned.signals.push_back({day});
        past.announced.push_back(std::move(signal));
    }
    std::vector<LedgerDay> known;
    for (const auto& day : m_days) {
        past.planned.days.push_back(day.second);
        known.push_back(day.second.planned());
    }
    past.planned.plan =
        daymark::plan(m_record.policy, zone->dayOf(m_at), past.planned.signals, known);
    holdByColumns(past.planned);
    if (fixed && !m_record.firstDayFixed && past.planned.plan.firstDay != firstDay)
        m_unknown.push_back("Whether a first day had been set by hand before the first landing is "
                            "known only where the journal says so; it does not.");
    past.unknown = std::move(m_unknown);
    return past;
}

} // namespace

Result<PastSource> pastSource(const Workspace& workspace, const ledger::SourceRecord& record,
                              Instant at)
{
    Replay replay(record, at);
    if (const Status read = replay.read(workspace); !read)
        return fail(read.error());
    return replay.plan(workspace.hasWriter());
}

} // namespace daymark
