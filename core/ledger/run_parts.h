// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The rows that hang on a run. Private to the room; each belongs into a transaction of its caller
// and throws SQLite's exceptions.

#include "core/ledger/connection.h"

namespace daymark::ledger {

/// Counts, rules with their examples, timings, rejects file and note, in place of what was there.
void writeReport(SQLite::Database& database, RunId run, const RunReport& report);
void writeTimings(SQLite::Database& database, RunId run, const std::vector<PhaseTime>& timings);

/// Files, rollups, fingerprint and newly charged undated rows.
void writeCommit(SQLite::Database& database, RunId run, const RunCommit& commit);

/// Takes writeCommit() back, for a committing run that does not land.
void dropCommit(SQLite::Database& database, RunId run);

/// Puts other files in the place of a run's.
void replaceFiles(SQLite::Database& database, RunId run, const std::vector<LandedFile>& files);

/// The runs of a day in one of `states` (`'imported', 'failed'`), latest first.
[[nodiscard]] std::vector<RunRecord> readRunsOf(SQLite::Database& database, SourceId source,
                                                Day day, const std::string& states);

[[nodiscard]] std::vector<LandedFile> readFiles(SQLite::Database& database, RunId run);
[[nodiscard]] std::vector<PhaseTime> readTimings(SQLite::Database& database, RunId run);

} // namespace daymark::ledger
