// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ingest/ingest.h"
#include "core/ingest/rollup_table.h"
#include "core/ingest/rule_counts.h"

namespace daymark {

/// What can be said of a day's metrics as a whole: mixed and changed kinds, names that look alike.
class MetricRules
{
public:
    /// Remembers the first value row and the first ratio row of each metric.
    void noteFirst(std::uint32_t metric, bool ratio, const Batch& batch, std::size_t row);

    /// Counts what the accepted rows of the day amount to.
    void conclude(const std::vector<Rollup>& rollups, const TextColumn& metrics,
                  const std::map<std::string, MetricKind>& known, RuleCounts& counts) const;

private:
    struct Firsts
    {
        std::optional<RuleExample> value;
        std::optional<RuleExample> ratio;
    };
    std::map<std::uint32_t, Firsts> m_firsts;
};

} // namespace daymark
