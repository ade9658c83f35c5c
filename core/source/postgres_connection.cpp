// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/postgres_connection.h"

#include "core/base/secret.h"
#include "core/base/text.h"
#include "core/source/postgres_login.h"
#include "core/source/source_error.h"

#include <fmt/format.h>
#include <libpq-fe.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <condition_variable>
#include <cstdlib>
#include <mutex>
#include <thread>
#include <vector>

namespace daymark {

namespace {

using namespace std::chrono;

/// What a server may take longer than its own limit before the line counts as dead.
constexpr milliseconds kGrace{5'000};
/// How long an orderly cancel at the server is waited for.
constexpr milliseconds kCancelPatience{400};

} // namespace

StopWaker::StopWaker(std::stop_token stop)
    : m_stop(std::move(stop))
    , m_descriptor(eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC))
    , m_callback(m_stop, [descriptor = m_descriptor] {
        const std::uint64_t one = 1;
        [[maybe_unused]] const auto written = write(descriptor, &one, sizeof one);
    })
{}

StopWaker::~StopWaker() { close(m_descriptor); }

void PostgresResult::Clear::operator()(pg_result* result) const { PQclear(result); }

int PostgresResult::rows() const { return PQntuples(m_result.get()); }

int PostgresResult::columns() const { return PQnfields(m_result.get()); }

std::string PostgresResult::columnName(int column) const { return PQfname(m_result.get(), column); }

std::uint32_t PostgresResult::columnType(int column) const
{
    return PQftype(m_result.get(), column);
}

bool PostgresResult::isNull(int row, int column) const
{
    return PQgetisnull(m_result.get(), row, column) != 0;
}

std::string_view PostgresResult::text(int row, int column) const
{
    return {PQgetvalue(m_result.get(), row, column),
            static_cast<std::size_t>(PQgetlength(m_result.get(), row, column))};
}

double PostgresResult::number(int row, int column) const
{
    const std::string_view value = text(row, column);
    double number = 0;
    std::from_chars(value.data(), value.data() + value.size(), number);
    return number;
}

bool PostgresResult::flag(int row, int column) const { return text(row, column) == "t"; }

Result<std::unique_ptr<PostgresConnection>>
PostgresConnection::open(const PostgresSettings& settings, std::stop_token stop,
                         PostgresArrival* arrival)
{
    PostgresArrival unheard;
    Result<pg_conn*> connection =
        loginToPostgres(settings, std::move(stop), arrival ? *arrival : unheard);
    if (!connection)
        return fail(connection.error());
    return std::unique_ptr<PostgresConnection>(new PostgresConnection(*connection, settings));
}

PostgresConnection::PostgresConnection(pg_conn* connection, PostgresSettings settings)
    : m_connection(connection), m_settings(std::move(settings))
{}

PostgresConnection::~PostgresConnection() { PQfinish(m_connection); }

bool PostgresConnection::isUsable() const { return PQstatus(m_connection) == CONNECTION_OK; }

bool PostgresConnection::inTransaction() const
{
    return PQtransactionStatus(m_connection) != PQTRANS_IDLE;
}

std::string PostgresConnection::parameter(const char* name) const
{
    const char* value = PQparameterStatus(m_connection, name);
    return value ? value : "";
}

int PostgresConnection::serverVersion() const { return PQserverVersion(m_connection); }

Result<std::string> PostgresConnection::quoted(std::string_view name) const
{
    const std::unique_ptr<char, decltype(&PQfreemem)> text(
        PQescapeIdentifier(m_connection, name.data(), name.size()), &PQfreemem);
    if (!text)
        return fail(ErrorCode::SourceInvalid,
                    fmt::format("'{}' is no name that the database can hold.", shortened(name)),
                    "Check the name of the table or column.");
    return std::string(text.get());
}

PostgresConnection::Wait PostgresConnection::wait(const StopWaker& waker) const
{
    // The server ends a statement at its limit; this is for a server, or a line to it, that stands
    // still or hardly moves.
    const auto deadline =
        m_began + m_settings.statementTimeout + std::min(kGrace, m_settings.statementTimeout);
    while (!waker.stopped()) {
        const auto left = duration_cast<milliseconds>(deadline - steady_clock::now());
        if (left.count() <= 0)
            return Wait::Silent;
        pollfd watched[2]{{PQsocket(m_connection), POLLIN, 0}, {waker.descriptor(), POLLIN, 0}};
        const int ready = poll(watched, 2, static_cast<int>(left.count()));
        if (ready > 0 && watched[0].revents != 0)
            return Wait::Ready;
        if (ready < 0 && errno != EINTR)
            return Wait::Ready; // reading says what is wrong
    }
    return Wait::Stopped;
}

/// Waits for bytes and takes what there is.
Status PostgresConnection::receive(const StopWaker& waker)
{
    switch (wait(waker)) {
    case Wait::Stopped:
        cancelAtServer();
        return fail(readCancelled(m_settings.place));
    case Wait::Silent:
        m_sqlState.clear();
        return fail(
            ErrorCode::SourceTimeout,
            fmt::format("Could not {} in {}: it was not done {} s after it began, which is longer "
                        "than a statement may take.",
                        m_doing, m_settings.place,
                        duration_cast<seconds>(steady_clock::now() - m_began).count()),
            "Check the network between here and the server, or raise the limit: source edit NAME "
            "--set statement_timeout=MILLISECONDS. It is tried again by itself.");
    case Wait::Ready:
        break;
    }
    if (PQconsumeInput(m_connection) == 0)
        return fail(broken());
    return {};
}

Status PostgresConnection::begin(std::string_view doing, int sent)
{
    m_doing = doing;
    m_began = steady_clock::now();
    m_sqlState.clear();
    if (sent == 0)
        return fail(broken());
    return {};
}

Result<pg_result*> PostgresConnection::nextResult(const StopWaker& waker)
{
    while (PQisBusy(m_connection) != 0) {
        if (Status status = receive(waker); !status)
            return fail(status.error());
    }
    return PQgetResult(m_connection);
}

/// Waits for the end of a statement: its last result, or its first failure.
Result<PostgresResult> PostgresConnection::lastResult(std::stop_token stop)
{
    const StopWaker waker(std::move(stop));
    std::optional<Error> error;
    PostgresResult last(nullptr);
    while (true) {
        const Result<pg_result*> next = nextResult(waker);
        if (!next)
            return fail(next.error());
        if (!*next)
            break;
        PostgresResult result(*next);
        const ExecStatusType status = PQresultStatus(*next);
        if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK && !error)
            error = failed(*next);
        last = std::move(result);
    }
    if (error)
        return fail(*error);
    return last;
}

