// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/arguments.h"
#include "app/cli/command.h"
#include "app/cli/json_out.h"
#include "app/cli/show.h"
#include "core/base/text.h"

#include <array>

namespace daymark::cli {

namespace {

constexpr std::int64_t kRowsShown = 1000;

struct RowsAsked
{
    std::string name;
    Day day;
    std::optional<std::string> metric;
    std::optional<std::int64_t> limit;
};

struct ExportAsked
{
    std::string name;
    std::optional<Day> from;
    std::optional<Day> to;
    std::string file;
};

Outcome runCatalog(Session& session, bool withStale)
{
    auto engine = session.open(OpenMode::Read);
    if (!engine)
        return fail(engine.error());
    const auto metrics = (*engine)->catalog(withStale);
    if (!metrics)
        return fail(metrics.error());
    session.print(session.json() ? catalogJson(*metrics) : catalogText(*metrics, session.style()));
    if (metrics->empty() && !session.json())
        session.note(withStale ? "No metric has landed yet."
                               : "No metric has a value of late; --all shows stale ones too.");
    return Done;
}

Outcome runMetric(Session& session, const std::string& name)
{
    auto engine = session.open(OpenMode::Read);
    if (!engine)
        return fail(engine.error());
    const auto metric = (*engine)->metric(name);
    if (!metric)
        return fail(metric.error());
    session.print(session.json() ? metricJson(*metric) : metricText(*metric, session.style()));
    return Done;
}

/// Asks for one row more than is shown, to know whether there are more.
Outcome runRows(Session& session, const RowsAsked& asked)
{
    auto engine = session.open(OpenMode::Read);
    if (!engine)
        return fail(engine.error());
    const auto limit = static_cast<std::size_t>(asked.limit.value_or(kRowsShown));
    const auto rows =
        (*engine)->rows(asked.name, asked.day, asked.metric, limit + 1, session.stop());
    if (!rows)
        return fail(rows.error());
    const bool more = rows->size() > limit;
    const std::span shown = std::span(*rows).first(std::min(limit, rows->size()));
    session.print(session.json() ? rowsJson(asked.name, asked.day, shown, more) : rowsText(shown));
    if (more)
        session.note("Only the first " + groupedDigits(limit) +
                     " rows are shown; --limit N shows more, and export writes all.");
    else if (shown.empty())
        session.note("There are no such rows.");
    return Done;
}

Outcome runExport(Session& session, const ExportAsked& asked)
{
    auto engine = session.open(OpenMode::Read);
    if (!engine)
        return fail(engine.error());
    const auto rows =
        (*engine)->exportRows(asked.name, asked.from, asked.to, asked.file, session.stop());
    if (!rows)
        return fail(rows.error());
    session.print(session.json()
                      ? exportJson(asked.file, *rows)
                      : plural(*rows, "row") + " in " + printable(asked.file, 4000) + ".\n");
    return Done;
}

Run setUpCatalog(Arguments& arguments)
{
    auto all = std::make_shared<bool>(false);
    arguments.flag("--all", "stale metrics too", *all);
    return [all](Session& session) { return runCatalog(session, *all); };
}

Run setUpMetric(Arguments& arguments)
{
    auto name = std::make_shared<std::string>();
    arguments.positional("NAME", "the metric", *name);
    return [name](Session& session) { return runMetric(session, *name); };
}

Run setUpRows(Arguments& arguments)
{
    auto asked = std::make_shared<RowsAsked>();
    arguments.positional("NAME", "the source", asked->name);
    arguments.neededDay("--day", "the landed day", asked->day);
    arguments.text("--metric", "M", "only this metric's rows", asked->metric);
    arguments.wholeNumber("--limit", "N", "how many rows to show (1000)", 1, 1'000'000,
                          asked->limit);
    return [asked](Session& session) { return runRows(session, *asked); };
}

Run setUpExport(Arguments& arguments)
{
    auto asked = std::make_shared<ExportAsked>();
    arguments.positional("NAME", "the source", asked->name);
    arguments.day("--from", "the first day", asked->from);
    arguments.day("--to", "the last day", asked->to);
    arguments.neededText("--to-file", "F", "the file to write: F.csv or F.parquet", asked->file);
    return [asked](Session& session) { return runExport(session, *asked); };
}

} // namespace

std::span<const Command> dataCommands()
{
    static constexpr std::array commands = {
        Command{"catalog", "list the metrics that landed", "catalog --all", setUpCatalog},
        Command{"metric show", "show one metric day by day", "metric show revenue", setUpMetric},
        Command{"rows", "show landed rows of a day",
                "rows shop --day 2022-06-13 --metric revenue --limit 20", setUpRows},
        Command{"export", "write landed rows as CSV or Parquet",
                "export shop --from 2022-06-01 --to 2022-06-30 --to-file june.parquet",
                setUpExport}};
    return commands;
}

} // namespace daymark::cli
