// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What the ledger keeps, as plain data. Every time in here came from the caller's clock.

#include "core/base/error.h"
#include "core/base/ids.h"
#include "core/calendar/plan.h"
#include "core/schema/landed_file.h"
#include "core/schema/rollup.h"
#include "core/schema/rule.h"
#include "core/schema/source_config.h"

namespace daymark::ledger {

/// Who does something, and when: what the journal writes down beside every change.
struct Stamp
{
    std::string actor;
    Instant at;
};

struct IdTypeRecord
{
    std::string name;
    std::string addedBy;
    Instant addedAt;
};

/// The last look at a source's signals, and the next one.
struct PollRecord
{
    std::optional<Instant> last;        ///< when the last look ended, however it went
    std::optional<Instant> lastSuccess; ///< when signals were last read
    std::optional<Instant> nextDue;
    std::optional<Error> error; ///< of the last look; none where it went well
    int failures = 0;           ///< in a row
};

struct SourceRecord
{
    SourceId id;
    SourceConfig config;
    Policy policy; ///< `firstDay` and `timeZone` included
    bool enabled = true;
    bool removed = false;       ///< removed with its data kept
    bool firstDayFixed = false; ///< a day has landed: `policy.firstDay` stays what it is
    std::string schemaBreak;    ///< what its columns block imports for; empty where nothing
    std::string dataPlace;      ///< for people: `statsig_user_metrics`
    std::string signalPlace;    ///< for people: `statsig_user_metrics_signal`
    Instant createdAt;
    Instant editedAt;
    PollRecord poll;
};

/// A day as it was announced. The source and an operator may both announce the same day.
struct SignalRecord
{
    Day day;
    Instant firstSeen;
    Instant lastSeen;
    std::string by;                         ///< `source`, or the operator's name
    bool byOperator = false;                ///< stays until the operator withdraws it
    bool gone = false;                      ///< it was there, and the source no longer says it
    std::optional<Instant> returnedAt = {}; ///< when it was last there again after it was gone
};

/// A column of a source as it was when the source's first day landed, or when it was accepted.
struct ContractColumn
{
    std::string name;     ///< as the source spells it
    std::string typeName; ///< as the source declares it; may be empty

