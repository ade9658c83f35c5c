// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/sqlite_source.h"

#include "core/base/text.h"
#include "core/source/date_detection.h"
#include "core/source/date_settings.h"
#include "core/source/signal_collector.h"
#include "core/source/signal_statement.h"
#include "core/source/source_error.h"
#include "core/source/sqlite_cell.h"
#include "core/source/sqlite_reader.h"
#include "core/source/test_steps.h"

#include <fmt/format.h>

#include <algorithm>

namespace daymark {

namespace {

constexpr std::uint64_t kBigSqliteTable = 200'000; ///< rows from which an index on the date pays
constexpr int kLongestDateText = 256;

using Database = std::unique_ptr<SqliteDatabase>;

/// A cell of the current row, valid until the next step.
Cell cellOf(const SqliteStatement& statement, int column)
{
    return sqliteCell(statement.handle(), column, kLongestDateText);
}

class SqliteSource : public Source
{
public:
    SqliteSource(SourceConfig config, DateSettings dates, std::chrono::milliseconds patience)
        : m_config(std::move(config)), m_dates(std::move(dates)), m_patience(patience)
    {}

    Result<std::map<std::string, std::string>> detectFormat(std::stop_token stop) override;
    Result<SourceDescription> describe(std::stop_token stop) override;
    Result<SignalReading> readSignals(std::stop_token stop) override;
    Result<std::unique_ptr<RowReader>> openDay(Day day, const ColumnMapping& mapping,
                                               std::stop_token stop) override;
    Result<std::uint64_t> countDay(Day day, std::stop_token stop) override;
    std::vector<TestStep> test(std::stop_token stop) override;
    std::string signalStatement(Day day) const override
    {
        return signalInsert(quotedSqlName(signalTable()), m_config, m_dates.signals(), day);
    }

private:
    struct SignalPlace
    {
        SqliteRelation relation;
        std::string column;
    };

    [[nodiscard]] Result<Database> open(std::stop_token stop) const
    {
        return SqliteDatabase::open(m_config.uri, m_patience, std::move(stop));
    }
    [[nodiscard]] std::string signalTable() const
    {
        const std::string own(dataset(m_config.dataset).signalTable);
        return m_config.signalTable.empty() ? own : m_config.signalTable;
    }
    [[nodiscard]] Result<SignalPlace> findSignals(SqliteDatabase& database) const;
    [[nodiscard]] Result<std::vector<std::string>> sampleDates(SqliteDatabase& database,
                                                               const SqliteRelation& relation,
                                                               const std::string& column) const;
    [[nodiscard]] Status detectDates(SqliteDatabase& database,
                                     std::map<std::string, std::string>& format) const;
    [[nodiscard]] Status detectSignalDates(SqliteDatabase& database,
                                           std::map<std::string, std::string>& format) const;
    [[nodiscard]] std::string dateColumn(const SqliteRelation& relation) const;
    [[nodiscard]] Result<std::uint64_t> countPass(SqliteDatabase& database,
                                                  const SqliteRelation& relation,
                                                  const std::string& column, const SqlitePass& pass,
                                                  bool grouped, Day day) const;
    [[nodiscard]] Status testIndex(SqliteDatabase& database, const SqliteRelation& relation,
                                   TestSteps& steps) const;

