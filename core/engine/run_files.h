// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/day.h"
#include "core/base/ids.h"
#include "core/base/text.h"

#include <cstdio>
#include <filesystem>

namespace daymark {

/// Where a run's rejected rows go, below the workspace folder:
/// `rejects/metrics/source=shop/day=2022-06-13/run-000012.csv`.
[[nodiscard]] inline std::filesystem::path rejectsPath(const std::string& source, Day day,
                                                       RunId run)
{
    std::string number = std::to_string(run.value);
    if (number.size() < 6)
        number.insert(0, 6 - number.size(), '0');
    return std::filesystem::path("rejects") / "metrics" / ("source=" + pathSafe(source)) /
           ("day=" + formatDay(day)) / ("run-" + number + ".csv");
}

/// Removes the rejects file of a run that came to nothing, if there is one.
inline void dropRejects(const std::filesystem::path& workspace, const std::string& source, Day day,
                        RunId run)
{
    std::error_code ignored;
    std::filesystem::remove(workspace / rejectsPath(source, day, run), ignored);
}

} // namespace daymark
