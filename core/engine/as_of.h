// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The calendar as it was known at a past moment, put together from what the ledger keeps: when each
// signal was first seen, when each run began and ended, and what the journal says of days that were
// skipped, reopened, marked, rolled back or found changed, and of the policy.

#include "core/engine/engine.h"

namespace daymark {

struct CalendarAsOf
{
    Instant at;
    CalendarView view; ///< its last poll and its day's re-signals are left unsaid
    /// What cannot be known any more and how it was taken, in whole sentences.
    std::vector<std::string> unknown;
};

/// A moment at which something about a source's days became another.
struct PastMoment
{
    Instant at;                        ///< of its last entry; those of one second are one moment
    std::vector<JournalEntry> entries; ///< what the journal says, oldest first
    std::size_t announced = 0;         ///< days whose signal was first seen then
};

/// The moments since the source was added at which its calendar may have become another one, oldest
/// first, up to now. SourceUnknown.
[[nodiscard]] Result<std::vector<PastMoment>> pastMoments(Engine& engine, const std::string& name);

/// Draws a source's calendar as it was at `at`. SourceUnknown; UsageInvalid for a moment that has
/// not come yet, or before the source was added.
[[nodiscard]] Result<CalendarAsOf> calendarAsOf(Engine& engine, const std::string& name, Instant at,
                                                std::optional<Day> from = {},
                                                std::optional<Day> to = {});

/// Explains a day as it was at `at`; there is nothing to do about it any more, so that no action is
/// named. The same errors.
[[nodiscard]] Result<DayExplained> explainedAsOf(Engine& engine, const std::string& name,
                                                 Instant at, Day day);

} // namespace daymark
