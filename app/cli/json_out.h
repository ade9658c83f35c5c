// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What `--json` prints: one document each, always valid UTF-8, days as `YYYY-MM-DD`, instants as
// RFC 3339, null for what is absent or no finite number. The keys are a contract.

#include "core/engine/views.h"
#include "core/schema/mapping.h"

#include <map>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace daymark {
struct CalendarAsOf;
struct FirstDayOutcome;
struct RepairReport;
} // namespace daymark

namespace daymark::cli {

/// `{"error": {"code", "message", "hint"}}`
[[nodiscard]] std::string errorJson(const Error& error);
[[nodiscard]] std::string
versionJson(const std::string& version,
            const std::vector<std::pair<std::string, std::string>>& libraries);
[[nodiscard]] std::string helpJson(const std::string& text);
[[nodiscard]] std::string workspaceJson(const std::filesystem::path& workspace);
[[nodiscard]] std::string checkJson(const CheckReport& report);
[[nodiscard]] std::string repairJson(const RepairReport& report);
[[nodiscard]] std::string supportBundleJson(const std::string& file);
[[nodiscard]] std::string idTypesJson(const std::vector<std::string>& idTypes);

[[nodiscard]] std::string sourceJson(const SourceInfo& source);
/// `kept`: the removed sources whose landed days are still there.
[[nodiscard]] std::string sourcesJson(const std::vector<SourceInfo>& sources,
                                      const std::vector<KeptSource>& kept);
[[nodiscard]] std::string sourceEnabledJson(const std::string& name, bool enabled);
[[nodiscard]] std::string sourceSavedJson(const SourceSaved& saved);
[[nodiscard]] std::string sourceRemovedJson(const std::string& name, bool keptData);
[[nodiscard]] std::string sourceSecretJson(const std::string& name, bool stored);
[[nodiscard]] std::string firstDayJson(const std::string& source, const FirstDayOutcome& outcome);
[[nodiscard]] std::string sourceAcceptedJson(const std::string& name,
                                             const std::vector<SourceColumn>& columns);
[[nodiscard]] std::string sourceDdlJson(const std::string& kind, const std::string& statements);
[[nodiscard]] std::string sourceTestJson(const std::string& name, const SourceTest& test);
[[nodiscard]] std::string previewJson(const Preview& preview);

[[nodiscard]] std::string calendarJson(const CalendarView& view);
/// The same with `as_of` and, as sentences, what is `unknown`.
[[nodiscard]] std::string calendarAsOfJson(const CalendarAsOf& past);
[[nodiscard]] std::string explainedJson(const DayExplained& explained);
[[nodiscard]] std::string pollsJson(const std::vector<PollReport>& polls, int failed);

[[nodiscard]] std::string reimportJson(const ReimportReport& report, bool dryRun,
                                       const std::vector<CalendarDay>& notLanded);
[[nodiscard]] std::string rollbackJson(const RollbackReport& report, bool dryRun);
[[nodiscard]] std::string versionsJson(const std::string& source, Day day,
                                       const std::vector<VersionInfo>& versions);
[[nodiscard]] std::string rechecksJson(const std::string& source,
                                       const std::map<Day, std::string>& damaged,
                                       const std::vector<RecheckInfo>& rechecks);

[[nodiscard]] std::string importJson(const ImportReport& report);
/// `more`: there are further runs beyond those listed.
[[nodiscard]] std::string runsJson(std::span<const RunInfo> runs, bool more);
/// `run export`: where the proof of a run is.
[[nodiscard]] std::string runExportJson(const std::string& file, RunId run);
/// One run with its rules, timings and note.
[[nodiscard]] std::string runJson(const RunInfo& run);

[[nodiscard]] std::string catalogJson(const std::vector<MetricInfo>& metrics);
/// One metric with its series.
[[nodiscard]] std::string metricJson(const MetricInfo& metric);
/// `more`: there are further rows beyond those listed.
[[nodiscard]] std::string rowsJson(const std::string& source, Day day,
                                   std::span<const LandedMetricRow> rows, bool more);
[[nodiscard]] std::string exportJson(const std::string& file, std::uint64_t rows);

} // namespace daymark::cli
