// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/postgres_relation.h"

#include "core/base/text.h"
#include "core/source/postgres_decode.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace daymark {

namespace {

constexpr std::size_t kMostColumns = 10'000;

/// Kinds of pg_class that rows can be read from.
constexpr std::string_view kKinds = "('r', 'v', 'm', 'f', 'p')";

tl::unexpected<Error> badName(std::string_view name)
{
    return fail(ErrorCode::SourceInvalid,
                fmt::format("'{}' is no name of a table.", shortened(name)),
                "Write table, schema.table, or \"Quoted Name\" where capitals or blanks matter.");
}

struct Candidate
{
    PostgresRelation relation;
    std::string schema;
    std::string table;
    bool visible = false;
};

/// How well a name fits a part: 0 not at all, 2 as PostgreSQL itself reads it, 1 by its exact
/// letters.
int fit(const PostgresNamePart& part, const std::string& name)
{
    if (part.quoted)
        return name == part.text ? 2 : 0;
    if (name == asciiLower(part.text))
        return 2;
    return name == part.text ? 1 : 0;
}

Result<std::vector<Candidate>> candidatesFor(PostgresConnection& connection,
                                             const PostgresNamePart& table, std::stop_token stop)
{
    const std::string sql =
        fmt::format("SELECT c.oid, n.nspname, c.relname, c.relkind, c.reltuples, c.relpages,"
                    " pg_catalog.pg_table_is_visible(c.oid)"
                    " FROM pg_catalog.pg_class c"
                    " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
                    " WHERE c.relkind IN {} AND c.relname IN ($1, $2) LIMIT 1000",
                    kKinds);
    const std::array<std::string, 2> names{table.text,
                                           table.quoted ? table.text : asciiLower(table.text)};
    const auto rows = connection.query("look up the table", sql, names, std::move(stop));
    if (!rows)
        return fail(rows.error());
    std::vector<Candidate> candidates;
    for (int i = 0; i < rows->rows(); ++i) {
        Candidate candidate;
        candidate.relation.id = static_cast<std::uint32_t>(rows->number(i, 0));
        candidate.schema = rows->text(i, 1);
        candidate.table = rows->text(i, 2);
        candidate.relation.kind = rows->text(i, 3).empty() ? 'r' : rows->text(i, 3).front();
        // Before its first ANALYZE a table has -1 rows, or none on pages that are there.
        const double tuples = rows->number(i, 4);
        if (tuples > 0 || (tuples == 0 && rows->number(i, 5) == 0))
            candidate.relation.rows = tuples;
        candidate.visible = rows->flag(i, 6);
        candidates.push_back(std::move(candidate));
    }
    return candidates;
}

const Candidate* choose(const std::vector<Candidate>& candidates,
                        const std::vector<PostgresNamePart>& parts)
{
    const Candidate* best = nullptr;
    int bestFit = 0;
    for (const Candidate& candidate : candidates) {
        const int table = fit(parts.back(), candidate.table);
        const int schema = parts.size() == 1 ? (candidate.visible ? 2 : 0)
                                             : fit(parts[parts.size() - 2], candidate.schema);
        if (table == 0 || schema == 0 || schema * 4 + table <= bestFit)
            continue;
        best = &candidate;
        bestFit = schema * 4 + table;
    }
    return best;
}

/// Where the table may be meant to be found: in another schema, or under a name like it.
std::string hintFor(PostgresConnection& connection, const std::string& name,
                    const std::vector<Candidate>& candidates, std::stop_token stop)
{
    if (!candidates.empty())
        return fmt::format("There is one in schema {0}: name it with --table {0}.{1}.",
                           shortened(candidates.front().schema),
                           shortened(candidates.front().table));
    const auto rows = connection.query(
        "list the tables",
        fmt::format("SELECT CASE WHEN pg_catalog.pg_table_is_visible(c.oid) THEN ''"
                    " ELSE n.nspname || '.' END || c.relname"
                    " FROM pg_catalog.pg_class c"
                    " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
                    " WHERE c.relkind IN {} AND n.nspname NOT LIKE 'pg!_%' ESCAPE '!'"
                    " AND n.nspname <> 'information_schema' ORDER BY 1 LIMIT 10000",
                    kKinds),
        {}, std::move(stop));
    if (!rows || rows->rows() == 0)
        return "The database has no tables that this role can see. Name the right one with "
               "--table.";
    std::vector<std::string> names;
    for (int i = 0; i < rows->rows(); ++i)
        names.emplace_back(rows->text(i, 0));
    if (const auto near = nearest(name, names))
        return fmt::format("Did you mean {}?", shortened(*near));
    std::vector<std::string> first;
    for (std::size_t i = 0; i < std::min<std::size_t>(names.size(), 8); ++i)
        first.push_back(shortened(names[i], 60));
    return fmt::format("It has {}{}. Name the right one with --table.", fmt::join(first, ", "),
                       names.size() > first.size() ? ", …" : "");
}

/// The rows of all partitions, since older servers keep none for the whole.
Status sumPartitions(PostgresConnection& connection, PostgresRelation& relation,
                     std::stop_token stop)
{
    const std::array<std::string, 1> id{std::to_string(relation.id)};
    const auto sum =
        connection.query("look at the partitions",
                         "SELECT sum(greatest(c.reltuples, 0)), min(c.reltuples)"
                         " FROM pg_catalog.pg_partition_tree($1::oid::regclass) t"
                         " JOIN pg_catalog.pg_class c ON c.oid = t.relid WHERE t.isleaf",
                         id, std::move(stop));
    if (!sum)
        return fail(sum.error());
    if (sum->rows() == 1 && !sum->isNull(0, 0) && sum->number(0, 1) >= 0)
        relation.rows = sum->number(0, 0);
    return {};
}

Status readTypeNames(PostgresConnection& connection, PostgresRelation& relation,
                     std::stop_token stop)
{
    std::vector<std::uint32_t> types{postgres_type::Text};
    for (const PostgresColumn& column : relation.columns)
        types.push_back(column.type);
    std::sort(types.begin(), types.end());
    types.erase(std::unique(types.begin(), types.end()), types.end());
    const auto rows =
        connection.query("look up the types",
                         fmt::format("SELECT t.oid, pg_catalog.format_type(t.oid, NULL),"
                                     " t.typcategory FROM pg_catalog.pg_type t"
                                     " WHERE t.oid IN ({})",
                                     fmt::join(types, ", ")),
                         {}, std::move(stop));
    if (!rows)
        return fail(rows.error());
    for (int i = 0; i < rows->rows(); ++i) {
        const auto type = static_cast<std::uint32_t>(rows->number(i, 0));
        for (PostgresColumn& column : relation.columns) {
            if (column.type != type)
                continue;
            column.typeName = rows->text(i, 1);
            column.category = rows->text(i, 2).empty() ? 'U' : rows->text(i, 2).front();
        }
    }
    return {};
}

Status readColumns(PostgresConnection& connection, PostgresRelation& relation, std::stop_token stop)
{
    const auto described =
        connection.describe(fmt::format("read the columns of {}", relation.title),
                            "SELECT * FROM " + relation.from, stop);
    if (!described)
        return fail(described.error());
    if (static_cast<std::size_t>(described->columns()) > kMostColumns)
        return fail(ErrorCode::SourceLimit,
                    fmt::format("{} has {} columns; at most {} can be read.", relation.title,
                                groupedDigits(static_cast<std::uint64_t>(described->columns())),
                                groupedDigits(kMostColumns)),
                    "Make a view of the columns that are needed.");
    for (int i = 0; i < described->columns(); ++i)
        relation.columns.push_back({described->columnName(i), described->columnType(i), {}, 'U'});
    return readTypeNames(connection, relation, std::move(stop));
}

bool canHoldDate(const PostgresColumn& column)
{
    return isPostgresDate(column.type) || isPostgresNumber(column.type) || column.category == 'S' ||
           isPostgresText(column.type);
}

bool canHoldNumber(const PostgresColumn& column)
{
    const bool counts = column.category == 'N' && column.type != kPostgresMoney;
    return isPostgresNumber(column.type) || counts || column.category == 'S' ||
           isPostgresText(column.type);
}

} // namespace

