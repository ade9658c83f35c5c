// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Every source at a glance, from the ledger alone.

#include "core/engine/workspace.h"

namespace daymark {

struct LatenessFound
{
    Lateness lateness = Lateness::Nothing;
    std::string words;
};

/// Holds the next day of a plan against the day that is expected by now: the last one that ended at
/// least 24 hours ago.
[[nodiscard]] LatenessFound latenessOf(const Plan& plan);

/// The earliest gap or failed day; none where nothing is in the way.
[[nodiscard]] const PlannedDay* firstObstacle(const Plan& plan);

/// By name. A source that cannot be planned comes with its error.
[[nodiscard]] Result<std::vector<SourceOverview>> overviewOf(const Workspace& workspace);

} // namespace daymark
