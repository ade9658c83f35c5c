// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"

#include <chrono>
#include <cstdint>
#include <memory>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

struct sqlite3;
struct sqlite3_stmt;

namespace daymark {

/// A prepared SELECT of a SqliteDatabase, which must outlive it.
class SqliteStatement
{
public:
    SqliteStatement(class SqliteDatabase& database, sqlite3_stmt* statement);

    /// Goes to the next row; false after the last.
    [[nodiscard]] Result<bool> step();

    void bind(int position, std::string_view text);
    void bind(int position, std::int64_t number);

    [[nodiscard]] sqlite3_stmt* handle() const { return m_statement.get(); }
    [[nodiscard]] int columns() const;
    [[nodiscard]] std::string columnName(int column) const;
    [[nodiscard]] std::string declaredType(int column) const;

    [[nodiscard]] bool isNull(int column) const;
    [[nodiscard]] bool isText(int column) const;
    [[nodiscard]] std::string text(int column) const; ///< numbers as text, null as empty
    [[nodiscard]] std::int64_t number(int column) const;

private:
    struct Finalize
    {
        void operator()(sqlite3_stmt* statement) const;
    };
    SqliteDatabase* m_database;
    std::unique_ptr<sqlite3_stmt, Finalize> m_statement;
};

/// A customer's database file, opened for reading only and locked down: nothing in its schema is
/// trusted, nothing can be attached, loaded or written. Used by one thread.
class SqliteDatabase
{
public:
    SqliteDatabase(const SqliteDatabase&) = delete;
    SqliteDatabase& operator=(const SqliteDatabase&) = delete;
    ~SqliteDatabase();

    /// Opens an existing file.
    ///
    /// @param patience  how long a locked database is asked again before ErrorCode::SourceBusy.
    /// @return  ErrorCode::SourceMissing, SourcePermission, SourceInvalid (no regular file),
    ///          SourceEmpty (0 bytes), SourceFormat (no SQLite database, or an encrypted one),
    ///          SourceTruncated (shorter than its own header says) as the case may be.
    [[nodiscard]] static Result<std::unique_ptr<SqliteDatabase>>
    open(const std::string& path, std::chrono::milliseconds patience, std::stop_token stop);

    /// The token that ends whatever runs from now on, with ErrorCode::RunCancelled.
    void obey(std::stop_token stop) { m_stop = std::move(stop); }

    /// Begins a read transaction: everything until the end of this object sees one state.
    [[nodiscard]] Status beginSnapshot();

    /// Prepares exactly one reading statement; ErrorCode::SourceQuery for anything else.
    [[nodiscard]] Result<SqliteStatement> prepare(std::string_view sql);

    /// The error of the last call that failed with `code`.
    [[nodiscard]] Error lastError(int code) const;

    [[nodiscard]] const std::string& path() const { return m_path; }

private:
    SqliteDatabase(std::string path, std::chrono::milliseconds patience, std::stop_token stop);
    [[nodiscard]] Status configure();
    [[nodiscard]] Status run(const char* sql);
    static int onProgress(void* self);
    static int onBusy(void* self, int tries);

    std::string m_path;
    std::chrono::milliseconds m_patience;
    std::stop_token m_stop;
    std::chrono::steady_clock::time_point m_busySince;
    sqlite3* m_database = nullptr;
};

/// A name as SQL spells it: in double quotes, those within doubled.
[[nodiscard]] std::string quotedSqlName(std::string_view name);

} // namespace daymark
