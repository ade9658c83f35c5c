// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Seals: SQLite keeps no checksums of its pages, so that a byte which changes inside one and leaves
// it well-formed would pass for a figure. The figures of a landed run are sealed by a hash when it
// lands, and held against it whenever the ledger is opened. Private to the room.

#include "core/ledger/query.h"

#include <string>
#include <vector>

namespace daymark::ledger {

/// A run whose figures are not what was written.
struct BrokenSeal
{
    RunId run;
    std::string place; ///< `2022-06-14 of shop`
};

/// Hashes the figures of a run as they stand and keeps the hash: its place, its counts, its
/// fingerprint and its rollups.
void sealRun(SQLite::Database& database, RunId run);

/// Seals the landed runs that have no seal: those of an earlier version of the ledger.
void sealUnsealed(SQLite::Database& database);

/// Whether the figures of a run are what was sealed.
[[nodiscard]] bool sealHolds(SQLite::Database& database, RunId run);

/// Every landed run whose figures are not what was sealed, and every landed day that is not its
/// run's; at most `limit`.
[[nodiscard]] std::vector<BrokenSeal> brokenSeals(SQLite::Database& database, std::size_t limit);

} // namespace daymark::ledger
