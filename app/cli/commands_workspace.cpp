// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/arguments.h"
#include "app/cli/command.h"
#include "app/cli/json_out.h"
#include "app/cli/show.h"
#include "app/cli/upkeep.h"

#include <array>

namespace daymark::cli {

namespace {

Outcome runInit(Session& session)
{
    const auto clock = session.clock();
    if (!clock)
        return fail(clock.error());
    const auto workspace = session.workspace();
    if (const auto made = Engine::create(workspace, *clock); !made)
        return fail(made.error());
    session.print(session.json()
                      ? workspaceJson(workspace)
                      : "The workspace is in " + printable(workspace.string(), 4000) + ".\n");
    if (!session.json())
        session.note("Next: daymark-cli demo, or daymark-cli source add NAME ...");
    return Done;
}

/// Opening for writing is what brings an older ledger up to date; it says what it did as a note.
Outcome runUpgrade(Session& session)
{
    auto engine = session.open(OpenMode::Write);
    if (!engine)
        return fail(engine.error());
    const auto workspace = session.workspace();
    session.print(session.json() ? workspaceJson(workspace)
                                 : "The workspace " + printable(workspace.string(), 4000) +
                                       " is up to date.\n");
    return Done;
}

Outcome runDemo(Session& session)
{
    auto engine = session.open(OpenMode::Write);
    if (!engine)
        return fail(engine.error());
    const auto saved = (*engine)->addDemo(session.stop());
    if (!saved)
        return fail(saved.error());
    if (session.json()) {
        session.print(sourceSavedJson(*saved));
        return Done;
    }
    session.print("The sample source " + printable(saved->source.config.name) + " is in " +
                  printable(saved->source.config.uri, 4000) + ".\n");
    session.note("Next: daymark-cli import, then daymark-cli calendar " +
                 printable(saved->source.config.name));
    return Done;
}

Outcome runCheck(Session& session, bool full)
{
    auto engine = session.open(OpenMode::Read);
    if (!engine)
        return fail(engine.error());
    const auto report = (*engine)->check(full, session.stop());
    if (!report)
        return fail(report.error());
    session.print(session.json() ? checkJson(*report) : checkText(*report, session.style()));
    return report->ok ? Done : Failed;
}

Outcome runIdTypes(Session& session, OpenMode mode, const std::string& added)
{
    auto engine = session.open(mode);
    if (!engine)
        return fail(engine.error());
    if (mode == OpenMode::Write) {
        if (const auto done = (*engine)->addIdType(added); !done)
            return fail(done.error());
    }
    const auto idTypes = (*engine)->idTypes();
    if (!idTypes)
        return fail(idTypes.error());
    std::string text;
    for (const std::string& idType : *idTypes)
        text += printable(idType, 1024) + "\n";
    session.print(session.json() ? idTypesJson(*idTypes) : text);
    return Done;
}

Run setUpInit(Arguments&) { return runInit; }

Run setUpUpgrade(Arguments&) { return runUpgrade; }

Run setUpDemo(Arguments&) { return runDemo; }

Run setUpCheck(Arguments& arguments)
{
    auto full = std::make_shared<bool>(false);
    arguments.flag("--full", "read every byte and hold the hashes", *full);
    return [full](Session& session) { return runCheck(session, *full); };
}

Run setUpIdTypeList(Arguments&)
{
    return [](Session& session) { return runIdTypes(session, OpenMode::Read, {}); };
}

Run setUpIdTypeAdd(Arguments& arguments)
{
    auto name = std::make_shared<std::string>();
    arguments.positional("NAME", "the id type, as the rows spell it", *name);
    return [name](Session& session) { return runIdTypes(session, OpenMode::Write, *name); };
}

} // namespace

std::span<const Command> workspaceCommands()
{
    static constexpr std::array commands = {
        Command{"init", "create the workspace", "--workspace /srv/daymark init", setUpInit},
        Command{"upgrade", "back an older workspace up and bring it up to date", "upgrade",
                setUpUpgrade},
        Command{"demo", "make a sample source with a gap in it and add it", "demo", setUpDemo},
        Command{"id-type list", "list the workspace's id types", "id-type list", setUpIdTypeList},
        Command{"id-type add", "add an id type", "id-type add company_id", setUpIdTypeAdd},
        Command{"check", "hold the ledger against the landed files", "check --full", setUpCheck},
        Command{"repair", "make a new ledger where it is damaged, from what is left",
                "repair --dry-run", setUpRepair},
        Command{"support-bundle", "collect what helps those who help into one text",
                "support-bundle --to-file daymark-support.txt", setUpSupportBundle}};
    return commands;
}

} // namespace daymark::cli
