// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/recheck.h"

#include "core/base/text.h"
#include "core/calendar/day_words.h"
#include "core/engine/day_reader.h"
#include "core/engine/impact.h"
#include "core/engine/ingest_options.h"
#include "core/engine/mending.h"
#include "core/engine/polling.h"

namespace daymark {

namespace {

constexpr std::chrono::hours kBetweenLooks{24};

/// Reads the day as an import would, and keeps nothing but its counts, sums and fingerprints.
Result<DayFacts> readFacts(const Workspace& workspace, ledger::SourceRecord record, Day day,
                           std::stop_token stop)
{
    std::vector<SchemaFinding> findings;
    const auto reader = openDayReader(workspace, record, day, findings, stop);
    if (!reader)
        return fail(reader.error());
    auto options = ingestOptions(workspace, record, day);
    if (!options)
        return fail(options.error());
    options->spillFolder = workspace.folder / "staging";
    auto summary = ingestDay(**reader, *options, nullptr, {}, stop);
    if (!summary)
        return fail(summary.error());
    return DayFacts{{summary->read, summary->accepted, summary->rejected, summary->dropped},
                    std::move(summary->rollups),
                    summary->fingerprint};
}

/// Full: every row is read. `info` receives what differs.
Status lookClosely(const Workspace& workspace, const ledger::SourceRecord& record,
                   const landing::ExpectedDay& landed, RecheckInfo& info, std::stop_token stop)
{
    const auto now = readFacts(workspace, record, info.day, std::move(stop));
    if (!now)
        return fail(now.error());
    const auto before = factsOfRun(workspace, landed.run);
    if (!before)
        return fail(before.error());
    info.impact = impactOf(landed, *before, *now);
    info.difference = impactWords(*info.impact);
    return {};
}

/// Count: the rows are counted, as the source counts them.
Status count(const Workspace& workspace, ledger::SourceRecord record,
             const landing::ExpectedDay& landed, RecheckInfo& info, std::stop_token stop)
{
    const auto source = openSource(workspace, record, stop);
    if (!source)
        return fail(source.error());
    const auto rows = (*source)->countDay(info.day, stop);
    if (!rows)
        return fail(rows.error());
    const auto run = workspace.ledger->runTable().get(landed.run);
    if (!run)
        return fail(run.error());
    if (*rows != run->counts.read)
        info.difference =
            counted(*rows, "row") + " where " + groupedDigits(run->counts.read) + " were read";
    return {};
}

void tellDays(const Workspace& workspace, const std::string& source)
{
    Event event;
    event.kind = EventKind::DaysChanged;
    event.source = source;
    workspace.events->tell(event);
}

} // namespace

std::optional<Instant> nextRecheck(const ledger::DayRecord& day, const Policy& policy)
{
    if (day.standing != Standing::Imported || !day.landedAt || policy.recheckDays <= 0)
        return std::nullopt;
    const Instant last = day.checkedAt.value_or(*day.landedAt);
    if (last + kBetweenLooks >
        *day.landedAt + std::chrono::days(policy.recheckDays) + kBetweenLooks / 2)
        return std::nullopt;
    return last + kBetweenLooks;
}

Result<std::vector<Day>> dueRechecks(const Workspace& workspace, const ledger::SourceRecord& record)
{
    const auto days = workspace.ledger->dayTable().list(record.id);
    if (!days)
        return fail(days.error());
    std::vector<Day> due;
    for (const ledger::DayRecord& day : *days)
        if (const auto next = nextRecheck(day, record.policy);
            next && *next <= workspace.clock.now())
            due.push_back(day.day);
    return due;
}

Result<RecheckInfo> recheckDay(const Workspace& workspace, const ledger::SourceRecord& record,
                               Day day, std::stop_token stop)
{
    const auto landed = landedDay(workspace, record, day);
    if (!landed)
        return fail(landed.error());
    RecheckInfo info;
    info.source = record.config.name;
    info.day = day;
    const Status looked = record.policy.recheck == Recheck::Full
                              ? lookClosely(workspace, record, *landed, info, stop)
                              : count(workspace, record, *landed, info, stop);
    info.at = workspace.clock.now();
    if (!looked && looked.error().code == ErrorCode::RunCancelled)
        return fail(looked.error());
    if (!looked) {
        info.error = looked.error();
        return info;
    }
    info.changed = !info.difference.empty();
    const Status noted = workspace.ledger->dayTable().noteCheck(
        record.id, day, landed->run, info.difference, {workspace.actor, info.at});
    if (!noted)
        return fail(noted.error());
    tellDays(workspace, record.config.name);
    return info;
}

void recheckDue(const Workspace& workspace, const std::string& name, const std::stop_token& stop)
{
    const auto record = workspace.ledger->sourceTable().find(name);
    if (!record)
        return;
    const auto due = dueRechecks(workspace, *record);
    if (!due)
        return;
    for (const Day day : *due)
        if (const auto looked = recheckDay(workspace, *record, day, stop);
            !looked || looked->error || stop.stop_requested())
            return;
}

} // namespace daymark
