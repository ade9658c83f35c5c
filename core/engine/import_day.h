// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/workspace.h"

namespace daymark {

/// What an import of a day reports while it is at work.
using RunProgressFn = std::function<void(const RunProgress&)>;

/// Looks at what a re-import would change, before anything is committed: a sentence that says why
/// it is turned down, or none to go on.
using WeighFn = std::function<std::optional<std::string>(const DayImpact&)>;

struct DayImport
{
    std::string source;
    Day day;
    std::optional<Day> firstDay; ///< of the plan that chose the day
    std::string actor;           ///< who asked for it
    bool again = false;          ///< the day has landed, and is to be replaced
    std::string reason = {};     ///< of a re-import, for the journal
    WeighFn weigh = {};          ///< of a re-import; none: go on
    bool look = false;           ///< of a re-import: tell the impact, and keep no run
};

/// Called once the run has its number, before any row is read.
using RunBegunFn = std::function<void(RunId)>;

/// Runs the import of one day to its end: the run it makes says how it went. An error comes only
/// where no run could be begun, or its end could not be written down.
[[nodiscard]] Result<RunInfo> importDay(const Workspace& workspace, const DayImport& job,
                                        const RunBegunFn& begun, const RunProgressFn& progress,
                                        std::stop_token stop);

} // namespace daymark
