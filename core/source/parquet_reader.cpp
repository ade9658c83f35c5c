// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/parquet_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

namespace daymark {

namespace {

SourceColumn described(const DuckColumn& column)
{
    SourceColumn source;
    source.name = column.name;
    source.typeName = column.typeName;
    switch (column.type) {
    case DuckType::Boolean:
        source.canHoldDate = false;
        break;
    case DuckType::Date:
    case DuckType::Timestamp:
    case DuckType::Instant:
        source.canHoldNumber = false;
        break;
    case DuckType::Uuid:
    case DuckType::Other:
        source.canHoldDate = false;
        source.canHoldNumber = false;
        break;
    default:
        break;
    }
    return source;
}

Cell::Kind kindOf(DuckType type)
{
    switch (type) {
    case DuckType::Boolean:
    case DuckType::Integer:
        return Cell::Kind::Integer;
    case DuckType::Real:
        return Cell::Kind::Real;
    case DuckType::Date:
        return Cell::Kind::Day;
    case DuckType::Timestamp:
        return Cell::Kind::LocalTime;
    case DuckType::Instant:
        return Cell::Kind::Instant;
    case DuckType::Null:
        return Cell::Kind::Null;
    default: // the others as text, exactly
        return Cell::Kind::Text;
    }
}

} // namespace

Result<std::unique_ptr<FileDecoder>> ParquetReader::open(DuckConnection& connection,
                                                         const std::string& path, std::string name)
{
    std::unique_ptr<ParquetReader> reader(new ParquetReader(connection, path, std::move(name)));
    reader->m_table = fmt::format(
        "read_parquet({}, hive_partitioning = false, union_by_name = false)", quotedFile(path));
    if (Status status = reader->describe(); !status)
        return fail(status.error());
    return std::unique_ptr<FileDecoder>(std::move(reader));
}

Error ParquetReader::explained(const Error& error) const
{
    if (error.code == ErrorCode::SourceLimit)
        return {error.code, fmt::format("{} met the limit on memory: {}", m_name, error.message),
                "Have the file written anew, with smaller row groups."};
    std::string message = error.message;
    if (const std::size_t at = message.find(m_path); at != std::string::npos)
        message.replace(at, m_path.size(), m_name);
    return {ErrorCode::SourceDamaged, fmt::format("{} cannot be read: {}", m_name, message),
            "Copy the file again, or have it written anew."};
}

Status ParquetReader::describe()
{
    Result<DuckResult> shape = m_connection.query("SELECT * FROM " + m_table + " LIMIT 0");
    if (!shape)
        return fail(explained(shape.error()));
    if (shape->columns().size() > kMostDecodedColumns) {
        return fail(ErrorCode::SourceLimit,
                    fmt::format("{} has {} columns; {} are read at most.", m_name,
                                shape->columns().size(), kMostDecodedColumns),
                    "Write the file with the needed columns only.");
    }
    for (const DuckColumn& column : shape->columns()) {
        m_file.columns.push_back(described(column));
        m_types.push_back(column.type);
    }
    shape = m_connection.query("SELECT count(*) FROM " + m_table);
    if (!shape)
        return fail(explained(shape.error()));
    const Result<bool> row = shape->next();
    if (!row)
        return fail(explained(row.error()));
    m_file.rows = static_cast<std::uint64_t>(*row ? shape->column(0).integer(0) : 0);
    m_file.isExact = true;
    return {};
}

Status ParquetReader::select(const SelectOrder& order)
{
    std::vector<std::string> parts;
    for (const std::string& wanted : order.columns) {
        const auto found =
            std::find_if(m_file.columns.begin(), m_file.columns.end(),
                         [&wanted](const SourceColumn& column) { return column.name == wanted; });
        if (found == m_file.columns.end())
            return fail(ErrorCode::Internal, fmt::format("{} has no such column.", m_name));
        const auto column = static_cast<std::size_t>(found - m_file.columns.begin());
        const std::string name = quotedIdentifier(wanted);
        parts.push_back(m_types[column] == DuckType::Other ? "CAST(" + name + " AS VARCHAR)"
                                                           : name);
        m_kinds += static_cast<char>(kindOf(m_types[column]));
    }
    m_shape.columns = parts.size();
    if (parts.empty())
        parts.emplace_back("NULL"); // rows alone
    m_select = fmt::format("SELECT {} FROM {}", fmt::join(parts, ", "), m_table);
    return {};
}

/// Copies texts, cut to what a row may have, and notes their places; false where they don't fit.
template <class Text>
bool ParquetReader::putTexts(std::span<char> slot, const DuckVector& vector, std::size_t rows,
                             std::uint64_t* places, Text textOf)
{
    char* const texts = slot.data() + m_shape.textsAt();
    const std::size_t longest = m_shape.longestText();
    std::size_t used = m_texts;
    for (std::size_t i = 0; i < rows; ++i) {
        if (vector.isNull(m_chunkAt + i))
            continue;
        const auto& text = textOf(m_chunkAt + i);
        const std::size_t size = std::min(text.size(), longest);
        if (size > DecodeSlot::kTextRoom - used)
            return false;
        copyCutText(texts + used, text.data(), text.size(), longest);
        places[i] = used | static_cast<std::uint64_t>(size) << 32U;
        used += size;
    }
    m_texts = used;
    return true;
}

/// Copies `rows` values of the chunk; false where their texts don't fit.
bool ParquetReader::takeColumn(std::span<char> slot, std::size_t column, std::size_t rows)
{
    const DuckVector& vector = m_result->column(column);
    vector.copyPresence(m_chunkAt, rows, wordsOf(slot, m_shape.presenceAt(column)), m_rows);
    std::uint64_t* const values = wordsOf(slot, m_shape.valuesAt(column)) + m_rows;
    if (vector.copyWords(m_chunkAt, rows, values))
        return true;
    const DuckType type = vector.type();
    if (type == DuckType::Null)
        return true;
    if (type == DuckType::Text || type == DuckType::Blob)
        return putTexts(slot, vector, rows, values,
                        [&vector](std::size_t row) { return vector.text(row); });
    return putTexts(slot, vector, rows, values,
                    [&vector](std::size_t row) { return vector.format(row); });
}

/// Copies the next `rows` rows of the chunk; false where their texts don't fit.
bool ParquetReader::take(std::span<char> slot, std::size_t rows)
{
    const std::size_t texts = m_texts;
    for (std::size_t i = 0; i < m_shape.columns; ++i) {
        if (!takeColumn(slot, i, rows)) {
            m_texts = texts;
            return false;
        }
    }
    m_chunkAt += rows;
    m_rows += rows;
    return true;
}

Result<bool> ParquetReader::nextChunk()
{
    if (!m_result) {
        Result<DuckResult> result = m_connection.query(m_select);
        if (!result)
            return fail(explained(result.error()));
        m_result = std::move(*result);
    }
    const Result<bool> more = m_result->next();
    if (!more)
        return fail(explained(more.error()));
    m_chunkAt = 0;
    m_chunkRows = *more ? m_result->rows() : 0;
    return *more;
}

Result<std::optional<RowsNotice>> ParquetReader::fill(std::span<char> slot)
{
    m_rows = 0;
    m_texts = 0;
    std::size_t most = DecodeSlot::kRows;
    while (m_rows < DecodeSlot::kRows && m_texts < DecodeSlot::kTextGoal) {
        if (m_chunkAt == m_chunkRows) {
            const Result<bool> more = nextChunk();
            if (!more)
                return fail(more.error());
            if (!*more)
                break;
        }
        const std::size_t rows =
            std::min({most, DecodeSlot::kRows - m_rows, m_chunkRows - m_chunkAt});
        if (take(slot, rows))
            continue;
        if (m_rows > 0)
            break;
        most = std::max<std::size_t>(1, rows / 2); // one row always fits
    }
    std::uint64_t* const numbers = wordsOf(slot, m_shape.numbersAt());
    std::iota(numbers, numbers + m_rows, m_read + 1);
    m_read += m_rows;
    if (m_rows == 0 && m_read != m_file.rows) {
        return fail(ErrorCode::SourceDamaged,
                    fmt::format("{} gave {} rows where it says that it has {}.", m_name, m_read,
                                m_file.rows),
                    "Copy the file again, or have it written anew.");
    }
    if (m_rows == 0)
        return std::optional<RowsNotice>();
    const double done = static_cast<double>(m_read) / static_cast<double>(m_file.rows);
    return RowsNotice{static_cast<std::uint32_t>(m_rows),
                      static_cast<std::uint32_t>(m_texts),
                      static_cast<std::uint32_t>(std::min(1.0, done) * 1e6),
                      m_kinds,
                      {}};
}

} // namespace daymark
