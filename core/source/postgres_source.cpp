// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/postgres_source.h"

#include "core/source/postgres_ddl.h"

#include "core/base/text.h"
#include "core/source/date_detection.h"
#include "core/source/postgres_browse.h"
#include "core/source/postgres_checklist.h"
#include "core/source/postgres_data.h"
#include "core/source/postgres_reader.h"
#include "core/source/postgres_snapshot.h"
#include "core/source/signal_statement.h"
#include "core/source/sqlite_database.h"

#include <fmt/format.h>

#include <algorithm>

namespace daymark {

namespace {

constexpr int kAttempts = 3; ///< at a table that changes its form all the while

using Connection = std::unique_ptr<PostgresConnection>;

class PostgresSource : public Source
{
public:
    explicit PostgresSource(PostgresSetup setup) : m_setup(std::move(setup)) {}

    Result<std::map<std::string, std::string>> detectFormat(std::stop_token stop) override;
    Result<SourceDescription> describe(std::stop_token stop) override;
    Result<SignalReading> readSignals(std::stop_token stop) override;
    Result<std::unique_ptr<RowReader>> openDay(Day day, const ColumnMapping& mapping,
                                               std::stop_token stop) override;
    Result<std::uint64_t> countDay(Day day, std::stop_token stop) override;
    std::string signalStatement(Day day) const override;
    std::vector<TestStep> test(std::stop_token stop) override
    {
        return testPostgres(m_setup, std::move(stop));
    }

private:
    /// A connection with a snapshot open, to look around in.
    [[nodiscard]] Result<Connection> look(std::stop_token stop) const
    {
        Result<Connection> connection = PostgresConnection::open(m_setup.connection, stop);
        if (!connection)
            return connection;
        if (Status status = beginPostgresSnapshot(**connection, {}, std::move(stop)); !status)
            return fail(status.error());
        return connection;
    }

    [[nodiscard]] Result<PostgresDayRead> planDay(PostgresConnection& connection, Day day,
                                                  const ColumnMapping& mapping,
                                                  PostgresDayFacts& facts,
                                                  std::stop_token stop) const;
    [[nodiscard]] Result<std::uint64_t> countOnce(PostgresConnection& connection, Day day,
                                                  std::stop_token stop) const;
    [[nodiscard]] Result<std::optional<PostgresDates>> signalsIfAny(PostgresConnection& connection,
                                                                    std::stop_token stop) const;
    [[nodiscard]] Status detectDates(PostgresConnection& connection,
                                     const PostgresRelation& relation, const PostgresColumn* column,
                                     const std::string& setting,
                                     std::map<std::string, std::string>& format,
                                     std::stop_token stop) const;

