// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/day.h"

#include <array>
#include <cstdio>

namespace daymark {

namespace {

/// Reads `width` digits at `pos` and moves past them; nothing when one of them is no digit.
std::optional<int> readDigits(std::string_view text, std::size_t& pos, std::size_t width)
{
    if (pos + width > text.size())
        return std::nullopt;
    int value = 0;
    for (std::size_t i = 0; i < width; ++i) {
        const char c = text[pos + i];
        if (c < '0' || c > '9')
            return std::nullopt;
        value = value * 10 + (c - '0');
    }
    pos += width;
    return value;
}

bool readChar(std::string_view text, std::size_t& pos, std::string_view anyOf)
{
    if (pos >= text.size() || anyOf.find(text[pos]) == std::string_view::npos)
        return false;
    ++pos;
    return true;
}

/// `Z`, `+02:00` or `-0800`, in minutes east of UTC, up to the end of the text.
std::optional<int> readOffset(std::string_view text, std::size_t pos)
{
    if (pos >= text.size())
        return std::nullopt;
    const char sign = text[pos++];
    if (sign == 'Z' || sign == 'z')
        return pos == text.size() ? std::optional<int>(0) : std::nullopt;
    if (sign != '+' && sign != '-')
        return std::nullopt;
    const auto hours = readDigits(text, pos, 2);
    readChar(text, pos, ":");
    const auto minutes = readDigits(text, pos, 2);
    if (!hours || !minutes || *hours > 23 || *minutes > 59 || pos != text.size())
        return std::nullopt;
    const int total = *hours * 60 + *minutes;
    return sign == '-' ? -total : total;
}

} // namespace

std::string formatDay(Day day)
{
    const std::chrono::year_month_day date{day};
    std::array<char, 32> buffer{};
    const int size =
        std::snprintf(buffer.data(), buffer.size(), "%04d-%02u-%02u", static_cast<int>(date.year()),
                      static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
    return {buffer.data(), static_cast<std::size_t>(size)};
}

std::optional<Day> parseDay(std::string_view text)
{
    std::size_t pos = 0;
    const auto year = readDigits(text, pos, 4);
    if (!year || !readChar(text, pos, "-"))
        return std::nullopt;
    const auto month = readDigits(text, pos, 2);
    if (!month || !readChar(text, pos, "-"))
        return std::nullopt;
    const auto dayOfMonth = readDigits(text, pos, 2);
    if (!dayOfMonth || pos != text.size() || *year < 1)
        return std::nullopt;
    const std::chrono::year_month_day date{std::chrono::year{*year},
                                           std::chrono::month(static_cast<unsigned>(*month)),
                                           std::chrono::day(static_cast<unsigned>(*dayOfMonth))};
    if (!date.ok())
        return std::nullopt;
    return Day{date};
}

std::string formatInstant(Instant instant)
{
    using namespace std::chrono;
    const auto day = floor<days>(instant);
    const hh_mm_ss time{floor<milliseconds>(instant - day)};
    std::array<char, 32> buffer{};
    int size = std::snprintf(
        buffer.data(), buffer.size(), "T%02d:%02d:%02d", static_cast<int>(time.hours().count()),
        static_cast<int>(time.minutes().count()), static_cast<int>(time.seconds().count()));
    std::string text = formatDay(day) + std::string(buffer.data(), static_cast<std::size_t>(size));
    if (const auto millis = time.subseconds().count(); millis != 0) {
        size = std::snprintf(buffer.data(), buffer.size(), ".%03d", static_cast<int>(millis));
        text.append(buffer.data(), static_cast<std::size_t>(size));
    }
    return text + 'Z';
}

std::optional<Instant> parseInstant(std::string_view text)
{
    using namespace std::chrono;
    if (text.size() < 20)
        return std::nullopt;
    const auto day = parseDay(text.substr(0, 10));
    std::size_t pos = 10;
    if (!day || !readChar(text, pos, "Tt "))
        return std::nullopt;
    const auto hour = readDigits(text, pos, 2);
    if (!hour || *hour > 23 || !readChar(text, pos, ":"))
        return std::nullopt;
    const auto minute = readDigits(text, pos, 2);
    if (!minute || *minute > 59 || !readChar(text, pos, ":"))
        return std::nullopt;
    const auto second = readDigits(text, pos, 2);
    if (!second || *second > 60)
        return std::nullopt;
    microseconds fraction{0};
    if (readChar(text, pos, ".")) {
        int scale = 100'000;
        bool any = false;
        while (pos < text.size() && text[pos] >= '0' && text[pos] <= '9') {
            fraction += microseconds{(text[pos++] - '0') * scale};
            scale /= 10;
            any = true;
        }
        if (!any)
            return std::nullopt;
    }
    const auto offset = readOffset(text, pos);
    if (!offset)
        return std::nullopt;
    return Instant{*day} + hours{*hour} + minutes{*minute - *offset} + seconds{*second} + fraction;
}

} // namespace daymark
