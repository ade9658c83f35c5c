// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/json_out.h"
#include "app/cli/json_parts.h"

#include <nlohmann/json.hpp>

namespace daymark::cli {

namespace {

Json jsonOf(const SourceInfo& source)
{
    const SourceConfig& config = source.config;
    const Policy& policy = source.policy;
    return {{"id", source.id.value},
            {"name", config.name},
            {"kind", config.kind},
            {"dataset", dataset(config.dataset).name},
            {"enabled", source.enabled},
            {"uri", config.uri},
            {"table", textOrNull(config.table)},
            {"query", textOrNull(config.query)},
            {"signal_table", textOrNull(config.signalTable)},
            {"data_place", textOrNull(source.dataPlace)},
            {"signal_place", textOrNull(source.signalPlace)},
            {"map", toJson(config.columnMap)},
            {"format", toJson(config.format)},
            {"order", policy.order == DayOrder::Strict ? "strict" : "high-water"},
            {"unit_day", unitDayName(config.unitDay)},
            {"horizon_days", policy.horizonDays},
            {"first_day", toJson(policy.firstDay)},
            {"time_zone", policy.timeZone},
            {"tolerance", policy.tolerancePercent},
            {"poll_minutes", policy.pollMinutes},
            {"staleness_days", policy.stalenessDays},
            {"recheck", recheckName(policy.recheck)},
            {"recheck_days", policy.recheckDays},
            {"reimport_automatically_above", toJson(policy.reimportAbovePercent)},
            {"schema_changes",
             {{"gone", schemaActionName(policy.columnGone)},
              {"new", schemaActionName(policy.columnNew)},
              {"type", schemaActionName(policy.columnType)}}},
            {"schema_break", textOrNull(source.schemaBreak)},
            {"keep_versions", policy.keepVersions},
            {"keep_days", policy.keepDays},
            {"last_poll", toJson(source.poll.last)},
            {"next_poll", toJson(source.poll.next)},
            {"missed_since", toJson(source.poll.missedSince)},
            {"poll_error", toJson(source.poll.error)},
            {"poll_failures", source.poll.failures},
            {"created_at", formatInstant(source.createdAt)}};
}

} // namespace

std::string sourceJson(const SourceInfo& source) { return documentText(jsonOf(source)); }

std::string sourceEnabledJson(const std::string& name, bool enabled)
{
    return documentText({{"source", name}, {"enabled", enabled}});
}

std::string sourcesJson(const std::vector<SourceInfo>& sources, const std::vector<KeptSource>& kept)
{
    Json list = Json::array();
    for (const SourceInfo& source : sources)
        list.push_back(jsonOf(source));
    Json keptList = Json::array();
    for (const KeptSource& source : kept) {
        keptList.push_back({{"name", source.name},
                            {"dataset", source.dataset},
                            {"days", source.days},
                            {"first_day", toJson(source.firstDay)},
                            {"last_day", toJson(source.lastDay)}});
    }
    Json json{{"sources", std::move(list)}};
    if (!kept.empty())
        json["kept"] = std::move(keptList);
    return documentText(json);
}

std::string sourceSavedJson(const SourceSaved& saved)
{
    return documentText({{"source", jsonOf(saved.source)},
                         {"findings", toJson(saved.findings)},
                         {"unreachable", toJson(saved.unreachable)},
                         {"taken_up_days", saved.takenUp}});
}

std::string sourceRemovedJson(const std::string& name, bool keptData)
{
    return documentText({{"removed", name}, {"kept_data", keptData}});
}

std::string sourceSecretJson(const std::string& name, bool stored)
{
    return documentText({{"source", name}, {"stored", stored}});
}

std::string sourceAcceptedJson(const std::string& name, const std::vector<SourceColumn>& columns)
{
    Json list = Json::array();
    for (const SourceColumn& column : columns)
        list.push_back({{"name", column.name}, {"type", textOrNull(column.typeName)}});
    return documentText({{"source", name}, {"columns", std::move(list)}});
}

std::string sourceDdlJson(const std::string& kind, const std::string& statements)
{
    return documentText({{"kind", kind}, {"statements", statements}});
}

std::string sourceTestJson(const std::string& name, const SourceTest& test)
{
    Json steps = Json::array();
    for (const TestStepInfo& step : test.steps) {
        steps.push_back({{"name", step.name},
                         {"ok", step.ok},
                         {"warning", step.warning},
                         {"message", step.message},
                         {"hint", textOrNull(step.hint)}});
    }
    return documentText({{"source", name},
                         {"ok", test.ok},
                         {"steps", std::move(steps)},
                         {"findings", toJson(test.findings)},
                         {"mapping", toJson(test.mapping)},
                         {"columns", test.columns},
                         {"signals", test.signalCount},
                         {"first_signal", toJson(test.firstSignal)},
                         {"last_signal", toJson(test.lastSignal)}});
}

std::string previewJson(const Preview& preview)
{
    return documentText({{"source", preview.source},
                         {"day", toJson(preview.day)},
                         {"schema", toJson(preview.schema)},
                         {"rows_read", preview.rowsRead},
                         {"accepted", preview.accepted},
                         {"rejected", preview.rejected},
                         {"duplicates", preview.duplicates},
                         {"rules", toJson(preview.rules)},
                         {"whole_day", preview.wholeDay},
                         {"suspicions", toJson(preview.suspicions)}});
}

} // namespace daymark::cli
