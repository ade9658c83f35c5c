// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What an operator says of a source, and what was found when it was set up.

#include "core/schema/dataset.h"

#include <map>
#include <string>

namespace daymark {

/// What happens to a further row of the same unit, id type, day and metric.
enum class UnitDay {
    Reject, ///< the first row read is kept, the others are rejected
    First,  ///< the first row read is kept, the others are dropped and counted
    Sum,    ///< all are kept and add up
};

[[nodiscard]] std::string_view unitDayName(UnitDay policy);
[[nodiscard]] std::optional<UnitDay> findUnitDay(std::string_view name);

struct SourceConfig
{
    std::string name;
    std::string kind; ///< a name of the registry of kinds: `sqlite`, `files`, `postgres`
    DatasetKind dataset = DatasetKind::Metrics;
    std::string uri;   ///< file, folder or connection string; never a secret
    std::string table; ///< table, view, or file or folder below the URI; empty: the dataset's own
    std::string query; ///< a SELECT in place of a table; empty otherwise
    std::string signalTable;                      ///< empty: the dataset's own
    std::map<std::string, std::string> columnMap; ///< canonical name → the source's name
    UnitDay unitDay = UnitDay::Reject;
    std::string timeZone = "UTC";

    /// What was found at set-up or set by the operator, by kind: `delimiter`, `quote`, `header`,
    /// `date_format`, `signal_date_format`, `final_newline`, …. An import never guesses.
    std::map<std::string, std::string> format;
};

} // namespace daymark
