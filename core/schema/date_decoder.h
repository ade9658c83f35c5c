// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/time_zone.h"
#include "core/schema/batch.h"

#include <span>

namespace daymark {

/// How a source writes dates. Found when the source is set up, and never guessed afterwards.
enum class DateFormat {
    Iso,          ///< `2022-06-13`, alone or followed by a time, with or without an offset
    DayMonthYear, ///< `13/06/2022`, with `/`, `.` or `-`
    MonthDayYear, ///< `06/13/2022`
    Compact,      ///< `20220613`
    UnixSeconds,
    UnixMillis,
    UnixMicros,
};

/// `iso`, `dd/mm/yyyy`, `mm/dd/yyyy`, `yyyymmdd`, `unix_s`, `unix_ms`, `unix_us`.
[[nodiscard]] std::string_view dateFormatName(DateFormat format);
[[nodiscard]] std::optional<DateFormat> findDateFormat(std::string_view name);

enum class DateStatus { Ok, Missing, Invalid };

struct DecodedDate
{
    DateStatus status = DateStatus::Missing;
    Day day{};
};

/// Turns date cells into days of the source's time zone. Immutable, hence safe to share.
///
/// A date is its day. A time without an offset is wall-clock time of the source's zone: its day. A
/// time with an offset, or an instant, falls on the day that it has in the source's zone. Blank
/// text counts as missing. 24:00 and seconds over 60 are invalid; 23:59:60 is read as that day.
/// Milliseconds and microseconds that fall into 1970 are times of a coarser unit taken for them:
/// invalid.
class DateDecoder
{
public:
    DateDecoder(DateFormat format, TimeZone zone);

    [[nodiscard]] DecodedDate decode(const Cell& cell) const;
    [[nodiscard]] DateFormat format() const { return m_format; }
    [[nodiscard]] const TimeZone& zone() const { return m_zone; }

private:
    [[nodiscard]] DecodedDate decodeText(std::string_view text) const;
    [[nodiscard]] DecodedDate decodeInteger(std::int64_t number) const;
    [[nodiscard]] DecodedDate decodeReal(double number) const;
    [[nodiscard]] DecodedDate withTime(std::optional<Day> day, std::string_view rest,
                                       std::size_t hourDigits) const;
    [[nodiscard]] DecodedDate dayOf(Instant instant) const;

    DateFormat m_format;
    TimeZone m_zone;
    std::vector<TimeZone::Offset> m_offsets; ///< of the usual years, ascending, without holes
};

/// The formats that fit every one of the sample values, most likely first; `01/02/2024` fits two,
/// and then the operator has to say which. None where no sample has any text.
[[nodiscard]] std::vector<DateFormat> possibleDateFormats(std::span<const std::string> samples);

} // namespace daymark
