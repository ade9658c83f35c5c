// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ledger/records.h"

#include <functional>

namespace daymark::ledger {

class Connection;

/// What is known of a metric without its series.
struct KnownMetric
{
    std::string name;
    bool ratio = false; ///< a ratio row landed on some day
};

/// The rollups of landed days: all that the catalog needs, so that no landed row is read for it.
/// Only the days' current runs count; removed sources whose data was kept are included.
class RollupTable
{
public:
    explicit RollupTable(Connection& connection) : m_connection(connection) {}

    /// Every point, by metric, day, source and id type, one at a time: the whole catalog in little
    /// memory. `visit` must not call the ledger.
    [[nodiscard]] Status visitAll(const std::function<void(const MetricPoint&)>& visit);

    /// The points of one metric, by day, source and id type; empty where it never landed.
    [[nodiscard]] Result<std::vector<MetricPoint>> series(const std::string& metric);

    /// The rollups of one run, by metric and id type.
    [[nodiscard]] Result<std::vector<Rollup>> ofRun(RunId run);

    /// The metrics that one source has landed, by name: what a new day is held against.
    [[nodiscard]] Result<std::vector<KnownMetric>> known(SourceId source);

private:
    Connection& m_connection;
};

} // namespace daymark::ledger
