// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What the tests of sources share: a folder of their own, files in it, and a day read to its end
// and written down as text.

#include "core/source/registry.h"

#include <filesystem>

struct sqlite3;

namespace daymark::test {

/// A new folder, removed with this object.
class Folder
{
public:
    Folder();
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    ~Folder();

    [[nodiscard]] std::string path(const std::string& name = {}) const;
    /// Writes a file, and the folders on the way to it.
    void write(const std::string& name, std::string_view content) const;

private:
    std::filesystem::path m_path;
};

[[nodiscard]] std::string gzipped(std::string_view text);
[[nodiscard]] std::string zstandard(std::string_view text);

/// Has DuckDB write a Parquet file of what a SELECT gives.
void writeParquet(const Folder& folder, const std::string& name, const std::string& select);

/// A database file that stays open for writing.
class Database
{
public:
    explicit Database(const std::string& path);
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;
    ~Database();
    /// Aborts the test program where SQLite refuses.
    void run(const std::string& sql) const;

private:
    sqlite3* m_handle = nullptr;
};

/// A day as it was read: a line a row, `number: cell, cell, …` with `-` for null.
struct DayRead
{
    std::vector<std::string> rows;
    std::vector<std::string> broken;
    std::vector<SchemaFinding> findings;
    bool holdsOtherDays = false;
    std::optional<Error> error;

    /// The rows between blanks, or the error's name.
    [[nodiscard]] std::string text() const;
    [[nodiscard]] std::string errorText() const;
};

[[nodiscard]] SourceConfig filesConfig(const std::string& uri);
[[nodiscard]] SourceConfig sqliteConfig(const std::string& uri);

/// Detects the format (what the configuration sets stays), maps the columns and reads the day, as
/// an import does. `columns` are the canonical columns to write down.
[[nodiscard]] DayRead readDay(SourceConfig config, const std::string& day,
                              const std::vector<std::size_t>& columns = {0, 3, 4});

/// The same for a format that was found before.
[[nodiscard]] DayRead readDayAsSetUp(const SourceConfig& config, const std::string& day,
                                     const std::vector<std::size_t>& columns = {0, 3, 4});

/// The days of the signals, and the codes of the findings.
[[nodiscard]] std::string signalText(const SourceConfig& config);

} // namespace daymark::test
