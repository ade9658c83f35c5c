// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/recheck.h"

#include "core/base/text.h"
#include "core/calendar/day_words.h"
#include "core/engine/change_share.h"
#include "core/engine/day_reader.h"
#include "core/engine/impact.h"
#include "core/engine/ingest_options.h"
#include "core/engine/mending.h"
#include "core/engine/polling.h"

#include <algorithm>

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
    // A row without a usable date may be any day's: it says nothing of this one.
    const std::uint64_t undated = summary->undated;
    return DayFacts{
        {summary->read - undated, summary->accepted, summary->rejected - undated, summary->dropped},
        std::move(summary->rollups),
        summary->fingerprint};
}

/// What the ledger keeps of a landed run, without the rows that have no usable date.
Result<DayFacts> datedFacts(const Workspace& workspace, RunId run)
{
    auto facts = factsOfRun(workspace, run);
    const auto undated = workspace.ledger->runTable().undatedOf(run);
    if (!facts || !undated)
        return fail(facts ? undated.error() : facts.error());
    facts->counts.read -= std::min(*undated, facts->counts.read);
    facts->counts.rejected -= std::min(*undated, facts->counts.rejected);
    return facts;
}

/// Full: every row is read. `info` receives what differs.
Status lookClosely(const Workspace& workspace, const ledger::SourceRecord& record,
                   const landing::ExpectedDay& landed, RecheckInfo& info,
                   std::optional<Hash128>& seen, std::stop_token stop)
{
    const auto now = readFacts(workspace, record, info.day, std::move(stop));
    if (!now)
        return fail(now.error());
    const auto before = datedFacts(workspace, landed.run);
    if (!before)
        return fail(before.error());
    info.impact = impactOf(landed, *before, *now);
    info.difference = impactWords(*info.impact);
    seen = now->fingerprint;
    info.changedPercent = changedPercent(*info.impact);
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
    const auto before = datedFacts(workspace, landed.run);
    if (!before)
        return fail(before.error());
    info.changedPercent = changedPercent(before->counts.read, *rows);
    if (*rows != before->counts.read)
        info.difference =
            counted(*rows, "row") + " where " + groupedDigits(before->counts.read) + " were read";
    return {};
}

/// @param before  what the look before found, where it found anything.
void tellDays(const Workspace& workspace, const RecheckInfo& info, const std::string& before)
{
    Event event;
    event.kind = EventKind::DaysChanged;
    event.source = info.source;
    if (info.changed && info.difference != before)
        event.message = formatDay(info.day) +
                        " has changed in the source since it landed: " + info.difference + ".";
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
    std::optional<Hash128> seen;
    const Status looked = record.policy.recheck == Recheck::Full
                              ? lookClosely(workspace, record, *landed, info, seen, stop)
                              : count(workspace, record, *landed, info, stop);
    info.at = workspace.clock.now();
    if (!looked && looked.error().code == ErrorCode::RunCancelled)
        return fail(looked.error());
    if (!looked) {
        info.error = looked.error();
        return info;
    }
    info.changed = !info.difference.empty();
    const auto known = workspace.ledger->dayTable().find(record.id, day);
    const std::string before = known && *known ? (*known)->difference : std::string();
    const Status noted = workspace.ledger->dayTable().noteCheck(
        record.id, day, landed->run, info.difference, {workspace.actor, info.at}, seen);
    if (!noted)
        return fail(noted.error());
    tellDays(workspace, info, before);
    return info;
}

std::vector<RecheckInfo> recheckDue(const Workspace& workspace, const ledger::SourceRecord& record,
                                    const std::stop_token& stop)
{
    std::vector<RecheckInfo> looks;
    const auto due = dueRechecks(workspace, record);
    for (const Day day : due.value_or(std::vector<Day>())) {
        auto looked = recheckDay(workspace, record, day, stop);
        if (!looked || stop.stop_requested())
            return looks;
        if (looked->error && remedyFor(looked->error->code) == Remedy::Retry)
            return looks; // the next day would fare no better
        if (looked->error)
            continue; // one day that cannot be read hides no other
        looks.push_back(std::move(*looked));
    }
    return looks;
}

} // namespace daymark
