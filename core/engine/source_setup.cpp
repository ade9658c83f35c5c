// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/source_setup.h"

#include "core/base/secret.h"
#include "core/base/text.h"
#include "core/base/time_zone.h"
#include "core/engine/convert.h"
#include "core/engine/planning.h"
#include "core/engine/polling.h"
#include "core/landing/layout.h"
#include "core/schema/date_decoder.h"
#include "core/source/registry.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace daymark {

namespace {

/// Entries of SourceConfig::format that the engine keeps beside the source's own.
constexpr const char* kDetected = "detected"; ///< present once the rest was found
constexpr std::chrono::days kFurthestFirstDay{36525};
constexpr const char* kGiven = "given"; ///< the names that the operator set, comma-separated

std::vector<std::string> splitNames(const std::string& text)
{
    std::vector<std::string> names;
    for (std::size_t pos = 0; pos < text.size();) {
        const std::size_t comma = std::min(text.find(',', pos), text.size());
        names.push_back(text.substr(pos, comma - pos));
        pos = comma + 1;
    }
    return names;
}

/// The entries that the operator set, alone: what is left when the rest is to be found anew.
std::map<std::string, std::string> givenFormat(const std::map<std::string, std::string>& format)
{
    std::map<std::string, std::string> given;
    const auto names = format.find(kGiven);
    if (names == format.end())
        return given;
    for (const std::string& name : splitNames(names->second))
        if (const auto entry = format.find(name); entry != format.end())
            given.insert(*entry);
    return given;
}

template <class T>
void apply(T& setting, const std::optional<T>& given)
{
    if (given)
        setting = *given;
}

void mergeMap(std::map<std::string, std::string>& map,
              const std::map<std::string, std::string>& changes)
{
    for (const auto& [key, value] : changes) {
        if (value.empty())
            map.erase(key);
        else
            map[key] = value;
    }
}

void applyFormat(SourceConfig& config, const SourceSettings& settings)
{
    std::map<std::string, std::string> given = givenFormat(config.format);
    mergeMap(given, settings.format);
    std::string names;
    for (const auto& entry : given)
        names += (names.empty() ? "" : ",") + entry.first;
    config.format = std::move(given);
    if (!names.empty())
        config.format[kGiven] = names;
}

bool changesPlace(const SourceSettings& settings)
{
    return settings.uri || settings.table || settings.query || settings.signalTable ||
           !settings.format.empty() || !settings.columnMap.empty();
}

void applySettings(SourceConfig& config, Policy& policy, const SourceSettings& settings)
{
    apply(config.uri, settings.uri);
    if (settings.table && !settings.table->empty())
        config.query.clear();
    if (settings.query && !settings.query->empty())
        config.table.clear();
    apply(config.table, settings.table);
    apply(config.query, settings.query);
    apply(config.signalTable, settings.signalTable);
    apply(config.unitDay, settings.unitDay);
    apply(policy.order, settings.order);
    apply(policy.horizonDays, settings.horizonDays);
    apply(policy.timeZone, settings.timeZone);
    apply(policy.tolerancePercent, settings.tolerancePercent);
    apply(policy.pollMinutes, settings.pollMinutes);
    apply(policy.stalenessDays, settings.stalenessDays);
    apply(policy.recheckDays, settings.recheckDays);
    apply(policy.recheck, settings.recheck);
    apply(policy.keepVersions, settings.keepVersions);
    apply(policy.keepDays, settings.keepDays);
    apply(policy.reimportAbovePercent, settings.reimportAbovePercent);
    apply(policy.columnGone, settings.columnGone);
    apply(policy.columnNew, settings.columnNew);
    apply(policy.columnType, settings.columnType);
    if (settings.firstDay)
        policy.firstDay = settings.firstDay;
    config.timeZone = policy.timeZone;
    mergeMap(config.columnMap, settings.columnMap);
    if (changesPlace(settings))
        applyFormat(config, settings);
}

/// A first day of long ago would make a calendar of nothing but gaps.
Status checkFirstDay(const Workspace& workspace, const SourceSettings& settings)
{
    const Day earliest =
        std::chrono::floor<std::chrono::days>(workspace.clock.now()) - kFurthestFirstDay;
    if (!settings.firstDay || *settings.firstDay >= earliest)
        return {};
    return fail(ErrorCode::SourceInvalid,
                "The first day " + formatDay(*settings.firstDay) + " lies over a century back.",
                "Give a day from " + formatDay(earliest) + " on.");
}

Status checkColumnMap(const SourceConfig& config)
{
    const auto columns = dataset(config.dataset).columns;
    std::vector<std::string> names;
    for (const ColumnSpec& column : columns)
        names.emplace_back(column.name);
    names.emplace_back(kSignalColumn); // of the signals, which may call it otherwise too
    for (const auto& entry : config.columnMap) {
        if (std::find(names.begin(), names.end(), entry.first) != names.end())
            continue;
        const auto near = nearest(entry.first, names);
        return fail(ErrorCode::SourceInvalid,
                    "The dataset has no column '" + shortened(entry.first) + "' to map to.",
                    near ? "Did you mean " + *near + "?"
                         : fmt::format("Its columns are {}.", fmt::join(names, ", ")));
    }
    return {};
}

Status checkPolicy(const Policy& policy)
{
    const auto invalid = [](const std::string& message) {
        return fail(ErrorCode::SourceInvalid, message, "Give a value in that range.");
    };
    if (const auto zone = TimeZone::find(policy.timeZone); !zone)
        return fail(zone.error());
    if (policy.horizonDays < 0 || policy.horizonDays > 3650)
        return invalid("The horizon is 0 to 3,650 days.");
    if (policy.pollMinutes < 1 || policy.pollMinutes > 7 * 24 * 60)
        return invalid("The poll interval is 1 to 10,080 minutes.");
    if (policy.stalenessDays < 1 || policy.stalenessDays > 3650)
        return invalid("The staleness is 1 to 3,650 days.");
    if (policy.recheckDays < 0 || policy.recheckDays > 365)
        return invalid("Landed days are looked at again for 0 to 365 days.");
    if (policy.keepVersions < 0 || policy.keepVersions > 100)
        return invalid("0 to 100 earlier versions of a day are kept.");
    if (policy.keepDays < 0 || policy.keepDays > 3650)
        return invalid("Earlier versions are kept for 0 to 3,650 days.");
    if (policy.reimportAbovePercent &&
        !(*policy.reimportAbovePercent >= 0 && *policy.reimportAbovePercent <= 100))
        return invalid("A change of 0 to 100 percent imports a day again by itself.");
    if (!(policy.tolerancePercent >= 0 && policy.tolerancePercent <= 100))
        return invalid("The tolerance is 0 to 100 percent.");
    return {};
}

Status checkFormat(const SourceConfig& config)
{
    for (const char* key : {"date_format", "signal_date_format"}) {
        const auto entry = config.format.find(key);
        if (entry != config.format.end() && !findDateFormat(entry->second))
            return fail(ErrorCode::SourceInvalid,
                        "There is no date format '" + shortened(entry->second) + "'.",
                        "Use iso, dd/mm/yyyy, mm/dd/yyyy, yyyymmdd, unix_s, unix_ms or unix_us.");
    }
    return {};
}

/// Whether a place that answers so is not worth keeping.
bool isRefused(ErrorCode code)
{
    return code == ErrorCode::SourceMissing || code == ErrorCode::SourcePermission ||
           code == ErrorCode::SourceInvalid || code == ErrorCode::RunCancelled;
}

std::string absolutePath(const std::string& uri)
{
    if (uri.find("://") != std::string::npos)
        return uri; // an address: refused as it stands, by the kind
    std::error_code ignored;
    const auto absolute = std::filesystem::absolute(uri, ignored);
    return ignored ? uri : absolute.lexically_normal().string();
}

Status checkSettings(const ledger::SourceEdit& edit)
{
    if (const Status checked = checkPolicy(edit.policy); !checked)
        return checked;
    if (const Status checked = checkColumnMap(edit.config); !checked)
        return checked;
    if (const Status checked = checkFormat(edit.config); !checked)
        return checked;
    if (const auto made = makeSource(edit.config); !made)
        return fail(made.error());
    return {};
}

/// Reads the signals, so that the calendar has something to show from the start.
void firstPoll(const Workspace& workspace, SourceSaved& saved, std::stop_token stop)
{
    const auto report = pollSource(workspace, saved.source.config.name, stop);
    if (!report)
        return;
    addFindings(saved.findings, report->findings);
    if (report->error)
        saved.unreachable = report->error;
}

/// Remembers why a new source has no signals yet, so that its calendar can say so.
void noteUnreachable(const Workspace& workspace, const ledger::SourceRecord& record,
                     const Error& error)
{
    const Instant now = workspace.clock.now();
    const Instant next = nextPollAt(now, record.policy, record.id, error, 1);
    // Should this not be written down, the first poll says it again.
    static_cast<void>(workspace.ledger->sourceTable().recordPoll(record.id, {now, error, next}));
}

Result<SourceSaved> finishSave(const Workspace& workspace, SourceId id, SourceSaved saved,
                               std::stop_token stop)
{
    const auto record = workspace.ledger->sourceTable().get(id);
    if (!record)
        return fail(record.error());
    saved.source = toSourceInfo(workspace, *record);
    if (!saved.unreachable)
        firstPoll(workspace, saved, stop);
    else if (!record->poll.last)
        noteUnreachable(workspace, *record, *saved.unreachable);
    Event event;
    event.kind = EventKind::SourcesChanged;
    event.source = saved.source.config.name;
    workspace.events->tell(event);
    if (const auto polled = workspace.ledger->sourceTable().get(id))
        saved.source = toSourceInfo(workspace, *polled);
    return saved;
}

/// What lies in the landing folder of a source that the ledger has just met for the first time was
/// left there by a removal that was cut short, or belongs to another ledger: it goes to history/,
/// whole.
Status setAside(const Workspace& workspace, const SourceConfig& config)
{
    const auto left = workspace.folder / landing::sourceFolder(config.dataset, config.name);
    std::error_code ignored;
    if (!std::filesystem::exists(left, ignored))
        return {};
    std::string name = left.filename().string() + ' ' + formatInstant(workspace.clock.now());
    std::replace(name.begin(), name.end(), ':', '-');
    return moveToNew(left, workspace.folder / "history" / name);
}

/// The settings that a draft begins with: the saved source's, or the defaults.
Result<Proposal> beginProposal(const Workspace& workspace, const SourceDraft& draft)
{
    Proposal proposal;
    if (draft.isEdit) {
        auto record = workspace.ledger->sourceTable().find(draft.name);
        if (!record)
            return fail(record.error());
        proposal.edit = {record->config, record->policy, record->dataPlace, record->signalPlace};
        proposal.saved = std::move(*record);
        return proposal;
    }
    const Dataset* chosen = findDataset(draft.dataset);
    if (!chosen)
        return fail(ErrorCode::SourceInvalid,
                    "There is no dataset '" + shortened(draft.dataset) + "'.", "Use metrics.");
    proposal.edit.config.name = draft.name;
    proposal.edit.config.kind = draft.kind;
    proposal.edit.config.dataset = chosen->kind;
    if (auto kept = workspace.ledger->sourceTable().find(draft.name, true); kept && kept->removed) {
        proposal.edit.config.name = kept->config.name;
        proposal.edit.policy.firstDay = kept->policy.firstDay;
        proposal.kept = std::move(*kept);
    }
    return proposal;
}

bool answersOtherwise(const Policy& one, const Policy& other)
{
    return one.columnGone != other.columnGone || one.columnNew != other.columnNew ||
           one.columnType != other.columnType;
}

/// Another place has other columns: the next landing from there agrees on them anew. By other
/// answers, whether the columns block is seen by the next look at them.
Status freeContract(const Workspace& workspace, const Proposal& proposal)
{
    ledger::ContractTable& table = workspace.ledger->contractTable();
    if (!proposal.needsLook)
        return answersOtherwise(proposal.saved->policy, proposal.edit.policy)
                   ? table.noteBreak(proposal.saved->id, {}, workspace.stamp())
                   : Status();
    const auto agreed = table.columns(proposal.saved->id);
    if (!agreed)
        return fail(agreed.error());
    if (agreed->empty())
        return {};
    return table.fix(proposal.saved->id, {}, workspace.stamp());
}

/// Whether a test came as far as the data: a server that refuses a login is not asked again, as
/// some lock an account after a few wrong passwords.
bool isConnected(const std::vector<TestStep>& steps)
{
    const bool reached =
        std::any_of(steps.begin(), steps.end(), [](const TestStep& step) { return step.ok; });
    return reached && !steps.back().isUnreached;
}

/// Writes what was proposed: a new source, or the saved one's new settings.
Result<SourceId> keep(const Workspace& workspace, const Proposal& proposal)
{
    ledger::SourceTable& table = workspace.ledger->sourceTable();
    if (proposal.saved) {
        const Status edited = table.edit(proposal.saved->id, proposal.edit, workspace.stamp());
        if (!edited)
            return fail(edited.error());
        if (const Status freed = freeContract(workspace, proposal); !freed)
            return fail(freed.error());
        return proposal.saved->id;
    }
    const auto id = table.add(proposal.edit, workspace.stamp());
    if (!id || proposal.kept)
        return id;
    if (const Status cleared = setAside(workspace, proposal.edit.config); !cleared)
        return fail(cleared.error());
    return id;
}

/// What has landed stays as it is: by another time zone its rows may belong to other days.
void tellTimeZone(const Workspace& workspace, const Proposal& proposal, SourceId id,
                  std::vector<SchemaFinding>& findings)
{
    const auto landed = workspace.ledger->dayTable().landed(id);
    if (!proposal.saved || !landed || landed->empty() ||
        proposal.saved->policy.timeZone == proposal.edit.policy.timeZone)
        return;
    findings.push_back(
        {"source.time_zone", Severity::Warning, "",
         counted(landed->size(), "day") + " landed by the time zone " +
             shortened(proposal.saved->policy.timeZone) + " and stay as they are; days end by " +
             shortened(proposal.edit.policy.timeZone) +
             " from now on. Where the source holds times rather than days, rows around midnight "
             "may be in two days, or in none, until those days are imported again."});
}

} // namespace

