// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/landed_views.h"

#include "core/base/text.h"
#include "core/base/time_zone.h"
#include "core/catalog/catalog.h"
#include "core/engine/convert.h"
#include "core/engine/planning.h"

#include <algorithm>

namespace daymark {

namespace {

MetricDay toMetricDay(const catalog::MetricDay& day)
{
    MetricDay view;
    view.day = day.day;
    view.rows = day.rows;
    view.units = day.units;
    view.sum = day.sum;
    view.numeratorSum = day.numeratorSum;
    view.denominatorSum = day.denominatorSum;
    view.mean = day.mean;
    view.minimum = day.minimum;
    view.maximum = day.maximum;
    view.sumSquares = day.sumSquares;
    view.zeroDenominators = day.zeroDenominators;
    return view;
}

MetricInfo toMetricInfo(const catalog::Metric& metric)
{
    MetricInfo info;
    info.name = metric.name;
    info.ratio = metric.ratio;
    info.idTypes = metric.idTypes;
    info.sources = metric.sources;
    info.firstDay = metric.firstDay;
    info.lastDay = metric.lastDay;
    info.days = metric.days;
    info.stale = metric.stale;
    info.latest = toMetricDay(metric.latest);
    for (const catalog::MetricDay& day : metric.series)
        info.series.push_back(toMetricDay(day));
    return info;
}

struct CatalogFrame
{
    Day today;
    catalog::Staleness staleness;
};

/// Each source has its own staleness; the catalog has one today, the latest that any source is in.
Result<CatalogFrame> catalogFrame(const Workspace& workspace)
{
    const auto records = workspace.ledger->sourceTable().list(true);
    if (!records)
        return fail(records.error());
    CatalogFrame frame{std::chrono::floor<std::chrono::days>(workspace.clock.now()), {}};
    for (const ledger::SourceRecord& record : *records) {
        frame.staleness[record.config.name] = record.policy.stalenessDays;
        if (const auto today = todayOf(workspace, record.policy))
            frame.today = record.id == records->front().id ? *today : std::max(frame.today, *today);
    }
    return frame;
}

Result<std::vector<landing::ExpectedDay>> expectedDays(const Workspace& workspace,
                                                       std::optional<SourceId> source,
                                                       std::optional<Day> from,
                                                       std::optional<Day> to)
{
    const auto landed = workspace.ledger->dayTable().landed(source, from, to);
    if (!landed)
        return fail(landed.error());
    std::vector<landing::ExpectedDay> days;
    for (const ledger::LandedDay& day : *landed)
        days.push_back(toExpectedDay(day));
    return days;
}

tl::unexpected<Error> notImported(const std::string& name, Day day)
{
    return fail(ErrorCode::DayState, formatDay(day) + " of " + name + " is not imported.",
                "See why: daymark-cli explain " + shellQuoted(name) + " " + formatDay(day) + ".");
}

Result<std::vector<landing::LiveRun>> liveRunsOf(const Workspace& workspace)
{
    const auto live = workspace.ledger->runTable().live();
    if (!live)
        return fail(live.error());
    std::vector<landing::LiveRun> runs;
    for (const ledger::RunRecord& run : *live)
        runs.push_back(toLiveRun(run));
    return runs;
}

/// Whether a fault was only found because an import went on while the check looked: what lies there
/// is a live run's, or the ledger holds it by now.
bool isOvertaken(const landing::CheckFault& fault, const std::vector<landing::ExpectedDay>& days,
                 const std::vector<landing::LiveRun>& live)
{
    if (fault.code != "orphan" || !fault.day)
        return false;
    const auto isIt = [&fault](const landing::DayPlace& place) {
        return place.day == *fault.day && place.source == fault.source;
    };
    const auto lies = [&fault](const LandedFile& file) {
        return file.path == fault.path || file.path.starts_with(fault.path + '/');
    };
    return std::any_of(live.begin(), live.end(),
                       [&](const landing::LiveRun& run) { return isIt(run.place); }) ||
           std::any_of(days.begin(), days.end(), [&](const landing::ExpectedDay& day) {
               return isIt(day.place) && std::any_of(day.files.begin(), day.files.end(), lies);
           });
}

/// Takes back the faults that a process which imports beside the check has explained since.
Status dropOvertaken(const Workspace& workspace, std::vector<landing::CheckFault>& faults)
{
    if (faults.empty() || !workspace.hasWriter())
        return {};
    const auto live = liveRunsOf(workspace);
    if (!live)
        return fail(live.error());
    const auto days = expectedDays(workspace, std::nullopt, std::nullopt, std::nullopt);
    if (!days)
        return fail(days.error());
    std::erase_if(
        faults, [&](const landing::CheckFault& fault) { return isOvertaken(fault, *days, *live); });
    return {};
}

} // namespace

Result<std::vector<MetricInfo>> catalogOf(const Workspace& workspace, bool withStale)
{
    auto frame = catalogFrame(workspace);
    if (!frame)
        return fail(frame.error());
    catalog::CatalogBuilder builder(frame->today, std::move(frame->staleness));
    const Status visited = workspace.ledger->rollupTable().visitAll(
        [&builder](const MetricPoint& point) { builder.add(point); });
    if (!visited)
        return fail(visited.error());
    std::vector<MetricInfo> metrics;
    for (const catalog::Metric& metric : builder.take())
        if (withStale || !metric.stale)
            metrics.push_back(toMetricInfo(metric));
    return metrics;
}

Result<MetricInfo> metricOf(const Workspace& workspace, const std::string& name)
{
    const auto frame = catalogFrame(workspace);
    if (!frame)
        return fail(frame.error());
    const auto points = workspace.ledger->rollupTable().series(name);
    if (!points)
        return fail(points.error());
    if (const auto metric = catalog::describeMetric(*points, frame->today, frame->staleness))
        return toMetricInfo(*metric);
    std::vector<std::string> names;
    if (const auto all = catalogOf(workspace, true))
        for (const MetricInfo& known : *all)
            names.push_back(known.name);
    const auto near = nearest(name, names);
    return fail(ErrorCode::MetricUnknown, "No metric '" + shortened(name) + "' has landed.",
                near ? "Did you mean " + *near + "?"
                     : std::string("See daymark-cli catalog --all."));
}

Result<std::vector<LandedMetricRow>> landedRows(const Workspace& workspace, const std::string& name,
                                                Day day, const std::optional<std::string>& metric,
                                                std::size_t limit)
{
    const auto record = workspace.ledger->sourceTable().find(name);
    if (!record)
        return fail(record.error());
    const auto days = expectedDays(workspace, record->id, day, day);
    if (!days)
        return fail(days.error());
    if (days->empty())
        return notImported(record->config.name, day);
    auto rows = workspace.landing->rows(days->front(), {metric, limit}, {});
    if (!rows)
        return fail(rows.error());
    std::vector<LandedMetricRow> views;
    for (landing::MetricRow& row : *rows)
        views.push_back({std::move(row.unitId), std::move(row.idType), std::move(row.metric),
                         row.value, row.numerator, row.denominator});
    return views;
}

Result<std::uint64_t> exportLanded(const Workspace& workspace, const std::string& name,
                                   std::optional<Day> from, std::optional<Day> to,
                                   const std::filesystem::path& target, std::stop_token stop)
{
    const auto record = workspace.ledger->sourceTable().find(name);
    if (!record)
        return fail(record.error());
    const auto days = expectedDays(workspace, record->id, from, to);
    if (!days)
        return fail(days.error());
    if (days->empty())
        return fail(ErrorCode::DayState,
                    "No day of " + record->config.name + " in that range is imported.",
                    "See what is: daymark-cli calendar " + shellQuoted(record->config.name) + ".");
    return workspace.landing->exportDays(*days, target, std::move(stop));
}

Result<CheckReport> checkLanded(const Workspace& workspace, bool full, std::stop_token stop)
{
    const auto days = expectedDays(workspace, std::nullopt, std::nullopt, std::nullopt);
    if (!days)
        return fail(days.error());
    const auto live = liveRunsOf(workspace);
    if (!live)
        return fail(live.error());
    auto found = workspace.landing->check(*days, *live, full, std::move(stop));
    if (!found)
        return fail(found.error());
    if (const Status dropped = dropOvertaken(workspace, found->faults); !dropped)
        return fail(dropped.error());
    CheckReport report;
    report.ok = true;
    report.days = found->days;
    report.files = found->files;
    for (const landing::CheckFault& fault : found->faults) {
        report.ok = report.ok && !fault.fault;
        report.faults.push_back(
            {fault.code, fault.path, fault.source, fault.day, fault.message, fault.fault});
    }
    return report;
}

} // namespace daymark
