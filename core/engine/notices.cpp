// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/notices.h"

#include <nlohmann/json.hpp>

namespace daymark {

namespace {

using Json = nlohmann::ordered_json;

} // namespace

std::string_view noticeName(NoticeKind kind)
{
    switch (kind) {
    case NoticeKind::Failure:
        return "failure";
    case NoticeKind::Gap:
        return "gap";
    case NoticeKind::Overdue:
        return "overdue";
    case NoticeKind::Recovery:
        return "recovery";
    case NoticeKind::PollingStopped:
        return "polling_stopped";
    case NoticeKind::Test:
        return "test";
    }
    return "test";
}

std::string noticeJson(const Notice& notice, const std::string& workspace)
{
    const auto orNull = [](const std::string& text) { return text.empty() ? Json() : Json(text); };
    Json days = Json::array();
    for (const Day day : notice.days)
        days.push_back(formatDay(day));
    Json json;
    json["id"] = notice.id;
    json["kind"] = noticeName(notice.kind);
    json["source"] = orNull(notice.source);
    json["day"] = notice.days.empty() ? Json() : days.front();
    json["days"] = days;
    json["at"] = formatInstant(notice.at);
    json["title"] = notice.title;
    json["message"] = notice.words;
    json["text"] = notice.title + "\n" + notice.words;
    json["workspace"] = workspace;
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

} // namespace daymark
