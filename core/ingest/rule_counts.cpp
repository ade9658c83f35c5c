// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ingest/rule_counts.h"

#include "core/base/text.h"

#include <algorithm>
#include <bit>

namespace daymark {

namespace {

constexpr std::size_t kUnknownIdTypesKept = 5;
constexpr std::size_t kMetricsCounted = 5;
const Cell kUnmapped;

const Cell& cellOf(const Batch& batch, std::size_t row, std::size_t column)
{
    const bool mapped = column < batch.columns.size() && !batch.columns[column].empty();
    return mapped ? batch.columns[column][row] : kUnmapped;
}

/// The first of the columns whose cell breaks the rule, the first of all where none is found.
std::size_t culprit(const Batch& batch, std::size_t row, std::span<const std::size_t> columns,
                    Rule rule)
{
    const auto breaks = [&](std::size_t column) {
        const Cell& cell = cellOf(batch, row, column);
        if (rule == Rule::ValueNotANumber)
            return numberOf(cell).status == NumberStatus::NotANumber;
        if (rule == Rule::ValueNotFinite)
            return numberOf(cell).status == NumberStatus::NotFinite;
        if (rule == Rule::ValueRounded)
            return numberOf(cell).rounded;
        return cell.kind == Cell::Kind::Text && (textFaults(cell.asText()) & maskOf(rule)) != 0;
    };
    const auto found = std::find_if(columns.begin(), columns.end(), breaks);
    return found == columns.end() ? columns.front() : *found;
}

} // namespace

std::size_t blamedColumn(Rule rule, const Batch& batch, std::size_t row)
{
    static constexpr std::size_t kNumbers[] = {metrics::Value, metrics::Numerator,
                                               metrics::Denominator};
    static constexpr std::size_t kTexts[] = {metrics::UnitId, metrics::IdType, metrics::MetricName,
                                             metrics::TimeUuid};
    switch (rule) {
    case Rule::IdTypeMissing:
    case Rule::IdTypeUnknown:
        return metrics::IdType;
    case Rule::DateMissing:
    case Rule::DateInvalid:
    case Rule::DateMismatch:
        return metrics::Date;
    case Rule::MetricNameMissing:
    case Rule::MetricNameTooLong:
        return metrics::MetricName;
    case Rule::ValueMissing:
    case Rule::RatioPartialIgnored:
    case Rule::RatioValueIgnored:
        return metrics::Value;
    case Rule::RatioIncomplete:
        return cellOf(batch, row, metrics::Numerator).isNull() ? metrics::Numerator
                                                               : metrics::Denominator;
    case Rule::RatioZeroDenominator:
        return metrics::Denominator;
    case Rule::ValueNotANumber:
    case Rule::ValueNotFinite:
    case Rule::ValueRounded:
        return culprit(batch, row, kNumbers, rule);
    case Rule::TextNotUtf8:
    case Rule::TextNul:
        return culprit(batch, row, kTexts, rule);
    case Rule::DuplicateTimeUuid:
    case Rule::TimeUuidMissing:
    case Rule::TimeUuidNotUuid:
        return metrics::TimeUuid;
    default:
        return metrics::UnitId;
    }
}

Severity severityAs(Rule rule, UnitDay unitDay)
{
    if (rule != Rule::UnitDayDuplicate || unitDay == UnitDay::Reject)
        return ruleSpec(rule).severity;
    return unitDay == UnitDay::First ? Severity::Dropped : Severity::Warning;
}

RuleExample exampleOf(const Batch& batch, std::size_t row, std::size_t column)
{
    const Cell& cell = cellOf(batch, row, column);
    RuleExample example;
    example.file = batch.file;
    example.row = batch.rowNumbers[row];
    example.column = dataset(DatasetKind::Metrics).columns[column].name;
    example.null = cell.isNull();
    if (cell.kind == Cell::Kind::Text)
        example.value = shortened(cell.asText());
    else
        example.value = shortened(formatCell(cell));
    return example;
}

RuleCounts::RuleCounts(std::span<const std::string> idTypes, UnitDay unitDay)
    : m_idTypes(idTypes), m_unitDay(unitDay), m_counts(kRules)
{}

void RuleCounts::count(std::uint32_t rules, const Batch& batch, std::size_t row)
{
    for (std::uint32_t left = rules; left != 0; left &= left - 1) {
        const auto rule = static_cast<Rule>(std::countr_zero(left));
        RuleCount& count = m_counts[static_cast<std::size_t>(rule)];
        ++count.count;
        if (count.examples.size() < kExamplesPerRule)
            keepExample(rule, batch, row);
        if (rule == Rule::IdTypeUnknown)
            noteIdType(batch, row);
    }
}

void RuleCounts::keepExample(Rule rule, const Batch& batch, std::size_t row)
{
    m_counts[static_cast<std::size_t>(rule)].examples.push_back(
        exampleOf(batch, row, blamedColumn(rule, batch, row)));
}

void RuleCounts::noteIdType(const Batch& batch, std::size_t row)
{
    const Cell& cell = cellOf(batch, row, metrics::IdType);
    const std::string text =
        cell.kind == Cell::Kind::Text ? shortened(cell.asText()) : formatCell(cell);
    const auto known = m_unknownIdTypes.find(text);
    if (known != m_unknownIdTypes.end())
        ++known->second;
    else if (m_unknownIdTypes.size() < kUnknownIdTypesKept)
        m_unknownIdTypes.emplace(text, 1);
}

void RuleCounts::countBroken(const Batch& batch, const BrokenRow& broken)
{
    RuleCount& count = m_counts[static_cast<std::size_t>(Rule::RowMalformed)];
    if (count.count++ == 0)
        m_firstBroken = broken.reason;
    if (count.examples.size() < kExamplesPerRule)
        count.examples.push_back({batch.file, broken.number, {}, false, shortened(broken.text)});
}

void RuleCounts::countMetric(Rule rule, RuleExample example, std::string message)
{
    RuleCount& count = m_counts[static_cast<std::size_t>(rule)];
    if (count.count < kMetricsCounted)
        count.message += (count.message.empty() ? "" : " ") + message;
    if (++count.count <= kExamplesPerRule)
        count.examples.push_back(std::move(example));
}

std::string RuleCounts::message(Rule rule) const
{
    const std::string meaning(ruleSpec(rule).meaning);
    if (rule == Rule::RowMalformed && !m_firstBroken.empty())
        return meaning + " The first one: " + shortened(m_firstBroken, 200) + ".";
    if (rule != Rule::IdTypeUnknown)
        return meaning;
    std::string out;
    for (const auto& [name, rows] : m_unknownIdTypes) {
        const auto near = nearest(name, m_idTypes);
        out += "`" + name + "` in " + groupedDigits(rows) + (rows == 1 ? " row" : " rows");
        out += near ? ": did you mean `" + *near + "`? " : ". ";
    }
    return out + meaning;
}

std::vector<RuleCount> RuleCounts::taken()
{
    std::vector<RuleCount> out;
    for (std::size_t i = 0; i < kRules; ++i) {
        RuleCount& count = m_counts[i];
        if (count.count == 0)
            continue;
        count.rule = static_cast<Rule>(i);
        count.severity = severityAs(count.rule, m_unitDay);
        if (count.message.empty())
            count.message = message(count.rule);
        out.push_back(std::move(count));
    }
    return out;
}

} // namespace daymark
