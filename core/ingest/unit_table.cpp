// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ingest/unit_table.h"

namespace daymark {

namespace {

constexpr std::size_t kFirstUnits = std::size_t{1} << 12U;
constexpr std::size_t kArenaBytes = std::size_t{256} << 10U;

std::uint64_t tagOf(const Hash128& hash) { return hash.high & 0xFFFFFFFF00000000ULL; }

bool sameText(const PackedText& known, std::string_view text)
{
    return known.size == text.size() && sameBytes(known.view().data(), text.data(), text.size());
}

} // namespace

UnitTable::UnitTable() { restart(); }

void UnitTable::restart()
{
    m_names = std::make_shared<LandedNames>();
    m_slots.assign(kFirstUnits, 0);
    m_free = nullptr;
    m_freeBytes = 0;
    m_memory = 0;
}

std::uint32_t UnitTable::numberOf(std::string_view text, const Hash128& hash)
{
    std::size_t at = slotOf(hash);
    const std::uint64_t tag = tagOf(hash);
    while (m_slots[at] != 0) {
        const std::uint64_t slot = m_slots[at];
        if ((slot & 0xFFFFFFFF00000000ULL) == tag) {
            const auto number = static_cast<std::uint32_t>(slot) - 1;
            if (sameText(m_names->units.at(number), text))
                return number;
        }
        at = (at + 1) & (m_slots.size() - 1);
    }
    const std::uint32_t number = append(text);
    m_slots[at] = tag | (number + 1);
    if (size() * 5 > m_slots.size() * 3)
        grow();
    return number;
}

std::uint32_t UnitTable::append(std::string_view text)
{
    const auto number = static_cast<std::uint32_t>(size());
    m_names->units.append(keep(text));
    m_memory += sizeof(PackedText);
    return number;
}

PackedText UnitTable::keep(std::string_view text)
{
    if (text.size() <= PackedText::kInline)
        return PackedText(text);
    if (text.size() > m_freeBytes) {
        m_freeBytes = std::max(kArenaBytes, text.size());
        m_names->memory.push_back(std::make_unique<char[]>(m_freeBytes));
        m_free = m_names->memory.back().get();
        m_memory += m_freeBytes;
    }
    std::memcpy(m_free, text.data(), text.size());
    const PackedText kept(std::string_view(m_free, text.size()));
    m_free += text.size();
    m_freeBytes -= text.size();
    return kept;
}

void UnitTable::grow()
{
    m_slots.assign(m_slots.size() * 2, 0);
    for (std::size_t i = 0; i < size(); ++i) {
        const Hash128 hash = hash128(m_names->units.at(i).view());
        std::size_t at = slotOf(hash);
        while (m_slots[at] != 0)
            at = (at + 1) & (m_slots.size() - 1);
        m_slots[at] = tagOf(hash) | (i + 1);
    }
}

PackedText keptText(LandedNames& names, std::string_view text)
{
    if (text.size() <= PackedText::kInline)
        return PackedText(text);
    names.memory.push_back(std::make_unique<char[]>(text.size()));
    std::memcpy(names.memory.back().get(), text.data(), text.size());
    return PackedText(std::string_view(names.memory.back().get(), text.size()));
}

} // namespace daymark
