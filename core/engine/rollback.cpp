// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
// Going to another version of a day, in the steps of a commit:
//
//   1. stage the version from the history, held against its hashes
//   2. weigh the impact; keep the current version in the history
//   3. the ledger notes the rollback
//   4. the staged folder and the landed one change places
//   5. the ledger, fenced, makes the version the day's current run
//   6. what the history held of it goes
//
// Up to 3 nothing has changed; after it, a crash is mended by what lies at the day's place.

#include "core/base/fault.h"
#include "core/engine/convert.h"
#include "core/engine/damage.h"
#include "core/engine/impact.h"
#include "core/engine/mending.h"
#include "core/engine/versions.h"

#include <algorithm>

namespace daymark {

namespace {

class Rollback
{
public:
    Rollback(const Workspace& workspace, const RollbackRequest& request,
             ledger::SourceRecord record, std::stop_token stop)
        : m_workspace(workspace)
        , m_request(request)
        , m_record(std::move(record))
        , m_stop(std::move(stop))
    {}

    Result<RollbackReport> run();

private:
    Status findVersions();
    [[nodiscard]] Result<RunId> chooseTarget(const std::vector<ledger::RunRecord>& versions) const;
    Result<DayImpact> weigh(const landing::Staging& staging) const;
    Status commit(const landing::Staging& staging);
    Status settle(const Error& error);

