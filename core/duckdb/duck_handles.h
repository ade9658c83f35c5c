// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The raw handles, for the sources of this room alone.

#include "core/duckdb/duck_database.h"

#include <duckdb.h>

#include <optional>

namespace daymark {

/// DuckDB's words as an error: the code by DuckDB's kind of error (no space, no memory, no file,
/// bad content, interrupted), the sentence without its prefix and stack.
[[nodiscard]] Error duckError(duckdb_error_type type, const char* words);

/// DuckDB's number of a column's type as one of ours.
[[nodiscard]] DuckType duckTypeOf(duckdb_type type);
[[nodiscard]] std::string duckTypeName(duckdb_logical_type type);

struct DuckDatabase::Handle
{
    duckdb_database database = nullptr;
    Handle() = default;
    Handle(const Handle&) = delete;
    Handle& operator=(const Handle&) = delete;
    ~Handle() { duckdb_close(&database); }
};

struct DuckConnection::Handle
{
    std::shared_ptr<DuckDatabase::Handle> database;
    duckdb_connection connection = nullptr;
    Handle() = default;
    Handle(const Handle&) = delete;
    Handle& operator=(const Handle&) = delete;
    ~Handle() { duckdb_disconnect(&connection); }
};

/// Destroys a handle of the C API at the end of a scope.
template <class T, void (*destroy)(T*)>
struct Scoped
{
    T value = {};
    Scoped() = default;
    Scoped(const Scoped&) = delete;
    Scoped& operator=(const Scoped&) = delete;
    ~Scoped() { destroy(&value); }
};

/// The error of a query that was stopped.
[[nodiscard]] Error cancelledError();

/// Interrupts a connection's query when a stop is requested.
struct DuckInterrupt
{
    duckdb_connection connection;
    void operator()() const { duckdb_interrupt(connection); }
};

struct DuckResult::Handle
{
    duckdb_result result = {};
    duckdb_data_chunk chunk = nullptr;
    std::vector<DuckColumn> columns;
    std::vector<DuckVector> vectors;
    std::size_t rows = 0;
    std::stop_token stop;
    std::optional<std::stop_callback<DuckInterrupt>> interrupt;

    Handle() = default;
    Handle(const Handle&) = delete;
    Handle& operator=(const Handle&) = delete;
    ~Handle()
    {
        interrupt.reset();
        if (chunk)
            duckdb_destroy_data_chunk(&chunk);
        duckdb_destroy_result(&result);
    }
};

} // namespace daymark
