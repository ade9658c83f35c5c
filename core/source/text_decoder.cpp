// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/text_decoder.h"

#include "core/source/csv_reader.h"
#include "core/source/format_keys.h"
#include "core/source/jsonl_reader.h"

#include <algorithm>

namespace daymark {

namespace {

constexpr std::size_t kHead = 256UL * 1024;
constexpr std::size_t kTail = 64UL * 1024;
constexpr std::uint64_t kLargestLookedThrough = 64ULL << 20U;

ListedFile listedAs(const OpenOrder& order)
{
    ListedFile listed;
    listed.type = order.type;
    listed.size = order.size;
    return listed;
}

Result<std::unique_ptr<FileReader>> openCsv(Descriptor file, const OpenOrder& order)
{
    const Result<CsvDialect> dialect = CsvDialect::of(order.format);
    if (!dialect)
        return fail(dialect.error());
    const auto header = order.format.find("header");
    const bool isGiven = header != order.format.end() && header->second == "no";
    const std::vector<std::string> given =
        isGiven ? columnsOf(order.format) : std::vector<std::string>();
    return CsvReader::open(std::move(file), listedAs(order), order.name, *dialect, given);
}

/// The last bytes of the text; none where the file is compressed and large.
Result<std::optional<std::string>> tailOf(const OpenOrder& order, ByteStream& stream,
                                          std::string_view head)
{
    const bool isPlain = order.type.compression == Compression::None;
    if (!isPlain && order.size > kLargestLookedThrough)
        return std::optional<std::string>();
    std::string tail(head);
    if (isPlain && order.size > head.size() + kTail) {
        tail.clear();
        stream.skipTo(order.size - kTail);
    }
    std::vector<char> block(kHead);
    while (true) {
        const Result<std::size_t> size = readFully(stream, block);
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

Result<std::unique_ptr<FileDecoder>> TextDecoder::open(Descriptor file, const OpenOrder& order)
{
    Result<std::unique_ptr<FileReader>> reader =
        order.type.format == FileFormat::Csv
            ? openCsv(std::move(file), order)
            : JsonlReader::open(std::move(file), listedAs(order), order.name);
    if (!reader)
        return fail(reader.error());
    return std::unique_ptr<FileDecoder>(new TextDecoder(std::move(*reader)));
}

TextDecoder::TextDecoder(std::unique_ptr<FileReader> reader) : m_reader(std::move(reader))
{
    m_file.rows = m_reader->expectedRows().value_or(0);
    m_file.hasFixedColumns = m_reader->hasFixedColumns();
    m_file.columns = m_reader->columns();
}

Status TextDecoder::select(const SelectOrder& order)
{
    m_shape.columns = order.columns.size();
    return m_reader->select(order.columns);
}

/// Copies values, their texts cut to what a row may have; false where they don't fit.
bool TextDecoder::takeColumn(std::span<char> slot, std::size_t column, std::size_t rows,
                             std::size_t& texts)
{
    std::uint64_t* const places = wordsOf(slot, m_shape.valuesAt(column));
    std::uint64_t* const presence = wordsOf(slot, m_shape.presenceAt(column));
    std::fill_n(presence, (rows + 63) / 64, std::uint64_t{0});
    const std::vector<Cell>& cells = m_batch.columns[column];
    if (cells.empty()) // the file has no such column
        return true;
    char* const room = slot.data() + m_shape.textsAt();
    const std::size_t longest = m_shape.longestText();
    for (std::size_t i = 0; i < rows; ++i) {
        const Cell& cell = cells[m_at + i];
        if (cell.isNull())
            continue;
        const std::size_t size = std::min<std::size_t>(cell.size, longest);
        if (size > DecodeSlot::kTextRoom - texts)
            return false;
        copyCutText(room + texts, cell.text, cell.size, longest);
        places[i] = texts | static_cast<std::uint64_t>(size) << 32U;
        presence[i / 64] |= std::uint64_t{1} << (i % 64);
        texts += size;
    }
    return true;
}

/// Copies the next `rows` rows of the batch; false where their texts don't fit.
bool TextDecoder::takeRows(std::span<char> slot, std::size_t rows, RowsNotice& notice)
{
    std::size_t texts = 0;
    for (std::size_t i = 0; i < m_shape.columns; ++i) {
        if (!takeColumn(slot, i, rows, texts))
            return false;
    }
    std::copy_n(m_batch.rowNumbers.begin() + static_cast<std::ptrdiff_t>(m_at), rows,
                wordsOf(slot, m_shape.numbersAt()));
    notice.rows = static_cast<std::uint32_t>(rows);
    notice.textBytes = static_cast<std::uint32_t>(texts);
    m_at += rows;
    return true;
}

/// Adds the broken rows in front of the next row, as many as a message has room for.
void TextDecoder::takeBroken(RowsNotice& notice)
{
    std::size_t bytes = 0;
    while (m_brokenAt < m_batch.broken.size() && bytes < kMostBrokenBytes &&
           notice.broken.size() < kMostBrokenRows) {
        BrokenRow& row = m_batch.broken[m_brokenAt];
        if (m_at < m_batch.rows && row.number > m_batch.rowNumbers[m_at])
            return;
        bytes += row.text.size();
        notice.broken.push_back(std::move(row));
        ++m_brokenAt;
    }
}

Result<std::optional<RowsNotice>> TextDecoder::fill(std::span<char> slot)
{
    if (isUsedUp()) {
        m_at = 0;
        m_brokenAt = 0;
        const Result<bool> more = m_reader->read(m_batch, {});
        if (!more)
            return fail(more.error());
        if (!*more)
            return std::optional<RowsNotice>();
    }
    RowsNotice notice;
    notice.kinds.assign(m_shape.columns, static_cast<char>(Cell::Kind::Text));
    notice.done = static_cast<std::uint32_t>(std::clamp(m_reader->fraction(), 0.0, 1.0) * 1e6);
    std::size_t rows = std::min(DecodeSlot::kRows, m_batch.rows - m_at);
    while (rows > 0 && !takeRows(slot, rows, notice))
        rows /= 2; // one always fits
    takeBroken(notice);
    return notice;
}

Result<TextEnds> lookAtText(const Descriptor& file, const OpenOrder& order)
{
    const Result<std::unique_ptr<ByteStream>> stream =
        openStream(file.get(), order.type.compression, order.name);
    if (!stream)
        return fail(stream.error());
    TextEnds ends;
    ends.head.resize(kHead);
    const Result<std::size_t> size = readFully(**stream, ends.head);
    if (!size)
        return fail(size.error());
    ends.head.resize(*size);
    Result<std::optional<std::string>> tail = tailOf(order, **stream, ends.head);
    if (!tail)
        return fail(tail.error());
    ends.tail = std::move(*tail);
    return ends;
}

} // namespace daymark
