// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What a place holds, for people who choose where a source's rows are.

#include "core/schema/mapping.h"

#include <cstdint>
#include <vector>

namespace daymark {

/// Something that rows can be read from.
struct PlaceItem
{
    std::string name;  ///< what a source's `table` takes; empty: what is found without a name
    std::string title; ///< for people: `metrics/*/`; the name where that says it all
    std::string kind;  ///< `table`, `view`, `CSV file`, `folder`, …
    std::optional<std::uint64_t> rows; ///< about, where that is cheap to know
};

/// The columns of a table, a query or a file with its first rows.
struct PlaceSample
{
    std::string title;
    std::vector<SourceColumn> columns;
    /// By row and column, shortened; none for null. Of very wide tables only the first columns.
    std::vector<std::vector<std::optional<std::string>>> rows;
};

inline constexpr std::size_t kSampleColumns = 200;
inline constexpr std::size_t kSampleValueBytes = 120;

} // namespace daymark
