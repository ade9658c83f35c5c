// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/parquet_reader.h"

#include "core/source/source_error.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cerrno>

#include <unistd.h>

namespace daymark {

namespace {

constexpr std::size_t kRows = 4096;
constexpr std::size_t kTextBytes = 8UL * 1024 * 1024;
constexpr std::uint64_t kMemory = 256ULL << 20U;    ///< of DuckDB; a row group has to fit
constexpr std::size_t kLongestText = 1024UL * 1024; ///< what is longer is cut: no column may be so
constexpr std::string_view kMagic = "PAR1";

/// Holds both ends of the file against Parquet's mark.
Status checkEnds(const OpenFile& file, std::uint64_t size, const std::string& name)
{
    if (size == 0) {
        return fail(ErrorCode::SourceEmpty, fmt::format("{} is empty.", name),
                    "Check that the file was written completely.");
    }
    std::array<char, 4> head{};
    std::array<char, 4> tail{};
    const auto tailAt = static_cast<off_t>(size < 4 ? 0 : size - 4);
    const bool isRead = ::pread(file.get(), head.data(), head.size(), 0) >= 0 &&
                        ::pread(file.get(), tail.data(), tail.size(), tailAt) >= 0;
    if (!isRead)
        return fail(sourceFileError(errno, "read", name));
    if (std::string_view(head.data(), head.size()) != kMagic) {
        return fail(ErrorCode::SourceFormat, fmt::format("{} is no Parquet file.", name),
                    "Give the file the ending of what it is.");
    }
    if (size < 12 || std::string_view(tail.data(), tail.size()) != kMagic) {
        return fail(ErrorCode::SourceTruncated, fmt::format("{} has no end: it was cut off.", name),
                    "Copy the file again, whole.");
    }
    return {};
}

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

} // namespace

ParquetReader::ParquetReader(OpenFile file, std::string name, DuckConnection connection)
    : m_file(std::move(file)), m_name(std::move(name)), m_connection(std::move(connection))
{}

Result<std::unique_ptr<ParquetReader>> ParquetReader::open(OpenFile file, const ListedFile& listed,
                                                           std::string name, std::stop_token stop)
{
    if (Status status = checkEnds(file, listed.size, name); !status)
        return fail(status.error());
    // The descriptor's own path: whatever the file is called, and whoever exchanges it meanwhile,
    // DuckDB opens this very file and no pattern's worth of others.
    const std::string path = fmt::format("/proc/self/fd/{}", file.get());
    DuckOptions options;
    options.files = {path};
    options.memoryLimit = kMemory;
    options.threads = 1; // more would hand the rows out of order
    Result<DuckDatabase> database = DuckDatabase::open(options);
    if (!database)
        return fail(database.error());
    Result<DuckConnection> connection = database->connect();
    if (!connection)
        return fail(connection.error());
    std::unique_ptr<ParquetReader> reader(
        new ParquetReader(std::move(file), std::move(name), std::move(*connection)));
    reader->m_table = fmt::format(
        "read_parquet({}, hive_partitioning = false, union_by_name = false)", quotedFile(path));
    if (Status status = reader->describe(std::move(stop)); !status)
        return fail(status.error());
    return reader;
}

Error ParquetReader::explained(const Error& error) const
{
    if (error.code == ErrorCode::RunCancelled)
        return readCancelled(m_name);
    if (error.code == ErrorCode::SourceLimit)
        return {error.code, fmt::format("{} needs too much memory: {}", m_name, error.message),
                "Write the file with smaller row groups."};
    return {ErrorCode::SourceDamaged, fmt::format("{} cannot be read: {}", m_name, error.message),
            "Copy the file again, or have it written anew."};
}

Status ParquetReader::describe(std::stop_token stop)
{
    Result<DuckResult> shape = m_connection.query("SELECT * FROM " + m_table + " LIMIT 0", stop);
    if (!shape)
        return fail(explained(shape.error()));
    for (const DuckColumn& column : shape->columns()) {
        m_columns.push_back(described(column));
        m_types.push_back(column.type);
    }
    shape = m_connection.query("SELECT count(*) FROM " + m_table, std::move(stop));
    if (!shape)
        return fail(explained(shape.error()));
    const Result<bool> row = shape->next();
    if (!row)
        return fail(explained(row.error()));
    m_rows = static_cast<std::uint64_t>(*row ? shape->column(0).integer(0) : 0);
    return {};
}

Status ParquetReader::select(const std::vector<std::string>& names)
{
    m_canonicalColumns = names.size();
    std::vector<std::string> parts;
    const std::vector<std::optional<std::size_t>> canonical = canonicalByColumn(m_columns, names);
    for (std::size_t i = 0; i < canonical.size(); ++i) {
        if (!canonical[i])
            continue;
        const std::string name = quotedIdentifier(m_columns[i].name);
        parts.push_back(m_types[i] == DuckType::Other ? "CAST(" + name + " AS VARCHAR)" : name);
        m_selected.push_back(*canonical[i]);
    }
    m_select = fmt::format("SELECT {} FROM {}", fmt::join(parts, ", "), m_table);
    return {};
}

double ParquetReader::fraction() const
{
    return m_rows == 0 ? 1 : static_cast<double>(m_read) / static_cast<double>(m_rows);
}

void ParquetReader::takeColumn(const DuckVector& vector, std::size_t rows, std::vector<Cell>& cells)
{
    const std::size_t before = cells.size();
    cells.resize(before + rows);
    Cell* const out = cells.data() + before;
    const auto each = [&](const auto& make) {
        for (std::size_t i = 0; i < rows; ++i) {
            if (!vector.isNull(i))
                out[i] = make(i);
        }
    };
    switch (vector.type()) {
    case DuckType::Text:
    case DuckType::Blob:
        return each([&](std::size_t i) {
            const std::string_view text = vector.text(i).substr(0, kLongestText);
            m_textBytes += text.size();
            return Cell::ofText(text);
        });
    case DuckType::Integer:
    case DuckType::Boolean:
        return each([&](std::size_t i) { return Cell::ofInteger(vector.integer(i)); });
    case DuckType::Real:
        return each([&](std::size_t i) { return Cell::ofReal(vector.number(i)); });
    case DuckType::Date:
        return each(
            [&](std::size_t i) { return Cell::ofInteger(vector.integer(i), Cell::Kind::Day); });
    case DuckType::Timestamp:
        return each([&](std::size_t i) {
            return Cell::ofInteger(vector.integer(i), Cell::Kind::LocalTime);
        });
    case DuckType::Instant:
        return each(
            [&](std::size_t i) { return Cell::ofInteger(vector.integer(i), Cell::Kind::Instant); });
    case DuckType::Null:
    case DuckType::Other:
        return;
    default: // as text, exactly
        return each([&](std::size_t i) { return Cell::ofText(m_buffers.copy(vector.format(i))); });
    }
}

void ParquetReader::takeChunk(Batch& batch)
{
    const std::size_t rows = m_result->rows();
    for (std::size_t i = 0; i < m_selected.size(); ++i)
        takeColumn(m_result->column(i), rows, batch.columns[m_selected[i]]);
    for (std::size_t i = 0; i < rows; ++i)
        batch.rowNumbers.push_back(++m_read);
    batch.rows += rows;
    batch.kept.push_back(m_result->keepChunk());
}

Result<bool> ParquetReader::read(Batch& batch, std::stop_token stop)
{
    m_buffers.begin(batch);
    m_textBytes = 0;
    batch.clear(m_canonicalColumns);
    if (stop.stop_requested())
        return fail(readCancelled(m_name));
    const std::stop_callback pass(stop, [this] { m_stop.request_stop(); });
    if (!m_result) {
        Result<DuckResult> result = m_connection.query(m_select, m_stop.get_token());
        if (!result)
            return fail(explained(result.error()));
        m_result = std::move(*result);
    }
    while (batch.rows < kRows && m_textBytes + m_buffers.taken() < kTextBytes) {
        const Result<bool> more = m_result->next();
        if (!more)
            return fail(explained(more.error()));
        if (!*more)
            break;
        takeChunk(batch);
    }
    if (batch.rows == 0 && m_read != m_rows) {
        return fail(
            ErrorCode::SourceDamaged,
            fmt::format("{} gave {} rows where it says that it has {}.", m_name, m_read, m_rows),
            "Copy the file again, or have it written anew.");
    }
    return batch.rows > 0;
}

} // namespace daymark
