// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/postgres_login.h"

#include "core/base/secret.h"
#include "core/base/text.h"
#include "core/source/source_error.h"

#include <fmt/format.h>
#include <libpq-fe.h>
#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <condition_variable>
#include <cstdlib>
#include <mutex>
#include <thread>
#include <vector>

// The plan:
// 1. A thread of its own makes the connection, since looking up a name cannot be interrupted.
//    Whoever asked waits for it no longer than a stop or the time limit allows; then it ends by
//    itself.
// 2. libpq is asked where it is about to connect to, service files and all, before a byte is sent.
//    A server on another machine for which nobody chose an sslmode gets `verify-full`.
// 3. The stage in which an attempt fails says what the failure is, since libpq's words are for
//    people and in any language.

namespace daymark {

namespace {

using namespace std::chrono;
using Parameters = std::vector<std::pair<std::string, std::string>>;

constexpr std::string_view kWrongPassword = "28P01";
constexpr milliseconds kSlice{100}; ///< after which an attempt looks whether anybody still waits

constexpr std::array kSystemAuthorities{"/etc/ssl/certs/ca-certificates.crt",
                                        "/etc/pki/tls/certs/ca-bundle.crt",
                                        "/etc/ssl/ca-bundle.pem", "/etc/ssl/cert.pem"};

/// What the attempt and whoever waits for it share.
struct Attempt
{
    std::mutex mutex;
    std::condition_variable_any changed;
    bool done = false;            ///< guarded by mutex, like all below
    bool abandoned = false;       ///< nobody waits any more
    PGconn* connection = nullptr; ///< once done; the waiting side takes it
    PostgresArrival arrival;
    std::string message; ///< libpq's, where it failed
    bool lacksPassword = false;
    bool lacksService = false;
    bool sentKept = false; ///< libpq found a password by itself
    bool timedOut = false;
};

PGconn* start(const Parameters& parameters, const std::string& password)
{
    std::vector<const char*> names;
    std::vector<const char*> values;
    for (const auto& [name, value] : parameters) {
        names.push_back(name.c_str());
        values.push_back(value.c_str());
    }
    if (!password.empty()) {
        names.push_back("password");
        values.push_back(password.c_str());
    }
    names.push_back(nullptr);
    values.push_back(nullptr);
    PGconn* const connection = PQconnectStartParams(names.data(), values.data(), 0);
    if (connection) {
        PQsetErrorVerbosity(connection, PQERRORS_VERBOSE);
        PQsetNoticeReceiver(
            connection, [](void*, const PGresult*) {}, nullptr);
    }
    return connection;
}

/// What libpq took a parameter to be, from the string, a service file or the environment.
std::string effective(PGconn* connection, std::string_view name)
{
    const std::unique_ptr<PQconninfoOption, decltype(&PQconninfoFree)> options(
        PQconninfo(connection), &PQconninfoFree);
    for (const PQconninfoOption* option = options.get(); option && option->keyword; ++option) {
        if (name == option->keyword)
            return option->val ? option->val : "";
    }
    return {};
}

bool isLocal(PGconn* connection)
{
    const std::string address = effective(connection, "hostaddr");
    const std::string hosts = address.empty() ? effective(connection, "host") : address;
    std::string_view rest = hosts;
    while (true) {
        const auto comma = rest.find(',');
        if (!isLocalPostgresHost(rest.substr(0, comma)))
            return false;
        if (comma == std::string_view::npos)
            return true;
        rest.remove_prefix(comma + 1);
    }
}

/// The authorities that the machine trusts, where the operator has no list of their own.
std::string systemAuthorities()
{
    const char* home = std::getenv("HOME");
    if (home && access((std::string(home) + "/.postgresql/root.crt").c_str(), R_OK) == 0)
        return {};
    const auto found = std::find_if(kSystemAuthorities.begin(), kSystemAuthorities.end(),
                                    [](const char* path) { return access(path, R_OK) == 0; });
    return found == kSystemAuthorities.end() ? std::string() : std::string(*found);
}

/// Adds what an attempt needs for TLS to be trusted; whether anything was missing.
bool secure(Parameters& parameters, PGconn* connection, bool hasSslMode)
{
    std::string mode = effective(connection, "sslmode");
    bool changed = false;
    if (!hasSslMode && mode == "prefer" && !isLocal(connection)) {
        mode = "verify-full";
        parameters.emplace_back("sslmode", mode);
        changed = true;
    }
    if (mode == "verify-full" && effective(connection, "sslrootcert").empty()) {
        if (std::string path = systemAuthorities(); !path.empty()) {
            parameters.emplace_back("sslrootcert", std::move(path));
            changed = true;
        }
    }
    return changed;
}

PostgresStage stageOf(PGconn* connection, PostgresStage before)
{
    switch (PQstatus(connection)) {
    case CONNECTION_STARTED:
    case CONNECTION_NEEDED:
        return PostgresStage::Reach;
    case CONNECTION_SSL_STARTUP:
        return PostgresStage::Tls;
    case CONNECTION_BAD:
        return before;
    case CONNECTION_OK:
        return PostgresStage::Done;
    default:
        return PostgresStage::LogIn;
    }
}

bool isAbandoned(Attempt& attempt)
{
    const std::scoped_lock lock(attempt.mutex);
    return attempt.abandoned;
}

struct Outcome
{
    PostgresStage stage = PostgresStage::Reach;
    bool timedOut = false;
};

/// Carries a started connection to its end.
Outcome drive(PGconn* connection, Attempt& attempt, steady_clock::time_point deadline)
{
    Outcome outcome;
    PostgresPollingStatusType next = PGRES_POLLING_WRITING;
    while (PQstatus(connection) != CONNECTION_BAD) {
        outcome.stage = stageOf(connection, outcome.stage);
        if (next == PGRES_POLLING_OK || next == PGRES_POLLING_FAILED)
            break;
        if (steady_clock::now() >= deadline) {
            outcome.timedOut = true;
            break;
        }
        if (isAbandoned(attempt))
            break;
        const short events = next == PGRES_POLLING_READING ? POLLIN : POLLOUT;
        pollfd watched{PQsocket(connection), events, 0};
        if (poll(&watched, 1, static_cast<int>(kSlice.count())) != 0)
            next = PQconnectPoll(connection);
    }
    return outcome;
}

void describeArrival(PGconn* connection, PostgresArrival& arrival)
{
    const auto text = [](const char* value) { return std::string(value ? value : ""); };
    const std::string host = text(PQhost(connection));
    arrival.host =
        host.empty() || host.front() == '/' ? host : host + ":" + text(PQport(connection));
    arrival.tls = PQsslInUse(connection) ? text(PQsslAttribute(connection, "protocol")) : "";
    arrival.sslMode = effective(connection, "sslmode");
    arrival.local = isLocal(connection);
    arrival.user = text(PQuser(connection));
    arrival.database = text(PQdb(connection));
    arrival.serverVersion = text(PQparameterStatus(connection, "server_version"));
}

/// The hosts of a list take turns within one time limit.
int hostsOf(const Parameters& parameters)
{
    int hosts = 1;
    for (const auto& [name, value] : parameters) {
        if (name == "host" || name == "hostaddr")
            hosts =
                std::max(hosts, 1 + static_cast<int>(std::count(value.begin(), value.end(), ',')));
    }
    return hosts;
}

/// The body of the thread.
void run(const std::shared_ptr<Attempt>& attempt, Parameters parameters, std::string password,
         bool hasSslMode, milliseconds patience)
{
    const auto deadline = steady_clock::now() + patience;
    const bool named = std::any_of(parameters.begin(), parameters.end(),
                                   [](const auto& entry) { return entry.first == "service"; });
    PGconn* connection = start(parameters, password);
    if (connection && secure(parameters, connection, hasSslMode)) {
        PQfinish(connection);
        connection = start(parameters, password);
    }
    const bool hadPassword = !password.empty();
    wipe(password);
    Outcome outcome;
    if (connection)
        outcome = drive(connection, *attempt, deadline);

    const std::scoped_lock lock(attempt->mutex);
    attempt->done = true;
    attempt->arrival.stage = outcome.stage;
    attempt->timedOut = outcome.timedOut;
    if (connection) {
        const char* sent = PQpass(connection); // which may be from ~/.pgpass
        attempt->message = withoutSecret(PQerrorMessage(connection), sent ? sent : "");
        attempt->sentKept = !hadPassword && sent && *sent;
        attempt->lacksPassword = PQconnectionNeedsPassword(connection) != 0;
        attempt->lacksService = named && PQsocket(connection) < 0 &&
                                effective(connection, "host").empty() &&
                                effective(connection, "hostaddr").empty();
        describeArrival(connection, attempt->arrival);
    }
    if (connection && PQstatus(connection) == CONNECTION_OK && !attempt->abandoned) {
        attempt->connection = connection;
    } else {
        PQfinish(connection);
    }
    attempt->changed.notify_all();
}

Error noPassword(const PostgresSettings& settings)
{
    return {
        ErrorCode::SourceCredentials,
        fmt::format("The server of {} asks for a password, and there is none for the source {}.",
                    settings.place, shortened(settings.source)),
        fmt::format("Store it in the keychain, set the environment variable {}, or add a line to "
                    "~/.pgpass.",
                    secretVariable(settings.source))};
}

/// Where libpq found a password by itself.
std::string keptPlace()
{
    if (std::getenv("PGPASSWORD"))
        return "the environment variable PGPASSWORD";
    const char* file = std::getenv("PGPASSFILE");
    return file && *file ? shortened(file, 200) : std::string("~/.pgpass");
}

/// What to do about a password that the server refused.
std::string wrongPasswordHint(const PostgresSettings& settings, bool sentKept)
{
    if (sentKept)
        return fmt::format("The password is the one of {}: correct it there. One in the keychain "
                           "(daymark-cli source secret) or in the environment variable {} comes "
                           "first.",
                           keptPlace(), secretVariable(settings.source));
    return fmt::format("Store the right password again: in the keychain (daymark-cli source "
                       "secret), or in the environment variable {}.",
                       secretVariable(settings.source));
}

/// A connection that was cut while TLS was being agreed on says nothing about trust.
bool wasCut(std::string_view message)
{
    constexpr std::array words{"closed the connection", "Connection reset", "could not receive",
                               "could not send",        "SYSCALL",          "unexpected eof"};
    return std::any_of(words.begin(), words.end(), [message](std::string_view word) {
        return message.find(word) != std::string_view::npos;
    });
}

Error errorOf(const PostgresSettings& settings, const Attempt& attempt)
{
    if (attempt.lacksPassword)
        return noPassword(settings);
    if (attempt.lacksService)
        return {ErrorCode::SourceInvalid,
                fmt::format("{} cannot be found in the service files.", settings.place),
                "Add the service to ~/.pg_service.conf, or correct its name."};
    if (attempt.timedOut) {
        const std::string limit =
            fmt::format("no answer within {} s", settings.connectTimeout.count() / 1000.0);
        return connectError(settings,
                            attempt.arrival.stage == PostgresStage::Tls ? PostgresStage::LogIn
                                                                        : attempt.arrival.stage,
                            {{}, limit});
    }
    PostgresStage stage = attempt.arrival.stage;
    if (stage == PostgresStage::Tls && wasCut(attempt.message))
        stage = PostgresStage::LogIn;
    const PostgresFailure failure = failureOfConnecting(attempt.message);
    Error error = connectError(settings, stage, failure);
    if (failure.sqlState == kWrongPassword)
        error.hint = wrongPasswordHint(settings, attempt.sentKept);
    return error;
}

} // namespace

Result<pg_conn*> loginToPostgres(const PostgresSettings& settings, std::stop_token stop,
                                 PostgresArrival& arrival)
{
    Result<std::optional<std::string>> secret = findSecret(settings.source);
    // A keychain that is locked matters only once the server asks for a password.
    std::string password = secret ? std::move(*secret).value_or(std::string()) : std::string();
    const milliseconds patience = settings.connectTimeout * hostsOf(settings.parameters);
    const auto attempt = std::make_shared<Attempt>();
    try {
        std::thread(run, attempt, settings.parameters, password, settings.hasSslMode, patience)
            .detach();
    } catch (const std::system_error&) {
        wipe(password);
        return fail(ErrorCode::Internal, "This machine allows no further thread.",
                    "Raise the limit of processes (ulimit -u), then try again.");
    }
    wipe(password);

    std::unique_lock lock(attempt->mutex);
    const bool done = attempt->changed.wait_for(lock, stop, patience + milliseconds{500},
                                                [&] { return attempt->done; });
    if (stop.stop_requested() || !done)
        attempt->abandoned = true;
    if (stop.stop_requested()) {
        PQfinish(attempt->connection);
        return fail(readCancelled(settings.place));
    }
    if (!done) {
        attempt->timedOut = true;
        return fail(errorOf(settings, *attempt));
    }
    arrival = attempt->arrival;
    if (attempt->connection)
        return attempt->connection;
    if (attempt->lacksPassword && !secret)
        return fail(secret.error());
    return fail(errorOf(settings, *attempt));
}

} // namespace daymark
