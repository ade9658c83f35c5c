// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/postgres_settings.h"

#include "core/base/secret.h"
#include "core/base/text.h"

#include <fmt/format.h>
#include <libpq-fe.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdlib>
#include <memory>

namespace daymark {

namespace {

using namespace std::chrono;
using Parameters = std::vector<std::pair<std::string, std::string>>;

/// What a connection string may say. Everything else could run more than a connection: other
/// session settings (`options`), other files of secrets (`passfile`), …
constexpr std::array kAllowed{"host",
                              "hostaddr",
                              "port",
                              "dbname",
                              "user",
                              "sslmode",
                              "sslrootcert",
                              "sslcert",
                              "sslkey",
                              "sslcrl",
                              "sslsni",
                              "ssl_min_protocol_version",
                              "channel_binding",
                              "connect_timeout",
                              "keepalives",
                              "keepalives_idle",
                              "keepalives_interval",
                              "keepalives_count",
                              "tcp_user_timeout",
                              "service",
                              "target_session_attrs"};

constexpr std::array kSslModes{"disable", "allow", "prefer", "require", "verify-ca", "verify-full"};

constexpr std::string_view kFormHint =
    "Write it as postgresql://user@host:5432/database?sslmode=verify-full, or as "
    "'host=… port=… dbname=… user=…'.";

bool contains(const auto& list, std::string_view name)
{
    return std::find(list.begin(), list.end(), name) != list.end();
}

tl::unexpected<Error> invalid(std::string message, std::string hint)
{
    return fail(ErrorCode::SourceInvalid, std::move(message), std::move(hint));
}

tl::unexpected<Error> passwordGiven(const SourceConfig& config)
{
    return invalid(
        "The connection string carries a password.",
        fmt::format("Take it out, change it at the server if it was stored anywhere, and "
                    "keep it in the keychain, in the environment variable {} or in "
                    "~/.pgpass.",
                    secretVariable(config.name)));
}

Result<Parameters> parse(const SourceConfig& config)
{
    char* message = nullptr;
    const std::unique_ptr<PQconninfoOption, decltype(&PQconninfoFree)> options(
        PQconninfoParse(config.uri.c_str(), &message), &PQconninfoFree);
    PQfreemem(message); // it repeats parts of the string, which may be those of a password
    if (!options)
        return invalid("The connection string of the source cannot be read.",
                       std::string(kFormHint));
    Parameters parameters;
    for (const PQconninfoOption* option = options.get(); option->keyword; ++option) {
        if (option->val && *option->val)
            parameters.emplace_back(option->keyword, option->val);
    }
    return parameters;
}

std::string valueOf(const Parameters& parameters, std::string_view name)
{
    const auto found = std::find_if(parameters.begin(), parameters.end(),
                                    [name](const auto& entry) { return entry.first == name; });
    return found == parameters.end() ? std::string() : found->second;
}

Status checkAllowed(const SourceConfig& config, const Parameters& parameters)
{
    for (const auto& [name, value] : parameters) {
        if (name == "password" || name == "sslpassword")
            return passwordGiven(config);
        if (name == "application_name")
            return invalid(
                "The connection string sets application_name, which is always 'daymark'.",
                "Take it out of the connection string.");
        if (!contains(kAllowed, name))
            return invalid(
                fmt::format("The connection string sets {}, which a source may not.", name),
                "Take it out; timeouts are set as the formats statement_timeout and "
                "lock_timeout of the source.");
    }
    return {};
}

Status checkPorts(const std::string& ports)
{
    std::string_view rest = ports;
    while (!rest.empty()) {
        const auto comma = rest.find(',');
        const std::string_view port = rest.substr(0, comma);
        rest = comma == std::string_view::npos ? std::string_view{} : rest.substr(comma + 1);
        int number = 0;
        const auto [end, error] = std::from_chars(port.data(), port.data() + port.size(), number);
        const bool whole = error == std::errc{} && end == port.data() + port.size();
        if (!port.empty() && (!whole || number < 1 || number > 65'535))
            return invalid(fmt::format("'{}' is no port.", shortened(port, 20)),
                           "A port is a number from 1 to 65535; PostgreSQL's own is 5432.");
    }
    return {};
}

/// A key or certificate is a plain file: no relative path, which would depend on where the program
/// was started, and no engine of OpenSSL's.
Status checkFiles(const Parameters& parameters)
{
    for (const char* name : {"sslkey", "sslcert", "sslrootcert", "sslcrl"}) {
        const std::string value = valueOf(parameters, name);
        const bool system = std::string_view(name) == "sslrootcert" && value == "system";
        if (!value.empty() && value.front() != '/' && !system)
            return invalid(
                fmt::format("{} is no full path of a file: '{}'.", name, shortened(value, 60)),
                "Give the path from the root on, such as /etc/ssl/client.key.");
    }
    return {};
}

Status checkValues(const Parameters& parameters)
{
    const std::string mode = valueOf(parameters, "sslmode");
    if (!mode.empty() && !contains(kSslModes, mode))
        return invalid(fmt::format("There is no sslmode '{}'.", shortened(mode, 30)),
                       "Use verify-full, or a weaker one of verify-ca, require, prefer, allow and "
                       "disable if the server allows no better.");
    for (const auto& [name, value] : parameters) {
        if (value.find_first_of("\r\n") != std::string::npos)
            return invalid(fmt::format("The connection string has a line break in {}.", name),
                           std::string(kFormHint));
    }
    if (Status status = checkPorts(valueOf(parameters, "port")); !status)
        return status;
    return checkFiles(parameters);
}

Result<milliseconds> readMilliseconds(const SourceConfig& config, const std::string& key,
                                      milliseconds usual)
{
    const auto entry = config.format.find(key);
    if (entry == config.format.end() || entry->second.empty())
        return usual;
    const std::string& text = entry->second;
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size() || value < 1 ||
        value > 24 * 3'600'000)
        return invalid(fmt::format("'{}' is no time for the setting {}.", shortened(text, 30), key),
                       "Give milliseconds, from 1 to 86400000 (a day).");
    return milliseconds{value};
}

Result<PostgresTransfer> readTransfer(const SourceConfig& config)
{
    const auto entry = config.format.find("transfer");
    const std::string name = entry == config.format.end() ? "" : entry->second;
    if (name.empty() || name == "binary")
        return PostgresTransfer::Binary;
    if (name == "text")
        return PostgresTransfer::Text;
    if (name == "cursor")
        return PostgresTransfer::Cursor;
    return invalid(fmt::format("There is no transfer '{}'.", shortened(name, 30)),
                   "Use binary, text or cursor. Without the setting the best one that the server "
                   "has is taken.");
}

milliseconds readConnectTimeout(const Parameters& parameters)
{
    const int seconds = std::atoi(valueOf(parameters, "connect_timeout").c_str());
    return seconds > 0 ? milliseconds{std::min(seconds, 600) * 1000LL} : milliseconds{10'000};
}

/// For people: where the connection leads, without the user and without anything secret.
std::string describePlace(const Parameters& parameters)
{
    const std::string service = valueOf(parameters, "service");
    const std::string database = valueOf(parameters, "dbname");
    std::string host = valueOf(parameters, "host");
    if (host.empty())
        host = valueOf(parameters, "hostaddr");
    const std::string port = valueOf(parameters, "port");
    std::string place = database.empty() ? "the PostgreSQL server"
                                         : fmt::format("database {}", shortened(database, 60));
    if (!host.empty())
        place += fmt::format(" at {}{}", shortened(host, 120), port.empty() ? "" : ":" + port);
    else if (!service.empty())
        place += fmt::format(" of service {}", shortened(service, 60));
    return place;
}

void setUsual(Parameters& parameters, const char* name, const std::string& value)
{
    if (valueOf(parameters, name).empty())
        parameters.emplace_back(name, value);
}

} // namespace

bool isLocalPostgresHost(std::string_view host)
{
    const bool loopback =
        host.starts_with("127.") && host.find_first_not_of("0123456789.") == std::string_view::npos;
    return host.empty() || host.front() == '/' || host.front() == '@' || host == "localhost" ||
           host == "::1" || loopback;
}

Result<PostgresSettings> readPostgresSettings(const SourceConfig& config)
{
    if (trimmed(config.uri).empty())
        return invalid("The source has no connection string.", std::string(kFormHint));
    Result<Parameters> parameters = parse(config);
    if (!parameters)
        return fail(parameters.error());
    if (Status status = checkAllowed(config, *parameters); !status)
        return fail(status.error());
    if (Status status = checkValues(*parameters); !status)
        return fail(status.error());

    PostgresSettings settings;
    const auto statement = readMilliseconds(config, "statement_timeout", settings.statementTimeout);
    if (!statement)
        return fail(statement.error());
    const auto lock = readMilliseconds(config, "lock_timeout", settings.lockTimeout);
    if (!lock)
        return fail(lock.error());
    const auto transfer = readTransfer(config);
    if (!transfer)
        return fail(transfer.error());
    settings.source = config.name;
    settings.place = describePlace(*parameters);
    settings.hasSslMode = !valueOf(*parameters, "sslmode").empty();
    settings.connectTimeout = readConnectTimeout(*parameters);
    settings.statementTimeout = *statement;
    settings.lockTimeout = *lock;
    settings.transfer = *transfer;
    settings.parameters = std::move(*parameters);
    setUsual(settings.parameters, "application_name", "daymark");
    setUsual(settings.parameters, "client_encoding", "UTF8");
    setUsual(settings.parameters, "gssencmode", "disable");
    setUsual(settings.parameters, "keepalives_idle", "30");
    setUsual(settings.parameters, "keepalives_interval", "10");
    setUsual(settings.parameters, "keepalives_count", "3");
    setUsual(settings.parameters, "tcp_user_timeout", "30000");
    return settings;
}

} // namespace daymark
