// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/sqlite_plan.h"

#include "core/base/text.h"
#include "core/source/sqlite_cell.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

namespace daymark {

namespace {

constexpr std::size_t kDayLength = 10;
constexpr int kIdSamples = 128;
constexpr int kLongestDate = 256;
constexpr double kLargeShare = 0.2; ///< of the table: from here on a scan beats an index
constexpr std::size_t kMostOddDates = 2'000;
constexpr std::uint64_t kLeastRowBytes = 16; ///< that a row of metrics takes

std::string trimmedQuery(std::string_view query)
{
    std::string_view text = trimmed(query);
    while (!text.empty() && text.back() == ';')
        text = trimmed(text.substr(0, text.size() - 1));
    return std::string(text);
}

SourceColumn columnOf(const SqliteStatement& statement, int position)
{
    SourceColumn column;
    column.name = statement.columnName(position);
    column.typeName = statement.declaredType(position);
    column.canHoldDate = asciiLower(column.typeName).find("bool") == std::string::npos;
    return column;
}

Status readColumns(SqliteDatabase& database, SqliteRelation& relation)
{
    auto statement = database.prepare("SELECT * FROM " + relation.from);
    if (!statement)
        return fail(statement.error());
    for (int i = 0; i < statement->columns(); ++i)
        relation.columns.push_back(columnOf(*statement, i));
    return {};
}

Result<std::vector<std::string>> tableNames(SqliteDatabase& database)
{
    auto statement =
        database.prepare("SELECT name FROM sqlite_schema WHERE type IN ('table', 'view')"
                         " AND name NOT LIKE 'sqlite!_%' ESCAPE '!' ORDER BY name"
                         " LIMIT 10000");
    if (!statement)
        return fail(statement.error());
    std::vector<std::string> names;
    while (true) {
        Result<bool> row = statement->step();
        if (!row)
            return fail(row.error());
        if (!*row)
            return names;
        names.push_back(statement->text(0));
    }
}

Error tableMissing(const SqliteDatabase& database, const std::string& name,
                   std::span<const std::string> names)
{
    std::string hint = "The database has no tables.";
    if (const std::optional<std::string> near = nearest(name, names)) {
        hint = fmt::format("Did you mean {}?", shortened(*near));
    } else if (!names.empty()) {
        std::vector<std::string> first;
        for (std::size_t i = 0; i < std::min<std::size_t>(names.size(), 8); ++i)
            first.push_back(shortened(names[i], 60));
        hint = fmt::format("It has {}{}. Name the right one with --table.", fmt::join(first, ", "),
                           names.size() > first.size() ? ", …" : "");
    }
    return {ErrorCode::SourceTableMissing,
            fmt::format("There is no table or view {} in {}.", shortened(name), database.path()),
            hint};
}

/// The first row's first column; no value where there is no row or the statement fails.
std::optional<std::int64_t> numberOf(SqliteDatabase& database, const std::string& sql)
{
    auto statement = database.prepare(sql);
    if (!statement)
        return std::nullopt;
    const Result<bool> row = statement->step();
    if (!row || !*row || statement->isNull(0))
        return std::nullopt;
    return statement->number(0);
}

struct RowIds
{
    std::int64_t first = 0;
    std::int64_t last = 0;
    std::uint64_t mostRows = 0; ///< that the database's bytes can hold
    /// How many there are at most: ids may leave wide holes, as those of a clock do.
    [[nodiscard]] std::uint64_t count() const { return std::min(span(), mostRows - 1) + 1; }
    /// From the first to the last, one less than the number of ids between them.
    [[nodiscard]] std::uint64_t span() const
    {
        return static_cast<std::uint64_t>(last) - static_cast<std::uint64_t>(first);
    }
};

std::uint64_t mostRowsOf(const SqliteDatabase& database)
{
    std::uint64_t bytes = 0;
    for (const char* const part : {"", "-wal"}) {
        std::error_code error;
        const std::uintmax_t size = std::filesystem::file_size(database.path() + part, error);
        bytes += error ? 0 : size;
    }
    return bytes / kLeastRowBytes + 1;
}

std::optional<RowIds> rowIdsOf(SqliteDatabase& database, const SqliteRelation& relation)
{
    const auto isRowId = [](const SourceColumn& c) { return asciiLower(c.name) == "rowid"; };
    if (!relation.isTable || std::ranges::any_of(relation.columns, isRowId))
        return std::nullopt;
    const auto first = numberOf(database, "SELECT min(rowid) FROM " + relation.from);
    const auto last = numberOf(database, "SELECT max(rowid) FROM " + relation.from);
    if (!first || !last || *last < *first)
        return std::nullopt;
    return RowIds{*first, *last, mostRowsOf(database)};
}

/// The part of the table that the day is, by some rows looked up evenly over the row ids.
std::optional<double> partOfTable(SqliteDatabase& database, const SqliteRelation& relation,
                                  const std::string& dateColumn, const RowIds& ids, Day day,
                                  const DateDecoder& decoder)
{
    auto statement = database.prepare(fmt::format("SELECT {} FROM {} WHERE rowid >= ?1 LIMIT 1",
                                                  quotedSqlName(dateColumn), relation.from));
    if (!statement)
        return std::nullopt;
    int hits = 0;
    const std::uint64_t stride =
        1 + (ids.span() - std::min<std::uint64_t>(ids.span(), kIdSamples - 1)) / kIdSamples;
    for (std::uint64_t i = 0; i < kIdSamples; ++i) {
        sqlite3_reset(statement->handle());
        statement->bind(
            1, static_cast<std::int64_t>(static_cast<std::uint64_t>(ids.first) + i * stride));
        const Result<bool> row = statement->step();
        if (!row)
            return std::nullopt;
        const DecodedDate date =
            *row ? decoder.decode(sqliteCell(statement->handle(), 0, kLongestDate)) : DecodedDate{};
        hits += date.status == DateStatus::Ok && date.day == day ? 1 : 0;
    }
    return static_cast<double>(hits) / kIdSamples;
}

/// The first text after all that begin with `prefix`.
std::string behind(std::string prefix)
{
    ++prefix.back();
    return prefix;
}

bool beginsWithDay(std::string_view text)
{
    return text.size() >= kDayLength && parseDay(text.substr(0, kDayLength)).has_value();
}

/// Makes the passes of an indexed read.
class IndexedPlanner
{
public:
    IndexedPlanner(SqliteDatabase& database, const SqliteRelation& relation,
                   const std::string& dateColumn)
        : m_database(database), m_from(relation.from), m_date(quotedSqlName(dateColumn))
    {}

