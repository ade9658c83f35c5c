// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/show.h"
#include "app/cli/table.h"
#include "core/base/text.h"

namespace daymark::cli {

namespace {

std::string joined(const std::vector<std::string>& texts)
{
    std::string text;
    for (const std::string& one : texts)
        text += (text.empty() ? "" : ", ") + printable(one, 60);
    return text;
}

std::vector<std::string> numbersOf(const MetricDay& day)
{
    return {groupedDigits(day.rows),      groupedDigits(day.units),       numberText(day.sum),
            numberText(day.numeratorSum), numberText(day.denominatorSum), numberText(day.mean)};
}

std::vector<std::string> concatenated(std::vector<std::string> first,
                                      const std::vector<std::string>& second)
{
    first.insert(first.end(), second.begin(), second.end());
    return first;
}

std::vector<Table::Column> numberColumns()
{
    return {{"Rows", Align::Right},       {"Units", Align::Right},        {"Sum", Align::Right},
            {"Numerators", Align::Right}, {"Denominators", Align::Right}, {"Mean", Align::Right}};
}

} // namespace

std::string catalogText(const std::vector<MetricInfo>& metrics, const Style& style)
{
    std::vector<Table::Column> columns = {
        {"Metric"}, {"Kind"}, {"Id types"}, {"Sources"}, {"Days", Align::Right}, {"Last day"}};
    for (const Table::Column& column : numberColumns())
        columns.push_back(column);
    columns.push_back({"Clock"});
    Table table(std::move(columns));
    for (const MetricInfo& metric : metrics) {
        std::vector<std::string> cells = concatenated(
            {printable(metric.name, 130), metric.ratio ? "ratio" : "value", joined(metric.idTypes),
             joined(metric.sources), groupedDigits(metric.days),
             formatDay(metric.lastDay) + (metric.stale ? style.caution(" stale") : "")},
            numbersOf(metric.latest));
        cells.push_back(metric.clock);
        table.add(std::move(cells));
    }
    return table.text();
}

std::string metricText(const MetricInfo& metric, const Style& style)
{
    std::string text =
        factsText({{"Metric", style.bold(printable(metric.name, 130))},
                   {"Kind", metric.ratio ? "ratio" : "value"},
                   {"Id types", joined(metric.idTypes)},
                   {"Sources", joined(metric.sources)},
                   {"Days", plural(metric.days, "day") + ", " + formatDay(metric.firstDay) +
                                " to " + formatDay(metric.lastDay)},
                   {"Stale", metric.stale ? "yes: no value of late" : ""},
                   {"Clock", metric.clock}});
    std::vector<Table::Column> columns = {{"Day"}};
    for (const Table::Column& column : numberColumns())
        columns.push_back(column);
    Table table(std::move(columns));
    for (const MetricDay& day : metric.series)
        table.add(concatenated({formatDay(day.day)}, numbersOf(day)));
    return text + (table.empty() ? "" : "\n" + table.text());
}

std::string rowsText(std::span<const LandedMetricRow> rows)
{
    Table table({{"unit_id"},
                 {"id_type"},
                 {"metric_name"},
                 {"metric_value", Align::Right},
                 {"numerator", Align::Right},
                 {"denominator", Align::Right}});
    const auto number = [](const std::optional<double>& value) {
        return value ? formatDouble(*value) : std::string{};
    };
    for (const LandedMetricRow& row : rows) {
        table.add({printable(row.unitId, 80), printable(row.idType, 40),
                   printable(row.metricName, 130), number(row.value), number(row.numerator),
                   number(row.denominator)});
    }
    return table.text();
}

std::string checkText(const CheckReport& report, const Style& style)
{
    Table table({{"Severity"}, {"Code"}, {"Source"}, {"Day"}, {"Path"}, {"Message"}});
    for (const CheckFault& fault : report.faults) {
        table.add({fault.fault ? style.bad("fault") : style.dim("note"), fault.code,
                   printable(fault.source), fault.day ? formatDay(*fault.day) : "",
                   printable(fault.path, 300), printable(fault.message, 500)});
    }
    return table.text() +
           (report.ok ? style.good("✓ The ledger and the landed files agree: ")
                      : style.bad("! The ledger and the landed files differ: ")) +
           plural(report.days, "day") + ", " + plural(report.files, "file") +
           (report.versions > 0 ? ", " + plural(report.versions, "earlier version") : "") + ".\n";
}

} // namespace daymark::cli
