// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What the engine hands out: plain copies, safe to keep and to pass between threads. The window and
// the command line show the same figures because both are made from these.

#include "core/base/error.h"
#include "core/base/ids.h"
#include "core/calendar/explain.h"
#include "core/calendar/policy.h"
#include "core/schema/rule.h"
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
    std::optional<Instant> next; ///< when the scheduler looks again; only while one runs
    std::optional<Error> error;  ///< why the last look failed
    int failures = 0;            ///< in a row
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
};

/// A source as it was added or edited, with what was noticed on the way.
struct SourceSaved
{
    SourceInfo source;
    std::vector<SchemaFinding> findings; ///< what was found in its schema and signals
    std::optional<Error> unreachable;    ///< saved, although it could not be looked at
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
};

/// A live run, told at most ten times a second.
struct RunProgress
{
    RunId run;
    std::string source;
    Day day;
    std::string phase; ///< `reading`, `writing`, `verifying`, `committing`
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

} // namespace daymark
