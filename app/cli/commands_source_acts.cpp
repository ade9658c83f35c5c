// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/arguments.h"
#include "app/cli/json_out.h"
#include "app/cli/question.h"
#include "app/cli/show.h"
#include "app/cli/source_acts.h"
#include "app/cli/table.h"
#include "core/base/text.h"
#include "core/engine/first_day.h"
#include "core/engine/schema_contract.h"

namespace daymark::cli {

namespace {

std::string acceptedText(const std::vector<SourceColumn>& columns)
{
    Table table({{"Column"}, {"Type"}});
    for (const SourceColumn& column : columns)
        table.add({printable(column.name), printable(column.typeName)});
    return plural(columns.size(), "column") + " agreed on.\n" + table.text();
}

Outcome runAccept(Session& session, const std::string& name)
{
    auto engine = session.open(OpenMode::Write);
    if (!engine)
        return fail(engine.error());
    const auto columns = acceptSchema(**engine, name, session.stop());
    if (!columns)
        return fail(columns.error());
    session.print(session.json() ? sourceAcceptedJson(name, *columns) : acceptedText(*columns));
    return Done;
}

using Mover = Result<FirstDayOutcome> (*)(Engine&, const FirstDayMove&);

struct MoveAsked
{
    FirstDayMove move;
    std::optional<std::string> reason;
    bool yes = false;
};

std::string moveText(const FirstDayOutcome& outcome, const Style& style)
{
    std::string text = factsText({{"First day until now", formatDay(outcome.before)},
                                  {"First day", formatDay(outcome.after)},
                                  {"Landed days", groupedDigits(outcome.landed)},
                                  {"Days concerned", groupedDigits(outcome.days)},
                                  {"Of them signalled", groupedDigits(outcome.signalled)}});
    for (const std::string& warning : outcome.warnings)
        text += style.caution("! ") + printable(warning, 1000) + "\n";
    return text;
}

/// Nothing that changes what is imported is done unasked.
Error nobodyToAsk(const std::string& source)
{
    return {ErrorCode::UsageInvalid,
            "Moving the first day of " + printable(source) +
                " changes what is imported, and nobody is there to be asked.",
            "See what would come of it with --dry-run; do it without a question with --yes."};
}

/// Shows what would come of it and asks, where a person is there to be asked; refuses where none
/// is, unless it was agreed to beforehand.
Outcome moveFirstDay(Session& session, const MoveAsked& asked, Mover mover)
{
    FirstDayMove move = asked.move;
    move.reason = asked.reason.value_or("");
    const bool asks = !move.dryRun && !asked.yes;
    if (asks && (session.json() || !canAsk()))
        return fail(nobodyToAsk(move.source));
    auto engine = session.open(move.dryRun ? OpenMode::Read : OpenMode::Write);
    if (!engine)
        return fail(engine.error());
    if (asks) {
        move.dryRun = true;
        const auto look = mover(**engine, move);
        if (!look)
            return fail(look.error());
        session.print(moveText(*look, session.style()));
        if (!ask("Move the first day?", session.stop()))
            return Failed;
        move.dryRun = false;
    }
    const auto outcome = mover(**engine, move);
    if (!outcome)
        return fail(outcome.error());
    session.print(session.json() ? firstDayJson(move.source, *outcome)
                                 : moveText(*outcome, session.style()));
    if (outcome->done && !session.json())
        session.note("Next: daymark-cli calendar " + printable(move.source));
    return Done;
}

Run setUpMove(Arguments& arguments, const std::string& dayHelp, Mover mover)
{
    auto asked = std::make_shared<MoveAsked>();
    arguments.positional("NAME", "the source", asked->move.source);
    arguments.neededDay("--from", dayHelp, asked->move.day);
    arguments.text("--reason", "TEXT", "why, for those who look later", asked->reason);
    arguments.flag("--dry-run", "say what would come of it, and change nothing",
                   asked->move.dryRun);
    arguments.flag("--yes", "do not ask", asked->yes);
    arguments.exclude("--yes", "--dry-run");
    return [asked, mover](Session& session) { return moveFirstDay(session, *asked, mover); };
}

} // namespace

Run setUpSourceBackfill(Arguments& arguments)
{
    return setUpMove(arguments, "the new first day, before the one until now", backfill);
}

Run setUpSourceStartOver(Arguments& arguments)
{
    return setUpMove(arguments, "the new first day, after the last landed one", startOver);
}

Run setUpSourceAccept(Arguments& arguments)
{
    auto name = std::make_shared<std::string>();
    arguments.positional("NAME", "the source", *name);
    return [name](Session& session) { return runAccept(session, *name); };
}

} // namespace daymark::cli
