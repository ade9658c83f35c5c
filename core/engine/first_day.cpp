// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/first_day.h"

#include "core/base/text.h"
#include "core/calendar/day_words.h"
#include "core/engine/engine_access.h"
#include "core/engine/planning.h"

#include <algorithm>

namespace daymark {

namespace {

constexpr int kMostDays = 3660;

std::size_t daysBetween(Day from, Day to)
{
    return from < to ? static_cast<std::size_t>((to - from).count()) : 0;
}

std::size_t signalledBetween(const PlannedSource& planned, Day from, Day to)
{
    return static_cast<std::size_t>(
        std::count_if(planned.signals.begin(), planned.signals.end(),
                      [&](const Signal& signal) { return signal.day >= from && signal.day < to; }));
}

/// The last landed day and how many there are.
std::pair<std::optional<Day>, std::size_t> landedOf(const PlannedSource& planned)
{
    std::pair<std::optional<Day>, std::size_t> landed;
    for (const ledger::DayRecord& day : planned.days) {
        if (!day.run)
            continue;
        landed.first = day.day;
        ++landed.second;
    }
    return landed;
}

Error noLandedDay(const std::string& name)
{
    return {ErrorCode::DayState, "No day of " + name + " has landed yet, so its first day is free.",
            "Set it: daymark-cli source edit " + shellQuoted(name) + " --first-day DAY."};
}

void warnOfBackfill(FirstDayOutcome& outcome, const Policy& policy)
{
    const std::size_t missing =
        policy.order == DayOrder::HighWater ? 0 : outcome.days - outcome.signalled;
    outcome.warnings.push_back("Days land in order: until those from " + formatDay(outcome.after) +
                               " on have landed or "
                               "were skipped, the days after the last landed one wait.");
    if (missing > 0)
        outcome.warnings.push_back(counted(missing, "day") + " of them " +
                                   (missing == 1 ? "is" : "are") +
                                   " not signalled: each is a gap that is to be marked as finished "
                                   "or skipped.");
    outcome.warnings.push_back("What was computed from this source's days so far did not know "
                               "them.");
}

void warnOfStartOver(FirstDayOutcome& outcome)
{
    outcome.warnings.push_back(counted(outcome.landed, "landed day") +
                               (outcome.landed == 1 ? " stays" : " stay") +
                               " with all versions and runs, and can be imported again.");
    if (outcome.days > 0)
        outcome.warnings.push_back(counted(outcome.days, "day") + " before " +
                                   formatDay(outcome.after) +
                                   " will not land by themselves any more; a backfill brings them "
                                   "back.");
}

/// Makes the move, unless it is only looked at.
Result<FirstDayOutcome> finish(Workspace& workspace, const PlannedSource& planned,
                               const FirstDayMove& move, FirstDayOutcome outcome)
{
    if (move.dryRun)
        return outcome;
    const Status moved = workspace.ledger->sourceTable().moveFirstDay(
        planned.record.id, move.day, move.reason, workspace.stamp());
    if (!moved)
        return fail(moved.error());
    outcome.done = true;
    Event event;
    event.kind = EventKind::DaysChanged;
    event.source = planned.record.config.name;
    workspace.events->tell(event);
    return outcome;
}

Result<PlannedSource> planForMove(const Workspace& workspace, const FirstDayMove& move)
{
    if (!move.dryRun)
        if (const Status writer = workspace.requireWriter(); !writer)
            return fail(writer.error());
    auto planned = planSource(workspace, move.source);
    if (planned && (!planned->record.firstDayFixed || !planned->record.policy.firstDay))
        return fail(noLandedDay(planned->record.config.name));
    return planned;
}

} // namespace

Result<FirstDayOutcome> backfill(Engine& engine, const FirstDayMove& move)
{
    Workspace& workspace = EngineAccess::workspace(engine);
    const auto planned = planForMove(workspace, move);
    if (!planned)
        return fail(planned.error());
    FirstDayOutcome outcome;
    outcome.before = *planned->record.policy.firstDay;
    outcome.after = move.day;
    outcome.landed = landedOf(*planned).second;
    if (move.day >= outcome.before)
        return fail(ErrorCode::DayState,
                    formatDay(move.day) + " is not before the first day of " +
                        planned->record.config.name + ", " + formatDay(outcome.before) + ".",
                    "Name an earlier day.");
    if (daysBetween(move.day, outcome.before) > kMostDays)
        return fail(ErrorCode::UsageInvalid,
                    "From " + formatDay(move.day) + " to " + formatDay(outcome.before) +
                        " it is more than ten years.",
                    "Name a later day.");
    outcome.days = daysBetween(move.day, outcome.before);
    outcome.signalled = signalledBetween(*planned, move.day, outcome.before);
    warnOfBackfill(outcome, planned->record.policy);
    return finish(workspace, *planned, move, std::move(outcome));
}

Result<FirstDayOutcome> startOver(Engine& engine, const FirstDayMove& move)
{
    Workspace& workspace = EngineAccess::workspace(engine);
    const auto planned = planForMove(workspace, move);
    if (!planned)
        return fail(planned.error());
    const auto [last, landed] = landedOf(*planned);
    const std::string& name = planned->record.config.name;
    if (!last)
        return fail(noLandedDay(name));
    if (move.day <= *last)
        return fail(ErrorCode::DayState,
                    name + " cannot start over on " + formatDay(move.day) + ": " +
                        formatDay(*last) + " has landed.",
                    "Name a day after the last landed one; landed days are imported again with "
                    "daymark-cli reimport.");
    FirstDayOutcome outcome;
    outcome.before = *planned->record.policy.firstDay;
    outcome.after = move.day;
    outcome.landed = landed;
    outcome.days = daysBetween(*last + std::chrono::days(1), move.day);
    outcome.signalled = signalledBetween(*planned, *last + std::chrono::days(1), move.day);
    warnOfStartOver(outcome);
    return finish(workspace, *planned, move, std::move(outcome));
}

} // namespace daymark