    /// No passes where the column holds too many different texts that are no dates.
    Result<std::vector<SqlitePass>> plan(Day day)
    {
        const std::string text = formatDay(day);
        addRange(text, behind(text), {});
        for (const int ahead : {-2, -1, 1, 2}) {
            if (Status status = addNeighbour(formatDay(day + std::chrono::days(ahead))); !status)
                return fail(status.error());
        }
        m_passes.push_back({m_date + " IS NULL", {}});
        m_passes.push_back({m_date + " < ''", {}});
        m_passes.push_back({m_date + " >= x''", {}});
        const Result<bool> found = addOddTexts();
        if (!found)
            return fail(found.error());
        if (!*found)
            m_passes.clear();
        return std::move(m_passes);
    }

private:
    void addRange(std::string first, std::string end, std::string_view further)
    {
        m_passes.push_back({fmt::format("{0} >= ?1 AND {0} < ?2{1}", m_date, further),
                            {std::move(first), std::move(end)}});
    }

    /// The rows of a day near ours that an offset may move, by up to a day and a zone's own offset
    /// more, and which has a sign or is called `Z`, `UTC` or `GMT`: only where a longer text than
    /// the bare day is there at all, which the last text of its range tells.
    Status addNeighbour(const std::string& text)
    {
        if (text.size() != kDayLength)
            return {};
        const Result<std::optional<std::string>> last = lookUp(
            fmt::format("SELECT max({0}) FROM {1} WHERE {0} >= ?1 AND {0} < ?2", m_date, m_from),
            {text, behind(text)});
        if (!last)
            return fail(last.error());
        if (*last && (*last)->size() > kDayLength) {
            addRange(text, behind(text),
                     fmt::format(" AND substr({}, 12) GLOB '*[A-Za-z+-]*'", m_date));
        }
        return {};
    }

    /// Hops from day to day through the index; what lies between is no day.
    Result<bool> addOddTexts()
    {
        const std::string least = "SELECT min({0}) FROM {1} WHERE {0} {2} ?1 AND {0} < x''";
        const std::string from = fmt::format(fmt::runtime(least), m_date, m_from, ">=");
        const std::string after = fmt::format(fmt::runtime(least), m_date, m_from, ">");
        std::string at;
        bool inclusive = true;
        std::size_t odd = 0;
        std::optional<SqlitePass> run;
        while (true) {
            Result<std::optional<std::string>> next = lookUp(inclusive ? from : after, {at});
            if (!next)
                return fail(next.error());
            const bool isOdd = *next && !beginsWithDay(**next);
            if (isOdd && ++odd > kMostOddDates)
                return false;
            if (isOdd && !run)
                run = SqlitePass{fmt::format("{0} >= ?1 AND {0} <= ?2", m_date), {**next, **next}};
            else if (isOdd)
                run->values.back() = **next;
            else if (run)
                m_passes.push_back(*std::exchange(run, std::nullopt));
            if (!*next)
                return true;
            inclusive = !isOdd;
            at = isOdd ? std::move(**next) : behind((*next)->substr(0, kDayLength));
        }
    }

