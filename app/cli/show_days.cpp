// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/show.h"
#include "app/cli/table.h"
#include "core/base/text.h"
#include "core/engine/as_of.h"

#include <algorithm>

namespace daymark::cli {

namespace {

std::string dayOrDash(const std::optional<Day>& day) { return day ? formatDay(*day) : "–"; }

std::string marksOf(const PlannedDay& planned)
{
    std::string marks;
    const auto add = [&](bool is, const char* word) {
        if (is)
            marks += (marks.empty() ? "" : ", ") + std::string(word);
    };
    add(planned.implied, "implied");
    add(planned.empty, "empty");
    add(planned.changed, "changed");
    add(planned.damaged, "damaged");
    add(planned.overdue, "overdue");
    return marks;
}

/// The description without the state's word, which stands beside it already.
std::string meaningOf(const CalendarDay& day)
{
    const std::string word(stateName(day.planned.state));
    std::string_view text = day.description;
    if (text.substr(0, word.size()) == word)
        text.remove_prefix(word.size());
    if (text.substr(0, 2) == ": ")
        text.remove_prefix(2);
    return printable(text, 300);
}

std::string probeText(const DayEvidence& evidence)
{
    if (!evidence.sourceRows)
        return {};
    return plural(*evidence.sourceRows, "row") +
           (evidence.probedAt ? " at " + instantText(evidence.probedAt) : "") +
           (evidence.verdict ? ", " + *evidence.verdict : "");
}

} // namespace

std::string calendarText(const CalendarView& view, const Style& style)
{
    std::string text = style.bold(printable(view.source)) + "  " + view.dataset + ", " +
                       (view.policy.order == DayOrder::Strict ? "strict" : "high-water") +
                       ", today " + formatDay(view.plan.today) + " (" + view.policy.timeZone +
                       ")\nfirst day " + dayOrDash(view.plan.firstDay) + ", frontier " +
                       dayOrDash(view.plan.frontier) + ", next day " +
                       dayOrDash(view.plan.nextDay) + "\n";
    Table table({{"Day"},
                 {"State"},
                 {"Rows", Align::Right},
                 {"Rejected", Align::Right},
                 {"Run", Align::Right},
                 {"Marks"},
                 {"What it means"}});
    for (const CalendarDay& day : view.days) {
        table.add({formatDay(day.planned.day), dayStateText(day.planned.state, style),
                   countText(day.rows), countText(day.rejected),
                   day.run ? std::to_string(day.run->value) : "", marksOf(day.planned),
                   meaningOf(day)});
    }
    if (!table.empty())
        text += "\n" + table.text();
    if (!view.note.empty())
        text += "\n" + printable(view.note, 1000) + "\n";
    if (!view.findings.empty())
        text += "\n" + findingsText(view.findings, style);
    if (view.poll.missedSince)
        text += "\nNobody polls it: a poll has been due since " +
                instantText(view.poll.missedSince) + ".\n";
    const bool said =
        view.poll.error && view.note.find(view.poll.error->message) != std::string::npos;
    if (view.poll.error && !said)
        text += "\nThe last poll failed.\n" + errorText(*view.poll.error, style);
    return text;
}

std::string calendarAsOfText(const CalendarAsOf& past, const Style& style)
{
    std::string text =
        "As it was known on " + instantText(past.at) + ".\n" + calendarText(past.view, style);
    for (const std::string& sentence : past.unknown)
        text += "\n" + style.caution("! ") + printable(sentence, 1000) + "\n";
    return text;
}

std::string explainedText(const DayExplained& explained, const Style& style)
{
    const Explanation& explanation = explained.explanation;
    const DayEvidence& evidence = explained.evidence;
    std::string text = style.bold(formatDay(explanation.day)) + "  " +
                       dayStateText(explanation.state, style) + "\n" +
                       printable(explanation.sentence, 4000) + "\n";
    const std::string facts =
        factsText({{"Rows at the source", probeText(evidence)},
                   {"Signal first seen", instantText(evidence.firstSeen)},
                   {"Signalled by", printable(evidence.signalledBy)},
                   {"Landed rows", countText(evidence.rows)},
                   {"Rejected rows", countText(evidence.rejected)},
                   {"Run", evidence.run ? std::to_string(evidence.run->value) : ""},
                   {"Announced again", instantText(evidence.resignalledAt)},
                   {"Looked at again", instantText(evidence.checkedAt)},
                   {"Earlier versions",
                    evidence.versions > 0 ? groupedDigits(evidence.versions) + " kept" : ""},
                   {"Reason", printable(evidence.reason, 500)},
                   {"Last poll", instantText(evidence.poll.last)},
                   {"Next poll", instantText(evidence.poll.next)}});
    if (!facts.empty())
        text += "\n" + facts;
    for (const SuggestedAction& action : explanation.actions)
        text += "→ " + printable(action.label) + ": " + printable(action.command, 500) + "\n";
    return text;
}

namespace {

/// A source whose signals were read while what is to be imported cannot be is not well.
std::string pollStateText(const PollReport& poll, const Style& style)
{
    if (!poll.ok)
        return style.bad("! failed");
    const bool broken =
        std::any_of(poll.findings.begin(), poll.findings.end(), [](const SchemaFinding& finding) {
            return finding.severity == Severity::Error;
        });
    return broken ? style.bad("! signals only") : style.good("✓ answered");
}

} // namespace

std::string pollsText(const std::vector<PollReport>& polls, const Style& style)
{
    Table table({{"Source"},
                 {"Result"},
                 {"Signalled days", Align::Right},
                 {"New", Align::Right},
                 {"Withdrawn", Align::Right}});
    std::string details;
    for (const PollReport& poll : polls) {
        table.add({printable(poll.source), pollStateText(poll, style),
                   poll.ok ? groupedDigits(poll.signalCount) : "",
                   poll.ok ? groupedDigits(poll.added.size()) : "",
                   poll.withdrawn.empty() ? "" : groupedDigits(poll.withdrawn.size())});
        if (poll.error)
            details += printable(poll.source) + ": " + errorText(*poll.error, style);
        if (!poll.findings.empty())
            details += "\n" + printable(poll.source) + "\n" + findingsText(poll.findings, style);
    }
    return table.text() + details;
}

} // namespace daymark::cli
