// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/schema/mapping.h"
#include "core/source/postgres_connection.h"

namespace daymark {

/// The type `money`: what it sends is text with a currency, which is no number.
constexpr std::uint32_t kPostgresMoney = 790;

struct PostgresColumn
{
    std::string name;
    std::uint32_t type = 0; ///< the base type of a domain
    std::string typeName;
    char category = 'U'; ///< of the type, as pg_type has it: `B` boolean, `S` string, …
};

/// A table, a view, or a query of the operator's.
struct PostgresRelation
{
    std::string title;          ///< for people: `analytics.metrics`
    std::string from;           ///< what stands behind FROM; names quoted
    std::uint32_t id = 0;       ///< its row of pg_class; 0 for a query
    char kind = 'q';            ///< pg_class.relkind: `r` table, `v` view, …; `q` for a query
    std::optional<double> rows; ///< the server's own estimate of the whole; none where it has none
    std::vector<PostgresColumn> columns;

    [[nodiscard]] std::vector<std::string> columnNames() const;
    [[nodiscard]] const PostgresColumn* find(std::string_view name) const;
};

/// Splits `schema.table`, `"My Schema"."T"` or `table` into its parts.
/// ErrorCode::SourceInvalid for what is no name.
struct PostgresNamePart
{
    std::string text;
    bool quoted = false; ///< quoted names stand as they are; others are folded to lower case first
};
[[nodiscard]] Result<std::vector<PostgresNamePart>> splitPostgresName(std::string_view name);

/// Finds a table, view, partitioned, foreign or materialised one by its name, with its columns.
/// ErrorCode::SourceTableMissing names the nearest one there is.
[[nodiscard]] Result<PostgresRelation>
findPostgresTable(PostgresConnection& connection, const std::string& name, std::stop_token stop);

/// Wraps a query: its columns, without running it.
[[nodiscard]] Result<PostgresRelation> describePostgresQuery(PostgresConnection& connection,
                                                             const std::string& query,
                                                             std::stop_token stop);

/// The columns as the schema checks want them.
[[nodiscard]] std::vector<SourceColumn> sourceColumns(const PostgresRelation& relation);

} // namespace daymark
