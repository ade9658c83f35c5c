// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/sqlite_reader.h"

#include "core/source/source_error.h"
#include "core/source/sqlite_cell.h"

#include <fmt/format.h>

#include <algorithm>

namespace daymark {

namespace {

constexpr std::size_t kSqliteRows = 4096;
constexpr std::size_t kSqliteTextBytes = 4UL * 1024 * 1024; ///< a batch of long texts ends here
constexpr int kLongestSqliteText =
    1024 * 1024; ///< what is longer is cut: no column may be that long

} // namespace

SqliteReader::SqliteReader(std::unique_ptr<SqliteDatabase> database, std::string from,
                           SqlitePlan plan, std::vector<std::string> columns)
    : m_database(std::move(database)), m_plan(std::move(plan)), m_canonicalColumns(columns.size())
{
    std::vector<std::string> names;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        if (columns[i].empty())
            continue;
        m_selected.push_back(i);
        names.push_back(quotedSqlName(columns[i]));
    }
    m_cells.resize(m_selected.size());
    m_select = fmt::format("SELECT {} FROM {}", fmt::join(names, ", "), from);
}

std::optional<std::uint64_t> SqliteReader::expectedRows() const { return m_plan.expectedRows; }

std::optional<double> SqliteReader::fraction() const
{
    if (!m_plan.scannedRows || *m_plan.scannedRows == 0)
        return std::nullopt;
    const auto read = static_cast<double>(m_rows.load(std::memory_order_relaxed));
    return std::min(1.0, read / static_cast<double>(*m_plan.scannedRows));
}

Status SqliteReader::beginPass()
{
    const SqlitePass& pass = m_plan.passes[m_pass];
    auto statement =
        m_database->prepare(pass.where.empty() ? m_select : m_select + " WHERE " + pass.where);
    if (!statement)
        return fail(statement.error());
    for (std::size_t i = 0; i < pass.values.size(); ++i)
        statement->bind(static_cast<int>(i + 1), std::string_view(pass.values[i]));
    m_statement = std::move(*statement);
    return {};
}

Result<bool> SqliteReader::nextRow()
{
    while (m_pass < m_plan.passes.size()) {
        if (!m_statement) {
            if (Status status = beginPass(); !status)
                return fail(status.error());
        }
        Result<bool> row = m_statement->step();
        if (!row || *row)
            return row;
        m_statement.reset();
        ++m_pass;
    }
    return false;
}

void SqliteReader::takeRow(std::size_t row)
{
    sqlite3_stmt* const statement = m_statement->handle();
    const auto count = static_cast<int>(m_cells.size());
    for (int i = 0; i < count; ++i) {
        const Cell cell = sqliteCell(statement, i, kLongestSqliteText);
        m_cells[static_cast<std::size_t>(i)][row] =
            cell.kind == Cell::Kind::Text ? Cell::ofText(m_buffers.copy(cell.asText())) : cell;
    }
}

Result<bool> SqliteReader::read(Batch& batch, std::stop_token stop)
{
    m_buffers.begin(batch);
    batch.clear(m_canonicalColumns);
    if (stop.stop_requested())
        return fail(readCancelled(m_database->path()));
    m_database->obey(std::move(stop));
    for (std::size_t i = 0; i < m_selected.size(); ++i) {
        batch.columns[m_selected[i]].resize(kSqliteRows);
        m_cells[i] = batch.columns[m_selected[i]].data();
    }
    std::size_t rows = 0;
    while (rows < kSqliteRows && m_buffers.taken() < kSqliteTextBytes) {
        const Result<bool> row = nextRow();
        if (!row)
            return fail(row.error());
        if (!*row)
            break;
        takeRow(rows++);
    }
    const std::uint64_t before = m_rows.load(std::memory_order_relaxed);
    for (const std::size_t column : m_selected)
        batch.columns[column].resize(rows);
    batch.rowNumbers.resize(rows);
    for (std::size_t i = 0; i < rows; ++i)
        batch.rowNumbers[i] = before + i + 1;
    batch.rows = rows;
    m_rows.store(before + rows, std::memory_order_relaxed);
    return rows > 0;
}

} // namespace daymark
