// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Where the rows of imported days live, seen from above. A day gets there in five steps:
//
//   1. stage    an empty staging place for one run, on the landing's own storage
//   2. (rows)   the stream writes them there
//   3. seal     reopened, counted, hashed and forced to the disk
//   4. (ledger) the run is recorded as committing
//   5. publish  one atomic step makes the day visible; it carries the run's id
//
// A day that has landed is replaced in the same way, with two more steps before the last: its files
// are linked into the history, where they are kept as a version; then both folders change places in
// one step. Going back to a version stages that version's files and goes on from 5.
//
// After a crash recover() tells which committing runs reached their place and drops the others'
// staging.

#include "core/base/day.h"
#include "core/base/error.h"
#include "core/base/ids.h"
#include "core/schema/dataset.h"
#include "core/schema/landed_file.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

namespace daymark::landing {

/// A day of a source, as the landing knows it.
struct DayPlace
{
    std::string source; ///< the source's name
    DatasetKind dataset = DatasetKind::Metrics;
    Day day;
};

/// Where one run writes its day.
struct Staging
{
    RunId run;
    DayPlace place;
    std::filesystem::path folder; ///< existing, empty: only Parquet files of the day may go in here
    std::filesystem::path file;   ///< the name of the run's first file in it; carries the run's id
    std::filesystem::path
        scratch; ///< existing folder for anything temporary; dropped with the staging
};

/// A live run as the ledger has it.
struct LiveRun
{
    RunId run;
    DayPlace place;
    bool committing = false;
    std::vector<LandedFile> files;      ///< recorded when it began to commit, by their final paths
    std::optional<RunId> replaces = {}; ///< the day's current run, in whose place it comes
};

/// What a start found.
struct Recovery
{
    std::vector<RunId> published;     ///< committing, and whole at their place: finish them
    std::vector<RunId> unpublished;   ///< all other live runs: they never happened
    std::vector<std::string> dropped; ///< leftovers that were removed, below the workspace folder
};

/// An imported day as the ledger has it.
struct ExpectedDay
{
    DayPlace place;
    RunId run;
    std::vector<LandedFile> files;
    bool suspect = false; ///< found damaged before: every check reads every byte of it
};

/// A version in the history.
struct KeptVersion
{
    DayPlace place;
    RunId run;
};

/// How the rows of one metric and id type differ between two versions of a day. A row whose unit
/// has as many rows in both, but with other numbers, is changed.
struct GroupChange
{
    std::string metric;
    std::string idType;
    std::uint64_t added = 0;
    std::uint64_t removed = 0;
    std::uint64_t changed = 0;
};

/// A metric and an id type.
struct Group
{
    std::string metric;
    std::string idType;
};

/// What the ledger expects to find.
struct Expected
{
    std::vector<ExpectedDay> days;     ///< at their places
    std::vector<ExpectedDay> versions; ///< in the history
    std::vector<LiveRun> live;
};

struct CheckFault
{
    /// `file.missing`, `file.size`, `file.unreadable`, `file.rows`, `file.hash`, `orphan`,
    /// `leftover`
    std::string code;
    std::string path;   ///< below the workspace folder
    std::string source; ///< empty where it cannot be told
    std::optional<Day> day;
    std::string message;
    bool fault = true; ///< false: harmless leftovers that the next start removes
};

struct CheckReport
{
    std::uint64_t days = 0;
    std::uint64_t files = 0;    ///< of days; looked at and whole or not
    std::uint64_t versions = 0; ///< in the history, looked at too
    std::vector<CheckFault> faults;
};

/// A landed row of metrics.
struct MetricRow
{
    std::string unitId;
    std::string idType;
    std::string metric;
    std::optional<double> value;
    std::optional<double> numerator;
    std::optional<double> denominator;
};

struct RowQuery
{
    std::optional<std::string> metric;
    std::uint64_t limit = 100;
};

/// Thread-safe: several runs of different sources may use one landing at once.
class Landing
{
public:
    virtual ~Landing() = default;

    /// Makes the staging place of a run; what an earlier attempt of that run left there is dropped.
    [[nodiscard]] virtual Result<Staging> stage(RunId run, const DayPlace& place) = 0;

    /// Verifies what was staged (each file's footer is read again, the rows add up to `rows`),
    /// hashes it and forces it to the disk. StorageDamaged where it isn't what was written. After
    /// an error drop the staging; nothing of it may be sealed again.
    /// @return  the files by their final paths.
    [[nodiscard]] virtual Result<std::vector<LandedFile>>
    seal(const Staging& staging, std::uint64_t rows, std::stop_token stop) = 0;

    /// Moves the sealed day to its place in one step and forces that to the disk. DayState where
    /// something is at that place already. After an error the day is not published, unless the
    /// answer of carries() says otherwise.
    [[nodiscard]] virtual Status publish(const Staging& staging) = 0;

