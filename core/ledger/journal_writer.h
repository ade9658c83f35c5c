// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What the tables share inside a transaction. Private to the room; throws SQLite's exceptions.

#include "core/ledger/connection.h"

namespace daymark::ledger {

/// Adds an entry to the journal, in the transaction of the change that it tells of.
void writeJournal(SQLite::Database& database, const JournalRecord& entry);

/// The name of a source, removed ones included; SourceUnknown where there is none.
[[nodiscard]] Result<std::string> sourceName(SQLite::Database& database, SourceId source);

/// An error as it was recorded in three columns; none where the first is null.
[[nodiscard]] std::optional<Error> readError(Query& query, int firstColumn);

} // namespace daymark::ledger
