// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/postgres_browse.h"

#include "core/base/text.h"
#include "core/source/postgres_snapshot.h"

#include <fmt/format.h>

#include <algorithm>

namespace daymark {

namespace {

constexpr int kHasPartitions = 100'000; ///< the first server version that marks them

std::string kindOf(std::string_view relkind)
{
    if (relkind == "v")
        return "view";
    if (relkind == "m")
        return "materialised view";
    if (relkind == "f")
        return "foreign table";
    if (relkind == "p")
        return "partitioned table";
    return "table";
}

/// Each column as text, cut at the server.
Result<std::string> columnList(PostgresConnection& connection, const PostgresRelation& relation)
{
    std::string list;
    for (std::size_t i = 0; i < std::min(relation.columns.size(), kSampleColumns); ++i) {
        const Result<std::string> name = connection.quoted(relation.columns[i].name);
        if (!name)
            return name;
        list += fmt::format("{}left(({})::text, {})", list.empty() ? "" : ", ", *name,
                            kSampleValueBytes + 1);
    }
    return list;
}

} // namespace

Result<std::vector<PlaceItem>> listPostgresTables(PostgresConnection& connection,
                                                  std::stop_token stop)
{
    const std::string whole =
        connection.serverVersion() >= kHasPartitions ? " AND NOT c.relispartition" : "";
    const auto rows = connection.query(
        "list the tables",
        fmt::format("SELECT CASE WHEN pg_catalog.pg_table_is_visible(c.oid) THEN ''"
                    " ELSE pg_catalog.quote_ident(n.nspname) || '.' END"
                    " || pg_catalog.quote_ident(c.relname), c.relkind, c.reltuples"
                    " FROM pg_catalog.pg_class c"
                    " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
                    " WHERE c.relkind IN ('r', 'v', 'm', 'f', 'p')"
                    " AND n.nspname NOT LIKE 'pg!_%' ESCAPE '!'"
                    " AND n.nspname <> 'information_schema'"
                    " AND pg_catalog.has_schema_privilege(n.oid, 'USAGE')"
                    " AND pg_catalog.has_table_privilege(c.oid, 'SELECT'){}"
                    " ORDER BY NOT pg_catalog.pg_table_is_visible(c.oid), 1 LIMIT {}",
                    whole, kMostItems),
        {}, std::move(stop));
    if (!rows)
        return fail(rows.error());
    std::vector<PlaceItem> items;
    for (int i = 0; i < rows->rows(); ++i) {
        const std::string name(rows->text(i, 0));
        PlaceItem item{name, name, kindOf(rows->text(i, 1)), {}};
        if (rows->number(i, 2) > 0)
            item.rows = static_cast<std::uint64_t>(rows->number(i, 2));
        items.push_back(std::move(item));
    }
    return items;
}

Result<PlaceSample> samplePostgres(const PostgresSetup& setup, std::size_t rows,
                                   std::stop_token stop)
{
    const auto connection = PostgresConnection::open(setup.connection, stop);
    if (!connection)
        return fail(connection.error());
    if (Status status = beginPostgresSnapshot(**connection, {}, stop); !status)
        return fail(status.error());
    const auto relation = findPostgresData(**connection, setup.config, stop);
    if (!relation)
        return fail(relation.error());
    PlaceSample sample{relation->title, sourceColumns(*relation), {}};
    const Result<std::string> list = columnList(**connection, *relation);
    if (!list)
        return fail(list.error());
    if (list->empty())
        return sample;
    const auto found =
        (*connection)
            ->query(fmt::format("read some rows of {}", relation->title),
                    fmt::format("SELECT {} FROM {} LIMIT {}", *list, relation->from, rows), {},
                    std::move(stop));
    if (!found)
        return fail(found.error());
    for (int row = 0; row < found->rows(); ++row) {
        auto& values = sample.rows.emplace_back();
        for (int i = 0; i < found->columns(); ++i)
            values.push_back(found->isNull(row, i) ? std::nullopt
                                                   : std::optional(shortened(found->text(row, i),
                                                                             kSampleValueBytes)));
    }
    return sample;
}

} // namespace daymark
