// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/source/postgres_connection.h"

namespace daymark {

/// Begins a read-only snapshot whose statements are bounded in time and give rows in one order.
///
/// `tables` (as they stand behind FROM) are locked against changes of their form *before* the
/// snapshot is taken, by the same lock that any SELECT takes: a table that is truncated or
/// rewritten after a snapshot began looks empty in it. Where the server or the role's rights don't
/// allow a statement, plainer ones are tried, down to a bare BEGIN. A transaction that is still
/// open is given up first.
[[nodiscard]] Status beginPostgresSnapshot(PostgresConnection& connection,
                                           std::span<const std::string> tables,
                                           std::stop_token stop);

/// The same, and whether the locks are held. Where they are not, the locks that the first statement
/// takes come after the snapshot: checkUnmoved() then finds out whether that did harm.
[[nodiscard]] Result<bool> beginLockedSnapshot(PostgresConnection& connection,
                                               std::span<const std::string> tables,
                                               std::stop_token stop);

/// Once a statement on the tables was prepared, and so holds their locks: whether each of them is
/// still the one that the snapshot sees, neither truncated nor rewritten nor another of its name.
/// ErrorCode::SourceChanged where not. Servers that cannot be asked pass.
[[nodiscard]] Status checkUnmoved(PostgresConnection& connection,
                                  std::span<const std::string> tables, std::stop_token stop);

/// What the server plans for a SELECT.
struct PostgresEstimate
{
    double rows = 0;
    bool scansWhole = false;   ///< a table is read from end to end
    std::string scannedSchema; ///< of the largest such table
    std::string scannedTable;  ///< its name
    /// Schema and name of each table that is read from end to end.
    std::vector<std::pair<std::string, std::string>> scanned;
    bool isElsewhere = false; ///< another server, or an extension, finds the rows in its own way
    std::vector<std::string> tables; ///< all tables that are read, quoted
};

/// Asks for the plan of a SELECT, without running it. None where the server has no such plans; the
/// snapshot has to begin anew then.
[[nodiscard]] std::optional<PostgresEstimate>
estimatePostgres(PostgresConnection& connection, const std::string& select, std::stop_token stop);

} // namespace daymark
