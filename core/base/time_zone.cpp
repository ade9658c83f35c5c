// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/time_zone.h"

#include "core/base/text.h"

#include <date/tz.h>

#include <cstdio>
#include <vector>

namespace daymark {

using namespace std::chrono;

/// Either an IANA zone or, where `zone` is null, a fixed offset.
struct TimeZone::Rules
{
    std::string name;
    const date::time_zone* zone = nullptr;
    minutes offset{0};
};

namespace {

constexpr minutes kWidestOffset{18 * 60};

/// Reads what follows `UTC` in `UTC-8`, `UTC+05:30` or stands alone in `-08:00`.
std::optional<minutes> parseOffset(std::string_view text)
{
    if (text.size() < 2 || (text[0] != '+' && text[0] != '-'))
        return std::nullopt;
    int hour = 0;
    int minute = 0;
    int used = 0;
    const std::string digits(text.substr(1));
    const bool whole =
        (std::sscanf(digits.c_str(), "%2d:%2d%n", &hour, &minute, &used) == 2 ||
         (digits.size() == 4 && std::sscanf(digits.c_str(), "%2d%2d%n", &hour, &minute, &used) == 2) ||
         (minute = 0, std::sscanf(digits.c_str(), "%2d%n", &hour, &used) == 1)) &&
        static_cast<std::size_t>(used) == digits.size() &&
        digits.find_first_not_of("0123456789:") == std::string::npos;
    if (!whole || minute > 59)
        return std::nullopt;
    const minutes total = hours{hour} + minutes{minute};
    if (total > kWidestOffset)
        return std::nullopt;
    return text[0] == '-' ? -total : total;
}

std::string nearestZone(std::string_view name)
{
    std::vector<std::string> names;
    for (const date::time_zone& zone : date::get_tzdb().zones)
        names.push_back(zone.name());
    const auto best = nearest(name, names);
    return best ? "Did you mean " + *best + "?"
                : std::string("Use an IANA name such as Europe/London, or an offset such as UTC-08:00.");
}

} // namespace

TimeZone::TimeZone() : m_rules(std::make_shared<const Rules>(Rules{"UTC", nullptr, minutes{0}})) {}

TimeZone::TimeZone(std::shared_ptr<const Rules> rules) : m_rules(std::move(rules)) {}

Result<TimeZone> TimeZone::find(std::string_view name)
{
    if (name == "UTC" || name == "Z")
        return TimeZone();
    const bool prefixed = name.starts_with("UTC");
    if (const auto offset = parseOffset(prefixed ? name.substr(3) : name))
        return TimeZone(std::make_shared<const Rules>(Rules{std::string(name), nullptr, *offset}));
    try {
        for (const date::time_zone& zone : date::get_tzdb().zones)
            if (zone.name() == name)
                return TimeZone(
                    std::make_shared<const Rules>(Rules{std::string(name), &zone, minutes{0}}));
        return fail(ErrorCode::UsageInvalid,
                    "There is no time zone named '" + shortened(name) + "'.", nearestZone(name));
    } catch (const std::exception& error) {
        return fail(ErrorCode::UsageInvalid,
                    "The machine's time zones cannot be read: " + std::string(error.what()) + ".",
                    "Install the package tzdata, or use an offset such as UTC-08:00.");
    }
}

const std::string& TimeZone::name() const { return m_rules->name; }

Day TimeZone::dayOf(Instant instant) const
{
    if (!m_rules->zone)
        return floor<days>(instant + m_rules->offset);
    const auto local = m_rules->zone->to_local(instant);
    return Day{floor<days>(local.time_since_epoch())};
}

Instant TimeZone::startOf(Day day) const
{
    return toInstant(local_time<microseconds>{day.time_since_epoch()});
}

Instant TimeZone::toInstant(local_time<microseconds> local) const
{
    if (!m_rules->zone)
        return Instant{local.time_since_epoch()} - m_rules->offset;
    const date::local_time<microseconds> wall{local.time_since_epoch()};
    return m_rules->zone->to_sys(wall, date::choose::earliest);
}

std::string TimeZone::formatLocal(Instant instant) const
{
    microseconds local{};
    if (m_rules->zone)
        local = m_rules->zone->to_local(instant).time_since_epoch();
    else
        local = (instant + m_rules->offset).time_since_epoch();
    const std::string text = formatInstant(Instant{local});
    return text.substr(0, 10) + ' ' + text.substr(11, 5);
}

} // namespace daymark
