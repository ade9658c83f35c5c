// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/arguments.h"
#include "app/cli/command.h"
#include "app/cli/json_out.h"
#include "app/cli/progress.h"
#include "app/cli/question.h"
#include "app/cli/show.h"

#include <algorithm>
#include <array>
#include <limits>

namespace daymark::cli {

namespace {

struct ReimportAsked
{
    std::string name;
    std::vector<std::pair<Day, Day>> days;
    std::optional<std::string> reason;
    bool dryRun = false;
    bool yes = false;
};

struct RollbackAsked
{
    std::string name;
    Day day;
    std::optional<std::int64_t> run;
    std::optional<std::string> reason;
    bool forward = false;
    bool dryRun = false;
    bool yes = false;
};

struct RecheckAsked
{
    std::string name;
    std::optional<Day> day;
};

/// Shows the impact and, where a person is there, asks. Nobody there is a yes, but to a version
/// that empties the day. Called on one of the engine's threads while this one waits.
bool decide(Session& session, const DayImpact& impact, bool yes)
{
    if (!session.json())
        session.print(impactText(impact, session.style()));
    if (yes)
        return true;
    if (!session.json() && canAsk())
        return ask("Make this the version of " + formatDay(impact.day) + "?", session.stop());
    if (impact.rowsAfter > 0 || impact.rowsBefore == 0)
        return true;
    session.note("note: " + formatDay(impact.day) +
                 " would be left without rows; --yes replaces it all the same.");
    return false;
}

/// Days of the ranges that are not imported again, as they have not landed, and why.
std::vector<CalendarDay> leftOut(Engine& engine, const ReimportAsked& asked)
{
    std::vector<CalendarDay> days;
    for (const auto& [first, last] : asked.days) {
        const auto calendar = engine.calendar(asked.name, first, last);
        if (!calendar || first == last)
            continue;
        for (const CalendarDay& day : calendar->days)
            if (day.planned.state != DayState::Imported)
                days.push_back(day);
    }
    return days;
}

Outcome presentReimport(Session& session, const ReimportReport& report, bool dryRun,
                        const std::vector<CalendarDay>& left)
{
    const ImportReport& import = report.import;
    if (session.json())
        session.print(reimportJson(report, dryRun, left));
    else if (dryRun)
        for (const DayImpact& impact : report.impacts)
            session.print(impactText(impact, session.style()));
    if (!session.json() && (!dryRun || import.failed > 0))
        session.print(importText(import, session.style()));
    for (const CalendarDay& day : left)
        session.note("note: " + formatDay(day.planned.day) +
                     " was not imported again, as it has not landed: " +
                     printable(day.description, 500) + ".");
    if (session.stop().stop_requested())
        return Interrupted;
    return import.failed > 0 || report.refused > 0 ? Failed : Done;
}

Outcome runReimport(Session& session, const ReimportAsked& asked)
{
    auto engine = session.open(OpenMode::Write);
    if (!engine)
        return fail(engine.error());
    ReimportRequest request;
    request.source = asked.name;
    for (const auto& [first, last] : asked.days)
        request.days.push_back({first, last});
    request.reason = asked.reason.value_or("");
    request.dryRun = asked.dryRun;
    request.decide = [&](const DayImpact& impact) { return decide(session, impact, asked.yes); };
    const std::vector<CalendarDay> left = leftOut(**engine, asked);
    const auto report = [&] {
        const ProgressBar progress(**engine, !session.json() && !session.quiet() &&
                                                 (asked.yes || asked.dryRun || !canAsk()));
        return (*engine)->reimport(request, session.stop());
    }();
    if (!report)
        return fail(report.error());
    return presentReimport(session, *report, asked.dryRun, left);
}

Outcome runRollback(Session& session, const RollbackAsked& asked)
{
    auto engine = session.open(OpenMode::Write);
    if (!engine)
        return fail(engine.error());
    RollbackRequest request;
    request.source = asked.name;
    request.day = asked.day;
    if (asked.run)
        request.to = RunId{*asked.run};
    request.forward = asked.forward;
    request.reason = asked.reason.value_or("");
    request.dryRun = asked.dryRun;
    request.decide = [&](const DayImpact& impact) { return decide(session, impact, asked.yes); };
    const auto report = (*engine)->rollback(request, session.stop());
    if (!report)
        return fail(report.error());
    if (session.json())
        session.print(rollbackJson(*report, asked.dryRun));
    else if (asked.dryRun)
        session.print(impactText(report->impact, session.style()));
    else if (report->done)
        session.print(rollbackText(*report, session.style()));
    if (session.stop().stop_requested() && !report->done)
        return Interrupted;
    return report->done || asked.dryRun ? Done : Failed;
}

Outcome runVersions(Session& session, const std::string& name, Day day)
{
    auto engine = session.open(OpenMode::Read);
    if (!engine)
        return fail(engine.error());
    const auto versions = (*engine)->versions(name, day);
    if (!versions)
        return fail(versions.error());
    session.print(session.json() ? versionsJson(name, day, *versions)
                                 : versionsText(*versions, session.style()));
    if (versions->empty() && !session.json())
        session.note(formatDay(day) + " has not landed: it has no version.");
    return Done;
}

/// What is known to be wrong with the landed files of these days.
std::map<Day, std::string> damageOf(Engine& engine, const std::string& name,
                                    const std::vector<RecheckInfo>& rechecks)
{
    std::map<Day, std::string> damaged;
    for (const RecheckInfo& info : rechecks)
        if (const auto calendar = engine.calendar(name, info.day, info.day))
            for (const CalendarDay& day : calendar->days)
                if (!day.damage.empty())
                    damaged.emplace(info.day, day.damage);
    return damaged;
}

Outcome runRecheck(Session& session, const RecheckAsked& asked)
{
    auto engine = session.open(OpenMode::Write);
    if (!engine)
        return fail(engine.error());
    const auto found = (*engine)->recheck(asked.name, asked.day, session.stop());
    if (!found)
        return fail(found.error());
    const auto damaged = damageOf(**engine, asked.name, *found);
    session.print(session.json() ? rechecksJson(asked.name, damaged, *found)
                                 : rechecksText(*found, damaged, session.style()));
    if (found->empty() && !session.json())
        session.note("No landed day is due to be looked at again; name one with --day.");
    const bool failed = std::any_of(found->begin(), found->end(),
                                    [](const RecheckInfo& info) { return info.error.has_value(); });
    return failed ? Failed : Done;
}

Run setUpReimport(Arguments& arguments)
{
    auto asked = std::make_shared<ReimportAsked>();
    arguments.positional("NAME", "the source", asked->name);
    arguments.positionalDays("DAY", "landed days, as YYYY-MM-DD, or ranges such as DAY..DAY",
                             asked->days);
    arguments.text("--reason", "TEXT", "why, for those who look later", asked->reason);
    arguments.flag("--dry-run", "show what would change, and commit nothing", asked->dryRun);
    arguments.flag("--yes", "do not ask, whatever it changes", asked->yes);
    arguments.exclude("--yes", "--dry-run");
    return [asked](Session& session) { return runReimport(session, *asked); };
}

Run setUpRollback(Arguments& arguments)
{
    auto asked = std::make_shared<RollbackAsked>();
    arguments.positional("NAME", "the source", asked->name);
    arguments.positionalDay("DAY", "the day, as YYYY-MM-DD", asked->day);
    arguments.wholeNumber("--run", "ID", "the version that this run landed", 1,
                          std::numeric_limits<std::int64_t>::max(), asked->run);
    arguments.flag("--forward", "the next later version instead of the previous one",
                   asked->forward);
    arguments.exclude("--forward", "--run");
    arguments.text("--reason", "TEXT", "why, for those who look later", asked->reason);
    arguments.flag("--dry-run", "show what would change, and change nothing", asked->dryRun);
    arguments.flag("--yes", "do not ask, whatever it changes", asked->yes);
    arguments.exclude("--yes", "--dry-run");
    return [asked](Session& session) { return runRollback(session, *asked); };
}

Run setUpVersions(Arguments& arguments)
{
    auto asked = std::make_shared<std::pair<std::string, Day>>();
    arguments.positional("NAME", "the source", asked->first);
    arguments.positionalDay("DAY", "the day, as YYYY-MM-DD", asked->second);
    return [asked](Session& session) { return runVersions(session, asked->first, asked->second); };
}

Run setUpRecheck(Arguments& arguments)
{
    auto asked = std::make_shared<RecheckAsked>();
    arguments.positional("NAME", "the source", asked->name);
    arguments.day("--day", "this landed day; without it, all that are due", asked->day);
    return [asked](Session& session) { return runRecheck(session, *asked); };
}

} // namespace

std::span<const Command> versionCommands()
{
    static constexpr std::array commands = {
        Command{"reimport", "import landed days again; shows what changes first",
                "reimport shop 2022-06-13 2022-06-15..2022-06-20 --dry-run", setUpReimport},
        Command{"rollback", "go back to a day's previous version", "rollback shop 2022-06-13",
                setUpRollback},
        Command{"versions", "list the versions of a day", "versions shop 2022-06-13",
                setUpVersions},
        Command{"recheck", "hold landed days against their source", "recheck shop --day 2022-06-13",
                setUpRecheck}};
    return commands;
}

} // namespace daymark::cli
