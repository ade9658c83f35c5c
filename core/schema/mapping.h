// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Maps a source's columns onto a dataset's by name, and says what is wrong before any row is read.

#include "core/schema/dataset.h"
#include "core/schema/rule.h"

#include <map>
#include <optional>

namespace daymark {

/// What a source says of one of its columns.
struct SourceColumn
{
    std::string name;     ///< as the source spells it
    std::string typeName; ///< as the source declares it (`VARCHAR(20)`), for people; may be empty
    /// What the declared type can hold at all; anything where the source doesn't say.
    bool canHoldText = true;
    bool canHoldDate = true;
    bool canHoldNumber = true;
};

/// By canonical column: the position of the source's column that feeds it.
struct ColumnMapping
{
    std::vector<std::optional<std::size_t>> positions;
    std::vector<std::string> names; ///< the source's own spelling, empty where unmapped
};

struct MappedSchema
{
    ColumnMapping mapping;
    std::vector<SchemaFinding> findings;

    /// Whether a finding forbids an import.
    [[nodiscard]] bool hasErrors() const;
};

/// Finds each canonical column: first by `overrides` (canonical name → source's name; an empty name
/// leaves the column unmapped), then by exact name, then by the name cleaned of blanks, quotes, a
/// byte-order mark and case (`schema.column_dirty`). A column taken by an override is not taken
/// again by its own name. Names that two columns share (`schema.column_duplicate`), needed columns
/// that are not found, types that can never fit, a metrics source with neither `metric_value` nor
/// `numerator` and `denominator`, and columns nothing is mapped to become findings with the codes
/// of the import formats.
[[nodiscard]] MappedSchema mapColumns(const Dataset& dataset, std::span<const SourceColumn> columns,
                                      const std::map<std::string, std::string>& overrides);

/// The name without blanks, quotes and a byte-order mark at its ends, in lower case.
[[nodiscard]] std::string cleanedName(std::string_view name);

} // namespace daymark
