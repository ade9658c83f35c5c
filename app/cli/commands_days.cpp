// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/arguments.h"
#include "app/cli/command.h"
#include "app/cli/json_out.h"
#include "app/cli/show.h"
#include "core/engine/as_of.h"

#include <algorithm>
#include <array>
#include <limits>

namespace daymark::cli {

namespace {

struct CalendarAsked
{
    std::string name;
    std::optional<Day> from;
    std::optional<Day> to;
    std::optional<Instant> asOf;
};

struct DayAsked
{
    std::string name;
    Day day;
    std::string reason;
    bool probe = false;
};

struct PreviewAsked
{
    std::string name;
    std::optional<Day> day;
    std::optional<std::int64_t> rows;
    bool all = false;
};

Outcome runCalendar(Session& session, const CalendarAsked& asked)
{
    auto engine = session.open(OpenMode::Read);
    if (!engine)
        return fail(engine.error());
    if (asked.asOf) {
        const auto past = calendarAsOf(**engine, asked.name, *asked.asOf, asked.from, asked.to);
        if (!past)
            return fail(past.error());
        session.print(session.json() ? calendarAsOfJson(*past)
                                     : calendarAsOfText(*past, session.style()));
        return Done;
    }
    const auto view = (*engine)->calendar(asked.name, asked.from, asked.to);
    if (!view)
        return fail(view.error());
    session.print(session.json() ? calendarJson(*view) : calendarText(*view, session.style()));
    return Done;
}

Outcome presentDay(Session& session, Engine& engine, const DayAsked& asked)
{
    const auto explained = engine.explainDay(asked.name, asked.day, asked.probe, session.stop());
    if (!explained)
        return fail(explained.error());
    session.print(session.json() ? explainedJson(*explained)
                                 : explainedText(*explained, session.style()));
    return Done;
}

Outcome runExplain(Session& session, const DayAsked& asked)
{
    auto engine = session.open(OpenMode::Read);
    if (!engine)
        return fail(engine.error());
    return presentDay(session, **engine, asked);
}

/// Changes a day by `change` and shows what it is then.
Outcome changeDay(Session& session, const DayAsked& asked,
                  const std::function<Status(Engine&)>& change)
{
    auto engine = session.open(OpenMode::Write);
    if (!engine)
        return fail(engine.error());
    if (const auto changed = change(**engine); !changed)
        return fail(changed.error());
    return presentDay(session, **engine, asked);
}

Outcome runSignal(Session& session, const DayAsked& asked)
{
    return changeDay(session, asked,
                     [&](Engine& engine) { return engine.signalDay(asked.name, asked.day); });
}

Outcome runSkip(Session& session, const DayAsked& asked)
{
    return changeDay(session, asked, [&](Engine& engine) {
        return engine.skipDay(asked.name, asked.day, asked.reason);
    });
}

Outcome runReopen(Session& session, const DayAsked& asked)
{
    return changeDay(session, asked,
                     [&](Engine& engine) { return engine.reopenDay(asked.name, asked.day); });
}

bool hasErrors(const std::vector<SchemaFinding>& findings)
{
    return std::any_of(findings.begin(), findings.end(), [](const SchemaFinding& finding) {
        return finding.severity == Severity::Error;
    });
}

Outcome runPreview(Session& session, const PreviewAsked& asked)
{
    auto engine = session.open(OpenMode::Read);
    if (!engine)
        return fail(engine.error());
    PreviewRequest request;
    request.day = asked.day;
    if (asked.all)
        request.rows.reset();
    else if (asked.rows)
        request.rows = static_cast<std::uint64_t>(*asked.rows);
    const auto preview = (*engine)->preview(asked.name, request, session.stop());
    if (!preview)
        return fail(preview.error());
    session.print(session.json() ? previewJson(*preview) : previewText(*preview, session.style()));
    return hasErrors(preview->schema) ? Failed : Done;
}

std::shared_ptr<DayAsked> declareDay(Arguments& arguments)
{
    auto asked = std::make_shared<DayAsked>();
    arguments.positional("NAME", "the source", asked->name);
    arguments.positionalDay("DAY", "the day, as YYYY-MM-DD", asked->day);
    return asked;
}

Run setUpCalendar(Arguments& arguments)
{
    auto asked = std::make_shared<CalendarAsked>();
    arguments.positional("NAME", "the source", asked->name);
    arguments.day("--from", "the first day to show", asked->from);
    arguments.day("--to", "the last day to show", asked->to);
    arguments.instant("--as-of", "as it was known at that moment of the past", asked->asOf);
    return [asked](Session& session) { return runCalendar(session, *asked); };
}

Run setUpExplain(Arguments& arguments)
{
    auto asked = declareDay(arguments);
    arguments.flag("--probe", "count the source's rows for the day first", asked->probe);
    return [asked](Session& session) { return runExplain(session, *asked); };
}

Run setUpSignal(Arguments& arguments)
{
    auto asked = declareDay(arguments);
    return [asked](Session& session) { return runSignal(session, *asked); };
}

Run setUpSkip(Arguments& arguments)
{
    auto asked = declareDay(arguments);
    arguments.neededText("--reason", "TEXT", "why the day is closed, for those who look later",
                         asked->reason);
    return [asked](Session& session) { return runSkip(session, *asked); };
}

Run setUpReopen(Arguments& arguments)
{
    auto asked = declareDay(arguments);
    return [asked](Session& session) { return runReopen(session, *asked); };
}

Run setUpPreview(Arguments& arguments)
{
    auto asked = std::make_shared<PreviewAsked>();
    arguments.positional("NAME", "the source", asked->name);
    arguments.day("--day", "the day (the next one, else the latest signalled)", asked->day);
    arguments.wholeNumber("--rows", "N", "how many rows to read (1000)", 1,
                          std::numeric_limits<std::int64_t>::max(), asked->rows);
    arguments.flag("--all", "read the whole day", asked->all);
    arguments.exclude("--all", "--rows");
    return [asked](Session& session) { return runPreview(session, *asked); };
}

} // namespace

std::span<const Command> dayCommands()
{
    static constexpr std::array commands = {
        Command{"calendar", "show the state of every day of a source",
                "calendar shop --from 2022-06-01", setUpCalendar},
        Command{"explain", "say why a day is what it is and what to do",
                "explain shop 2022-06-14 --probe", setUpExplain},
        Command{"preview", "check the schema and validate rows without importing",
                "preview shop --day 2022-06-14 --all", setUpPreview},
        Command{"signal", "mark a day finished in the source's place", "signal shop 2022-06-14",
                setUpSignal},
        Command{"skip", "close a gap with a reason",
                "skip shop 2022-06-18 --reason \"closed on Saturdays\"", setUpSkip},
        Command{"reopen", "open a skipped day again", "reopen shop 2022-06-18", setUpReopen}};
    return commands;
}

} // namespace daymark::cli
