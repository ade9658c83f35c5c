// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/source/postgres_rows.h"

#include <atomic>

namespace daymark {

/// What is known of a day when its read begins.
struct PostgresDayFacts
{
    std::optional<std::uint64_t> expectedRows;
    std::optional<bool> signalled;
    PostgresTransfer transfer = PostgresTransfer::Binary; ///< the way that the server allowed
};

/// A day's rows, batch by batch, on a connection of its own.
class PostgresReader : public RowReader
{
public:
    /// @param columns  by column of the SELECT: the canonical column that it feeds.
    PostgresReader(std::unique_ptr<PostgresConnection> connection,
                   std::unique_ptr<PostgresRows> rows, std::vector<std::size_t> columns,
                   std::size_t canonicalColumns, PostgresDayFacts facts);

    [[nodiscard]] Result<bool> read(Batch& batch, std::stop_token stop) override;
    [[nodiscard]] std::optional<std::uint64_t> expectedRows() const override;
    [[nodiscard]] std::optional<double> fraction() const override;
    [[nodiscard]] std::optional<bool> signalled() const override { return m_facts.signalled; }
    /// A note where the rows came in a plainer way than by binary COPY.
    [[nodiscard]] std::vector<SchemaFinding> findings() const override;

private:
    std::unique_ptr<PostgresConnection> m_connection;
    std::unique_ptr<PostgresRows> m_source; ///< none once the end was read
    std::vector<std::size_t> m_columns;
    std::size_t m_canonicalColumns;
    PostgresDayFacts m_facts;
    BatchBuffers m_buffers;
    std::vector<Cell*> m_cells;
    std::atomic<std::uint64_t> m_rows = 0;
};

} // namespace daymark
