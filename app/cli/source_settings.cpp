// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/source_settings.h"

#include "core/engine/about.h"

namespace daymark::cli {

namespace {

std::optional<int> asInt(const std::optional<std::int64_t>& number)
{
    return number ? std::optional(static_cast<int>(*number)) : std::nullopt;
}

/// Where the rows and the signals are.
void declarePlace(Arguments& arguments, SettingsAsked& asked)
{
    SourceSettings& settings = asked.settings;
    std::string uriHelp;
    for (const KindOffer& kind : offeredKinds())
        uriHelp += (uriHelp.empty() ? "" : "; ") + kind.name + ": " + kind.uriHelp;
    arguments.text("--uri", "URI", uriHelp, settings.uri);
    arguments.text("--table", "T",
                   "table or view with the rows; files: folder or file below the URI",
                   settings.table);
    arguments.text("--query", "SQL", "a SELECT in place of a table", settings.query);
    arguments.exclude("--query", "--table");
    arguments.text("--signal-table", "T", "table or view with the signals", settings.signalTable);
    arguments.pairs("--map", "CANONICAL=COLUMN",
                    "the source's column for a canonical one; repeatable, empty: by name again",
                    settings.columnMap);
    arguments.pairs("--set", "KEY=VALUE",
                    "a format setting (delimiter, quote, header, date_format, ...); repeatable, "
                    "empty: found again",
                    settings.format);
}

/// How its days are taken in.
void declarePolicy(Arguments& arguments, SettingsAsked& asked)
{
    SourceSettings& settings = asked.settings;
    arguments.choice("--order",
                     "strict: each day is signalled itself; high-water: and all before it",
                     {"strict", "high-water"}, false, asked.order);
    arguments.choice("--unit-day", "what happens to a further row of a unit, day and metric",
                     {"reject", "first", "sum"}, false, asked.unitDay);
    arguments.wholeNumber("--horizon-days", "N", "how far back the first day may lie (28)", 0, 3650,
                          asked.horizonDays);
    arguments.day("--first-day", "the first day to import", settings.firstDay);
    arguments.timeZone("--time-zone", "where days begin: an IANA zone or UTC-08:00 (UTC)",
                       settings.timeZone);
    arguments.percent("--tolerance", "rejected rows a day may have and still land, in percent (1)",
                      settings.tolerancePercent);
    arguments.wholeNumber("--poll-minutes", "N", "how often the signals are read (60)", 1, 10080,
                          asked.pollMinutes);
    arguments.wholeNumber("--staleness-days", "N",
                          "a metric without a value for this long is stale (14)", 1, 3650,
                          asked.stalenessDays);
}

/// What becomes of its landed days.
void declareVersions(Arguments& arguments, SettingsAsked& asked)
{
    SourceSettings& settings = asked.settings;
    arguments.choice("--recheck", "how closely a landed day is looked at again (full)",
                     {"full", "count"}, false, asked.recheck);
    arguments.wholeNumber("--recheck-days", "N",
                          "for how many days after it landed, daily; 0: never (3)", 0, 365,
                          asked.recheckDays);
    arguments.percentOrOff("--reimport-automatically-above",
                           "import a landed day again by itself when a look finds it changed by "
                           "more than that; off: only mark it (off)",
                           settings.reimportAbovePercent);
    arguments.choicesByKey("--schema-changes",
                           "what a column does that is gone, new or of another type since the "
                           "first landing: block, warn or accept; repeatable (gone=block new=warn "
                           "type=warn)",
                           {"gone", "new", "type"}, {"block", "warn", "accept"},
                           asked.schemaChanges);
    arguments.wholeNumber("--keep-versions", "N", "earlier versions of a day that are kept (5)", 0,
                          100, asked.keepVersions);
    arguments.wholeNumber("--keep-days", "N", "how long they are kept at most, in days (30)", 0,
                          3650, asked.keepDays);
}

} // namespace

void declareSettings(Arguments& arguments, SettingsAsked& asked)
{
    declarePlace(arguments, asked);
    declarePolicy(arguments, asked);
    declareVersions(arguments, asked);
}

SourceSettings settingsOf(const SettingsAsked& asked)
{
    SourceSettings settings = asked.settings;
    if (asked.order)
        settings.order = *asked.order == "strict" ? DayOrder::Strict : DayOrder::HighWater;
    if (asked.unitDay)
        settings.unitDay = findUnitDay(*asked.unitDay);
    settings.horizonDays = asInt(asked.horizonDays);
    settings.pollMinutes = asInt(asked.pollMinutes);
    settings.stalenessDays = asInt(asked.stalenessDays);
    if (asked.recheck)
        settings.recheck = findRecheck(*asked.recheck);
    settings.recheckDays = asInt(asked.recheckDays);
    for (const auto& [kind, word] : asked.schemaChanges)
        (kind == "gone"  ? settings.columnGone
         : kind == "new" ? settings.columnNew
                         : settings.columnType) = findSchemaAction(word);
    settings.keepVersions = asInt(asked.keepVersions);
    settings.keepDays = asInt(asked.keepDays);
    return settings;
}

} // namespace daymark::cli
