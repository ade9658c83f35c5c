// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Where a PostgreSQL source keeps its rows and its signals, and the reads that fetch them.

#include "core/source/date_settings.h"
#include "core/source/postgres_day.h"
#include "core/source/postgres_relation.h"
#include "core/source/postgres_rows.h"
#include "core/source/source.h"

namespace daymark {

/// The settings of one source, read once.
struct PostgresSetup
{
    SourceConfig config;
    PostgresSettings connection;
    DateSettings dates;

    [[nodiscard]] std::string signalTable() const;
};

/// The data of a source: its query, its table, or the dataset's own table.
[[nodiscard]] Result<PostgresRelation>
findPostgresData(PostgresConnection& connection, const SourceConfig& config, std::stop_token stop);

/// A relation and its column of dates.
struct PostgresDates
{
    PostgresRelation relation;
    PostgresColumn column;
};

/// The signal table and its column. ErrorCode::SignalMissing where either is not there.
[[nodiscard]] Result<PostgresDates> findPostgresSignals(PostgresConnection& connection,
                                                        const PostgresSetup& setup,
                                                        std::stop_token stop);

/// What is locked for a read of a relation: the relation itself, or what the plan of a query names.
[[nodiscard]] std::vector<std::string> lockedFor(const PostgresRelation& relation,
                                                 std::vector<std::string> planned);

/// The read of one column's distinct values with how often each occurs.
[[nodiscard]] Result<PostgresRead> readOfDates(PostgresConnection& connection,
                                               const PostgresDates& place,
                                               const std::string& condition);

/// Reads values of a date column and hands each with its count to `take`.
[[nodiscard]] Status readPostgresDates(PostgresRows& rows, std::stop_token stop,
                                       const std::function<void(const Cell&, std::uint64_t)>& take);

/// The signals as they stand in a snapshot of their own.
[[nodiscard]] Result<SignalReading> readPostgresSignals(PostgresConnection& connection,
                                                        const PostgresSetup& setup,
                                                        std::stop_token stop);

/// Whether the signal table announces a day, in the snapshot that is open; none where that cannot
/// be told. The snapshot is of no more use where it fails.
[[nodiscard]] Result<bool> announcesDay(PostgresConnection& connection, const PostgresSetup& setup,
                                        const PostgresDates& place, Day day, std::stop_token stop);

/// Counts the rows of a day by a date column.
[[nodiscard]] Result<std::uint64_t> countPostgresDay(PostgresConnection& connection,
                                                     const PostgresSetup& setup,
                                                     const PostgresDates& place, Day day,
                                                     std::stop_token stop);

/// The day's condition for a relation's date column; empty where the whole has to be read.
[[nodiscard]] Result<std::string> conditionOfDay(PostgresConnection& connection,
                                                 const PostgresRelation& relation,
                                                 const std::string& dateColumn,
                                                 const DateDecoder& decoder, Day day,
                                                 PostgresDayRows rows);

/// A read of a day's rows with the canonical column that each of its columns feeds.
struct PostgresDayRead
{
    PostgresRead read;
    std::vector<std::size_t> columns;
    std::string whole; ///< the SELECT of the same columns of all rows
};

[[nodiscard]] Result<PostgresDayRead> readOfDay(PostgresConnection& connection,
                                                const PostgresRelation& relation,
                                                const ColumnMapping& mapping,
                                                const PostgresSetup& setup, Day day);

} // namespace daymark
