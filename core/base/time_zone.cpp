// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/time_zone.h"

#include "core/base/text.h"

#include <date/tz.h>

#include <array>
#include <cstdio>
#include <optional>
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

bool isDigit(char c) { return c >= '0' && c <= '9'; }

/// One or two digits at the front of the text, which it moves past; nothing where there are none.
std::optional<int> takeNumber(std::string_view& text)
{
    if (text.empty() || !isDigit(text[0]))
        return std::nullopt;
    const std::size_t size = text.size() > 1 && isDigit(text[1]) ? 2 : 1;
    const int number = size == 2 ? (text[0] - '0') * 10 + (text[1] - '0') : text[0] - '0';
    text.remove_prefix(size);
    return number;
}

/// `-8`, `+5:30`, `-08:00`: the offset that follows `UTC`.
std::optional<minutes> parseOffset(std::string_view text)
{
    if (text.empty() || (text[0] != '+' && text[0] != '-'))
        return std::nullopt;
    const bool behind = text[0] == '-';
    text.remove_prefix(1);
    const auto hour = takeNumber(text);
    if (!hour)
        return std::nullopt;
    int minute = 0;
    if (!text.empty()) {
        if (text.size() != 3 || text[0] != ':' || !isDigit(text[1]) || !isDigit(text[2]))
            return std::nullopt;
        minute = (text[1] - '0') * 10 + (text[2] - '0');
    }
    const minutes total = hours{*hour} + minutes{minute};
    if (minute > 59 || total > kWidestOffset)
        return std::nullopt;
    return behind ? -total : total;
}

/// The offset of `UTC-8` or `-08:00`; nothing for any other name.
std::optional<minutes> fixedOffset(std::string_view name)
{
    if (name.starts_with("UTC"))
        return parseOffset(name.substr(3));
    constexpr std::size_t wholeSize = std::string_view("-08:00").size();
    return name.size() == wholeSize ? parseOffset(name) : std::nullopt;
}

std::string nearestZone(std::string_view name)
{
    std::vector<std::string> names;
    for (const date::time_zone& zone : date::get_tzdb().zones)
        names.push_back(zone.name());
    const auto best = nearest(name, names);
    return best ? "Did you mean " + *best + "?"
                : std::string(
                      "Use an IANA name such as Europe/London, or an offset such as UTC-08:00.");
}

} // namespace

TimeZone::TimeZone() : m_rules(std::make_shared<const Rules>(Rules{"UTC", nullptr, minutes{0}})) {}

TimeZone::TimeZone(std::shared_ptr<const Rules> rules) : m_rules(std::move(rules)) {}

Result<TimeZone> TimeZone::find(std::string_view name)
{
    if (name == "UTC" || name == "Z")
        return TimeZone();
    if (const auto offset = fixedOffset(name))
        return TimeZone(std::make_shared<const Rules>(Rules{std::string(name), nullptr, *offset}));
    try {
        for (const date::time_zone& zone : date::get_tzdb().zones)
            if (zone.name() == name) {
                static_cast<void>(zone.get_info(Instant{})); // throws for a file nobody can read
                return TimeZone(
                    std::make_shared<const Rules>(Rules{std::string(name), &zone, minutes{0}}));
            }
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

TimeZone::Offset TimeZone::offsetAt(Instant instant) const
{
    if (!m_rules->zone)
        return {Instant::min(), Instant::max(), m_rules->offset};
    const date::sys_info info = m_rules->zone->get_info(floor<seconds>(instant));
    // The database begins and ends its first and last stretches with the years it can count.
    const bool first = info.begin <= sys_days{year::min() / January / 1};
    const bool last = info.end >= sys_days{year::max() / December / 31};
    return {first ? Instant::min() : Instant{info.begin}, last ? Instant::max() : Instant{info.end},
            info.offset};
}

std::string TimeZone::formatLocal(Instant instant) const
{
    microseconds local{};
    if (m_rules->zone)
        local = m_rules->zone->to_local(instant).time_since_epoch();
    else
        local = (instant + m_rules->offset).time_since_epoch();
    const auto day = floor<days>(local);
    const hh_mm_ss time{floor<minutes>(local - day)};
    std::array<char, 16> buffer{};
    std::snprintf(buffer.data(), buffer.size(), " %02d:%02d",
                  static_cast<int>(time.hours().count()), static_cast<int>(time.minutes().count()));
    return formatDay(Day{day}) + buffer.data();
}

} // namespace daymark
