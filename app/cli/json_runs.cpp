// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/json_out.h"
#include "app/cli/json_parts.h"

#include <nlohmann/json.hpp>

namespace daymark::cli {

namespace {

Json jsonOf(const RunInfo& run)
{
    return {{"id", run.id.value},
            {"source", run.source},
            {"day", formatDay(run.day)},
            {"state", runStateName(run.state)},
            {"rows_read", run.rowsRead},
            {"accepted", run.accepted},
            {"rejected", run.rejected},
            {"duplicates", run.duplicates},
            {"started_at", formatInstant(run.startedAt)},
            {"finished_at", toJson(run.finishedAt)},
            {"seconds", run.seconds},
            {"files", run.files},
            {"rejects_file", textOrNull(run.rejectsFile)},
            {"error", toJson(run.error)},
            {"replaces", toJson(run.replaces)},
            {"reason", textOrNull(run.reason)}};
}

Json listOf(std::span<const RunInfo> runs)
{
    Json list = Json::array();
    for (const RunInfo& run : runs)
        list.push_back(jsonOf(run));
    return list;
}

} // namespace

std::string reimportJson(const ReimportReport& report, bool dryRun,
                         const std::vector<CalendarDay>& notLanded)
{
    Json left = Json::array();
    for (const CalendarDay& day : notLanded)
        left.push_back({{"day", formatDay(day.planned.day)}, {"reason", day.description}});
    Json impacts = Json::array();
    for (const DayImpact& impact : report.impacts)
        impacts.push_back(toJson(impact));
    Json troubles = Json::array();
    for (const auto& trouble : report.import.waiting)
        troubles.push_back(trouble.second);
    return documentText({{"runs", listOf(report.import.runs)},
                         {"failed", report.import.failed},
                         {"impacts", std::move(impacts)},
                         {"refused", report.refused},
                         {"dry_run", dryRun},
                         {"troubles", std::move(troubles)},
                         {"not_landed", std::move(left)},
                         {"cancelled", report.import.cancelled}});
}

std::string importJson(const ImportReport& report)
{
    Json polls = Json::array();
    for (const PollReport& poll : report.polls)
        polls.push_back(toJson(poll));
    Json waiting = Json::array();
    for (const auto& [source, sentence] : report.waiting)
        waiting.push_back({{"source", source}, {"sentence", sentence}});
    return documentText({{"runs", listOf(report.runs)},
                         {"failed", report.failed},
                         {"polls", std::move(polls)},
                         {"waiting", std::move(waiting)},
                         {"cancelled", report.cancelled}});
}

std::string runsJson(std::span<const RunInfo> runs, bool more)
{
    return documentText({{"runs", listOf(runs)}, {"more", more}});
}

std::string runJson(const RunInfo& run)
{
    Json json = jsonOf(run);
    Json timings = Json::array();
    for (const PhaseTiming& timing : run.timings)
        timings.push_back({{"phase", timing.phase}, {"seconds", timing.seconds}});
    json["rules"] = toJson(run.rules);
    json["timings"] = std::move(timings);
    json["note"] = textOrNull(run.note);
    json["actor"] = textOrNull(run.actor);
    json["heartbeat"] = toJson(run.heartbeat);
    return documentText(json);
}

} // namespace daymark::cli
