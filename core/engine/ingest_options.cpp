// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/ingest_options.h"

#include "core/base/time_zone.h"

namespace daymark {

namespace {

Result<DateDecoder> dateDecoder(const ledger::SourceRecord& record)
{
    const auto zone = TimeZone::find(record.policy.timeZone);
    if (!zone)
        return fail(zone.error());
    const auto format = record.config.format.find("date_format");
    if (format == record.config.format.end())
        return DateDecoder(DateFormat::Iso, *zone);
    return DateDecoder(findDateFormat(format->second).value_or(DateFormat::Iso), *zone);
}

} // namespace

Result<IngestOptions> ingestOptions(const Workspace& workspace, const ledger::SourceRecord& record,
                                    Day day)
{
    auto dates = dateDecoder(record);
    if (!dates)
        return fail(dates.error());
    const auto idTypes = workspace.ledger->idTypeTable().list();
    if (!idTypes)
        return fail(idTypes.error());
    const auto known = workspace.ledger->rollupTable().known(record.id);
    if (!known)
        return fail(known.error());
    const auto charged = workspace.ledger->runTable().chargedUndated(record.id, day);
    if (!charged)
        return fail(charged.error());
    IngestOptions options{day, std::move(*dates), record.config.unitDay, {}, {}, {}, {}, {}, 0, {}};
    for (const ledger::IdTypeRecord& idType : *idTypes)
        options.idTypes.push_back(idType.name);
    for (const ledger::KnownMetric& metric : *known)
        options.knownMetrics[metric.name] = metric.ratio ? MetricKind::Ratio : MetricKind::Value;
    for (const ledger::UndatedRow& row : *charged)
        options.knownUndated[row.row] += row.count;
    return options;
}

} // namespace daymark
