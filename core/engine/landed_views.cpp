// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/landed_views.h"

#include "core/base/text.h"
#include "core/base/time_zone.h"
#include "core/catalog/catalog.h"
#include "core/engine/convert.h"
#include "core/engine/metric_clock.h"
#include "core/engine/overview.h"
#include "core/engine/planning.h"

#include <algorithm>
#include <map>

namespace daymark {

namespace {

constexpr std::chrono::days kListedAfterLast{60}; // days without a value after a metric's last one
constexpr std::size_t kMissingListed = 5000;

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

/// What a catalog is made with, besides the rollups. Each source has its own staleness; the catalog
/// has one today, the latest that any source is in.
struct CatalogFrame
{
    Day today;
    catalog::Staleness staleness;
    std::map<std::string, PlannedSource> planned; ///< the sources that are still there
    std::map<std::string, ClockSource> clocks;    ///< of the same
};

ClockSource toClockSource(const PlannedSource& planned)
{
    ClockSource source;
    for (const ledger::DayRecord& day : planned.days)
        if (day.standing == Standing::Imported)
            source.lastLanded = day.day;
    if (const PlannedDay* obstacle = firstObstacle(planned.plan))
        source.blockedAt = obstacle->day;
    return source;
}

Result<CatalogFrame> catalogFrame(const Workspace& workspace)
{
    const auto records = workspace.ledger->sourceTable().list(true);
    if (!records)
        return fail(records.error());
    CatalogFrame frame;
    frame.today = std::chrono::floor<std::chrono::days>(workspace.clock.now());
    for (const ledger::SourceRecord& record : *records) {
        frame.staleness[record.config.name] = record.policy.stalenessDays;
        if (const auto today = todayOf(workspace, record.policy))
            frame.today = record.id == records->front().id ? *today : std::max(frame.today, *today);
        if (record.removed)
            continue;
        // One that cannot be planned (its time zone is gone from the machine) says nothing.
        if (auto planned = planSource(workspace, record.config.name)) {
            frame.clocks.emplace(record.config.name, toClockSource(*planned));
            frame.planned.emplace(record.config.name, std::move(*planned));
        }
    }
    return frame;
}

MetricClock clockOf(const CatalogFrame& frame, const catalog::Metric& metric)
{
    std::vector<ClockSource> sources;
    for (const std::string& name : metric.sources) {
        const auto known = frame.clocks.find(name);
        if (known != frame.clocks.end())
            sources.push_back(known->second);
    }
    return metricClock(metric.lastDay, frame.today, metric.stalenessDays, sources);
}

MetricInfo toMetricInfo(const CatalogFrame& frame, const catalog::Metric& metric)
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
    MetricClock clock = clockOf(frame, metric);
    info.standing = clock.standing;
    info.clock = std::move(clock.words);
    for (const catalog::TrendPoint& point : metric.trend)
        info.trend.push_back({point.day, point.mean});
    return info;
}

std::string missingWords(const PlannedSource& planned, const PlannedDay& day)
{
    const ledger::DayRecord* record = planned.find(day.day);
    if (day.state == DayState::Imported)
        return day.empty ? "imported: no rows" : "imported: no value of this metric";
    if (day.state == DayState::Skipped && record)
        return "skipped: " + record->reason;
    return describeDay(planned.plan, day.day);
}

/// Why there is no value on a day: what the sources' calendars say of it. A day that did not land
/// tells more than one that landed without the metric.
MissingDay missingDay(const CatalogFrame& frame, const MetricInfo& metric, Day day)
{
    MissingDay missing{day, DayState::Imported, {}};
    for (const std::string& name : metric.sources) {
        const auto planned = frame.planned.find(name);
        const PlannedDay* listed =
            planned == frame.planned.end() ? nullptr : planned->second.plan.find(day);
        if (!listed || (!missing.words.empty() && listed->state == DayState::Imported))
            continue;
        const std::string prefix = metric.sources.size() > 1 ? name + ": " : "";
        const std::string words = prefix + missingWords(planned->second, *listed);
        const bool first = missing.words.empty() || missing.state == DayState::Imported;
        missing.words = first ? words : missing.words + "; " + words;
        if (first)
            missing.state = listed->state;
    }
    if (missing.words.empty())
        missing.words = "no value of this metric";
    return missing;
}

/// The days without a value between the first and the last one, and the days after it until today;
/// the latest ones where there are very many.
std::vector<MissingDay> missingDays(const CatalogFrame& frame, const MetricInfo& metric)
{
    std::vector<MissingDay> missing;
    auto known = metric.series.rbegin();
    const Day yesterday = frame.today - std::chrono::days(1);
    Day day = std::max(metric.lastDay, std::min(yesterday, metric.lastDay + kListedAfterLast));
    for (; day > metric.firstDay && missing.size() < kMissingListed; day -= std::chrono::days(1)) {
        while (known != metric.series.rend() && known->day > day)
            ++known;
        if (known == metric.series.rend() || known->day != day)
            missing.push_back(missingDay(frame, metric, day));
    }
    std::reverse(missing.begin(), missing.end());
    return missing;
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

/// Runs that are alive, and rollbacks that are at work.
Result<std::vector<landing::LiveRun>> liveRunsOf(const Workspace& workspace)
{
    const auto live = workspace.ledger->runTable().live();
    if (!live)
        return fail(live.error());
    const auto rollbacks = workspace.ledger->versionTable().rollbacks();
    if (!rollbacks)
        return fail(rollbacks.error());
    std::vector<landing::LiveRun> runs;
    for (const ledger::RunRecord& run : *live)
        runs.push_back(toLiveRun(run));
    for (const ledger::RollbackRecord& rollback : *rollbacks)
        runs.push_back(toLiveRun(workspace, rollback));
    return runs;
}

/// All that the ledger expects of the landing. The live runs are read first: one that lands
/// meanwhile is then among them, among the days, or both, and never among neither.
Result<landing::Expected> expectedOf(const Workspace& workspace)
{
    landing::Expected expected;
    auto live = liveRunsOf(workspace);
    if (!live)
        return fail(live.error());
    expected.live = std::move(*live);
    auto days = expectedDays(workspace, std::nullopt, std::nullopt, std::nullopt);
    if (!days)
        return fail(days.error());
    expected.days = std::move(*days);
    const auto versions = workspace.ledger->versionTable().kept();
    if (!versions)
        return fail(versions.error());
    for (const ledger::LandedDay& version : *versions)
        expected.versions.push_back(toExpectedDay(version));
    return expected;
}

bool holdsFile(const std::vector<landing::ExpectedDay>& days, const std::string& path)
{
    return std::any_of(days.begin(), days.end(), [&path](const landing::ExpectedDay& day) {
        return std::any_of(day.files.begin(), day.files.end(), [&path](const LandedFile& file) {
            return file.path == path || file.path.starts_with(path + '/');
        });
    });
}

/// Whether a fault was only found because an import or a rollback went on while the check looked:
/// what lies there is a live run's, or the ledger holds it by now; or what was missed it holds no
/// more.
bool isOvertaken(const landing::CheckFault& fault, const landing::Expected& expected)
{
    if (!fault.day || !fault.fault)
        return false;
    const bool live = std::any_of(
        expected.live.begin(), expected.live.end(), [&fault](const landing::LiveRun& run) {
            return run.place.day == *fault.day && run.place.source == fault.source;
        });
    const bool held =
        holdsFile(expected.days, fault.path) || holdsFile(expected.versions, fault.path);
    if (fault.code == "orphan")
        return live || held;
    return fault.code == "file.missing" && (live || !held);
}

/// Takes back the faults that a process which imports beside the check has explained since.
Status dropOvertaken(const Workspace& workspace, std::vector<landing::CheckFault>& faults)
{
    if (faults.empty() || !workspace.hasWriter())
        return {};
    const auto expected = expectedOf(workspace);
    if (!expected)
        return fail(expected.error());
    std::erase_if(faults, [&expected](const landing::CheckFault& fault) {
        return isOvertaken(fault, *expected);
    });
    return {};
}

} // namespace

Result<std::vector<MetricInfo>> catalogOf(const Workspace& workspace, bool withStale)
{
    const auto frame = catalogFrame(workspace);
    if (!frame)
        return fail(frame.error());
    catalog::CatalogBuilder builder(frame->today, frame->staleness);
    const Status visited = workspace.ledger->rollupTable().visitAll(
        [&builder](const MetricPoint& point) { builder.add(point); });
    if (!visited)
        return fail(visited.error());
    std::vector<MetricInfo> metrics;
    for (const catalog::Metric& metric : builder.take())
        if (withStale || !metric.stale)
            metrics.push_back(toMetricInfo(*frame, metric));
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
    if (const auto metric = catalog::describeMetric(*points, frame->today, frame->staleness)) {
        MetricInfo info = toMetricInfo(*frame, *metric);
        for (const catalog::IdTypeSeries& part : catalog::seriesByIdType(*points, metric->ratio)) {
            info.idTypeSeries.push_back({part.idType, {}});
            for (const catalog::MetricDay& day : part.days)
                info.idTypeSeries.back().days.push_back(toMetricDay(day));
        }
        info.missing = missingDays(*frame, info);
        return info;
    }
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
                                                std::size_t limit, std::stop_token stop)
{
    const auto record = workspace.ledger->sourceTable().find(name);
    if (!record)
        return fail(record.error());
    const auto days = expectedDays(workspace, record->id, day, day);
    if (!days)
        return fail(days.error());
    if (days->empty())
        return notImported(record->config.name, day);
    auto rows = workspace.landing->rows(days->front(), {metric, limit}, std::move(stop));
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
    const auto expected = expectedOf(workspace);
    if (!expected)
        return fail(expected.error());
    auto found = workspace.landing->check(*expected, full, std::move(stop));
    if (!found)
        return fail(found.error());
    if (const Status dropped = dropOvertaken(workspace, found->faults); !dropped)
        return fail(dropped.error());
    CheckReport report;
    report.ok = true;
    report.days = found->days;
    report.files = found->files;
    report.versions = found->versions;
    for (const landing::CheckFault& fault : found->faults) {
        report.ok = report.ok && !fault.fault;
        report.faults.push_back(
            {fault.code, fault.path, fault.source, fault.day, fault.message, fault.fault});
    }
    return report;
}

} // namespace daymark
