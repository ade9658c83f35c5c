// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/as_of.h"

#include "core/engine/engine_access.h"
#include "core/engine/past.h"

namespace daymark {

namespace {

Status checkMoment(const Workspace& workspace, const ledger::SourceRecord& record, Instant at)
{
    if (at > workspace.clock.now())
        return fail(ErrorCode::UsageInvalid, formatInstant(at) + " has not come yet.",
                    "Ask for a moment of the past, or leave it away for the calendar of now.");
    if (at < record.createdAt)
        return fail(ErrorCode::UsageInvalid,
                    record.config.name + " was added on " + formatInstant(record.createdAt) +
                        "; nothing was known of it on " + formatInstant(at) + ".",
                    "Ask for a later moment.");
    return {};
}

} // namespace

Result<CalendarAsOf> calendarAsOf(Engine& engine, const std::string& name, Instant at,
                                  std::optional<Day> from, std::optional<Day> to)
{
    const Workspace& workspace = EngineAccess::workspace(engine);
    const auto record = workspace.ledger->sourceTable().find(name);
    if (!record)
        return fail(record.error());
    if (const Status known = checkMoment(workspace, *record, at); !known)
        return fail(known.error());
    auto past = pastSource(workspace, *record, at);
    if (!past)
        return fail(past.error());
    return CalendarAsOf{at, calendarWith(workspace, std::move(past->planned), from, to),
                        std::move(past->unknown)};
}

} // namespace daymark
