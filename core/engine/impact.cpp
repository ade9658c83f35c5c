// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/impact.h"

#include "core/base/text.h"
#include "core/calendar/day_words.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace daymark {

namespace {

constexpr std::size_t kMetricsSaid = 3;

using Key = std::pair<std::string, std::string>; ///< metric and id type

/// The two versions of one metric and id type; null where it is in one of them only.
struct Sides
{
    const Rollup* before = nullptr;
    const Rollup* after = nullptr;
};

std::map<Key, Sides> pairUp(const DayFacts& before, const DayFacts& after)
{
    std::map<Key, Sides> sides;
    for (const Rollup& rollup : before.rollups)
        sides[{rollup.metric, rollup.idType}].before = &rollup;
    for (const Rollup& rollup : after.rollups)
        sides[{rollup.metric, rollup.idType}].after = &rollup;
    return sides;
}

bool differ(const Sides& sides)
{
    return !sides.before || !sides.after || sides.before->rows != sides.after->rows ||
           sides.before->fingerprint != sides.after->fingerprint;
}

std::optional<double> valueSum(const Rollup* rollup)
{
    return rollup && rollup->valueRows > 0 ? std::optional(rollup->sum) : std::nullopt;
}

std::optional<double> ratioPart(const Rollup* rollup, double Rollup::*part)
{
    return rollup && rollup->ratioRows > 0 ? std::optional(rollup->*part) : std::nullopt;
}

MetricImpact metricImpact(const Key& key, const Sides& sides)
{
    MetricImpact impact;
    impact.metric = key.first;
    impact.idType = key.second;
    impact.rowsBefore = sides.before ? sides.before->rows : 0;
    impact.rowsAfter = sides.after ? sides.after->rows : 0;
    impact.added = impact.rowsAfter > impact.rowsBefore ? impact.rowsAfter - impact.rowsBefore : 0;
    impact.removed =
        impact.rowsBefore > impact.rowsAfter ? impact.rowsBefore - impact.rowsAfter : 0;
    impact.sumBefore = valueSum(sides.before);
    impact.sumAfter = valueSum(sides.after);
    impact.numeratorBefore = ratioPart(sides.before, &Rollup::numeratorSum);
    impact.numeratorAfter = ratioPart(sides.after, &Rollup::numeratorSum);
    impact.denominatorBefore = ratioPart(sides.before, &Rollup::denominatorSum);
    impact.denominatorAfter = ratioPart(sides.after, &Rollup::denominatorSum);
    impact.wasRatio = sides.before && sides.before->ratioRows > 0;
    impact.isRatio = sides.after && sides.after->ratioRows > 0;
    return impact;
}

void sumUp(DayImpact& impact)
{
    impact.added = 0;
    impact.removed = 0;
    impact.changed = 0;
    for (const MetricImpact& metric : impact.metrics) {
        impact.added += metric.added;
        impact.removed += metric.removed;
        impact.changed += metric.changed;
    }
}

std::string rowWords(const DayImpact& impact)
{
    if (!impact.exact && impact.rowsBefore != impact.rowsAfter)
        return counted(impact.rowsAfter, "row") + " where " + groupedDigits(impact.rowsBefore) +
               " landed";
    if (!impact.exact)
        return "as many rows with other content";
    std::string words;
    const auto add = [&words](std::uint64_t count, std::string_view what) {
        if (count == 0)
            return;
        words += words.empty() ? counted(count, "row") : ", " + groupedDigits(count);
        words += ' ' + std::string(what);
    };
    add(impact.added, "added");
    add(impact.removed, "removed");
    add(impact.changed, "changed");
    return words;
}

std::string moved(std::string_view what, std::optional<double> before, std::optional<double> after)
{
    if (!before || !after || *before == *after)
        return {};
    const std::string one = fmt::format("{:g}", *before);
    const std::string other = fmt::format("{:g}", *after);
    if (one != other)
        return fmt::format(" {} {} → {}", what, one, other);
    return fmt::format(" {} {} → {}", what, *before, *after); // they differ in later digits
}

std::string metricWords(const MetricImpact& metric)
{
    const std::string name = shortened(metric.metric);
    if (metric.rowsAfter == 0)
        return name + " is gone";
    if (metric.rowsBefore == 0)
        return name + " is new";
    if (metric.kindFlips())
        return name + (metric.isRatio ? " is a ratio now" : " is a value now");
    std::string sums;
    for (const std::string& part :
         {moved("sum", metric.sumBefore, metric.sumAfter),
          moved("numerator", metric.numeratorBefore, metric.numeratorAfter),
          moved("denominator", metric.denominatorBefore, metric.denominatorAfter)})
        sums += (sums.empty() || part.empty() ? "" : ",") + part;
    return sums.empty() ? name + ": the same sums" : name + ":" + sums;
}

} // namespace