    SourceConfig m_config;
    DateSettings m_dates;
    std::chrono::milliseconds m_patience;
};

std::string SqliteSource::dateColumn(const SqliteRelation& relation) const
{
    const MappedSchema schema =
        mapColumns(dataset(m_config.dataset), relation.columns, m_config.columnMap);
    const std::vector<std::string>& names = schema.mapping.names;
    return names.size() > metrics::Date ? names[metrics::Date] : std::string();
}

Result<SqliteSource::SignalPlace> SqliteSource::findSignals(SqliteDatabase& database) const
{
    Result<SqliteRelation> relation = findSqliteTable(database, signalTable());
    if (!relation && relation.error().code == ErrorCode::SourceTableMissing) {
        return fail(
            ErrorCode::SignalMissing,
            fmt::format("There is no signal table {} in {}.", shortened(signalTable()),
                        database.path()),
            fmt::format("{} The signal table is set with --signal-table.", relation.error().hint));
    }
    if (!relation)
        return fail(relation.error());
    std::vector<std::string> names;
    for (const SourceColumn& column : relation->columns)
        names.push_back(column.name);
    Result<std::string> column = findSignalColumn(names, m_config.columnMap, relation->title);
    if (!column)
        return fail(column.error());
    return SignalPlace{std::move(*relation), std::move(*column)};
}

Result<std::vector<std::string>> SqliteSource::sampleDates(SqliteDatabase& database,
                                                           const SqliteRelation& relation,
                                                           const std::string& column) const
{
    const std::string name = quotedSqlName(column);
    std::vector<std::string> selects{
        fmt::format("SELECT {0} FROM {1} WHERE {0} IS NOT NULL LIMIT 1000", name, relation.from)};
    if (approximateSqliteRows(database, relation)) {
        selects.push_back(fmt::format("SELECT {0} FROM {1} WHERE {0} IS NOT NULL"
                                      " ORDER BY rowid DESC LIMIT 1000",
                                      name, relation.from));
    }
    std::vector<std::string> samples;
    for (const std::string& sql : selects) {
        auto statement = database.prepare(sql);
        if (!statement)
            return fail(statement.error());
        while (true) {
            const Result<bool> row = statement->step();
            if (!row)
                return fail(row.error());
            if (!*row)
                break;
            samples.push_back(formatCell(cellOf(*statement, 0)));
        }
    }
    return samples;
}

Status SqliteSource::detectDates(SqliteDatabase& database,
                                 std::map<std::string, std::string>& format) const
{
    const Result<SqliteRelation> relation = findSqliteData(database, m_config);
    if (!relation)
        return fail(relation.error());
    const std::string column = dateColumn(*relation);
    std::vector<std::string> samples;
    if (!column.empty()) {
        Result<std::vector<std::string>> found = sampleDates(database, *relation, column);
        if (!found)
            return fail(found.error());
        samples = std::move(*found);
    }
    if (!format.contains("date_format")) {
        const Result<DateFormat> found = detectDateFormat(
            samples, fmt::format("Column {} of {}", shortened(column), relation->title),
            "date_format");
        if (!found)
            return fail(found.error());
        format["date_format"] = dateFormatName(*found);
    }
    format.try_emplace("date_offsets", std::ranges::any_of(samples, hasOffset) ? "yes" : "no");
    return {};
}

Status SqliteSource::detectSignalDates(SqliteDatabase& database,
                                       std::map<std::string, std::string>& format) const
{
    if (format.contains("signal_date_format"))
        return {};
    const Result<SignalPlace> place = findSignals(database);
    if (!place && place.error().code == ErrorCode::SignalMissing)
        return {}; // the schema checks say so; nothing is there to be looked at
    if (!place)
        return fail(place.error());
    const Result<std::vector<std::string>> samples =
        sampleDates(database, place->relation, place->column);
    if (!samples)
        return fail(samples.error());
    const Result<DateFormat> found = detectDateFormat(
        *samples, fmt::format("Column {} of {}", place->column, place->relation.title),
        "signal_date_format");
    if (!found)
        return fail(found.error());
    format["signal_date_format"] = dateFormatName(*found);
    return {};
}

Result<std::map<std::string, std::string>> SqliteSource::detectFormat(std::stop_token stop)
{
    const Result<Database> database = open(std::move(stop));
    if (!database)
        return fail(database.error());
    std::map<std::string, std::string> format = m_config.format;
    if (Status status = detectDates(**database, format); !status)
        return fail(status.error());
    if (Status status = detectSignalDates(**database, format); !status)
        return fail(status.error());
    return format;
}

Result<SourceDescription> SqliteSource::describe(std::stop_token stop)
{
    const Result<Database> database = open(std::move(stop));
    if (!database)
        return fail(database.error());
    Result<SqliteRelation> relation = findSqliteData(**database, m_config);
    if (!relation)
        return fail(relation.error());
    SourceDescription description;
    description.dataPlace = relation->title;
    description.signalPlace = signalTable();
    description.rows = approximateSqliteRows(**database, *relation);
    description.columns = std::move(relation->columns);
    return description;
}

Result<SignalReading> SqliteSource::readSignals(std::stop_token stop)
{
    const Result<Database> database = open(std::move(stop));
    if (!database)
        return fail(database.error());
    const Result<SignalPlace> place = findSignals(**database);
    if (!place)
        return fail(place.error());
    auto statement = (*database)->prepare(
        fmt::format("SELECT {} FROM {}", quotedSqlName(place->column), place->relation.from));
    if (!statement)
        return fail(statement.error());
    SignalCollector collector(m_dates.signals());
    while (true) {
        const Result<bool> row = statement->step();
        if (!row)
            return fail(row.error());
        if (!*row)
            return std::move(collector).finish(place->relation.title);
        collector.add(cellOf(*statement, 0));
    }
}

Result<std::unique_ptr<RowReader>> SqliteSource::openDay(Day day, const ColumnMapping& mapping,
                                                         std::stop_token stop)
{
    Result<Database> database = open(std::move(stop));
    if (!database)
        return fail(database.error());
    if (Status status = (*database)->beginSnapshot(); !status)
        return fail(status.error());
    const Result<SqliteRelation> relation = findSqliteData(**database, m_config);
    if (!relation)
        return fail(relation.error());
    std::vector<std::string> names;
    for (const SourceColumn& column : relation->columns)
        names.push_back(column.name);
    if (Status status = checkMapped(mapping, names, relation->title); !status)
        return fail(status.error());
    Result<SqlitePlan> plan =
        planSqliteDay(**database, *relation, mapping.names[metrics::Date], day, m_dates.rows());
    if (!plan)
        return fail(plan.error());
    return std::make_unique<SqliteReader>(std::move(*database), relation->from, std::move(*plan),
                                          mapping.names);
}

Result<std::uint64_t> SqliteSource::countPass(SqliteDatabase& database,
                                              const SqliteRelation& relation,
                                              const std::string& column, const SqlitePass& pass,
                                              bool grouped, Day day) const
{
    const std::string name = quotedSqlName(column);
    auto statement = database.prepare(fmt::format(
        "SELECT {0}, {1} FROM {2}{3}{4}{5}", name, grouped ? "count(*)" : "1", relation.from,
        pass.where.empty() ? "" : " WHERE ", pass.where, grouped ? " GROUP BY " + name : ""));
    if (!statement)
        return fail(statement.error());
    for (std::size_t i = 0; i < pass.values.size(); ++i)
        statement->bind(static_cast<int>(i + 1), std::string_view(pass.values[i]));
    std::uint64_t count = 0;
    while (true) {
        const Result<bool> row = statement->step();
        if (!row)
            return fail(row.error());
        if (!*row)
            return count;
        const DecodedDate date = m_dates.rows().decode(cellOf(*statement, 0));
        if (date.status == DateStatus::Ok && date.day == day)
            count += static_cast<std::uint64_t>(statement->number(1));
    }
}

Result<std::uint64_t> SqliteSource::countDay(Day day, std::stop_token stop)
{
    const Result<Database> database = open(std::move(stop));
    if (!database)
        return fail(database.error());
    if (Status status = (*database)->beginSnapshot(); !status)
        return fail(status.error());
    const Result<SqliteRelation> relation = findSqliteData(**database, m_config);
    if (!relation)
        return fail(relation.error());
    const std::string column = dateColumn(*relation);
    if (column.empty()) {
        return fail(ErrorCode::SchemaMismatch,
                    fmt::format("{} has no column for the date.", relation->title),
                    "Map it with --map date=COLUMN.");
    }
    const Result<SqlitePlan> plan =
        planSqliteDay(**database, *relation, column, day, m_dates.rows());
    if (!plan)
        return fail(plan.error());
    std::uint64_t count = 0;
    for (const SqlitePass& pass : plan->passes) {
        const Result<std::uint64_t> part =
            countPass(**database, *relation, column, pass, plan->usesIndex, day);
        if (!part)
            return part;
        count += *part;
    }
    return count;
}

Status SqliteSource::testIndex(SqliteDatabase& database, const SqliteRelation& relation,
                               TestSteps& steps) const
{
    const std::string column = dateColumn(relation);
    const std::optional<std::uint64_t> rows = approximateSqliteRows(database, relation);
    if (column.empty() || !rows)
        return {};
    const Result<bool> indexed = hasSqliteIndex(database, relation, column);
    if (!indexed)
        return fail(indexed.error());
    if (*indexed || *rows < kBigSqliteTable) {
        steps.pass("look for an index on the date",
                   *indexed ? fmt::format("{} has one.", relation.title)
                            : fmt::format("{} is small enough to do without.", relation.title));
        return {};
    }
    steps.warn("look for an index on the date",
               fmt::format("{} has about {} rows and no index on {}: every day reads all of them.",
                           relation.title, groupedDigits(*rows), column),
               fmt::format("CREATE INDEX {} ON {} ({});",
                           quotedSqlName("daymark_" + relation.title + "_" + column),
                           quotedSqlName(relation.title), quotedSqlName(column)));
    return {};
}

std::vector<TestStep> SqliteSource::test(std::stop_token stop)
{
    TestSteps steps;
    const Result<Database> database = open(stop);
    if (!steps.check("open the database", database, m_config.uri + " opens for reading."))
        return std::move(steps).list();
    const Result<SqliteRelation> relation = findSqliteData(**database, m_config);
    if (!steps.check("find the table", relation, relation ? relation->title + " is there." : ""))
        return std::move(steps).list();
    if (!steps.checkColumns(
            mapColumns(dataset(m_config.dataset), relation->columns, m_config.columnMap)))
        return std::move(steps).list();
    std::map<std::string, std::string> format = m_config.format;
    const Status dates = detectDates(**database, format);
    if (!steps.check("read one row", dates,
                     fmt::format("Dates are written as {}.", format["date_format"])))
        return std::move(steps).list();
    const Status index = testIndex(**database, *relation, steps);
    if (!index && !steps.check("look for an index on the date", index, ""))
        return std::move(steps).list();
    const Result<SignalReading> signals = readSignals(std::move(stop));
    steps.checkSignals(signals, signalTable());
    return std::move(steps).list();
}

} // namespace

SourceKind sqliteKind()
{
    SourceKind kind;
    kind.name = "sqlite";
    kind.title = "SQLite database";
    kind.uriHelp = "the path of an existing database file";
    kind.summary = "One database file on this machine, read without ever writing to it.";
    kind.takesQuery = true;
    kind.make = [](const SourceConfig& config) { return makeSqliteSource(config); };
    kind.browse = browseSqlite;
    kind.sample = sampleSqlite;
    return kind;
}

Result<std::unique_ptr<Source>> makeSqliteSource(const SourceConfig& config,
                                                 std::chrono::milliseconds patience)
{
    const std::string lower = asciiLower(trimmed(config.uri));
    if (lower.empty() || lower.front() == ':' || lower.starts_with("file:")) {
        return fail(ErrorCode::SourceInvalid,
                    fmt::format("{} is no path of a database file.", shortened(config.uri)),
                    "Give the path of an existing SQLite database, not a URI and not :memory:.");
    }
    if (lower.find("://") != std::string::npos) { // never shown: it may hold a password
        return fail(ErrorCode::SourceInvalid, "An address is no path of a database file.",
                    "Give the path of an existing SQLite database, or another --kind.");
    }
    Result<DateSettings> dates = DateSettings::of(config);
    if (!dates)
        return fail(dates.error());
    return std::make_unique<SqliteSource>(config, std::move(*dates), patience);
}

} // namespace daymark
