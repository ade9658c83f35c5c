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
    std::vector<LandedFile> files; ///< recorded when it began to commit
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
    std::uint64_t files = 0; ///< looked at and whole or not
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
    /// its recorded size; that is forced to the disk again.
    [[nodiscard]] virtual Result<Recovery> recover(std::span<const LiveRun> live) = 0;

    /// Removes every landed day of a source that the ledger has deleted.
    [[nodiscard]] virtual Status removeSource(DatasetKind dataset, const std::string& source) = 0;

    /// Landed rows of one day, in the order in which they lie in the files. StorageDamaged where a
    /// file is missing or cannot be read.
    [[nodiscard]] virtual Result<std::vector<MetricRow>>
    rows(const ExpectedDay& day, const RowQuery& query, std::stop_token stop) = 0;

    /// Writes landed rows as CSV or Parquet, by the ending of `target` (UsageInvalid for another),
    /// first beside the target and then in its place; an older file there is replaced. The columns:
    /// `date`, then the six landed ones. In CSV a text that begins with = + - @ or a control
    /// character gets an apostrophe, so that a spreadsheet takes it for text.
    /// @return  the number of rows.
    [[nodiscard]] virtual Result<std::uint64_t> exportDays(std::span<const ExpectedDay> days,
                                                           const std::filesystem::path& target,
                                                           std::stop_token stop) = 0;

    /// Holds the expected days against the storage. Without `full`: presence, size, footer and
    /// rows; with it, every byte by its hash. Names whatever lies in the landing and isn't
    /// expected; the staging of `live` runs is theirs.
    [[nodiscard]] virtual Result<CheckReport> check(std::span<const ExpectedDay> days,
                                                    std::span<const LiveRun> live, bool full,
                                                    std::stop_token stop) = 0;
};

} // namespace daymark::landing
