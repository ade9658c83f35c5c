// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What landed, for people: the catalog from the ledger's rollups, rows from the landing, and
// whether the two agree.

#include "core/engine/workspace.h"

namespace daymark {

[[nodiscard]] Result<std::vector<MetricInfo>> catalogOf(const Workspace& workspace, bool withStale);

/// MetricUnknown names the nearest known one.
[[nodiscard]] Result<MetricInfo> metricOf(const Workspace& workspace, const std::string& name);

[[nodiscard]] Result<std::vector<LandedMetricRow>>
landedRows(const Workspace& workspace, const std::string& name, Day day,
           const std::optional<std::string>& metric, std::size_t limit, std::stop_token stop);

[[nodiscard]] Result<std::uint64_t>
exportLanded(const Workspace& workspace, const std::string& name, std::optional<Day> from,
             std::optional<Day> to, const std::filesystem::path& target, std::stop_token stop);

[[nodiscard]] Result<CheckReport> checkLanded(const Workspace& workspace, bool full,
                                              std::stop_token stop);

} // namespace daymark
