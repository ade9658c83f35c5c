// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The stream: a day's rows are read, validated, deduplicated, rolled up and handed to a sink.

#include "core/schema/batch.h"
#include "core/schema/date_decoder.h"
#include "core/schema/landed_block.h"
#include "core/schema/rollup.h"
#include "core/schema/rule.h"
#include "core/schema/sample_row.h"
#include "core/schema/source_config.h"

#include <filesystem>
#include <functional>
#include <map>

namespace daymark {

/// What a metric's landed rows made of it so far.
enum class MetricKind { Value, Ratio };

/// Memory that one day may take, in bytes. Beyond it the stream spills to disk or lands its blocks
/// sooner; what comes out stays the same.
struct IngestLimits
{
    /// Keys of `timeuuid`, 16 bytes each and a quarter more: enough for some 20 million rows.
    std::size_t keyMemory = std::size_t{384} << 20U;
    /// Unit ids; beyond it they are kept as 128-bit hashes and spilled.
    std::size_t unitMemory = std::size_t{192} << 20U;
    /// Pages of accepted rows that wait to be written.
    std::size_t pageMemory = std::size_t{48} << 20U;
    /// Different pairs of metric and id type; one more fails the day with ErrorCode::SourceLimit.
    std::size_t groups = 100'000;
};

struct IngestOptions
{
    Day day;
    DateDecoder dates;
    UnitDay unitDay = UnitDay::Reject;
    std::vector<std::string> idTypes; ///< the workspace's

    /// What each metric of this source landed as so far: for metric.kind_changed and
    /// metric.near_duplicate. Empty before the first day.
    std::map<std::string, MetricKind> knownMetrics;

    /// Rows without a valid date that earlier landed runs of a source that holds other days were
    /// charged with, by hash, and how often: passed over like rows of another day.
    std::map<Hash128, std::uint64_t> knownUndated;

    /// Made with the first rejected row and synced at the end; its folder must exist. Empty: none.
    std::filesystem::path rejectsFile;

    /// An existing folder for what doesn't fit into memory; its files are unlinked as soon as they
    /// are open. Empty: the system's temporary folder.
    std::filesystem::path spillFolder;

    /// Stop after so many rows of the day, as a preview does. 0: read all.
    std::uint64_t rowLimit = 0;

    IngestLimits limits;

    /// First rows to keep as they were read, and with them some for each rule. 0: none.
    std::size_t sampleRows = 0;

    /// Whether to look for a unit that has a large share of the rows, as a preview does.
    bool tallyUnits = false;
};

enum class IngestPhase {
    Reading, ///< rows come in
    Closing, ///< all rows were read; what is left is being handed over
};

struct IngestProgress
{
    IngestPhase phase = IngestPhase::Reading;
    std::uint64_t rows = 0; ///< of the day, read so far
    std::uint64_t rejected = 0;
    std::optional<double> fraction; ///< of the source read so far, where it is known
};

/// Called at most ten times a second, and a last time at the end, on the thread of ingestDay().
using IngestProgressFn = std::function<void(const IngestProgress&)>;

/// A unit with many rows.
struct UnitShare
{
    std::string unit;       ///< shortened
    std::uint64_t rows = 0; ///< at least; short of the truth by 3 % of all rows at most
};

struct IngestSummary
{
    /// read = accepted + rejected + dropped. Rows of other days count nowhere.
    std::uint64_t read = 0;
    std::uint64_t accepted = 0;
    std::uint64_t rejected = 0;
    std::uint64_t dropped = 0;
    std::uint64_t otherDays = 0; ///< rows passed over

    bool whole = true; ///< false where the row limit ended it

    std::vector<Rollup> rollups; ///< by metric, then id type
    Hash128 fingerprint;         ///< of all accepted rows: the sum of the rollups'

    std::vector<RuleCount> rules; ///< in the order of Rule; those that were broken

    /// Rejected rows of a source that holds other days which have no usable date: charged to this
    /// run, though they may be any day's.
    std::uint64_t undated = 0;

    /// The same by hash; at most kUndatedKept different ones.
    std::map<Hash128, std::uint64_t> newUndated;
    bool undatedCut = false; ///< there were more of them than are kept

    std::vector<SampleRow> samples;        ///< in the order of the read
    std::optional<UnitShare> heaviestUnit; ///< where units were tallied

    bool rejectsWritten = false;   ///< whether the rejects file exists
    bool groupedByMetric = true;   ///< false: rows landed in the order they were read
    std::string layout;            ///< why, in a sentence
    std::uint64_t spilledKeys = 0; ///< keys that went through the disk
};

inline constexpr std::size_t kUndatedKept = 100'000;

/// Reads a day to its end, or to the row limit, and hands its accepted rows to `sink`.
///
/// @param sink      where accepted rows go; null: nowhere (a preview, or a comparison with what
///                  landed). The sink is not closed.
/// @param progress  may be empty.
/// @return  the summary; or the error of the reader, the sink or the disk, after which the day must
///          not land and the rejects file is incomplete. ErrorCode::RunCancelled within a second of
///          `stop`, as far as the reader gives up in time. No thread of its own is left behind.
[[nodiscard]] Result<IngestSummary> ingestDay(RowReader& reader, const IngestOptions& options,
                                              BlockSink* sink, const IngestProgressFn& progress,
                                              std::stop_token stop);

} // namespace daymark