Error PostgresConnection::failed(const pg_result* result)
{
    const PostgresFailure failure = failureOf(result);
    m_sqlState = failure.sqlState;
    const auto spent = duration_cast<milliseconds>(steady_clock::now() - m_began);
    return scrubbed(statementError(m_settings, m_doing, failure, spent));
}

/// The password never comes back in a message, whoever echoes it.
Error PostgresConnection::scrubbed(Error error) const
{
    if (const char* password = PQpass(m_connection))
        error.message = withoutSecret(std::move(error.message), password);
    return error;
}

/// The connection failed: says so with the server's last words, if it had any.
Error PostgresConnection::broken()
{
    m_sqlState.clear();
    const PostgresFailure lost{{}, failureOfConnecting(PQerrorMessage(m_connection)).message};
    return scrubbed(statementError(m_settings, m_doing, lost, {}));
}

void PostgresConnection::cancelAtServer()
{
    struct Done
    {
        std::mutex mutex;
        std::condition_variable changed;
        bool done = false; ///< guarded by mutex
    };
    PGcancel* const handle = PQgetCancel(m_connection);
    if (!handle)
        return;
    const auto state = std::make_shared<Done>();
    // libpq's cancel waits for the server without a limit: this thread is not waited for longer
    // than a cancel takes on a working network.
    std::thread([state, handle] {
        char said[256];
        PQcancel(handle, said, sizeof said);
        PQfreeCancel(handle);
        const std::scoped_lock lock(state->mutex);
        state->done = true;
        state->changed.notify_all();
    }).detach();
    std::unique_lock lock(state->mutex);
    state->changed.wait_for(lock, kCancelPatience, [&] { return state->done; });
}

