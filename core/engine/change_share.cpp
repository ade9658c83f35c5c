// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/change_share.h"

#include <algorithm>
#include <cmath>

namespace daymark {

namespace {

/// How far `after` is from `before`, 0 to 1, measured by the larger of the two.
double apart(double before, double after)
{
    const double larger = std::max(std::abs(before), std::abs(after));
    if (!std::isfinite(larger))
        return before == after ? 0 : 1;
    return larger > 0 ? std::min(std::abs(after - before) / larger, 1.0) : 0;
}

double apart(const std::optional<double>& before, const std::optional<double>& after)
{
    return apart(before.value_or(0), after.value_or(0));
}

double apart(const MetricImpact& metric)
{
    return std::max({apart(metric.sumBefore, metric.sumAfter),
                     apart(metric.numeratorBefore, metric.numeratorAfter),
                     apart(metric.denominatorBefore, metric.denominatorAfter)});
}

} // namespace

double changedPercent(const DayImpact& impact)
{
    double share =
        apart(static_cast<double>(impact.rowsBefore), static_cast<double>(impact.rowsAfter));
    const double larger =
        static_cast<double>(std::max({impact.rowsBefore, impact.rowsAfter, std::uint64_t{1}}));
    const double rows = static_cast<double>(impact.added) + static_cast<double>(impact.removed) +
                        static_cast<double>(impact.changed);
    share = std::max(share, std::min(rows / larger, 1.0));
    for (const MetricImpact& metric : impact.metrics)
        share = metric.kindFlips() ? 1 : std::max(share, apart(metric));
    return share * 100;
}

double changedPercent(std::uint64_t rowsBefore, std::uint64_t rowsNow)
{
    return apart(static_cast<double>(rowsBefore), static_cast<double>(rowsNow)) * 100;
}

bool isOverThreshold(const RecheckInfo& look, std::optional<double> threshold)
{
    if (!threshold || !look.changed || look.error || !look.changedPercent)
        return false;
    if (look.impact && look.impact->rowsAfter == 0)
        return false;
    return *threshold == 0 || *look.changedPercent > *threshold;
}

} // namespace daymark
