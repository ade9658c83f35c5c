// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What the metrics are, made from rollups alone. Plain functions: no file, no clock.

#include "core/schema/rollup.h"

#include <map>
#include <optional>
#include <vector>

namespace daymark::catalog {

/// How long a metric may go without a value and still be shown: by source, in days.
using Staleness = std::map<std::string, int>;

inline constexpr int kDefaultStalenessDays = 14;

/// How many days up to a metric's last one its trend covers.
inline constexpr int kTrendDays = 30;

/// A metric on one day, over all its id types and sources. What is undefined is absent: the sums of
/// the other kind, and a mean that would divide by zero.
struct MetricDay
{
    Day day;
    std::uint64_t rows = 0;
    std::uint64_t units = 0; ///< added up over id types and sources
    std::optional<double> sum;
    std::optional<double> sumSquares;
    std::optional<double> minimum;
    std::optional<double> maximum;
    std::optional<double> numeratorSum;
    std::optional<double> denominatorSum;
    std::optional<double> mean; ///< sum / units, or numeratorSum / denominatorSum
    std::uint64_t zeroDenominators = 0;
};

/// The mean of a metric on one day.
struct TrendPoint
{
    Day day;
    double mean = 0;
};

struct Metric
{
    std::string name;
    bool ratio = false; ///< a ratio row landed on any day: the whole metric is a ratio
    std::vector<std::string> idTypes; ///< ascending
    std::vector<std::string> sources; ///< ascending
    Day firstDay;
    Day lastDay;
    std::size_t days = 0; ///< days with a value
    int stalenessDays = kDefaultStalenessDays;
    bool stale = false;
    MetricDay latest;
    std::vector<TrendPoint> trend; ///< of its latest days, oldest first; days without a mean lack
    std::vector<MetricDay> series; ///< oldest first; empty unless asked for
};

/// Whether a metric has gone without a value for too long: its last value lies more than
/// `stalenessDays` before today. Exactly that many days ago is not stale yet.
[[nodiscard]] bool isStale(Day lastDay, Day today, int stalenessDays);

/// Puts a catalog together from points that come in order of metric and then day, one at a time, so
/// that a large ledger needs little memory. A metric of several sources takes the longest of their
/// staleness settings.
class CatalogBuilder
{
public:
    CatalogBuilder(Day today, Staleness staleness, bool withSeries = false);

    /// Points of one metric must come one after another, and their days must not go back.
    void add(const MetricPoint& point);

    /// The metrics in the order in which they came, stale ones included. Ends the builder's work.
    [[nodiscard]] std::vector<Metric> take();

private:
    /// The totals of a day, before it is known whether the metric is a ratio.
    struct DayTotals
    {
        Day day;
        Rollup totals;
    };

    void beginMetric(const MetricPoint& point);
    void addToDay(const MetricPoint& point);
    void closeMetric();
    void describeDays(Metric& metric) const;

    Day m_today;
    Staleness m_staleness;
    bool m_withSeries;
    std::vector<Metric> m_metrics; ///< the last one is open until closeMetric()
    bool m_open = false;
    std::vector<DayTotals> m_days; ///< of the open metric: all with the series, else the latest
};

/// One metric with its series; none where there are no points.
[[nodiscard]] std::optional<Metric> describeMetric(const std::vector<MetricPoint>& points,
                                                   Day today, const Staleness& staleness);

/// The days of a metric for one id type, oldest first.
struct IdTypeSeries
{
    std::string idType;
    std::vector<MetricDay> days;
};

/// The points of one metric, in order of day, apart by id type (ascending).
/// @param ratio  whether the metric as a whole is a ratio.
[[nodiscard]] std::vector<IdTypeSeries> seriesByIdType(const std::vector<MetricPoint>& points,
                                                       bool ratio);

} // namespace daymark::catalog