Result<Proposal> propose(const Workspace& workspace, const SourceDraft& draft)
{
    auto proposal = beginProposal(workspace, draft);
    if (!proposal)
        return proposal;
    ledger::SourceEdit& edit = proposal->edit;
    if (const SourceKind* kind = findSourceKind(edit.config.kind); kind && kind->checkGiven) {
        const Status known = kind->checkGiven(edit.config.name, draft.settings.format);
        if (!known)
            return fail(known.error());
    }
    applySettings(edit.config, edit.policy, draft.settings);
    if (const SourceKind* known = findSourceKind(edit.config.kind); known && known->uriIsPath)
        edit.config.uri = absolutePath(edit.config.uri);
    if (const Status checked = checkSettings(edit); !checked)
        return fail(checked.error());
    if (const Status checked = checkFirstDay(workspace, draft.settings); !checked)
        return fail(checked.error());
    proposal->needsLook = !draft.isEdit || changesPlace(draft.settings);
    return proposal;
}

Status lookAt(ledger::SourceEdit& edit, std::vector<SchemaFinding>& findings, std::stop_token stop)
{
    const auto source = makeSource(edit.config);
    if (!source)
        return fail(source.error());
    auto format = (*source)->detectFormat(stop);
    if (!format)
        return fail(format.error());
    const std::string given = edit.config.format[kGiven];
    edit.config.format = std::move(*format);
    edit.config.format[kDetected] = "yes";
    edit.config.format[kGiven] = given;
    if (given.empty())
        edit.config.format.erase(kGiven);
    const auto settled = makeSource(edit.config);
    if (!settled)
        return fail(settled.error());
    const auto description = (*settled)->describe(stop);
    if (!description)
        return fail(description.error());
    edit.dataPlace = description->dataPlace;
    edit.signalPlace = description->signalPlace;
    findings = mapColumns(dataset(edit.config.dataset), description->columns, edit.config.columnMap)
                   .findings;
    addFindings(findings, description->findings);
    return {};
}

