// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ingest/unit_days.h"

#include <algorithm>
#include <utility>

namespace daymark {

UnitDays::UnitDays(std::size_t hashMemory, std::filesystem::path spillFolder)
    : m_pairs(hashMemory, std::move(spillFolder))
{}

Hash128 UnitDays::pairKey(std::uint32_t group, const Hash128& unitHash)
{
    return KeySet::mixed({unitHash.low ^ (group + 1) * 0x9E3779B97F4A7C15ULL, unitHash.high});
}

bool UnitDays::insertNumber(std::uint32_t group, std::uint32_t unit)
{
    if (group >= m_groups.size())
        m_groups.resize(group + 1);
    Group& spans = m_groups[group];
    const std::size_t index = unit >> kSpanBits;
    if (index >= spans.size()) {
        m_memory += (index + 1 - spans.size()) * sizeof(Span);
        spans.resize(index + 1);
    }
    Span& span = spans[index];
    const auto within = static_cast<std::uint16_t>(unit & ((1U << kSpanBits) - 1));
    if (!span.bits)
        return insertFew(span, within);
    std::uint64_t& word = span.bits[within >> 6U];
    const std::uint64_t bit = std::uint64_t{1} << (within & 63U);
    const bool isNew = (word & bit) == 0;
    word |= bit;
    return isNew;
}

bool UnitDays::insertFew(Span& span, std::uint16_t within)
{
    std::vector<std::uint16_t>& few = span.few;
    if (few.empty() || few.back() < within) {
        few.push_back(within);
    } else {
        const auto place = std::lower_bound(few.begin(), few.end(), within);
        if (*place == within)
            return false;
        few.insert(place, within);
    }
    m_memory += sizeof(std::uint16_t);
    if (few.size() * sizeof(std::uint16_t) >= kWords * sizeof(std::uint64_t))
        toBits(span);
    return true;
}

void UnitDays::toBits(Span& span)
{
    span.bits = std::make_unique<std::uint64_t[]>(kWords);
    for (const std::uint16_t within : span.few)
        span.bits[within >> 6U] |= std::uint64_t{1} << (within & 63U);
    span.few = {};
}

Status UnitDays::switchToHashes(const UnitTable& units)
{
    for (std::uint32_t group = 0; group < m_groups.size(); ++group) {
        Group& spans = m_groups[group];
        for (std::size_t index = 0; index < spans.size(); ++index) {
            Span& span = spans[index];
            if (!span.bits)
                toBits(span);
            for (std::uint32_t within = 0; within < kWords * 64; ++within) {
                if ((span.bits[within >> 6U] >> (within & 63U) & 1U) == 0)
                    continue;
                const auto unit = static_cast<std::uint32_t>(index << kSpanBits) + within;
                const Hash128 hash = hash128(units.text(unit));
                if (m_pairs.insert(pairKey(group, hash)) == Seen::Failed)
                    return fail(m_pairs.error());
            }
            span = Span();
        }
        Group().swap(spans);
    }
    std::vector<Group>().swap(m_groups);
    m_memory = 0;
    m_hashed = true;
    return {};
}

} // namespace daymark
