// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ingest/rollup_table.h"

#include "core/ingest/unit_table.h"

#include <algorithm>
#include <tuple>

namespace daymark {

std::uint32_t RollupTable::findGroup(std::uint32_t metric, std::uint16_t idType)
{
    if (metric >= m_byMetric.size())
        m_byMetric.resize(metric + 1);
    Metric& entry = m_byMetric[metric];
    for (const std::uint32_t number : entry.others) {
        if (m_groups[number].idType == idType)
            return number;
    }
    const auto number = static_cast<std::uint32_t>(m_groups.size());
    Group& group = m_groups.emplace_back();
    group.metric = metric;
    group.idType = idType;
    group.hash = landedGroupHash(m_idTypes[idType], m_metrics.at(metric).view());
    if (entry.first == kNone)
        entry.first = number;
    else
        entry.others.push_back(number);
    return number;
}

void RollupTable::addRow(Group& group, const LandedRow& row)
{
    if (isNullNumber(row.value)) {
        ++group.ratioRows;
        group.zeroDenominators += row.denominator == 0 ? 1 : 0;
        group.numerators.add(row.numerator);
        group.denominators.add(row.denominator);
        return;
    }
    const bool first = group.valueRows++ == 0;
    // A zero counts as 0 whatever its sign, so that the order of rows doesn't show.
    const double value = row.value + 0.0;
    group.minimum = first || value < group.minimum ? value : group.minimum;
    group.maximum = first || value > group.maximum ? value : group.maximum;
    group.sum.add(value);
    group.squares.addSquare(value);
}

void RollupTable::addPage(const LandedPage& page)
{
    for (std::size_t i = 0; i < page.count; ++i)
        addRow(m_groups[page.rows[i].group], page.rows[i]);
}

void RollupTable::nameGroups(LandedNames& names, std::size_t first) const
{
    for (std::size_t i = first; i < m_groups.size(); ++i) {
        names.metrics.append(keptText(names, m_metrics.at(m_groups[i].metric).view()));
        names.idTypes.append(keptText(names, m_idTypes[m_groups[i].idType]));
    }
}

std::vector<Rollup> RollupTable::rollups() const
{
    std::vector<Rollup> out;
    for (const Group& group : m_groups) {
        Rollup rollup;
        rollup.metric = m_metrics.at(group.metric).view();
        rollup.idType = m_idTypes[group.idType];
        rollup.rows = group.valueRows + group.ratioRows;
        rollup.units = group.units;
        rollup.valueRows = group.valueRows;
        rollup.ratioRows = group.ratioRows;
        rollup.sum = group.sum.rounded();
        rollup.sumSquares = group.squares.rounded();
        rollup.minimum = group.minimum;
        rollup.maximum = group.maximum;
        rollup.numeratorSum = group.numerators.rounded();
        rollup.denominatorSum = group.denominators.rounded();
        rollup.zeroDenominators = group.zeroDenominators;
        rollup.fingerprint = group.fingerprint;
        if (rollup.rows > 0)
            out.push_back(std::move(rollup));
    }
    std::sort(out.begin(), out.end(), [](const Rollup& a, const Rollup& b) {
        return std::tie(a.metric, a.idType) < std::tie(b.metric, b.idType);
    });
    return out;
}

} // namespace daymark
