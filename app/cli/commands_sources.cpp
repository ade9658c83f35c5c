// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/command.h"
#include "app/cli/commands_secrets.h"
#include "app/cli/json_out.h"
#include "app/cli/show.h"
#include "app/cli/source_acts.h"
#include "app/cli/source_settings.h"
#include "core/engine/about.h"
#include "core/schema/dataset.h"

#include <array>

namespace daymark::cli {

namespace {

/// Shows a saved source with what was noticed. Saved is done, whatever the source looks like now.
Outcome presentSaved(Session& session, const SourceSaved& saved, const std::string& verb)
{
    if (session.json()) {
        session.print(sourceSavedJson(saved));
        return Done;
    }
    const std::string name = printable(saved.source.config.name);
    session.print("The source " + name + " was " + verb +
                  (saved.takenUp > 0 ? "; it takes up the " + plural(saved.takenUp, "landed day") +
                                           " of before.\n"
                                     : ".\n"));
    if (!saved.findings.empty())
        session.print(findingsText(saved.findings, session.style()));
    if (saved.unreachable) {
        session.note(session.noteStyle().caution("warning:") +
                     " it could not be looked at: " + printable(saved.unreachable->message, 4000));
        if (!saved.unreachable->hint.empty())
            session.note("hint: " + printable(saved.unreachable->hint, 4000));
        session.note("Next: daymark-cli source test " + name);
    }
    return Done;
}

Outcome runAdd(Session& session, const SettingsAsked& asked)
{
    auto engine = session.open(OpenMode::Write);
    if (!engine)
        return fail(engine.error());
    const auto saved =
        (*engine)->addSource(asked.name, *asked.kind, asked.dataset.value_or("metrics"),
                             settingsOf(asked), session.stop());
    return saved ? presentSaved(session, *saved, "added") : Outcome(fail(saved.error()));
}

Outcome runEdit(Session& session, const SettingsAsked& asked)
{
    auto engine = session.open(OpenMode::Write);
    if (!engine)
        return fail(engine.error());
    const auto saved = (*engine)->editSource(asked.name, settingsOf(asked), session.stop());
    return saved ? presentSaved(session, *saved, "changed") : Outcome(fail(saved.error()));
}

Outcome runRemove(Session& session, const std::string& name, bool keepData)
{
    auto engine = session.open(OpenMode::Write);
    if (!engine)
        return fail(engine.error());
    if (const auto removed = (*engine)->removeSource(name, keepData); !removed)
        return fail(removed.error());
    session.print(session.json() ? sourceRemovedJson(name, keepData)
                                 : "The source " + printable(name) + " was removed" +
                                       (keepData ? "; its landed days stay, and a source of its "
                                                   "name takes them up.\n"
                                                 : ", and so were its landed days.\n"));
    return Done;
}

Outcome runEnable(Session& session, const std::string& name, bool enabled)
{
    auto engine = session.open(OpenMode::Write);
    if (!engine)
        return fail(engine.error());
    if (const auto set = (*engine)->setSourceEnabled(name, enabled); !set)
        return fail(set.error());
    session.print(session.json()
                      ? sourceEnabledJson(name, enabled)
                      : "The source " + printable(name) + " is " +
                            (enabled
                                 ? "enabled: it is polled and imported by itself.\n"
                                 : "disabled: it is polled and imported only when it is named.\n"));
    return Done;
}

std::string keptText(const KeptSource& source)
{
    const std::string name = printable(source.name);
    return "The removed source " + name + " has left " + plural(source.days, "landed day") +
           ": adding a source of that name takes them up, and `daymark-cli source remove " + name +
           "` removes them.";
}

Outcome runList(Session& session, bool names)
{
    auto engine = session.open(OpenMode::Read);
    if (!engine)
        return fail(engine.error());
    const auto sources = (*engine)->sources();
    if (!sources)
        return fail(sources.error());
    const auto kept = (*engine)->keptSources();
    if (!kept)
        return fail(kept.error());
    if (session.json()) {
        session.print(sourcesJson(*sources, *kept));
    } else if (names) {
        for (const SourceInfo& source : *sources)
            session.print(printable(source.config.name, 1024) + "\n");
    } else {
        session.print(sourcesText(*sources, session.style()));
        if (sources->empty())
            session.note("There are no sources yet. Next: daymark-cli source add NAME ...");
        for (const KeptSource& source : *kept)
            session.note(keptText(source));
    }
    return Done;
}

Outcome runShow(Session& session, const std::string& name)
{
    auto engine = session.open(OpenMode::Read);
    if (!engine)
        return fail(engine.error());
    const auto source = (*engine)->source(name);
    if (!source)
        return fail(source.error());
    session.print(session.json() ? sourceJson(*source) : sourceText(*source, session.style()));
    return Done;
}

Outcome runTest(Session& session, const std::string& name)
{
    auto engine = session.open(OpenMode::Read);
    if (!engine)
        return fail(engine.error());
    const auto test = (*engine)->testSource(name, session.stop());
    if (!test)
        return fail(test.error());
    session.print(session.json() ? sourceTestJson(name, *test)
                                 : sourceTestText(*test, session.style()));
    return test->ok ? Done : Failed;
}

Run setUpAdd(Arguments& arguments)
{
    auto asked = std::make_shared<SettingsAsked>();
    std::vector<std::string> kinds;
    for (const KindOffer& kind : offeredKinds())
        kinds.push_back(kind.name);
    std::vector<std::string> sets;
    for (const Dataset& one : datasets())
        sets.emplace_back(one.name);
    arguments.positional("NAME", "what the source is called from now on", asked->name);
    arguments.choice("--kind", "what kind of source it is", kinds, true, asked->kind);
    arguments.choice("--dataset", "what its rows are (metrics)", sets, false, asked->dataset);
    declareSettings(arguments, *asked);
    return [asked](Session& session) { return runAdd(session, *asked); };
}

Run setUpEdit(Arguments& arguments)
{
    auto asked = std::make_shared<SettingsAsked>();
    arguments.positional("NAME", "the source", asked->name);
    declareSettings(arguments, *asked);
    return [asked](Session& session) { return runEdit(session, *asked); };
}

Run setUpRemove(Arguments& arguments)
{
    struct Asked
    {
        std::string name;
        bool keepData = false;
    };
    auto asked = std::make_shared<Asked>();
    arguments.positional("NAME", "the source", asked->name);
    arguments.flag("--keep-data",
                   "leave its landed days and history, for a source of its name to take up",
                   asked->keepData);
    return [asked](Session& session) { return runRemove(session, asked->name, asked->keepData); };
}

Run setUpList(Arguments& arguments)
{
    auto names = std::make_shared<bool>(false);
    arguments.flag("--names", "only the names, one a line", *names);
    return [names](Session& session) { return runList(session, *names); };
}

template <bool enabled>
Run setUpEnabled(Arguments& arguments)
{
    auto name = std::make_shared<std::string>();
    arguments.positional("NAME", "the source", *name);
    return [name](Session& session) { return runEnable(session, *name, enabled); };
}

Run setUpShow(Arguments& arguments)
{
    auto name = std::make_shared<std::string>();
    arguments.positional("NAME", "the source", *name);
    return [name](Session& session) { return runShow(session, *name); };
}

Run setUpTest(Arguments& arguments)
{
    auto name = std::make_shared<std::string>();
    arguments.positional("NAME", "the source", *name);
    return [name](Session& session) { return runTest(session, *name); };
}

Outcome runDdl(Session& session, const SetupOffer& offer)
{
    const auto statements = setupStatements(offer);
    if (!statements)
        return fail(statements.error());
    session.print(session.json() ? sourceDdlJson(offer.kind, *statements) : *statements);
    return Done;
}

Run setUpDdl(Arguments& arguments)
{
    struct Asked
    {
        std::optional<std::string> kind;
        std::optional<std::string> role;
        std::optional<std::string> schema;
        std::optional<std::string> table;
        std::optional<std::string> signalTable;
    };
    auto asked = std::make_shared<Asked>();
    std::vector<std::string> kinds;
    for (const KindOffer& kind : offeredKinds())
        if (kind.hasSetup)
            kinds.push_back(kind.name);
    arguments.choice("--kind", "what kind of source it is to be", kinds, true, asked->kind);
    arguments.text("--role", "ROLE", "whom the source logs in as (daymark)", asked->role);
    arguments.text("--schema", "SCHEMA", "where the tables are (public)", asked->schema);
    arguments.text("--table", "T", "the table of the rows", asked->table);
    arguments.text("--signal-table", "T", "the table of the signals", asked->signalTable);
    return [asked](Session& session) {
        return runDdl(session, {*asked->kind, asked->role.value_or(""), asked->schema.value_or(""),
                                asked->table.value_or(""), asked->signalTable.value_or("")});
    };
}

} // namespace

std::span<const Command> sourceCommands()
{
    static constexpr std::array commands = {
        Command{"source add", "add a source",
                "source add shop --kind sqlite --dataset metrics --uri /srv/shop.sqlite", setUpAdd},
        Command{"source list", "list the sources", "source list", setUpList},
        Command{"source show", "show a source and its settings", "source show shop", setUpShow},
        Command{"source edit", "change settings of a source",
                "source edit shop --tolerance 0.5 --time-zone Europe/London", setUpEdit},
        Command{"source enable", "have a source polled and imported by itself again",
                "source enable shop", setUpEnabled<true>},
        Command{"source disable", "poll and import a source only when it is named",
                "source disable shop", setUpEnabled<false>},
        Command{"source remove", "remove a source, or the landed days that one has left",
                "source remove shop --keep-data", setUpRemove},
        Command{"source test", "connect, read the schema and the signals, and say what is wrong",
                "source test shop", setUpTest},
        Command{"source accept", "agree on a source's columns as they are now",
                "source accept shop", setUpSourceAccept},
        Command{"source backfill", "let days before the first one land too",
                "source backfill shop --from 2022-05-01 --dry-run", setUpSourceBackfill},
        Command{"source start-over", "begin anew on a later day; what landed stays",
                "source start-over shop --from 2022-09-01 --dry-run", setUpSourceStartOver},
        Command{"source secret", "put a source's password, read from stdin, into the keychain",
                "source secret shop", setUpSourceSecret},
        Command{"source ddl", "print the statements that set up a new customer's database",
                "source ddl --kind postgres --role daymark --schema shop", setUpDdl}};
    return commands;
}

} // namespace daymark::cli
