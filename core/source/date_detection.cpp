// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/date_detection.h"

#include "core/base/text.h"

#include <fmt/format.h>

#include <algorithm>

namespace daymark {

namespace {

struct Tally
{
    std::map<DateFormat, std::size_t> fits; ///< rows that a format fits
    std::size_t rows = 0;
    std::string misfit; ///< a sample that no format fits

    void add(const std::string& sample, std::size_t times)
    {
        const std::vector<DateFormat> formats = possibleDateFormats(std::span(&sample, 1));
        if (formats.empty() && misfit.empty())
            misfit = sample;
        for (const DateFormat format : formats)
            fits[format] += times;
        rows += times;
    }
};

bool areDayAndMonth(DateFormat one, DateFormat other)
{
    return std::minmax(one, other) ==
           std::minmax(DateFormat::DayMonthYear, DateFormat::MonthDayYear);
}

Error ambiguous(std::string_view sample, std::string_view place, std::string_view setting)
{
    return {ErrorCode::SourceFormat,
            fmt::format("{} writes dates such as {}, whose day and month cannot be told apart.",
                        place, shortened(sample, 40)),
            fmt::format("Set the format {} to {} or to {}.", setting,
                        dateFormatName(DateFormat::DayMonthYear),
                        dateFormatName(DateFormat::MonthDayYear))};
}

Error unknown(std::string_view sample, std::string_view place, std::string_view setting)
{
    return {ErrorCode::SourceFormat,
            fmt::format("{} holds no dates that can be read, for example {}.", place,
                        shortened(sample, 40)),
            fmt::format("Check that the right column is mapped as the date, or set the format {}.",
                        setting)};
}

} // namespace

Result<DateFormat> detectDateFormat(const DateSamples& samples, std::string_view place,
                                    std::string_view setting)
{
    Tally tally;
    std::string first;
    for (const auto& [sample, times] : samples) {
        if (trimmed(sample).empty())
            continue;
        if (first.empty())
            first = sample;
        tally.add(sample, times);
    }
    if (tally.rows == 0)
        return DateFormat::Iso;

    std::size_t most = 0;
    for (const auto& [format, count] : tally.fits)
        most = std::max(most, count);
    std::vector<DateFormat> best;
    for (const auto& [format, count] : tally.fits) {
        if (count == most)
            best.push_back(format);
    }
    // No text is an ISO date by chance: the others are rows to be rejected, however many they are.
    const bool isSure = !best.empty() && best.front() == DateFormat::Iso;
    if (best.empty() || (!isSure && most * 2 < tally.rows))
        return fail(unknown(tally.misfit.empty() ? first : tally.misfit, place, setting));
    if (best.size() == 2 && areDayAndMonth(best[0], best[1]))
        return fail(ambiguous(first, place, setting));
    return best.front();
}

Result<DateFormat> detectDateFormat(std::span<const std::string> samples, std::string_view place,
                                    std::string_view setting)
{
    DateSamples counted;
    for (const std::string& sample : samples)
        ++counted[sample];
    return detectDateFormat(counted, place, setting);
}

bool hasOffset(std::string_view date)
{
    const std::string_view text = trimmed(date);
    const auto isTime = [](char c) { return c == 'T' || c == 't' || c == ' '; };
    if (text.size() <= 10 || !isTime(text[10]))
        return false;
    const std::string_view last = text.substr(text.size() - 1);
    return last.find_first_of("ZzCT") == 0 || // Z, UTC, GMT
           text.find_first_of("+-", 11) != std::string_view::npos;
}

} // namespace daymark
