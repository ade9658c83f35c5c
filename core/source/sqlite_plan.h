// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// How a day's rows are found in a SQLite table, view or query.
//
// What is read must hold every row of the day and every row whose date is missing or unreadable;
// the stream sorts them out. Without an index on the date, or where the day is a large part of the
// table, that is the whole table. With one, and dates in ISO text, it is:
//  1. the range of the texts that begin with the day;
//  2. in the days before and after it, the texts that carry an offset, which may move them here;
//  3. the rows without a date, and those whose date is a number or bytes;
//  4. the texts that begin with no day, found by hopping through the index from day to day.

#include "core/schema/date_decoder.h"
#include "core/schema/mapping.h"
#include "core/schema/source_config.h"
#include "core/source/sqlite_database.h"

namespace daymark {

/// A table, a view or a query of the operator's.
struct SqliteRelation
{
    std::string title; ///< for people
    std::string from;  ///< what stands behind FROM
    bool isTable = false;
    std::vector<SourceColumn> columns;
};

/// Finds a table or view by name. ErrorCode::SourceTableMissing names the nearest ones there are.
[[nodiscard]] Result<SqliteRelation> findSqliteTable(SqliteDatabase& database,
                                                     const std::string& name);

/// The data of a source: its query, its table, or the dataset's own table.
[[nodiscard]] Result<SqliteRelation> findSqliteData(SqliteDatabase& database,
                                                    const SourceConfig& config);

/// Whether ranges of the column are found by an index.
[[nodiscard]] Result<bool> hasSqliteIndex(SqliteDatabase& database, const SqliteRelation& relation,
                                          const std::string& column);

/// About how many rows a table has, from its row ids; nothing for views, queries and the like.
[[nodiscard]] std::optional<std::uint64_t> approximateSqliteRows(SqliteDatabase& database,
                                                                 const SqliteRelation& relation);

/// One SELECT's worth of a day.
struct SqlitePass
{
    std::string where; ///< empty for everything; values as `?1`, `?2`, …
    std::vector<std::string> values;
};

struct SqlitePlan
{
    std::vector<SqlitePass> passes;
    bool usesIndex = false;
    std::optional<std::uint64_t> expectedRows; ///< about, of the day itself
    std::optional<std::uint64_t> scannedRows;  ///< about, of everything that is read
};

/// Plans the read of a day within the snapshot of `database`.
[[nodiscard]] Result<SqlitePlan> planSqliteDay(SqliteDatabase& database,
                                               const SqliteRelation& relation,
                                               const std::string& dateColumn, Day day,
                                               const DateDecoder& decoder);

} // namespace daymark
