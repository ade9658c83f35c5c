// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ingest/unit_tally.h"

#include "core/base/text.h"

#include <algorithm>

namespace daymark {

void UnitTally::add(const Hash128& hash, std::string_view unit)
{
    std::size_t free = kPlaces;
    for (std::size_t i = 0; i < kPlaces; ++i) {
        if (m_counts[i] == 0) {
            free = i;
        } else if (m_keys[i] == hash.low) {
            if (++m_counts[i] == kNamedFrom)
                m_names[i] = shortened(unit);
            return;
        }
    }
    if (free < kPlaces) {
        m_keys[free] = hash.low;
        m_counts[free] = 1;
        return;
    }
    for (std::uint64_t& count : m_counts)
        --count;
}

std::optional<UnitShare> UnitTally::heaviest() const
{
    const auto most = std::max_element(m_counts.begin(), m_counts.end());
    if (*most < kNamedFrom)
        return std::nullopt;
    return UnitShare{m_names[static_cast<std::size_t>(most - m_counts.begin())], *most};
}

} // namespace daymark
