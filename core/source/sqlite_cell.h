// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/schema/batch.h"

#include <sqlite3.h>

#include <algorithm>

namespace daymark {

/// The value of a column in the row that a statement is at. A text points into SQLite's memory and
/// is gone at the next step; what is longer than `longest` bytes is cut.
inline Cell sqliteCell(sqlite3_stmt* statement, int column, int longest)
{
    // One call instead of three a cell. The value is ours alone: a connection serves one thread.
    sqlite3_value* const value = sqlite3_column_value(statement, column);
    const void* bytes = nullptr;
    switch (sqlite3_value_type(value)) {
    case SQLITE_NULL:
        return {};
    case SQLITE_INTEGER:
        return Cell::ofInteger(sqlite3_value_int64(value));
    case SQLITE_FLOAT:
        return Cell::ofReal(sqlite3_value_double(value));
    case SQLITE_TEXT:
        bytes = sqlite3_value_text(value); // in UTF-8, whatever the database's encoding is
        break;
    default:
        bytes = sqlite3_value_blob(value);
    }
    const int size = std::min(sqlite3_value_bytes(value), longest);
    return Cell::ofText(
        bytes ? std::string_view(static_cast<const char*>(bytes), static_cast<std::size_t>(size))
              : std::string_view(""));
}

} // namespace daymark
