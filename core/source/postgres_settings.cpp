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

std::string secretHint(const std::string& source)
{
    return fmt::format("Take it out, change it at the server if it was stored anywhere, and "
                       "keep it in the keychain, in the environment variable {} or in "
                       "~/.pgpass.",
                       secretVariable(source));
}

tl::unexpected<Error>
passwordGiven(const SourceConfig& config,
              std::string message = "The connection string carries a password.")
{
    return invalid(std::move(message), secretHint(config.name));
}

/// Whether a value carries a connection string of its own, which may hold a password: libpq takes
/// none there, but people paste them.
bool carriesMore(std::string_view name, std::string_view value)
{
    const std::string text = asciiLower(value);
    const bool isFile = name.starts_with("ssl") && text.starts_with('/');
    if (text.find("password=") != std::string::npos || text.find("://") != std::string::npos)
        return true;
    if (isFile)
        return false;
    const bool isUser = name == "user";
    const bool isHost = name == "host" && !text.starts_with('/') && !text.starts_with('@');
    return text.find('=') != std::string::npos ||
           (isUser &&
            (text.find(':') != std::string::npos || text.find("%3a") != std::string::npos)) ||
           (isHost && text.find('@') != std::string::npos);
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
                "Take it out; timeouts are set with --set statement_timeout=… and "
                "--set lock_timeout=….");
        if (carriesMore(name, value))
            return passwordGiven(config, fmt::format("The connection string has in its {} what may "
                                                     "carry a password.",
                                                     name));
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
            return invalid("The connection string has a port that is no port.",
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
                fmt::format("{} in the connection string is no full path of a file.", name),
                "Give the path from the root on, such as /etc/ssl/client.key.");
    }
    return {};
}

bool isWholeWithin(std::string_view text, std::int64_t least, std::int64_t most)
{
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc{} && end == text.data() + text.size() && number >= least &&
           number <= most;
}

/// A parameter of whole numbers.
struct NumberRange
{
    std::string_view name;
    std::int64_t least;
    std::int64_t most;
    std::string_view unit;
};

constexpr std::array kNumbers{
    NumberRange{"connect_timeout", 0, 600, " of seconds"},
    NumberRange{"keepalives", 0, 1, ""},
    NumberRange{"keepalives_idle", 0, 86'400, " of seconds"},
    NumberRange{"keepalives_interval", 0, 86'400, " of seconds"},
    NumberRange{"keepalives_count", 0, 1'000, ""},
    NumberRange{"tcp_user_timeout", 0, 86'400'000, " of milliseconds"},
    NumberRange{"sslsni", 0, 1, ""},
};

/// A parameter of a few words.
struct WordChoice
{
    std::string_view name;
    std::string_view words; ///< between commas
};

constexpr std::array kWords{
    WordChoice{"target_session_attrs", "any, read-write, read-only, primary, standby, "
                                       "prefer-standby"},
    WordChoice{"channel_binding", "prefer, require, disable"},
    WordChoice{"ssl_min_protocol_version", "TLSv1, TLSv1.1, TLSv1.2, TLSv1.3"},
};

/// What libpq would take as it stands, or refuse only once it connects.
Status checkNumbersAndWords(const Parameters& parameters)
{
    for (const NumberRange& range : kNumbers) {
        const std::string value = valueOf(parameters, range.name);
        if (!value.empty() && !isWholeWithin(value, range.least, range.most))
            return invalid(fmt::format("{} in the connection string is no whole number{} from {} "
                                       "to {}.",
                                       range.name, range.unit, range.least, range.most),
                           "Write the number in digits, or leave it out.");
    }
    for (const WordChoice& choice : kWords) {
        const std::string value = valueOf(parameters, choice.name);
        const std::string list = fmt::format(", {}, ", choice.words);
        if (!value.empty() && list.find(fmt::format(", {}, ", value)) == std::string::npos)
            return invalid(fmt::format("There is no {} '{}'.", choice.name, shortened(value, 30)),
                           fmt::format("Use one of {}.", choice.words));
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
    if (Status status = checkNumbersAndWords(parameters); !status)
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

Status checkPostgresFormat(const std::string& source,
                           const std::map<std::string, std::string>& given)
{
    static const std::vector<std::string> known{"date_format", "lock_timeout", "signal_date_format",
                                                "statement_timeout", "transfer"};
    for (const auto& [name, value] : given) {
        const std::string lower = asciiLower(name);
        if (lower.find("pass") != std::string::npos || lower.find("secret") != std::string::npos ||
            lower.find("pwd") != std::string::npos)
            return invalid(fmt::format("A source keeps no {}.", shortened(name, 40)),
                           secretHint(source));
        // An empty value takes a setting away, whatever it is called.
        if (value.empty() || contains(known, name))
            continue;
        const auto near = nearest(name, known);
        return fail(ErrorCode::UsageInvalid,
                    fmt::format("A PostgreSQL source has no setting {}.", shortened(name, 40)),
                    near ? fmt::format("Did you mean {}?", *near)
                         : fmt::format("Its settings are {}.", fmt::join(known, ", ")));
    }
    return {};
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
