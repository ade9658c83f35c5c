// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ingest/exact_sum.h"
#include "core/schema/landed_block.h"
#include "core/schema/rollup.h"

#include <span>
#include <string>

namespace daymark {

/// The groups (pairs of metric and id type) of a day and what their rows come to. Used by one
/// thread.
class RollupTable
{
public:
    struct Group
    {
        std::uint32_t metric = 0;
        std::uint16_t idType = 0;
        bool seenValue = false; ///< had a value row
        bool seenRatio = false;
        std::uint64_t units = 0;
        std::uint64_t valueRows = 0;
        std::uint64_t ratioRows = 0;
        std::uint64_t zeroDenominators = 0;
        double minimum = 0;
        double maximum = 0;
        Hash128 hash; ///< its part of a row's hash
        Hash128 fingerprint;
        ExactSum sum;
        ExactSum squares;
        ExactSum numerators;
        ExactSum denominators;
    };

    RollupTable(const TextColumn& metrics, std::span<const std::string> idTypes)
        : m_metrics(metrics), m_idTypes(idTypes)
    {}

    /// The number of a group, given out in the order of first use.
    [[nodiscard]] std::uint32_t groupOf(std::uint32_t metric, std::uint16_t idType)
    {
        if (metric < m_byMetric.size()) {
            const std::uint32_t first = m_byMetric[metric].first;
            if (first != kNone && m_groups[first].idType == idType)
                return first;
        }
        return findGroup(metric, idType);
    }

    [[nodiscard]] Group& group(std::uint32_t number) { return m_groups[number]; }
    [[nodiscard]] std::size_t size() const { return m_groups.size(); }

    /// Adds the numbers of a page's rows; their fingerprints and units are counted row by row.
    void addPage(const LandedPage& page);

    /// Gives `names` the texts of the groups from `first` on.
    void nameGroups(LandedNames& names, std::size_t first) const;

    /// By metric, then id type.
    [[nodiscard]] std::vector<Rollup> rollups() const;

private:
    static constexpr std::uint32_t kNone = 0xFFFFFFFF;
    struct Metric
    {
        std::uint32_t first = kNone;
        std::vector<std::uint32_t> others;
    };
    [[nodiscard]] std::uint32_t findGroup(std::uint32_t metric, std::uint16_t idType);
    static void addRow(Group& group, const LandedRow& row);

    const TextColumn& m_metrics;
    std::span<const std::string> m_idTypes;
    std::vector<Group> m_groups;
    std::vector<Metric> m_byMetric;
};

} // namespace daymark
