// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/drafts.h"

#include "core/base/secret.h"
#include "core/base/text.h"
#include "core/engine/convert.h"
#include "core/engine/planning.h"
#include "core/engine/preview.h"
#include "core/engine/source_setup.h"
#include "core/source/registry.h"

#include <algorithm>

namespace daymark {

namespace {

/// A draft as the ledger would hold it.
struct SettledDraft
{
    ledger::SourceRecord record; ///< its id is none where the source is new
    std::optional<ledger::SourceRecord> saved;
    std::vector<SchemaFinding> findings; ///< of the look at its place, where there was one
    bool wasLookedAt = false;
};

SettledDraft settledFrom(Proposal proposal)
{
    SettledDraft settled;
    if (proposal.saved)
        settled.record = *proposal.saved;
    else if (proposal.kept)
        settled.record = std::move(*proposal.kept);
    settled.saved = std::move(proposal.saved);
    settled.record.config = std::move(proposal.edit.config);
    settled.record.policy = std::move(proposal.edit.policy);
    settled.record.dataPlace = std::move(proposal.edit.dataPlace);
    settled.record.signalPlace = std::move(proposal.edit.signalPlace);
    settled.record.poll = {}; // what was polled may have been another place
    return settled;
}

/// Applies the settings and looks at the place where they change it.
Result<SettledDraft> settle(const Workspace& workspace, const SourceDraft& draft,
                            std::stop_token stop)
{
    auto proposal = propose(workspace, draft);
    if (!proposal)
        return fail(proposal.error());
    const bool looks = proposal->needsLook || !proposal->edit.config.format.contains("detected");
    std::vector<SchemaFinding> findings;
    if (looks) {
        const LentSecret lent(proposal->edit.config.name, draft.secret);
        if (const Status looked = lookAt(proposal->edit, findings, std::move(stop)); !looked)
            return fail(looked.error());
    }
    SettledDraft settled = settledFrom(std::move(*proposal));
    settled.findings = std::move(findings);
    settled.wasLookedAt = looks;
    return settled;
}

/// What would be counted as signalled, were the draft saved and polled now.
Result<std::vector<Signal>> signalsOf(const Workspace& workspace, SettledDraft& draft,
                                      std::stop_token stop)
{
    const bool newZone =
        draft.saved && draft.saved->policy.timeZone != draft.record.policy.timeZone;
    if (draft.saved && !draft.wasLookedAt && !newZone)
        return workspace.ledger->signalTable().counting(draft.saved->id);
    const auto source = makeSource(draft.record.config);
    if (!source)
        return fail(source.error());
    const auto reading = (*source)->readSignals(std::move(stop));
    if (!reading)
        return fail(reading.error());
    addFindings(draft.findings, reading->findings);
    std::vector<Signal> signals;
    for (const Day day : reading->days)
        signals.push_back({day});
    if (!draft.saved)
        return signals;
    const auto lasting = workspace.ledger->signalTable().lasting(draft.saved->id);
    if (!lasting)
        return fail(lasting.error());
    signals.insert(signals.end(), lasting->begin(), lasting->end());
    return signals;
}

/// Goes through both lists of days, which are ascending, side by side.
std::vector<DayChange> changesBetween(const std::vector<PlannedDay>& before,
                                      const std::vector<PlannedDay>& after)
{
    std::vector<DayChange> changes;
    auto old = before.begin();
    auto now = after.begin();
    while (old != before.end() || now != after.end()) {
        if (now == after.end() || (old != before.end() && old->day < now->day)) {
            changes.push_back({old->day, old->state, std::nullopt});
            ++old;
        } else if (old == before.end() || now->day < old->day) {
            changes.push_back({now->day, std::nullopt, now->state});
            ++now;
        } else {
            if (old->state != now->state)
                changes.push_back({now->day, old->state, now->state});
            ++old;
            ++now;
        }
    }
    return changes;
}

std::string typeWord(ColumnType type)
{
    switch (type) {
    case ColumnType::Text:
        return "text";
    case ColumnType::Date:
        return "date";
    case ColumnType::Number:
        return "number";
    }
    return "text";
}

/// The configuration of a draft whose table may not be chosen yet.
Result<SourceConfig> placeOf(const Workspace& workspace, const SourceDraft& draft)
{
    auto proposal = propose(workspace, draft);
    if (!proposal)
        return fail(proposal.error());
    return std::move(proposal->edit.config);
}

} // namespace

Result<PlaceLook> browsePlace(const Workspace& workspace, const SourceDraft& draft,
                              std::stop_token stop)
{
    const auto config = placeOf(workspace, draft);
    if (!config)
        return fail(config.error());
    const LentSecret lent(config->name, draft.secret);
    PlaceListing listing = findSourceKind(config->kind)->browse(*config, stop);
    if (stop.stop_requested())
        return fail(ErrorCode::RunCancelled, "The look at the place was cancelled.");
    PlaceLook look;
    look.steps = toStepInfos(listing.steps);
    look.ok = std::all_of(look.steps.begin(), look.steps.end(),
                          [](const TestStepInfo& step) { return step.ok || step.warning; });
    look.items = std::move(listing.items);
    return look;
}

Result<PlaceSample> samplePlace(const Workspace& workspace, const SourceDraft& draft,
                                std::size_t rows, std::stop_token stop)
{
    const auto config = placeOf(workspace, draft);
    if (!config)
        return fail(config.error());
    const LentSecret lent(config->name, draft.secret);
    return findSourceKind(config->kind)->sample(*config, rows, std::move(stop));
}

Result<SourceTest> testOfDraft(const Workspace& workspace, const SourceDraft& draft,
                               std::stop_token stop)
{
    auto proposal = propose(workspace, draft);
    if (!proposal)
        return fail(proposal.error());
    const LentSecret lent(proposal->edit.config.name, draft.secret);
    std::vector<SchemaFinding> ignored;
    // Where the look fails, the steps of the test say at which point and why.
    Status looked;
    if (proposal->needsLook)
        looked = lookAt(proposal->edit, ignored, stop);
    const SettledDraft settled = settledFrom(std::move(*proposal));
    const auto source = makeSource(settled.record.config);
    if (!source)
        return fail(source.error());
    auto test = testWith(workspace, settled.record, **source, std::move(stop));
    if (test && !looked)
        noteRefusal(*test, looked.error());
    return test;
}

Result<Preview> previewOfDraft(const Workspace& workspace, const SourceDraft& draft,
                               const PreviewRequest& request, const PreviewProgressFn& progress,
                               std::stop_token stop)
{
    const auto settled = settle(workspace, draft, stop);
    if (!settled)
        return fail(settled.error());
    const LentSecret lent(settled->record.config.name, draft.secret);
    const auto source = makeSource(settled->record.config);
    if (!source)
        return fail(source.error());
    return previewWith(workspace, settled->record, **source, request, progress, std::move(stop));
}

Result<DraftPlan> planOfDraft(const Workspace& workspace, const SourceDraft& draft,
                              std::stop_token stop)
{
    auto settled = settle(workspace, draft, stop);
    if (!settled)
        return fail(settled.error());
    const LentSecret lent(settled->record.config.name, draft.secret);
    auto signals = signalsOf(workspace, *settled, std::move(stop));
    if (!signals)
        return fail(signals.error());
    settled->record.poll.lastSuccess = workspace.clock.now();
    auto planned = planWith(workspace, settled->record, std::move(*signals));
    if (!planned)
        return fail(planned.error());
    DraftPlan plan;
    plan.findings = std::move(settled->findings);
    addFindings(plan.findings, signalFindings(*planned));
    plan.importable = planned->plan.importable();
    if (settled->saved) {
        const auto before = planSource(workspace, settled->saved->config.name);
        if (!before)
            return fail(before.error());
        plan.changes = changesBetween(before->plan.days, planned->plan.days);
    }
    plan.calendar = calendarWith(workspace, std::move(*planned), {}, {});
    return plan;
}

std::vector<ColumnNeed> columnsOfDataset(const std::string& name)
{
    std::vector<ColumnNeed> needs;
    if (const Dataset* known = findDataset(name))
        for (const ColumnSpec& column : known->columns)
            needs.push_back({std::string(column.name), typeWord(column.type),
                             std::string(column.meaning), column.needed});
    return needs;
}

UsualPlaces usualPlaces(const std::string& name)
{
    const Dataset* known = findDataset(name);
    return known ? UsualPlaces{std::string(known->table), std::string(known->signalTable)}
                 : UsualPlaces{};
}

DraftMapping mapDraft(const std::string& datasetName, const PlaceSample& sample,
                      const std::map<std::string, std::string>& chosen)
{
    DraftMapping mapping;
    const Dataset* known = findDataset(datasetName);
    if (!known)
        return mapping;
    MappedSchema schema = mapColumns(*known, sample.columns, chosen);
    for (std::size_t i = 0; i < known->columns.size(); ++i)
        if (schema.mapping.positions[i])
            mapping.names[std::string(known->columns[i].name)] = schema.mapping.names[i];
    mapping.ok = !schema.hasErrors();
    mapping.findings = std::move(schema.findings);
    return mapping;
}

} // namespace daymark
