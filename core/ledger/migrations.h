// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The ledger's schema as numbered steps. To change it, add a step at the end of the list in
// migrations.cpp; a step that has been released stays as it is.

#include <span>

namespace SQLite {
class Database;
}

namespace daymark::ledger {

/// `DyMk`: says in the file's header that it is a ledger.
inline constexpr int kApplicationId = 0x44794D6B;

/// From this version on the figures of landed runs are sealed (core/ledger/seal.h).
inline constexpr unsigned kSealedVersion = 5;

/// The steps in order: step `i` (from 0) makes version `i + 1`.
[[nodiscard]] std::span<const char* const> migrations();

/// What the file says its version is.
[[nodiscard]] int schemaVersion(SQLite::Database& database);

/// Takes the steps that are missing. Belongs into one transaction; a ledger in use goes through
/// upgrade() (core/ledger/upgrade.h). Throws SQLite's exceptions.
void migrate(SQLite::Database& database, std::span<const char* const> steps);

} // namespace daymark::ledger
