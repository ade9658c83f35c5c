// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/jsonl_reader.h"

#include "core/base/text.h"
#include "core/source/content_check.h"
#include "core/source/source_error.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>

namespace daymark {

namespace {

constexpr std::size_t kBlock = 512UL * 1024;
constexpr std::size_t kLongestLine = 16UL * 1024 * 1024;
constexpr std::size_t kBrokenLine = 64UL * 1024;
constexpr std::size_t kMostRows = 16'384;
constexpr std::size_t kMostKeys = 10'000;
constexpr std::string_view kLineTooLong = "a line of over 16 MiB";
constexpr std::size_t kUnknown = static_cast<std::size_t>(-1);

} // namespace

JsonlReader::JsonlReader(Descriptor file, std::unique_ptr<ByteStream> stream, std::string name,
                         std::uint64_t fileSize)
    : m_file(std::move(file))
    , m_blocks(std::move(stream))
    , m_name(std::move(name))
    , m_fileSize(fileSize)
{}

Result<std::unique_ptr<JsonlReader>> JsonlReader::open(Descriptor file, const ListedFile& listed,
                                                       std::string name)
{
    const Compression compression = listed.type ? listed.type->compression : Compression::None;
    Result<std::unique_ptr<ByteStream>> stream = openStream(file.get(), compression, name);
    if (!stream)
        return fail(stream.error());
    std::unique_ptr<JsonlReader> reader(
        new JsonlReader(std::move(file), std::move(*stream), std::move(name), listed.size));
    if (Status status = reader->lookAtBeginning(); !status)
        return fail(status.error());
    return reader;
}

Status JsonlReader::lookAtBeginning()
{
    Batch batch;
    BatchBuffers buffers;
    buffers.begin(batch);
    Result<TextBlocks::Block> block = m_blocks.next(kBlock, 0, buffers);
    for (std::size_t size = 2 * kBlock; block && !block->isLast && size <= 2 * kLongestLine &&
                                        std::memchr(block->data, '\n', block->size) == nullptr;
         size *= 2) { // one whole line at least
        m_blocks.giveBack(*block, 0);
        buffers.begin(batch);
        block = m_blocks.next(size, 0, buffers);
    }
    if (!block)
        return fail(block.error());
    const std::string_view all(block->data, block->size);
    std::string_view text = withoutByteOrderMark(all);
    const std::size_t mark = all.size() - text.size();
    // Nothing is no damage: there is no header that would be missing.
    if (block->isLast && text.find_first_not_of(" \t\r\n") == std::string_view::npos) {
        m_expectedRows = 0;
        m_blocks.giveBack(*block, mark);
        return {};
    }
    if (Status status = checkTextContent(all, m_name); !status)
        return status;
    if (trimmed(text).starts_with('[')) {
        return fail(ErrorCode::SourceFormat,
                    fmt::format("{} holds a JSON array, not one object a line.", m_name),
                    "Write every row as a JSON object on a line of its own.");
    }
    std::uint64_t lines = 0;
    std::string key;
    for (std::size_t end = text.find('\n'); !text.empty();
         text.remove_prefix(std::min(text.size(), end + 1)), end = text.find('\n')) {
        end = std::min(end, text.size());
        ++lines;
        (void)splitJsonObject(text.substr(0, end), m_fields);
        for (const JsonField& field : m_fields) {
            const bool isReadable = !field.keyIsEscaped || unescapeJson(field.key, key);
            if (!field.keyIsEscaped)
                key = field.key;
            const auto isKnown = [&key](const SourceColumn& c) { return c.name == key; };
            if (!isReadable || m_columns.size() == kMostKeys ||
                std::any_of(m_columns.begin(), m_columns.end(), isKnown))
                continue;
            SourceColumn column;
            column.name = key;
            m_columns.push_back(std::move(column));
        }
    }
    const double average =
        static_cast<double>(block->size) / static_cast<double>(std::max<std::uint64_t>(1, lines));
    const auto expansion = static_cast<double>(block->size) /
                           static_cast<double>(std::max<std::uint64_t>(1, m_blocks.consumed()));
    m_expectedRows = static_cast<std::uint64_t>(static_cast<double>(m_fileSize) *
                                                std::max(1.0, expansion) / average);
    m_blocks.giveBack(*block, mark);
    return {};
}

Status JsonlReader::select(const std::vector<std::string>& names)
{
    m_names = names;
    return {};
}

std::optional<std::uint64_t> JsonlReader::expectedRows() const { return m_expectedRows; }

double JsonlReader::fraction() const
{
    return m_fileSize == 0
               ? 1
               : static_cast<double>(m_blocks.consumed()) / static_cast<double>(m_fileSize);
}

std::optional<std::size_t> JsonlReader::canonicalOf(const JsonField& field, std::size_t position)
{
    std::string unescaped;
    std::string_view key = field.key;
    if (field.keyIsEscaped) {
        if (!unescapeJson(key, unescaped))
            return std::nullopt;
        key = unescaped;
    }
    if (position >= m_latest.size())
        m_latest.resize(position + 1, kUnknown);
    if (const std::size_t latest = m_latest[position]; latest != kUnknown && m_names[latest] == key)
        return latest;
    for (std::size_t i = 0; i < m_names.size(); ++i) {
        if (!key.empty() && m_names[i] == key) {
            m_latest[position] = i;
            return i;
        }
    }
    return std::nullopt;
}

std::string_view JsonlReader::takeCells(Batch& batch)
{
    const std::size_t row = batch.rows;
    std::string unescaped;
    for (std::size_t i = 0; i < m_fields.size(); ++i) {
        const JsonField& field = m_fields[i];
        const std::optional<std::size_t> canonical = canonicalOf(field, i);
        if (!canonical || field.kind == JsonField::Kind::Null)
            continue;
        std::string_view text = field.text;
        if (field.textIsEscaped) {
            if (!unescapeJson(text, unescaped))
                return "an escape in a JSON text that means nothing";
            text = m_buffers.copy(unescaped);
        }
        batch.columns[*canonical][row] = Cell::ofText(text);
    }
    return {};
}

void JsonlReader::addBroken(std::string_view line, std::string_view why, Batch& batch)
{
    batch.broken.push_back({m_line, std::string(line.substr(0, kBrokenLine)), std::string(why)});
}

void JsonlReader::takeLine(std::string_view line, Batch& batch)
{
    if (!line.empty() && line.back() == '\r')
        line.remove_suffix(1);
    if (line.size() > kLongestLine)
        return addBroken(line, kLineTooLong, batch);
    if (trimmed(line).empty())
        return;
    for (std::size_t i = 0; i < m_names.size(); ++i) {
        if (!m_names[i].empty())
            batch.columns[i].resize(batch.rows + 1);
    }
    std::string_view why = splitJsonObject(line, m_fields);
    if (why.empty())
        why = takeCells(batch);
    if (why.empty()) {
        batch.rowNumbers.push_back(m_line);
        ++batch.rows;
        return;
    }
    addBroken(line, why, batch);
    for (std::size_t i = 0; i < m_names.size(); ++i) {
        if (!m_names[i].empty())
            batch.columns[i].resize(batch.rows);
    }
}

Result<bool> JsonlReader::takeRest(std::string_view rest, bool isLast, Batch& batch)
{
    if (isLast) {
        m_isDone = true;
        if (!trimmed(rest).empty() && !splitJsonObject(rest, m_fields).empty()) {
            return fail(ErrorCode::SourceTruncated,
                        fmt::format("The last line of {} is no whole JSON object: the file was cut "
                                    "off.",
                                    m_name),
                        "Have the file written or copied again, whole.");
        }
        takeLine(rest, batch);
        return true;
    }
    if (rest.size() <= kLongestLine)
        return false;
    addBroken(rest, kLineTooLong, batch);
    m_isSkipping = true;
    return true;
}

Status JsonlReader::readBlock(std::size_t size, Batch& batch)
{
    const Result<TextBlocks::Block> block = m_blocks.next(size, 0, m_buffers);
    if (!block)
        return fail(block.error());
    std::string_view text(block->data, block->size);
    if (m_isSkipping) {
        const std::size_t end = text.find('\n');
        m_isDone = block->isLast && end == std::string_view::npos;
        m_isSkipping = end == std::string_view::npos && !m_isDone;
        m_line += m_isSkipping ? 0 : 1;
        text.remove_prefix(std::min(text.size(), end == std::string_view::npos ? end : end + 1));
        m_blocks.giveBack(*block, block->size - text.size());
        return {};
    }
    while (batch.rows + batch.broken.size() < kMostRows) {
        const std::size_t end = text.find('\n');
        if (end == std::string_view::npos) {
            const Result<bool> taken = takeRest(text, block->isLast, batch);
            if (!taken)
                return fail(taken.error());
            if (*taken)
                text = {};
            break;
        }
        takeLine(text.substr(0, end), batch);
        ++m_line;
        text.remove_prefix(end + 1);
    }
    m_blocks.giveBack(*block, block->size - text.size());
    return {};
}

Result<bool> JsonlReader::read(Batch& batch, std::stop_token stop)
{
    m_buffers.begin(batch);
    batch.clear(m_names.size());
    std::size_t size = kBlock;
    while (!m_isDone) {
        if (stop.stop_requested())
            return fail(readCancelled(m_name));
        if (Status status = readBlock(size, batch); !status)
            return fail(status.error());
        if (batch.rows > 0 || !batch.broken.empty())
            return true;
        size = m_isSkipping ? kBlock : std::min(size * 2, 2 * kLongestLine);
        m_buffers.begin(batch);
    }
    return false;
}

} // namespace daymark