Result<SourceSaved> saveSource(const Workspace& workspace, const SourceDraft& draft,
                               std::stop_token stop)
{
    auto proposal = propose(workspace, draft);
    if (!proposal)
        return fail(proposal.error());
    const LentSecret lent(proposal->edit.config.name, draft.secret);
    SourceSaved saved;
    if (proposal->needsLook) {
        if (const Status looked = lookAt(proposal->edit, saved.findings, stop); !looked) {
            if (isRefused(looked.error().code))
                return fail(looked.error());
            saved.unreachable = looked.error();
        }
    }
    const auto id = keep(workspace, *proposal);
    if (!id)
        return fail(id.error());
    if (proposal->kept)
        if (const auto days = workspace.ledger->dayTable().landed(*id))
            saved.takenUp = days->size();
    tellTimeZone(workspace, *proposal, *id, saved.findings);
    return finishSave(workspace, *id, std::move(saved), stop);
}

Status removeSourceFrom(const Workspace& workspace, const std::string& name, bool keepData)
{
    const auto record = workspace.ledger->sourceTable().find(name, !keepData);
    if (!record)
        return fail(record.error());
    // The ledger forgets the days last: an end in between leaves a source whose data is kept, which
    // the same command removes.
    ledger::SourceTable& table = workspace.ledger->sourceTable();
    if (!record->removed)
        if (Status removed = table.remove(
                record->id, keepData ? ledger::Removal::KeepingData : ledger::Removal::BeforeData,
                workspace.stamp());
            !removed)
            return removed;
    if (!keepData) {
        const auto& config = record->config;
        std::error_code ignored;
        std::filesystem::remove_all(workspace.folder / "rejects" / "metrics" /
                                        ("source=" + pathSafe(config.name)),
                                    ignored);
        if (Status gone = workspace.landing->removeSource(config.dataset, config.name); !gone)
            return gone;
        if (Status removed = table.remove(record->id, ledger::Removal::Data, workspace.stamp());
            !removed)
            return removed;
    }
    Event event;
    event.kind = EventKind::SourcesChanged;
    event.source = record->config.name;
    workspace.events->tell(event);
    return {};
}

