// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A thin skin on DuckDB's C API. Every database here is locked down: no extension is installed or
// loaded, no secret is kept, nothing outside the process is reached but the paths that were named,
// and memory and temporary space are capped. DuckDB writes files with plain write(): the program
// must ignore SIGXFSZ, or a file size limit kills it.

#include "core/duckdb/duck_feed.h"
#include "core/duckdb/duck_result.h"

#include <filesystem>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

namespace daymark {

struct DuckOptions
{
    /// Files that SQL may read or write, and folders below which it may. Symbolic links inside are
    /// followed: check names from outside before they get here.
    std::vector<std::filesystem::path> files;
    std::vector<std::filesystem::path> folders;

    /// In bytes. What DuckDB may hold before it spills or gives up; a guide, not a sandbox.
    std::uint64_t memoryLimit = std::uint64_t{512} << 20U;

    /// Where it may spill; empty: nowhere.
    std::filesystem::path temporaryFolder;
    /// In bytes. What it may spill at most.
    std::uint64_t temporaryLimit = std::uint64_t{4} << 30U;

    /// The thread that runs a query counts as one of them.
    unsigned threads = 2;
};

/// A connection: used by one thread at a time.
class DuckConnection
{
public:
    ~DuckConnection();
    DuckConnection(DuckConnection&&) noexcept;
    DuckConnection& operator=(DuckConnection&&) noexcept;

    /// Runs one statement whose rows nobody wants. ErrorCode::RunCancelled soon after `stop`.
    [[nodiscard]] Status execute(const std::string& sql, std::stop_token stop = {});

    /// Starts one statement; its rows are made while they are fetched. The connection must outlive
    /// the result, and runs nothing else meanwhile.
    [[nodiscard]] Result<DuckResult> query(const std::string& sql, std::stop_token stop = {});

    /// Makes `feed` a table function: `SELECT * FROM name()`. It may be scanned once.
    [[nodiscard]] Status addFeed(const std::string& name, std::shared_ptr<DuckFeed> feed);

private:
    friend class DuckDatabase;
    struct Handle;
    explicit DuckConnection(std::unique_ptr<Handle> handle);
    static void fillFeed(void* function, void* output);
    std::unique_ptr<Handle> m_handle;
};

/// A database in memory. Connections keep what they need of it alive.
class DuckDatabase
{
public:
    /// ErrorCode::Internal where DuckDB cannot be set up as asked.
    [[nodiscard]] static Result<DuckDatabase> open(const DuckOptions& options);

    [[nodiscard]] Result<DuckConnection> connect();

    /// DuckDB's version: `v1.4.4`.
    [[nodiscard]] static std::string libraryVersion();

private:
    struct Handle;
    std::shared_ptr<Handle> m_handle;
    friend class DuckConnection;
};

/// `a"b` as `"a""b"`. A NUL byte ends the name, as it does for DuckDB.
[[nodiscard]] std::string quotedIdentifier(std::string_view name);

/// `it's` as `'it''s'`. A NUL byte ends the text, as it does for DuckDB.
[[nodiscard]] std::string quotedText(std::string_view text);

/// A path as the text of a single file for read_csv, read_parquet and the like: with every
/// character that a pattern gives a meaning to held in brackets, and quoted.
[[nodiscard]] std::string quotedFile(const std::filesystem::path& path);

} // namespace daymark