    bool operator==(const ContractColumn&) const = default;
};

/// A landed day that was announced again.
struct Resignal
{
    Day day;
    Instant at;
};

struct SignalChanges
{
    std::vector<Day> added;    ///< never seen before
    std::vector<Day> returned; ///< gone until now
    std::vector<Day> vanished; ///< no longer said
};

/// How a run stands. The first two are alive; after the others come only Superseded and RolledBack.
enum class RunState {
    Running,
    Committing, ///< all is staged and recorded: it either reaches its place or never happened
    Imported,
    Failed,
    Cancelled,
    Interrupted, ///< its process ended before it did
    Superseded,  ///< imported, and replaced by a later run of the same day
    RolledBack
};

/// The word in the ledger and in JSON: `imported`, `rolled_back`, ….
[[nodiscard]] std::string_view runStateName(RunState state);
[[nodiscard]] std::optional<RunState> findRunState(std::string_view name);

/// The process that a run belongs to, so that a number that came round again is not taken for it.
struct RunOwner
{
    std::int64_t pid = 0;
    std::string host;      ///< host name and boot id
    std::string startedAt; ///< the process's start as the system tells it; opaque
};

struct RunCounts
{
    std::uint64_t read = 0;
    std::uint64_t accepted = 0;
    std::uint64_t rejected = 0;
    std::uint64_t duplicates = 0;
};

struct PhaseTime
{
    std::string phase;
    double seconds = 0;
};

/// What begins a run.
struct RunStart
{
    SourceId source;
    Day day;
    /// The plan's first day: becomes the source's own, for good, when its first day lands. The
    /// run's day where it is absent.
    std::optional<Day> firstDay;
    RunOwner owner;
    Stamp by;
    std::optional<RunId> replaces = {}; ///< of a re-import: the day's current run
    std::string reason = {};            ///< why it was asked for; may be empty
    bool look = false; ///< nothing is to be committed: once it has ended, it is dropped
};

/// A sign of life of a run.
struct RunPulse
{
    Instant at;
    std::string phase;
    RunCounts counts;
};

/// A row without a usable date, which a read of any day meets again: how often it was charged.
struct UndatedRow
{
    Hash128 row;
    std::uint64_t count = 0;
};

/// What is known of a run when it ends, well or not.
struct RunReport
{
    RunCounts counts;
    std::string rejectsFile; ///< below the workspace folder; empty where nothing was rejected
    std::vector<RuleCount> rules;
    std::vector<PhaseTime> timings;
    std::string note; ///< what the run chose or noticed: `rows grouped by metric`
};

/// All that makes a staged day the ledger's business.
struct RunCommit
{
    RunReport report;
    std::vector<LandedFile> files; ///< by their final paths
    std::vector<Rollup> rollups;
    Hash128 fingerprint; ///< of the whole day
    std::vector<UndatedRow> newUndated;
};

struct RunRecord
{
    RunId id;
    SourceId source;
    std::string sourceName;
    Day day;
    RunState state = RunState::Running;
    RunCounts counts;
    Instant startedAt;
    std::optional<Instant> finishedAt;
    double seconds = 0;
    std::string phase; ///< of the last sign of life
    Instant heartbeat; ///< the last sign of life
    RunOwner owner;
    std::string actor;
    std::optional<Error> error;
    std::string rejectsFile;
    std::string note;
    Hash128 fingerprint;
    std::vector<LandedFile> files; ///< of a replaced run: where its version is kept; none: dropped
    std::vector<PhaseTime> timings;
    std::optional<RunId> replaces;    ///< of a re-import: the run that was current when it began
    std::string reason;               ///< why it was asked for, if somebody said so
    std::optional<Instant> retiredAt; ///< of a landed run: since when another one is current
    std::optional<Instant> droppedAt; ///< since when its files are gone
    bool look = false;                ///< see RunStart
};

/// A re-import that came to nothing, so that what had landed stayed.
struct LostReimport
{
    RunId run;
    RunState state = RunState::Failed; ///< Failed, Cancelled or Interrupted
    Instant at;
    std::optional<Error> error;
    std::string note;
};

/// A day that was imported, skipped or failed, or that a live run is on.
struct DayRecord
{
    Day day;
    Standing standing = Standing::Imported;
    std::optional<RunId> run;     ///< the run whose rows are landed
    std::optional<RunId> lastRun; ///< the latest run, the live one included
    bool empty = false;
    bool changed = false;
    std::string reason; ///< of a skip
    std::string by;     ///< who skipped it, or asked for the last run
    std::optional<Instant> at;
    std::optional<Error> failure;          ///< of the last run, where the day stands as failed
    RunCounts counts;                      ///< of `run`, else of `lastRun`
    std::optional<Instant> landedAt = {};  ///< when `run` became the current one
    std::optional<Instant> checkedAt = {}; ///< when the landed day was last held against its source
    std::string difference = {};           ///< what that look found, where the day is `changed`
    std::string damage = {};               ///< what is wrong with the landed files, if anything
    std::optional<Hash128> seen = {};      ///< fingerprint of what the source held at the last look
    std::optional<LostReimport> lostReimport = {}; ///< the last one, since `landedAt`

    [[nodiscard]] LedgerDay planned() const
    {
        return {day, standing, empty, changed, !damage.empty()};
    }
};

/// The landed files of one imported day, as a check or a reader needs them.
struct LandedDay
{
    SourceId source;
    std::string sourceName;
    DatasetKind dataset = DatasetKind::Metrics;
    Day day;
    RunId run;
    RunCounts counts;
    std::vector<LandedFile> files;
    std::string damage = {}; ///< what is wrong with the files of a current version, if known
};

/// A change from a day's current run to another version of it, while it is at work.
struct RollbackRecord
{
    SourceId source;
    std::string sourceName;
    Day day;
    RunId from;
    RunId to;
    std::vector<LandedFile> fromFiles; ///< at their place in the landing
    std::vector<LandedFile> toFiles;   ///< where the version is kept
    std::string actor;
    std::string reason;
    Instant at;
};

struct JournalRecord
{
    std::int64_t id = 0;
    Instant at;
    std::string actor;
    std::string source; ///< empty where it concerns the workspace
    std::optional<Day> day;
    std::string action; ///< `source.add`, `day.skip`, `run.import`, …
    std::string detail;
};

} // namespace daymark::ledger
