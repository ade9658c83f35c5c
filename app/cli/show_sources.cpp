// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/show.h"
#include "app/cli/table.h"
#include "core/base/text.h"

namespace daymark::cli {

namespace {

std::string joined(const std::map<std::string, std::string>& pairs, const char* mark)
{
    std::string text;
    for (const auto& [key, value] : pairs)
        text += (text.empty() ? "" : ", ") + printable(key, 60) + mark + printable(value, 60);
    return text;
}

std::string lastPollText(const PollInfo& poll, const Style& style)
{
    const std::string at = instantText(poll.last);
    const std::string missed =
        poll.missedSince ? style.bad("! missed since ") + instantText(poll.missedSince) + ", " : "";
    if (poll.error)
        return missed + style.bad("! failed") + (at.empty() ? "" : " " + at);
    return missed + (at.empty() ? "never" : at);
}

std::string stepMark(const TestStepInfo& step, const Style& style)
{
    if (!step.ok)
        return style.bad("! failed");
    return step.warning ? style.caution("! warning") : style.good("✓ ok");
}

std::string recheckText(const Policy& policy)
{
    if (policy.recheckDays == 0)
        return "never";
    return "daily for " + plural(static_cast<std::uint64_t>(policy.recheckDays), "day") +
           (policy.recheck == Recheck::Count ? ", counting rows" : ", reading every row");
}

} // namespace

std::string sourcesText(const std::vector<SourceInfo>& sources, const Style& style)
{
    Table table(
        {{"Source"}, {"Kind"}, {"Dataset"}, {"Order"}, {"Time zone"}, {"Last poll"}, {"URI"}});
    for (const SourceInfo& source : sources) {
        table.add({printable(source.config.name), printable(source.config.kind),
                   std::string(dataset(source.config.dataset).name),
                   source.policy.order == DayOrder::Strict ? "strict" : "high-water",
                   source.policy.timeZone,
                   (source.enabled ? "" : "disabled, ") + lastPollText(source.poll, style),
                   printable(source.config.uri)});
    }
    return table.text();
}

std::string sourceText(const SourceInfo& source, const Style& style)
{
    const SourceConfig& config = source.config;
    const Policy& policy = source.policy;
    std::string text = factsText(
        {{"Source", style.bold(printable(config.name))},
         {"Kind", config.kind},
         {"Dataset", std::string(dataset(config.dataset).name)},
         {"URI", printable(config.uri, 500)},
         {"Query", printable(config.query, 1000)},
         {"Rows from", printable(source.dataPlace)},
         {"Signals from", printable(source.signalPlace)},
         {"Columns", joined(config.columnMap, " = ")},
         {"Format", joined(config.format, "=")},
         {"Order", policy.order == DayOrder::Strict ? "strict" : "high-water"},
         {"Further rows", std::string(unitDayName(config.unitDay))},
         {"Horizon", plural(static_cast<std::uint64_t>(policy.horizonDays), "day")},
         {"First day", policy.firstDay ? formatDay(*policy.firstDay) : "found from the signals"},
         {"Time zone", policy.timeZone},
         {"Tolerance", formatDouble(policy.tolerancePercent) + " %"},
         {"Poll", "every " + plural(static_cast<std::uint64_t>(policy.pollMinutes), "minute")},
         {"Stale after", plural(static_cast<std::uint64_t>(policy.stalenessDays), "day")},
         {"Looks again", recheckText(policy)},
         {"Imports again", policy.reimportAbovePercent
                               ? "by itself where a day changed by more than " +
                                     formatDouble(*policy.reimportAbovePercent) + " %"
                               : "when asked to"},
         {"Columns that",
          std::string("are gone ") + std::string(schemaActionName(policy.columnGone)) +
              ", are new " + std::string(schemaActionName(policy.columnNew)) +
              ", have another type " + std::string(schemaActionName(policy.columnType))},
         {"Blocked by", printable(source.schemaBreak, 1000)},
         {"Versions kept", std::to_string(policy.keepVersions) + ", for " +
                               plural(static_cast<std::uint64_t>(policy.keepDays), "day") +
                               " at most"},
         {"Last poll", lastPollText(source.poll, style)},
         {"Next poll", instantText(source.poll.next)},
         {"Added", instantText(source.createdAt)}});
    if (source.poll.error)
        text += errorText(*source.poll.error, style);
    return text;
}

std::string sourceTestText(const SourceTest& test, const Style& style)
{
    Table steps({{"Step"}, {"Result"}, {"Message"}});
    std::string hints;
    for (const TestStepInfo& step : test.steps) {
        steps.add({printable(step.name), stepMark(step, style), printable(step.message, 500)});
        if (!step.hint.empty())
            hints += style.bold("hint:") + " " + printable(step.hint, 1000) + "\n";
    }
    Table mapping({{"Column"}, {"Reads"}});
    for (const auto& [canonical, name] : test.mapping)
        mapping.add({canonical, printable(name)});
    std::string text = steps.text() + hints;
    if (!mapping.empty())
        text += "\n" + mapping.text();
    if (!test.findings.empty())
        text += "\n" + findingsText(test.findings, style);
    if (test.signalCount > 0 && test.firstSignal && test.lastSignal)
        text += "\n" + plural(test.signalCount, "signalled day") + ", " +
                formatDay(*test.firstSignal) + " to " + formatDay(*test.lastSignal) + ".\n";
    return text +
           (test.ok ? style.good("✓ The source can be imported.")
                    : style.bad("! The source cannot be imported as it is.")) +
           "\n";
}

std::string previewText(const Preview& preview, const Style& style)
{
    std::string text = preview.schema.empty() ? "" : findingsText(preview.schema, style) + "\n";
    if (!preview.day)
        return text + "No row was read: the columns must fit first.\n";
    text += (preview.wholeDay ? "The whole day " : "The first rows of ") + formatDay(*preview.day) +
            ": " + plural(preview.rowsRead, "row") + " read, " + groupedDigits(preview.accepted) +
            " accepted, " + groupedDigits(preview.rejected) + " rejected, " +
            groupedDigits(preview.duplicates) + " dropped as duplicates.\n";
    for (const SchemaFinding& suspicion : preview.suspicions)
        text += style.caution("! ") + printable(suspicion.message, 500) + "\n";
    if (!preview.rules.empty())
        text += "\n" + rulesText(preview.rules, style);
    return text;
}

} // namespace daymark::cli
