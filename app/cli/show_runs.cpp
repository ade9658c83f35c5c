// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/show.h"
#include "app/cli/table.h"
#include "core/base/text.h"

namespace daymark::cli {

namespace {

/// Errors of runs and of sources that were not read, each with what it belongs to.
std::string failuresText(const ImportReport& report, const Style& style)
{
    std::string text;
    for (const PollReport& poll : report.polls) {
        if (poll.error)
            text += "\n" + printable(poll.source) + " could not be read.\n" +
                    errorText(*poll.error, style);
    }
    for (const RunInfo& run : report.runs) {
        if (run.error)
            text += "\n" + printable(run.source) + " " + formatDay(run.day) + " " +
                    std::string(runStateName(run.state)) + ".\n" + errorText(*run.error, style);
    }
    return text;
}

/// How many rows were rejected, and where to look; nothing where none were.
std::string rejectsText(std::span<const RunInfo> runs)
{
    std::uint64_t rejected = 0;
    const RunInfo* first = nullptr;
    for (const RunInfo& run : runs) {
        rejected += run.rejected;
        first = !first && run.rejected > 0 ? &run : first;
    }
    if (!first)
        return {};
    return "\n" + plural(rejected, "row") + " rejected: `daymark-cli run show " +
           std::to_string(first->id.value) + "` names the rules, examples and the file.\n";
}

} // namespace

std::string runsText(std::span<const RunInfo> runs, const Style& style)
{
    Table table({{"Run", Align::Right},
                 {"Source"},
                 {"Day"},
                 {"State"},
                 {"Read", Align::Right},
                 {"Accepted", Align::Right},
                 {"Rejected", Align::Right},
                 {"Duplicates", Align::Right},
                 {"Took", Align::Right},
                 {"Started"}});
    for (const RunInfo& run : runs) {
        table.add({std::to_string(run.id.value), printable(run.source), formatDay(run.day),
                   runStateText(run.state, style), groupedDigits(run.rowsRead),
                   groupedDigits(run.accepted), groupedDigits(run.rejected),
                   groupedDigits(run.duplicates), durationText(run.seconds),
                   instantText(run.startedAt)});
    }
    return table.text();
}

std::string importText(const ImportReport& report, const Style& style)
{
    std::string text =
        report.runs.empty() ? "No day was imported.\n" : runsText(report.runs, style);
    text += failuresText(report, style);
    text += rejectsText(report.runs);
    if (!report.waiting.empty())
        text += "\n";
    for (const auto& [source, sentence] : report.waiting)
        text += printable(source) + ": " + printable(sentence, 4000) + "\n";
    return text;
}

std::string runText(const RunInfo& run, const Style& style)
{
    std::string files;
    for (const std::string& file : run.files)
        files += (files.empty() ? "" : ", ") + printable(file, 300);
    std::string timings;
    for (const PhaseTiming& timing : run.timings)
        timings +=
            (timings.empty() ? "" : ", ") + timing.phase + " " + durationText(timing.seconds);
    std::string text =
        factsText({{"Run", std::to_string(run.id.value)},
                   {"Source", printable(run.source)},
                   {"Day", formatDay(run.day)},
                   {"State", runStateText(run.state, style)},
                   {"Rows read", groupedDigits(run.rowsRead)},
                   {"Accepted", groupedDigits(run.accepted)},
                   {"Rejected", groupedDigits(run.rejected)},
                   {"Duplicates", groupedDigits(run.duplicates)},
                   {"Started", instantText(run.startedAt)},
                   {"Finished", instantText(run.finishedAt)},
                   {"Took", durationText(run.seconds)},
                   {"Phases", timings},
                   {"Replaces", run.replaces ? "run " + std::to_string(run.replaces->value) : ""},
                   {"Asked for by", printable(run.actor)},
                   {"Reason", printable(run.reason, 500)},
                   {"Note", printable(run.note, 500)},
                   {"Files", files},
                   {"Rejected rows in", printable(run.rejectsFile, 300)}});
    if (run.error)
        text += "\n" + errorText(*run.error, style);
    return text + (run.rules.empty() ? "" : "\n" + rulesText(run.rules, style));
}

} // namespace daymark::cli
