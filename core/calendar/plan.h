// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What every day of a source is, and which day is imported next: the one pure function behind the
// window, the command line and the scheduler. It reads no clock, no file and no database.

#include "core/calendar/policy.h"

#include <span>
#include <string_view>
#include <vector>

namespace daymark {

/// A day that the source, or an operator in its place, announced as finished.
struct Signal
{
    Day day;
};

/// What the ledger holds of a day.
enum class Standing {
    Imported,
    Skipped,   ///< closed by an operator
    Importing, ///< a run is on it
    Failed,    ///< its last run failed and nobody has retried
};

struct LedgerDay
{
    Day day;
    Standing standing = Standing::Imported;
    bool empty = false;   ///< imported, and had no rows
    bool changed = false; ///< imported, and the source differs from what landed
    bool damaged = false; ///< imported, and its files are not what landed any more
};

enum class DayState {
    Imported,
    Skipped,
    Importing,
    Failed,
    Ready,    ///< signalled, and the next day
    Queued,   ///< signalled, and so is every day from the next day up to it
    Gap,      ///< not signalled, and some later day up to today is
    Blocked,  ///< signalled, with a gap or a failed day before it
    Awaiting, ///< not signalled, not after today, and no later day is signalled
    Future,   ///< after today
    Ignored,  ///< before the horizon or before the first day
};

/// The word that the command line, the window and the accessible text use: `imported`, `gap`, ….
[[nodiscard]] std::string_view stateName(DayState state);

/// Why a day is ignored.
enum class IgnoredReason {
    None,
    TooOld,      ///< before the horizon, and before the first day: `signal.too_old`
    BeforeStart, ///< before the first day: `signal.before_start`
};

[[nodiscard]] std::string_view reasonName(IgnoredReason reason);

struct PlannedDay
{
    Day day;
    DayState state = DayState::Awaiting;
    bool signalled = false;       ///< by a row of its own or, under high-water, by a later one
    bool implied = false;         ///< signalled only by a later day's signal
    std::optional<Day> blockedBy; ///< for Blocked: the earliest gap or failed day before it
    bool empty = false;
    bool changed = false;
    bool overdue = false; ///< for Awaiting: at least 24 hours after its end
    IgnoredReason ignored = IgnoredReason::None;
    std::size_t waiting = 0; ///< for Gap and Failed: how many later days are blocked
    bool damaged = false;    ///< for Imported: its files are not what landed any more
};

/// Why nothing can be imported by a plan.
enum class EmptyPlan {
    No,        ///< something can, or has been
    NoSignals, ///< nothing is signalled
    AllTooOld, ///< the only signals are before the horizon
    AllFuture, ///< the only signals are after today
};

struct Plan
{
    Day today;
    std::optional<Day> firstDay;
    std::optional<Day> frontier; ///< last day of the unbroken run of done days from the first day
    std::optional<Day> nextDay;  ///< the day after the frontier, or the first day
    /// Oldest first, one entry a day, without holes. Of an empty plan: from the earliest signal to
    /// the later of today and the last one, so that each can be seen; none without signals.
    std::vector<PlannedDay> days;
    EmptyPlan empty = EmptyPlan::No;
    std::size_t unlistedSignals = 0; ///< signals too far before or after the listed days to show

    /// The day's entry; null where the plan doesn't list it.
    [[nodiscard]] const PlannedDay* find(Day day) const;

    /// The days that an import pass takes, in order: a ready (or failed, hence retried) next day,
    /// then the queued ones after it, up to `last` where that is given.
    [[nodiscard]] std::vector<Day> importable(std::optional<Day> last = {}) const;
};

/// How far a list of days goes beyond the first day and today for stray signals, so that a signal
/// of the year 9999 doesn't make three million cells; what lies further out is counted.
inline constexpr int kListedDaysBefore = 3660;
inline constexpr int kListedDaysAhead = 366;

/// Lists what every day is and which day is imported next.
///
/// @param policy     order, horizon and first day are used.
/// @param today      the current day in the source's time zone.
/// @param announced  days the source announced; any order, duplicates allowed.
/// @param known      days the ledger holds; any order, each day once.
/// @return  days from the first day (or the earliest ignored signal, if that is earlier) to the
///          later of today and the last signal; an empty plan, with its reason, when nothing is
///          signalled within the horizon (or from a set first day on) and nothing has landed.
///          Touches no disk, network or clock.
[[nodiscard]] Plan plan(const Policy& policy, Day today, std::span<const Signal> announced,
                        std::span<const LedgerDay> known);

} // namespace daymark
