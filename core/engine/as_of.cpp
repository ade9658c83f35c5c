// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/as_of.h"

#include "core/engine/engine_access.h"
#include "core/engine/past.h"

#include <algorithm>
#include <array>
#include <map>

namespace daymark {

namespace {

using Second = std::chrono::sys_seconds;

constexpr std::size_t kEverything = std::size_t{1} << 40U;

/// What the journal says that leaves the calendar as it was.
constexpr std::array<std::string_view, 4> kQuiet = {"day.look", "version.drop",
                                                    "day.rollback_abandoned", "source.remove"};

bool isQuiet(const std::string& action)
{
    return std::find(kQuiet.begin(), kQuiet.end(), action) != kQuiet.end();
}

/// The moments of each second, by that second.
using Moments = std::map<Second, PastMoment>;

PastMoment& momentAt(Moments& moments, Instant at)
{
    PastMoment& moment = moments[std::chrono::floor<std::chrono::seconds>(at)];
    moment.at = std::max(moment.at, at);
    return moment;
}

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

Result<PastSource> sourceAsOf(const Workspace& workspace, const std::string& name, Instant at)
{
    const auto record = workspace.ledger->sourceTable().find(name);
    if (!record)
        return fail(record.error());
    if (const Status known = checkMoment(workspace, *record, at); !known)
        return fail(known.error());
    return pastSource(workspace, *record, at);
}

} // namespace

Result<std::vector<PastMoment>> pastMoments(Engine& engine, const std::string& name)
{
    const Workspace& workspace = EngineAccess::workspace(engine);
    const auto record = workspace.ledger->sourceTable().find(name);
    if (!record)
        return fail(record.error());
    const auto journal = workspace.ledger->journalTable().list(name, kEverything);
    const auto signals = workspace.ledger->signalTable().all(record->id);
    if (!journal || !signals)
        return fail(journal ? signals.error() : journal.error());
    const Instant now = workspace.clock.now();
    const auto isPast = [&](Instant at) { return at >= record->createdAt && at <= now; };
    Moments moments;
    momentAt(moments, record->createdAt);
    for (auto entry = journal->rbegin(); entry != journal->rend(); ++entry)
        if (isPast(entry->at) && !isQuiet(entry->action))
            momentAt(moments, entry->at)
                .entries.push_back({entry->at, entry->actor, entry->source, entry->day,
                                    entry->action, entry->detail});
    for (const ledger::SignalRecord& signal : *signals)
        if (!signal.byOperator && isPast(signal.firstSeen))
            ++momentAt(moments, signal.firstSeen).announced;
    std::vector<PastMoment> ordered;
    for (auto& moment : moments)
        ordered.push_back(std::move(moment.second));
    return ordered;
}

Result<CalendarAsOf> calendarAsOf(Engine& engine, const std::string& name, Instant at,
                                  std::optional<Day> from, std::optional<Day> to)
{
    const Workspace& workspace = EngineAccess::workspace(engine);
    auto past = sourceAsOf(workspace, name, at);
    if (!past)
        return fail(past.error());
    CalendarAsOf seen{at, calendarWith(workspace, std::move(past->planned), from, to),
                      std::move(past->unknown)};
    addAnnouncements(seen.view.days, past->announced);
    return seen;
}

Result<DayExplained> explainedAsOf(Engine& engine, const std::string& name, Instant at, Day day)
{
    const Workspace& workspace = EngineAccess::workspace(engine);
    const auto past = sourceAsOf(workspace, name, at);
    if (!past)
        return fail(past.error());
    const auto signal =
        std::find_if(past->announced.begin(), past->announced.end(),
                     [day](const ledger::SignalRecord& one) { return one.day == day; });
    auto explained =
        explainedDay(workspace, past->planned, day, std::nullopt,
                     signal == past->announced.end() ? std::nullopt : std::optional(*signal));
    if (!explained)
        return explained;
    explained->explanation.actions.clear();
    explained->evidence.versions = 0;
    explained->evidence.poll = {};
    return explained;
}

} // namespace daymark
