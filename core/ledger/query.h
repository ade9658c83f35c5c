// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// One SQL statement in the ledger's own types. Private to the room.
//
// Days are kept as days and instants as microseconds since 1970-01-01, hashes as 16 bytes (high
// half first), NaN as null: SQLite has none.

#include "core/base/day.h"
#include "core/base/hash.h"
#include "core/base/ids.h"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>

namespace daymark::ledger {

class Query
{
public:
    Query(SQLite::Database& database, const char* sql) : m_statement(database, sql) {}

    /// Binds the values in the order of the statement's parameters, and begins anew.
    template <class... Values>
    Query& with(const Values&... values)
    {
        m_statement.reset();
        m_parameter = 0;
        (bind(values), ...);
        return *this;
    }

    /// Steps to the next row.
    bool next() { return m_statement.executeStep(); }

    /// Executes a statement without rows; how many rows it changed.
    int run();

    [[nodiscard]] bool isNull(int column) { return m_statement.isColumnNull(column); }
    [[nodiscard]] std::int64_t integer(int column);
    [[nodiscard]] std::uint64_t count(int column);
    [[nodiscard]] bool flag(int column) { return integer(column) != 0; }
    [[nodiscard]] double real(int column);
    [[nodiscard]] std::string text(int column);
    [[nodiscard]] Day day(int column);
    [[nodiscard]] Instant instant(int column);
    [[nodiscard]] Hash128 hash(int column);
    [[nodiscard]] std::optional<Day> maybeDay(int column);
    [[nodiscard]] std::optional<Instant> maybeInstant(int column);

private:
    void bind(bool value) { m_statement.bind(++m_parameter, value ? 1 : 0); }
    void bind(int value) { m_statement.bind(++m_parameter, value); }
    void bind(std::int64_t value) { m_statement.bind(++m_parameter, value); }
    void bind(std::uint64_t value) { bind(static_cast<std::int64_t>(value)); }
    void bind(double value) { m_statement.bind(++m_parameter, value); }
    void bind(const std::string& value) { m_statement.bind(++m_parameter, value); }
    void bind(std::string_view value) { bind(std::string(value)); }
    void bind(const char* value) { m_statement.bind(++m_parameter, value); }
    void bind(Day value) { bind(std::int64_t{value.time_since_epoch().count()}); }
    void bind(Instant value) { bind(std::int64_t{value.time_since_epoch().count()}); }
    void bind(const Hash128& value);
    template <class Tag>
    void bind(Id<Tag> value)
    {
        bind(value.value);
    }
    template <class Value>
    void bind(const std::optional<Value>& value)
    {
        if (value)
            bind(*value);
        else
            m_statement.bind(++m_parameter);
    }

    SQLite::Statement m_statement;
    int m_parameter = 0;
};

} // namespace daymark::ledger
