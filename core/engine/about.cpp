// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/about.h"

#include "core/base/text.h"
#include "core/duckdb/duck_database.h"
#include "core/source/registry.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <curl/curl.h>
#include <fmt/core.h>
#include <libpq-fe.h>
#include <nlohmann/json_fwd.hpp>
#include <openssl/crypto.h>
#include <sqlite3.h>
#include <tl/expected.hpp>
#include <xxhash.h>
#include <zlib.h>
#include <zstd.h>

#include <algorithm>

namespace daymark {

namespace {

std::string wholeVersion(int major, int minor, int patch)
{
    return std::to_string(major) + "." + std::to_string(minor) + "." + std::to_string(patch);
}

/// A version that is one number: `major * unit + minor * part + patch`, or without `part`
/// `major * unit + minor`.
std::string dotted(int number, int unit, int part)
{
    if (part == 0)
        return std::to_string(number / unit) + "." + std::to_string(number % unit);
    return wholeVersion(number / unit, number % unit / part, number % part);
}

/// A line break in a name could begin a statement of its own where a text is pasted.
Status checkPlainName(std::string_view name)
{
    const bool plain = std::none_of(name.begin(), name.end(),
                                    [](unsigned char c) { return c < 0x20 || c == 0x7F; });
    if (plain && isUtf8(name))
        return {};
    return fail(ErrorCode::UsageInvalid,
                "The name '" + shortened(name) + "' has a line break or another control character.",
                "Write the name in one line.");
}

} // namespace

std::vector<KindOffer> offeredKinds()
{
    std::vector<KindOffer> offers;
    for (const SourceKind& kind : sourceKinds())
        offers.push_back({std::string(kind.name), std::string(kind.title),
                          std::string(kind.uriHelp), kind.takesQuery, kind.setUp != nullptr,
                          std::string(kind.summary), kind.uriIsPath, kind.uriCanBeFolder,
                          kind.takesSecret});
    return offers;
}

Result<std::string> setupStatements(const SetupOffer& offer)
{
    const SourceKind* kind = findSourceKind(offer.kind);
    if (!kind || !kind->setUp)
        return fail(ErrorCode::UsageInvalid,
                    "There is nothing to set up for the kind '" + shortened(offer.kind) + "'.",
                    "Statements are there for --kind postgres.");
    for (const std::string& name : {offer.role, offer.schema, offer.table, offer.signalTable})
        if (Status plain = checkPlainName(name); !plain)
            return fail(plain.error());
    SourceSetup wanted;
    if (!offer.role.empty())
        wanted.role = offer.role;
    if (!offer.schema.empty())
        wanted.schema = offer.schema;
    wanted.table = offer.table;
    wanted.signalTable = offer.signalTable;
    return kind->setUp(wanted);
}

std::vector<std::pair<std::string, std::string>> libraryVersions()
{
    // What was loaded, where a library can be asked; what was compiled in, where it is headers.
    return {{"DuckDB", DuckDatabase::libraryVersion()},
            {"SQLite", sqlite3_libversion()},
            {"SQLiteCpp", dotted(SQLITECPP_VERSION_NUMBER, 1000000, 1000)},
            {"libpq", dotted(PQlibVersion(), 10000, 0)},
            {"libcurl", curl_version_info(CURLVERSION_NOW)->version},
            {"OpenSSL", OpenSSL_version(OPENSSL_VERSION_STRING)},
            {"zlib", zlibVersion()},
            {"zstd", ZSTD_versionString()},
            {"xxHash", dotted(XXH_VERSION_NUMBER, 10000, 100)},
            {"fmt", dotted(FMT_VERSION, 10000, 100)},
            {"nlohmann/json", wholeVersion(NLOHMANN_JSON_VERSION_MAJOR, NLOHMANN_JSON_VERSION_MINOR,
                                           NLOHMANN_JSON_VERSION_PATCH)},
            {"date", DAYMARK_DATE_VERSION},
            {"tl::expected", wholeVersion(TL_EXPECTED_VERSION_MAJOR, TL_EXPECTED_VERSION_MINOR,
                                          TL_EXPECTED_VERSION_PATCH)}};
}

} // namespace daymark
