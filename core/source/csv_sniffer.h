// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/schema/source_config.h"
#include "core/source/csv_dialect.h"

#include <span>

namespace daymark {

/// How a CSV file seems to be written.
struct CsvSniff
{
    CsvDialect dialect;
    std::size_t columns = 0; ///< of the header
};

/// Looks at the beginning of a file's text. Of the delimiters `,` `;` tab and `|` the one wins
/// under which the header has the most of the `wanted` names, then the one under which the most
/// lines have as many columns as the header.
///
/// @param name  the file, for error messages.
[[nodiscard]] Result<CsvSniff> sniffCsv(std::string_view head, const std::string& name,
                                        const SourceConfig& config,
                                        std::span<const std::string_view> wanted);

/// Whether a file ends with a line end; nothing where it is empty. An error where the last line has
/// none and is no whole record of `columns` cells: ErrorCode::SourceTruncated.
///
/// @param tail  the last of its text.
[[nodiscard]] Result<std::optional<bool>> endsWithNewline(std::string_view tail,
                                                          const std::string& name,
                                                          const CsvDialect& dialect,
                                                          std::size_t columns);

} // namespace daymark
