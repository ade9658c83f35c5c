// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Where the data and the signals of a files source lie.
//
//     metrics/2022-06-13/part-0.csv   one folder a day (layout `days`)
//     metrics/anything.csv            flat files with a date column (layout `flat`)
//     metrics.csv, anything.csv       the same in the source's folder itself
//     signals/anything.csv            rows with the column `finished_date`
//     signals/2022-06-13              an empty file
//     signals.csv                     beside the data

#include "core/schema/source_config.h"
#include "core/source/file_root.h"

#include "core/base/day.h"

namespace daymark {

enum class FilesLayout { Days, Flat };

/// `days` or `flat`, the setting `layout`.
[[nodiscard]] std::string_view filesLayoutName(FilesLayout layout);
[[nodiscard]] std::optional<FilesLayout> findFilesLayout(std::string_view name);

class FilesPlace
{
public:
    /// Finds the data. ErrorCode::SourceMissing where there is none, SourceTableMissing for a
    /// `--table` that is not there, SourceInvalid for one that leads out of the folder.
    [[nodiscard]] static Result<FilesPlace> open(const SourceConfig& config);

    [[nodiscard]] const FileRoot& root() const { return m_root; }
    [[nodiscard]] FilesLayout layout() const { return m_layout; }

    /// For people: `metrics/*/`, `metrics/`, `metrics.csv`.
    [[nodiscard]] std::string dataPlace() const;
    [[nodiscard]] std::string signalPlace() const;

    /// The data files of a day's folder (none where it is missing), or all flat ones. Files of
    /// unknown kinds are findings.
    [[nodiscard]] Result<Listing> dataFiles(Day day) const;

    /// Some data files to look at: the newest one and the oldest one.
    [[nodiscard]] Result<Listing> sampleFiles() const;

    /// The signal files and markers. ErrorCode::SignalMissing where there is no place for them.
    [[nodiscard]] Result<Listing> signalFiles() const;

private:
    explicit FilesPlace(FileRoot root) : m_root(std::move(root)) {}
    [[nodiscard]] Status findData(const SourceConfig& config);
    [[nodiscard]] Status findTable(const std::string& table);
    [[nodiscard]] Status findOwn(const std::string& name);
    [[nodiscard]] Status findLayout(const SourceConfig& config);
    [[nodiscard]] Result<Listing> flatFiles() const;
    [[nodiscard]] Result<std::vector<Day>> dayFolders() const;
    [[nodiscard]] bool isSignalFile(const ListedFile& file) const;
    [[nodiscard]] std::string below(const std::string& name) const;

    FileRoot m_root;
    FilesLayout m_layout = FilesLayout::Flat;
    std::string m_folder;     ///< of the data, below the root; empty: the root itself
    std::string m_file;       ///< the one data file below the root; empty: a folder's files
    std::string m_stem;       ///< flat files called `metrics.*` only; empty: all
    std::string m_signalPath; ///< as the operator named it; empty: `signals`
};

} // namespace daymark
