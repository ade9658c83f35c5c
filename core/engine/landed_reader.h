// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Landed files read as a day of a source is, so that the stream makes of them what it once made of
// the source's rows. Private to the room.

#include "core/duckdb/duck_database.h"
#include "core/schema/batch.h"

#include <filesystem>
#include <map>

namespace daymark {

/// What a landed file says of itself, besides its rows.
struct LandedMarks
{
    std::map<std::string, std::string> metadata; ///< `daymark.run`, `daymark.source`, …
    std::vector<std::string> idTypes;            ///< of all its rows, in ascending order
};

/// StorageDamaged where the files cannot be read. `connection` may read them.
[[nodiscard]] Result<LandedMarks> marksOf(DuckConnection& connection,
                                          const std::vector<std::filesystem::path>& files,
                                          const std::stop_token& stop);

/// Reads the rows of a day's files; every row is of `day`.
[[nodiscard]] Result<std::unique_ptr<RowReader>>
openLanded(DuckConnection connection, const std::vector<std::filesystem::path>& files, Day day,
           const std::stop_token& stop);

} // namespace daymark