std::vector<std::string> PostgresRelation::columnNames() const
{
    std::vector<std::string> names;
    for (const PostgresColumn& column : columns)
        names.push_back(column.name);
    return names;
}

const PostgresColumn* PostgresRelation::find(std::string_view name) const
{
    const auto found = std::find_if(columns.begin(), columns.end(),
                                    [name](const PostgresColumn& c) { return c.name == name; });
    return found == columns.end() ? nullptr : &*found;
}

Result<std::vector<PostgresNamePart>> splitPostgresName(std::string_view name)
{
    std::string_view rest = trimmed(name);
    std::vector<PostgresNamePart> parts;
    while (true) {
        PostgresNamePart part;
        if (rest.starts_with('"')) {
            part.quoted = true;
            std::size_t at = 1;
            while (at < rest.size() && (rest[at] != '"' || rest.substr(at, 2) == "\"\"")) {
                part.text += rest[at];
                at += rest[at] == '"' ? 2 : 1;
            }
            if (at >= rest.size())
                return badName(name);
            rest.remove_prefix(at + 1);
        } else {
            const auto dot = rest.find('.');
            part.text = rest.substr(0, dot);
            rest = dot == std::string_view::npos ? std::string_view{} : rest.substr(dot);
        }
        if (part.text.empty() || part.text.find('\0') != std::string::npos)
            return badName(name);
        parts.push_back(std::move(part));
        if (rest.empty())
            break;
        if (rest.front() != '.' || rest.size() == 1)
            return badName(name);
        rest.remove_prefix(1);
    }
    if (parts.size() > 2)
        return badName(name);
    return parts;
}

