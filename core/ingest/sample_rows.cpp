// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ingest/sample_rows.h"

#include "core/base/text.h"
#include "core/ingest/rule_counts.h"

#include <algorithm>
#include <bit>
#include <numeric>

namespace daymark {

namespace {

std::optional<std::string> cellText(const Batch& batch, std::size_t row, std::size_t column)
{
    const bool mapped = column < batch.columns.size() && !batch.columns[column].empty();
    if (!mapped || batch.columns[column][row].isNull())
        return std::nullopt;
    const Cell& cell = batch.columns[column][row];
    return cell.kind == Cell::Kind::Text ? shortened(cell.asText(), kSampleCellBytes)
                                         : shortened(formatCell(cell), kSampleCellBytes);
}

} // namespace

SampleRows::SampleRows(std::size_t first, UnitDay unitDay)
    : m_first(first)
    , m_unitDay(unitDay)
    , m_open(first == 0 ? 0 : (std::uint32_t{1} << static_cast<unsigned>(kRules)) - 1)
{
    static_assert(kRules < 32);
}

SampleRow& SampleRows::append(const Batch& batch, std::uint64_t number, std::uint32_t rules)
{
    if (m_rows.size() >= m_first) {
        for (std::uint32_t left = rules & m_open; left != 0; left &= left - 1) {
            const auto rule = static_cast<std::size_t>(std::countr_zero(left));
            if (++m_further[rule] == kSamplesPerRule)
                m_open &= ~(std::uint32_t{1} << rule);
        }
    }
    const bool sameFile = !m_rows.empty() && m_rows.back().file == batch.file;
    m_files.push_back(m_files.empty() ? 0 : m_files.back() + (sameFile ? 0 : 1));
    SampleRow& sample = m_rows.emplace_back();
    sample.file = batch.file;
    sample.row = number;
    return sample;
}

void SampleRows::add(const Batch& batch, std::size_t row, std::uint32_t rules, RowFate fate)
{
    SampleRow& sample = append(batch, batch.rowNumbers[row], rules);
    sample.fate = fate;
    for (std::size_t column = 0; column < metrics::kColumns; ++column)
        sample.cells.push_back(cellText(batch, row, column));
    for (std::uint32_t left = rules; left != 0; left &= left - 1) {
        const auto rule = static_cast<Rule>(std::countr_zero(left));
        sample.faults.push_back(
            {rule, severityAs(rule, m_unitDay), blamedColumn(rule, batch, row)});
    }
}

void SampleRows::add(const Batch& batch, const BrokenRow& broken)
{
    SampleRow& sample = append(batch, broken.number, maskOf(Rule::RowMalformed));
    sample.fate = RowFate::Rejected;
    sample.raw = shortened(broken.text, kSampleCellBytes);
    sample.faults.push_back({Rule::RowMalformed, Severity::Error, std::nullopt});
}

void SampleRows::blame(const RuleCount& rule)
{
    for (const RuleExample& example : rule.examples) {
        const auto found = std::find_if(m_rows.begin(), m_rows.end(), [&](const SampleRow& row) {
            return row.row == example.row && row.file == example.file;
        });
        if (found == m_rows.end())
            continue;
        found->faults.push_back({rule.rule, rule.severity, metrics::MetricName});
        std::sort(found->faults.begin(), found->faults.end(),
                  [](const RowFault& a, const RowFault& b) { return a.rule < b.rule; });
    }
}

std::vector<SampleRow> SampleRows::taken(const std::vector<RuleCount>& rules)
{
    for (const RuleCount& rule : rules) {
        if (rule.rule == Rule::MetricMixedKind || rule.rule == Rule::MetricKindChanged ||
            rule.rule == Rule::MetricNearDuplicate)
            blame(rule);
    }
    // Broken lines of a batch come before its rows.
    std::vector<std::size_t> order(m_rows.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [this](std::size_t a, std::size_t b) {
        return std::pair(m_files[a], m_rows[a].row) < std::pair(m_files[b], m_rows[b].row);
    });
    std::vector<SampleRow> out;
    out.reserve(order.size());
    for (const std::size_t at : order)
        out.push_back(std::move(m_rows[at]));
    return out;
}

} // namespace daymark
