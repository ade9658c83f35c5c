// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The two forms of a COPY as rows of cells. Pure: bytes in, cells out, whatever the bytes are.

#include "core/source/postgres_decode.h"

#include <span>

namespace daymark {

/// Takes rows off the front of a copy's bytes, which may arrive in pieces of any size.
class PostgresCopyFormat
{
public:
    enum class Step {
        Row,     ///< a row was taken
        Skipped, ///< bytes that are no row were taken: a header
        More,    ///< the bytes end within a row: nothing was taken
        End,     ///< the mark at the end of all rows was taken
        Damaged, ///< these bytes are no copy of these columns
    };

    virtual ~PostgresCopyFormat() = default;

    /// Takes the next step.
    ///
    /// @param bytes    what has arrived and was not taken yet; may be written to.
    /// @param used     how many of them were taken.
    /// @param columns  by column of the copy: where its cells go.
    /// @param row      the position of the next row in them. Text cells point into `bytes` or
    /// `buffers`.
    [[nodiscard]] virtual Step take(std::span<char> bytes, std::size_t& used,
                                    std::span<Cell* const> columns, std::size_t row,
                                    BatchBuffers& buffers) = 0;

    /// Whether the copy may end here: its mark was seen, or it has none.
    [[nodiscard]] virtual bool mayEnd() const = 0;
};

[[nodiscard]] std::unique_ptr<PostgresCopyFormat>
makeBinaryCopyFormat(std::vector<PostgresWire> wires);
[[nodiscard]] std::unique_ptr<PostgresCopyFormat>
makeTextCopyFormat(std::vector<PostgresWire> wires);

} // namespace daymark
