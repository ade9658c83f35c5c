// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What this build offers, for help texts, choices and `--version`.

#include "core/base/error.h"

#include <string>
#include <utility>
#include <vector>

namespace daymark {

/// A kind of source that can be added.
struct KindOffer
{
    std::string name;    ///< `sqlite`
    std::string title;   ///< `SQLite database`, for people
    std::string uriHelp; ///< what its `uri` takes
    bool takesQuery = false;
    bool hasSetup = false; ///< whether setupStatements() has any for it
    std::string summary;   ///< one sentence for those who choose a kind
    bool uriIsPath = true; ///< its `uri` names a file or folder
    bool uriCanBeFolder = false;
    bool takesSecret = false; ///< whether a password may be needed
};

/// What a customer's database is to have before it becomes a source; empty names mean the usual
/// ones.
struct SetupOffer
{
    std::string kind;
    std::string role;
    std::string schema;
    std::string table;
    std::string signalTable;
};

/// The statements for the database's owner to run. ErrorCode::UsageInvalid for a kind that is
/// unknown or needs none.
[[nodiscard]] Result<std::string> setupStatements(const SetupOffer& offer);

/// The kinds of the registry, in its order.
[[nodiscard]] std::vector<KindOffer> offeredKinds();

/// Name and version of each library that the engine stands on, as `--version` names them.
[[nodiscard]] std::vector<std::pair<std::string, std::string>> libraryVersions();

} // namespace daymark