    /// Keeps the files of a landed day in the history, without a copy where the file system can,
    /// and forces that to the disk. The day stays as it is.
    /// @return  the files by their paths in the history; none where the day's own are not there in
    ///          their recorded size, so that there is no version to keep.
    [[nodiscard]] virtual Result<std::vector<LandedFile>> keepVersion(const ExpectedDay& day) = 0;

    /// Stages a version from the history, after it was held against its hashes: StorageDamaged
    /// where it is not what landed. The history stays as it is.
    [[nodiscard]] virtual Result<Staging> stageVersion(const ExpectedDay& version,
                                                       std::stop_token stop) = 0;

    /// Puts the sealed day, or staged version, in the place of the landed one in one step and
    /// forces that to the disk; what was there is in the staging then, and goes with it. A place
    /// whose folder is gone is filled. After an error as publish().
    [[nodiscard]] virtual Status replace(const Staging& staging) = 0;

    /// Compares a landed day row by row with what is staged in its place, for these groups (all
    /// where there are none): those that differ, by metric and id type.
    [[nodiscard]] virtual Result<std::vector<GroupChange>> compare(const ExpectedDay& before,
                                                                   const Staging& after,
                                                                   std::span<const Group> groups,
                                                                   std::stop_token stop) = 0;

    /// Removes a version from the history, if it is there.
    [[nodiscard]] virtual Status dropVersion(const DayPlace& place, RunId run) = 0;

    /// The versions that lie in the history, whoever knows of them.
    [[nodiscard]] virtual std::vector<KeptVersion> versions() const = 0;

    /// A run's files by the paths that they have in the history; none where one isn't there.
    [[nodiscard]] virtual std::vector<LandedFile> keptFiles(const ExpectedDay& day) const = 0;

    /// A run's files by the paths that they have while it is the day's current one.
    [[nodiscard]] virtual std::vector<LandedFile> placedFiles(const ExpectedDay& day) const = 0;

    /// Takes a published day away again: for a run that the ledger has ended otherwise, never for
    /// one that is committing or imported. Nothing happens where the place carries another run's
    /// day.
    [[nodiscard]] virtual Status retract(const DayPlace& place, RunId run) = 0;

    /// Whether the day's place holds what `run` staged.
    [[nodiscard]] virtual bool carries(const DayPlace& place, RunId run) const = 0;

    /// Removes a run's staging, if there is any. Never touches a published day.
    [[nodiscard]] virtual Status dropStaging(RunId run) = 0;

    /// For the start, while nothing else runs: tells published runs from the others and removes all
    /// staging. A committing run counts as published only with every recorded file at its place in
    /// its recorded size; that is forced to the disk again. Where one that replaces another is not,
    /// the other one's day is put back.
    [[nodiscard]] virtual Result<Recovery> recover(std::span<const LiveRun> live) = 0;

    /// Removes every landed day and version of a source that the ledger has deleted.
    [[nodiscard]] virtual Status removeSource(DatasetKind dataset, const std::string& source) = 0;

    /// What is wrong with the files of a landed day: a sentence on the first bad one, empty where
    /// each is, byte for byte, what landed. A file that was found whole before is read again only
    /// if it was touched since. RunCancelled.
    [[nodiscard]] virtual Result<std::string> damageOf(const ExpectedDay& day,
                                                       std::stop_token stop) = 0;

    /// Landed rows of one day, in the order in which they lie in the files. StorageDamaged where a
    /// file is not what landed, as damageOf() says.
    [[nodiscard]] virtual Result<std::vector<MetricRow>>
    rows(const ExpectedDay& day, const RowQuery& query, std::stop_token stop) = 0;

    /// Writes landed rows as CSV or Parquet, by the ending of `target` (UsageInvalid for another),
    /// first beside the target and then in its place; an older file there is replaced. The columns:
    /// `date`, then the six landed ones. In CSV a text that begins with = + - @ or a control
    /// character gets an apostrophe, so that a spreadsheet takes it for text. StorageDamaged as
    /// rows().
    /// @return  the number of rows.
    [[nodiscard]] virtual Result<std::uint64_t> exportDays(std::span<const ExpectedDay> days,
                                                           const std::filesystem::path& target,
                                                           std::stop_token stop) = 0;

    /// Holds the expected days and versions against the storage. Without `full`: presence, size,
    /// footer and rows; with it, every byte by its hash. Names whatever lies in the landing and
    /// the history and isn't expected; the staging of live runs is theirs.
    [[nodiscard]] virtual Result<CheckReport> check(const Expected& expected, bool full,
                                                    std::stop_token stop) = 0;
};

} // namespace daymark::landing
