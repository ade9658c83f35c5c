// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What people see: tables and sentences made from the engine's views. Customers' text is made safe
// here, on its way out.

#include "app/cli/terminal.h"
#include "core/engine/views.h"

#include <map>
#include <span>

namespace daymark {
struct CalendarAsOf;
}

namespace daymark::cli {

// Small words.
[[nodiscard]] std::string countText(const std::optional<std::uint64_t>& number);
[[nodiscard]] std::string numberText(const std::optional<double>& number);
[[nodiscard]] std::string instantText(const std::optional<Instant>& instant);
[[nodiscard]] std::string durationText(double seconds); ///< `0.42 s`, `3 min 5 s`, `2 h 10 min`
[[nodiscard]] std::string plural(std::uint64_t number,
                                 const std::string& noun); ///< `1 row`, `2 rows`
/// Glyph and word of a day's state: `✓ imported`.
[[nodiscard]] std::string dayStateText(DayState state, const Style& style);
[[nodiscard]] std::string runStateText(RunState state, const Style& style);
[[nodiscard]] std::string severityText(Severity severity, const Style& style);

// Parts.
[[nodiscard]] std::string findingsText(const std::vector<SchemaFinding>& findings,
                                       const Style& style);
[[nodiscard]] std::string rulesText(const std::vector<RuleCount>& rules, const Style& style);
[[nodiscard]] std::string errorText(const Error& error, const Style& style);

// Whole answers.
[[nodiscard]] std::string sourcesText(const std::vector<SourceInfo>& sources, const Style& style);
[[nodiscard]] std::string sourceText(const SourceInfo& source, const Style& style);
[[nodiscard]] std::string sourceTestText(const SourceTest& test, const Style& style);
[[nodiscard]] std::string previewText(const Preview& preview, const Style& style);
[[nodiscard]] std::string calendarText(const CalendarView& view, const Style& style);
[[nodiscard]] std::string calendarAsOfText(const CalendarAsOf& past, const Style& style);
[[nodiscard]] std::string explainedText(const DayExplained& explained, const Style& style);
[[nodiscard]] std::string pollsText(const std::vector<PollReport>& polls, const Style& style);
/// What another version of a day changes, metric by metric; at most thirty of them.
[[nodiscard]] std::string impactText(const DayImpact& impact, const Style& style);
[[nodiscard]] std::string rollbackText(const RollbackReport& report, const Style& style);
[[nodiscard]] std::string versionsText(const std::vector<VersionInfo>& versions,
                                       const Style& style);
/// @param damaged  of those days, what is wrong with their landed files.
[[nodiscard]] std::string rechecksText(const std::vector<RecheckInfo>& rechecks,
                                       const std::map<Day, std::string>& damaged,
                                       const Style& style);
[[nodiscard]] std::string importText(const ImportReport& report, const Style& style);
[[nodiscard]] std::string runsText(std::span<const RunInfo> runs, const Style& style);
[[nodiscard]] std::string runText(const RunInfo& run, const Style& style);
[[nodiscard]] std::string catalogText(const std::vector<MetricInfo>& metrics, const Style& style);
[[nodiscard]] std::string metricText(const MetricInfo& metric, const Style& style);
[[nodiscard]] std::string rowsText(std::span<const LandedMetricRow> rows);
[[nodiscard]] std::string checkText(const CheckReport& report, const Style& style);

} // namespace daymark::cli
