// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ingest/metric_rules.h"

#include "core/base/text.h"

namespace daymark {

namespace {

struct Rows
{
    std::uint64_t value = 0;
    std::uint64_t ratio = 0;
};

/// A name without what people write differently: case, blanks and underscores.
std::string bareName(std::string_view name)
{
    std::string out;
    for (const char c : asciiLower(name)) {
        if (c != ' ' && c != '_' && c != '\t')
            out += c;
    }
    return out;
}

std::string counted(std::uint64_t rows, std::string_view what)
{
    return groupedDigits(rows) + " " + std::string(what) + (rows == 1 ? " row" : " rows");
}

std::string mixedMessage(const std::string& metric, const Rows& rows, const RuleExample& ratio)
{
    return "`" + shortened(metric) + "` has " + counted(rows.value, "value") + " and " +
           counted(rows.ratio, "ratio") + "; ratio row " + groupedDigits(ratio.row) +
           " is the first and makes it a ratio metric.";
}

} // namespace

void MetricRules::noteFirst(std::uint32_t metric, bool ratio, const Batch& batch, std::size_t row)
{
    Firsts& firsts = m_firsts[metric];
    std::optional<RuleExample>& first = ratio ? firsts.ratio : firsts.value;
    if (!first)
        first = exampleOf(batch, row, ratio ? metrics::Numerator : metrics::Value);
}

void MetricRules::conclude(const std::vector<Rollup>& rollups, const TextColumn& metrics,
                           const std::map<std::string, MetricKind>& known, RuleCounts& counts) const
{
    std::map<std::string, Rows> rows;
    for (const Rollup& rollup : rollups) {
        Rows& sum = rows[rollup.metric];
        sum.value += rollup.valueRows;
        sum.ratio += rollup.ratioRows;
    }
    std::map<std::string, std::string> bareNames;
    for (const auto& [name, kind] : known)
        bareNames.emplace(bareName(name), name);
    for (const auto& [number, firsts] : m_firsts) {
        const std::string name(metrics.at(number).view());
        const auto row = rows.find(name);
        if (row == rows.end())
            continue;
        const RuleExample& first = firsts.ratio ? *firsts.ratio : *firsts.value;
        if (row->second.value > 0 && row->second.ratio > 0)
            counts.countMetric(Rule::MetricMixedKind, first,
                               mixedMessage(name, row->second, first));
        const MetricKind kind = row->second.ratio > 0 ? MetricKind::Ratio : MetricKind::Value;
        const auto before = known.find(name);
        if (before != known.end() && before->second != kind)
            counts.countMetric(Rule::MetricKindChanged, first,
                               "`" + shortened(name) + "` landed as a " +
                                   (kind == MetricKind::Ratio ? "value" : "ratio") +
                                   " metric so far and comes as a " +
                                   (kind == MetricKind::Ratio ? "ratio" : "value") +
                                   " now, first in row " + groupedDigits(first.row) + ".");
        const auto [like, isNew] = bareNames.emplace(bareName(name), name);
        if (isNew || like->second == name || before != known.end())
            continue;
        RuleExample example = first;
        example.column = "metric_name";
        example.value = shortened(name);
        counts.countMetric(Rule::MetricNearDuplicate, std::move(example),
                           "`" + shortened(name) + "` looks like `" + shortened(like->second) +
                               "`.");
    }
}

} // namespace daymark
