// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/postgres_day.h"

#include "core/source/postgres_decode.h"

#include <fmt/format.h>

// The plan, by the type of the date column:
//  1. date, timestamp, timestamptz and Unix times: a half-open range, which an index serves, the
//  nulls
//     and what lies outside all calendars (infinities, the years before 1 and after 9999).
//  2. ISO text and compact text: the rows whose text begins with the day; those of the days before
//  and
//     after it that carry a time, since an offset may move them; and every text that is no
//     well-formed date, which no other day would read either.
//  3. Other writings of a date: the whole column, for the stream to sort out.

namespace daymark {

namespace {

using namespace std::chrono;

/// Texts that are surely dates of the calendar, alone or with a time of the day. The 29th of
/// February is left to the stream: it alone knows the leap years.
constexpr std::string_view kIsoDate =
    "^([0-9]{3}[1-9]|[0-9]{2}[1-9]0|[0-9][1-9]00|[1-9]000)-"
    "((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|"
    "02-(0[1-9]|1[0-9]|2[0-8]))"
    "([T ]([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]([.][0-9]{1,6})?)?"
    "(Z|[+-](0[0-9]|1[0-4])(:?[0-5][0-9])?)?)?$";

constexpr std::string_view kCompactDate =
    "^([0-9]{3}[1-9]|[0-9]{2}[1-9]0|[0-9][1-9]00|[1-9]000)"
    "((0[13578]|1[02])(0[1-9]|[12][0-9]|3[01])|(0[469]|11)(0[1-9]|[12][0-9]|30)|"
    "02(0[1-9]|1[0-9]|2[0-8]))$";

struct Range
{
    std::string from;
    std::string until; ///< empty: `from` alone
    std::string first; ///< of the calendar
    std::string end;   ///< of the calendar
};

std::string inRange(const std::string& column, const Range& range, PostgresDayRows rows)
{
    const std::string day =
        range.until.empty() // one comparison a row instead of two
            ? fmt::format("{} = {}", column, range.from)
            : fmt::format("({0} >= {1} AND {0} < {2})", column, range.from, range.until);
    if (rows == PostgresDayRows::DayOnly)
        return day;
    return fmt::format("({1} OR {0} IS NULL OR {0} < {2} OR {0} >= {3})", column, day, range.first,
                       range.end);
}

Range dateRange(Day day)
{
    const auto literal = [](Day d) { return fmt::format("'{}'::date", formatDay(d)); };
    return {literal(day), {}, "'0001-01-01'::date", "'10000-01-01'::date"};
}

Range timestampRange(Day day)
{
    const auto literal = [](Day d) {
        return fmt::format("'{} 00:00:00'::timestamp", formatDay(d));
    };
    return {literal(day), literal(day + days{1}), "'0001-01-01'::timestamp",
            "'10000-01-01'::timestamp"};
}

Range instantRange(const TimeZone& zone, Day day)
{
    const auto literal = [&](Day d) {
        return fmt::format("'{}'::timestamptz", formatInstant(zone.startOf(d)));
    };
    // The margins of two days leave room for any zone; the stream is exact.
    return {literal(day), literal(day + days{1}), "'0001-01-03 00:00:00+00'::timestamptz",
            "'9999-12-30 00:00:00+00'::timestamptz"};
}

Range unixRange(const DateDecoder& decoder, Day day)
{
    std::int64_t perSecond = 1;
    if (decoder.format() == DateFormat::UnixMillis)
        perSecond = 1'000;
    else if (decoder.format() == DateFormat::UnixMicros)
        perSecond = 1'000'000;
    const auto number = [&](Day d) {
        const auto instant = floor<seconds>(decoder.zone().startOf(d)).time_since_epoch().count();
        return std::to_string(instant * perSecond);
    };
    // Milliseconds and microseconds of 1970 are times of a coarser unit; so is all before.
    const std::string first =
        perSecond == 1 ? number(Day{year{1} / January / 3}) : number(Day{year{1971} / January / 3});
    return {number(day), number(day + days{1}), first, number(Day{year{9999} / December / 30})};
}

std::string compactNumber(const std::string& column, Day day, PostgresDayRows rows)
{
    std::string digits = formatDay(day);
    std::erase(digits, '-');
    const std::string condition = fmt::format("{} = {}", column, digits);
    if (rows == PostgresDayRows::DayOnly)
        return condition;
    return fmt::format("({1} OR {0} IS NULL OR {0}::text !~ '{2}')", column, condition,
                       kCompactDate);
}

std::string inText(const std::string& column, const std::string& today, std::string_view neighbours,
                   std::string_view pattern, PostgresDayRows rows)
{
    std::string condition = fmt::format("left({}::text, {}) = '{}'", column, today.size(), today);
    if (!neighbours.empty())
        condition += fmt::format(" OR {}", neighbours);
    // A text of another form, one with blanks around it say, may be the day's all the same.
    condition += fmt::format(" OR {}::text !~ '{}'", column, pattern);
    if (rows == PostgresDayRows::DayAndUndatable)
        condition += fmt::format(" OR {} IS NULL", column);
    return "(" + condition + ")";
}

std::string textCondition(const std::string& column, const DateDecoder& decoder, Day day,
                          PostgresDayRows rows)
{
    switch (decoder.format()) {
    case DateFormat::Iso: {
        const std::string neighbours =
            fmt::format("(left({0}::text, 10) IN ('{1}', '{2}') AND length({0}::text) > 16)",
                        column, formatDay(day - days{1}), formatDay(day + days{1}));
        return inText(column, formatDay(day), neighbours, kIsoDate, rows);
    }
    case DateFormat::Compact: {
        std::string digits = formatDay(day);
        std::erase(digits, '-');
        return inText(column, digits, {}, kCompactDate, rows);
    }
    default:
        return {};
    }
}

std::string numberCondition(const std::string& column, const DateDecoder& decoder, Day day,
                            PostgresDayRows rows)
{
    switch (decoder.format()) {
    case DateFormat::UnixSeconds:
    case DateFormat::UnixMillis:
    case DateFormat::UnixMicros:
        return inRange(column, unixRange(decoder, day), rows);
    case DateFormat::Compact:
        return compactNumber(column, day, rows);
    default:
        return {};
    }
}

} // namespace

std::string postgresDayCondition(const std::string& column, std::uint32_t type,
                                 const DateDecoder& decoder, Day day, PostgresDayRows rows)
{
    switch (type) {
    case postgres_type::Date:
        return inRange(column, dateRange(day), rows);
    case postgres_type::Timestamp:
        return inRange(column, timestampRange(day), rows);
    case postgres_type::TimestampTz:
        return inRange(column, instantRange(decoder.zone(), day), rows);
    default:
        return isPostgresNumber(type) ? numberCondition(column, decoder, day, rows)
                                      : textCondition(column, decoder, day, rows);
    }
}

} // namespace daymark
