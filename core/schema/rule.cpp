// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/schema/rule.h"

#include <array>

namespace daymark {

namespace {

/// One line a rule, in the order of the enumeration.
constexpr std::array<RuleSpec, kRules> kSpecs = {{
    {Rule::UnitIdMissing, "unit_id.missing", Severity::Error,
     "The unit id is null or empty; every row needs the unit that its value belongs to."},
    {Rule::UnitIdTooLong, "unit_id.too_long", Severity::Error,
     "The unit id has more than 1,024 bytes; shorten or hash it in the source."},
    {Rule::IdTypeMissing, "id_type.missing", Severity::Error,
     "The id type is null or empty; every row needs one of the workspace's id types."},
    {Rule::IdTypeUnknown, "id_type.unknown", Severity::Error,
     "The id type is none of the workspace's; correct it in the source or add it as an id type."},
    {Rule::DateMissing, "date.missing", Severity::Error,
     "The date is null or blank; every row needs the day of its value."},
    {Rule::DateInvalid, "date.invalid", Severity::Error,
     "The date is no calendar date in the source's date format; correct the value or the format."},
    {Rule::DateMismatch, "date.mismatch", Severity::Error,
     "The row carries another day than the folder or file that it lies in; move or correct it."},
    {Rule::MetricNameMissing, "metric_name.missing", Severity::Error,
     "The metric name is null or empty; every row needs the metric that its value belongs to."},
    {Rule::MetricNameTooLong, "metric_name.too_long", Severity::Error,
     "The metric name has 128 characters or more; shorten it in the source."},
    {Rule::ValueMissing, "value.missing", Severity::Error,
     "The row has no metric value and no numerator or denominator; give it one or leave it out."},
    {Rule::ValueNotANumber, "value.not_a_number", Severity::Error,
     "The value is text that is no number; write plain decimal digits without separators."},
    {Rule::ValueNotFinite, "value.not_finite", Severity::Error,
     "The value is infinite, NaN or too large for a number; correct it or leave it null."},
    {Rule::RatioIncomplete, "ratio.incomplete", Severity::Error,
     "Only one of numerator and denominator is given, and no metric value; a ratio needs both."},
    {Rule::TextNotUtf8, "text.not_utf8", Severity::Error,
     "The text has bytes that are no UTF-8; write the source in UTF-8."},
    {Rule::TextNul, "text.nul", Severity::Error,
     "The text has a NUL byte in it; remove it in the source."},
    {Rule::RowMalformed, "row.malformed", Severity::Error,
     "The line cannot be split into the columns of its header; check its quotes and delimiters."},
    {Rule::DuplicateTimeUuid, "duplicate.timeuuid", Severity::Dropped,
     "A row with the same timeuuid was read before for this day; the first one is kept."},
    {Rule::RatioPartialIgnored, "ratio.partial_ignored", Severity::Warning,
     "The row has a metric value and just one of numerator and denominator; the value counts."},
    {Rule::RatioValueIgnored, "ratio.value_ignored", Severity::Warning,
     "The row has a metric value, a numerator and a denominator; the ratio counts."},
    {Rule::RatioZeroDenominator, "ratio.zero_denominator", Severity::Warning,
     "The denominator is 0; the row is kept, and its unit is left out of analysis."},
    {Rule::ValueRounded, "value.rounded", Severity::Warning,
     "The value has more digits than can be held, to the last whole number or next to 0; the "
     "nearest number that can is kept."},
    {Rule::MetricMixedKind, "metric.mixed_kind", Severity::Warning,
     "The metric has ratio rows and value-only rows in one day; one ratio row makes the whole "
     "metric a ratio."},
    {Rule::MetricKindChanged, "metric.kind_changed", Severity::Warning,
     "The metric landed as the other kind so far, value or ratio; check that this was meant."},
    {Rule::MetricNearDuplicate, "metric.near_duplicate", Severity::Warning,
     "The new metric's name differs from a known one only in case, blanks or underscores; check "
     "its spelling."},
    {Rule::UnitDayDuplicate, "unit_day.duplicate", Severity::Error,
     "A row for the same unit, id type, day and metric was read before; the source's unit-day "
     "setting says what happens."},
    {Rule::TimeUuidMissing, "timeuuid.missing", Severity::Warning,
     "The row has no timeuuid; it is kept and cannot be deduplicated."},
    {Rule::TimeUuidNotUuid, "timeuuid.not_uuid", Severity::Warning,
     "The timeuuid is no UUID; it still serves to drop repeated rows."},
}};

constexpr bool followsEnumeration()
{
    for (std::size_t i = 0; i < kSpecs.size(); ++i)
        if (static_cast<std::size_t>(kSpecs[i].rule) != i)
            return false;
    return true;
}
static_assert(followsEnumeration(), "the table has one line a rule, in the enumeration's order");

} // namespace

std::string_view severityName(Severity severity)
{
    constexpr std::array<std::string_view, 4> names = {"error", "dropped", "warning", "note"};
    return names[static_cast<std::size_t>(severity)];
}

const RuleSpec& ruleSpec(Rule rule) { return kSpecs[static_cast<std::size_t>(rule)]; }

std::span<const RuleSpec> ruleSpecs() { return kSpecs; }

} // namespace daymark