Result<std::vector<KeptSource>> keptSourcesOf(const Workspace& workspace)
{
    const auto records = workspace.ledger->sourceTable().list(true);
    if (!records)
        return fail(records.error());
    std::vector<KeptSource> kept;
    for (const ledger::SourceRecord& record : *records) {
        if (!record.removed)
            continue;
        const auto days = workspace.ledger->dayTable().landed(record.id);
        if (!days)
            return fail(days.error());
        if (!days->empty())
            kept.push_back({record.config.name, std::string(dataset(record.config.dataset).name),
                            days->size(), days->front().day, days->back().day});
    }
    return kept;
}

Result<SourceTest> testSourceOf(const Workspace& workspace, const std::string& name,
                                std::stop_token stop)
{
    auto record = workspace.ledger->sourceTable().find(name);
    if (!record)
        return fail(record.error());
    auto source = openSource(workspace, *record, stop);
    std::optional<Error> refused;
    if (!source) {
        refused = source.error();
        source = makeSource(record->config);
    }
    if (!source)
        return fail(source.error());
    auto test = testWith(workspace, *record, **source, std::move(stop));
    if (test && refused)
        noteRefusal(*test, *refused);
    return test;
}

void noteRefusal(SourceTest& test, const Error& error)
{
    if (!test.ok)
        return; // a step has said why
    test.ok = false;
    test.steps.push_back({"read it as an import does", false, false, error.message, error.hint});
}

