// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The kinds of source. A new kind is one file pair and one line in registry.cpp.

#include "core/source/source.h"

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
    bool takesQuery = false;  ///< whether `--query` means something
    /// Checks the settings without touching the outside world and makes the source.
    std::function<Result<std::unique_ptr<Source>>(const SourceConfig&)> make;
    bool uriIsPath = true; ///< `--uri` names a file or folder; it is kept as an absolute path
    /// The statements that make a customer's tables and a role that may only read them; empty for
    /// kinds that have none.
    std::function<std::string(const SourceSetup&)> setUp = {};
};

[[nodiscard]] std::span<const SourceKind> sourceKinds();
[[nodiscard]] const SourceKind* findSourceKind(std::string_view name);

/// Makes the source of a configuration. ErrorCode::SourceInvalid for settings that cannot be right.
[[nodiscard]] Result<std::unique_ptr<Source>> makeSource(const SourceConfig& config);

} // namespace daymark
