// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/source/batch_buffers.h"
#include "core/source/sqlite_plan.h"

#include <atomic>

namespace daymark {

/// Reads a day from one snapshot of a database, in the order of its plan's passes.
class SqliteReader : public RowReader
{
public:
    /// Owns the database, whose snapshot has begun.
    ///
    /// @param columns  by canonical column: the source's name for it, empty where unmapped.
    SqliteReader(std::unique_ptr<SqliteDatabase> database, std::string from, SqlitePlan plan,
                 std::vector<std::string> columns);

    [[nodiscard]] Result<bool> read(Batch& batch, std::stop_token stop) override;
    [[nodiscard]] std::optional<std::uint64_t> expectedRows() const override;
    [[nodiscard]] std::optional<double> fraction() const override;

private:
    [[nodiscard]] Result<bool> nextRow();
    [[nodiscard]] Status beginPass();
    void takeRow(std::size_t row);

    std::unique_ptr<SqliteDatabase> m_database;
    std::string m_select; ///< up to WHERE
    SqlitePlan m_plan;
    std::size_t m_canonicalColumns;
    std::vector<std::size_t> m_selected; ///< canonical columns in the order of the SELECT
    std::vector<Cell*> m_cells;          ///< by position in the SELECT: the batch's column
    std::optional<SqliteStatement> m_statement;
    std::size_t m_pass = 0;
    BatchBuffers m_buffers;
    std::atomic<std::uint64_t> m_rows{0};
};

} // namespace daymark