Result<SourceTest> testWith(const Workspace& workspace, const ledger::SourceRecord& record,
                            Source& source, std::stop_token stop)
{
    SourceTest test;
    test.ok = true;
    const std::vector<TestStep> steps = source.test(stop);
    test.steps = toStepInfos(steps);
    for (const TestStepInfo& step : test.steps)
        test.ok = test.ok && (step.ok || step.warning);
    if (stop.stop_requested())
        return fail(ErrorCode::RunCancelled, "The test was cancelled.");
    if (!isConnected(steps)) // what follows would only wait for the same again
        return test;
    if (const auto description = source.describe(stop)) {
        const Dataset& data = dataset(record.config.dataset);
        MappedSchema schema = mapColumns(data, description->columns, record.config.columnMap);
        for (const SourceColumn& column : description->columns)
            test.columns.push_back(column.name);
        for (std::size_t i = 0; i < data.columns.size(); ++i)
            if (schema.mapping.positions[i])
                test.mapping[std::string(data.columns[i].name)] = schema.mapping.names[i];
        test.ok = test.ok && !schema.hasErrors();
        test.findings = std::move(schema.findings);
        addFindings(test.findings, description->findings);
    }
    auto reading = source.readSignals(stop);
    if (!reading)
        return test;
    test.signalCount = reading->days.size();
    if (!reading->days.empty()) {
        test.firstSignal = reading->days.front();
        test.lastSignal = reading->days.back();
    }
    std::vector<Signal> signals;
    for (const Day day : reading->days)
        signals.push_back({day});
    addFindings(test.findings, reading->findings);
    if (const auto planned = planWith(workspace, record, std::move(signals)))
        addFindings(test.findings, signalFindings(*planned));
    return test;
}

std::vector<TestStepInfo> toStepInfos(const std::vector<TestStep>& steps)
{
    std::vector<TestStepInfo> infos;
    for (const TestStep& step : steps)
        infos.push_back({step.name, step.ok, step.warning, step.message, step.hint});
    return infos;
}

} // namespace daymark
