// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/browse.h"

#include "core/base/text.h"
#include "core/source/sqlite_cell.h"
#include "core/source/sqlite_plan.h"
#include "core/source/test_steps.h"

#include <fmt/format.h>

namespace daymark {

namespace {

constexpr std::chrono::seconds kPatience{10}; ///< with a database that another program has locked
constexpr std::size_t kCounted = 200;         ///< tables whose rows are estimated
constexpr int kLongestValue = 512;

Result<std::vector<PlaceItem>> listTables(SqliteDatabase& database)
{
    auto statement = database.prepare(
        fmt::format("SELECT name, type FROM sqlite_schema WHERE type IN ('table', 'view')"
                    " AND name NOT LIKE 'sqlite!_%' ESCAPE '!' ORDER BY name LIMIT {}",
                    kMostItems));
    if (!statement)
        return fail(statement.error());
    std::vector<PlaceItem> items;
    while (true) {
        const Result<bool> row = statement->step();
        if (!row)
            return fail(row.error());
        if (!*row)
            return items;
        items.push_back({statement->text(0), statement->text(0), statement->text(1), {}});
    }
}

void estimateRows(SqliteDatabase& database, std::vector<PlaceItem>& items)
{
    for (std::size_t i = 0; i < std::min(items.size(), kCounted); ++i) {
        const Result<SqliteRelation> relation = findSqliteTable(database, items[i].name);
        if (relation)
            items[i].rows = approximateSqliteRows(database, *relation);
    }
}

} // namespace

PlaceListing failedListing(std::string step, const Error& error)
{
    PlaceListing listing;
    listing.steps.push_back({std::move(step), false, false, error.message, error.hint});
    return listing;
}

std::optional<std::string> sampleValue(const Cell& cell)
{
    if (cell.isNull())
        return std::nullopt;
    return shortened(formatCell(cell), kSampleValueBytes);
}

PlaceListing browseSqlite(const SourceConfig& config, std::stop_token stop)
{
    const auto database = SqliteDatabase::open(config.uri, kPatience, std::move(stop));
    if (!database)
        return failedListing("open the database", database.error());
    TestSteps steps;
    steps.pass("open the database", config.uri + " opens for reading.");
    PlaceListing listing;
    auto items = listTables(**database);
    if (!items) {
        steps.failed("list the tables", items.error());
    } else if (items->empty()) {
        steps.warn("list the tables", "The database has no tables and no views.",
                   "Choose another file, or create the tables first.");
    } else {
        estimateRows(**database, *items);
        steps.pass("list the tables",
                   fmt::format("It has {} {}.", groupedDigits(items->size()),
                               items->size() == 1 ? "table or view" : "tables and views"));
        listing.items = std::move(*items);
    }
    listing.steps = std::move(steps).list();
    return listing;
}

Result<PlaceSample> sampleSqlite(const SourceConfig& config, std::size_t rows, std::stop_token stop)
{
    const auto database = SqliteDatabase::open(config.uri, kPatience, std::move(stop));
    if (!database)
        return fail(database.error());
    Result<SqliteRelation> relation = findSqliteData(**database, config);
    if (!relation)
        return fail(relation.error());
    auto statement =
        (*database)->prepare(fmt::format("SELECT * FROM {} LIMIT {}", relation->from, rows));
    if (!statement)
        return fail(statement.error());
    PlaceSample sample{relation->title, std::move(relation->columns), {}};
    const int shown = static_cast<int>(std::min(sample.columns.size(), kSampleColumns));
    while (true) {
        const Result<bool> row = statement->step();
        if (!row)
            return fail(row.error());
        if (!*row)
            return sample;
        auto& values = sample.rows.emplace_back();
        for (int i = 0; i < std::min(shown, statement->columns()); ++i)
            values.push_back(sampleValue(sqliteCell(statement->handle(), i, kLongestValue)));
    }
}

} // namespace daymark
