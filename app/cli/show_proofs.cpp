// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/proofs.h"
#include "app/cli/show.h"
#include "app/cli/table.h"
#include "core/base/text.h"

namespace daymark::cli {

namespace {

std::string runFacts(const RunProof& proof)
{
    return factsText(
        {{"Run", std::to_string(proof.run.value)},
         {"Source", printable(proof.source)},
         {"Day", formatDay(proof.day)},
         {"State", printable(proof.state)},
         {"Rows read", groupedDigits(proof.rowsRead)},
         {"Accepted", groupedDigits(proof.accepted)},
         {"Rejected", groupedDigits(proof.rejected)},
         {"Duplicates", groupedDigits(proof.duplicates)},
         {"Started", instantText(proof.startedAt)},
         {"Finished", instantText(proof.finishedAt)},
         {"Took", durationText(proof.seconds)},
         {"Replaces", proof.replaces ? "run " + std::to_string(proof.replaces->value) : ""},
         {"Asked for by", printable(proof.actor)},
         {"Reason", printable(proof.reason, 500)},
         {"Note", printable(proof.note, 500)},
         {"Error", proof.errorCode
                       ? printable(*proof.errorCode) + ": " + printable(proof.errorMessage, 1000)
                       : ""},
         {"Fingerprint", printable(proof.fingerprint)}});
}

std::string filesText(const std::vector<LandedFile>& files)
{
    Table table({{"File"}, {"Bytes", Align::Right}, {"Rows", Align::Right}, {"SHA-256"}});
    for (const LandedFile& file : files)
        table.add({printable(file.path, 300), groupedDigits(file.bytes), groupedDigits(file.rows),
                   printable(file.sha256)});
    return table.text();
}

std::string rulesText(const std::vector<ProofRule>& rules)
{
    Table table({{"Severity"}, {"Rule"}, {"Rows", Align::Right}, {"Meaning"}});
    Table examples({{"Rule"}, {"File"}, {"Row", Align::Right}, {"Column"}, {"Shape of the value"}});
    for (const ProofRule& rule : rules) {
        table.add({printable(rule.severity, 40), printable(rule.code, 80),
                   groupedDigits(rule.count), printable(rule.meaning, 500)});
        for (const RuleExample& example : rule.examples)
            examples.add({printable(rule.code, 80), printable(example.file, 60),
                          groupedDigits(example.row), printable(example.column, 60),
                          example.null ? "null" : printable(example.value, 200)});
    }
    return table.text() + (examples.empty() ? "" : "\nExamples\n" + examples.text());
}

std::string planText(const ProofPlan& plan, Day day, const Style& style)
{
    const auto dayOrDash = [](const std::optional<Day>& one) {
        return one ? formatDay(*one) : std::string("–");
    };
    std::string text = style.bold("The calendar as it was known when the run began") + "\ntoday " +
                       formatDay(plan.today) + ", first day " + dayOrDash(plan.firstDay) +
                       ", frontier " + dayOrDash(plan.frontier) + ", next day " +
                       dayOrDash(plan.nextDay) + "\n";
    Table table({{""}, {"Day"}, {"State"}, {"What it means"}});
    for (const ProofDay& one : plan.days)
        table.add({one.day == day ? "→" : "", formatDay(one.day), printable(one.state, 40),
                   printable(one.words, 300)});
    text += table.text();
    for (const std::string& sentence : plan.unknown)
        text += style.caution("! ") + printable(sentence, 1000) + "\n";
    return text;
}

} // namespace

std::string proofText(const RunProof& proof, const Style& style)
{
    std::vector<std::pair<std::string, std::string>> settings;
    for (const auto& [name, value] : proof.settings)
        settings.emplace_back(printable(name, 80), printable(value, 1000));
    std::string text = style.good("✓ The file is whole") + " (SHA-256 " +
                       proof.sha256.substr(0, 16) + "…), written on " +
                       instantText(proof.writtenAt) + " by Daymark " +
                       printable(proof.program, 40) + ".\n\n" + runFacts(proof);
    if (!proof.files.empty())
        text += "\n" + style.bold("What landed") + "\n" + filesText(proof.files);
    if (!proof.rules.empty())
        text += "\n" + style.bold("Rules that rows broke") + "\n" + rulesText(proof.rules);
    text += "\n" + planText(proof.plan, proof.day, style);
    if (!settings.empty())
        text += "\n" + style.bold("Settings of the source") + "\n" + factsText(settings);
    return text;
}

} // namespace daymark::cli
