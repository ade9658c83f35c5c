// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/arguments.h"
#include "core/engine/views.h"

namespace daymark::cli {

/// What `source add` and `source edit` take, as it was given.
struct SettingsAsked
{
    std::string name;
    std::optional<std::string> kind;
    std::optional<std::string> dataset;
    std::optional<std::string> order;
    std::optional<std::string> unitDay;
    std::optional<std::int64_t> horizonDays;
    std::optional<std::int64_t> pollMinutes;
    std::optional<std::int64_t> stalenessDays;
    std::optional<std::string> recheck;
    std::optional<std::int64_t> recheckDays;
    std::map<std::string, std::string> schemaChanges; ///< kind → action
    std::optional<std::int64_t> keepVersions;
    std::optional<std::int64_t> keepDays;
    SourceSettings settings;
};

/// Declares where the rows and the signals are, and how the source's days are taken in.
void declareSettings(Arguments& arguments, SettingsAsked& asked);

/// The settings that were given, as the engine takes them.
[[nodiscard]] SourceSettings settingsOf(const SettingsAsked& asked);

} // namespace daymark::cli
