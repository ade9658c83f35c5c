// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/schema/date_decoder.h"

#include "core/base/text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace daymark {

using namespace std::chrono;

namespace {

constexpr std::array<std::string_view, 7> kFormatNames = {
    "iso", "dd/mm/yyyy", "mm/dd/yyyy", "yyyymmdd", "unix_s", "unix_ms", "unix_us"};

constexpr sys_days kFirstDay{year{1} / January / 1};
constexpr sys_days kLastDay{year{9999} / December / 31};
constexpr Instant kFirstInstant{kFirstDay};
constexpr Instant kEnd{kLastDay + days{1}};

/// Whose offsets are kept at hand; other instants ask the zone.
constexpr Instant kKeptFrom{sys_days{year{1990} / January / 1}};
constexpr Instant kKeptUntil{sys_days{year{2050} / January / 1}};

bool isDigit(char c) { return c >= '0' && c <= '9'; }

/// `size` digits at `text` as a number; -1 when one of them is no digit.
int readDigits(const char* text, std::size_t size)
{
    int value = 0;
    for (std::size_t i = 0; i < size; ++i) {
        if (!isDigit(text[i]))
            return -1;
        value = value * 10 + (text[i] - '0');
    }
    return value;
}

std::optional<Day> makeDay(int yearNumber, int monthNumber, int dayNumber)
{
    const year_month_day date{year{yearNumber}, month{static_cast<unsigned>(monthNumber)},
                              day{static_cast<unsigned>(dayNumber)}};
    if (yearNumber < 1 || !date.ok())
        return std::nullopt;
    return Day{date};
}

/// The ten characters `YYYY-MM-DD`.
std::optional<Day> readIsoDay(const char* text)
{
    const int yearNumber = readDigits(text, 4);
    const int monthNumber = readDigits(text + 5, 2);
    const int dayNumber = readDigits(text + 8, 2);
    if (text[4] != '-' || text[7] != '-' || yearNumber < 0 || monthNumber < 0 || dayNumber < 0)
        return std::nullopt;
    return makeDay(yearNumber, monthNumber, dayNumber);
}

bool take(std::string_view& text, char wanted)
{
    if (!text.starts_with(wanted))
        return false;
    text.remove_prefix(1);
    return true;
}

/// Between `least` and `most` digits at the front of the text; -1 where there are fewer.
int takeDigits(std::string_view& text, std::size_t least, std::size_t most)
{
    std::size_t size = 0;
    while (size < most && size < text.size() && isDigit(text[size]))
        ++size;
    if (size < least)
        return -1;
    const int value = readDigits(text.data(), size);
    text.remove_prefix(size);
    return value;
}

struct TimeOfDay
{
    microseconds sinceMidnight{0};
    std::optional<minutes> offset; ///< east of UTC, where the text says so
};

/// `.123456789` or nothing; what is finer than a microsecond is cut off.
std::optional<microseconds> takeFraction(std::string_view& text)
{
    if (!take(text, '.') && !take(text, ','))
        return microseconds{0};
    if (text.empty() || !isDigit(text[0]))
        return std::nullopt;
    microseconds fraction{0};
    for (int scale = 100'000; !text.empty() && isDigit(text[0]); scale /= 10) {
        fraction += microseconds{(text[0] - '0') * scale};
        text.remove_prefix(1);
    }
    return fraction;
}

/// `Z`, `+02`, `+02:00`, `-0800` or ` UTC`, to the end of the text.
std::optional<minutes> readOffset(std::string_view text)
{
    if (text == "Z" || text == "z" || text == "UTC" || text == "GMT")
        return minutes{0};
    const bool behind = text.starts_with('-');
    if (!take(text, '+') && !take(text, '-'))
        return std::nullopt;
    const int hour = takeDigits(text, 2, 2);
    const bool colon = take(text, ':');
    const int minute = text.empty() && !colon ? 0 : takeDigits(text, 2, 2);
    if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || !text.empty())
        return std::nullopt;
    const minutes total = hours{hour} + minutes{minute};
    return behind ? -total : total;
}

