// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Made-up views of an engine, for tests that need no workspace.

#include "ui/style/text.h"

#include "core/engine/views.h"

namespace daymark::ui {

inline Day day(const char* iso) { return *parseDay(iso); }

inline PlannedDay planned(const char* iso, DayState state)
{
    PlannedDay entry;
    entry.day = day(iso);
    entry.state = state;
    entry.signalled = state != DayState::Gap && state != DayState::Awaiting &&
                      state != DayState::Skipped && state != DayState::Future;
    return entry;
}

/// Today is Tuesday 17 November 2026: two landed days, a gap with two days behind it, a skipped
/// one.
inline CalendarView madeUpView()
{
    CalendarView view;
    view.source = "shop";
    view.dataset = "metrics";
    Plan& plan = view.plan;
    plan.today = day("2026-11-17");
    plan.firstDay = day("2026-11-10");
    plan.frontier = day("2026-11-12");
    plan.nextDay = day("2026-11-13");
    plan.days = {
        planned("2026-11-10", DayState::Imported), planned("2026-11-11", DayState::Skipped),
        planned("2026-11-12", DayState::Imported), planned("2026-11-13", DayState::Gap),
        planned("2026-11-14", DayState::Blocked),  planned("2026-11-15", DayState::Blocked),
        planned("2026-11-16", DayState::Awaiting), planned("2026-11-17", DayState::Awaiting)};
    plan.days[4].blockedBy = plan.days[5].blockedBy = day("2026-11-13");
    plan.days[2].empty = true;
    plan.days[6].overdue = true;
    for (const PlannedDay& entry : plan.days) {
        CalendarDay shown;
        shown.planned = entry;
        shown.description = std::string(
            entry.state == DayState::Gap ? "gap: not signalled, 2 later days wait" : "described");
        view.days.push_back(shown);
    }
    view.days[0].rows = 4120;
    view.days[0].run = RunId{1};
    view.days[2].rows = 0;
    return view;
}

inline RunInfo madeUpRun(std::int64_t id, const char* source, const char* iso, RunState state)
{
    RunInfo run;
    run.id = RunId{id};
    run.source = source;
    run.day = day(iso);
    run.state = state;
    run.rowsRead = std::uint64_t(id) * 1000;
    run.accepted = run.rowsRead - 10;
    run.rejected = 8;
    run.duplicates = 2;
    run.startedAt = *parseInstant("2026-11-17T10:00:00Z");
    run.seconds = double(id) / 2;
    return run;
}

} // namespace daymark::ui
