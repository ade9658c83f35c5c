// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/postgres_reader.h"

#include "core/source/source_error.h"

#include <algorithm>
#include <numeric>

namespace daymark {

namespace {

constexpr std::size_t kRows = 4096;

} // namespace

PostgresReader::PostgresReader(std::unique_ptr<PostgresConnection> connection,
                               std::unique_ptr<PostgresRows> rows, std::vector<std::size_t> columns,
                               std::size_t canonicalColumns, PostgresDayFacts facts)
    : m_connection(std::move(connection))
    , m_source(std::move(rows))
    , m_columns(std::move(columns))
    , m_canonicalColumns(canonicalColumns)
    , m_facts(facts)
    , m_cells(m_columns.size())
{}

std::optional<std::uint64_t> PostgresReader::expectedRows() const { return m_facts.expectedRows; }

std::optional<double> PostgresReader::fraction() const
{
    if (!m_facts.expectedRows || *m_facts.expectedRows == 0)
        return std::nullopt;
    const auto rows = static_cast<double>(m_rows.load(std::memory_order_relaxed));
    return std::min(1.0, rows / static_cast<double>(*m_facts.expectedRows));
}

std::vector<SchemaFinding> PostgresReader::findings() const
{
    if (m_facts.transfer == PostgresTransfer::Binary)
        return {};
    return {{"source.transfer",
             Severity::Note,
             {},
             m_facts.transfer == PostgresTransfer::Text
                 ? "The rows came by COPY in text, which is slower than the binary one."
                 : "The rows came by a cursor, which is slower than COPY."}};
}

Result<bool> PostgresReader::read(Batch& batch, std::stop_token stop)
{
    m_buffers.begin(batch);
    batch.clear(m_canonicalColumns);
    if (!m_source)
        return false;
    if (stop.stop_requested())
        return fail(readCancelled(m_connection->settings().place));
    for (std::size_t i = 0; i < m_columns.size(); ++i) {
        batch.columns[m_columns[i]].resize(kRows);
        m_cells[i] = batch.columns[m_columns[i]].data();
    }
    const Result<std::size_t> filled = m_source->fill(m_cells, kRows, m_buffers, std::move(stop));
    if (!filled)
        return fail(filled.error());
    const std::size_t rows = *filled;
    for (const std::size_t column : m_columns)
        batch.columns[column].resize(rows);
    const std::uint64_t before = m_rows.load(std::memory_order_relaxed);
    batch.rowNumbers.resize(rows);
    std::iota(batch.rowNumbers.begin(), batch.rowNumbers.end(), before + 1);
    batch.rows = rows;
    m_rows.store(before + rows, std::memory_order_relaxed);
    if (rows == 0) { // the snapshot ends with the day
        m_source.reset();
        m_connection.reset();
    }
    return rows > 0;
}

} // namespace daymark
