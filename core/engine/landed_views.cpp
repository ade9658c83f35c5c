// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/landed_views.h"

#include "core/base/text.h"
#include "core/base/time_zone.h"
#include "core/catalog/catalog.h"
#include "core/engine/convert.h"
#include "core/engine/damage.h"
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

/// Landed days of a source, each of whose files is what landed. A day may be replaced while it is
/// looked at: what seems damaged is looked at twice.
Result<std::vector<ledger::LandedDay>> wholeDays(const Workspace& workspace, SourceId source,
                                                 std::optional<Day> from, std::optional<Day> to,
                                                 const std::stop_token& stop)
{
    for (bool again = false;; again = true) {
        auto days = workspace.ledger->dayTable().landed(source, from, to);
        if (!days)
            return days;
        const Status whole = requireWhole(workspace, *days, stop);
        if (whole)
            return days;
        if (again || whole.error().code != ErrorCode::StorageDamaged)
            return fail(whole.error());
    }
}

tl::unexpected<Error> notImported(const std::string& name, Day day)
{
    return fail(ErrorCode::DayState, formatDay(day) + " of " + name + " is not imported.",
                "See why: daymark-cli explain " + shellQuoted(name) + " " + formatDay(day) + ".");
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
    const auto record = workspace.ledger->sourceTable().find(name, true);
    if (!record)
        return fail(record.error());
    const auto days = wholeDays(workspace, record->id, day, day, stop);
    if (!days)
        return fail(days.error());
    if (days->empty())
        return notImported(record->config.name, day);
    auto rows = workspace.landing->rows(toExpectedDay(days->front()), {metric, limit}, stop);
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
    const auto record = workspace.ledger->sourceTable().find(name, true);
    if (!record)
        return fail(record.error());
    const auto days = wholeDays(workspace, record->id, from, to, stop);
    if (!days)
        return fail(days.error());
    if (days->empty())
        return fail(ErrorCode::DayState,
                    "No day of " + record->config.name + " in that range is imported.",
                    "See what is: daymark-cli calendar " + shellQuoted(record->config.name) + ".");
    std::vector<landing::ExpectedDay> expected;
    for (const ledger::LandedDay& day : *days)
        expected.push_back(toExpectedDay(day));
    return workspace.landing->exportDays(expected, target, std::move(stop));
}

} // namespace daymark