    const Workspace& m_workspace;
    const RollbackRequest& m_request;
    ledger::SourceRecord m_record;
    std::stop_token m_stop;
    ledger::LandedDay m_landed;     ///< the current version
    landing::ExpectedDay m_current; ///< the same, as the landing has it
    bool m_currentWhole = true;     ///< its files are what landed
    landing::ExpectedDay m_target;  ///< as it lies in the history
    bool m_begun = false;           ///< the ledger has noted it
};

Result<RunId> Rollback::chooseTarget(const std::vector<ledger::RunRecord>& versions) const
{
    if (m_request.to)
        return *m_request.to;
    std::optional<RunId> chosen;
    for (const ledger::RunRecord& version : versions) { // latest first
        if (version.droppedAt || version.id == m_current.run)
            continue;
        if (m_request.forward && version.id > m_current.run)
            chosen = version.id;
        if (!m_request.forward && version.id < m_current.run && !chosen)
            chosen = version.id;
    }
    if (chosen)
        return *chosen;
    return fail(ErrorCode::DayState,
                formatDay(m_request.day) + " of " + m_record.config.name + " has no " +
                    (m_request.forward ? "later" : "earlier") + " version that is kept.",
                "See its versions: daymark-cli versions " + shellQuoted(m_record.config.name) +
                    " " + formatDay(m_request.day) + ".");
}

Status Rollback::findVersions()
{
    auto current = landedRecord(m_workspace, m_record, m_request.day);
    if (!current)
        return fail(current.error());
    m_current = toExpectedDay(*current);
    m_landed = std::move(*current);
    const auto versions = m_workspace.ledger->versionTable().ofDay(m_record.id, m_request.day);
    if (!versions)
        return fail(versions.error());
    const auto target = chooseTarget(*versions);
    if (!target)
        return fail(target.error());
    const auto found =
        std::find_if(versions->begin(), versions->end(),
                     [&](const ledger::RunRecord& version) { return version.id == *target; });
    const std::string name = "Run " + std::to_string(target->value);
    const std::string day = formatDay(m_request.day) + " of " + m_record.config.name;
    if (*target == m_current.run)
        return fail(ErrorCode::DayState, name + " is the current version of " + day + " already.");
    if (found == versions->end())
        return fail(ErrorCode::DayState, name + " is no version of " + day + ".",
                    "See its versions: daymark-cli versions " + shellQuoted(m_record.config.name) +
                        " " + formatDay(m_request.day) + ".");
    if (found->droppedAt)
        return fail(ErrorCode::DayState,
                    "The version of " + day + " that run " + std::to_string(target->value) +
                        " landed is not kept any more.",
                    "Import the day again: daymark-cli reimport " +
                        shellQuoted(m_record.config.name) + " " + formatDay(m_request.day) + ".");
    m_target = {m_current.place, *target, found->files};
    return {};
}

Result<DayImpact> Rollback::weigh(const landing::Staging& staging) const
{
    const auto before = factsOfRun(m_workspace, m_current.run);
    if (!before)
        return fail(before.error());
    const auto after = factsOfRun(m_workspace, m_target.run);
    if (!after)
        return fail(after.error());
    DayImpact impact = impactOf(m_current, *before, *after);
    impact.by = m_target.run;
    const Status refined =
        m_currentWhole ? refine(m_workspace, impact, m_current, staging, m_stop) : Status();
    if (!refined)
        return fail(refined.error());
    return impact;
}

Status Rollback::commit(const landing::Staging& staging)
{
    auto& versions = m_workspace.ledger->versionTable();
    // What is damaged is no version that anybody goes back to.
    const auto kept = m_currentWhole ? m_workspace.landing->keepVersion(m_current)
                                     : Result<std::vector<LandedFile>>();
    if (!kept)
        return fail(kept.error());
    const ledger::Stamp by = m_workspace.stamp();
    const std::string difference =
        differenceFrom(m_workspace, m_record.id, m_request.day, m_target.run);
    const Status begun = versions.beginRollback(
        {m_record.id, m_request.day, m_current.run, m_target.run, by, m_request.reason});
    if (!begun)
        return begun;
    m_begun = true;
    if (const Status fault = faultPoint("rollback_begun"); !fault)
        return fault;
    if (const Status replaced = m_workspace.landing->replace(staging); !replaced)
        return replaced;
    if (const Status fault = faultPoint("before_rollback_finish"); !fault)
        return fault;
    const Status finished =
        versions.finishRollback(m_record.id, m_workspace.landing->placedFiles(m_target), *kept,
                                m_workspace.clock.now(), difference);
    if (!finished)
        return finished;
    // From here on the version is current, whatever else goes wrong.
    static_cast<void>(faultPoint("after_rollback_finish"));
    dropSecondNames(m_workspace, m_target.place, m_target.run);
    return {};
}

/// Leaves the day as it was, unless the version reached its place: then the next look at the source
/// finishes what could not be written down.
Status Rollback::settle(const Error& error)
{
    if (m_workspace.landing->carries(m_target.place, m_target.run))
        return fail(error);
    dropSecondNames(m_workspace, m_current.place, m_current.run);
    if (m_begun) {
        const Status abandoned = m_workspace.ledger->versionTable().abandonRollback(
            m_record.id, error.message, m_workspace.clock.now());
        if (!abandoned)
            return abandoned;
    }
    return fail(error);
}

Result<RollbackReport> Rollback::run()
{
    if (const Status found = findVersions(); !found)
        return fail(found.error());
    const auto whole = isWhole(m_workspace, m_landed, m_stop);
    if (!whole)
        return fail(whole.error());
    m_currentWhole = *whole;
    const auto staging = m_workspace.landing->stageVersion(m_target, m_stop);
    if (!staging)
        return fail(staging.error());
    RollbackReport report;
    auto impact = weigh(*staging);
    Status done = impact ? Status{} : Status(fail(impact.error()));
    if (impact) {
        report.impact = std::move(*impact);
        const bool wanted =
            !m_request.dryRun && (!m_request.decide || m_request.decide(report.impact));
        if (wanted && !m_stop.stop_requested()) {
            done = commit(*staging);
            if (!done)
                done = settle(done.error());
            report.done = done.has_value();
        }
    }
    static_cast<void>(m_workspace.landing->dropStaging(m_target.run));
    if (!done)
        return fail(done.error());
    return report;
}

} // namespace

Result<RollbackReport> rollBack(const Workspace& workspace, const RollbackRequest& request,
                                const std::stop_token& stop)
{
    auto record = workspace.ledger->sourceTable().find(request.source);
    if (!record)
        return fail(record.error());
    auto report = Rollback(workspace, request, std::move(*record), stop).run();
    if (report && report->done)
        tidyVersions(workspace, request.source);
    return report;
}

} // namespace daymark
