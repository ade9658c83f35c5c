// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ingest/key_set.h"
#include "core/ingest/unit_table.h"

#include <memory>
#include <vector>

namespace daymark {

/// Which units a group (metric and id type) has had so far: both the test for a further row of a
/// unit and the count of different units. Units are sets of numbers to begin with (2 bytes for a
/// unit here and there, a bit where they lie close together); once the table of units has grown too
/// large for the memory, pairs of unit and group are kept as 128-bit hashes that spill to the disk.
class UnitDays
{
public:
    UnitDays(std::size_t hashMemory, std::filesystem::path spillFolder);

    /// New: the group's first row of that unit.
    [[nodiscard]] Seen insert(std::uint32_t group, std::uint32_t unit, const Hash128& unitHash)
    {
        if (m_hashed)
            return m_pairs.insert(pairKey(group, unitHash));
        return insertNumber(group, unit) ? Seen::New : Seen::Before;
    }
    [[nodiscard]] const Error& error() const { return m_pairs.error(); } ///< after Seen::Failed

    /// From now on unit numbers mean nothing any more.
    [[nodiscard]] Status switchToHashes(const UnitTable& units);
    [[nodiscard]] bool isHashed() const { return m_hashed; }
    [[nodiscard]] std::size_t memory() const { return m_memory; }
    [[nodiscard]] std::uint64_t spilled() const { return m_pairs.spilled(); }

private:
    static constexpr std::size_t kSpanBits = 12; ///< units of a span
    static constexpr std::size_t kWords = (std::size_t{1} << kSpanBits) / 64;

    /// A span of numbers: sorted while few, a bitmap once the list would be as large.
    struct Span
    {
        std::vector<std::uint16_t> few;
        std::unique_ptr<std::uint64_t[]> bits;
    };
    using Group = std::vector<Span>;

    [[nodiscard]] bool insertNumber(std::uint32_t group, std::uint32_t unit);
    [[nodiscard]] bool insertFew(Span& span, std::uint16_t within);
    void toBits(Span& span);
    [[nodiscard]] static Hash128 pairKey(std::uint32_t group, const Hash128& unitHash);

    std::vector<Group> m_groups;
    KeySet m_pairs;
    bool m_hashed = false;
    std::size_t m_memory = 0; ///< of the spans
};

} // namespace daymark
