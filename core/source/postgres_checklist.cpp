// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/postgres_checklist.h"

#include "core/base/text.h"
#include "core/source/postgres_browse.h"
#include "core/source/postgres_day_check.h"
#include "core/source/postgres_snapshot.h"
#include "core/source/signal_collector.h"
#include "core/source/test_steps.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdlib>

namespace daymark {

namespace {

constexpr int kOldestVersion = 120'000;

constexpr std::array<std::string_view, 3> kConnecting{"reach the host", "agree on TLS", "log in"};

std::string kindWord(char kind)
{
    switch (kind) {
    case 'v':
        return "a view";
    case 'm':
        return "a materialised view";
    case 'f':
        return "a foreign table";
    case 'p':
        return "a partitioned table";
    case 'q':
        return "a query";
    default:
        return "a table";
    }
}

std::string transferWord(PostgresTransfer transfer, PostgresTransfer wanted)
{
    const bool isSet = transfer == wanted;
    switch (transfer) {
    case PostgresTransfer::Text:
        return isSet ? "COPY in text, as the setting transfer says"
                     : "COPY in text, since the server has no binary one for it";
    case PostgresTransfer::Cursor:
        return isSet ? "a cursor, as the setting transfer says"
                     : "a cursor, since the server has no COPY for it";
    case PostgresTransfer::Binary:
        break;
    }
    return "binary COPY";
}

class Checklist
{
public:
    Checklist(const PostgresSetup& setup, std::stop_token stop)
        : m_setup(setup), m_stop(std::move(stop))
    {}

    std::vector<TestStep> run()
    {
        if (connect() && login() && findTable() && findColumns() && readOneRow() && readSignals())
            checkPostgresDayRead(m_steps, *m_connection, m_setup, m_relation, m_schema.mapping,
                                 m_lastSignal, m_stop);
        return std::move(m_steps).list();
    }

    PlaceListing browse()
    {
        PlaceListing listing;
        if (connect() && login())
            listTables(listing.items);
        listing.steps = std::move(m_steps).list();
        return listing;
    }

private:
    bool connect()
    {
        PostgresArrival arrival;
        auto connection = PostgresConnection::open(m_setup.connection, m_stop, &arrival);
        const auto stage =
            connection ? kConnecting.size() : static_cast<std::size_t>(arrival.stage);
        const std::size_t failing = std::min(stage, kConnecting.size() - 1);
        const std::size_t passed = connection ? kConnecting.size() : failing;
        if (passed > 0)
            m_steps.pass(std::string(kConnecting[0]),
                         fmt::format("{} answers.", arrival.host.empty() ? m_setup.connection.place
                                                                         : arrival.host));
        if (passed > 1)
            sayTls(arrival);
        if (!connection) {
            m_steps.unreached(std::string(kConnecting[failing]), connection.error());
            return false;
        }
        m_arrival = std::move(arrival);
        m_connection = std::move(*connection);
        return true;
    }

    void sayTls(const PostgresArrival& arrival)
    {
        const std::string name(kConnecting[1]);
        if (arrival.local && arrival.tls.empty())
            m_steps.pass(name, "None is needed: the server is on this machine.");
        else if (arrival.tls.empty())
            m_steps.warn(name, "The connection is in the clear: others may read along.",
                         "Set sslmode=verify-full in the connection string.");
        else if (arrival.sslMode == "verify-full" || arrival.local)
            m_steps.pass(name, arrival.sslMode == "verify-full"
                                   ? fmt::format("{}, and the server proved its name.", arrival.tls)
                                   : arrival.tls + ".");
        else
            m_steps.warn(name,
                         fmt::format("{}, but with sslmode={} nobody knows whose server it is.",
                                     arrival.tls, arrival.sslMode),
                         "Set sslmode=verify-full in the connection string.");
    }

