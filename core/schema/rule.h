// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The rules of the import formats. A rule's code is the same in the preview, the run's report, the
// ledger and the command line; to add one, add a line to the table in rule.cpp and use it where the
// stream validates.

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace daymark {

enum class Severity { Error, Dropped, Warning, Note };

[[nodiscard]] std::string_view severityName(Severity severity);

enum class Rule : std::uint8_t {
    UnitIdMissing,
    UnitIdTooLong,
    IdTypeMissing,
    IdTypeUnknown,
    DateMissing,
    DateInvalid,
    DateMismatch,
    MetricNameMissing,
    MetricNameTooLong,
    ValueMissing,
    ValueNotANumber,
    ValueNotFinite,
    RatioIncomplete,
    TextNotUtf8,
    TextNul,
    RowMalformed, ///< a line of a file that cannot be split into the columns of its header
    DuplicateTimeUuid,
    RatioPartialIgnored,
    RatioValueIgnored,
    RatioZeroDenominator,
    ValueRounded, ///< a whole number that is not kept to its last digit
    MetricMixedKind,
    MetricKindChanged,
    MetricNearDuplicate,
    UnitDayDuplicate, ///< its severity follows the source's `unit_day` setting
    TimeUuidMissing,
    TimeUuidNotUuid,
    Count
};

inline constexpr std::size_t kRules = static_cast<std::size_t>(Rule::Count);

struct RuleSpec
{
    Rule rule = Rule::Count;
    std::string_view code; ///< `unit_id.missing`
    Severity severity = Severity::Error;
    std::string_view meaning; ///< one sentence: what is wrong and what to do
};

[[nodiscard]] const RuleSpec& ruleSpec(Rule rule);
[[nodiscard]] std::span<const RuleSpec> ruleSpecs();

/// One row that broke a rule.
struct RuleExample
{
    std::string file;      ///< for files: path below the source's folder; empty otherwise
    std::uint64_t row = 0; ///< line (files) or position in the read (databases), from 1
    std::string column;    ///< canonical name; empty where the rule is about the whole row
    bool null = false;     ///< the value was null
    std::string value;     ///< shortened, as it was written
};

/// How often a rule was broken in a run, with the first few rows that did.
struct RuleCount
{
    Rule rule = Rule::Count;
    Severity severity = Severity::Error; ///< as it counted here
    std::uint64_t count = 0;
    std::string
        message; ///< a sentence with the facts of this run (`userID`: did you mean `user_id`?)
    std::vector<RuleExample> examples;
};

inline constexpr std::size_t kExamplesPerRule = 10;

/// A finding of the schema checks, made before any row is read, or of a look at the signals.
struct SchemaFinding
{
    std::string code; ///< `schema.column_missing`
    Severity severity = Severity::Note;
    std::string column; ///< empty where the finding is about the whole source
    std::string message;
};

} // namespace daymark
