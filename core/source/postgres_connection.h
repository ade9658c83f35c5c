// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A connection to a PostgreSQL server that never waits without an ear for `stop`. It is made of
// libpq alone: libpqxx's connections and statements cannot be stopped while they wait.

#include "core/source/postgres_error.h"
#include "core/source/postgres_settings.h"

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <string_view>

struct pg_conn;
struct pg_result;

namespace daymark {

/// Wakes a thread that waits for a socket when a stop is requested.
class StopWaker
{
public:
    explicit StopWaker(std::stop_token stop);
    ~StopWaker();
    StopWaker(const StopWaker&) = delete;
    StopWaker& operator=(const StopWaker&) = delete;

    [[nodiscard]] bool stopped() const { return m_stop.stop_requested(); }
    [[nodiscard]] int descriptor() const { return m_descriptor; } ///< readable once stopped

private:
    std::stop_token m_stop;
    int m_descriptor;
    std::stop_callback<std::function<void()>> m_callback;
};

/// Rows or columns that a server answered with.
class PostgresResult
{
public:
    explicit PostgresResult(pg_result* result) : m_result(result) {}

    [[nodiscard]] int rows() const;
    [[nodiscard]] int columns() const;
    [[nodiscard]] std::string columnName(int column) const;
    [[nodiscard]] std::uint32_t columnType(int column) const; ///< the base type of a domain
    [[nodiscard]] bool isNull(int row, int column) const;
    [[nodiscard]] std::string_view text(int row, int column) const; ///< lives as long as the result
    [[nodiscard]] double number(int row, int column) const;         ///< 0 for null
    [[nodiscard]] bool flag(int row, int column) const;             ///< of a boolean

private:
    struct Clear
    {
        void operator()(pg_result* result) const;
    };
    std::unique_ptr<pg_result, Clear> m_result;
};

/// How far a connection came, for people.
struct PostgresArrival
{
    PostgresStage stage = PostgresStage::Reach;
    std::string host;    ///< `db.example.com:5432`, or a socket folder
    std::string tls;     ///< `TLSv1.3`; empty for a connection in the clear
    std::string sslMode; ///< in force
    bool local = false;  ///< to this very machine
    std::string user;
    std::string database;
    std::string serverVersion; ///< `15.4`
};

/// One session at a server. Used by one thread at a time. After an error other than a plain
/// statement's it is of no more use.
class PostgresConnection
{
public:
    /// Connects and logs in. ErrorCode::SourceUnreachable, SourceCredentials, SourceBusy,
    /// SourceMissing, or SourceInvalid where TLS cannot be trusted. A stop is obeyed at once, even
    /// while a name is being looked up.
    ///
    /// @param arrival  how far it came, also where it failed; may be null.
    [[nodiscard]] static Result<std::unique_ptr<PostgresConnection>>
    open(const PostgresSettings& settings, std::stop_token stop,
         PostgresArrival* arrival = nullptr);

    ~PostgresConnection();
    PostgresConnection(const PostgresConnection&) = delete;
    PostgresConnection& operator=(const PostgresConnection&) = delete;

    [[nodiscard]] const PostgresSettings& settings() const { return m_settings; }

    /// Runs one statement with bound values and waits for all of its rows: for short answers.
    ///
    /// @param doing  what it is for, as in `Could not {doing} in …`.
    [[nodiscard]] Result<PostgresResult> query(std::string_view doing, const std::string& sql,
                                               std::span<const std::string> values,
                                               std::stop_token stop);

    /// Runs constant statements, separated by semicolons, in one round trip.
    [[nodiscard]] Status script(std::string_view doing, const std::string& sql,
                                std::stop_token stop);

    /// Prepares a statement without running it: the columns that it would have.
    [[nodiscard]] Result<PostgresResult> describe(std::string_view doing, const std::string& sql,
                                                  std::stop_token stop);

    /// Begins a `COPY … TO STDOUT`.
    [[nodiscard]] Status startCopy(std::string_view doing, const std::string& sql,
                                   std::stop_token stop);

    /// Moves the next bytes of the copy to `into`; 0 at its end.
    [[nodiscard]] Result<std::size_t> copyData(char* into, std::size_t room,
                                               const StopWaker& waker);

    /// After the end of the copy: the rows that the server says it sent; none where it doesn't say.
    [[nodiscard]] Result<std::optional<std::uint64_t>> finishCopy(std::stop_token stop);

    /// The SQLSTATE of the last statement that failed; empty where the connection failed.
    [[nodiscard]] const std::string& sqlState() const { return m_sqlState; }

    /// Whether the server still answers, as far as is known.
    [[nodiscard]] bool isUsable() const;

    /// Whether a transaction is open, be it a failed one.
    [[nodiscard]] bool inTransaction() const;

    /// What the server reported of itself at login: `server_encoding`, `server_version`, …
    [[nodiscard]] std::string parameter(const char* name) const;

    [[nodiscard]] int serverVersion() const; ///< 150004 for 15.4

    /// The name in quotes, for SQL.
    [[nodiscard]] Result<std::string> quoted(std::string_view name) const;

private:
    PostgresConnection(pg_conn* connection, PostgresSettings settings);

    enum class Wait { Ready, Stopped, Silent };
    [[nodiscard]] Wait wait(const StopWaker& waker) const;
    [[nodiscard]] Status receive(const StopWaker& waker);
    [[nodiscard]] Status begin(std::string_view doing, int sent);
    [[nodiscard]] Result<pg_result*> nextResult(const StopWaker& waker);
    [[nodiscard]] Result<PostgresResult> lastResult(std::stop_token stop);
    [[nodiscard]] Error failed(const pg_result* result);
    [[nodiscard]] Error broken();
    [[nodiscard]] Error scrubbed(Error error) const;
    void cancelAtServer();

    pg_conn* m_connection;
    PostgresSettings m_settings;
    std::string m_doing; ///< of the statement that runs
    std::string m_sqlState;
    std::chrono::steady_clock::time_point m_began; ///< of the statement that runs
};

} // namespace daymark
