// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/notice_file.h"

#include "core/base/file.h"

#include <nlohmann/json.hpp>

#include <fstream>
#include <sstream>
#include <stdexcept>

namespace daymark {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

namespace {

constexpr const char* kFile = "notices.json";
constexpr std::uintmax_t kLargestFile = 4 << 20; // bytes
constexpr NoticeKind kKinds[] = {NoticeKind::Failure,        NoticeKind::Gap,
                                 NoticeKind::Overdue,        NoticeKind::Recovery,
                                 NoticeKind::PollingStopped, NoticeKind::Test};

// What cannot be read ends in readNotices().

NoticeKind kindOf(const std::string& name)
{
    for (const NoticeKind kind : kKinds)
        if (noticeName(kind) == name)
            return kind;
    throw std::invalid_argument("kind");
}

Instant instantOf(const Json& json)
{
    const auto instant = parseInstant(json.get<std::string>());
    if (!instant)
        throw std::invalid_argument("instant");
    return *instant;
}

Day dayOf(const Json& json)
{
    const auto day = parseDay(json.get<std::string>());
    if (!day)
        throw std::invalid_argument("day");
    return *day;
}

Json toJson(const Delivery& delivery)
{
    return {{"at", formatInstant(delivery.at)}, {"ok", delivery.ok}, {"words", delivery.words}};
}

std::optional<Delivery> deliveryOf(const Json& json, const char* key)
{
    if (!json.contains(key))
        return std::nullopt;
    const Json& kept = json.at(key);
    return Delivery{instantOf(kept.at("at")), kept.at("ok").get<bool>(),
                    kept.at("words").get<std::string>()};
}

Json toJson(const Notice& notice)
{
    Json days = Json::array();
    for (const Day day : notice.days)
        days.push_back(formatDay(day));
    return {{"id", notice.id},      {"kind", noticeName(notice.kind)}, {"source", notice.source},
            {"days", days},         {"at", formatInstant(notice.at)},  {"title", notice.title},
            {"words", notice.words}};
}

Notice noticeOf(const Json& json)
{
    Notice notice;
    notice.id = json.at("id").get<std::string>();
    notice.kind = kindOf(json.at("kind").get<std::string>());
    notice.source = json.at("source").get<std::string>();
    for (const Json& day : json.at("days"))
        notice.days.push_back(dayOf(day));
    notice.at = instantOf(json.at("at"));
    notice.title = json.at("title").get<std::string>();
    notice.words = json.at("words").get<std::string>();
    return notice;
}

Json toJson(const std::map<std::string, ToldMatters>& told)
{
    Json sources = Json::object();
    for (const auto& [source, matters] : told) {
        Json& listed = sources[source] = Json::object();
        for (const auto& [key, matter] : matters) {
            listed[key] = {{"kind", noticeName(matter.kind)}, {"name", matter.name}};
            if (matter.day)
                listed[key]["day"] = formatDay(*matter.day);
        }
    }
    return sources;
}

std::map<std::string, ToldMatters> toldOf(const Json& json)
{
    std::map<std::string, ToldMatters> told;
    for (const auto& [source, matters] : json.items()) {
        ToldMatters& listed = told[source];
        for (const auto& [key, matter] : matters.items()) {
            ToldMatter& entry = listed[key];
            entry.kind = kindOf(matter.at("kind").get<std::string>());
            entry.name = matter.at("name").get<std::string>();
            if (matter.contains("day"))
                entry.day = dayOf(matter.at("day"));
        }
    }
    return told;
}

Json toJson(const NoticeState& state)
{
    Json json;
    json["version"] = 1;
    json["webhook"] = state.webhook;
    json["command"] = state.command;
    json["mute"] = {{"for_good", state.mute.forGood}};
    if (state.mute.until)
        json["mute"]["until"] = formatInstant(*state.mute.until);
    if (state.lastWebhook)
        json["last_webhook"] = toJson(*state.lastWebhook);
    if (state.lastCommand)
        json["last_command"] = toJson(*state.lastCommand);
    json["told"] = toJson(state.told);
    json["outbox"] = Json::array();
    for (const Outgoing& outgoing : state.outbox)
        json["outbox"].push_back({{"notice", toJson(outgoing.notice)},
                                  {"webhook", outgoing.toWebhook},
                                  {"command", outgoing.toCommand}});
    return json;
}

NoticeState stateOf(const Json& json)
{
    NoticeState state;
    state.webhook = json.at("webhook").get<std::string>();
    state.command = json.at("command").get<std::vector<std::string>>();
    const Json& mute = json.at("mute");
    state.mute.forGood = mute.at("for_good").get<bool>();
    if (mute.contains("until"))
        state.mute.until = instantOf(mute.at("until"));
    state.lastWebhook = deliveryOf(json, "last_webhook");
    state.lastCommand = deliveryOf(json, "last_command");
    state.told = toldOf(json.at("told"));
    for (const Json& outgoing : json.at("outbox"))
        state.outbox.push_back({noticeOf(outgoing.at("notice")), outgoing.at("webhook").get<bool>(),
                                outgoing.at("command").get<bool>()});
    return state;
}

Error damaged(const fs::path& file)
{
    return {ErrorCode::WorkspaceDamaged,
            "The file " + file.string() + " does not hold a workspace's notices.",
            "Move it away: notices begin anew, and their webhook and command are set again."};
}

} // namespace

Result<NoticeState> readNotices(const fs::path& workspace)
{
    const fs::path file = workspace / kFile;
    std::error_code failure;
    if (!fs::exists(file, failure) && !failure)
        return NoticeState{};
    if (!fs::is_regular_file(file, failure) || fs::file_size(file, failure) > kLargestFile ||
        failure)
        return fail(damaged(file));
    std::ifstream stream(file, std::ios::binary);
    std::ostringstream text;
    text << stream.rdbuf();
    try {
        return stateOf(Json::parse(text.str()));
    } catch (const std::exception&) {
        return fail(damaged(file));
    }
}

Status writeNotices(const fs::path& workspace, const NoticeState& state)
{
    const std::string text =
        toJson(state).dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
    return writeFileDurably(workspace / kFile, text);
}

} // namespace daymark
