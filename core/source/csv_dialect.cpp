// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/csv_dialect.h"

#include "core/base/text.h"

#include <fmt/format.h>

namespace daymark {

namespace {

std::string_view settingOf(const std::map<std::string, std::string>& format, const std::string& key,
                           std::string_view usual)
{
    const auto entry = format.find(key);
    return entry == format.end() ? usual : std::string_view(entry->second);
}

bool isUsable(char c) { return c != '\n' && c != '\r' && c != '\0'; }

tl::unexpected<Error> badSetting(std::string_view key, std::string_view value,
                                 std::string_view hint)
{
    return fail(ErrorCode::SourceInvalid,
                fmt::format("{} is no value for the setting {}.", shortened(value, 40), key),
                std::string(hint));
}

} // namespace

Result<CsvDialect> CsvDialect::of(const std::map<std::string, std::string>& format)
{
    CsvDialect dialect;
    const std::string_view delimiter = settingOf(format, "delimiter", ",");
    if (delimiter == "tab" || delimiter == "\\t")
        dialect.delimiter = '\t';
    else if (delimiter.size() == 1 && isUsable(delimiter[0]))
        dialect.delimiter = delimiter[0];
    else
        return badSetting("delimiter", delimiter, "Use one character, or the word tab.");

    const std::string_view quote = settingOf(format, "quote", "\"");
    if (quote == "none")
        dialect.quote = '\0';
    else if (quote.size() == 1 && isUsable(quote[0]) && quote[0] != dialect.delimiter)
        dialect.quote = quote[0];
    else
        return badSetting("quote", quote, "Use one character other than the delimiter, or none.");

    const std::string_view ending = settingOf(format, "final_newline", "required");
    if (ending != "required" && ending != "optional")
        return badSetting("final_newline", ending, "Use required or optional.");
    dialect.finalNewlineNeeded = ending == "required";
    return dialect;
}

std::string delimiterName(char delimiter)
{
    return delimiter == '\t' ? "tab" : std::string(1, delimiter);
}

CsvRecord takeCsvRecord(std::string_view text, const CsvDialect& dialect)
{
    CsvRecord record;
    std::string cell;
    bool inQuotes = false;
    bool isFresh = true; ///< nothing of the cell was read yet
    std::size_t i = 0;
    for (; i < text.size(); ++i) {
        const char c = text[i];
        const bool isQuote = dialect.quote != '\0' && c == dialect.quote;
        if (inQuotes && isQuote && i + 1 < text.size() && text[i + 1] == c) {
            cell += c;
            ++i;
        } else if (isQuote && (inQuotes || isFresh)) {
            inQuotes = !inQuotes;
            isFresh = false;
        } else if (!inQuotes && c == dialect.delimiter) {
            record.cells.push_back(std::exchange(cell, {}));
            isFresh = true;
        } else if (!inQuotes && c == '\n') {
            record.isComplete = true;
            ++i;
            break;
        } else {
            cell += c;
            isFresh = false;
        }
    }
    if (!cell.empty() && cell.back() == '\r')
        cell.pop_back();
    record.cells.push_back(std::move(cell));
    record.size = i;
    return record;
}

} // namespace daymark
