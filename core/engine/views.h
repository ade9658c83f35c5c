// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What the engine hands out: plain copies, safe to keep and to pass between threads. The window and
// the command line show the same figures because both are made from these.

#include "core/base/error.h"
#include "core/base/ids.h"
#include "core/calendar/explain.h"
#include "core/calendar/policy.h"
#include "core/schema/landed_file.h"
#include "core/schema/sample_row.h"
#include "core/schema/source_config.h"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace daymark {

/// The last look at a source's signals, and the next.
struct PollInfo
{
    std::optional<Instant> last;
    std::optional<Instant> next;        ///< when the scheduler looks again; only while one runs
    std::optional<Error> error;         ///< why the last look failed
    int failures = 0;                   ///< in a row
    std::optional<Instant> missedSince; ///< when a look was due that nobody took, long ago by now
    bool everRead = true;               ///< some look at the signals went well
};

struct SourceInfo
{
    SourceId id;
    SourceConfig config;
    Policy policy;
    std::string dataPlace;   ///< `statsig_user_metrics`
    std::string signalPlace; ///< `statsig_user_metrics_signal`
    PollInfo poll;
    Instant createdAt;
    bool enabled = true;        ///< polled and imported by itself
    bool firstDayFixed = false; ///< a day has landed: the policy's first day stays what it is
    std::string schemaBreak;    ///< what its columns block imports for; empty where nothing
};

/// Settings of a source that an operator gives; what is absent stays as it is (or at its default).
struct SourceSettings
{
    std::optional<std::string> uri;
    std::optional<std::string> table;
    std::optional<std::string> query;
    std::optional<std::string> signalTable;
    std::map<std::string, std::string> columnMap; ///< merged; an empty value removes the entry
    std::map<std::string, std::string> format;    ///< merged; an empty value removes the entry
    std::optional<DayOrder> order;
    std::optional<UnitDay> unitDay;
    std::optional<int> horizonDays;
    std::optional<Day> firstDay;
    std::optional<std::string> timeZone;
    std::optional<double> tolerancePercent;
    std::optional<int> pollMinutes;
    std::optional<int> stalenessDays;
    std::optional<int> recheckDays;
    std::optional<Recheck> recheck;
    std::optional<int> keepVersions;
    std::optional<int> keepDays;
    std::optional<std::optional<double>> reimportAbovePercent; ///< an inner none turns it off
    std::optional<SchemaAction> columnGone;
    std::optional<SchemaAction> columnNew;
    std::optional<SchemaAction> columnType;
};

/// A source as it was added or edited, with what was noticed on the way.
struct SourceSaved
{
    SourceInfo source;
    std::vector<SchemaFinding> findings; ///< what was found in its schema and signals
    std::optional<Error> unreachable;    ///< saved, although it could not be looked at
    std::size_t takenUp = 0; ///< landed days of a removed source of that name, its own now
};

/// What was kept of a source that was removed.
struct KeptSource
{
    std::string name;
    std::string dataset;
    std::size_t days = 0; ///< that have landed
    std::optional<Day> firstDay;
    std::optional<Day> lastDay;
};

struct TestStepInfo
{
    std::string name;
    bool ok = false;
    bool warning = false;
    std::string message;
    std::string hint;
};

/// A connection test: how far it got, and what was seen.
struct SourceTest
{
    bool ok = false;
    std::vector<TestStepInfo> steps;
    std::vector<SchemaFinding> findings;        ///< of the schema and of the signals
    std::vector<std::string> columns;           ///< as the source spells them
    std::map<std::string, std::string> mapping; ///< canonical name → the source's name
    std::size_t signalCount = 0;                ///< distinct signalled days
    std::optional<Day> firstSignal;
    std::optional<Day> lastSignal;
};

struct PollReport
{
    std::string source;
    bool ok = false;
    std::size_t signalCount = 0; ///< distinct days now signalled
    std::vector<Day> added;      ///< not seen before
    std::vector<Day> withdrawn;  ///< seen before, gone now
    std::vector<SchemaFinding> findings;
    std::optional<Error> error;
};

/// A day of a calendar with what the ledger knows of it.
struct CalendarDay
{
    PlannedDay planned;
    std::string description;               ///< in words: `gap: not signalled, 5 later days wait`
    std::string reason;                    ///< of a skip, or why it is ignored; empty otherwise
    std::optional<std::uint64_t> rows;     ///< landed
    std::optional<std::uint64_t> rejected; ///< by the run that landed it
    std::optional<RunId> run;              ///< the run that landed it, or failed on it, or is on it
    bool resignalled = false; ///< imported, and announced again since: it may be worth a re-import
    std::string difference;   ///< of a changed day: what the source holds that did not land
    std::optional<Instant> firstSeen; ///< when its signal was; none where no signal is its own
    bool markedHere = false;          ///< signalled by an operator in the source's place
    std::string damage;               ///< of a damaged day: what is wrong with its files
};

