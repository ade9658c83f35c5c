// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/postgres_data.h"

#include "core/base/text.h"
#include "core/source/signal_collector.h"
#include "core/source/test_steps.h"

#include <fmt/format.h>

#include <array>

namespace daymark {

namespace {

constexpr std::size_t kSignalRows = 1024;

/// A column of a SELECT, and how it is read.
struct Selected
{
    std::string sql;
    PostgresWire wire = PostgresWire::Text;
    std::uint32_t type = postgres_type::Text;
};

Result<Selected> select(PostgresConnection& connection, const PostgresColumn& column,
                        ColumnType need)
{
    const Result<std::string> name = connection.quoted(column.name);
    if (!name)
        return fail(name.error());
    if (const auto wire = wireFor(column.type, need))
        return Selected{*name, *wire, column.type};
    return Selected{*name + "::text", PostgresWire::Text, postgres_type::Text};
}

std::string whereOf(const std::string& condition)
{
    return condition.empty() ? std::string() : " WHERE " + condition;
}

} // namespace

std::string PostgresSetup::signalTable() const
{
    return config.signalTable.empty() ? std::string(dataset(config.dataset).signalTable)
                                      : config.signalTable;
}

Result<PostgresRelation> findPostgresData(PostgresConnection& connection,
                                          const SourceConfig& config, std::stop_token stop)
{
    if (!config.query.empty())
        return describePostgresQuery(connection, config.query, std::move(stop));
    const std::string own(dataset(config.dataset).table);
    return findPostgresTable(connection, config.table.empty() ? own : config.table,
                             std::move(stop));
}

Result<PostgresDates> findPostgresSignals(PostgresConnection& connection,
                                          const PostgresSetup& setup, std::stop_token stop)
{
    Result<PostgresRelation> relation =
        findPostgresTable(connection, setup.signalTable(), std::move(stop));
    if (!relation && relation.error().code == ErrorCode::SourceTableMissing)
        return fail(
            ErrorCode::SignalMissing,
            fmt::format("There is no signal table {} in {}.", shortened(setup.signalTable()),
                        setup.connection.place),
            fmt::format("{} The signal table is set with --signal-table.", relation.error().hint));
    if (!relation)
        return fail(relation.error());
    const Result<std::string> name =
        findSignalColumn(relation->columnNames(), setup.config.columnMap, relation->title);
    if (!name)
        return fail(name.error());
    const PostgresColumn column = *relation->find(*name);
    return PostgresDates{std::move(*relation), column};
}

std::vector<std::string> lockedFor(const PostgresRelation& relation,
                                   std::vector<std::string> planned)
{
    if (relation.kind == 'q')
        return planned;
    if (relation.kind == 'f') // no lock of a server far away
        return {};
    return {relation.from};
}

Result<PostgresRead> readOfDates(PostgresConnection& connection, const PostgresDates& place,
                                 const std::string& condition)
{
    Result<Selected> column = select(connection, place.column, ColumnType::Date);
    if (!column)
        return fail(column.error());
    if (place.column.type == postgres_type::Json) // which can be grouped as text only
        *column = {column->sql + "::text", PostgresWire::Text, postgres_type::Text};
    PostgresRead read;
    read.doing = fmt::format("read the dates of {}", place.relation.title);
    read.select = fmt::format("SELECT {0}, count(*) FROM {1}{2} GROUP BY {0}", column->sql,
                              place.relation.from, whereOf(condition));
    read.wires = {column->wire, PostgresWire::Int8};
    read.types = {column->type, postgres_type::Int8};
    read.tables = lockedFor(place.relation, {});
    return read;
}

Status readPostgresDates(PostgresRows& rows, std::stop_token stop,
                         const std::function<void(const Cell&, std::uint64_t)>& take)
{
    std::vector<Cell> dates(kSignalRows);
    std::vector<Cell> counts(kSignalRows);
    const std::array<Cell*, 2> columns{dates.data(), counts.data()};
    Batch memory;
    BatchBuffers buffers;
    while (true) {
        buffers.begin(memory);
        const Result<std::size_t> filled = rows.fill(columns, kSignalRows, buffers, stop);
        if (!filled)
            return fail(filled.error());
        for (std::size_t i = 0; i < *filled; ++i) {
            const bool counted = counts[i].kind == Cell::Kind::Integer && counts[i].integer > 0;
            take(dates[i], counted ? static_cast<std::uint64_t>(counts[i].integer) : 1);
        }
        if (*filled == 0)
            return {};
    }
}

Result<SignalReading> readPostgresSignals(PostgresConnection& connection,
                                          const PostgresSetup& setup, std::stop_token stop)
{
    const auto place = findPostgresSignals(connection, setup, stop);
    if (!place)
        return fail(place.error());
    const auto read = readOfDates(connection, *place, {});
    if (!read)
        return fail(read.error());
    const auto rows = openPostgresRows(connection, *read, {}, stop);
    if (!rows)
        return fail(rows.error());
    SignalCollector collector(setup.dates.signals());
    const Status taken =
        readPostgresDates(**rows, std::move(stop), [&](const Cell& cell, std::uint64_t times) {
            collector.add(cell, times);
        });
    if (!taken)
        return fail(taken.error());
    return std::move(collector).finish(place->relation.title);
}

Result<bool> announcesDay(PostgresConnection& connection, const PostgresSetup& setup,
                          const PostgresDates& place, Day day, std::stop_token stop)
{
    const DateDecoder& decoder = setup.dates.signals();
    const Result<std::string> condition = conditionOfDay(
        connection, place.relation, place.column.name, decoder, day, PostgresDayRows::DayOnly);
    if (!condition)
        return fail(condition.error());
    const Result<std::string> name = connection.quoted(place.column.name);
    if (!name)
        return fail(name.error());
    const auto rows = connection.query(fmt::format("read the signals of {}", place.relation.title),
                                       fmt::format("SELECT DISTINCT {}::text FROM {}{}", *name,
                                                   place.relation.from, whereOf(*condition)),
                                       {}, std::move(stop));
    if (!rows)
        return fail(rows.error());
    const PostgresWire wire =
        wireFor(place.column.type, ColumnType::Date).value_or(PostgresWire::Text);
    for (int i = 0; i < rows->rows(); ++i) {
        if (rows->isNull(i, 0))
            continue;
        const DecodedDate date = decoder.decode(decodePostgresText(wire, rows->text(i, 0)));
        if (date.status == DateStatus::Ok && date.day == day)
            return true;
    }
    return false;
}

namespace {

Result<std::uint64_t> countRows(PostgresConnection& connection, const PostgresRelation& relation,
                                const std::string& condition, Day day, std::stop_token stop)
{
    PostgresRead read;
    read.doing = fmt::format("count {} of {}", formatDay(day), relation.title);
    read.select = fmt::format("SELECT count(*) FROM {}{}", relation.from, whereOf(condition));
    read.wires = {PostgresWire::Int8};
    read.types = {postgres_type::Int8};
    read.tables = lockedFor(relation, {});
    const auto rows = openPostgresRows(connection, read, {}, stop);
    if (!rows)
        return fail(rows.error());
    Cell count;
    const std::array<Cell*, 1> columns{&count};
    Batch memory;
    BatchBuffers buffers;
    buffers.begin(memory);
    const Result<std::size_t> filled = (*rows)->fill(columns, 1, buffers, std::move(stop));
    if (!filled)
        return fail(filled.error());
    return *filled == 1 ? static_cast<std::uint64_t>(count.integer) : 0;
}

} // namespace

Result<std::uint64_t> countPostgresDay(PostgresConnection& connection, const PostgresSetup& setup,
                                       const PostgresDates& place, Day day, std::stop_token stop)
{
    const DateDecoder& decoder = setup.dates.rows();
    const Result<std::string> condition = conditionOfDay(
        connection, place.relation, place.column.name, decoder, day, PostgresDayRows::DayOnly);
    if (!condition)
        return fail(condition.error());
    // A range of a date or a time is exact; what a text means is found out value by value.
    if (isPostgresDate(place.column.type))
        return countRows(connection, place.relation, *condition, day, std::move(stop));
    const auto read = readOfDates(connection, place, *condition);
    if (!read)
        return fail(read.error());
    const auto rows = openPostgresRows(connection, *read, {}, stop);
    if (!rows)
        return fail(rows.error());
    std::uint64_t total = 0;
    const Status taken =
        readPostgresDates(**rows, std::move(stop), [&](const Cell& cell, std::uint64_t times) {
            const DecodedDate date = decoder.decode(cell);
            if (date.status == DateStatus::Ok && date.day == day)
                total += times;
        });
    if (!taken)
        return fail(taken.error());
    return total;
}

Result<std::string> conditionOfDay(PostgresConnection& connection, const PostgresRelation& relation,
                                   const std::string& dateColumn, const DateDecoder& decoder,
                                   Day day, PostgresDayRows rows)
{
    const PostgresColumn* column = relation.find(dateColumn);
    if (!column)
        return std::string();
    const Result<std::string> name = connection.quoted(column->name);
    if (!name)
        return fail(name.error());
    return postgresDayCondition(*name, column->type, decoder, day, rows);
}

Result<PostgresDayRead> readOfDay(PostgresConnection& connection, const PostgresRelation& relation,
                                  const ColumnMapping& mapping, const PostgresSetup& setup, Day day)
{
    if (Status status = checkMapped(mapping, relation.columnNames(), relation.title); !status)
        return fail(status.error());
    PostgresDayRead dayRead;
    const std::span<const ColumnSpec> specs = dataset(setup.config.dataset).columns;
    std::string list;
    for (std::size_t i = 0; i < mapping.names.size() && i < specs.size(); ++i) {
        const PostgresColumn* column = relation.find(mapping.names[i]);
        if (!column)
            continue;
        const Result<Selected> selected = select(connection, *column, specs[i].type);
        if (!selected)
            return fail(selected.error());
        list += (list.empty() ? "" : ", ") + selected->sql;
        dayRead.read.wires.push_back(selected->wire);
        dayRead.read.types.push_back(selected->type);
        dayRead.columns.push_back(i);
    }
    if (list.empty())
        return fail(ErrorCode::SchemaMismatch,
                    fmt::format("No column of {} is mapped to any that is needed.", relation.title),
                    "Map the columns with --map canonical=column.");
    const Result<std::string> condition =
        conditionOfDay(connection, relation, mapping.names[metrics::Date], setup.dates.rows(), day,
                       PostgresDayRows::DayAndUndatable);
    if (!condition)
        return fail(condition.error());
    dayRead.read.doing = fmt::format("read {} of {}", formatDay(day), relation.title);
    dayRead.whole = fmt::format("SELECT {} FROM {}", list, relation.from);
    dayRead.read.select = dayRead.whole + whereOf(*condition);
    return dayRead;
}

} // namespace daymark
