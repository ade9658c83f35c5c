// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/schema/dataset.h"
#include "core/source/batch_buffers.h"

#include <optional>

namespace daymark {

/// The types of PostgreSQL that are read as they are; their numbers never change.
namespace postgres_type {
enum Type : std::uint32_t {
    Bool = 16,
    Char = 18,
    Name = 19,
    Int8 = 20,
    Int2 = 21,
    Int4 = 23,
    Text = 25,
    Json = 114,
    Float4 = 700,
    Float8 = 701,
    BpChar = 1042,
    VarChar = 1043,
    Date = 1082,
    Timestamp = 1114,
    TimestampTz = 1184,
    Numeric = 1700,
    Uuid = 2950,
    JsonB = 3802,
};
} // namespace postgres_type

/// How a value comes over the wire and what it becomes.
enum class PostgresWire : std::uint8_t {
    Text,
    PaddedText, ///< char(n): the blanks at its end mean nothing
    JsonB,
    Int2,
    Int4,
    Int8,
    Float4,
    Float8,
    Numeric,     ///< the nearest double; text where it is beyond a double's range
    NumericText, ///< its exact decimal text
    Uuid,        ///< its usual text
    Date,
    Timestamp,
    TimestampTz,
};

/// How a column of a type is read for what a canonical column needs; none where it has to be cast
/// to text at the server.
[[nodiscard]] std::optional<PostgresWire> wireFor(std::uint32_t type, ColumnType need);

/// Whether a type holds text, numbers or points in time.
[[nodiscard]] bool isPostgresText(std::uint32_t type);
[[nodiscard]] bool isPostgresNumber(std::uint32_t type);
[[nodiscard]] bool isPostgresDate(std::uint32_t type);

/// Decodes one value of a binary COPY. False where the bytes cannot be such a value. A text cell
/// points to `data` or into `buffers`.
[[nodiscard]] bool decodePostgresBinary(PostgresWire wire, const char* data, std::size_t size,
                                        BatchBuffers& buffers, Cell& cell);

/// Decodes one value in the server's text form (ISO dates, UTC). A text cell points to `text`. What
/// is no value of its type stays text, for the stream to reject.
[[nodiscard]] Cell decodePostgresText(PostgresWire wire, std::string_view text);

} // namespace daymark
