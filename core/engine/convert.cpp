// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/convert.h"

#include "core/engine/run_files.h"
#include "core/engine/watchdog.h"

#include <algorithm>

namespace daymark {

namespace {

RunState toRunState(ledger::RunState state)
{
    switch (state) {
    case ledger::RunState::Running:
        return RunState::Running;
    case ledger::RunState::Committing:
        return RunState::Committing;
    case ledger::RunState::Imported:
        return RunState::Imported;
    case ledger::RunState::Failed:
        return RunState::Failed;
    case ledger::RunState::Cancelled:
        return RunState::Cancelled;
    case ledger::RunState::Interrupted:
        return RunState::Interrupted;
    case ledger::RunState::Superseded:
        return RunState::Superseded;
    case ledger::RunState::RolledBack:
        return RunState::RolledBack;
    }
    return RunState::Interrupted;
}

/// Since when a look is due that nobody took, where that is longer than it may be. A source whose
/// day is being imported is polled after that.
std::optional<Instant> missedSince(const Workspace& workspace, const ledger::SourceRecord& record)
{
    const Instant due = record.poll.nextDue.value_or(record.createdAt);
    if (due + missGrace(record.policy) > workspace.clock.now())
        return std::nullopt;
    const auto runs = workspace.ledger->runTable().list(record.id, 1);
    const bool busy = runs && !runs->empty() &&
                      (runs->front().state == ledger::RunState::Running ||
                       runs->front().state == ledger::RunState::Committing);
    return busy ? std::nullopt : std::optional(due);
}

} // namespace

std::string_view runStateName(RunState state)
{
    switch (state) {
    case RunState::Running:
        return "running";
    case RunState::Committing:
        return "committing";
    case RunState::Imported:
        return "imported";
    case RunState::Failed:
        return "failed";
    case RunState::Cancelled:
        return "cancelled";
    case RunState::Interrupted:
        return "interrupted";
    case RunState::Superseded:
        return "superseded";
    case RunState::RolledBack:
        return "rolled_back";
    }
    return "interrupted";
}

PollInfo toPollInfo(const Workspace& workspace, const ledger::SourceRecord& record)
{
    PollInfo info;
    info.last = record.poll.last;
    const bool scheduled =
        workspace.writable ? workspace.schedulerRuns.load() : workspace.hasWriter();
    if (scheduled && record.enabled) {
        info.next = record.poll.nextDue;
        info.missedSince = missedSince(workspace, record);
    }
    info.error = record.poll.error;
    info.failures = record.poll.failures;
    info.everRead = record.poll.lastSuccess.has_value();
    return info;
}

SourceInfo toSourceInfo(const Workspace& workspace, const ledger::SourceRecord& record)
{
    return {record.id,         record.config,      record.policy,
            record.dataPlace,  record.signalPlace, toPollInfo(workspace, record),
            record.createdAt,  record.enabled,     record.firstDayFixed,
            record.schemaBreak};
}

RunInfo toRunInfo(const Workspace& workspace, const ledger::RunRecord& record)
{
    RunInfo info;
    info.id = record.id;
    info.source = record.sourceName;
    info.day = record.day;
    info.state = toRunState(record.state);
    info.rowsRead = record.counts.read;
    info.accepted = record.counts.accepted;
    info.rejected = record.counts.rejected;
    info.duplicates = record.counts.duplicates;
    info.startedAt = record.startedAt;
    info.finishedAt = record.finishedAt;
    info.seconds = record.seconds;
    for (const LandedFile& file : record.files)
        info.files.push_back(file.path);
    info.rejectsFile = record.rejectsFile;
    for (const ledger::PhaseTime& timing : record.timings)
        info.timings.push_back({timing.phase, timing.seconds});
    info.note = record.note;
    info.error = record.error;
    info.actor = record.actor;
    info.heartbeat = record.heartbeat;
    info.replaces = record.replaces;
    info.reason = record.reason;
    info.look = record.look;
    const bool live = info.state == RunState::Running || info.state == RunState::Committing;
    if (live && !workspace.hasWriter()) {
        info.state = RunState::Interrupted;
        info.files.clear();
        info.error =
            Error{ErrorCode::RunCancelled,
                  "The process that ran this import ended before the import did.",
                  "The next command that writes, or the next start of the window, mends it: "
                  "the day is either whole or as it was."};
    }
    return info;
}

landing::LiveRun toLiveRun(const ledger::RunRecord& record)
{
    return {record.id,
            {record.sourceName, DatasetKind::Metrics, record.day},
            record.state == ledger::RunState::Committing,
            record.files,
            record.replaces};
}

landing::LiveRun toLiveRun(const Workspace& workspace, const ledger::RollbackRecord& rollback)
{
    const landing::DayPlace place{rollback.sourceName, DatasetKind::Metrics, rollback.day};
    return {rollback.to, place, true,
            workspace.landing->placedFiles({place, rollback.to, rollback.toFiles}), rollback.from};
}

Result<Unsettled> readUnsettled(const Workspace& workspace)
{
    auto runs = workspace.ledger->runTable().live();
    if (!runs)
        return fail(runs.error());
    auto rollbacks = workspace.ledger->versionTable().rollbacks();
    if (!rollbacks)
        return fail(rollbacks.error());
    return Unsettled{std::move(*runs), std::move(*rollbacks)};
}

std::vector<landing::LiveRun> toLiveRuns(const Workspace& workspace, const Unsettled& unsettled)
{
    std::vector<landing::LiveRun> runs;
    for (const ledger::RunRecord& run : unsettled.runs)
        runs.push_back(toLiveRun(run));
    for (const ledger::RollbackRecord& rollback : unsettled.rollbacks)
        runs.push_back(toLiveRun(workspace, rollback));
    return runs;
}

landing::ExpectedDay toExpectedDay(const ledger::LandedDay& landed)
{
    return {{landed.sourceName, landed.dataset, landed.day},
            landed.run,
            landed.files,
            !landed.damage.empty()};
}

void addFindings(std::vector<SchemaFinding>& findings, const std::vector<SchemaFinding>& more)
{
    for (const SchemaFinding& finding : more) {
        const bool known =
            std::any_of(findings.begin(), findings.end(), [&finding](const SchemaFinding& other) {
                return other.code == finding.code && other.message == finding.message;
            });
        if (!known)
            findings.push_back(finding);
    }
}

} // namespace daymark
