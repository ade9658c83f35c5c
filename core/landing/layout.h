// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Where things lie in a workspace folder, below it.

#include "core/landing/landing.h"

namespace daymark::landing {

inline constexpr std::string_view kLandingFolder = "landing";
inline constexpr std::string_view kHistoryFolder = "history";
inline constexpr std::string_view kStagingFolder = "staging";
inline constexpr std::string_view kDataFolder = "data"; ///< in a run's staging: the day to be
inline constexpr std::string_view kScratchFolder = "scratch";

/// `landing/metrics/source=shop`
[[nodiscard]] std::filesystem::path sourceFolder(DatasetKind dataset, const std::string& source);

/// `landing/metrics/source=shop/day=2022-06-13`
[[nodiscard]] std::filesystem::path dayFolder(const DayPlace& place);

/// `history/metrics/source=shop`
[[nodiscard]] std::filesystem::path historyFolder(DatasetKind dataset, const std::string& source);

/// `history/metrics/source=shop/day=2022-06-13/run-000012`: a version that is kept.
[[nodiscard]] std::filesystem::path versionFolder(const DayPlace& place, RunId run);

/// The run that a folder such as `run-000012` is of.
[[nodiscard]] std::optional<RunId> runOfFolder(std::string_view name);

/// `staging/run-000012`
[[nodiscard]] std::filesystem::path stagingFolder(RunId run);

/// `run-000012.parquet`: the first file of a run. Further ones are `run-000012-….parquet`.
[[nodiscard]] std::string firstFileName(RunId run);

/// Whether a file name is one of a run's.
[[nodiscard]] bool belongsToRun(std::string_view fileName, RunId run);

/// The source and day that a path below the workspace lies in, as far as it tells.
[[nodiscard]] std::string sourceOfPath(const std::filesystem::path& path);
[[nodiscard]] std::optional<Day> dayOfPath(const std::filesystem::path& path);

} // namespace daymark::landing
