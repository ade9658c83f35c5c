// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/workspace.h"

namespace daymark {

/// What an import of a day reports while it is at work.
using RunProgressFn = std::function<void(const RunProgress&)>;

struct DayImport
{
    std::string source;
    Day day;
    std::optional<Day> firstDay; ///< of the plan that chose the day
    std::string actor;           ///< who asked for it
};

/// Called once the run has its number, before any row is read.
using RunBegunFn = std::function<void(RunId)>;

/// Runs the import of one day to its end: the run it makes says how it went. An error comes only
/// where no run could be begun, or its end could not be written down.
[[nodiscard]] Result<RunInfo> importDay(const Workspace& workspace, const DayImport& job,
                                        const RunBegunFn& begun, const RunProgressFn& progress,
                                        std::stop_token stop);

/// Settles runs of a source that are alive in the ledger but at work nowhere, because writing down
/// their end failed (a full disk): those that reached their place are finished, the others never
/// happened. For the one writing process, while no run of the source is at work.
[[nodiscard]] Status settleRuns(const Workspace& workspace, SourceId source);

} // namespace daymark
