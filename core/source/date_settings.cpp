// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/date_settings.h"

#include "core/base/text.h"

#include <fmt/format.h>

namespace daymark {

namespace {

Result<DateFormat> formatOf(const SourceConfig& config, const std::string& key)
{
    const auto entry = config.format.find(key);
    if (entry == config.format.end())
        return DateFormat::Iso;
    if (const std::optional<DateFormat> found = findDateFormat(entry->second))
        return *found;
    return fail(ErrorCode::SourceInvalid,
                fmt::format("There is no date format {} for the setting {}.",
                            shortened(entry->second, 40), key),
                "Use iso, dd/mm/yyyy, mm/dd/yyyy, yyyymmdd, unix_s, unix_ms or unix_us.");
}

} // namespace

Result<DateSettings> DateSettings::of(const SourceConfig& config)
{
    const Result<TimeZone> zone = TimeZone::find(config.timeZone);
    if (!zone)
        return fail(ErrorCode::SourceInvalid, zone.error().message, zone.error().hint);
    const Result<DateFormat> rows = formatOf(config, "date_format");
    if (!rows)
        return fail(rows.error());
    const Result<DateFormat> signalDates = formatOf(config, "signal_date_format");
    if (!signalDates)
        return fail(signalDates.error());
    return DateSettings(DateDecoder(*rows, *zone), DateDecoder(*signalDates, *zone));
}

} // namespace daymark
