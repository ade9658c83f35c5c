// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/postgres_error.h"

#include "core/base/text.h"
#include "core/source/postgres_settings.h"

#include <fmt/format.h>
#include <libpq-fe.h>

#include <algorithm>
#include <array>
#include <cstdint>

namespace daymark {

namespace {

/// What a SQLSTATE, or a class of them, means for the operator. The first entry that fits counts.
struct StateMeaning
{
    std::string_view prefix;
    ErrorCode code;
    std::string_view sentence; ///< after `Could not {doing} in {place}: `
    std::string_view hint;
};

constexpr std::string_view kAgain = "It is tried again by itself, with growing pauses.";

constexpr std::array kMeanings{
    StateMeaning{"28P01", ErrorCode::SourceCredentials, "the server refused the password",
                 "Store the right password again in the keychain or the environment."},
    StateMeaning{
        "28", ErrorCode::SourceCredentials, "the server refused the login",
        "Check the user's name and the server's pg_hba.conf, and that the role may log in."},
    StateMeaning{"3D000", ErrorCode::SourceMissing, "there is no such database",
                 "Check the name of the database in the connection string."},
    StateMeaning{"53300", ErrorCode::SourceBusy, "the server is out of connections", kAgain},
    StateMeaning{"53", ErrorCode::SourceBusy, "the server is short of memory or disk", kAgain},
    StateMeaning{"55006", ErrorCode::SourceBusy, "an object is in use", kAgain},
    StateMeaning{"40", ErrorCode::SourceBusy,
                 "the server gave up the read in favour of other work (a standby's replay, or a "
                 "deadlock)",
                 kAgain},
    StateMeaning{"57P03", ErrorCode::SourceBusy, "the server is starting or shutting down", kAgain},
    StateMeaning{"57P04", ErrorCode::SourceMissing, "the database was dropped",
                 "Check the name of the database in the connection string."},
    StateMeaning{"57P", ErrorCode::SourceDisconnected, "the server ended the connection", kAgain},
    StateMeaning{"25P", ErrorCode::SourceDisconnected, "the server ended an idle snapshot", kAgain},
    StateMeaning{"25006", ErrorCode::SourceQuery, "the query writes, and a source is only read",
                 "Use a query, and functions in it, that only read."},
    StateMeaning{"08", ErrorCode::SourceDisconnected, "the connection failed", kAgain},
    StateMeaning{
        "42501", ErrorCode::SourcePermission, "the role may not read it",
        "Give the role USAGE on the schema and SELECT on the table: `source ddl` writes the "
        "statements."},
    StateMeaning{"42P01", ErrorCode::SourceTableMissing, "the table is not there",
                 "Restore the table, or name the right one with --table."},
    StateMeaning{"3F000", ErrorCode::SourceTableMissing, "the schema is not there",
                 "Restore the schema, or name the right one with --table."},
    StateMeaning{"42703", ErrorCode::SchemaMismatch, "a column is not there",
                 "Restore the column, or map the new one with --map canonical=column."},
    StateMeaning{"22021", ErrorCode::SourceFormat, "a text is not in the database's encoding",
                 "Correct the text at the source: its bytes cannot be turned into UTF-8."},
    StateMeaning{"22P05", ErrorCode::SourceFormat, "a text cannot be written in UTF-8",
                 "Correct the text at the source: its bytes cannot be turned into UTF-8."},
    StateMeaning{"54", ErrorCode::SourceLimit, "a limit of the server was reached",
                 "Make the query or the rows smaller."},
    StateMeaning{"58", ErrorCode::SourceDamaged, "the server cannot read its own files",
                 "Have the server's administrator look at its log."},
    StateMeaning{"XX00", ErrorCode::SourceDamaged, "the server found damaged data",
                 "Have the server's administrator look at its log."},
};

/// Detail in brackets where there is any.
std::string detail(const PostgresFailure& failure)
{
    return failure.message.empty() ? std::string() : fmt::format(" ({})", failure.message);
}

Error makeError(ErrorCode code, std::string message, std::string hint)
{
    return {code, std::move(message), std::move(hint)};
}

bool isState(std::string_view text)
{
    return text.size() == 5 && std::all_of(text.begin(), text.end(), [](char c) {
               return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z');
           });
}

std::string firstLine(std::string_view text)
{
    text = trimmed(text);
    return shortened(trimmed(text.substr(0, text.find('\n'))), 300);
}

const StateMeaning* meaningOf(std::string_view sqlState)
{
    const auto found =
        std::find_if(kMeanings.begin(), kMeanings.end(), [sqlState](const StateMeaning& meaning) {
            return sqlState.starts_with(meaning.prefix);
        });
    return found == kMeanings.end() ? nullptr : &*found;
}

} // namespace

PostgresFailure failureOf(const pg_result* result)
{
    PostgresFailure failure;
    if (const char* state = PQresultErrorField(result, PG_DIAG_SQLSTATE))
        failure.sqlState = state;
    if (const char* message = PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY))
        failure.message = firstLine(message);
    else
        failure.message = firstLine(PQresultErrorMessage(result));
    return failure;
}

