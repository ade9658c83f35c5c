// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/mending.h"

#include "core/engine/convert.h"
#include "core/engine/impact.h"
#include "core/engine/run_files.h"

#include <algorithm>

namespace daymark {

namespace {

Error interruption(const ledger::RunRecord& run)
{
    return {ErrorCode::RunCancelled,
            "The process that ran the import of " + formatDay(run.day) +
                " ended before the import did; nothing of it was kept.",
            "Import the day again."};
}

constexpr const char* kAbandoned = "it ended before it reached its place";

double secondsOf(const ledger::RunRecord& run)
{
    return std::chrono::duration<double>(run.heartbeat - run.startedAt).count();
}

/// Where the version that a run replaced is kept; none where it is not.
Result<std::vector<LandedFile>> keptFilesOf(const Workspace& workspace,
                                            const ledger::RunRecord& run)
{
    if (!run.replaces)
        return std::vector<LandedFile>();
    const auto replaced = workspace.ledger->runTable().get(*run.replaces);
    if (!replaced)
        return fail(replaced.error());
    return workspace.landing->keptFiles({toLiveRun(run).place, replaced->id, replaced->files});
}

Status settleRun(const Workspace& workspace, const ledger::RunRecord& run, bool landed,
                 const Error& interrupted)
{
    auto& runs = workspace.ledger->runTable();
    const Instant now = workspace.clock.now();
    if (landed) {
        const auto kept = keptFilesOf(workspace, run);
        if (!kept)
            return fail(kept.error());
        return runs.finishImported(run.id, now, secondsOf(run), {}, *kept);
    }
    dropRejects(workspace.folder, run.sourceName, run.day, run.id);
    if (const Status ended = runs.interrupt(run.id, interrupted, now); !ended)
        return ended;
    if (run.replaces)
        dropSecondNames(workspace, toLiveRun(run).place, *run.replaces);
    return {};
}

Status settleRollback(const Workspace& workspace, const ledger::RollbackRecord& rollback,
                      bool landed)
{
    auto& versions = workspace.ledger->versionTable();
    const landing::DayPlace place{rollback.sourceName, DatasetKind::Metrics, rollback.day};
    const Instant now = workspace.clock.now();
    const Status settled =
        landed ? versions.finishRollback(
                     rollback.source,
                     workspace.landing->placedFiles({place, rollback.to, rollback.toFiles}),
                     workspace.landing->keptFiles({place, rollback.from, rollback.fromFiles}), now,
                     differenceFrom(workspace, rollback.source, rollback.day, rollback.to))
               : versions.abandonRollback(rollback.source, kAbandoned, now);
    if (settled)
        dropSecondNames(workspace, place, landed ? rollback.to : rollback.from);
    return settled;
}

std::string repairOf(const ledger::RunRecord& run, bool landed)
{
    return "Run " + std::to_string(run.id.value) + " of " + run.sourceName + ", day " +
           formatDay(run.day) +
           (landed ? ", had reached its place when its process ended; it is imported."
                   : ", was interrupted when its process ended; the day is as it was before.");
}

std::string repairOf(const ledger::RollbackRecord& rollback, bool landed)
{
    return "The rollback of " + rollback.sourceName + ", day " + formatDay(rollback.day) +
           ", to run " + std::to_string(rollback.to.value) +
           (landed ? " had reached its place when its process ended; it is done."
                   : " was interrupted when its process ended; the day is as it was before.");
}

bool holds(const std::vector<RunId>& runs, RunId run)
{
    return std::find(runs.begin(), runs.end(), run) != runs.end();
}

/// Removes from the history what the ledger knows to be there no more. What it does not know stays:
/// a check names it.
Status sweepHistory(const Workspace& workspace)
{
    for (const landing::KeptVersion& version : workspace.landing->versions()) {
        const auto run = workspace.ledger->runTable().get(version.run);
        if (!run || run->sourceName != version.place.source || run->day != version.place.day)
            continue;
        const auto unkept = workspace.ledger->versionTable().isNotKept(version.run);
        if (!unkept)
            return fail(unkept.error());
        if (!*unkept)
            continue;
        if (run->droppedAt)
            static_cast<void>(workspace.landing->dropVersion(version.place, version.run));
        else
            dropSecondNames(workspace, version.place, version.run);
    }
    return {};
}

} // namespace

void dropSecondNames(const Workspace& workspace, const landing::DayPlace& place, RunId run)
{
    // What stays behind after a failure is removed by the next start.
    if (workspace.landing->carries(place, run))
        static_cast<void>(workspace.landing->dropVersion(place, run));
}

Result<ledger::LandedDay> landedRecord(const Workspace& workspace,
                                       const ledger::SourceRecord& record, Day day)
{
    const auto landed = workspace.ledger->dayTable().landed(record.id, day, day);
    if (!landed)
        return fail(landed.error());
    if (!landed->empty())
        return landed->front();
    return fail(ErrorCode::DayState,
                formatDay(day) + " of " + record.config.name + " has not landed.",
                "See why: daymark-cli explain " + shellQuoted(record.config.name) + " " +
                    formatDay(day) + ".");
}

Result<landing::ExpectedDay> landedDay(const Workspace& workspace,
                                       const ledger::SourceRecord& record, Day day)
{
    const auto landed = landedRecord(workspace, record, day);
    if (!landed)
        return fail(landed.error());
    return toExpectedDay(*landed);
}

Status mendAll(Workspace& workspace)
{
    const auto unsettled = readUnsettled(workspace);
    if (!unsettled)
        return fail(unsettled.error());
    const auto recovery = workspace.landing->recover(toLiveRuns(workspace, *unsettled));
    if (!recovery)
        return fail(recovery.error());
    for (const ledger::RunRecord& run : unsettled->runs) {
        const bool landed = holds(recovery->published, run.id);
        if (const Status settled = settleRun(workspace, run, landed, interruption(run)); !settled)
            return settled;
        if (!run.look)
            workspace.repairs.push_back(repairOf(run, landed));
    }
    for (const ledger::RollbackRecord& rollback : unsettled->rollbacks) {
        const bool landed = holds(recovery->published, rollback.to);
        if (const Status settled = settleRollback(workspace, rollback, landed); !settled)
            return settled;
        workspace.repairs.push_back(repairOf(rollback, landed));
    }
    if (const Status dropped = workspace.ledger->runTable().dropLooks(); !dropped)
        return dropped;
    return sweepHistory(workspace);
}

Status settleSource(const Workspace& workspace, SourceId source)
{
    const auto unsettled = readUnsettled(workspace);
    if (!unsettled)
        return fail(unsettled.error());
    for (const ledger::RunRecord& run : unsettled->runs) {
        if (run.source != source)
            continue;
        const landing::LiveRun details = toLiveRun(run);
        const bool landed = details.committing && workspace.landing->carries(details.place, run.id);
        const Status settled =
            settleRun(workspace, run, landed,
                      {ErrorCode::RunCancelled, "The import could not be brought to its end.",
                       "Import the day again."});
        if (!settled)
            return settled;
        static_cast<void>(workspace.landing->dropStaging(run.id));
    }
    for (const ledger::RollbackRecord& rollback : unsettled->rollbacks) {
        if (rollback.source != source)
            continue;
        const landing::DayPlace place = toLiveRun(workspace, rollback).place;
        const bool landed = workspace.landing->carries(place, rollback.to);
        if (const Status settled = settleRollback(workspace, rollback, landed); !settled)
            return settled;
        static_cast<void>(workspace.landing->dropStaging(rollback.to));
    }
    return {};
}

} // namespace daymark
