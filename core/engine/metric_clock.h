// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What a metric's place in the catalog waits for. The window and the command line both say the
// words that are made here.

#include "core/engine/views.h"

#include <span>

namespace daymark {

/// What a clock needs of a source that brings the metric.
struct ClockSource
{
    std::optional<Day> lastLanded; ///< its last imported day
    std::optional<Day> blockedAt;  ///< its first gap or failed day
};

struct MetricClock
{
    MetricStanding standing = MetricStanding::Current;
    std::string words; ///< no sentence: it begins in lower case and ends without a full stop
};

/// Ladder, from the top:
/// - more than `stalenessDays` since the last value: `hidden: last value 15 days ago`
/// - it had a value on its source's last landed day, and all its sources are blocked:
///   `waiting: its source is blocked at 12 November`
/// - a value in the last two days: `up to date`
/// - otherwise `hides in 3 days`, counted to the first day on which it is hidden.
///
/// A blocked source is named beside a hidden metric, and a hiding within a week beside a waiting
/// one.
[[nodiscard]] MetricClock metricClock(Day lastValue, Day today, int stalenessDays,
                                      std::span<const ClockSource> sources);

} // namespace daymark
