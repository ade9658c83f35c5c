// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/postgres_snapshot.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace daymark {

namespace {

constexpr std::string_view kDoing = "begin a snapshot";
constexpr std::size_t kMostTables = 200;

std::string timeouts(const PostgresSettings& settings)
{
    return fmt::format("SET LOCAL statement_timeout = {};"
                       "SET LOCAL lock_timeout = {};"
                       "SET LOCAL idle_in_transaction_session_timeout = {};",
                       settings.statementTimeout.count(), settings.lockTimeout.count(),
                       settings.idleTimeout.count());
}

/// From the fullest to the plainest.
std::vector<std::string> scripts(const PostgresConnection& connection,
                                 std::span<const std::string> tables)
{
    const std::string begin = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY;";
    // One order of rows: no scan that joins another in the middle, no workers that take turns.
    // Bytes of a database without an encoding come as they are, for each row to be judged.
    std::string settled = begin + timeouts(connection.settings()) +
                          "SET LOCAL synchronize_seqscans = off;"
                          "SET LOCAL max_parallel_workers_per_gather = 0;"
                          "SET LOCAL DateStyle = 'ISO, YMD';"
                          "SET LOCAL TimeZone = 'UTC';"
                          "SET LOCAL extra_float_digits = 3;";
    if (connection.parameter("server_encoding") == "SQL_ASCII")
        settled += "SET LOCAL client_encoding = 'SQL_ASCII';";
    std::vector<std::string> list;
    if (!tables.empty())
        list.push_back(settled +
                       fmt::format("LOCK TABLE {} IN ACCESS SHARE MODE", fmt::join(tables, ", ")));
    list.push_back(std::move(settled));
    list.push_back(begin +
                   fmt::format("SET LOCAL statement_timeout = {};SET LOCAL TimeZone = 'UTC'",
                               connection.settings().statementTimeout.count()));
    list.push_back(begin);
    list.push_back("BEGIN READ ONLY");
    return list;
}

/// A role that may read some columns only, a view's owner who may not read, or a relation that
/// cannot be locked: no lock, then.
bool mayBeLeftOut(std::string_view sqlState)
{
    return isUnsupported(sqlState) || sqlState == "42501" || sqlState == "42809";
}

/// Counts the given tables that are another than what the snapshot sees by their names. The
/// functions know what is committed by now; the catalogue's rows are those of the snapshot.
std::string movedQuery(std::size_t tables)
{
    std::string names;
    for (std::size_t i = 1; i <= tables; ++i)
        names += fmt::format("{}(${}::text)", i == 1 ? "" : ",", i);
    return "SELECT count(*) FROM (VALUES " + names +
           ") AS given (name) LEFT JOIN ("
           "SELECT c.oid AS id, nullif(c.relfilenode, 0) AS file,"
           " pg_catalog.format('%I.%I', n.nspname, c.relname) AS spoken,"
           " '\"' || pg_catalog.replace(n.nspname::text, '\"', '\"\"') || '\".\"' ||"
           " pg_catalog.replace(c.relname::text, '\"', '\"\"') || '\"' AS name"
           " FROM pg_catalog.pg_class c"
           " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace) AS seen"
           " ON seen.name = given.name WHERE seen.id IS NULL"
           " OR pg_catalog.pg_relation_filenode(seen.id) IS DISTINCT FROM seen.file"
           " OR (pg_catalog.pg_identify_object('pg_catalog.pg_class'::regclass, seen.id, 0))"
           ".identity IS DISTINCT FROM seen.spoken";
}

using Json = nlohmann::json;

void gather(const Json& plan, PostgresEstimate& estimate, double& largest)
{
    const std::string type = plan.value("Node Type", "");
    const std::string table = plan.value("Relation Name", "");
    if (!table.empty() && type != "Foreign Scan" && estimate.tables.size() < kMostTables) {
        const auto quoted = [](std::string name) {
            for (std::size_t at = name.find('"'); at != std::string::npos;
                 at = name.find('"', at + 2))
                name.insert(at, 1, '"');
            return '"' + name + '"';
        };
        std::string name = quoted(plan.value("Schema", "public")) + "." + quoted(table);
        if (std::ranges::find(estimate.tables, name) == estimate.tables.end())
            estimate.tables.push_back(std::move(name));
    }
    const double cost = plan.value("Total Cost", 0.0);
    estimate.isElsewhere |= type == "Foreign Scan" || type == "Custom Scan";
    if (type == "Seq Scan" && !table.empty() && estimate.scanned.size() < kMostTables)
        estimate.scanned.emplace_back(plan.value("Schema", "public"), table);
    if (type == "Seq Scan" && !table.empty() && cost > largest) {
        largest = cost;
        estimate.scansWhole = true;
        estimate.scannedSchema = plan.value("Schema", "public");
        estimate.scannedTable = table;
    }
    if (const auto plans = plan.find("Plans"); plans != plan.end() && plans->is_array()) {
        for (const Json& child : *plans)
            gather(child, estimate, largest);
    }
}

} // namespace

Result<bool> beginLockedSnapshot(PostgresConnection& connection,
                                 std::span<const std::string> tables, std::stop_token stop)
{
    Status status;
    bool locked = true;
    for (const std::string& script : scripts(connection, tables)) {
        const std::string before = connection.inTransaction() ? "ROLLBACK;" : "";
        status = connection.script(kDoing, before + script, stop);
        if (status)
            return locked;
        if (!mayBeLeftOut(connection.sqlState()))
            break;
        locked = tables.empty();
    }
    return fail(status.error());
}

Status beginPostgresSnapshot(PostgresConnection& connection, std::span<const std::string> tables,
                             std::stop_token stop)
{
    const auto begun = beginLockedSnapshot(connection, tables, std::move(stop));
    return begun ? Status{} : Status(fail(begun.error()));
}

Status checkUnmoved(PostgresConnection& connection, std::span<const std::string> tables,
                    std::stop_token stop)
{
    if (tables.empty())
        return {};
    const std::string doing = "compare the tables with the snapshot";
    if (Status kept = connection.script(doing, "SAVEPOINT daymark", stop); !kept)
        return kept;
    const auto moved = connection.query(doing, movedQuery(tables.size()), tables, stop);
    if (!moved && (!connection.isUsable() || stop.stop_requested()))
        return fail(moved.error());
    if (!moved) // a server that knows no such functions
        return connection.script(doing, "ROLLBACK TO SAVEPOINT daymark", std::move(stop));
    if (moved->number(0, 0) == 0)
        return {};
    return fail(ErrorCode::SourceChanged,
                fmt::format("A table in {} was emptied, rewritten or replaced just now.",
                            connection.settings().place),
                "It is tried again by itself.");
}

std::optional<PostgresEstimate> estimatePostgres(PostgresConnection& connection,
                                                 const std::string& select, std::stop_token stop)
{
    const auto rows = connection.query("ask for a plan", "EXPLAIN (VERBOSE, FORMAT JSON) " + select,
                                       {}, std::move(stop));
    if (!rows || rows->rows() != 1)
        return std::nullopt;
    const Json document = Json::parse(rows->text(0, 0), nullptr, false);
    if (!document.is_array() || document.empty() || !document[0].is_object())
        return std::nullopt;
    try {
        PostgresEstimate estimate;
        double largest = -1;
        const Json& plan = document[0].at("Plan");
        estimate.rows = plan.value("Plan Rows", 0.0);
        gather(plan, estimate, largest);
        return estimate;
    } catch (const Json::exception&) {
        return std::nullopt;
    }
}

} // namespace daymark