Result<PostgresRelation> findPostgresTable(PostgresConnection& connection, const std::string& name,
                                           std::stop_token stop)
{
    const Result<std::vector<PostgresNamePart>> parts = splitPostgresName(name);
    if (!parts)
        return fail(parts.error());
    const Result<std::vector<Candidate>> candidates =
        candidatesFor(connection, parts->back(), stop);
    if (!candidates)
        return fail(candidates.error());
    const Candidate* chosen = choose(*candidates, *parts);
    if (!chosen)
        return fail(ErrorCode::SourceTableMissing,
                    fmt::format("There is no table or view {} in {}.", shortened(name),
                                connection.settings().place),
                    hintFor(connection, name, *candidates, std::move(stop)));
    PostgresRelation relation = chosen->relation;
    relation.title =
        shortened(chosen->visible && parts->size() == 1 ? chosen->table
                                                        : chosen->schema + "." + chosen->table,
                  200);
    const Result<std::string> schema = connection.quoted(chosen->schema);
    const Result<std::string> table = connection.quoted(chosen->table);
    if (!schema || !table)
        return fail(schema ? table.error() : schema.error());
    relation.from = *schema + "." + *table;
    if (relation.kind == 'p' && connection.serverVersion() >= 120'000) {
        if (Status status = sumPartitions(connection, relation, stop); !status)
            return fail(status.error());
    }
    if (Status status = readColumns(connection, relation, std::move(stop)); !status)
        return fail(status.error());
    return relation;
}

Result<PostgresRelation> describePostgresQuery(PostgresConnection& connection,
                                               const std::string& query, std::stop_token stop)
{
    std::string_view text = trimmed(query);
    while (text.ends_with(';'))
        text = trimmed(text.substr(0, text.size() - 1));
    PostgresRelation relation;
    relation.title = "the query";
    relation.from = fmt::format("({}\n) AS daymark_rows", text);
    if (Status status = readColumns(connection, relation, std::move(stop)); !status)
        return fail(status.error());
    return relation;
}

std::vector<SourceColumn> sourceColumns(const PostgresRelation& relation)
{
    std::vector<SourceColumn> columns;
    for (const PostgresColumn& column : relation.columns)
        columns.push_back(
            {column.name, column.typeName, true, canHoldDate(column), canHoldNumber(column)});
    return columns;
}

} // namespace daymark
