// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/date_detection.h"

#include "core/base/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

namespace daymark {

namespace {

struct Tally
{
    std::map<DateFormat, std::size_t> fits; ///< distinct samples that a format fits
    std::map<std::string, bool> samples;    ///< whether any format fits it

    void add(const std::string& sample)
    {
        const std::vector<DateFormat> formats = possibleDateFormats(std::span(&sample, 1));
        samples[sample] = !formats.empty();
        for (std::size_t i = 0; i < formats.size(); ++i)
            ++fits[formats[i]];
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

Result<DateFormat> detectDateFormat(std::span<const std::string> samples, std::string_view place,
                                    std::string_view setting)
{
    std::set<std::string> distinct;
    for (const std::string& sample : samples) {
        if (!trimmed(sample).empty())
            distinct.insert(sample);
    }
    if (distinct.empty())
        return DateFormat::Iso;
    Tally tally;
    for (const std::string& sample : distinct)
        tally.add(sample);

    std::size_t most = 0;
    for (const auto& [format, count] : tally.fits)
        most = std::max(most, count);
    std::vector<DateFormat> best;
    for (const auto& [format, count] : tally.fits) {
        if (count == most)
            best.push_back(format);
    }
    if (most * 2 < distinct.size()) {
        const auto bad = std::find_if(tally.samples.begin(), tally.samples.end(),
                                      [](const auto& sample) { return !sample.second; });
        return fail(
            unknown(bad == tally.samples.end() ? *distinct.begin() : bad->first, place, setting));
    }
    if (best.size() == 2 && areDayAndMonth(best[0], best[1]))
        return fail(ambiguous(*distinct.begin(), place, setting));
    return best.front();
}

bool hasOffset(std::string_view date)
{
    const std::string_view text = trimmed(date);
    const auto isTime = [](char c) { return c == 'T' || c == 't' || c == ' '; };
    if (text.size() <= 10 || !isTime(text[10]))
        return false;
    return text.back() == 'Z' || text.back() == 'z' ||
           text.find_first_of("+-", 11) != std::string_view::npos;
}

} // namespace daymark
