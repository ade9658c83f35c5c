// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/csv_sniffer.h"

#include "core/schema/mapping.h"
#include "core/source/content_check.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <tuple>
#include <vector>

namespace daymark {

namespace {

constexpr std::size_t kLines = 200;
constexpr std::array kDelimiters{',', ';', '\t', '|'};

struct Score
{
    std::size_t names = 0; ///< of those wanted
    std::size_t lines = 0; ///< with as many columns as the header
    std::size_t columns = 0;

    auto operator<=>(const Score&) const = default;
};

Score scoreOf(std::string_view text, const CsvDialect& dialect,
              const std::vector<std::string>& wanted)
{
    CsvRecord record = takeCsvRecord(text, dialect);
    Score score;
    score.columns = record.cells.size();
    for (const std::string& name : record.cells)
        score.names += std::ranges::count(wanted, cleanedName(name)) > 0 ? 1 : 0;
    for (std::size_t i = 0; i < kLines && record.isComplete; ++i) {
        text.remove_prefix(record.size);
        record = takeCsvRecord(text, dialect);
        score.lines += record.isComplete && record.cells.size() == score.columns ? 1 : 0;
    }
    if (score.columns == 1)
        score.lines = 0; // any text has lines of one column
    return score;
}

/// Whether cells stand in single quotes and none in double ones.
bool usesSingleQuotes(std::string_view text, char delimiter)
{
    if (text.find('"') != std::string_view::npos)
        return false;
    const std::string opening{delimiter, '\''};
    const std::string closing{'\'', delimiter};
    return text.starts_with('\'') && text.find(opening) != std::string_view::npos &&
           text.find(closing) != std::string_view::npos;
}

} // namespace

Result<CsvSniff> sniffCsv(std::string_view head, const std::string& name,
                          const SourceConfig& config, std::span<const std::string_view> wanted)
{
    if (Status status = checkTextContent(head, name); !status)
        return fail(status.error());
    const std::string_view text = withoutByteOrderMark(head);

    std::vector<std::string> names;
    for (const std::string_view one : wanted) {
        const auto mapped = config.columnMap.find(std::string(one));
        names.push_back(cleanedName(mapped == config.columnMap.end() ? one : mapped->second));
    }
    CsvSniff best;
    Score bestScore;
    for (const char delimiter : kDelimiters) {
        CsvDialect dialect;
        dialect.delimiter = delimiter;
        if (usesSingleQuotes(text, delimiter))
            dialect.quote = '\'';
        const Score score = scoreOf(text, dialect, names);
        if (score > bestScore) {
            bestScore = score;
            best = {dialect, score.columns};
        }
    }
    return best;
}

Result<std::optional<bool>> endsWithNewline(std::string_view tail, const std::string& name,
                                            const CsvDialect& dialect, std::size_t columns)
{
    if (tail.empty())
        return std::optional<bool>();
    if (tail.back() == '\n')
        return std::optional(true);
    const std::size_t begin = tail.rfind('\n');
    const std::string_view last = tail.substr(begin == std::string_view::npos ? 0 : begin + 1);
    if (takeCsvRecord(last, dialect).cells.size() < columns) {
        return fail(ErrorCode::SourceTruncated,
                    fmt::format("The last line of {} is no whole row: the file was cut off.", name),
                    "Have the file written or copied again, whole.");
    }
    return std::optional(false);
}

} // namespace daymark
