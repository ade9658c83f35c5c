// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/postgres_day_check.h"

#include "core/base/text.h"
#include "core/source/postgres_snapshot.h"

#include <fmt/format.h>

namespace daymark {

namespace {

constexpr double kBigTable = 200'000; ///< rows from which an index on the date pays
constexpr double kLargePart = 0.2;    ///< of a table: from here on a scan beats an index
constexpr int kUsualRow = 64;         ///< bytes, where a server has counted no rows yet

class DayCheck
{
public:
    DayCheck(TestSteps& steps, PostgresConnection& connection, const PostgresSetup& setup,
             const PostgresRelation& relation, const ColumnMapping& mapping, std::stop_token stop)
        : m_steps(steps)
        , m_connection(connection)
        , m_setup(setup)
        , m_relation(relation)
        , m_mapping(mapping)
        , m_stop(std::move(stop))
    {}

    void run(std::optional<Day> lastSignal)
    {
        const std::string name = "find a day quickly";
        if (const Status status = beginPostgresSnapshot(m_connection, {}, m_stop); !status) {
            m_steps.failed(name, status.error());
            return;
        }
        const Day day =
            lastSignal.value_or(floor<std::chrono::days>(std::chrono::system_clock::now()));
        const auto plan = readOfDay(m_connection, m_relation, m_mapping, m_setup, day);
        const auto estimate =
            plan ? estimatePostgres(m_connection, plan->read.select, m_stop) : std::nullopt;
        if (!plan)
            m_steps.failed(name, plan.error());
        else if (!estimate)
            sayWithoutPlan(name, plan->read.select);
        else
            sayPlan(name, *estimate);
    }

private:
    /// Servers without such plans are fine, but some reads cannot be planned at all.
    void sayWithoutPlan(const std::string& name, const std::string& select)
    {
        Status status = beginPostgresSnapshot(m_connection, {}, m_stop);
        if (status)
            status = m_connection.script(
                "plan the read of a day of " + m_relation.title,
                fmt::format("SELECT * FROM ({}) AS daymark_day LIMIT 0", select), m_stop);
        if (status)
            m_steps.pass(name, "The server tells nothing of its plans.");
        else
            m_steps.failed(name, status.error());
    }

    void sayPlan(const std::string& name, const PostgresEstimate& estimate)
    {
        if (!estimate.scansWhole && estimate.isElsewhere) {
            m_steps.warn(name,
                         "It cannot be told from here: another server or an extension finds the "
                         "rows.",
                         "See to an index on the date where the rows are kept.");
            return;
        }
        if (!estimate.scansWhole) {
            m_steps.pass(name, "An index or a partition serves it.");
            return;
        }
        const Scanned scanned = rowsOf(estimate);
        const std::string guessed =
            scanned.isGuess ? " Its statistics are missing, so that is a guess by its size: run "
                              "ANALYZE."
                            : "";
        // Without statistics the server's share of a day is worth nothing.
        const bool isMost = !scanned.isGuess && estimate.rows > scanned.rows * kLargePart;
        if (scanned.rows < kBigTable || isMost) {
            m_steps.pass(name,
                         "A day is most of what is scanned, or the table is small." + guessed);
            return;
        }
        const std::string what =
            estimate.scanned.size() > 1
                ? fmt::format("{} tables or partitions, such as {}, which have",
                              estimate.scanned.size(),
                              shortened(estimate.scannedSchema + "." + estimate.scannedTable))
                : shortened(estimate.scannedSchema + "." + estimate.scannedTable) + ", which has";
        m_steps.warn(name,
                     fmt::format("Every day is a full scan of {} about {} rows.{}", what,
                                 groupedDigits(static_cast<std::uint64_t>(scanned.rows)), guessed),
                     indexHint());
    }

    /// How much a plan reads from end to end.
    struct Scanned
    {
        double rows = 0;
        bool isGuess = false; ///< of tables without statistics
    };

    Scanned rowsOf(const PostgresEstimate& estimate)
    {
        std::vector<std::string> names;
        std::string list;
        for (const auto& [schema, table] : estimate.scanned) {
            list += fmt::format("{}(${}, ${})", list.empty() ? "" : ", ", names.size() + 1,
                                names.size() + 2);
            names.push_back(schema);
            names.push_back(table);
        }
        // Before its first ANALYZE a table has -1 rows, on older servers 0.
        const auto rows = m_connection.query(
            "look at the tables' sizes",
            fmt::format("SELECT sum(CASE WHEN c.reltuples > 0 THEN c.reltuples ELSE"
                        " pg_catalog.pg_relation_size(c.oid) / {} END), bool_or(c.reltuples <= 0"
                        " AND pg_catalog.pg_relation_size(c.oid) > 0)"
                        " FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n"
                        " ON n.oid = c.relnamespace WHERE (n.nspname, c.relname) IN ({})",
                        kUsualRow, list),
            names, m_stop);
        if (!rows || rows->rows() != 1)
            return {};
        return {rows->number(0, 0), rows->flag(0, 1)};
    }

    std::string indexHint() const
    {
        const std::string& name = m_mapping.names[metrics::Date];
        const PostgresColumn* column = m_relation.find(name);
        const bool text =
            column && !isPostgresDate(column->type) && !isPostgresNumber(column->type);
        if (text)
            return fmt::format(
                "Keep the date in a column of type date with an index: no index serves "
                "dates in {}.",
                column->typeName);
        const Result<std::string> quoted = m_connection.quoted(name);
        const bool ownTable = m_relation.kind == 'r' || m_relation.kind == 'm';
        if (ownTable && quoted)
            return fmt::format("Run: CREATE INDEX CONCURRENTLY ON {} ({});", m_relation.from,
                               *quoted);
        if (m_relation.kind == 'p' && quoted)
            return fmt::format("Run: CREATE INDEX ON {} ({});", m_relation.from, *quoted);
        return "Give the tables behind it an index on the date.";
    }

    TestSteps& m_steps;
    PostgresConnection& m_connection;
    const PostgresSetup& m_setup;
    const PostgresRelation& m_relation;
    const ColumnMapping& m_mapping;
    std::stop_token m_stop;
};

} // namespace

void checkPostgresDayRead(TestSteps& steps, PostgresConnection& connection,
                          const PostgresSetup& setup, const PostgresRelation& relation,
                          const ColumnMapping& mapping, std::optional<Day> lastSignal,
                          std::stop_token stop)
{
    DayCheck(steps, connection, setup, relation, mapping, std::move(stop)).run(lastSignal);
}

} // namespace daymark
