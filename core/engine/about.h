// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What this build offers, for help texts, choices and `--version`.

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
};

/// The kinds of the registry, in its order.
[[nodiscard]] std::vector<KindOffer> offeredKinds();

/// Name and version of each library that the engine stands on.
[[nodiscard]] std::vector<std::pair<std::string, std::string>> libraryVersions();

} // namespace daymark
