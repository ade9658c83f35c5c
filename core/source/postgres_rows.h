// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/source/postgres_connection.h"
#include "core/source/postgres_copy.h"

namespace daymark {

/// What is to be read.
struct PostgresRead
{
    std::string doing;                ///< `read shop.metrics`
    std::string select;               ///< the statement, without values to bind
    std::vector<PostgresWire> wires;  ///< by its columns
    std::vector<std::uint32_t> types; ///< the types that the wires are for, by its columns
    std::vector<std::string> tables;  ///< what is locked against changes of form, as behind FROM
    std::vector<std::string> scanned; ///< what is watched too where it cannot be locked
};

/// The rows of a SELECT as they arrive. Lives no longer than its connection.
class PostgresRows
{
public:
    virtual ~PostgresRows() = default;

    /// Fills the cells of up to `limit` rows, fewer where they are long. 0: all rows were read, and
    /// the server said so.
    ///
    /// @param columns  by column of the SELECT: room for `limit` cells.
    [[nodiscard]] virtual Result<std::size_t> fill(std::span<Cell* const> columns,
                                                   std::size_t limit, BatchBuffers& buffers,
                                                   std::stop_token stop) = 0;
};

/// Begins a snapshot and the read in it: by binary COPY, or else by what the server has, in a
/// snapshot of its own each.
///
/// @param inSnapshot  runs after the snapshot began and before the rows; may be empty.
/// @param used        which way was taken; may be null.
/// @return  ErrorCode::SourceChanged where the columns have other types by now than were planned
/// for, or a table that cannot be locked was truncated or rewritten meanwhile.
[[nodiscard]] Result<std::unique_ptr<PostgresRows>>
openPostgresRows(PostgresConnection& connection, const PostgresRead& read,
                 const std::function<Status()>& inSnapshot, std::stop_token stop,
                 PostgresTransfer* used = nullptr);

} // namespace daymark
