// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/proof_format.h"

#include "core/base/sha256.h"
#include "core/base/text.h"

#include <nlohmann/json.hpp>

namespace daymark {

namespace {

using Json = nlohmann::ordered_json;

constexpr int kVersion = 1;
constexpr std::size_t kMaxHead = 400; // bytes of the first line
constexpr std::size_t kMaxDepth = 16; // of nested lists and objects; ours has six
constexpr const char* kMark = "daymark_run";

Error isNone()
{
    return {ErrorCode::UsageInvalid, "is no proof of a run.",
            "Choose a file that `daymark-cli run export` wrote."};
}

Error isDamaged(const std::string& how)
{
    return {ErrorCode::StorageDamaged, "is not what was written: " + how + ".",
            "Export the run again, or copy the file again from where it came from."};
}

template <class T>
Json orNull(const std::optional<T>& value, std::string (*format)(T))
{
    return value ? Json(format(*value)) : Json(nullptr);
}

Json textOrNull(const std::string& text) { return text.empty() ? Json(nullptr) : Json(text); }

Json jsonOf(const ProofRule& rule)
{
    Json examples = Json::array();
    for (const RuleExample& example : rule.examples) {
        examples.push_back({{"file", textOrNull(example.file)},
                            {"row", example.row},
                            {"column", textOrNull(example.column)},
                            {"shape", example.null ? Json(nullptr) : Json(example.value)}});
    }
    return {{"code", rule.code},
            {"severity", rule.severity},
            {"count", rule.count},
            {"meaning", rule.meaning},
            {"examples", std::move(examples)}};
}

Json jsonOf(const ProofPlan& plan)
{
    Json days = Json::array();
    for (const ProofDay& day : plan.days)
        days.push_back({{"day", formatDay(day.day)}, {"state", day.state}, {"words", day.words}});
    return {{"at", formatInstant(plan.at)},
            {"today", formatDay(plan.today)},
            {"first_day", orNull(plan.firstDay, formatDay)},
            {"frontier", orNull(plan.frontier, formatDay)},
            {"next_day", orNull(plan.nextDay, formatDay)},
            {"unknown", plan.unknown},
            {"days", std::move(days)}};
}

Json jsonOf(const LandedFile& file)
{
    return {
        {"path", file.path}, {"bytes", file.bytes}, {"rows", file.rows}, {"sha256", file.sha256}};
}

template <class T>
Json listOf(const std::vector<T>& entries)
{
    Json list = Json::array();
    for (const T& entry : entries)
        list.push_back(jsonOf(entry));
    return list;
}

Json jsonOf(const RunProof& proof)
{
    Json settings = Json::object();
    for (const auto& [name, value] : proof.settings)
        settings[name] = value;
    return {{"program", proof.program},
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
            {"finished_at", orNull(proof.finishedAt, formatInstant)},
            {"seconds", proof.seconds},
            {"actor", textOrNull(proof.actor)},
            {"reason", textOrNull(proof.reason)},
            {"note", textOrNull(proof.note)},
            {"replaces", proof.replaces ? Json(proof.replaces->value) : Json(nullptr)},
            {"error", proof.errorCode
                          ? Json{{"code", *proof.errorCode}, {"message", proof.errorMessage}}
                          : Json(nullptr)},
            {"settings", std::move(settings)},
            {"plan", jsonOf(proof.plan)},
            {"files", listOf(proof.files)},
            {"fingerprint", textOrNull(proof.fingerprint)},
            {"rules", listOf(proof.rules)}};
}

/// How deep lists and objects are nested in each other, before anything is built from them.
bool isTooDeep(std::string_view text)
{
    std::size_t depth = 0;
    bool inText = false;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const char c = text[at];
        if (inText) {
            at += c == '\\' ? 1 : 0;
            inText = c != '"';
        } else if (c == '"') {
            inText = true;
        } else if (c == '[' || c == '{') {
            if (++depth > kMaxDepth)
                return true;
        } else if ((c == ']' || c == '}') && depth > 0) {
            --depth;
        }
    }
    return false;
}

/// Thrown by what follows and caught by parseProof(), as the library's own exceptions are.
class NoProof : public std::exception
{};

template <class T>
T needed(const std::optional<T>& value)
{
    if (!value)
        throw NoProof();
    return *value;
}

std::string textAt(const Json& json, const char* key)
{
    const Json& value = json.at(key);
    return value.is_null() ? std::string() : value.get<std::string>();
}

Day dayAt(const Json& json, const char* key) { return needed(parseDay(textAt(json, key))); }

Instant instantAt(const Json& json, const char* key)
{
    return needed(parseInstant(textAt(json, key)));
}

std::optional<Day> maybeDayAt(const Json& json, const char* key)
{
    return json.at(key).is_null() ? std::nullopt : std::optional(dayAt(json, key));
}

ProofPlan planOf(const Json& json)
{
    ProofPlan plan;
    plan.at = instantAt(json, "at");
    plan.today = dayAt(json, "today");
    plan.firstDay = maybeDayAt(json, "first_day");
    plan.frontier = maybeDayAt(json, "frontier");
    plan.nextDay = maybeDayAt(json, "next_day");
    plan.unknown = json.at("unknown").get<std::vector<std::string>>();
    for (const Json& day : json.at("days"))
        plan.days.push_back({dayAt(day, "day"), textAt(day, "state"), textAt(day, "words")});
    return plan;
}

ProofRule ruleOf(const Json& json)
{
    ProofRule rule;
    rule.code = textAt(json, "code");
    rule.severity = textAt(json, "severity");
    rule.count = json.at("count").get<std::uint64_t>();
    rule.meaning = textAt(json, "meaning");
    for (const Json& entry : json.at("examples")) {
        RuleExample example;
        example.file = textAt(entry, "file");
        example.row = entry.at("row").get<std::uint64_t>();
        example.column = textAt(entry, "column");
        example.null = entry.at("shape").is_null();
        example.value = textAt(entry, "shape");
        rule.examples.push_back(std::move(example));
    }
    return rule;
}

void readParts(const Json& json, RunProof& proof)
{
    for (const auto& setting : json.at("settings").items())
        proof.settings.emplace_back(setting.key(), setting.value().get<std::string>());
    proof.plan = planOf(json.at("plan"));
    for (const Json& file : json.at("files"))
        proof.files.push_back({textAt(file, "path"), file.at("bytes").get<std::uint64_t>(),
                               textAt(file, "sha256"), file.at("rows").get<std::uint64_t>()});
    proof.fingerprint = textAt(json, "fingerprint");
    for (const Json& rule : json.at("rules"))
        proof.rules.push_back(ruleOf(rule));
}

RunProof proofOf(const Json& json)
{
    RunProof proof;
    proof.program = textAt(json, "program");
    proof.writtenAt = instantAt(json, "written_at");
    proof.run = {json.at("run").get<std::int64_t>()};
    proof.source = textAt(json, "source");
    proof.day = dayAt(json, "day");
    proof.state = textAt(json, "state");
    proof.rowsRead = json.at("rows_read").get<std::uint64_t>();
    proof.accepted = json.at("accepted").get<std::uint64_t>();
    proof.rejected = json.at("rejected").get<std::uint64_t>();
    proof.duplicates = json.at("duplicates").get<std::uint64_t>();
    proof.startedAt = instantAt(json, "started_at");
    if (!json.at("finished_at").is_null())
        proof.finishedAt = instantAt(json, "finished_at");
    proof.seconds = json.at("seconds").get<double>();
    proof.actor = textAt(json, "actor");
    proof.reason = textAt(json, "reason");
    proof.note = textAt(json, "note");
    if (!json.at("replaces").is_null())
        proof.replaces = RunId{json.at("replaces").get<std::int64_t>()};
    if (const Json& error = json.at("error"); !error.is_null()) {
        proof.errorCode = textAt(error, "code");
        proof.errorMessage = textAt(error, "message");
    }
    readParts(json, proof);
    return proof;
}

/// The first line: what the rest must be.
struct Head
{
    int version = 0;
    std::uint64_t bytes = 0;
    std::string sha256;
};

/// None for a line that does not begin such a file.
std::optional<Head> headOf(std::string_view line)
{
    if (line.size() > kMaxHead || isTooDeep(line))
        return std::nullopt;
    const Json json = Json::parse(line, nullptr, false);
    if (!json.is_object() || !json.contains(kMark) || !json.at(kMark).is_number_integer())
        return std::nullopt;
    Head head;
    head.version = json.at(kMark).get<int>();
    if (head.version != kVersion)
        return head;
    head.bytes = json.at("bytes").get<std::uint64_t>();
    head.sha256 = json.at("sha256").get<std::string>();
    return head;
}

Result<RunProof> parse(std::string_view text)
{
    const std::size_t end = text.find('\n');
    const auto head = headOf(text.substr(0, end));
    if (!head)
        return fail(isNone());
    if (head->version != kVersion)
        return fail(ErrorCode::WorkspaceNewer,
                    "has version " + std::to_string(head->version) +
                        " of its format; this program knows version " + std::to_string(kVersion) +
                        ".",
                    "Open it with the newer program that wrote it.");
    const std::string_view body =
        end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
    if (body.size() != head->bytes)
        return fail(isDamaged("it has " + groupedDigits(body.size()) + " bytes where " +
                              groupedDigits(head->bytes) + " were"));
    if (sha256Of(body) != head->sha256)
        return fail(isDamaged("its checksum does not fit"));
    if (isTooDeep(body))
        return fail(isNone());
    RunProof proof = proofOf(Json::parse(body));
    proof.sha256 = head->sha256;
    return proof;
}

} // namespace

std::string proofBody(const RunProof& proof)
{
    return jsonOf(proof).dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string proofText(const RunProof& proof)
{
    const std::string body = proofBody(proof);
    const Json head = {{kMark, kVersion}, {"bytes", body.size()}, {"sha256", sha256Of(body)}};
    return head.dump() + "\n" + body;
}

Result<RunProof> parseProof(std::string_view text)
{
    try {
        return parse(text);
    } catch (const std::exception&) {
        return fail(isNone());
    }
}

} // namespace daymark
