// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/catalog/catalog.h"

#include <algorithm>
#include <utility>

namespace daymark::catalog {

namespace {

void insertSorted(std::vector<std::string>& names, const std::string& name)
{
    const auto place = std::lower_bound(names.begin(), names.end(), name);
    if (place == names.end() || *place != name)
        names.insert(place, name);
}

/// Adds one rollup to the totals of its day.
void accumulate(Rollup& totals, const Rollup& part)
{
    if (part.valueRows > 0) {
        const bool first = totals.valueRows == 0;
        totals.minimum = first ? part.minimum : std::min(totals.minimum, part.minimum);
        totals.maximum = first ? part.maximum : std::max(totals.maximum, part.maximum);
    }
    totals.rows += part.rows;
    totals.units += part.units;
    totals.valueRows += part.valueRows;
    totals.ratioRows += part.ratioRows;
    totals.sum += part.sum;
    totals.sumSquares += part.sumSquares;
    totals.numeratorSum += part.numeratorSum;
    totals.denominatorSum += part.denominatorSum;
    totals.zeroDenominators += part.zeroDenominators;
}

void describeValues(MetricDay& day, const Rollup& totals)
{
    if (totals.valueRows == 0)
        return;
    day.sum = totals.sum;
    day.sumSquares = totals.sumSquares;
    day.minimum = totals.minimum;
    day.maximum = totals.maximum;
    if (totals.units > 0)
        day.mean = totals.sum / static_cast<double>(totals.units);
}

void describeRatio(MetricDay& day, const Rollup& totals)
{
    if (totals.ratioRows == 0)
        return;
    day.numeratorSum = totals.numeratorSum;
    day.denominatorSum = totals.denominatorSum;
    if (totals.denominatorSum != 0)
        day.mean = totals.numeratorSum / totals.denominatorSum;
}

MetricDay describeDay(Day day, const Rollup& totals, bool ratio)
{
    MetricDay described;
    described.day = day;
    described.rows = totals.rows;
    described.units = totals.units;
    described.zeroDenominators = totals.zeroDenominators;
    if (ratio)
        describeRatio(described, totals);
    else
        describeValues(described, totals);
    return described;
}

int longestStaleness(const std::vector<std::string>& sources, const Staleness& staleness)
{
    int longest = 0;
    for (const std::string& source : sources) {
        const auto found = staleness.find(source);
        longest =
            std::max(longest, found == staleness.end() ? kDefaultStalenessDays : found->second);
    }
    return longest;
}

} // namespace

bool isStale(Day lastDay, Day today, int stalenessDays)
{
    return today - lastDay > std::chrono::days(stalenessDays);
}

CatalogBuilder::CatalogBuilder(Day today, Staleness staleness, bool withSeries)
    : m_today(today), m_staleness(std::move(staleness)), m_withSeries(withSeries)
{}

void CatalogBuilder::add(const MetricPoint& point)
{
    if (point.rollup.rows == 0)
        return;
    if (!m_open || m_metrics.back().name != point.rollup.metric)
        beginMetric(point);
    Metric& metric = m_metrics.back();
    metric.ratio = metric.ratio || point.rollup.ratioRows > 0;
    insertSorted(metric.idTypes, point.rollup.idType);
    insertSorted(metric.sources, point.source);
    addToDay(point);
}

void CatalogBuilder::beginMetric(const MetricPoint& point)
{
    closeMetric();
    Metric metric;
    metric.name = point.rollup.metric;
    metric.firstDay = point.day;
    m_metrics.push_back(std::move(metric));
    m_open = true;
}

void CatalogBuilder::addToDay(const MetricPoint& point)
{
    if (m_days.empty() || m_days.back().day != point.day) {
        if (!m_withSeries && m_days.size() >= std::size_t{kTrendDays})
            m_days.erase(m_days.begin());
        m_days.push_back({point.day, {}});
        ++m_metrics.back().days;
    }
    accumulate(m_days.back().totals, point.rollup);
}

void CatalogBuilder::closeMetric()
{
    if (!m_open)
        return;
    Metric& metric = m_metrics.back();
    metric.lastDay = m_days.back().day;
    metric.stalenessDays = longestStaleness(metric.sources, m_staleness);
    metric.stale = isStale(metric.lastDay, m_today, metric.stalenessDays);
    describeDays(metric);
    m_days.clear();
    m_open = false;
}

/// Only now is it known whether the metric is a ratio.
void CatalogBuilder::describeDays(Metric& metric) const
{
    const Day trendStart = metric.lastDay - std::chrono::days(kTrendDays - 1);
    for (const DayTotals& day : m_days) {
        MetricDay described = describeDay(day.day, day.totals, metric.ratio);
        if (day.day >= trendStart && described.mean)
            metric.trend.push_back({day.day, *described.mean});
        if (m_withSeries)
            metric.series.push_back(described);
        metric.latest = described;
    }
}

std::vector<Metric> CatalogBuilder::take()
{
    closeMetric();
    return std::exchange(m_metrics, {});
}

std::optional<Metric> describeMetric(const std::vector<MetricPoint>& points, Day today,
                                     const Staleness& staleness)
{
    CatalogBuilder builder(today, staleness, true);
    for (const MetricPoint& point : points)
        builder.add(point);
    std::vector<Metric> metrics = builder.take();
    if (metrics.empty())
        return std::nullopt;
    return std::move(metrics.front());
}

std::vector<IdTypeSeries> seriesByIdType(const std::vector<MetricPoint>& points, bool ratio)
{
    std::map<std::string, std::map<Day, Rollup>> totals;
    for (const MetricPoint& point : points) {
        if (point.rollup.rows > 0)
            accumulate(totals[point.rollup.idType][point.day], point.rollup);
    }
    std::vector<IdTypeSeries> series;
    for (const auto& [idType, days] : totals) {
        series.push_back({idType, {}});
        for (const auto& [day, rollup] : days)
            series.back().days.push_back(describeDay(day, rollup, ratio));
    }
    return series;
}

} // namespace daymark::catalog
