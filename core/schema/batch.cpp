// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/schema/batch.h"

#include "core/base/text.h"

#include <array>
#include <cstdio>
#include <limits>

namespace daymark {

namespace {

using namespace std::chrono;

/// The days that have a date in the years -9999 to 9999; others are written as a plain number.
constexpr std::int64_t kFirstDayNumber = -4'371'587;
constexpr std::int64_t kLastDayNumber = 2'932'896;

bool isInfinite(std::int64_t value, std::int64_t infinity)
{
    return value == infinity || value == -infinity;
}

/// `10:00:00`, with as many digits of a fraction as it has.
std::string formatTimeOfDay(microseconds sinceMidnight)
{
    const hh_mm_ss time{sinceMidnight};
    std::array<char, 32> buffer{};
    int size = std::snprintf(
        buffer.data(), buffer.size(), "%02d:%02d:%02d", static_cast<int>(time.hours().count()),
        static_cast<int>(time.minutes().count()), static_cast<int>(time.seconds().count()));
    std::string text(buffer.data(), static_cast<std::size_t>(size));
    if (const auto micros = time.subseconds().count(); micros != 0) {
        size = std::snprintf(buffer.data(), buffer.size(), ".%06d", static_cast<int>(micros));
        text.append(buffer.data(), static_cast<std::size_t>(size));
        text.erase(text.find_last_not_of('0') + 1);
    }
    return text;
}

std::string formatDayNumber(std::int64_t number)
{
    if (isInfinite(number, std::numeric_limits<std::int32_t>::max()))
        return number < 0 ? "-infinity" : "infinity";
    if (number < kFirstDayNumber || number > kLastDayNumber)
        return std::to_string(number);
    return formatDay(Day{days{number}});
}

std::string formatMicros(std::int64_t count, std::string_view suffix)
{
    if (isInfinite(count, std::numeric_limits<std::int64_t>::max()))
        return count < 0 ? "-infinity" : "infinity";
    const microseconds sinceEpoch{count};
    const auto day = floor<days>(sinceEpoch);
    if (day.count() < kFirstDayNumber || day.count() > kLastDayNumber)
        return std::to_string(count);
    return formatDay(Day{day}) + 'T' + formatTimeOfDay(sinceEpoch - day) + std::string(suffix);
}

} // namespace

std::string formatCell(const Cell& cell)
{
    switch (cell.kind) {
    case Cell::Kind::Null:
        return {};
    case Cell::Kind::Text:
        return std::string(cell.asText());
    case Cell::Kind::Integer:
        return std::to_string(cell.integer);
    case Cell::Kind::Real:
        return formatDouble(cell.real);
    case Cell::Kind::Day:
        return formatDayNumber(cell.integer);
    case Cell::Kind::LocalTime:
        return formatMicros(cell.integer, {});
    case Cell::Kind::Instant:
        return formatMicros(cell.integer, "Z");
    }
    return {};
}

void Batch::clear(std::size_t columnCount)
{
    rows = 0;
    columns.resize(columnCount);
    for (std::vector<Cell>& column : columns)
        column.clear();
    rowNumbers.clear();
    broken.clear();
    file.clear();
    buffers.clear();
    kept.clear();
}

} // namespace daymark
