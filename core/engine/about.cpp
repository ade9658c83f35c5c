// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/about.h"

#include "core/base/text.h"
#include "core/duckdb/duck_database.h"
#include "core/source/registry.h"

#include <sqlite3.h>

namespace daymark {

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
    return {{"DuckDB", DuckDatabase::libraryVersion()}, {"SQLite", sqlite3_libversion()}};
}

} // namespace daymark
