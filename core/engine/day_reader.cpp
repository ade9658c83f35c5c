// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/day_reader.h"

#include "core/engine/contract.h"
#include "core/engine/convert.h"
#include "core/engine/polling.h"
#include "core/source/format_keys.h"
#include "core/source/registry.h"

namespace daymark {

namespace {

Error mismatch(const std::string& source, const std::vector<SchemaFinding>& findings)
{
    std::string message;
    for (const SchemaFinding& finding : findings)
        if (finding.severity == Severity::Error)
            message += (message.empty() ? "" : " ") + finding.code + ": " + finding.message;
    return {ErrorCode::SchemaMismatch, message,
            "Name the right columns: daymark-cli source edit " + shellQuoted(source) +
                " --map canonical=column; or mend the source."};
}

} // namespace

Result<std::unique_ptr<Source>> openAgreed(const Workspace& workspace, ledger::SourceRecord& record,
                                           const std::stop_token& stop)
{
    auto source = openSource(workspace, record, stop);
    if (!source)
        return source;
    const auto agreed = workspace.ledger->contractTable().columns(record.id);
    if (!agreed)
        return fail(agreed.error());
    SourceConfig config = record.config;
    const auto header = config.format.find("header");
    const bool isNamed = header == config.format.end() || header->second != "no";
    if (agreed->empty() || !config.format.contains("columns") || !isNamed)
        return source;
    std::vector<std::string> names;
    for (const ledger::ContractColumn& column : *agreed)
        names.push_back(column.name);
    config.format["columns"] = columnsSetting(names);
    return makeSource(config);
}

Result<std::unique_ptr<RowReader>> openDayReader(const Workspace& workspace,
                                                 ledger::SourceRecord& record, Day day,
                                                 std::vector<SchemaFinding>& findings,
                                                 std::stop_token stop)
{
    const auto source = openAgreed(workspace, record, stop);
    if (!source)
        return fail(source.error());
    const auto description = (*source)->describe(stop);
    if (!description)
        return fail(description.error());
    MappedSchema schema =
        mapColumns(dataset(record.config.dataset), description->columns, record.config.columnMap);
    findings = schema.findings;
    if (schema.hasErrors())
        return fail(mismatch(record.config.name, schema.findings));
    addFindings(findings, description->findings);
    const auto differing = holdToContract(workspace, record, description->columns);
    if (!differing)
        return fail(differing.error());
    addFindings(findings, *differing);
    return (*source)->openDay(day, schema.mapping, stop);
}

} // namespace daymark
