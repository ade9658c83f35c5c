// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/show.h"
#include "app/cli/table.h"
#include "core/base/text.h"

#include <fmt/format.h>

#include <cmath>

namespace daymark::cli {

std::string countText(const std::optional<std::uint64_t>& number)
{
    return number ? groupedDigits(*number) : std::string{};
}

std::string numberText(const std::optional<double>& number)
{
    if (!number)
        return {};
    const double size = std::abs(*number);
    if (size != 0 && (size < 0.001 || size >= 1e15))
        return fmt::format("{:.4g}", *number);
    std::string text = fmt::format("{:.3f}", *number);
    text.erase(text.find_last_not_of('0') + 1);
    if (text.back() == '.')
        text.pop_back();
    return text;
}

std::string instantText(const std::optional<Instant>& instant)
{
    return instant ? formatInstant(std::chrono::floor<std::chrono::seconds>(*instant)) : "";
}

std::string durationText(double seconds)
{
    if (seconds < 59.95)
        return fmt::format("{:.{}f} s", seconds, seconds < 9.995 ? 2 : 1);
    const auto whole = static_cast<std::uint64_t>(std::llround(std::min(seconds, 1e9)));
    if (whole < 3600)
        return fmt::format("{} min {} s", whole / 60, whole % 60);
    return fmt::format("{} h {} min", whole / 3600, whole % 3600 / 60);
}

std::string plural(std::uint64_t number, const std::string& noun)
{
    return groupedDigits(number) + " " + noun + (number == 1 ? "" : "s");
}

std::string dayStateText(DayState state, const Style& style)
{
    const std::string word(stateName(state));
    switch (state) {
    case DayState::Imported:
        return style.good("✓ " + word);
    case DayState::Skipped:
        return style.dim("– " + word);
    case DayState::Importing:
        return style.busy("↻ " + word);
    case DayState::Failed:
        return style.bad("! " + word);
    case DayState::Ready:
        return style.bold("▶ " + word);
    case DayState::Queued:
        return "… " + word;
    case DayState::Gap:
        return style.bad("✕ " + word);
    case DayState::Blocked:
        return style.caution("⏸ " + word);
    case DayState::Awaiting:
        return "○ " + word;
    case DayState::Future:
    case DayState::Ignored:
        return style.dim("· " + word);
    }
    return word;
}

std::string runStateText(RunState state, const Style& style)
{
    const std::string word(runStateName(state));
    switch (state) {
    case RunState::Running:
    case RunState::Committing:
        return style.busy("↻ " + word);
    case RunState::Imported:
        return style.good("✓ " + word);
    case RunState::Failed:
    case RunState::Interrupted:
        return style.bad("! " + word);
    case RunState::Cancelled:
        return style.caution("✕ " + word);
    case RunState::Superseded:
    case RunState::RolledBack:
        return style.dim("– " + word);
    }
    return word;
}

std::string severityText(Severity severity, const Style& style)
{
    const std::string word(severityName(severity));
    switch (severity) {
    case Severity::Error:
        return style.bad(word);
    case Severity::Dropped:
    case Severity::Warning:
        return style.caution(word);
    case Severity::Note:
        return style.dim(word);
    }
    return word;
}

std::string findingsText(const std::vector<SchemaFinding>& findings, const Style& style)
{
    Table table({{"Severity"}, {"Finding"}, {"Column"}, {"Message"}});
    for (const SchemaFinding& finding : findings) {
        table.add({severityText(finding.severity, style), finding.code,
                   printable(finding.column, 40), printable(finding.message, 500)});
    }
    return table.text();
}

std::string rulesText(const std::vector<RuleCount>& rules, const Style& style)
{
    Table table({{"Severity"}, {"Rule"}, {"Rows", Align::Right}, {"Message"}});
    for (const RuleCount& rule : rules) {
        const RuleSpec& spec = ruleSpec(rule.rule);
        table.add(
            {severityText(rule.severity, style), std::string(spec.code), groupedDigits(rule.count),
             printable(rule.message.empty() ? std::string(spec.meaning) : rule.message, 500)});
    }
    Table examples({{"Rule"}, {"File"}, {"Row", Align::Right}, {"Column"}, {"Value"}});
    for (const RuleCount& rule : rules) {
        for (const RuleExample& example : rule.examples) {
            examples.add({std::string(ruleSpec(rule.rule).code), printable(example.file, 60),
                          groupedDigits(example.row), example.column,
                          example.null ? style.dim("null") : printable(example.value, 60)});
        }
    }
    return table.text() + (examples.empty() ? "" : "\nExamples\n" + examples.text());
}

std::string errorText(const Error& error, const Style& style)
{
    std::string text = style.bad("error:") + " " + printable(error.message, 4000) + "\n";
    if (!error.hint.empty())
        text += style.bold("hint:") + " " + printable(error.hint, 4000) + "\n";
    return text;
}

} // namespace daymark::cli