    bool login()
    {
        const std::string name(kConnecting[2]);
        if (const Status status = beginPostgresSnapshot(*m_connection, {}, m_stop); !status) {
            m_steps.unreached(name, status.error());
            return false;
        }
        const auto role = m_connection->query(
            "look at the role",
            "SELECT rolsuper FROM pg_catalog.pg_roles WHERE rolname = current_user", {}, m_stop);
        if (!role) {
            m_steps.unreached(name, role.error());
            return false;
        }
        const std::string message =
            fmt::format("As {} in database {}, server version {}.", shortened(m_arrival.user),
                        shortened(m_arrival.database), shortened(m_arrival.serverVersion));
        if (role->rows() == 1 && role->flag(0, 0))
            m_steps.warn(name, message + " The role is a superuser.",
                         "Use a role that may only read: `source ddl` writes its statements.");
        else if (m_connection->serverVersion() < kOldestVersion)
            m_steps.warn(name, message + " Versions before 12 are not tried out.",
                         "Watch the first imports, or update the server.");
        else
            m_steps.pass(name, message);
        return true;
    }

    void listTables(std::vector<PlaceItem>& items)
    {
        const std::string name = "list the tables";
        auto found = listPostgresTables(*m_connection, m_stop);
        if (!found) {
            m_steps.unreached(name, found.error());
            return;
        }
        items = std::move(*found);
        if (items.empty())
            m_steps.warn(name, "The role can read no table and no view of this database.",
                         "Grant it SELECT, or create the tables first.");
        else
            m_steps.pass(name,
                         fmt::format("The role can read {} {}.", groupedDigits(items.size()),
                                     items.size() == 1 ? "table or view" : "tables and views"));
    }

    bool findTable()
    {
        const std::string name = "find the table";
        auto relation = findPostgresData(*m_connection, m_setup.config, m_stop);
        if (!relation) {
            m_steps.failed(name, relation.error());
            return false;
        }
        m_relation = std::move(*relation);
        const std::string size =
            m_relation.rows
                ? fmt::format(" of about {} rows",
                              groupedDigits(static_cast<std::uint64_t>(*m_relation.rows)))
                : std::string();
        std::string message =
            fmt::format("{} is {}{}.", m_relation.title, kindWord(m_relation.kind), size);
        if (mayWrite())
            m_steps.warn(name, message + " The role may write to it.",
                         "Use a role that may only read: `source ddl` writes its statements.");
        else
            m_steps.pass(name, std::move(message));
        return true;
    }

    /// Whether the role could change the table: more than is ever needed.
    bool mayWrite()
    {
        if (m_relation.id == 0)
            return false;
        const std::array<std::string, 1> id{std::to_string(m_relation.id)};
        const auto rights = m_connection->query(
            "look at the rights",
            "SELECT pg_catalog.has_table_privilege($1::oid, 'INSERT, UPDATE, DELETE, TRUNCATE')",
            id, m_stop);
        return rights && rights->rows() == 1 && rights->flag(0, 0);
    }

    bool findColumns()
    {
        const std::vector<SourceColumn> columns = sourceColumns(m_relation);
        m_schema = mapColumns(dataset(m_setup.config.dataset), columns, m_setup.config.columnMap);
        MappedSchema types;
        MappedSchema names;
        for (const SchemaFinding& finding : m_schema.findings)
            (finding.code == "schema.column_type" ? types : names).findings.push_back(finding);
        if (!m_steps.checkColumns(names))
            return false;
        if (!types.findings.empty()) {
            m_steps.failed("check their types",
                           {ErrorCode::SchemaMismatch, types.findings.front().message,
                            typesHint(types.findings.front().column)});
            return false;
        }
        m_steps.pass("check their types", typesSentence());
        return true;
    }

