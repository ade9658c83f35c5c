// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/json_out.h"
#include "app/cli/json_parts.h"

#include <nlohmann/json.hpp>

namespace daymark::cli {

namespace {

Json kindOf(std::uint64_t rows, bool ratio)
{
    return rows == 0 ? Json(nullptr) : Json(ratio ? "ratio" : "value");
}

/// How many rows of a metric, or of a day, are other ones; null where that is not known.
Json countOf(std::uint64_t rows, bool known) { return known ? Json(rows) : Json(nullptr); }

Json jsonOf(const MetricImpact& metric, bool exact)
{
    const bool known = exact || metric.rowsBefore == 0 || metric.rowsAfter == 0;
    return {{"metric", metric.metric},
            {"id_type", metric.idType},
            {"rows_before", metric.rowsBefore},
            {"rows_after", metric.rowsAfter},
            {"added", countOf(metric.added, known)},
            {"removed", countOf(metric.removed, known)},
            {"changed", countOf(metric.changed, known)},
            {"sum_before", toJson(metric.sumBefore)},
            {"sum_after", toJson(metric.sumAfter)},
            {"numerator_sum_before", toJson(metric.numeratorBefore)},
            {"numerator_sum_after", toJson(metric.numeratorAfter)},
            {"denominator_sum_before", toJson(metric.denominatorBefore)},
            {"denominator_sum_after", toJson(metric.denominatorAfter)},
            {"kind_before", kindOf(metric.rowsBefore, metric.wasRatio)},
            {"kind_after", kindOf(metric.rowsAfter, metric.isRatio)},
            {"kind_flips", metric.kindFlips()}};
}

Json runOrNull(RunId run) { return run ? Json(run.value) : Json(nullptr); }

Json jsonOf(const VersionInfo& version)
{
    return {{"run", version.run.value},
            {"state", runStateName(version.state)},
            {"current", version.current},
            {"kept", version.kept},
            {"rows", version.rows},
            {"rejected", version.rejected},
            {"landed_at", toJson(version.landedAt)},
            {"retired_at", toJson(version.retiredAt)},
            {"kept_until", toJson(version.keptUntil)},
            {"actor", textOrNull(version.actor)},
            {"reason", textOrNull(version.reason)}};
}

Json jsonOf(const RecheckInfo& info)
{
    return {{"day", formatDay(info.day)},
            {"checked_at", formatInstant(info.at)},
            {"changed", info.changed},
            {"difference", textOrNull(info.difference)},
            {"changed_percent", toJson(info.changedPercent)},
            {"impact", info.impact ? toJson(*info.impact) : Json(nullptr)},
            {"error", toJson(info.error)}};
}

} // namespace

Json toJson(const DayImpact& impact)
{
    Json metrics = Json::array();
    for (const MetricImpact& metric : impact.metrics)
        metrics.push_back(jsonOf(metric, impact.exact));
    return {{"source", impact.source},
            {"day", formatDay(impact.day)},
            {"replaces", runOrNull(impact.replaced)},
            {"run", runOrNull(impact.by)},
            {"rows_before", impact.rowsBefore},
            {"rows_after", impact.rowsAfter},
            {"rejected_before", impact.rejectedBefore},
            {"rejected_after", impact.rejectedAfter},
            {"added", countOf(impact.added, impact.exact)},
            {"removed", countOf(impact.removed, impact.exact)},
            {"changed", countOf(impact.changed, impact.exact)},
            {"exact", impact.exact},
            {"same", impact.same},
            {"fingerprint", impact.fingerprint},
            {"metrics", std::move(metrics)}};
}

std::string rollbackJson(const RollbackReport& report, bool dryRun)
{
    return documentText({{"source", report.impact.source},
                         {"day", formatDay(report.impact.day)},
                         {"run", runOrNull(report.impact.by)},
                         {"rolled_back", runOrNull(report.impact.replaced)},
                         {"done", report.done},
                         {"dry_run", dryRun},
                         {"impact", toJson(report.impact)}});
}

std::string versionsJson(const std::string& source, Day day,
                         const std::vector<VersionInfo>& versions)
{
    Json list = Json::array();
    for (const VersionInfo& version : versions)
        list.push_back(jsonOf(version));
    return documentText(
        {{"source", source}, {"day", formatDay(day)}, {"versions", std::move(list)}});
}

std::string rechecksJson(const std::string& source, const std::map<Day, std::string>& damaged,
                         const std::vector<RecheckInfo>& rechecks)
{
    Json list = Json::array();
    for (const RecheckInfo& info : rechecks) {
        list.push_back(jsonOf(info));
        const auto damage = damaged.find(info.day);
        list.back()["damage"] = damage == damaged.end() ? Json(nullptr) : Json(damage->second);
    }
    return documentText({{"source", source}, {"days", std::move(list)}});
}

} // namespace daymark::cli
