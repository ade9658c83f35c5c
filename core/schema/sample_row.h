// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Rows of a day as they were read, kept for people to look at beside what the checks made of them.

#include "core/schema/rule.h"

#include <optional>

namespace daymark {

enum class RowFate {
    Accepted,
    Rejected,
    Dropped ///< a repeat of a row that was read before
};

/// A rule that a row broke.
struct RowFault
{
    Rule rule = Rule::Count;
    Severity severity = Severity::Error; ///< as it counts in this source
    std::optional<std::size_t> column;   ///< of the dataset; none: the whole row

    bool operator==(const RowFault&) const = default;
};

struct SampleRow
{
    std::string file;      ///< below the source's folder; empty for databases
    std::uint64_t row = 0; ///< line (files) or position in the read (databases), from 1
    RowFate fate = RowFate::Accepted;
    /// By column of the dataset: the value as the source had it, made fit for reading and cut at
    /// kSampleCellBytes; none for null. Empty for a line that could not be split.
    std::vector<std::optional<std::string>> cells;
    std::vector<RowFault> faults; ///< in the order of Rule
    std::string raw;              ///< of a line that could not be split: the line, cut alike
};

inline constexpr std::size_t kSampleCellBytes = 300;

/// Rows kept for each rule beyond the first rows of a day.
inline constexpr std::size_t kSamplesPerRule = 50;

} // namespace daymark
