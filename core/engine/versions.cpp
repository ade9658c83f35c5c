// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/versions.h"

#include "core/engine/convert.h"
#include "core/engine/mending.h"

#include <set>

namespace daymark {

namespace {

constexpr const char* kDryRun = "Only looked at: nothing was committed.";

VersionInfo toVersionInfo(const ledger::RunRecord& record, const Policy& policy)
{
    VersionInfo info;
    info.run = record.id;
    info.current = record.state == ledger::RunState::Imported;
    info.state = info.current                                   ? RunState::Imported
                 : record.state == ledger::RunState::Superseded ? RunState::Superseded
                                                                : RunState::RolledBack;
    info.kept = !record.droppedAt;
    info.rows = record.counts.accepted;
    info.rejected = record.counts.rejected;
    info.landedAt = record.finishedAt;
    info.retiredAt = record.retiredAt;
    if (record.retiredAt && info.kept)
        info.keptUntil = *record.retiredAt + std::chrono::days(policy.keepDays);
    info.actor = record.actor;
    info.reason = record.reason;
    return info;
}

} // namespace

Result<std::vector<VersionInfo>> versionsOf(const Workspace& workspace, const std::string& name,
                                            Day day)
{
    const auto record = workspace.ledger->sourceTable().find(name);
    if (!record)
        return fail(record.error());
    const auto runs = workspace.ledger->versionTable().ofDay(record->id, day);
    if (!runs)
        return fail(runs.error());
    std::vector<VersionInfo> versions;
    for (const ledger::RunRecord& run : *runs)
        versions.push_back(toVersionInfo(run, record->policy));
    return versions;
}

void tidyVersions(const Workspace& workspace, const std::string& name)
{
    const auto record = workspace.ledger->sourceTable().find(name);
    if (!record)
        return;
    const Policy& policy = record->policy;
    const Instant now = workspace.clock.now();
    const auto surplus = workspace.ledger->versionTable().surplus(
        record->id, policy.keepVersions, now - std::chrono::days(policy.keepDays));
    if (!surplus)
        return;
    for (const ledger::LandedDay& version : *surplus) {
        if (!workspace.ledger->versionTable().drop(version.run, {workspace.actor, now}))
            return;
        // Should the files stay, the next start removes them: the ledger knows that they are not
        // kept.
        static_cast<void>(
            workspace.landing->dropVersion(toExpectedDay(version).place, version.run));
    }
}

Result<std::vector<Day>> reimportedDays(const Workspace& workspace, const ReimportRequest& request)
{
    const auto record = workspace.ledger->sourceTable().find(request.source);
    if (!record)
        return fail(record.error());
    std::set<Day> days;
    for (const DayRange& range : request.days) {
        const auto landed =
            workspace.ledger->dayTable().landed(record->id, range.first, range.last);
        if (!landed)
            return fail(landed.error());
        for (const ledger::LandedDay& day : *landed)
            days.insert(day.day);
        if (!landed->empty())
            continue;
        if (range.first == range.last)
            return fail(landedDay(workspace, *record, range.first).error());
        return fail(ErrorCode::DayState,
                    "No day of " + record->config.name + " from " + formatDay(range.first) +
                        " to " + formatDay(range.last) + " has landed.",
                    "See what has: daymark-cli calendar " + shellQuoted(record->config.name) + ".");
    }
    return std::vector<Day>(days.begin(), days.end());
}

void reimportDays(const Workspace& workspace, const ReimportRequest& request,
                  const std::vector<Day>& days, const PassTools& tools, PassResult& result,
                  ReimportReport& report)
{
    for (const Day day : days) {
        DayImport job{request.source, day, std::nullopt, workspace.actor, true, request.reason, {}};
        bool turnedDown = false;
        job.look = request.dryRun;
        job.weigh = [&](const DayImpact& impact) -> std::optional<std::string> {
            report.impacts.push_back(impact);
            if (request.dryRun)
                return kDryRun;
            if (!request.decide || request.decide(impact))
                return std::nullopt;
            turnedDown = true;
            return std::string(kTurnedDown) + "; the landed one stays.";
        };
        auto run = tools.runDay(job);
        if (!run) {
            result.error = run.error();
            return;
        }
        const RunState state = run->state;
        if (!run->look || state == RunState::Failed)
            result.runs.push_back(std::move(*run));
        report.refused += turnedDown ? 1 : 0;
        tidyVersions(workspace, request.source);
        if (state == RunState::Failed || tools.stop.stop_requested())
            return;
    }
}

} // namespace daymark
