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

constexpr std::size_t kSniffed = 256UL * 1024;
constexpr std::size_t kLines = 200;
constexpr std::uint64_t kLargestLookedThrough = 64ULL << 20U;
constexpr std::size_t kTail = 64UL * 1024;
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

Result<std::unique_ptr<ByteStream>> openText(const FileRoot& root, const ListedFile& file,
                                             const OpenFile& open)
{
    return openStream(open.get(), file.type ? file.type->compression : Compression::None,
                      root.fullPath(file.path));
}

/// The last bytes of a file's text; nothing where it is compressed and large.
Result<std::optional<std::string>> tailOf(const FileRoot& root, const ListedFile& file)
{
    const bool isPlain = !file.type || file.type->compression == Compression::None;
    if (!isPlain && file.size > kLargestLookedThrough)
        return std::optional<std::string>();
    const Result<OpenFile> open = root.openFile(file);
    if (!open)
        return fail(open.error());
    const Result<std::unique_ptr<ByteStream>> stream = openText(root, file, *open);
    if (!stream)
        return fail(stream.error());
    if (isPlain)
        (*stream)->skipTo(file.size > kTail ? file.size - kTail : 0);
    std::string tail;
    std::vector<char> block(kSniffed);
    while (true) {
        const Result<std::size_t> size = readFully(**stream, block);
        if (!size)
            return fail(size.error());
        if (*size == 0)
            return std::optional<std::string>(std::move(tail));
        tail.append(block.data(), *size);
        if (tail.size() > 2 * kTail)
            tail.erase(0, tail.size() - kTail);
    }
}

} // namespace

Result<CsvSniff> sniffCsv(const FileRoot& root, const ListedFile& file, const SourceConfig& config,
                          std::span<const std::string_view> wanted)
{
    const Result<OpenFile> open = root.openFile(file);
    if (!open)
        return fail(open.error());
    const Result<std::unique_ptr<ByteStream>> stream = openText(root, file, *open);
    if (!stream)
        return fail(stream.error());
    std::vector<char> head(kSniffed);
    const Result<std::size_t> size = readFully(**stream, head);
    if (!size)
        return fail(size.error());
    const std::string_view all(head.data(), *size);
    if (Status status = checkTextContent(all, root.fullPath(file.path)); !status)
        return fail(status.error());
    const std::string_view text = withoutByteOrderMark(all);

    std::vector<std::string> names;
    for (const std::string_view name : wanted) {
        const auto mapped = config.columnMap.find(std::string(name));
        names.push_back(cleanedName(mapped == config.columnMap.end() ? name : mapped->second));
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

Result<std::optional<bool>> endsWithNewline(const FileRoot& root, const ListedFile& file,
                                            const CsvDialect& dialect, std::size_t columns)
{
    const Result<std::optional<std::string>> tail = tailOf(root, file);
    if (!tail)
        return fail(tail.error());
    if (!*tail || (*tail)->empty())
        return std::optional<bool>();
    if ((*tail)->back() == '\n')
        return std::optional(true);
    const std::size_t begin = (*tail)->rfind('\n');
    const std::string_view last =
        std::string_view(**tail).substr(begin == std::string::npos ? 0 : begin + 1);
    if (takeCsvRecord(last, dialect).cells.size() < columns) {
        return fail(ErrorCode::SourceTruncated,
                    fmt::format("The last line of {} is no whole row: the file was cut off.",
                                root.fullPath(file.path)),
                    "Have the file written or copied again, whole.");
    }
    return std::optional(false);
}

} // namespace daymark
