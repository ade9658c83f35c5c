// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Connection strings of any text: what is taken holds no password and no parameter that changes
// more than where and how to connect, and a refusal does not repeat the string.
#include "core/source/postgres_settings.h"
#include "fuzz_input.h"

using namespace daymark;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const fuzz::Input input(data, size);
    SourceConfig config;
    config.name = "shop";
    config.kind = "postgres";
    config.uri = input.rest();
    const Result<PostgresSettings> settings = readPostgresSettings(config);
    if (!settings) {
        fuzz::hold(!settings.error().message.empty());
        // Without these signs it may be words that the message has of its own.
        fuzz::hold(config.uri.size() < 24 || config.uri.find_first_of("=@") == std::string::npos ||
                   settings.error().message.find(config.uri) == std::string::npos);
        return 0;
    }
    for (const auto& [name, value] : settings->parameters) {
        for (const std::string_view refused :
             {"password", "passfile", "sslpassword", "options", "requirepeer", "replication"})
            fuzz::hold(name != refused || value.empty());
        fuzz::hold(value.find('\0') == std::string::npos);
    }
    return 0;
}
