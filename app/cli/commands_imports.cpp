// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/arguments.h"
#include "app/cli/command.h"
#include "app/cli/json_out.h"
#include "app/cli/progress.h"
#include "app/cli/proofs.h"
#include "app/cli/show.h"
#include "app/cli/watch.h"
#include "core/base/text.h"
#include "core/engine/notices.h"

#include <algorithm>
#include <array>

namespace daymark::cli {

namespace {

constexpr std::int64_t kRunsShown = 100;

struct ImportAsked
{
    std::vector<std::string> names;
    bool noPoll = false;
    std::optional<Day> day;
};

struct RunsAsked
{
    std::optional<std::string> name;
    std::optional<std::int64_t> limit;
};

Outcome runPoll(Session& session, std::vector<std::string> names)
{
    auto engine = session.open(OpenMode::Write);
    if (!engine)
        return fail(engine.error());
    if (names.empty()) {
        const auto sources = (*engine)->sources();
        if (!sources)
            return fail(sources.error());
        for (const SourceInfo& source : *sources)
            if (source.enabled)
                names.push_back(source.config.name);
    }
    std::vector<PollReport> polls;
    for (const std::string& name : names) {
        const auto poll = (*engine)->poll(name, session.stop());
        if (!poll)
            return fail(poll.error());
        polls.push_back(*poll);
    }
    const auto failed =
        std::count_if(polls.begin(), polls.end(), [](const PollReport& poll) { return !poll.ok; });
    session.print(session.json() ? pollsJson(polls, static_cast<int>(failed))
                                 : pollsText(polls, session.style()));
    if (polls.empty() && !session.json())
        session.note("There are no sources yet. Next: daymark-cli source add NAME ...");
    return failed > 0 ? Failed : Done;
}

/// Names what helps where a pass ended early, from the day that the source waits for.
void suggestNext(Session& session, Engine& engine, const ImportReport& report)
{
    for (const auto& waiting : report.waiting) {
        const auto view = engine.calendar(waiting.first);
        if (!view || !view->plan.nextDay)
            continue;
        const auto explained =
            engine.explainDay(waiting.first, *view->plan.nextDay, false, session.stop());
        if (!explained)
            continue;
        for (const SuggestedAction& action : explained->explanation.actions)
            session.note("  → " + printable(action.label) + ": " + printable(action.command, 500));
    }
}

Outcome presentImport(Session& session, Engine& engine, const ImportReport& report)
{
    if (session.json()) {
        session.print(importJson(report));
    } else {
        session.print(importText(report, session.style()));
        if (!session.quiet() && !report.cancelled)
            suggestNext(session, engine, report);
    }
    if (report.cancelled || session.stop().stop_requested())
        return Interrupted;
    return report.failed > 0 ? Failed : Done;
}

Outcome runImport(Session& session, const ImportAsked& asked)
{
    auto engine = session.open(OpenMode::Write);
    if (!engine)
        return fail(engine.error());
    ImportRequest request;
    request.sources = asked.names;
    request.poll = !asked.noPoll;
    request.last = asked.day;
    const auto report = [&] {
        const ProgressBar progress(**engine, !session.json() && !session.quiet());
        return (*engine)->import(request, session.stop());
    }();
    if (!report)
        return fail(report.error());
    return presentImport(session, **engine, *report);
}

Outcome runDueOnce(Session& session)
{
    auto engine = session.open(OpenMode::Write);
    if (!engine)
        return fail(engine.error());
    const auto report = [&] {
        const Subscription told = (*engine)->subscribe([&session](const Event& event) {
            if (event.kind == EventKind::DaysChanged && !event.message.empty() && !session.json())
                session.print(printable(event.source) + ": " + printable(event.message, 4000) +
                              "\n");
        });
        const ProgressBar progress(**engine, !session.json() && !session.quiet());
        return (*engine)->runDue(session.stop());
    }();
    if (!report)
        return fail(report.error());
    if (const Status told = (*engine)->notices().catchUp(session.stop()); !told)
        session.note("No notices were sent: " + told.error().message);
    return presentImport(session, **engine, *report);
}

Outcome runRuns(Session& session, const RunsAsked& asked)
{
    auto engine = session.open(OpenMode::Read);
    if (!engine)
        return fail(engine.error());
    const auto limit = static_cast<std::size_t>(asked.limit.value_or(kRunsShown));
    const auto runs = (*engine)->runs(asked.name, limit + 1);
    if (!runs)
        return fail(runs.error());
    const bool more = runs->size() > limit;
    const std::span shown = std::span(*runs).first(std::min(limit, runs->size()));
    session.print(session.json() ? runsJson(shown, more) : runsText(shown, session.style()));
    if (more)
        session.note("Only the latest " + groupedDigits(limit) +
                     " runs are shown; --limit N shows more.");
    else if (shown.empty())
        session.note("There are no runs yet.");
    return Done;
}

Outcome runRunShow(Session& session, std::int64_t id)
{
    auto engine = session.open(OpenMode::Read);
    if (!engine)
        return fail(engine.error());
    const auto run = (*engine)->run(RunId{id});
    if (!run)
        return fail(run.error());
    session.print(session.json() ? runJson(*run) : runText(*run, session.style()));
    return Done;
}

Run setUpPoll(Arguments& arguments)
{
    auto names = std::make_shared<std::vector<std::string>>();
    arguments.positionals("NAME", "the sources; all when none is named", *names);
    return [names](Session& session) { return runPoll(session, *names); };
}

Run setUpImport(Arguments& arguments)
{
    auto asked = std::make_shared<ImportAsked>();
    arguments.positionals("NAME", "the sources; all when none is named", asked->names);
    arguments.flag("--no-poll", "go by the signals read before", asked->noPoll);
    arguments.day("--day", "take days up to this one only", asked->day);
    return [asked](Session& session) { return runImport(session, *asked); };
}

Run setUpRuns(Arguments& arguments)
{
    auto asked = std::make_shared<RunsAsked>();
    arguments.positional("NAME", "only this source's runs", asked->name);
    arguments.wholeNumber("--limit", "N", "how many runs to show (100)", 1, 1'000'000,
                          asked->limit);
    return [asked](Session& session) { return runRuns(session, *asked); };
}

Run setUpRunShow(Arguments& arguments)
{
    auto id = std::make_shared<std::int64_t>(0);
    arguments.positionalNumber("ID", "the run's number", 1, *id);
    return [id](Session& session) { return runRunShow(session, *id); };
}

Run setUpWatch(Arguments& arguments)
{
    auto once = std::make_shared<bool>(false);
    arguments.flag("--once", "all that is due now, then end", *once);
    return [once](Session& session) { return *once ? runDueOnce(session) : watch(session); };
}

} // namespace

std::span<const Command> importCommands()
{
    static constexpr std::array commands = {
        Command{"poll", "read the signals now", "poll shop", setUpPoll},
        Command{"import", "poll, then import what is ready, in order",
                "import shop --day 2022-06-20", setUpImport},
        Command{"watch", "poll, import and look again when due, until interrupted", "watch",
                setUpWatch},
        Command{"runs", "show the history of runs", "runs shop --limit 20", setUpRuns},
        Command{"run show", "show one run with its counts, rules, timings and error", "run show 12",
                setUpRunShow},
        Command{"run export", "write the proof of a run, without secrets or customers' values",
                "run export 12 --to-file run-12.daymark-run", setUpRunExport},
        Command{"run proof", "verify and show the proof of a run", "run proof run-12.daymark-run",
                setUpRunProof}};
    return commands;
}

} // namespace daymark::cli
