// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/contract.h"

#include "core/base/text.h"
#include "core/calendar/day_words.h"
#include "core/engine/convert.h"
#include "core/engine/engine_access.h"
#include "core/engine/planning.h"
#include "core/engine/polling.h"
#include "core/engine/schema_contract.h"

#include <algorithm>

namespace daymark {

namespace {

constexpr std::string_view kGone = "schema.contract_gone";
constexpr std::string_view kNew = "schema.contract_new";
constexpr std::string_view kType = "schema.contract_type";

std::string quoted(const std::string& name) { return '\'' + shortened(name) + '\''; }

std::string typeWords(const std::string& typeName)
{
    return typeName.empty() ? "no declared type" : shortened(typeName);
}

/// The names of the agreed columns that feed the import.
std::vector<std::string> fedNames(const SourceConfig& config,
                                  std::span<const ledger::ContractColumn> agreed)
{
    std::vector<SourceColumn> columns;
    for (const ledger::ContractColumn& column : agreed)
        columns.push_back({column.name, column.typeName});
    return mapColumns(dataset(config.dataset), columns, config.columnMap).mapping.names;
}

bool holds(const std::vector<std::string>& names, const std::string& name)
{
    return std::find(names.begin(), names.end(), name) != names.end();
}

template <class Columns>
auto findColumn(const Columns& columns, const std::string& name)
{
    const std::string cleaned = cleanedName(name);
    const auto exact = std::find_if(columns.begin(), columns.end(),
                                    [&](const auto& one) { return one.name == name; });
    if (exact != columns.end())
        return exact;
    return std::find_if(columns.begin(), columns.end(),
                        [&](const auto& one) { return cleanedName(one.name) == cleaned; });
}

std::vector<ledger::ContractColumn> toContract(std::span<const SourceColumn> columns)
{
    std::vector<ledger::ContractColumn> contract;
    for (const SourceColumn& column : columns)
        contract.push_back({column.name, column.typeName});
    return contract;
}

/// Why no day could be imported from the columns; none where one could.
std::optional<Error> whyUnusable(const SourceConfig& config, std::span<const SourceColumn> columns)
{
    std::string words;
    const MappedSchema mapped = mapColumns(dataset(config.dataset), columns, config.columnMap);
    for (const SchemaFinding& finding : mapped.findings)
        if (finding.severity == Severity::Error)
            words += (words.empty() ? "" : " ") + finding.message;
    if (words.empty())
        return std::nullopt;
    return Error{ErrorCode::SchemaMismatch,
                 "The columns of " + config.name +
                     " cannot be agreed on: no day could be imported from them. " + words,
                 "Mend the source; or name the columns that take their places: daymark-cli source "
                 "edit " +
                     shellQuoted(config.name) + " --map NAME=COLUMN. Nothing was changed."};
}

/// The source's columns as they are now.
Result<std::vector<SourceColumn>> columnsNow(const Workspace& workspace,
                                             ledger::SourceRecord& record, std::stop_token stop)
{
    const auto source = openSource(workspace, record, stop);
    if (!source)
        return fail(source.error());
    auto description = (*source)->describe(std::move(stop));
    if (!description)
        return fail(description.error());
    return std::move(description->columns);
}

std::vector<ColumnDifference> differencesOf(const ledger::SourceRecord& record,
                                            std::span<const ledger::ContractColumn> agreed,
                                            std::span<const SourceColumn> now)
{
    std::vector<ColumnDifference> differences;
    const std::vector<std::string> fed = fedNames(record.config, agreed);
    for (const ledger::ContractColumn& column : agreed) {
        const bool feeds = holds(fed, column.name);
        const auto found = findColumn(now, column.name);
        if (found == now.end())
            differences.push_back(
                {column.name, column.typeName, {}, false, true, feeds, record.policy.columnGone});
        else if (asciiLower(found->typeName) != asciiLower(column.typeName))
            differences.push_back({found->name, column.typeName, found->typeName, false, false,
                                   feeds, record.policy.columnType});
    }
    for (const SourceColumn& column : now)
        if (findColumn(agreed, column.name) == agreed.end())
            differences.push_back(
                {column.name, {}, column.typeName, true, false, false, record.policy.columnNew});
    return differences;
}

SchemaFinding gone(const ColumnDifference& column)
{
    return {std::string(kGone), Severity::Warning, column.name,
            "The column " + quoted(column.name) + " (" + typeWords(column.was) +
                ") is gone from the source."};
}

SchemaFinding added(const ColumnDifference& column)
{
    return {std::string(kNew), Severity::Warning, column.name,
            "The column " + quoted(column.name) + " (" + typeWords(column.now) +
                ") is new at the source."};
}

SchemaFinding retyped(const ColumnDifference& column)
{
    return {std::string(kType), Severity::Warning, column.name,
            "The column " + quoted(column.name) + " is " + typeWords(column.now) +
                " now, where it was " + typeWords(column.was) + "."};
}

/// What differs, a finding a column: `schema.contract_gone`, `schema.contract_new` and
/// `schema.contract_type`. A change that blocks is an error, one that is warned of a warning; a
/// column that feeds nothing warns at most where it is gone or of another type.
std::vector<SchemaFinding> findingsOf(std::span<const ColumnDifference> differences)
{
    std::vector<SchemaFinding> findings;
    for (const ColumnDifference& column : differences) {
        if (column.action == SchemaAction::Accept)
            continue;
        findings.push_back(column.isGone  ? gone(column)
                           : column.isNew ? added(column)
                                          : retyped(column));
        if (column.action == SchemaAction::Block && (column.feeds || column.isNew))
            findings.back().severity = Severity::Error;
    }
    return findings;
}

bool isContractCode(const std::string& code)
{
    return code == kGone || code == kNew || code == kType;
}

} // namespace

std::string blockingWords(const std::vector<SchemaFinding>& findings)
{
    std::string words;
    for (const SchemaFinding& finding : findings)
        if (finding.severity == Severity::Error && isContractCode(finding.code))
            words += (words.empty() ? "" : " ") + finding.message;
    return words;
}

Error contractBroken(const std::string& source, const std::string& words)
{
    return {ErrorCode::SchemaMismatch,
            "The columns of " + source + " are not those that were agreed on. " + words,
            "Mend the source; or agree on its columns as they are: daymark-cli source accept " +
                shellQuoted(source) + "."};
}

Result<std::vector<SchemaFinding>> holdToContract(const Workspace& workspace,
                                                  const ledger::SourceRecord& record,
                                                  std::span<const SourceColumn> now)
{
    const auto agreed = workspace.ledger->contractTable().columns(record.id);
    if (!agreed)
        return fail(agreed.error());
    if (agreed->empty())
        return std::vector<SchemaFinding>();
    return findingsOf(differencesOf(record, *agreed, now));
}

Status pollContract(const Workspace& workspace, const ledger::SourceRecord& record, Source& source,
                    std::vector<SchemaFinding>& findings, const std::stop_token& stop)
{
    const auto agreed = workspace.ledger->contractTable().columns(record.id);
    if (!agreed)
        return fail(agreed.error());
    if (agreed->empty())
        return {};
    const auto description = source.describe(stop);
    if (!description) {
        const Error& error = description.error();
        findings.push_back({std::string(errorName(error.code)), Severity::Error, "",
                            "What is to be imported cannot be read: " + error.message});
        return {};
    }
    const auto differing = findingsOf(differencesOf(record, *agreed, description->columns));
    addFindings(findings, differing);
    return workspace.ledger->contractTable().noteBreak(record.id, blockingWords(differing),
                                                       workspace.stamp());
}

void agreeOnFirstLanding(const Workspace& workspace, const ledger::SourceRecord& given,
                         const std::stop_token& stop)
{
    ledger::ContractTable& table = workspace.ledger->contractTable();
    if (const auto agreed = table.columns(given.id); !agreed || !agreed->empty())
        return;
    ledger::SourceRecord record = given;
    const auto source = openSource(workspace, record, stop);
    if (!source)
        return;
    const auto description = (*source)->describe(stop);
    if (!description || description->columns.empty())
        return;
    static_cast<void>(table.fix(record.id, toContract(description->columns), workspace.stamp()));
}

Result<SchemaStanding> lookAtSchema(Engine& engine, const std::string& name, std::stop_token stop)
{
    const Workspace& workspace = EngineAccess::workspace(engine);
    auto planned = planSource(workspace, name);
    if (!planned)
        return fail(planned.error());
    ledger::SourceRecord& record = planned->record;
    const auto agreed = workspace.ledger->contractTable().columns(record.id);
    if (!agreed)
        return fail(agreed.error());
    const auto columns = columnsNow(workspace, record, std::move(stop));
    if (!columns)
        return fail(columns.error());
    SchemaStanding standing;
    standing.agreed = !agreed->empty();
    if (standing.agreed)
        standing.differences = differencesOf(record, *agreed, *columns);
    standing.unusable = whyUnusable(record.config, *columns);
    standing.waiting = planned->held.size();
    return standing;
}

Result<std::vector<SourceColumn>> acceptSchema(Engine& engine, const std::string& name,
                                               std::stop_token stop)
{
    const Workspace& workspace = EngineAccess::workspace(engine);
    if (const Status writer = workspace.requireWriter(); !writer)
        return fail(writer.error());
    auto record = workspace.ledger->sourceTable().find(name);
    if (!record)
        return fail(record.error());
    auto columns = columnsNow(workspace, *record, std::move(stop));
    if (!columns)
        return fail(columns.error());
    if (auto unusable = whyUnusable(record->config, *columns))
        return fail(std::move(*unusable));
    const Status agreed =
        workspace.ledger->contractTable().fix(record->id, toContract(*columns), workspace.stamp());
    if (!agreed)
        return fail(agreed.error());
    Event event;
    event.kind = EventKind::DaysChanged;
    event.source = record->config.name;
    workspace.events->tell(event);
    return columns;
}

} // namespace daymark
