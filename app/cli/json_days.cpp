// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/json_out.h"
#include "app/cli/json_parts.h"
#include "core/engine/as_of.h"

#include <nlohmann/json.hpp>

namespace daymark::cli {

namespace {

Json jsonOf(const CalendarDay& day)
{
    const PlannedDay& planned = day.planned;
    return {{"day", formatDay(planned.day)},
            {"state", stateName(planned.state)},
            {"signalled", planned.signalled},
            {"implied", planned.implied},
            {"blocked_by", toJson(planned.blockedBy)},
            {"empty", planned.empty},
            {"changed", planned.changed},
            {"overdue", planned.overdue},
            {"reason", textOrNull(day.reason)},
            {"rows", toJson(day.rows)},
            {"rejected", toJson(day.rejected)},
            {"run", toJson(day.run)},
            {"description", textOrNull(day.description)},
            {"resignalled", day.resignalled},
            {"difference", textOrNull(day.difference)},
            {"damaged", planned.damaged},
            {"damage", textOrNull(day.damage)}};
}

/// The last re-import, where it came to nothing.
Json lostReimport(const DayEvidence& evidence)
{
    if (!evidence.reimport)
        return nullptr;
    return {{"run", toJson(evidence.reimport)},
            {"at", toJson(evidence.reimportAt)},
            {"reason", textOrNull(evidence.reimportReason)}};
}

Json jsonOf(const DayEvidence& evidence)
{
    return {{"source_rows", toJson(evidence.sourceRows)},
            {"probed_at", toJson(evidence.probedAt)},
            {"verdict", evidence.verdict ? Json(*evidence.verdict) : Json(nullptr)},
            {"first_seen", toJson(evidence.firstSeen)},
            {"signalled_by", textOrNull(evidence.signalledBy)},
            {"rows", toJson(evidence.rows)},
            {"rejected", toJson(evidence.rejected)},
            {"run", toJson(evidence.run)},
            {"reason", textOrNull(evidence.reason)},
            {"last_poll", toJson(evidence.poll.last)},
            {"next_poll", toJson(evidence.poll.next)},
            {"poll_error", toJson(evidence.poll.error)},
            {"resignalled_at", toJson(evidence.resignalledAt)},
            {"checked_at", toJson(evidence.checkedAt)},
            {"difference", textOrNull(evidence.difference)},
            {"versions", evidence.versions},
            {"damage", textOrNull(evidence.damage)},
            {"lost_reimport", lostReimport(evidence)}};
}

Json documentOf(const CalendarView& view)
{
    Json days = Json::array();
    for (const CalendarDay& day : view.days)
        days.push_back(jsonOf(day));
    return {{"source", view.source},
            {"dataset", view.dataset},
            {"order", view.policy.order == DayOrder::Strict ? "strict" : "high-water"},
            {"today", formatDay(view.plan.today)},
            {"time_zone", view.policy.timeZone},
            {"first_day", toJson(view.plan.firstDay)},
            {"frontier", toJson(view.plan.frontier)},
            {"next_day", toJson(view.plan.nextDay)},
            {"note", textOrNull(view.note)},
            {"findings", toJson(view.findings)},
            {"last_poll", toJson(view.poll.last)},
            {"next_poll", toJson(view.poll.next)},
            {"poll_error", toJson(view.poll.error)},
            {"days", std::move(days)}};
}

} // namespace

std::string calendarJson(const CalendarView& view) { return documentText(documentOf(view)); }

std::string calendarAsOfJson(const CalendarAsOf& past)
{
    Json document = documentOf(past.view);
    document["as_of"] = formatInstant(past.at);
    document["unknown"] = past.unknown;
    return documentText(document);
}

std::string explainedJson(const DayExplained& explained)
{
    const Explanation& explanation = explained.explanation;
    Json actions = Json::array();
    for (const SuggestedAction& action : explanation.actions)
        actions.push_back({{"command", action.command}, {"label", action.label}});
    return documentText({{"source", explained.source},
                         {"day", formatDay(explanation.day)},
                         {"state", stateName(explanation.state)},
                         {"sentence", explanation.sentence},
                         {"root_day", toJson(explanation.rootDay)},
                         {"evidence", jsonOf(explained.evidence)},
                         {"actions", std::move(actions)}});
}

std::string pollsJson(const std::vector<PollReport>& polls, int failed)
{
    Json list = Json::array();
    for (const PollReport& poll : polls)
        list.push_back(toJson(poll));
    return documentText({{"polls", std::move(list)}, {"failed", failed}});
}

} // namespace daymark::cli