struct CalendarView
{
    std::string source;
    std::string dataset;
    Policy policy;
    Plan plan; ///< of all days; `days` below may be a part of it
    std::vector<CalendarDay> days;
    std::string note; ///< one sentence where the plan is empty, or signals are beyond the list
    std::vector<SchemaFinding> findings; ///< of the signals: too old, in the future, early, …
    PollInfo poll;
};

/// Whether a source brings its days when they are expected: by 24 hours after the end of each.
enum class Lateness {
    Nothing, ///< nothing is planned yet
    OnTime,
    Late,    ///< a day that is due was signalled, and has not landed
    Overdue, ///< a day that is due was not signalled
};

/// How many days up to today an overview covers.
inline constexpr int kOverviewDays = 60;

/// One source at a glance.
struct SourceOverview
{
    SourceInfo source;
    Day today;                     ///< in the source's time zone
    std::vector<CalendarDay> days; ///< the listed ones of the last 60 days, oldest first
    std::optional<Day> obstacle;   ///< the earliest gap or failed day
    std::string obstacleWords;     ///< `8 June is a gap, 7 later days wait`; empty where none is
    Lateness lateness = Lateness::Nothing;
    std::string latenessWords;  ///< `overdue: 8 days behind, 8 June is not signalled`
    std::string note;           ///< one sentence where nothing is planned
    std::optional<Error> error; ///< why it cannot be planned; the days are missing then
};

struct DayEvidence
{
    std::optional<std::uint64_t> sourceRows; ///< by a probe
    std::optional<Instant> probedAt;
    std::optional<std::string>
        verdict; ///< `no rows`, `rows still arriving`, `rows complete but not signalled`
    std::optional<Instant> firstSeen;  ///< of the signal
    std::string signalledBy;           ///< `source` or an operator's name
    std::optional<std::uint64_t> rows; ///< landed
    std::optional<std::uint64_t> rejected;
    std::optional<RunId> run;
    std::string reason;
    PollInfo poll;
    std::optional<Instant> resignalledAt; ///< of a landed day that was announced again since
    std::optional<Instant> checkedAt;     ///< when a landed day was last held against its source
    std::string difference;               ///< what that look found, where it differs
    std::size_t versions = 0;             ///< earlier ones that a rollback can bring back
    std::string damage;                   ///< of a landed day: what is wrong with its files
    std::optional<RunId> reimport;        ///< the last one, where it came to nothing
    std::string reimportReason;           ///< how, and why
    std::optional<Instant> reimportAt;
};

struct DayExplained
{
    std::string source;
    Explanation explanation;
    DayEvidence evidence;
};

/// How a run stands. `Running` and `Committing` are alive; nothing follows the others but
/// Superseded and RolledBack.
enum class RunState {
    Running,
    Committing,
    Imported,
    Failed,
    Cancelled,
    Interrupted,
    Superseded,
    RolledBack
};

[[nodiscard]] std::string_view runStateName(RunState state);

struct PhaseTiming
{
    std::string phase; ///< `read`, `seal`, `commit`
    double seconds = 0;
};

struct RunInfo
{
    RunId id;
    std::string source;
    Day day;
    RunState state = RunState::Running;
    std::uint64_t rowsRead = 0;
    std::uint64_t accepted = 0;
    std::uint64_t rejected = 0;
    std::uint64_t duplicates = 0;
    Instant startedAt;
    std::optional<Instant> finishedAt;
    double seconds = 0;
    std::vector<std::string> files; ///< below the workspace: `landing/…`
    std::string rejectsFile;        ///< below the workspace; empty where nothing was rejected
    std::vector<RuleCount> rules;
    std::vector<PhaseTiming> timings;
    std::string note; ///< what the run chose or noticed: `rows grouped by metric`
    std::optional<Error> error;
    std::string actor;                ///< who asked for it
    std::optional<Instant> heartbeat; ///< last sign of life of a live run
    std::optional<RunId> replaces;    ///< of a re-import: the run that was current before it
    std::string reason;               ///< why it was asked for, if somebody said so
    /// A look before a re-import: nothing is to be committed, and once it has ended it is no run
    /// any more.
    bool look = false;
};

