// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/calendar/known_calendar.h"

#include "core/engine/as_of.h"

namespace daymark::ui {

Result<KnownCalendar> knownCalendar(Engine& engine, const std::string& source,
                                    std::optional<Instant> moment)
{
    if (moment) {
        auto past = calendarAsOf(engine, source, *moment);
        if (!past)
            return fail(past.error());
        return KnownCalendar{std::move(past->view), {}, std::move(past->unknown)};
    }
    auto view = engine.calendar(source);
    if (!view)
        return fail(view.error());
    const auto info = engine.source(source);
    if (!info)
        return fail(info.error());
    return KnownCalendar{std::move(*view), info->schemaBreak, {}};
}

Result<DayExplained> knownDay(Engine& engine, const std::string& source, Day day,
                              std::optional<Instant> moment, std::stop_token stop)
{
    return moment ? explainedAsOf(engine, source, *moment, day)
                  : engine.explainDay(source, day, false, std::move(stop));
}

} // namespace daymark::ui
