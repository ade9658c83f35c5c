// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/json_out.h"
#include "app/cli/json_parts.h"

#include <nlohmann/json.hpp>

namespace daymark::cli {

namespace {

Json jsonOf(const MetricDay& day)
{
    return {{"day", formatDay(day.day)},
            {"rows", day.rows},
            {"units", day.units},
            {"sum", toJson(day.sum)},
            {"numerator_sum", toJson(day.numeratorSum)},
            {"denominator_sum", toJson(day.denominatorSum)},
            {"mean", toJson(day.mean)},
            {"minimum", toJson(day.minimum)},
            {"maximum", toJson(day.maximum)},
            {"sum_squares", toJson(day.sumSquares)},
            {"zero_denominators", day.zeroDenominators}};
}

Json jsonOf(const MetricInfo& metric)
{
    return {{"name", metric.name},
            {"kind", metric.ratio ? "ratio" : "value"},
            {"id_types", metric.idTypes},
            {"sources", metric.sources},
            {"first_day", formatDay(metric.firstDay)},
            {"last_day", formatDay(metric.lastDay)},
            {"days", metric.days},
            {"stale", metric.stale},
            {"clock", metric.clock},
            {"latest", jsonOf(metric.latest)}};
}

} // namespace

std::string catalogJson(const std::vector<MetricInfo>& metrics)
{
    Json list = Json::array();
    for (const MetricInfo& metric : metrics)
        list.push_back(jsonOf(metric));
    return documentText({{"metrics", std::move(list)}});
}

std::string metricJson(const MetricInfo& metric)
{
    Json json = jsonOf(metric);
    Json series = Json::array();
    for (const MetricDay& day : metric.series)
        series.push_back(jsonOf(day));
    json["series"] = std::move(series);
    return documentText(json);
}

std::string rowsJson(const std::string& source, Day day, std::span<const LandedMetricRow> rows,
                     bool more)
{
    Json list = Json::array();
    for (const LandedMetricRow& row : rows) {
        list.push_back({{"unit_id", row.unitId},
                        {"id_type", row.idType},
                        {"metric_name", row.metricName},
                        {"metric_value", toJson(row.value)},
                        {"numerator", toJson(row.numerator)},
                        {"denominator", toJson(row.denominator)}});
    }
    return documentText(
        {{"source", source}, {"day", formatDay(day)}, {"rows", std::move(list)}, {"more", more}});
}

std::string exportJson(const std::string& file, std::uint64_t rows)
{
    return documentText({{"file", file}, {"rows", rows}});
}

} // namespace daymark::cli
