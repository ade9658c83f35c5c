// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace daymark {

/// How a CSV file is written, as it was found when the source was set up.
struct CsvDialect
{
    char delimiter = ',';
    char quote = '"';               ///< NUL: none
    bool finalNewlineNeeded = true; ///< whether a last line without a line end means a cut file

    /// Reads `delimiter` (one character or `tab`), `quote` (one character or `none`) and
    /// `final_newline` (`required` or `optional`). ErrorCode::SourceInvalid for other values.
    [[nodiscard]] static Result<CsvDialect> of(const std::map<std::string, std::string>& format);
};

/// `,`, `;`, `|` or `tab`: as the setting `delimiter` spells it.
[[nodiscard]] std::string delimiterName(char delimiter);

/// One record taken apart the plain way: for headers and samples.
struct CsvRecord
{
    std::vector<std::string> cells;
    std::size_t size = 0;    ///< bytes up to and including its line end
    bool isComplete = false; ///< whether its line end was there
};

/// Takes the record at the beginning of `text` apart, leniently.
[[nodiscard]] CsvRecord takeCsvRecord(std::string_view text, const CsvDialect& dialect);

} // namespace daymark
