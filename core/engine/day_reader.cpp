// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/day_reader.h"

#include "core/engine/contract.h"
#include "core/engine/convert.h"
#include "core/engine/polling.h"

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

Result<std::unique_ptr<RowReader>> openDayReader(const Workspace& workspace,
                                                 ledger::SourceRecord& record, Day day,
                                                 std::vector<SchemaFinding>& findings,
                                                 std::stop_token stop)
{
    const auto source = openSource(workspace, record, stop);
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