/// `10:00`, `10:00:00.5`, with or without an offset, to the end of the text.
std::optional<TimeOfDay> readTimeOfDay(std::string_view text, std::size_t hourDigits)
{
    const int hour = takeDigits(text, hourDigits, 2);
    if (hour < 0 || hour > 23 || !take(text, ':'))
        return std::nullopt;
    const int minute = takeDigits(text, 2, 2);
    if (minute < 0 || minute > 59)
        return std::nullopt;
    int second = 0;
    microseconds fraction{0};
    if (take(text, ':')) {
        second = takeDigits(text, 2, 2);
        const auto read = takeFraction(text);
        if (second < 0 || second > 60 || !read)
            return std::nullopt;
        fraction = second == 60 ? microseconds{999'999} : *read;
        second = std::min(second, 59); // a leap second belongs to the minute that it ends
    }
    TimeOfDay time{hours{hour} + minutes{minute} + seconds{second} + fraction, std::nullopt};
    text = trimmed(text);
    if (!text.empty() && !(time.offset = readOffset(text)))
        return std::nullopt;
    return time;
}

/// `13/06/2022` or `06/13/2022`; the text is moved past it.
std::optional<Day> takeSlashedDay(std::string_view& text, bool dayFirst)
{
    const int first = takeDigits(text, 1, 2);
    if (first < 0 || text.empty())
        return std::nullopt;
    const char separator = text[0];
    if ((separator != '/' && separator != '.' && separator != '-') || !take(text, separator))
        return std::nullopt;
    const int second = takeDigits(text, 1, 2);
    if (second < 0 || !take(text, separator))
        return std::nullopt;
    const int yearNumber = takeDigits(text, 4, 4);
    if (yearNumber < 0)
        return std::nullopt;
    return dayFirst ? makeDay(yearNumber, second, first) : makeDay(yearNumber, first, second);
}

DecodedDate invalid() { return {DateStatus::Invalid, {}}; }

DecodedDate checkedDay(std::optional<Day> day)
{
    if (!day || *day < kFirstDay || *day > kLastDay)
        return invalid();
    return {DateStatus::Ok, *day};
}

DecodedDate dayNumber(std::int64_t number)
{
    if (number < kFirstDay.time_since_epoch().count() ||
        number > kLastDay.time_since_epoch().count())
        return invalid();
    return {DateStatus::Ok, Day{days{number}}};
}

DecodedDate compactDay(std::int64_t number)
{
    if (number < 0 || number > 99'991'231)
        return invalid();
    const int digits = static_cast<int>(number);
    return checkedDay(makeDay(digits / 10'000, digits / 100 % 100, digits % 100));
}

bool isUnix(DateFormat format) { return format >= DateFormat::UnixSeconds; }

std::int64_t unitsPerSecond(DateFormat format)
{
    if (format == DateFormat::UnixSeconds)
        return 1;
    return format == DateFormat::UnixMillis ? 1'000 : 1'000'000;
}

/// A Unix time as an instant. Milliseconds and microseconds of the year 1970 are times of a coarser
/// unit that was taken for them: no instant.
std::optional<Instant> unixInstant(std::int64_t count, DateFormat format)
{
    const std::int64_t perSecond = unitsPerSecond(format);
    constexpr std::int64_t secondsOf1970 = 365 * 86'400;
    if (perSecond > 1 && count >= 0 && count / perSecond < secondsOf1970)
        return std::nullopt;
    const auto first = floor<seconds>(kFirstInstant).time_since_epoch().count();
    const auto end = floor<seconds>(kEnd).time_since_epoch().count();
    if (count / perSecond < first || count / perSecond >= end)
        return std::nullopt;
    return Instant{microseconds{count * (1'000'000 / perSecond)}};
}

/// The whole part of a plain decimal number, rounded down.
std::optional<std::int64_t> wholePart(std::string_view text)
{
    std::int64_t whole = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), whole);
    if (error != std::errc{} || text == "-")
        return std::nullopt;
    std::string_view rest(end, static_cast<std::size_t>(text.data() + text.size() - end));
    if (rest.empty())
        return whole;
    const bool plain =
        rest.size() > 1 && rest[0] == '.' && std::all_of(rest.begin() + 1, rest.end(), isDigit);
    if (!plain)
        return std::nullopt;
    const bool negative = text.starts_with('-');
    const bool fraction = rest.find_first_not_of('0', 1) != std::string_view::npos;
    return negative && fraction && whole > std::numeric_limits<std::int64_t>::min() ? whole - 1
                                                                                    : whole;
}

} // namespace

std::string_view dateFormatName(DateFormat format)
{
    return kFormatNames[static_cast<std::size_t>(format)];
}

std::optional<DateFormat> findDateFormat(std::string_view name)
{
    for (std::size_t i = 0; i < kFormatNames.size(); ++i)
        if (kFormatNames[i] == name)
            return static_cast<DateFormat>(i);
    return std::nullopt;
}

DateDecoder::DateDecoder(DateFormat format, TimeZone zone)
    : m_format(format), m_zone(std::move(zone))
{
    Instant instant = kKeptFrom;
    while (instant < kKeptUntil) {
        m_offsets.push_back(m_zone.offsetAt(instant));
        instant = m_offsets.back().until;
    }
}