/// A live run, told at most ten times a second.
struct RunProgress
{
    RunId run;
    std::string source;
    Day day;
    std::string phase; ///< `reading`, `writing`, `verifying`, `comparing`, `committing`
    std::uint64_t rows = 0;
    std::uint64_t rejected = 0;
    double rowsPerSecond = 0;
    std::optional<double> fraction;    ///< 0 to 1, where the size of the day is known
    std::optional<double> secondsLeft; ///< where the fraction is known
};

struct ImportReport
{
    std::vector<RunInfo> runs; ///< in the order in which they ended
    int failed = 0; ///< runs that did not land their day, and sources that did not answer
    std::vector<PollReport> polls;
    /// For each source whose pass ended before its last signalled day: the sentence that says why.
    std::vector<std::pair<std::string, std::string>> waiting;
    bool cancelled = false;
};

struct PreviewColumn
{
    std::string name;       ///< canonical
    std::string sourceName; ///< as the source spells it; empty where nothing is mapped to it
};

struct Preview
{
    std::string source;
    std::optional<Day> day;
    std::vector<SchemaFinding> schema;
    std::uint64_t rowsRead = 0;
    std::uint64_t accepted = 0;
    std::uint64_t rejected = 0;
    std::uint64_t duplicates = 0;
    std::vector<RuleCount> rules;
    bool wholeDay = false; ///< the day was read to its end
    /// What looks wrong with the day as a whole, in plain sentences.
    std::vector<SchemaFinding> suspicions;
    std::vector<PreviewColumn> columns; ///< those of the dataset, in its order
    /// The first rows as they were read, and beyond them some for each rule; in the order of the
    /// read. None unless they were asked for.
    std::vector<SampleRow> samples;
};

/// How far a preview is.
struct PreviewProgress
{
    std::uint64_t rows = 0;
    std::uint64_t rejected = 0;
    std::optional<double> fraction; ///< of the day, 0 to 1, where it is known
};

/// Numbers of a metric on one day, over all its id types and sources.
struct MetricDay
{
    Day day;
    std::uint64_t rows = 0;
    std::uint64_t units = 0;
    std::optional<double> sum;
    std::optional<double> numeratorSum;
    std::optional<double> denominatorSum;
    std::optional<double> mean; ///< sum / units, or numerator_sum / denominator_sum
    std::optional<double> minimum;
    std::optional<double> maximum;
    std::optional<double> sumSquares;
    std::uint64_t zeroDenominators = 0;
};

/// How a metric stands in the catalog.
enum class MetricStanding {
    Current, ///< it had a value of late
    Hiding,  ///< it had none of late, and will be hidden
    Waiting, ///< its sources are blocked, so that none can come
    Hidden,  ///< it had none for longer than the staleness of its sources
};

/// The mean of a metric on one day.
struct TrendPoint
{
    Day day;
    double mean = 0;
};

/// The days of a metric for one id type, oldest first.
struct MetricSeries
{
    std::string idType;
    std::vector<MetricDay> days;
};

/// A day on which a metric has no value, and why.
struct MissingDay
{
    Day day;
    DayState state = DayState::Imported; ///< of the source's day; imported: without such a metric
    std::string words;                   ///< `skipped: closed on Saturdays`
};

struct MetricInfo
{
    std::string name;
    bool ratio = false;
    std::vector<std::string> idTypes;
    std::vector<std::string> sources;
    Day firstDay;
    Day lastDay;
    std::size_t days = 0;
    bool stale = false;
    MetricDay latest;
    std::vector<MetricDay> series; ///< filled for one metric only, oldest first
    MetricStanding standing = MetricStanding::Current;
    std::string clock;                      ///< the standing in words: `hides in 3 days`
    std::vector<TrendPoint> trend;          ///< of the 30 days up to its last one, oldest first
    std::vector<MetricSeries> idTypeSeries; ///< filled for one metric only, by id type
    std::vector<MissingDay> missing;        ///< filled for one metric only, oldest first
};

struct LandedMetricRow
{
    std::string unitId;
    std::string idType;
    std::string metricName;
    std::optional<double> value;
    std::optional<double> numerator;
    std::optional<double> denominator;
};

