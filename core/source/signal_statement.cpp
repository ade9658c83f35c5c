// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/signal_statement.h"

#include "core/source/sqlite_database.h"

#include <fmt/format.h>

namespace daymark {

namespace {

bool isNumber(DateFormat format)
{
    return format == DateFormat::UnixSeconds || format == DateFormat::UnixMillis ||
           format == DateFormat::UnixMicros;
}

} // namespace

std::string writtenDay(Day day, const DateDecoder& dates)
{
    const std::chrono::year_month_day date{day};
    const int year = static_cast<int>(date.year());
    const auto month = static_cast<unsigned>(date.month());
    const auto dayOfMonth = static_cast<unsigned>(date.day());
    const std::int64_t micros = dates.zone().startOf(day).time_since_epoch().count();
    switch (dates.format()) {
    case DateFormat::DayMonthYear:
        return fmt::format("{:02}/{:02}/{:04}", dayOfMonth, month, year);
    case DateFormat::MonthDayYear:
        return fmt::format("{:02}/{:02}/{:04}", month, dayOfMonth, year);
    case DateFormat::Compact:
        return fmt::format("{:04}{:02}{:02}", year, month, dayOfMonth);
    case DateFormat::UnixSeconds:
        return std::to_string(micros / 1'000'000);
    case DateFormat::UnixMillis:
        return std::to_string(micros / 1'000);
    case DateFormat::UnixMicros:
        return std::to_string(micros);
    case DateFormat::Iso:
        break;
    }
    return formatDay(day);
}

std::string signalInsert(const std::string& table, const SourceConfig& config,
                         const DateDecoder& dates, Day day)
{
    const auto given = config.columnMap.find(std::string(kSignalColumn));
    const std::string column = quotedSqlName(
        given == config.columnMap.end() ? kSignalColumn : std::string_view(given->second));
    const std::string value = writtenDay(day, dates);
    return fmt::format("INSERT INTO {} ({}) VALUES ({});", table, column,
                       isNumber(dates.format()) ? value : "'" + value + "'");
}

} // namespace daymark