    /// What to write instead of a column whose type does not fit.
    std::string typesHint(const std::string& canonical) const
    {
        const std::span<const ColumnSpec> specs = dataset(m_setup.config.dataset).columns;
        const auto spec = std::find_if(specs.begin(), specs.end(), [&](const ColumnSpec& one) {
            return one.name == canonical;
        });
        const PostgresColumn* column =
            spec == specs.end()
                ? nullptr
                : m_relation.find(
                      m_schema.mapping.names[static_cast<std::size_t>(spec - specs.begin())]);
        const auto quoted = m_connection->quoted(column ? column->name : "");
        if (!column || column->type != kPostgresMoney || !quoted)
            return "Map a column of another type, or make a view that casts it.";
        if (m_relation.kind == 'q')
            return fmt::format("Cast it in the query: {}::numeric AS amount, with --map "
                               "{}=amount.",
                               *quoted, canonical);
        return fmt::format("Cast it in a query: --query 'SELECT *, {}::numeric AS amount FROM "
                           "{}' --map {}=amount.",
                           *quoted, m_relation.from, canonical);
    }

    std::string typesSentence() const
    {
        std::string text;
        const std::span<const ColumnSpec> specs = dataset(m_setup.config.dataset).columns;
        for (std::size_t i = 0; i < m_schema.mapping.names.size(); ++i) {
            if (const PostgresColumn* column = m_relation.find(m_schema.mapping.names[i]))
                text += fmt::format("{}{} {}", text.empty() ? "" : ", ", specs[i].name,
                                    column->typeName);
        }
        return text + ".";
    }

    bool readOneRow()
    {
        const std::string name = "read one row";
        const Day day = floor<std::chrono::days>(std::chrono::system_clock::now());
        auto plan = readOfDay(*m_connection, m_relation, m_schema.mapping, m_setup, day);
        if (!plan) {
            m_steps.failed(name, plan.error());
            return false;
        }
        PostgresRead read = std::move(plan->read);
        read.doing = "read one row of " + m_relation.title;
        read.select = plan->whole + " LIMIT 1";
        read.tables = lockedFor(m_relation, {});
        PostgresTransfer used = PostgresTransfer::Binary;
        const auto rows = openPostgresRows(*m_connection, read, {}, m_stop, &used);
        const Result<std::size_t> count =
            rows ? fillOne(**rows, read.wires.size()) : Result<std::size_t>(fail(rows.error()));
        if (!count)
            m_steps.failed(name, count.error());
        else if (*count == 0)
            m_steps.warn(name, m_relation.title + " has no rows.", "Load the first day.");
        else
            m_steps.pass(name,
                         fmt::format("By {}.", transferWord(used, m_setup.connection.transfer)));
        return count.has_value();
    }

    Result<std::size_t> fillOne(PostgresRows& rows, std::size_t width)
    {
        std::vector<Cell> cells(width * 2);
        std::vector<Cell*> columns;
        for (std::size_t i = 0; i < width; ++i)
            columns.push_back(&cells[i * 2]);
        Batch memory;
        BatchBuffers buffers;
        buffers.begin(memory);
        return rows.fill(columns, 2, buffers, m_stop);
    }

    bool readSignals()
    {
        const Result<SignalReading> reading = readPostgresSignals(*m_connection, m_setup, m_stop);
        m_steps.checkSignals(reading, m_setup.signalTable());
        if (reading && !reading->days.empty())
            m_lastSignal = reading->days.back();
        const bool unreadable = reading && reading->days.empty() && !reading->findings.empty();
        return reading && !unreadable;
    }

    const PostgresSetup& m_setup;
    std::stop_token m_stop;
    TestSteps m_steps;
    PostgresArrival m_arrival;
    std::unique_ptr<PostgresConnection> m_connection;
    PostgresRelation m_relation;
    MappedSchema m_schema;
    std::optional<Day> m_lastSignal;
};

} // namespace

std::vector<TestStep> testPostgres(const PostgresSetup& setup, std::stop_token stop)
{
    return Checklist(setup, std::move(stop)).run();
}

PlaceListing browsePostgres(const PostgresSetup& setup, std::stop_token stop)
{
    return Checklist(setup, std::move(stop)).browse();
}

} // namespace daymark
