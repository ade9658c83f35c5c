// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/about.h"

#include "core/duckdb/duck_database.h"
#include "core/source/registry.h"

#include <sqlite3.h>

namespace daymark {

std::vector<KindOffer> offeredKinds()
{
    std::vector<KindOffer> offers;
    for (const SourceKind& kind : sourceKinds())
        offers.push_back({std::string(kind.name), std::string(kind.title),
                          std::string(kind.uriHelp), kind.takesQuery});
    return offers;
}

std::vector<std::pair<std::string, std::string>> libraryVersions()
{
    return {{"DuckDB", DuckDatabase::libraryVersion()}, {"SQLite", sqlite3_libversion()}};
}

} // namespace daymark
