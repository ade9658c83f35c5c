// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What the landing asks of its files through DuckDB. Private to the room.

#include "core/base/error.h"
#include "core/duckdb/duck_database.h"

#include <span>

namespace daymark::landing {

/// Counts rows by footers, over one connection that sees just one folder.
class FooterReader
{
public:
    [[nodiscard]] static Result<FooterReader> open(const std::filesystem::path& folder);

    /// The rows that a file's footer tells of. StorageDamaged where it can't be read.
    [[nodiscard]] Result<std::uint64_t> rows(const std::filesystem::path& file,
                                             std::stop_token stop);

private:
    explicit FooterReader(DuckConnection connection) : m_connection(std::move(connection)) {}
    DuckConnection m_connection;
};

/// `['one', 'two']`: the files as the first argument of read_parquet.
[[nodiscard]] std::string fileList(std::span<const std::filesystem::path> files);

/// A connection with one thread, so that rows come in the order in which they lie in the files, and
/// with access to these files alone.
[[nodiscard]] Result<DuckConnection> connectTo(std::vector<std::filesystem::path> files);

} // namespace daymark::landing
