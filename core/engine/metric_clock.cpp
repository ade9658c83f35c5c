// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/metric_clock.h"

#include "core/base/text.h"
#include "core/engine/spoken_day.h"

#include <algorithm>

namespace daymark {

namespace {

constexpr int kFreshDays = 2; // a day is expected by 24 hours after its end
constexpr int kSoonDays = 7;

std::string dayCount(std::int64_t days)
{
    return groupedDigits(static_cast<std::uint64_t>(days)) + (days == 1 ? " day" : " days");
}

/// Where the sources of a metric are stuck; none where one of them goes on, or where the metric had
/// gone missing before they stopped.
std::optional<Day> blockade(Day lastValue, std::span<const ClockSource> sources)
{
    std::optional<Day> first;
    bool waits = false;
    for (const ClockSource& source : sources) {
        if (!source.blockedAt)
            return std::nullopt;
        first = first ? std::min(*first, *source.blockedAt) : *source.blockedAt;
        waits = waits || (source.lastLanded && lastValue >= *source.lastLanded);
    }
    return waits ? first : std::nullopt;
}

std::string blockadeWords(Day day, Day today, std::size_t sources)
{
    return sources == 1 ? "its source is blocked at " + spokenDay(day, today)
                        : "its sources are blocked, the first at " + spokenDay(day, today);
}

} // namespace

MetricClock metricClock(Day lastValue, Day today, int stalenessDays,
                        std::span<const ClockSource> sources)
{
    const std::int64_t age = (today - lastValue).count();
    const std::int64_t left = stalenessDays - age + 1;
    const std::optional<Day> blocked = blockade(lastValue, sources);
    const std::string blockedWords =
        blocked ? blockadeWords(*blocked, today, sources.size()) : std::string();
    if (left <= 0)
        return {MetricStanding::Hidden, "hidden: last value " + dayCount(age) + " ago" +
                                            (blocked ? "; " + blockedWords : "")};
    const std::string hides = "hides in " + dayCount(left);
    if (blocked)
        return {MetricStanding::Waiting,
                "waiting: " + blockedWords + (left <= kSoonDays ? "; " + hides : "")};
    if (age <= kFreshDays && left > kFreshDays)
        return {MetricStanding::Current, "up to date"};
    return {MetricStanding::Hiding, hides};
}

} // namespace daymark