PostgresFailure failureOfConnecting(std::string_view message)
{
    // The last attempt counts: `… failed: FATAL:  28P01: password authentication failed …`.
    PostgresFailure failure;
    for (std::size_t at = message.rfind(": "); at != std::string_view::npos && at >= 5;
         at = message.rfind(": ", at - 1)) {
        const std::string_view state = message.substr(at - 5, 5);
        if (isState(state) && (at == 5 || message[at - 6] == ' ')) {
            failure.sqlState = state;
            failure.message = firstLine(message.substr(at + 2));
            return failure;
        }
    }
    const auto failed = message.rfind("failed: ");
    failure.message =
        firstLine(failed == std::string_view::npos ? message : message.substr(failed + 8));
    return failure;
}

bool isUnsupported(std::string_view sqlState)
{
    constexpr std::array states{"0A000",  // feature not supported
                                "42601",  // syntax error
                                "22023",  // an option's value is unknown
                                "42883",  // a function is missing: no binary form of a type
                                "42704",  // an object or setting is unknown
                                "42809"}; // wrong kind of object
    return std::find(states.begin(), states.end(), sqlState) != states.end();
}

namespace {

std::string parameterOf(const PostgresSettings& settings, std::string_view name)
{
    const auto found =
        std::find_if(settings.parameters.begin(), settings.parameters.end(),
                     [name](const auto& parameter) { return parameter.first == name; });
    return found == settings.parameters.end() ? std::string() : found->second;
}

std::string quotedForSql(std::string_view name)
{
    std::string text = "\"";
    for (const char c : name)
        text += c == '"' ? std::string("\"\"") : std::string(1, c);
    return text + '"';
}

/// The role may log in to the server, but not to this database.
Error notLetIn(const PostgresSettings& settings, const PostgresFailure& failure)
{
    const std::string database = parameterOf(settings, "dbname");
    const std::string user = parameterOf(settings, "user");
    return makeError(
        ErrorCode::SourcePermission,
        fmt::format("Could not log in to {}: the role may not connect to the database{}.",
                    settings.place, detail(failure)),
        database.empty() || user.empty()
            ? std::string("Run GRANT CONNECT ON DATABASE with the database and the role.")
            : fmt::format("Run: GRANT CONNECT ON DATABASE {} TO {};",
                          shortened(quotedForSql(database)), shortened(quotedForSql(user))));
}

/// What to do where TLS fails, by what libpq says in English; the server's certificate is what is
/// wrong most often.
std::string tlsHint(const PostgresSettings& settings, std::string_view message)
{
    const std::string key = parameterOf(settings, "sslkey");
    const auto says = [message](std::string_view words) {
        return message.find(words) != std::string_view::npos;
    };
    if (says("does not support SSL"))
        return "Turn SSL on at the server (ssl = on, with a certificate). Without it everybody on "
               "the way can read along: sslmode=disable is for networks that you trust.";
    if (says("private key file") && (says("access") || says("permission")))
        return fmt::format("Let its owner alone read the key: chmod 600 {}",
                           key.empty() ? "~/.postgresql/postgresql.key" : shortened(key, 200));
    if (says("private key") || says("certificate file") || (!key.empty() && says(key)))
        return "Check the client's certificate and key: sslcert and sslkey name their files, and "
               "the two belong together.";
    return "Give the certificate of the server's authority with sslrootcert, and the server's own "
           "name as the host. A weaker sslmode lets others read along.";
}

} // namespace

