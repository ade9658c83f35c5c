// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The two ways to move the first day of a source that has landed days: back, so that days before it
// land too, and beyond the last landed one, so that the source starts over and what has landed
// stays as it is.

#include "core/engine/engine.h"

namespace daymark {

struct FirstDayMove
{
    std::string source;
    Day day;             ///< the new first day
    std::string reason;  ///< for the journal; may be empty
    bool dryRun = false; ///< tell what would come of it, and change nothing
};

/// What comes of a move, told before it is made.
struct FirstDayOutcome
{
    bool done = false;
    Day before; ///< the first day until now
    Day after;
    std::size_t landed = 0;    ///< days that have landed and stay
    std::size_t days = 0;      ///< that are to land now (a backfill), or are waited for no more
    std::size_t signalled = 0; ///< of them, those that the source has announced
    std::vector<std::string> warnings; ///< whole sentences
};

/// Lets days before the first one land, in order among themselves. DayState for a day that is not
/// before the first one.
[[nodiscard]] Result<FirstDayOutcome> backfill(Engine& engine, const FirstDayMove& move);

/// Begins anew at a day after the last landed one. DayState for any other day.
[[nodiscard]] Result<FirstDayOutcome> startOver(Engine& engine, const FirstDayMove& move);

} // namespace daymark
