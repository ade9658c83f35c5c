// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/schema/source_config.h"
#include "core/source/csv_dialect.h"
#include "core/source/file_root.h"

#include <span>

namespace daymark {

/// How a CSV file seems to be written.
struct CsvSniff
{
    CsvDialect dialect;
    std::size_t columns = 0; ///< of the header
};

/// Looks at the beginning of a file. Of the delimiters `,` `;` tab and `|` the one wins under which
/// the header has the most of the `wanted` names, then the one under which the most lines have as
/// many columns as the header.
[[nodiscard]] Result<CsvSniff> sniffCsv(const FileRoot& root, const ListedFile& file,
                                        const SourceConfig& config,
                                        std::span<const std::string_view> wanted);

/// Whether the file ends with a line end; nothing where that is not cheap to know. An error where
/// the last line has none and is no whole record of `columns` cells: ErrorCode::SourceTruncated.
[[nodiscard]] Result<std::optional<bool>> endsWithNewline(const FileRoot& root,
                                                          const ListedFile& file,
                                                          const CsvDialect& dialect,
                                                          std::size_t columns);

} // namespace daymark