Error connectError(const PostgresSettings& settings, PostgresStage stage,
                   const PostgresFailure& failure)
{
    if (failure.sqlState == "42501")
        return notLetIn(settings, failure);
    if (const StateMeaning* meaning = meaningOf(failure.sqlState);
        meaning && !failure.sqlState.empty()) {
        return makeError(meaning->code,
                         fmt::format("Could not log in to {}: {}{}.", settings.place,
                                     meaning->sentence, detail(failure)),
                         std::string(meaning->hint));
    }
    switch (stage) {
    case PostgresStage::Reach:
        return makeError(
            ErrorCode::SourceUnreachable,
            fmt::format("The server of {} cannot be reached{}.", settings.place, detail(failure)),
            "Check host, port and firewall, and that the server runs. It is tried again "
            "by itself.");
    case PostgresStage::Tls:
        return makeError(ErrorCode::SourceInvalid,
                         fmt::format("No trusted TLS connection to {} can be made{}.",
                                     settings.place, detail(failure)),
                         tlsHint(settings, failure.message));
    default:
        return makeError(
            ErrorCode::SourceUnreachable,
            fmt::format("The server of {} was reached, but the login came to no end{}.",
                        settings.place, detail(failure)),
            "Check that a PostgreSQL server listens there. It is tried again by itself.");
    }
}

Error statementError(const PostgresSettings& settings, std::string_view doing,
                     const PostgresFailure& failure, std::chrono::milliseconds spent)
{
    const std::string start = fmt::format("Could not {} in {}: ", doing, settings.place);
    if (failure.sqlState.empty()) {
        return makeError(ErrorCode::SourceDisconnected,
                         start + fmt::format("the connection broke{}.", detail(failure)),
                         std::string(kAgain));
    }
    if (failure.sqlState == "57014") {
        if (spent + std::chrono::milliseconds{200} >= settings.statementTimeout)
            return makeError(
                ErrorCode::SourceTimeout,
                start + fmt::format("the statement ran into its limit of {} s.",
                                    settings.statementTimeout.count() / 1000.0),
                fmt::format("Add an index on the date, or give it more milliseconds: "
                            "`daymark-cli source edit {} --set statement_timeout={}`.",
                            shortened(settings.source),
                            std::min<std::int64_t>(settings.statementTimeout.count() * 4,
                                                   std::int64_t{24} * 3'600'000)));
        return makeError(
            ErrorCode::SourceTimeout,
            start + fmt::format("the statement was cancelled at the server{}.", detail(failure)),
            std::string(kAgain));
    }
    if (failure.sqlState == "55P03")
        return makeError(
            ErrorCode::SourceBusy,
            start + fmt::format("another session held a lock on the table for over {} s{}.",
                                settings.lockTimeout.count() / 1000.0, detail(failure)),
            fmt::format("Let the change of the table finish; it is tried again by itself. To wait "
                        "longer: `daymark-cli source edit {} --set lock_timeout={}`.",
                        shortened(settings.source),
                        std::min<std::int64_t>(settings.lockTimeout.count() * 4,
                                               std::int64_t{24} * 3'600'000)));
    if (const StateMeaning* meaning = meaningOf(failure.sqlState))
        return makeError(meaning->code,
                         start + fmt::format("{}{}.", meaning->sentence, detail(failure)),
                         std::string(meaning->hint));
    return makeError(ErrorCode::SourceQuery,
                     start + fmt::format("{} (SQLSTATE {}).", failure.message, failure.sqlState),
                     "Check the table or the query at the server.");
}

} // namespace daymark