DecodedDate DateDecoder::decode(const Cell& cell) const
{
    switch (cell.kind) {
    case Cell::Kind::Null:
        return {};
    case Cell::Kind::Text:
        return decodeText(cell.asText());
    case Cell::Kind::Integer:
        return decodeInteger(cell.integer);
    case Cell::Kind::Real:
        return decodeReal(cell.real);
    case Cell::Kind::Day:
        return dayNumber(cell.integer);
    case Cell::Kind::LocalTime:
        return dayNumber(floor<days>(microseconds{cell.integer}).count());
    case Cell::Kind::Instant:
        return dayOf(Instant{microseconds{cell.integer}});
    }
    return invalid();
}

DecodedDate DateDecoder::decodeText(std::string_view text) const
{
    if (m_format == DateFormat::Iso && text.size() == 10)
        if (const auto day = readIsoDay(text.data()))
            return {DateStatus::Ok, *day};
    text = trimmed(text);
    if (text.empty())
        return {};
    switch (m_format) {
    case DateFormat::Iso: {
        if (text.size() < 10)
            return invalid();
        const auto day = readIsoDay(text.data());
        text.remove_prefix(10);
        return withTime(day, text, 2);
    }
    case DateFormat::DayMonthYear:
    case DateFormat::MonthDayYear: {
        const auto day = takeSlashedDay(text, m_format == DateFormat::DayMonthYear);
        return withTime(day, text, 1);
    }
    case DateFormat::Compact: {
        const bool plain = text.size() == 8 && std::all_of(text.begin(), text.end(), isDigit);
        return plain ? compactDay(readDigits(text.data(), 8)) : invalid();
    }
    case DateFormat::UnixSeconds:
    case DateFormat::UnixMillis:
    case DateFormat::UnixMicros: {
        const auto number = wholePart(text);
        return number ? decodeInteger(*number) : invalid();
    }
    }
    return invalid();
}

DecodedDate DateDecoder::withTime(std::optional<Day> day, std::string_view rest,
                                  std::size_t hourDigits) const
{
    if (!day || rest.empty())
        return checkedDay(day);
    if (!take(rest, 'T') && !take(rest, 't') && !take(rest, ' '))
        return invalid();
    const auto time = readTimeOfDay(rest, hourDigits);
    if (!time)
        return invalid();
    if (!time->offset)
        return checkedDay(day);
    return dayOf(Instant{*day} + time->sinceMidnight - *time->offset);
}

DecodedDate DateDecoder::decodeInteger(std::int64_t number) const
{
    if (m_format == DateFormat::Compact)
        return compactDay(number);
    if (!isUnix(m_format))
        return invalid();
    const auto instant = unixInstant(number, m_format);
    return instant ? dayOf(*instant) : invalid();
}

DecodedDate DateDecoder::decodeReal(double number) const
{
    constexpr double limit = 9e18;
    if (!(std::abs(number) < limit))
        return invalid();
    const double whole = std::floor(number);
    if (m_format == DateFormat::Compact && whole != number)
        return invalid();
    return decodeInteger(static_cast<std::int64_t>(whole));
}

DecodedDate DateDecoder::dayOf(Instant instant) const
{
    if (instant < kFirstInstant - days{1} || instant >= kEnd + days{1})
        return invalid();
    if (instant < kKeptFrom || instant >= kKeptUntil)
        return checkedDay(m_zone.dayOf(instant));
    const auto after = std::upper_bound(
        m_offsets.begin(), m_offsets.end(), instant,
        [](Instant value, const TimeZone::Offset& offset) { return value < offset.from; });
    const TimeZone::Offset& offset = *std::prev(after);
    return {DateStatus::Ok, floor<days>(instant + offset.ahead)};
}

std::vector<DateFormat> possibleDateFormats(std::span<const std::string> samples)
{
    // A Unix time that is plausible as a source's date lies between 1990 and 2100.
    constexpr sys_days earliest{year{1990} / January / 1};
    constexpr sys_days latest{year{2100} / January / 1};
    const auto isBlank = [](const std::string& sample) { return trimmed(sample).empty(); };
    std::vector<DateFormat> possible;
    if (std::all_of(samples.begin(), samples.end(), isBlank))
        return possible;
    for (std::size_t i = 0; i < kFormatNames.size(); ++i) {
        const DateDecoder decoder(static_cast<DateFormat>(i), TimeZone());
        const bool fits =
            std::all_of(samples.begin(), samples.end(), [&](const std::string& sample) {
                const DecodedDate date = decoder.decode(Cell::ofText(sample));
                if (date.status != DateStatus::Ok || !isUnix(decoder.format()))
                    return date.status != DateStatus::Invalid;
                return date.day >= earliest && date.day < latest;
            });
        if (fits)
            possible.push_back(decoder.format());
    }
    return possible;
}

} // namespace daymark
