// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ledger/contract_table.h"
#include "core/ledger/day_table.h"
#include "core/ledger/id_type_table.h"
#include "core/ledger/journal_table.h"
#include "core/ledger/rollup_table.h"
#include "core/ledger/run_table.h"
#include "core/ledger/signal_table.h"
#include "core/ledger/source_table.h"
#include "core/ledger/upgrade.h"
#include "core/ledger/version_table.h"

#include <filesystem>
#include <memory>
#include <optional>

namespace daymark::ledger {

class Connection;

/// The name of the ledger in a workspace folder.
inline constexpr std::string_view kFileName = "daymark.sqlite";

enum class Access {
    Write, ///< backs an older ledger up and brings it up to date first
    Read,  ///< changes nothing; works beside the writing process
};

/// The ledger of a workspace: one SQLite file, one class a table's worth of questions.
///
/// Thread-safe. Writes go over one connection under one mutex, each command in one transaction that
/// is on the disk when the call returns; reads use a connection of their own and see the last
/// commit. What every function may answer besides its own errors: StorageFull, StorageFailed,
/// WorkspaceDamaged (the file is corrupt), WorkspaceBusy (another process held it for long), and
/// UsageInvalid for a change through Access::Read. After an error nothing has changed.
class Ledger
{
public:
    /// Creates the ledger with the id types `user_id` and `stable_id`. WorkspaceExists where one
    /// is; what a creation that was cut short left behind is completed.
    [[nodiscard]] static Result<std::unique_ptr<Ledger>> create(const std::filesystem::path& file,
                                                                const Stamp& by);

    /// WorkspaceMissing; WorkspaceNewer where a later program wrote it, and WorkspaceOlder where an
    /// earlier one did and the access is for reading; WorkspaceDamaged where it is no ledger or
    /// does not pass SQLite's quick check. `by` is who brings an older ledger up to date.
    [[nodiscard]] static Result<std::unique_ptr<Ledger>> open(const std::filesystem::path& file,
                                                              Access access, const Stamp& by = {});

    ~Ledger();
    Ledger(const Ledger&) = delete;
    Ledger& operator=(const Ledger&) = delete;

    [[nodiscard]] Access access() const;

    /// What was done to an older ledger when it was opened; none where it was up to date.
    [[nodiscard]] const std::optional<Upgrade>& upgraded() const { return m_upgraded; }

    [[nodiscard]] IdTypeTable& idTypeTable() { return m_idTypes; }
    [[nodiscard]] SourceTable& sourceTable() { return m_sources; }
    [[nodiscard]] ContractTable& contractTable() { return m_contracts; }
    [[nodiscard]] SignalTable& signalTable() { return m_signalTable; }
    [[nodiscard]] DayTable& dayTable() { return m_days; }
    [[nodiscard]] RunTable& runTable() { return m_runs; }
    [[nodiscard]] VersionTable& versionTable() { return m_versions; }
    [[nodiscard]] RollupTable& rollupTable() { return m_rollups; }
    [[nodiscard]] JournalTable& journalTable() { return m_journal; }

private:
    explicit Ledger(std::unique_ptr<Connection> connection);

    std::unique_ptr<Connection> m_connection;
    std::optional<Upgrade> m_upgraded;
    IdTypeTable m_idTypes;
    SourceTable m_sources;
    ContractTable m_contracts;
    SignalTable m_signalTable;
    DayTable m_days;
    RunTable m_runs;
    VersionTable m_versions;
    RollupTable m_rollups;
    JournalTable m_journal;
};

} // namespace daymark::ledger
