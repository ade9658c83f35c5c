// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/csv_reader.h"

#include "core/base/text.h"
#include "core/source/content_check.h"
#include "core/source/source_error.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <unordered_set>

namespace daymark {

namespace {

constexpr std::size_t kHead = 64UL * 1024;
constexpr std::size_t kLeastBlock = 64UL * 1024;
constexpr std::size_t kMostBlock = 1024UL * 1024;
constexpr std::size_t kLargestBlock = 2 * CsvParser::kLongestRecord;
constexpr double kRowsOfBlock = 4096;
constexpr double kLeastRow = 16; ///< bytes that a row of metrics takes: shorter lines are blank
constexpr std::string_view kMark = "\xEF\xBB\xBF";

Status checkNames(const std::vector<std::string>& names, const std::string& name)
{
    if (names.size() > kMostColumns) {
        return fail(ErrorCode::SourceLimit,
                    fmt::format("{} has {} columns; {} are read at most.", name,
                                groupedDigits(names.size()), groupedDigits(kMostColumns)),
                    "Check the delimiter, or write the file with the needed columns only.");
    }
    std::unordered_set<std::string_view> seen;
    for (const std::string& column : names) {
        if (!column.empty() && !seen.insert(column).second) {
            return fail(
                ErrorCode::SourceFormat,
                fmt::format("The header of {} names the column {} twice.", name, shortened(column)),
                "Give every column a name of its own.");
        }
    }
    return {};
}

/// A header of one column that holds other delimiters was written with one of these.
Status checkDelimiter(const std::vector<std::string>& names, const CsvDialect& dialect,
                      const std::string& name)
{
    if (names.size() != 1)
        return {};
    const std::size_t other = names.front().find_first_of(",;\t|");
    if (other == std::string::npos)
        return {};
    return fail(
        ErrorCode::SourceFormat,
        fmt::format("The header of {} is one column when split at '{}', but holds '{}'.", name,
                    delimiterName(dialect.delimiter), delimiterName(names.front()[other])),
        fmt::format("Write the file as the others are, or set the format delimiter to '{}'.",
                    delimiterName(names.front()[other])));
}

double averageLineOf(std::string_view sample)
{
    const std::size_t last = sample.rfind('\n');
    if (last == std::string_view::npos)
        return static_cast<double>(sample.size());
    const auto lines = std::count(sample.begin(), sample.end(), '\n');
    return static_cast<double>(last + 1) / static_cast<double>(lines);
}

/// The rows of a file by its size, what of it went into the first block, and its lines' length.
std::uint64_t estimateRows(std::uint64_t fileSize, std::uint64_t consumed, double averageLine)
{
    if (averageLine < 1)
        return 0;
    const double expansion = consumed < fileSize && consumed > 0
                                 ? static_cast<double>(kHead) / static_cast<double>(consumed)
                                 : 1.0;
    return static_cast<std::uint64_t>(static_cast<double>(fileSize) * std::max(1.0, expansion) /
                                      std::max(averageLine, kLeastRow));
}

/// Fills a header from the beginning of a file; false where its end is not there yet.
bool takeHeader(std::string_view text, bool isWhole, const CsvDialect& dialect, CsvHeader& header,
                std::size_t& used)
{
    const std::string_view body = withoutByteOrderMark(text);
    CsvRecord record = takeCsvRecord(body, dialect);
    if (!record.isComplete && !isWhole)
        return false;
    used = text.size() - body.size() + record.size;
    header.names = std::move(record.cells);
    if (body.size() < text.size())
        header.names.front().insert(0, kMark);
    header.hasLineEnd = record.isComplete;
    header.lines = static_cast<std::uint64_t>(
        std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(used), '\n'));
    header.averageLine = averageLineOf(text.substr(used));
    return true;
}

} // namespace

Result<CsvHeader> takeCsvHeader(TextBlocks& blocks, const CsvDialect& dialect,
                                const std::string& name, std::span<const std::string> given)
{
    Batch batch;
    BatchBuffers buffers;
    for (std::size_t size = kHead; size <= kLargestBlock; size *= 4) {
        buffers.begin(batch);
        const Result<TextBlocks::Block> block = blocks.next(size, 0, buffers);
        if (!block)
            return fail(block.error());
        const std::string_view text(block->data, block->size);
        if (Status status = checkTextContent(text, name); !status)
            return fail(status.error());
        CsvHeader header;
        std::size_t used = 0;
        if (!given.empty()) {
            header.names.assign(given.begin(), given.end());
            header.hasLineEnd = true;
            header.averageLine = averageLineOf(text);
            used = text.size() - withoutByteOrderMark(text).size();
        } else if (!takeHeader(text, block->isLast, dialect, header, used)) {
            blocks.giveBack(*block, 0);
            continue;
        }
        blocks.giveBack(*block, used);
        if (Status status = checkNames(header.names, name); !status)
            return fail(status.error());
        if (Status status = checkDelimiter(header.names, dialect, name); !status)
            return fail(status.error());
        return header;
    }
    return fail(ErrorCode::SourceLimit,
                fmt::format("The header of {} does not end within 16 MiB.", name),
                "Check that the file is CSV with a header, and that quotes in the header close.");
}