/// What another version of a day makes of one metric and id type.
struct MetricImpact
{
    std::string metric;
    std::string idType;
    std::uint64_t rowsBefore = 0;
    std::uint64_t rowsAfter = 0;
    /// Rows of units that had fewer of them, of units that have fewer now, and rows with other
    /// numbers. Unless the impact is `exact` the first two are net and the third is not known.
    std::uint64_t added = 0;
    std::uint64_t removed = 0;
    std::uint64_t changed = 0;
    /// Sums of the values and of the two parts of ratios; none where there are no such rows.
    std::optional<double> sumBefore;
    std::optional<double> sumAfter;
    std::optional<double> numeratorBefore;
    std::optional<double> numeratorAfter;
    std::optional<double> denominatorBefore;
    std::optional<double> denominatorAfter;
    bool wasRatio = false;
    bool isRatio = false;

    /// Whether the metric is of another kind than before; not so for one that comes or goes.
    [[nodiscard]] bool kindFlips() const
    {
        return rowsBefore > 0 && rowsAfter > 0 && wasRatio != isRatio;
    }
};

/// What another version of a landed day changes: told before anything is committed.
struct DayImpact
{
    std::string source;
    Day day;
    RunId replaced; ///< the run that is, or was, current
    RunId by;       ///< the run in its place; 0 where it was only looked at
    std::uint64_t rowsBefore = 0;
    std::uint64_t rowsAfter = 0;
    std::uint64_t rejectedBefore = 0;
    std::uint64_t rejectedAfter = 0;
    std::uint64_t added = 0;
    std::uint64_t removed = 0;
    std::uint64_t changed = 0;
    bool exact = true; ///< rows were compared one by one; otherwise counts, sums and fingerprints
    bool same = false; ///< the very same rows
    std::vector<MetricImpact> metrics; ///< those that differ, by metric and id type
    std::string fingerprint;           ///< of all rows afterwards: 32 hexadecimal digits
};

/// A version of a day: what one run landed.
struct VersionInfo
{
    RunId run;
    RunState state = RunState::Imported;
    bool current = false;
    bool kept = false; ///< its rows are there, so that a rollback can bring it back
    std::uint64_t rows = 0;
    std::uint64_t rejected = 0;
    std::optional<Instant> landedAt;
    std::optional<Instant> retiredAt; ///< since when another version is current
    std::optional<Instant> keptUntil; ///< of an earlier version, by age; by count it may go sooner
    std::string actor;
    std::string reason;
};

struct ReimportReport
{
    ImportReport import; ///< its runs: one a day
    std::vector<DayImpact> impacts;
    int refused = 0; ///< days whose new version was turned down once its impact was known
};

struct RollbackReport
{
    DayImpact impact;
    bool done = false; ///< false: only looked at, or turned down
};

/// How a landed day compares with its source.
struct RecheckInfo
{
    std::string source;
    Day day;
    Instant at;
    bool changed = false;
    std::string difference; ///< one sentence; empty where it did not change
    std::optional<DayImpact> impact;
    std::optional<double> changedPercent; ///< how much of it is another; none unless it was read
    std::optional<Error> error; ///< the source could not be read; the day stays marked as it was
};

struct CheckFault
{
    std::string code; ///< `file.missing`, `file.size`, `file.rows`, `file.hash`, `file.unreadable`,
                      ///< `orphan`
    std::string path; ///< below the workspace
    std::string source;
    std::optional<Day> day;
    std::string message;
    bool fault = true; ///< false: worth knowing, harmless (leftovers that the next start removes)
};

struct CheckReport
{
    bool ok = false;
    std::size_t days = 0;
    std::size_t files = 0;
    std::vector<CheckFault> faults;
    std::size_t versions = 0; ///< earlier versions of days that were looked at too
};

struct JournalEntry
{
    Instant at;
    std::string actor;
    std::string source;
    std::optional<Day> day;
    std::string action;
    std::string detail;
};

/// How a day was announced.
struct SignalInfo
{
    std::string by; ///< `source`, or an operator's name
    bool byOperator = false;
    Instant firstSeen;
    Instant lastSeen; ///< means something once it is gone
    bool gone = false;
};

/// A run of a day with the files that it landed.
struct DayRun
{
    RunInfo run; ///< with its rules and examples
    std::vector<LandedFile> files;
    std::string
        fingerprint; ///< of all its accepted rows, in hexadecimal; empty where there is none
};

/// Everything that the ledger holds of one day of a source.
struct DayStory
{
    std::string source;
    Day day;
    std::vector<SignalInfo> announced; ///< its signals: the source's, then the operator's
    std::vector<DayRun> runs;          ///< latest first
    std::vector<JournalEntry> journal; ///< latest first
    /// What a person runs at the source to announce the day there; empty for kinds without one.
    std::string signalStatement;
};

} // namespace daymark