    PostgresSetup m_setup;
};

/// The column that the date is mapped to.
const PostgresColumn* dateColumn(const PostgresSetup& setup, const PostgresRelation& relation)
{
    const std::vector<SourceColumn> columns = sourceColumns(relation);
    const MappedSchema schema =
        mapColumns(dataset(setup.config.dataset), columns, setup.config.columnMap);
    return relation.find(schema.mapping.names[metrics::Date]);
}

Status PostgresSource::detectDates(PostgresConnection& connection, const PostgresRelation& relation,
                                   const PostgresColumn* column, const std::string& setting,
                                   std::map<std::string, std::string>& format,
                                   std::stop_token stop) const
{
    if (format.contains(setting) || !column)
        return {};
    if (isPostgresDate(column->type)) {
        format[setting] = dateFormatName(DateFormat::Iso);
        return {};
    }
    const Result<std::string> name = connection.quoted(column->name);
    if (!name)
        return fail(name.error());
    const auto rows = connection.query(
        fmt::format("look at the dates of {}", relation.title),
        fmt::format("SELECT left({0}::text, 256) FROM {1} WHERE {0} IS NOT NULL LIMIT 1000", *name,
                    relation.from),
        {}, std::move(stop));
    if (!rows)
        return fail(rows.error());
    std::vector<std::string> samples;
    for (int i = 0; i < rows->rows(); ++i)
        samples.emplace_back(rows->text(i, 0));
    const Result<DateFormat> found = detectDateFormat(
        samples, fmt::format("Column {} of {}", shortened(column->name), relation.title), setting);
    if (!found)
        return fail(found.error());
    format[setting] = dateFormatName(*found);
    return {};
}

Result<std::map<std::string, std::string>> PostgresSource::detectFormat(std::stop_token stop)
{
    const Result<Connection> connection = look(stop);
    if (!connection)
        return fail(connection.error());
    std::map<std::string, std::string> format = m_setup.config.format;
    const auto data = findPostgresData(**connection, m_setup.config, stop);
    if (!data)
        return fail(data.error());
    if (Status status = detectDates(**connection, *data, dateColumn(m_setup, *data), "date_format",
                                    format, stop);
        !status)
        return fail(status.error());
    const auto place = findPostgresSignals(**connection, m_setup, stop);
    if (!place && place.error().code == ErrorCode::SignalMissing)
        return format; // the schema checks say so; nothing is there to be looked at
    if (!place)
        return fail(place.error());
    if (Status status = detectDates(**connection, place->relation, &place->column,
                                    "signal_date_format", format, std::move(stop));
        !status)
        return fail(status.error());
    return format;
}

std::string PostgresSource::signalStatement(Day day) const
{
    const auto parts = splitPostgresName(m_setup.signalTable());
    if (!parts)
        return {};
    std::string table;
    for (const PostgresNamePart& part : *parts)
        table += (table.empty() ? "" : ".") +
                 quotedSqlName(part.quoted ? part.text : asciiLower(part.text));
    return signalInsert(table, m_setup.config, m_setup.dates.signals(), day);
}

Result<SourceDescription> PostgresSource::describe(std::stop_token stop)
{
    const Result<Connection> connection = look(stop);
    if (!connection)
        return fail(connection.error());
    const auto relation = findPostgresData(**connection, m_setup.config, std::move(stop));
    if (!relation)
        return fail(relation.error());
    SourceDescription description;
    description.dataPlace = relation->title;
    description.signalPlace = m_setup.signalTable();
    if (relation->rows)
        description.rows = static_cast<std::uint64_t>(*relation->rows);
    description.columns = sourceColumns(*relation);
    return description;
}

Result<SignalReading> PostgresSource::readSignals(std::stop_token stop)
{
    const Result<Connection> connection = look(stop);
    if (!connection)
        return fail(connection.error());
    return readPostgresSignals(**connection, m_setup, std::move(stop));
}

Result<std::optional<PostgresDates>> PostgresSource::signalsIfAny(PostgresConnection& connection,
                                                                  std::stop_token stop) const
{
    auto place = findPostgresSignals(connection, m_setup, std::move(stop));
    if (place)
        return std::optional(std::move(*place));
    if (connection.isUsable() && place.error().code != ErrorCode::RunCancelled)
        return std::optional<PostgresDates>();
    return fail(place.error());
}

/// Looks the relation up and asks for the plan of the day's SELECT.
Result<PostgresDayRead> PostgresSource::planDay(PostgresConnection& connection, Day day,
                                                const ColumnMapping& mapping,
                                                PostgresDayFacts& facts, std::stop_token stop) const
{
    const auto relation = findPostgresData(connection, m_setup.config, stop);
    if (!relation)
        return fail(relation.error());
    auto plan = readOfDay(connection, *relation, mapping, m_setup, day);
    if (!plan)
        return fail(plan.error());
    // Without statistics the server's guess of a part is worth nothing: then the whole counts.
    const bool guessed = relation->kind == 'r' && !relation->rows;
    const auto estimate = estimatePostgres(
        connection, guessed ? "SELECT * FROM " + relation->from : plan->read.select, stop);
    if (!estimate && !connection.isUsable())
        return fail(ErrorCode::SourceDisconnected,
                    fmt::format("The connection to {} broke.", m_setup.connection.place),
                    "It is tried again by itself.");
    if (stop.stop_requested())
        return fail(ErrorCode::RunCancelled, "Reading was stopped.");
    if (estimate)
        facts.expectedRows = static_cast<std::uint64_t>(std::max(0.0, estimate->rows));
    if (estimate)
        plan->read.scanned = estimate->tables;
    plan->read.tables = lockedFor(*relation, plan->read.scanned);
    return plan;
}

Result<std::unique_ptr<RowReader>> PostgresSource::openDay(Day day, const ColumnMapping& mapping,
                                                           std::stop_token stop)
{
    Result<Connection> connection = look(stop);
    if (!connection)
        return fail(connection.error());
    std::optional<Error> error;
    for (int attempt = 0; attempt < kAttempts; ++attempt) {
        const auto signalPlace = signalsIfAny(**connection, stop);
        if (!signalPlace)
            return fail(signalPlace.error());
        if (Status status = beginPostgresSnapshot(**connection, {}, stop); !status)
            return fail(status.error());
        PostgresDayFacts facts;
        const auto plan = planDay(**connection, day, mapping, facts, stop);
        if (!plan)
            return fail(plan.error());
        const auto seeSignal = [&]() -> Status {
            if (!*signalPlace)
                return {};
            const auto announced = announcesDay(**connection, m_setup, **signalPlace, day, stop);
            if (!announced)
                return fail(announced.error());
            facts.signalled = *announced;
            return {};
        };
        auto rows = openPostgresRows(**connection, plan->read, seeSignal, stop, &facts.transfer);
        if (rows)
            return std::make_unique<PostgresReader>(std::move(*connection), std::move(*rows),
                                                    plan->columns, mapping.names.size(), facts);
        error = rows.error();
        if (error->code != ErrorCode::SourceChanged)
            break;
        if (Status status = beginPostgresSnapshot(**connection, {}, stop); !status)
            return fail(status.error());
    }
    return fail(*error);
}

Result<std::uint64_t> PostgresSource::countDay(Day day, std::stop_token stop)
{
    const Result<Connection> connection = look(stop);
    if (!connection)
        return fail(connection.error());
    for (int attempt = 1;; ++attempt) {
        const auto count = countOnce(**connection, day, stop);
        if (count || count.error().code != ErrorCode::SourceChanged || attempt == kAttempts)
            return count;
        if (Status status = beginPostgresSnapshot(**connection, {}, stop); !status)
            return fail(status.error());
    }
}

Result<std::uint64_t> PostgresSource::countOnce(PostgresConnection& connection, Day day,
                                                std::stop_token stop) const
{
    const auto relation = findPostgresData(connection, m_setup.config, stop);
    if (!relation)
        return fail(relation.error());
    const PostgresColumn* column = dateColumn(m_setup, *relation);
    if (!column)
        return fail(ErrorCode::SchemaMismatch,
                    fmt::format("{} has no column for the date.", relation->title),
                    "Map it with --map date=column.");
    return countPostgresDay(connection, m_setup, {*relation, *column}, day, std::move(stop));
}

Result<PostgresSetup> postgresSetup(const SourceConfig& config)
{
    Result<PostgresSettings> settings = readPostgresSettings(config);
    if (!settings)
        return fail(settings.error());
    Result<DateSettings> dates = DateSettings::of(config);
    if (!dates)
        return fail(dates.error());
    for (const std::string& table : {config.table, config.signalTable}) {
        if (table.empty())
            continue;
        if (const auto parts = splitPostgresName(table); !parts)
            return fail(parts.error());
    }
    return PostgresSetup{config, std::move(*settings), std::move(*dates)};
}

Result<std::unique_ptr<Source>> makePostgres(const SourceConfig& config)
{
    Result<PostgresSetup> setup = postgresSetup(config);
    if (!setup)
        return fail(setup.error());
    return std::make_unique<PostgresSource>(std::move(*setup));
}

PlaceListing browse(const SourceConfig& config, std::stop_token stop)
{
    const Result<PostgresSetup> setup = postgresSetup(config);
    if (!setup)
        return failedListing("read the connection string", setup.error());
    return browsePostgres(*setup, std::move(stop));
}

Result<PlaceSample> sample(const SourceConfig& config, std::size_t rows, std::stop_token stop)
{
    const Result<PostgresSetup> setup = postgresSetup(config);
    if (!setup)
        return fail(setup.error());
    return samplePostgres(*setup, rows, std::move(stop));
}

} // namespace

SourceKind postgresKind()
{
    SourceKind kind;
    kind.name = "postgres";
    kind.title = "PostgreSQL database";
    kind.uriHelp = "a connection string without a password: postgresql://user@host:5432/database";
    kind.summary = "A PostgreSQL server, or one that speaks its protocol. A role that may only "
                   "read is enough.";
    kind.takesQuery = true;
    kind.takesSecret = true;
    kind.make = makePostgres;
    kind.uriIsPath = false;
    kind.setUp = postgresDdl;
    kind.browse = browse;
    kind.sample = sample;
    return kind;
}

} // namespace daymark
