// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The landed days and kept versions of a workspace as their files tell of them, whatever a ledger
// says. Private to the room.

#include "core/ledger/rebuild.h"

#include <functional>
#include <stop_token>

namespace daymark {

struct FoundDays
{
    std::vector<ledger::FoundDay> days; ///< earlier versions first, then those in the landing
    RunId highestRun;                   ///< of every number that a file or folder bears
    std::vector<std::string> notes;     ///< what was found and is no such day, in whole sentences
};

/// The highest number of a run whose files lie in landing/ or history/. Reads names only.
[[nodiscard]] RunId highestLandedRun(const std::filesystem::path& workspace);

/// Looks through landing/, history/, staging/ and rejects/ and reads every landed row.
/// RunCancelled.
///
/// @param progress  hears after each day how many of how many were read.
[[nodiscard]] Result<FoundDays>
findDays(const std::filesystem::path& workspace, const std::stop_token& stop,
         const std::function<void(std::size_t, std::size_t)>& progress);

} // namespace daymark
