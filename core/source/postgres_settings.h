// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/schema/source_config.h"

#include "core/base/error.h"

#include <chrono>
#include <utility>
#include <vector>

namespace daymark {

/// How a day's rows come over.
enum class PostgresTransfer {
    Binary, ///< binary COPY
    Text,   ///< text COPY, for servers without the binary one
    Cursor, ///< a cursor in text, for servers without COPY of a query
};

/// What a connection needs, but for its password. No value here is ever a secret.
struct PostgresSettings
{
    std::string source; ///< the source's name: its secret is kept under it
    std::string place;  ///< for people: `database shop at db.example.com:5432`

    /// libpq's parameters as the operator gave them and the defaults of this program.
    std::vector<std::pair<std::string, std::string>> parameters;
    /// Whether the operator said how strictly TLS is checked. Where not, a server on another
    /// machine gets `verify-full`.
    bool hasSslMode = false;

    std::chrono::milliseconds connectTimeout{
        10'000}; ///< for each host; `connect_timeout` in the URI
    std::chrono::milliseconds statementTimeout{30 * 60'000}; ///< `statement_timeout`: one statement
    std::chrono::milliseconds lockTimeout{10'000};  ///< `lock_timeout`: waiting for a table's lock
    std::chrono::milliseconds idleTimeout{120'000}; ///< between two statements of a snapshot
    PostgresTransfer transfer = PostgresTransfer::Binary; ///< `transfer`: what is tried first
};

/// Reads the settings of a source: a URI (`postgresql://user@host:5432/db?sslmode=verify-full`) or
/// a keyword string (`host=… dbname=…`). ErrorCode::SourceInvalid for what cannot be right and for
/// what must not be there: a password, and parameters that change more than where and how to
/// connect. Messages never repeat the connection string.
[[nodiscard]] Result<PostgresSettings> readPostgresSettings(const SourceConfig& config);

/// Holds what an operator sets with `--set` against the settings that there are:
/// ErrorCode::UsageInvalid names the nearest one, ErrorCode::SourceInvalid refuses a secret.
[[nodiscard]] Status checkPostgresFormat(const std::string& source,
                                         const std::map<std::string, std::string>& given);

/// Whether a host of libpq's is this very machine: a socket folder or a loopback address.
[[nodiscard]] bool isLocalPostgresHost(std::string_view host);

} // namespace daymark
