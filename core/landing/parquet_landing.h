// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/landing/landing.h"
#include "core/landing/whole_files.h"

namespace daymark::landing {

/// The landing of a workspace folder: Parquet files in a hive layout,
///
///     landing/metrics/source=shop/day=2022-06-13/run-000012.parquet
///     history/metrics/source=shop/day=2022-06-13/run-000009/run-000009.parquet
///     staging/run-000012/…                               while a run is at work
///
/// in which every imported day is there once in landing/, and nothing else. Folders are made with
/// mode 0700, files with 0600. Fault points: `staged` and `sealed` at the beginning and end of
/// seal(), `after_rename` and `after_publish` in publish() and replace(), `version_kept` in
/// keepVersion().
class ParquetLanding final : public Landing
{
public:
    /// Takes the folder as it is and creates nothing yet.
    explicit ParquetLanding(std::filesystem::path workspace);

    [[nodiscard]] Result<Staging> stage(RunId run, const DayPlace& place) override;
    [[nodiscard]] Result<std::vector<LandedFile>> seal(const Staging& staging, std::uint64_t rows,
                                                       std::stop_token stop) override;
    [[nodiscard]] Status publish(const Staging& staging) override;
    [[nodiscard]] Result<std::vector<LandedFile>> keepVersion(const ExpectedDay& day) override;
    [[nodiscard]] Result<Staging> stageVersion(const ExpectedDay& version,
                                               std::stop_token stop) override;
    [[nodiscard]] Status replace(const Staging& staging) override;
    [[nodiscard]] Result<std::vector<GroupChange>> compare(const ExpectedDay& before,
                                                           const Staging& after,
                                                           std::span<const Group> groups,
                                                           std::stop_token stop) override;
    [[nodiscard]] Status dropVersion(const DayPlace& place, RunId run) override;
    [[nodiscard]] std::vector<KeptVersion> versions() const override;
    [[nodiscard]] std::vector<LandedFile> keptFiles(const ExpectedDay& day) const override;
    [[nodiscard]] std::vector<LandedFile> placedFiles(const ExpectedDay& day) const override;
    [[nodiscard]] Status retract(const DayPlace& place, RunId run) override;
    [[nodiscard]] bool carries(const DayPlace& place, RunId run) const override;
    [[nodiscard]] Status dropStaging(RunId run) override;
    [[nodiscard]] Result<Recovery> recover(std::span<const LiveRun> live) override;
    [[nodiscard]] Status removeSource(DatasetKind dataset, const std::string& source) override;
    [[nodiscard]] Result<std::string> damageOf(const ExpectedDay& day,
                                               std::stop_token stop) override;
    [[nodiscard]] Result<std::vector<MetricRow>> rows(const ExpectedDay& day, const RowQuery& query,
                                                      std::stop_token stop) override;
    [[nodiscard]] Result<std::uint64_t> exportDays(std::span<const ExpectedDay> days,
                                                   const std::filesystem::path& target,
                                                   std::stop_token stop) override;
    [[nodiscard]] Result<CheckReport> check(const Expected& expected, bool full,
                                            std::stop_token stop) override;

private:
    [[nodiscard]] Status putBack(const LiveRun& run);
    [[nodiscard]] Status undo(const LiveRun& run);

    std::filesystem::path m_workspace;
    WholeFiles m_wholeFiles;
};

} // namespace daymark::landing
