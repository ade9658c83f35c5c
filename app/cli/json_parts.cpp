// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/json_parts.h"

#include "app/cli/json_out.h"

#include <nlohmann/json.hpp>

#include <cmath>

namespace daymark::cli {

namespace {

Json exampleJson(const RuleExample& example)
{
    Json json{{"row", example.row},
              {"column", textOrNull(example.column)},
              {"value", example.null ? Json(nullptr) : Json(example.value)}};
    if (!example.file.empty())
        json["file"] = example.file;
    return json;
}

} // namespace

std::string documentText(const Json& json)
{
    return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

Json textOrNull(const std::string& text) { return text.empty() ? Json(nullptr) : Json(text); }

Json toJson(const std::optional<Day>& day) { return day ? Json(formatDay(*day)) : Json(nullptr); }

Json toJson(const std::optional<Instant>& instant)
{
    return instant ? Json(formatInstant(*instant)) : Json(nullptr);
}

Json toJson(const std::optional<std::uint64_t>& number)
{
    return number ? Json(*number) : Json(nullptr);
}

Json toJson(const std::optional<double>& number)
{
    return number && std::isfinite(*number) ? Json(*number) : Json(nullptr);
}

Json toJson(const std::optional<RunId>& run) { return run ? Json(run->value) : Json(nullptr); }

Json toJson(const std::optional<Error>& error)
{
    if (!error)
        return nullptr;
    return {{"code", errorName(error->code)},
            {"message", error->message},
            {"hint", textOrNull(error->hint)}};
}

Json toJson(const std::vector<SchemaFinding>& findings)
{
    Json list = Json::array();
    for (const SchemaFinding& finding : findings) {
        list.push_back({{"code", finding.code},
                        {"severity", severityName(finding.severity)},
                        {"column", textOrNull(finding.column)},
                        {"message", finding.message}});
    }
    return list;
}

Json toJson(const std::vector<RuleCount>& rules)
{
    Json list = Json::array();
    for (const RuleCount& rule : rules) {
        Json examples = Json::array();
        for (const RuleExample& example : rule.examples)
            examples.push_back(exampleJson(example));
        list.push_back({{"code", ruleSpec(rule.rule).code},
                        {"severity", severityName(rule.severity)},
                        {"count", rule.count},
                        {"message", textOrNull(rule.message)},
                        {"examples", std::move(examples)}});
    }
    return list;
}

Json toJson(const PollReport& poll)
{
    const auto days = [](const std::vector<Day>& list) {
        Json texts = Json::array();
        for (const Day day : list)
            texts.push_back(formatDay(day));
        return texts;
    };
    return {{"source", poll.source},
            {"ok", poll.ok},
            {"signals", poll.signalCount},
            {"added", days(poll.added)},
            {"withdrawn", days(poll.withdrawn)},
            {"findings", toJson(poll.findings)},
            {"error", toJson(poll.error)}};
}

Json toJson(const std::map<std::string, std::string>& pairs)
{
    Json object = Json::object();
    for (const auto& [key, value] : pairs)
        object[key] = value;
    return object;
}

std::string errorJson(const Error& error)
{
    return documentText({{"error", toJson(std::optional<Error>(error))}});
}

std::string versionJson(const std::string& version,
                        const std::vector<std::pair<std::string, std::string>>& libraries)
{
    Json list = Json::object();
    for (const auto& [library, itsVersion] : libraries)
        list[library] = itsVersion;
    return documentText({{"version", version}, {"libraries", std::move(list)}});
}

std::string helpJson(const std::string& text) { return documentText({{"help", text}}); }

std::string workspaceJson(const std::filesystem::path& workspace)
{
    return documentText({{"workspace", workspace.string()}});
}

std::string checkJson(const CheckReport& report)
{
    Json faults = Json::array();
    Json notes = Json::array();
    for (const CheckFault& fault : report.faults) {
        (fault.fault ? faults : notes)
            .push_back({{"code", fault.code},
                        {"path", textOrNull(fault.path)},
                        {"source", textOrNull(fault.source)},
                        {"day", toJson(fault.day)},
                        {"message", fault.message}});
    }
    return documentText({{"ok", report.ok},
                         {"days", report.days},
                         {"files", report.files},
                         {"faults", std::move(faults)},
                         {"notes", std::move(notes)},
                         {"versions", report.versions}});
}

std::string idTypesJson(const std::vector<std::string>& idTypes)
{
    return documentText({{"id_types", idTypes}});
}

} // namespace daymark::cli
