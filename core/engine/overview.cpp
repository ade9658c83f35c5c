// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/overview.h"

#include "core/base/text.h"
#include "core/calendar/day_words.h"
#include "core/engine/convert.h"
#include "core/engine/planning.h"
#include "core/engine/spoken_day.h"

#include <algorithm>

namespace daymark {

namespace {

constexpr std::chrono::days kGrace{2}; // the day before yesterday ended 24 hours ago

std::string_view whyNotLanded(DayState state)
{
    switch (state) {
    case DayState::Gap:
    case DayState::Awaiting:
        return " is not signalled";
    case DayState::Failed:
        return " failed";
    case DayState::Importing:
        return " is being imported";
    case DayState::Blocked:
        return " waits for the source's columns";
    default:
        return " is ready to be imported";
    }
}

std::string obstacleWords(const PlannedDay& day, Day today)
{
    return spokenDay(day.day, today) + (day.state == DayState::Failed ? " failed" : " is a gap") +
           ", " + waitingWords(day.waiting);
}

/// The first day that waits for no other day, but for the source's columns.
const PlannedDay* firstHeld(const Plan& plan)
{
    const auto found = std::find_if(plan.days.begin(), plan.days.end(), [](const PlannedDay& day) {
        return day.state == DayState::Blocked && !day.blockedBy;
    });
    return found == plan.days.end() ? nullptr : &*found;
}

void fill(SourceOverview& overview, CalendarView view)
{
    const Plan& plan = view.plan;
    overview.today = plan.today;
    overview.note = view.note;
    const Day from = plan.today - std::chrono::days(kOverviewDays - 1);
    for (CalendarDay& day : view.days)
        if (day.planned.day >= from && day.planned.day <= plan.today)
            overview.days.push_back(std::move(day));
    if (const PlannedDay* obstacle = firstObstacle(plan)) {
        overview.obstacle = obstacle->day;
        overview.obstacleWords = obstacleWords(*obstacle, plan.today);
    } else if (const PlannedDay* held = firstHeld(plan)) {
        overview.obstacle = held->day;
        overview.obstacleWords =
            spokenDay(held->day, plan.today) + " waits for the source's columns";
    }
    LatenessFound found = latenessOf(plan);
    overview.lateness = found.lateness;
    overview.latenessWords = std::move(found.words);
}

} // namespace

const PlannedDay* firstObstacle(const Plan& plan)
{
    const auto found = std::find_if(plan.days.begin(), plan.days.end(), [](const PlannedDay& day) {
        return day.state == DayState::Gap || day.state == DayState::Failed;
    });
    return found == plan.days.end() ? nullptr : &*found;
}

LatenessFound latenessOf(const Plan& plan)
{
    const PlannedDay* next = plan.nextDay ? plan.find(*plan.nextDay) : nullptr;
    if (plan.days.empty() || !plan.nextDay)
        return {Lateness::Nothing, "nothing to import yet"};
    const Day expected = plan.today - kGrace;
    if (!next || next->day > expected)
        return {Lateness::OnTime, "on time"};
    const std::int64_t behind = (expected - next->day).count() + 1;
    const bool overdue = next->state == DayState::Gap || next->state == DayState::Awaiting;
    return {overdue ? Lateness::Overdue : Lateness::Late,
            std::string(overdue ? "overdue: " : "late: ") +
                counted(static_cast<std::uint64_t>(behind), "day") + " behind, " +
                spokenDay(next->day, plan.today) + std::string(whyNotLanded(next->state))};
}

Result<std::vector<SourceOverview>> overviewOf(const Workspace& workspace)
{
    const auto records = workspace.ledger->sourceTable().list();
    if (!records)
        return fail(records.error());
    std::vector<SourceOverview> overviews;
    for (const ledger::SourceRecord& record : *records) {
        SourceOverview overview;
        overview.source = toSourceInfo(workspace, record);
        auto view = calendarOf(workspace, record.config.name, std::nullopt, std::nullopt);
        if (view)
            fill(overview, std::move(*view));
        else
            overview.error = view.error();
        overviews.push_back(std::move(overview));
    }
    return overviews;
}

} // namespace daymark
