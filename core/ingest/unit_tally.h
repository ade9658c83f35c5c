// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Finds the unit that many of a day's rows belong to, in one pass and little memory (Misra and
// Gries):
// 1. A row of a counted unit raises its count.
// 2. A row of another one takes a free place with a count of 1.
// 3. Where no place is free, every count falls by 1, and those at 0 become free.
// A count is never too high, and too low by at most rows / (places + 1).

#include "core/base/hash.h"
#include "core/ingest/ingest.h"

#include <array>

namespace daymark {

class UnitTally
{
public:
    /// @param hash  of the unit's text.
    void add(const Hash128& hash, std::string_view unit);

    /// The unit with the highest count; none before it has a few rows.
    [[nodiscard]] std::optional<UnitShare> heaviest() const;

private:
    static constexpr std::size_t kPlaces = 31;
    static constexpr std::uint64_t kNamedFrom = 8; ///< rows from which a unit is worth its text

    std::array<std::uint64_t, kPlaces> m_keys{};
    std::array<std::uint64_t, kPlaces> m_counts{}; ///< 0: the place is free
    std::array<std::string, kPlaces> m_names;
};

} // namespace daymark
