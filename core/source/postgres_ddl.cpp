// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/postgres_ddl.h"

#include <fmt/format.h>

#include <algorithm>

namespace daymark {

namespace {

std::string inQuotes(std::string_view name)
{
    std::string text = "\"";
    for (const char c : name) {
        if (c == '"')
            text += '"';
        text += c;
    }
    return text + '"';
}

std::string_view typeFor(const ColumnSpec& column)
{
    if (column.name == "timeuuid")
        return "uuid";
    switch (column.type) {
    case ColumnType::Date:
        return "date";
    case ColumnType::Number:
        return "double precision";
    case ColumnType::Text:
        break;
    }
    return "text";
}

std::string columnList(const Dataset& dataset)
{
    std::size_t width = 0;
    for (const ColumnSpec& column : dataset.columns)
        width = std::max(width, column.name.size());
    std::string list;
    for (const ColumnSpec& column : dataset.columns)
        list += fmt::format("{}    {:<{}}  {}{}", list.empty() ? "" : ",\n", column.name, width,
                            typeFor(column), column.needed ? " NOT NULL" : "");
    return list;
}

std::string_view dateColumn(const Dataset& dataset)
{
    const auto found =
        std::find_if(dataset.columns.begin(), dataset.columns.end(),
                     [](const ColumnSpec& column) { return column.type == ColumnType::Date; });
    return found == dataset.columns.end() ? std::string_view{} : found->name;
}

} // namespace

std::string postgresDdl(const SourceSetup& wanted)
{
    const Dataset& rows = dataset(wanted.dataset);
    const std::string role = inQuotes(wanted.role);
    const std::string schema = inQuotes(wanted.schema);
    const std::string table =
        schema + "." + inQuotes(wanted.table.empty() ? rows.table : std::string_view(wanted.table));
    const std::string signalTable =
        schema + "." +
        inQuotes(wanted.signalTable.empty() ? rows.signalTable
                                            : std::string_view(wanted.signalTable));
    // Who may not make schemas may still use the one that is always there.
    const std::string schemaFirst =
        wanted.schema == "public" ? "" : fmt::format("CREATE SCHEMA IF NOT EXISTS {};\n\n", schema);
    return fmt::format(R"({first}-- The rows: one for each unit, day and metric.
CREATE TABLE {table} (
{columns}
);
CREATE INDEX ON {table} ({date});

-- The signals: one row once a day is complete, and never before.
CREATE TABLE {signals} (
    {signal}  date NOT NULL
);

-- A role that may read these two tables and nothing else. Set its password in psql:
-- \password {role}
CREATE ROLE {role} LOGIN;
ALTER ROLE {role} SET default_transaction_read_only = on;
GRANT USAGE ON SCHEMA {schema} TO {role};
GRANT SELECT ON {table}, {signals} TO {role};
)",
                       fmt::arg("table", table), fmt::arg("columns", columnList(rows)),
                       fmt::arg("date", dateColumn(rows)), fmt::arg("signals", signalTable),
                       fmt::arg("signal", kSignalColumn), fmt::arg("role", role),
                       fmt::arg("first", schemaFirst), fmt::arg("schema", schema));
}

} // namespace daymark
