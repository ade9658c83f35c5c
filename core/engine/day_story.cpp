// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/day_story.h"

#include "core/engine/convert.h"
#include "core/source/registry.h"

namespace daymark {

namespace {

constexpr std::size_t kRunsTold = 50;
constexpr std::size_t kJournalEntries = 200;

Status addSignals(const Workspace& workspace, SourceId source, DayStory& story)
{
    const auto found = workspace.ledger->signalTable().find(source, story.day);
    if (!found)
        return fail(found.error());
    for (const ledger::SignalRecord& signal : *found)
        story.announced.push_back(
            {signal.by, signal.byOperator, signal.firstSeen, signal.lastSeen, signal.gone});
    return {};
}

Result<DayRun> toDayRun(const Workspace& workspace, const ledger::RunRecord& record)
{
    auto rules = workspace.ledger->runTable().rules(record.id);
    if (!rules)
        return fail(rules.error());
    DayRun run;
    run.run = toRunInfo(workspace, record);
    run.run.rules = std::move(*rules);
    run.files = record.files;
    if (record.fingerprint != Hash128{})
        run.fingerprint = formatHash(record.fingerprint);
    return run;
}

Status addRuns(const Workspace& workspace, SourceId source, DayStory& story)
{
    const auto records = workspace.ledger->runTable().ofDay(source, story.day, kRunsTold);
    if (!records)
        return fail(records.error());
    for (const ledger::RunRecord& record : *records) {
        auto run = toDayRun(workspace, record);
        if (!run)
            return fail(run.error());
        story.runs.push_back(std::move(*run));
    }
    return {};
}

Status addJournal(const Workspace& workspace, DayStory& story)
{
    const auto records =
        workspace.ledger->journalTable().ofDay(story.source, story.day, kJournalEntries);
    if (!records)
        return fail(records.error());
    for (const ledger::JournalRecord& record : *records)
        story.journal.push_back(
            {record.at, record.actor, record.source, record.day, record.action, record.detail});
    return {};
}

} // namespace

Result<DayStory> storyOf(const Workspace& workspace, const std::string& name, Day day)
{
    const auto record = workspace.ledger->sourceTable().find(name);
    if (!record)
        return fail(record.error());
    DayStory story;
    story.source = record->config.name;
    story.day = day;
    if (const Status added = addSignals(workspace, record->id, story); !added)
        return fail(added.error());
    if (const Status added = addRuns(workspace, record->id, story); !added)
        return fail(added.error());
    if (const Status added = addJournal(workspace, story); !added)
        return fail(added.error());
    if (const auto source = makeSource(record->config))
        story.signalStatement = (*source)->signalStatement(day);
    return story;
}

} // namespace daymark
