// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/arguments.h"
#include "app/cli/json_out.h"
#include "app/cli/show.h"
#include "app/cli/table.h"
#include "app/cli/upkeep.h"
#include "core/base/text.h"
#include "core/engine/repair.h"
#include "core/engine/support_bundle.h"

namespace daymark::cli {

namespace {

struct RepairAsked
{
    bool dryRun = false;
    std::optional<std::string> from;
};

std::string named(const std::vector<std::string>& names)
{
    std::string text;
    for (const std::string& name : names)
        text += (text.empty() ? "" : ", ") + printable(name);
    return text;
}

std::string repairText(const RepairReport& report, const Style& style)
{
    if (!report.needed)
        return style.good("✓ The ledger is sound") + "; nothing was done.\n";
    std::string text =
        style.bad("! ") + printable(report.fault, 1000) + "\n\n" +
        (report.done ? style.good("✓ A new ledger is in its place.")
                     : std::string("A new ledger could be made; nothing was changed.")) +
        "\n" +
        factsText(
            {{report.done ? "It began with" : "It would begin with", printable(report.base, 500)},
             {"Landed days", groupedDigits(report.days)},
             {"Entered anew", groupedDigits(report.rebuilt)},
             {"Earlier versions", groupedDigits(report.versions)},
             {"Sources", named(report.sources)},
             {"Set aside in", printable(report.setAside.string(), 1000)},
             {"Last good copy", report.done ? "" : printable(report.copy, 500)}});
    for (const std::string& note : report.notes)
        text += style.caution("! ") + printable(note, 1000) + "\n";
    return text;
}

RepairBase baseOf(const std::optional<std::string>& name)
{
    if (name == "copy")
        return RepairBase::Copy;
    return name == "files" ? RepairBase::Files : RepairBase::Best;
}

Outcome runRepair(Session& session, const RepairAsked& asked)
{
    const auto clock = session.clock();
    if (!clock)
        return fail(clock.error());
    EngineOptions options;
    options.workspace = session.workspace();
    options.clock = *clock;
    RepairRequest request;
    request.dryRun = asked.dryRun;
    request.base = baseOf(asked.from);
    const auto report = repairWorkspace(options, request, session.stop());
    if (!report)
        return fail(report.error());
    session.print(session.json() ? repairJson(*report) : repairText(*report, session.style()));
    if (report->done && !session.json())
        session.note("Next: daymark-cli check --full, then daymark-cli source list");
    return Done;
}

Outcome runSupportBundle(Session& session, const std::string& file)
{
    const auto clock = session.clock();
    if (!clock)
        return fail(clock.error());
    SupportRequest request;
    request.workspace = session.workspace();
    request.now = clock->now();
    const auto engine = session.open(OpenMode::Read);
    if (engine)
        request.engine = engine->get();
    else if (engine.error().code == ErrorCode::WorkspaceMissing)
        return fail(engine.error());
    else
        request.trouble = engine.error();
    if (const auto written = writeSupportBundle(request, file, session.stop()); !written)
        return fail(written.error());
    session.print(session.json()
                      ? supportBundleJson(file)
                      : "What helps those who help is in " + printable(file, 4000) + ".\n");
    if (!session.json())
        session.note("It is text: read it before you send it.");
    return Done;
}

} // namespace

Run setUpRepair(Arguments& arguments)
{
    auto asked = std::make_shared<RepairAsked>();
    arguments.flag("--dry-run", "say what would be done, and change nothing", asked->dryRun);
    arguments.choice("--from", "what the new ledger begins with (best)", {"best", "copy", "files"},
                     false, asked->from);
    return [asked](Session& session) { return runRepair(session, *asked); };
}

Run setUpSupportBundle(Arguments& arguments)
{
    auto file = std::make_shared<std::string>();
    arguments.neededText("--to-file", "F", "the text file to write", *file);
    return [file](Session& session) { return runSupportBundle(session, *file); };
}

} // namespace daymark::cli
