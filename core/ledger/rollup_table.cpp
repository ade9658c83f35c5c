// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ledger/rollup_table.h"

#include "core/ledger/connection.h"

namespace daymark::ledger {

namespace {

constexpr const char* kColumns =
    "SELECT m.name, x.id_type, x.row_count, x.units, x.value_rows, x.ratio_rows, x.sum, "
    "x.sum_squares, x.minimum, x.maximum, x.numerator_sum, x.denominator_sum, "
    "x.zero_denominators, x.fingerprint";

constexpr const char* kLanded =
    ", s.name, d.day FROM days d JOIN sources s ON s.id = d.source "
    "JOIN rollups x ON x.run = d.current_run JOIN metrics m ON m.id = x.metric ";

Rollup readRollup(Query& row)
{
    Rollup rollup;
    rollup.metric = row.text(0);
    rollup.idType = row.text(1);
    rollup.rows = row.count(2);
    rollup.units = row.count(3);
    rollup.valueRows = row.count(4);
    rollup.ratioRows = row.count(5);
    rollup.sum = row.real(6);
    rollup.sumSquares = row.real(7);
    rollup.minimum = row.real(8);
    rollup.maximum = row.real(9);
    rollup.numeratorSum = row.real(10);
    rollup.denominatorSum = row.real(11);
    rollup.zeroDenominators = row.count(12);
    rollup.fingerprint = row.hash(13);
    return rollup;
}

MetricPoint readPoint(Query& row)
{
    MetricPoint point;
    point.rollup = readRollup(row);
    point.source = row.text(14);
    point.day = row.day(15);
    return point;
}

std::string landedPoints(const char* rest) { return std::string(kColumns) + kLanded + rest; }

} // namespace

Status RollupTable::visitAll(const std::function<void(const MetricPoint&)>& visit)
{
    return m_connection.read([&](SQLite::Database& database) -> Status {
        Query query(database,
                    landedPoints("ORDER BY m.name, d.day, s.name, s.id, x.id_type").c_str());
        while (query.next())
            visit(readPoint(query));
        return {};
    });
}

Result<std::vector<MetricPoint>> RollupTable::series(const std::string& metric)
{
    return m_connection.read([&](SQLite::Database& database) -> Result<std::vector<MetricPoint>> {
        Query query(
            database,
            landedPoints("WHERE m.name = ? ORDER BY d.day, s.name, s.id, x.id_type").c_str());
        query.with(metric);
        std::vector<MetricPoint> points;
        while (query.next())
            points.push_back(readPoint(query));
        return points;
    });
}

Result<std::vector<Rollup>> RollupTable::ofRun(RunId run)
{
    return m_connection.read([&](SQLite::Database& database) -> Result<std::vector<Rollup>> {
        Query query(database,
                    (std::string(kColumns) + " FROM rollups x JOIN metrics m ON m.id = x.metric "
                                             "WHERE x.run = ? ORDER BY m.name, x.id_type")
                        .c_str());
        query.with(run);
        std::vector<Rollup> rollups;
        while (query.next())
            rollups.push_back(readRollup(query));
        return rollups;
    });
}

Result<std::vector<KnownMetric>> RollupTable::known(SourceId source)
{
    return m_connection.read([&](SQLite::Database& database) -> Result<std::vector<KnownMetric>> {
        Query query(database,
                    "SELECT m.name, max(x.ratio_rows > 0) FROM days d "
                    "JOIN rollups x ON x.run = d.current_run JOIN metrics m ON m.id = x.metric "
                    "WHERE d.source = ? GROUP BY m.id ORDER BY m.name");
        query.with(source);
        std::vector<KnownMetric> metrics;
        while (query.next())
            metrics.push_back({query.text(0), query.flag(1)});
        return metrics;
    });
}

} // namespace daymark::ledger