    Result<std::optional<std::string>> lookUp(const std::string& sql,
                                              const std::vector<std::string>& values)
    {
        auto statement = m_database.prepare(sql);
        if (!statement)
            return fail(statement.error());
        for (std::size_t i = 0; i < values.size(); ++i)
            statement->bind(static_cast<int>(i + 1), values[i]);
        const Result<bool> row = statement->step();
        if (!row)
            return fail(row.error());
        if (!*row || statement->isNull(0))
            return std::optional<std::string>();
        return std::optional<std::string>(statement->text(0));
    }

    SqliteDatabase& m_database;
    const std::string& m_from;
    std::string m_date;
    std::vector<SqlitePass> m_passes;
};

} // namespace

Result<SqliteRelation> findSqliteTable(SqliteDatabase& database, const std::string& name)
{
    auto statement = database.prepare("SELECT name, type FROM sqlite_schema WHERE type IN"
                                      " ('table', 'view') AND name = ?1 COLLATE NOCASE"
                                      " ORDER BY name = ?1 DESC LIMIT 1");
    if (!statement)
        return fail(statement.error());
    statement->bind(1, std::string_view(name));
    const Result<bool> found = statement->step();
    if (!found)
        return fail(found.error());
    if (!*found) {
        const Result<std::vector<std::string>> names = tableNames(database);
        if (!names)
            return fail(names.error());
        return fail(tableMissing(database, name, *names));
    }
    SqliteRelation relation;
    relation.title = statement->text(0);
    relation.from = "main." + quotedSqlName(relation.title);
    relation.isTable = statement->text(1) == "table";
    if (Status status = readColumns(database, relation); !status)
        return fail(status.error());
    return relation;
}

Result<SqliteRelation> findSqliteData(SqliteDatabase& database, const SourceConfig& config)
{
    if (config.query.empty()) {
        const std::string own(dataset(config.dataset).table);
        return findSqliteTable(database, config.table.empty() ? own : config.table);
    }
    const std::string query = trimmedQuery(config.query);
    if (auto alone = database.prepare(query); !alone)
        return fail(alone.error());
    SqliteRelation relation;
    relation.title = "the query";
    relation.from = "(\n" + query + "\n)";
    if (Status status = readColumns(database, relation); !status)
        return fail(status.error());
    return relation;
}

Result<bool> hasSqliteIndex(SqliteDatabase& database, const SqliteRelation& relation,
                            const std::string& column)
{
    if (!relation.isTable)
        return false;
    auto statement = database.prepare(
        fmt::format("EXPLAIN QUERY PLAN SELECT * FROM {0} WHERE {1} >= ?1 AND {1} < ?2",
                    relation.from, quotedSqlName(column)));
    if (!statement)
        return fail(statement.error());
    const Result<bool> row = statement->step();
    if (!row)
        return fail(row.error());
    const std::string detail = *row ? statement->text(3) : std::string();
    return detail.starts_with("SEARCH") && detail.find("INDEX") != std::string::npos &&
           detail.find("AUTOMATIC") == std::string::npos &&
           detail.find("ANY(") == std::string::npos;
}

std::optional<std::uint64_t> approximateSqliteRows(SqliteDatabase& database,
                                                   const SqliteRelation& relation)
{
    const std::optional<RowIds> ids = rowIdsOf(database, relation);
    return ids ? std::optional(ids->count()) : std::nullopt;
}

Result<SqlitePlan> planSqliteDay(SqliteDatabase& database, const SqliteRelation& relation,
                                 const std::string& dateColumn, Day day, const DateDecoder& decoder)
{
    SqlitePlan plan;
    plan.passes = {SqlitePass{}};
    if (dateColumn.empty()) // the schema checks say so; a preview shows the rows all the same
        return plan;
    std::optional<double> part;
    if (const std::optional<RowIds> ids = rowIdsOf(database, relation)) {
        part = partOfTable(database, relation, dateColumn, *ids, day, decoder);
        plan.scannedRows = ids->count();
        const double share = part.value_or(1) + 1.0 / kIdSamples;
        plan.expectedRows =
            static_cast<std::uint64_t>(std::min(1.0, share) * static_cast<double>(ids->count()));
    }
    const Result<bool> indexed = hasSqliteIndex(database, relation, dateColumn);
    if (!indexed)
        return fail(indexed.error());
    if (*indexed && decoder.format() == DateFormat::Iso && part.value_or(0) < kLargeShare) {
        Result<std::vector<SqlitePass>> passes =
            IndexedPlanner(database, relation, dateColumn).plan(day);
        if (!passes)
            return fail(passes.error());
        if (!passes->empty()) {
            plan.passes = std::move(*passes);
            plan.usesIndex = true;
            plan.scannedRows = plan.expectedRows;
        }
    }
    return plan;
}

} // namespace daymark
