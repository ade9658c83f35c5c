// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The kinds of source. A new kind is one file pair and one line in registry.cpp.

#include "core/source/browse.h"

#include <functional>

namespace daymark {

/// What a new customer's database is to have.
struct SourceSetup
{
    DatasetKind dataset = DatasetKind::Metrics;
    std::string role = "daymark";  ///< that this program logs in as
    std::string schema = "public"; ///< of both tables
    std::string table;             ///< empty: the dataset's own
    std::string signalTable;       ///< empty: the dataset's own
};

struct SourceKind
{
    std::string_view name;    ///< `sqlite`
    std::string_view title;   ///< `SQLite database`, for people
    std::string_view uriHelp; ///< what `--uri` takes
    std::string_view summary; ///< one sentence for those who choose a kind
    bool takesQuery = false;  ///< whether `--query` means something
    /// Checks the settings without touching the outside world and makes the source.
    std::function<Result<std::unique_ptr<Source>>(const SourceConfig&)> make;
    bool uriIsPath = true; ///< `--uri` names a file or folder; it is kept as an absolute path
    bool uriCanBeFolder = false;
    bool takesSecret = false; ///< whether a password may be needed
    /// The statements that make a customer's tables and a role that may only read them; empty for
    /// kinds that have none.
    std::function<std::string(const SourceSetup&)> setUp = {};
    /// Looks around the place of a configuration whose table is not chosen yet.
    std::function<PlaceListing(const SourceConfig&, std::stop_token)> browse = {};
    /// The first rows of a configuration's table or query, all of its columns as they are.
    std::function<Result<PlaceSample>(const SourceConfig&, std::size_t rows, std::stop_token)>
        sample = {};
    /// Holds format settings that an operator gives for the named source against those that there
    /// are; empty for kinds that take any.
    std::function<Status(const std::string& source, const std::map<std::string, std::string>&)>
        checkGiven = {};
};

[[nodiscard]] std::span<const SourceKind> sourceKinds();
[[nodiscard]] const SourceKind* findSourceKind(std::string_view name);

/// Makes the source of a configuration. ErrorCode::SourceInvalid for settings that cannot be right.
[[nodiscard]] Result<std::unique_ptr<Source>> makeSource(const SourceConfig& config);

} // namespace daymark
