// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What runs and rollbacks share of a day's versions. Private to the room; each belongs into a
// transaction of its caller and throws SQLite's exceptions.

#include "core/ledger/connection.h"

namespace daymark::ledger {

/// DayState where `run` is not the day's current one. `place` names the day for people.
[[nodiscard]] Status checkCurrent(SQLite::Database& database, SourceId source, Day day, RunId run,
                                  const std::string& place);

/// DayState where a rollback of the source is at work.
[[nodiscard]] Status checkNoRollback(SQLite::Database& database, SourceId source,
                                     const std::string& name);

/// The first landed day after `day` that keeps it from landing: days land in order. While a first
/// day that was moved back is caught up with, the days that had landed before keep nothing.
[[nodiscard]] std::optional<Day> laterLandedDay(SQLite::Database& database, SourceId source,
                                                Day day);

/// Makes the day's current run an earlier or later version, which is kept in `files`; dropped where
/// there are none.
void retire(SQLite::Database& database, RunId run, RunState state,
            const std::vector<LandedFile>& files, Instant at);

/// What the journal says of a version that was not kept, since its files were damaged or gone.
[[nodiscard]] JournalRecord droppedEntry(RunId run, const std::string& source, Day day,
                                         const Stamp& by);

/// `run 12: asked for by finance`
[[nodiscard]] std::string withReason(const std::string& detail, const std::string& reason);

} // namespace daymark::ledger