Result<DayFacts> factsOfRun(const Workspace& workspace, RunId run)
{
    auto record = workspace.ledger->runTable().get(run);
    if (!record)
        return fail(record.error());
    auto rollups = workspace.ledger->rollupTable().ofRun(run);
    if (!rollups)
        return fail(rollups.error());
    return DayFacts{record->counts, std::move(*rollups), record->fingerprint};
}

DayImpact impactOf(const landing::ExpectedDay& day, const DayFacts& before, const DayFacts& after)
{
    DayImpact impact;
    impact.source = day.place.source;
    impact.day = day.place.day;
    impact.replaced = day.run;
    impact.rowsBefore = before.counts.accepted;
    impact.rowsAfter = after.counts.accepted;
    impact.rejectedBefore = before.counts.rejected;
    impact.rejectedAfter = after.counts.rejected;
    impact.fingerprint = formatHash(after.fingerprint);
    for (const auto& [key, sides] : pairUp(before, after))
        if (differ(sides))
            impact.metrics.push_back(metricImpact(key, sides));
    impact.same = impact.metrics.empty() && impact.rowsBefore == impact.rowsAfter;
    impact.exact = impact.same;
    sumUp(impact);
    return impact;
}

Status refine(const Workspace& workspace, DayImpact& impact, const landing::ExpectedDay& before,
              const landing::Staging& after, const std::stop_token& stop)
{
    if (impact.same)
        return {};
    std::vector<landing::Group> groups;
    std::map<Key, MetricImpact*> metrics;
    for (MetricImpact& metric : impact.metrics) {
        groups.push_back({metric.metric, metric.idType});
        metrics[{metric.metric, metric.idType}] = &metric;
    }
    const auto changes = workspace.landing->compare(before, after, groups, stop);
    if (!changes && changes.error().code == ErrorCode::RunCancelled)
        return fail(changes.error());
    if (!changes)
        return {};
    for (const landing::GroupChange& change : *changes) {
        const auto found = metrics.find({change.metric, change.idType});
        if (found == metrics.end())
            continue;
        found->second->added = change.added;
        found->second->removed = change.removed;
        found->second->changed = change.changed;
    }
    impact.exact = true;
    sumUp(impact);
    return {};
}

std::string impactWords(const DayImpact& impact)
{
    std::string words = impact.same ? "" : rowWords(impact);
    for (std::size_t i = 0; i < std::min(impact.metrics.size(), kMetricsSaid); ++i)
        words += (words.empty() ? "" : "; ") + metricWords(impact.metrics[i]);
    if (impact.metrics.size() > kMetricsSaid)
        words += "; and " + counted(impact.metrics.size() - kMetricsSaid, "further metric");
    if (impact.rejectedBefore != impact.rejectedAfter)
        words += (words.empty() ? "" : "; ") + counted(impact.rejectedAfter, "row") +
                 " rejected where " + groupedDigits(impact.rejectedBefore) + " were";
    return words;
}

namespace {

constexpr const char* kOtherRows = "other rows, when it was last looked at";

/// The version of a day whose rows the source held when it was last looked at, if there is one.
std::optional<RunId> versionWith(const Workspace& workspace, SourceId source, Day day,
                                 const Hash128& fingerprint)
{
    const auto versions = workspace.ledger->versionTable().ofDay(source, day);
    if (!versions)
        return std::nullopt;
    const auto found = std::find_if(versions->begin(), versions->end(),
                                    [&fingerprint](const ledger::RunRecord& version) {
                                        return version.fingerprint == fingerprint;
                                    });
    return found == versions->end() ? std::nullopt : std::optional(found->id);
}

} // namespace

std::string differenceFrom(const Workspace& workspace, SourceId source, Day day, RunId version)
{
    const auto known = workspace.ledger->dayTable().find(source, day);
    if (!known || !*known || !(*known)->run)
        return {};
    const ledger::DayRecord& record = **known;
    if (!record.seen && record.changed)
        return kOtherRows;
    const auto held = record.seen ? versionWith(workspace, source, day, *record.seen) : record.run;
    if (held == version)
        return {};
    const auto before = factsOfRun(workspace, version);
    if (!before)
        return {};
    if (record.seen && before->fingerprint == *record.seen)
        return {};
    const auto after = held ? factsOfRun(workspace, *held) : before;
    if (!held || !after)
        return kOtherRows;
    return impactWords(impactOf({{{}, {}, day}, version, {}}, *before, *after));
}

} // namespace daymark
