// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ingest/checker.h"
#include "core/schema/source_config.h"

#include <map>

namespace daymark {

/// Counts how often each rule was broken and keeps the first rows that did.
class RuleCounts
{
public:
    RuleCounts(std::span<const std::string> idTypes, UnitDay unitDay);

    /// Counts every rule of the mask for one row.
    void count(std::uint32_t rules, const Batch& batch, std::size_t row);
    void countBroken(const Batch& batch, const BrokenRow& broken);
    /// Counts a finding about a metric, not a row: `message` joins those of the rule.
    void countMetric(Rule rule, RuleExample example, std::string message);

    /// Those that were broken, in the order of Rule.
    [[nodiscard]] std::vector<RuleCount> taken();

private:
    void keepExample(Rule rule, const Batch& batch, std::size_t row);
    void noteIdType(const Batch& batch, std::size_t row);
    [[nodiscard]] std::string message(Rule rule) const;

    std::span<const std::string> m_idTypes;
    UnitDay m_unitDay;
    std::vector<RuleCount> m_counts; ///< one a rule
    std::map<std::string, std::uint64_t> m_unknownIdTypes;
    std::string m_firstBroken; ///< the reason of the first broken line
};

/// The column whose value breaks a rule in a row.
[[nodiscard]] std::size_t blamedColumn(Rule rule, const Batch& batch, std::size_t row);

/// How a rule counts under a source's setting.
[[nodiscard]] Severity severityAs(Rule rule, UnitDay unitDay);

/// The row of a batch as an example, with the value of `column`.
[[nodiscard]] RuleExample exampleOf(const Batch& batch, std::size_t row, std::size_t column);

} // namespace daymark
