// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A run in one file that stands for itself: what was set, what the calendar said when it began,
// what landed with its hashes, and which rules rows broke. Any Daymark opens it, without a
// workspace. It holds no secrets and no customers' values: examples are shapes (`99,99 AAA`), and
// messages leave out what they quote.
//
// The file is text: one line `{"daymark_run": 1, "bytes": N, "sha256": "…"}`, then N bytes of JSON
// whose SHA-256 that is, so that `tail -n +2 FILE | sha256sum` checks it too.

#include "core/engine/engine.h"

namespace daymark {

/// The ending of such files, for dialogs and desktops.
inline constexpr std::string_view kRunProofEnding = ".daymark-run";

/// A rule that rows of the run broke.
struct ProofRule
{
    std::string code;
    std::string severity;
    std::uint64_t count = 0;
    std::string meaning;
    std::vector<RuleExample> examples; ///< their values are shapes
};

struct ProofDay
{
    Day day;
    std::string state;
    std::string words; ///< `gap: not signalled, 5 later days wait`
};

/// The calendar around the day, as it was known when the run began.
struct ProofPlan
{
    Instant at;
    Day today;
    std::optional<Day> firstDay;
    std::optional<Day> frontier;
    std::optional<Day> nextDay;
    std::vector<ProofDay> days;
    std::vector<std::string> unknown; ///< what could not be known any more, in sentences
};

struct RunProof
{
    std::string program; ///< the version that wrote it
    Instant writtenAt;
    std::string sha256; ///< of everything below; verified

    RunId run;
    std::string source;
    Day day;
    std::string state;
    std::uint64_t rowsRead = 0;
    std::uint64_t accepted = 0;
    std::uint64_t rejected = 0;
    std::uint64_t duplicates = 0;
    Instant startedAt;
    std::optional<Instant> finishedAt;
    double seconds = 0;
    std::string actor;
    std::string reason;
    std::string note;
    std::optional<RunId> replaces;
    std::optional<std::string> errorCode;
    std::string errorMessage;

    /// The source's settings as they are when the file is written, by name.
    std::vector<std::pair<std::string, std::string>> settings;
    ProofPlan plan;
    std::vector<LandedFile> files;
    std::string
        fingerprint; ///< of the accepted rows, whatever their order; empty where none landed
    std::vector<ProofRule> rules;
};

/// Writes the proof of a run; a file that is there is replaced. RunUnknown; UsageInvalid while the
/// run is alive.
[[nodiscard]] Status exportRun(Engine& engine, RunId run, const std::filesystem::path& target);

/// Reads and verifies a proof; needs no workspace. UsageInvalid for a file that is none,
/// WorkspaceNewer for one that a later program wrote, StorageDamaged where it is cut or changed.
[[nodiscard]] Result<RunProof> readRunProof(const std::filesystem::path& file);

/// All of it but its checksum, as one JSON object: what the file holds.
[[nodiscard]] std::string proofBody(const RunProof& proof);

} // namespace daymark
