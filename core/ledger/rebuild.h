// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A ledger that is made anew from what is left: what can still be read of a damaged one, or a copy
// of it that is sound, and the landed days themselves.

#include "core/ledger/records.h"

#include <filesystem>
#include <memory>

namespace daymark::ledger {

class Connection;

/// A landed day, or a version of one, as its files tell of it.
struct FoundDay
{
    std::string source;
    Day day;
    RunId run;
    bool current = true; ///< false: an earlier version, in the history
    std::vector<LandedFile> files;
    std::vector<Rollup> rollups;
    Hash128 fingerprint;
    std::uint64_t rows = 0;
    Instant at;              ///< when the files were written
    std::string rejectsFile; ///< of the run, where it is there
};

/// What was read of a damaged ledger.
struct Salvage
{
    std::size_t sources = 0;
    std::size_t idTypes = 0;
    std::size_t signals = 0;
    std::size_t runs = 0;
    std::size_t days = 0;
    std::size_t journal = 0;       ///< entries
    std::vector<std::string> lost; ///< what could not be read: `signals`

    /// Whether the sources with all that happened to them were read.
    [[nodiscard]] bool holdsHistory() const;
};

/// Writes a copy of a ledger that is sound, as one file with nothing beside it. The target must not
/// be there yet. Errors as of Ledger::open().
[[nodiscard]] Status copyLedger(const std::filesystem::path& file,
                                const std::filesystem::path& target);

/// The highest number that a ledger has ever given to a run. Errors as of Ledger::open().
[[nodiscard]] Result<RunId> highestRun(const std::filesystem::path& file);

/// The ledger that is made anew, while it is. Used by one thread.
class Rebuild
{
public:
    /// On an existing ledger of this version, which is not in use: an empty one, or a copy.
    [[nodiscard]] static Result<std::unique_ptr<Rebuild>> on(const std::filesystem::path& file,
                                                             const Stamp& by);
    ~Rebuild();
    Rebuild(const Rebuild&) = delete;
    Rebuild& operator=(const Rebuild&) = delete;

    /// Takes over what can be read of id types, sources, signals, runs, days and the journal, each
    /// whole or not at all; of the days only the skipped ones where there are no runs. For an empty
    /// ledger. The damaged one is to be a copy: it is opened as it is, its write-ahead log
    /// included.
    [[nodiscard]] Salvage takeOver(const std::filesystem::path& damaged);

    /// Whether the ledger holds this very version of the day already, as its current one or as one
    /// that is kept.
    [[nodiscard]] Result<bool> holds(const FoundDay& found);

    /// Makes what was found the ledger's business. A source that is not known is entered as a
    /// removed one whose data was kept: one that is added under its name takes its days up.
    /// DayState where the run's number belongs to another day.
    [[nodiscard]] Status adopt(const FoundDay& found);

    /// To be called when all that was found has been adopted. Runs whose figures are not what was
    /// written and that have no files to make them anew from keep them as they are; which ones, as
    /// `run 12, 2022-06-14 of shop`. A day whose run belongs to another day is none any more.
    [[nodiscard]] Result<std::vector<std::string>> settleSeals();

    /// Sources of which nothing is known but their landed days, by name.
    [[nodiscard]] Result<std::vector<std::string>> bareSources();

    /// Later runs get higher numbers than this one.
    [[nodiscard]] Status reserveRuns(RunId highest);

    /// Adds an entry on the workspace to the journal.
    [[nodiscard]] Status note(const std::string& action, const std::string& detail);

private:
    Rebuild(std::unique_ptr<Connection> connection, Stamp by);

    std::unique_ptr<Connection> m_connection;
    Stamp m_by;
};

} // namespace daymark::ledger
