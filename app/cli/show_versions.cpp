// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/show.h"
#include "app/cli/table.h"
#include "core/base/text.h"

#include <algorithm>

namespace daymark::cli {

namespace {

constexpr std::size_t kMetricsShown = 30;

std::string moveText(const std::optional<double>& before, const std::optional<double>& after)
{
    if (!before && !after)
        return {};
    if (before == after)
        return numberText(before);
    return (before ? numberText(before) : "none") + " → " + (after ? numberText(after) : "none");
}

std::string kindText(const MetricImpact& metric, const Style& style)
{
    const auto name = [](bool ratio) { return std::string(ratio ? "ratio" : "value"); };
    if (metric.kindFlips())
        return style.caution(name(metric.wasRatio) + " → " + name(metric.isRatio));
    const std::string kind = name(metric.rowsAfter > 0 ? metric.isRatio : metric.wasRatio);
    if (metric.rowsBefore == 0)
        return kind + ", new";
    return metric.rowsAfter == 0 ? style.caution(kind + ", gone") : kind;
}

/// How many rows of a metric are other ones, as far as that is known.
std::string countIn(const MetricImpact& metric, std::uint64_t rows, const DayImpact& impact)
{
    const bool known = impact.exact || metric.rowsBefore == 0 || metric.rowsAfter == 0;
    return known ? groupedDigits(rows) : "?";
}

std::string metricsText(const DayImpact& impact, const Style& style)
{
    Table table({{"Metric"},
                 {"Id type"},
                 {"Kind"},
                 {"Rows", Align::Right},
                 {"Added", Align::Right},
                 {"Removed", Align::Right},
                 {"Changed", Align::Right},
                 {"Sum"},
                 {"Numerator"},
                 {"Denominator"}});
    const std::size_t shown = std::min(impact.metrics.size(), kMetricsShown);
    for (std::size_t i = 0; i < shown; ++i) {
        const MetricImpact& metric = impact.metrics[i];
        table.add(
            {printable(metric.metric, 130), printable(metric.idType, 40), kindText(metric, style),
             groupedDigits(metric.rowsBefore) + " → " + groupedDigits(metric.rowsAfter),
             countIn(metric, metric.added, impact), countIn(metric, metric.removed, impact),
             countIn(metric, metric.changed, impact), moveText(metric.sumBefore, metric.sumAfter),
             moveText(metric.numeratorBefore, metric.numeratorAfter),
             moveText(metric.denominatorBefore, metric.denominatorAfter)});
    }
    std::string text = table.text();
    if (impact.metrics.size() > shown)
        text += "and " + plural(impact.metrics.size() - shown, "further metric") +
                "; --json names "
                "them all.\n";
    return text;
}

} // namespace

std::string impactText(const DayImpact& impact, const Style& style)
{
    std::string text = style.bold(printable(impact.source) + " " + formatDay(impact.day)) + ": ";
    if (impact.same) {
        text += "the same " + plural(impact.rowsAfter, "row") + " as in run " +
                std::to_string(impact.replaced.value) + ".\n";
    } else {
        text += plural(impact.rowsAfter, "row") + " in the place of the " +
                groupedDigits(impact.rowsBefore) + " of run " +
                std::to_string(impact.replaced.value);
        text += impact.exact ? ": " + groupedDigits(impact.added) + " added, " +
                                   groupedDigits(impact.removed) + " removed, " +
                                   groupedDigits(impact.changed) + " changed.\n"
                             : "; they could not be compared one by one.\n";
    }
    if (impact.rejectedBefore != impact.rejectedAfter)
        text += plural(impact.rejectedAfter, "row") + " rejected where " +
                groupedDigits(impact.rejectedBefore) + " were.\n";
    return impact.metrics.empty() ? text : text + metricsText(impact, style);
}

std::string rollbackText(const RollbackReport& report, const Style& style)
{
    return style.good("✓ ") + printable(report.impact.source) + " " + formatDay(report.impact.day) +
           " is as run " + std::to_string(report.impact.by.value) + " landed it.\n";
}

std::string versionsText(const std::vector<VersionInfo>& versions, const Style& style)
{
    Table table({{"Run", Align::Right},
                 {"State"},
                 {"Rows", Align::Right},
                 {"Rejected", Align::Right},
                 {"Landed"},
                 {"Replaced"},
                 {"Kept"},
                 {"Asked for by"},
                 {"Reason"}});
    for (const VersionInfo& version : versions) {
        const std::string kept = version.current ? "current"
                                 : version.kept  ? "until " + instantText(version.keptUntil)
                                                 : "not kept";
        table.add({std::to_string(version.run.value), runStateText(version.state, style),
                   groupedDigits(version.rows), groupedDigits(version.rejected),
                   instantText(version.landedAt), instantText(version.retiredAt), kept,
                   printable(version.actor), printable(version.reason, 200)});
    }
    return table.empty() ? "" : table.text();
}

std::string rechecksText(const std::vector<RecheckInfo>& rechecks,
                         const std::map<Day, std::string>& damaged, const Style& style)
{
    Table table({{"Day"}, {"Result"}, {"What differs"}});
    std::string errors;
    for (const RecheckInfo& info : rechecks) {
        table.add({formatDay(info.day),
                   info.error     ? style.bad("! not looked at")
                   : info.changed ? style.caution("≠ changed")
                                  : style.good("✓ as it landed"),
                   printable(info.difference, 500)});
        if (info.error)
            errors += errorText(*info.error, style);
        if (const auto damage = damaged.find(info.day); damage != damaged.end())
            errors += style.caution("! ") + "The landed files of " + formatDay(info.day) +
                      " are damaged, whatever its source holds: " + printable(damage->second, 500) +
                      "\n";
    }
    return (table.empty() ? "" : table.text()) + errors;
}

} // namespace daymark::cli
