// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/json_out.h"
#include "app/cli/json_parts.h"
#include "app/cli/proofs.h"

#include <nlohmann/json.hpp>

namespace daymark::cli {

namespace {

Json planJson(const ProofPlan& plan)
{
    Json days = Json::array();
    for (const ProofDay& day : plan.days)
        days.push_back({{"day", formatDay(day.day)}, {"state", day.state}, {"words", day.words}});
    return {{"at", formatInstant(plan.at)},
            {"today", formatDay(plan.today)},
            {"first_day", toJson(plan.firstDay)},
            {"frontier", toJson(plan.frontier)},
            {"next_day", toJson(plan.nextDay)},
            {"unknown", plan.unknown},
            {"days", std::move(days)}};
}

Json rulesJson(const std::vector<ProofRule>& rules)
{
    Json list = Json::array();
    for (const ProofRule& rule : rules) {
        Json examples = Json::array();
        for (const RuleExample& example : rule.examples)
            examples.push_back({{"file", textOrNull(example.file)},
                                {"row", example.row},
                                {"column", textOrNull(example.column)},
                                {"shape", example.null ? Json(nullptr) : Json(example.value)}});
        list.push_back({{"code", rule.code},
                        {"severity", rule.severity},
                        {"count", rule.count},
                        {"meaning", rule.meaning},
                        {"examples", std::move(examples)}});
    }
    return list;
}

Json filesJson(const std::vector<LandedFile>& files)
{
    Json list = Json::array();
    for (const LandedFile& file : files)
        list.push_back({{"path", file.path},
                        {"bytes", file.bytes},
                        {"rows", file.rows},
                        {"sha256", file.sha256}});
    return list;
}

} // namespace

std::string runExportJson(const std::string& file, RunId run)
{
    return documentText({{"file", file}, {"run", run.value}});
}

std::string proofJson(const std::string& file, const RunProof& proof)
{
    Json settings = Json::object();
    for (const auto& [name, value] : proof.settings)
        settings[name] = value;
    Json error = nullptr;
    if (proof.errorCode)
        error = Json{{"code", *proof.errorCode}, {"message", proof.errorMessage}};
    return documentText({{"file", file},
                         {"ok", true},
                         {"sha256", proof.sha256},
                         {"program", proof.program},
                         {"written_at", formatInstant(proof.writtenAt)},
                         {"run", proof.run.value},
                         {"source", proof.source},
                         {"day", formatDay(proof.day)},
                         {"state", proof.state},
                         {"rows_read", proof.rowsRead},
                         {"accepted", proof.accepted},
                         {"rejected", proof.rejected},
                         {"duplicates", proof.duplicates},
                         {"started_at", formatInstant(proof.startedAt)},
                         {"finished_at", toJson(proof.finishedAt)},
                         {"seconds", proof.seconds},
                         {"actor", textOrNull(proof.actor)},
                         {"reason", textOrNull(proof.reason)},
                         {"note", textOrNull(proof.note)},
                         {"replaces", toJson(proof.replaces)},
                         {"error", std::move(error)},
                         {"settings", std::move(settings)},
                         {"plan", planJson(proof.plan)},
                         {"files", filesJson(proof.files)},
                         {"fingerprint", textOrNull(proof.fingerprint)},
                         {"rules", rulesJson(proof.rules)}});
}

} // namespace daymark::cli