CsvReader::CsvReader(Descriptor file, std::unique_ptr<ByteStream> stream, std::string name,
                     std::uint64_t fileSize, CsvDialect dialect)
    : m_file(std::move(file))
    , m_blocks(std::move(stream))
    , m_name(std::move(name))
    , m_fileSize(fileSize)
    , m_dialect(dialect)
{}

Result<std::unique_ptr<CsvReader>> CsvReader::open(Descriptor file, const ListedFile& listed,
                                                   std::string name, CsvDialect dialect,
                                                   std::span<const std::string> given)
{
    const Compression compression = listed.type ? listed.type->compression : Compression::None;
    Result<std::unique_ptr<ByteStream>> stream = openStream(file.get(), compression, name);
    if (!stream)
        return fail(stream.error());
    std::unique_ptr<CsvReader> reader(
        new CsvReader(std::move(file), std::move(*stream), std::move(name), listed.size, dialect));
    Result<CsvHeader> header = takeCsvHeader(reader->m_blocks, dialect, reader->m_name, given);
    if (!header)
        return fail(header.error());
    reader->m_header = std::move(*header);
    for (const std::string& column : reader->m_header.names) {
        SourceColumn described;
        described.name = column;
        reader->m_columns.push_back(std::move(described));
    }
    const double average = reader->m_header.averageLine;
    reader->m_expectedRows = estimateRows(listed.size, reader->m_blocks.consumed(), average);
    const auto wanted = static_cast<std::size_t>(average * kRowsOfBlock);
    reader->m_blockSize =
        std::clamp((wanted + kLeastBlock - 1) / kLeastBlock * kLeastBlock, kLeastBlock, kMostBlock);
    return reader;
}

Status CsvReader::select(const std::vector<std::string>& names)
{
    m_canonicalColumns = names.size();
    m_parser.emplace(m_dialect, canonicalByColumn(m_columns, names), m_header.lines + 1);
    return {};
}

std::optional<std::uint64_t> CsvReader::expectedRows() const { return m_expectedRows; }

double CsvReader::fraction() const
{
    return m_fileSize == 0
               ? 1
               : static_cast<double>(m_blocks.consumed()) / static_cast<double>(m_fileSize);
}

Status CsvReader::finish(bool isUnfinished, bool lacksLineEnd)
{
    m_isDone = true;
    if (isUnfinished) {
        return fail(
            ErrorCode::SourceTruncated,
            fmt::format("The last line of {} is no whole row: the file was cut off.", m_name),
            "Have the file written or copied again, whole.");
    }
    if (lacksLineEnd && m_dialect.finalNewlineNeeded) {
        return fail(ErrorCode::SourceTruncated,
                    fmt::format("The last line of {} has no line end: the file may have been cut "
                                "off.",
                                m_name),
                    "Have the file written again, whole; set the format final_newline to optional "
                    "if this source never ends its files with a line end.");
    }
    return {};
}

void CsvReader::skip(const TextBlocks::Block& block)
{
    if (const void* end = std::memchr(block.data, '\n', block.size)) {
        m_isSkipping = false;
        m_parser->skipLine();
        m_blocks.giveBack(block,
                          static_cast<std::size_t>(static_cast<const char*>(end) - block.data) + 1);
    }
}

Result<bool> CsvReader::readBlock(std::size_t size, Batch& batch)
{
    const Result<TextBlocks::Block> block = m_blocks.next(size, CsvParser::kPadding, m_buffers);
    if (!block)
        return fail(block.error());
    if (m_isSkipping) {
        skip(*block);
        if (!block->isLast || !m_isSkipping)
            return false;
        if (Status status = finish(false, true); !status)
            return fail(status.error());
        return true;
    }
    const CsvParser::Outcome outcome =
        m_parser->parse(block->data, block->size, block->isLast, batch, m_buffers);
    if (outcome.isTooLong) {
        m_parser->addTooLong({block->data + outcome.consumed, block->size - outcome.consumed},
                             batch);
        m_isSkipping = true;
    } else {
        m_blocks.giveBack(*block, outcome.consumed);
    }
    if (block->isLast && outcome.consumed == block->size) {
        const bool lacksLineEnd =
            outcome.lacksLineEnd ||
            (block->size == 0 && m_blocks.used() == 0 && !m_header.hasLineEnd);
        if (Status status = finish(outcome.isUnfinished, lacksLineEnd); !status)
            return fail(status.error());
    }
    return true;
}

Result<bool> CsvReader::read(Batch& batch, std::stop_token stop)
{
    m_buffers.begin(batch);
    batch.clear(m_canonicalColumns);
    std::size_t size = m_blockSize;
    while (!m_isDone) {
        if (stop.stop_requested())
            return fail(readCancelled(m_name));
        const Result<bool> parsed = readBlock(size, batch);
        if (!parsed)
            return fail(parsed.error());
        if (batch.rows > 0 || !batch.broken.empty())
            return true;
        if (*parsed)
            size = std::min(size * 2, kLargestBlock);
        m_buffers.begin(batch); // nothing in the batch points there
    }
    return false;
}

} // namespace daymark
