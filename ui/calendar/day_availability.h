// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/calendar/calendar_facts.h"

namespace daymark::ui {

/// Whether a command makes sense at the moment, and in words what it would do or why it doesn't.
struct Availability
{
    bool enabled = false;
    QString words;
};

/// Whether a day of this state (none: not listed) can be marked as finished, or skipped, unless it
/// lies in the future.
[[nodiscard]] bool isMarkable(std::optional<DayState> state);
[[nodiscard]] bool isSkippable(std::optional<DayState> state);

/// What an operator can do about one day of a source.
struct DayAvailability
{
    Availability markFinished;
    Availability skip;
    Availability reopen;
    Availability importNow;
    Availability probe;
    Availability poll;
    Availability reimport;
    Availability rollBack; ///< as far as the calendar tells: whether there is a version it does not
};

/// @param facts    the source's calendar.
/// @param day      the selected day.
/// @param writable whether this process runs the workspace.
[[nodiscard]] DayAvailability availabilityOf(const CalendarFacts& facts, QDate day, bool writable);

/// Nothing is available, for one reason.
[[nodiscard]] DayAvailability nothingAvailable(const QString& why);

} // namespace daymark::ui
