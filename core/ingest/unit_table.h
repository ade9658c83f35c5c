// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/schema/landed_block.h"

namespace daymark {

/// Numbers the different texts of a day's unit_id column in the order in which they came up, and
/// keeps them in a LandedNames for the blocks. Used by one thread; the LandedNames may be read by
/// others.
class UnitTable
{
public:
    UnitTable();

    /// The number of a text whose hash128 is `hash`; a new text is copied and given the next
    /// number.
    [[nodiscard]] std::uint32_t numberOf(std::string_view text, const Hash128& hash);

    void prefetch(const Hash128& hash) const { __builtin_prefetch(&m_slots[slotOf(hash)]); }
    /// A later step of the same: what the slot leads to.
    void prefetchText(const Hash128& hash) const
    {
        const std::uint64_t slot = m_slots[slotOf(hash)];
        if (slot != 0)
            __builtin_prefetch(&m_names->units.at(static_cast<std::uint32_t>(slot) - 1));
    }

    [[nodiscard]] std::size_t size() const { return m_names->units.size(); }
    [[nodiscard]] std::size_t memory() const
    {
        return m_memory + m_slots.size() * sizeof(m_slots[0]);
    }
    [[nodiscard]] const std::shared_ptr<LandedNames>& names() const { return m_names; }
    [[nodiscard]] std::string_view text(std::uint32_t number) const
    {
        return m_names->units.at(number).view();
    }

    /// Begins anew with empty names; blocks that hold the old ones keep them alive.
    void restart();

private:
    [[nodiscard]] std::size_t slotOf(const Hash128& hash) const
    {
        return static_cast<std::size_t>(hash.low) & (m_slots.size() - 1);
    }
    std::uint32_t append(std::string_view text);
    [[nodiscard]] PackedText keep(std::string_view text);
    void grow();

    std::shared_ptr<LandedNames> m_names;
    /// The high half of a hash's low word beside the number plus one; 0: empty. A power of two.
    std::vector<std::uint64_t> m_slots;
    char* m_free = nullptr; ///< where the next long text goes
    std::size_t m_freeBytes = 0;
    std::size_t m_memory = 0;
};

/// Copies a text into the memory of `names`, for texts of groups; returns it packed.
[[nodiscard]] PackedText keptText(LandedNames& names, std::string_view text);

} // namespace daymark