Result<PostgresResult> PostgresConnection::query(std::string_view doing, const std::string& sql,
                                                 std::span<const std::string> values,
                                                 std::stop_token stop)
{
    std::vector<const char*> texts;
    for (const std::string& value : values)
        texts.push_back(value.c_str());
    const int sent = PQsendQueryParams(m_connection, sql.c_str(), static_cast<int>(texts.size()),
                                       nullptr, texts.data(), nullptr, nullptr, 0);
    if (Status status = begin(doing, sent); !status)
        return fail(status.error());
    return lastResult(std::move(stop));
}

Status PostgresConnection::script(std::string_view doing, const std::string& sql,
                                  std::stop_token stop)
{
    if (Status status = begin(doing, PQsendQuery(m_connection, sql.c_str())); !status)
        return status;
    const Result<PostgresResult> result = lastResult(std::move(stop));
    return result ? Status{} : Status(fail(result.error()));
}

Result<PostgresResult> PostgresConnection::describe(std::string_view doing, const std::string& sql,
                                                    std::stop_token stop)
{
    int sent = PQsendPrepare(m_connection, "", sql.c_str(), 0, nullptr);
    if (Status status = begin(doing, sent); !status)
        return fail(status.error());
    if (const auto prepared = lastResult(stop); !prepared)
        return fail(prepared.error());
    sent = PQsendDescribePrepared(m_connection, "");
    if (Status status = begin(doing, sent); !status)
        return fail(status.error());
    return lastResult(std::move(stop));
}

Status PostgresConnection::startCopy(std::string_view doing, const std::string& sql,
                                     std::stop_token stop)
{
    const int sent =
        PQsendQueryParams(m_connection, sql.c_str(), 0, nullptr, nullptr, nullptr, nullptr, 0);
    if (Status status = begin(doing, sent); !status)
        return status;
    const StopWaker waker(stop);
    const Result<pg_result*> first = nextResult(waker);
    if (!first)
        return fail(first.error());
    const PostgresResult result(*first);
    if (PQresultStatus(*first) == PGRES_COPY_OUT)
        return {};
    const Error error = failed(*first);
    if (const auto rest = lastResult(std::move(stop)); !rest && !isUsable())
        return fail(rest.error());
    return fail(error);
}

Result<std::size_t> PostgresConnection::copyData(char* into, std::size_t room,
                                                 const StopWaker& waker)
{
    // PQgetlineAsync copies straight to where the cells will point, in both formats; PQgetCopyData
    // would allocate every row anew.
    while (true) {
        const int size = PQgetlineAsync(m_connection, into, static_cast<int>(room));
        if (size > 0)
            return static_cast<std::size_t>(size);
        if (size < 0)
            return 0;
        if (Status status = receive(waker); !status)
            return fail(status.error());
    }
}

Result<std::optional<std::uint64_t>> PostgresConnection::finishCopy(std::stop_token stop)
{
    char* none = nullptr;
    if (PQgetCopyData(m_connection, &none, 1) > 0) {
        PQfreemem(none);
        return fail(ErrorCode::Internal, "A copy was ended before its end.");
    }
    const StopWaker waker(stop);
    const Result<pg_result*> result = nextResult(waker);
    if (!result)
        return fail(result.error());
    if (!*result)
        return fail(broken());
    const PostgresResult kept(*result);
    if (PQresultStatus(*result) != PGRES_COMMAND_OK)
        return fail(failed(*result));
    const std::string_view rows = PQcmdTuples(*result);
    std::uint64_t count = 0;
    const auto [end, error] = std::from_chars(rows.data(), rows.data() + rows.size(), count);
    const bool said = error == std::errc{} && !rows.empty();
    if (const auto rest = lastResult(std::move(stop)); !rest)
        return fail(rest.error());
    return said ? std::optional(count) : std::nullopt;
}

} // namespace daymark
