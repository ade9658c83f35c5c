// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/source/file_reader.h"

#include <atomic>

namespace daymark {

/// Reads files one after another, in the order given.
class FilesDayReader : public RowReader
{
public:
    struct Task
    {
        std::vector<ListedFile> files;
        std::vector<SchemaFinding> findings;
        std::vector<std::string> names; ///< by canonical column; empty where unmapped
        /// The same for files that name their columns row by row: what of the unmapped ones may
        /// come.
        std::vector<std::string> lateNames;
        std::map<std::string, std::string> format; ///< as it was found at set-up
        bool holdsOtherDays = false;
        std::shared_ptr<Decoder> decoder; ///< one that nothing is read with, or none
    };

    FilesDayReader(FileRoot root, Task task);

    /// Opens the first file, so that an error shows before anything is read.
    [[nodiscard]] Status begin(std::stop_token stop);

    [[nodiscard]] Result<bool> read(Batch& batch, std::stop_token stop) override;
    [[nodiscard]] std::optional<std::uint64_t> expectedRows() const override;
    [[nodiscard]] std::optional<double> fraction() const override;
    [[nodiscard]] bool holdsOtherDays() const override { return m_task.holdsOtherDays; }
    [[nodiscard]] std::vector<SchemaFinding> findings() const override { return m_task.findings; }

private:
    [[nodiscard]] Status openNext(std::stop_token stop);
    [[nodiscard]] Status checkColumns(const ListedFile& file);
    [[nodiscard]] std::vector<std::string> missingOf(const std::vector<std::string>& names) const;
    [[nodiscard]] std::vector<std::string> addedColumns() const;
    void warn(const char* code, const ListedFile& file, const char* what,
              const std::vector<std::string>& columns);
    [[nodiscard]] std::vector<std::string> ownNames() const;

    FileRoot m_root;
    Task m_task;
    std::vector<std::string> m_recorded; ///< columns at set-up, or those agreed on since
    std::uint64_t m_totalSize = 0;
    std::uint64_t m_doneSize = 0;
    std::size_t m_next = 0;
    std::shared_ptr<Decoder> m_decoder; ///< one for all files of the day
    std::unique_ptr<FileReader> m_reader;
    std::optional<std::uint64_t> m_expectedRows;
    std::atomic<double> m_fraction{0};
};

} // namespace daymark
