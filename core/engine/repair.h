// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A workspace whose ledger is damaged, cut or gone gets a new one: from the last copy that is
// sound, else from what can still be read of the damaged one, and in either case from the landed
// files themselves, which say of which source, day and run they are. Nothing is deleted: the
// damaged ledger, and what was being staged, go into a folder of their own.

#include "core/engine/engine.h"

namespace daymark {

/// What the new ledger begins with, before the landed files are held against it.
enum class RepairBase {
    Best, ///< what can be read of the damaged one, or the last good copy where that is too little
    Copy, ///< the last good copy
    Files ///< nothing: what landed is entered from its own files
};

/// How far a repair is.
struct RepairProgress
{
    std::string words;              ///< what it is at: `Reading the landed days`
    std::optional<double> fraction; ///< 0 to 1, where it is known
};

struct RepairRequest
{
    bool dryRun = false; ///< tell what would be done, and change nothing
    RepairBase base = RepairBase::Best;
    std::function<void(const RepairProgress&)> progress = {}; ///< on the thread of the call
};

struct RepairReport
{
    bool needed = false;              ///< false: the ledger is sound, and nothing was done
    bool done = false;                ///< false after a dry run
    std::string fault;                ///< what is wrong with the ledger
    std::string base;                 ///< what the new one began with, in words
    std::filesystem::path setAside;   ///< where the damaged one lies now; empty after a dry run
    std::size_t days = 0;             ///< that the landing holds
    std::size_t rebuilt = 0;          ///< of them, those that the base did not know
    std::size_t versions = 0;         ///< earlier versions in the history that are kept
    std::vector<std::string> sources; ///< of which days were found
    std::vector<std::string> notes;   ///< what was lost, or left as it is, in whole sentences
    std::string copy;                 ///< the last good copy, below the workspace; empty: none
    std::optional<Instant> copyAt;    ///< when that was put by
};

/// Repairs the workspace of the options, whose mode is ignored. WorkspaceBusy while another process
/// runs it; WorkspaceMissing where there is neither a ledger nor a landed day, or no copy to begin
/// with; WorkspaceNewer; RunCancelled.
[[nodiscard]] Result<RepairReport> repairWorkspace(const EngineOptions& options,
                                                   const RepairRequest& request,
                                                   const std::stop_token& stop);

} // namespace daymark
