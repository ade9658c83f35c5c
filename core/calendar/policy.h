// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/day.h"

#include <optional>
#include <string>

namespace daymark {

/// What a signal says.
enum class DayOrder {
    Strict,    ///< just its own day is finished: every day must be signalled itself
    HighWater, ///< every day up to its own is finished
};

/// How a source's days are taken in. The texts here are what the settings and the help say.
struct Policy
{
    /// `strict`: every day must be signalled itself. `high-water`: a signal says that every day up
    /// to it is finished (folders and timestamp signals).
    DayOrder order = DayOrder::Strict;

    /// In days. The earliest signalled day that can become the first day lies this many days before
    /// today; that day itself still counts.
    int horizonDays = 28;

    /// Set by the operator, or fixed by the first landing. Otherwise the earliest signalled day
    /// within the horizon.
    std::optional<Day> firstDay;

    /// Where days begin: an IANA name or a fixed offset such as `UTC-08:00`.
    std::string timeZone = "UTC";

    /// How often the signals are read while the window or `watch` runs, in minutes.
    int pollMinutes = 60;

    /// Rejected rows a day may have and still land, in percent of the rows read; 0: none.
    double tolerancePercent = 1.0;

    /// In days. A metric with no value for this long is hidden from the catalog unless asked for.
    int stalenessDays = 14;
};

} // namespace daymark
