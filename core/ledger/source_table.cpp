// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ledger/source_table.h"

#include "core/base/text.h"
#include "core/ledger/journal_writer.h"
#include "core/ledger/names.h"
#include "core/ledger/policy_words.h"

#include <utility>

namespace daymark::ledger {

namespace {

constexpr std::size_t kNameBytes = 80; // percent-encoded, it still is one part of a path

constexpr const char* kSelectSources = R"sql(
SELECT id, name, kind, dataset, uri, data_table, query, signal_table, unit_day, time_zone,
       day_order, horizon_days, first_day, poll_minutes, tolerance_percent, staleness_days,
       data_place, signal_place, first_day_fixed, enabled, removed, created_at, edited_at,
       poll_last, poll_success, poll_next, poll_failures, poll_error, poll_message, poll_hint,
       recheck_days, recheck, keep_versions, keep_days,
       reimport_above, column_gone, column_new, column_type, schema_break, started_over
FROM sources )sql";

std::string_view orderName(DayOrder order)
{
    return order == DayOrder::HighWater ? "high-water" : "strict";
}

void readConfig(Query& row, SourceConfig& config)
{
    config.name = row.text(1);
    config.kind = row.text(2);
    const Dataset* dataset = findDataset(row.text(3));
    config.dataset = dataset ? dataset->kind : DatasetKind::Metrics;
    config.uri = row.text(4);
    config.table = row.text(5);
    config.query = row.text(6);
    config.signalTable = row.text(7);
    config.unitDay = findUnitDay(row.text(8)).value_or(UnitDay::Reject);
    config.timeZone = row.text(9);
}

void readPolicy(Query& row, Policy& policy)
{
    policy.timeZone = row.text(9);
    policy.order = row.text(10) == "high-water" ? DayOrder::HighWater : DayOrder::Strict;
    policy.horizonDays = static_cast<int>(row.integer(11));
    policy.firstDay = row.maybeDay(12);
    policy.pollMinutes = static_cast<int>(row.integer(13));
    policy.tolerancePercent = row.real(14);
    policy.stalenessDays = static_cast<int>(row.integer(15));
    policy.recheckDays = static_cast<int>(row.integer(30));
    policy.recheck = findRecheck(row.text(31)).value_or(Recheck::Full);
    policy.keepVersions = static_cast<int>(row.integer(32));
    policy.keepDays = static_cast<int>(row.integer(33));
    if (!row.isNull(34))
        policy.reimportAbovePercent = row.real(34);
    policy.columnGone = findSchemaAction(row.text(35)).value_or(policy.columnGone);
    policy.columnNew = findSchemaAction(row.text(36)).value_or(policy.columnNew);
    policy.columnType = findSchemaAction(row.text(37)).value_or(policy.columnType);
    policy.startedOver = row.flag(39);
}

SourceRecord readSource(Query& row)
{
    SourceRecord source;
    source.id = {row.integer(0)};
    readConfig(row, source.config);
    readPolicy(row, source.policy);
    source.dataPlace = row.text(16);
    source.signalPlace = row.text(17);
    source.firstDayFixed = row.flag(18);
    source.enabled = row.flag(19);
    source.removed = row.flag(20);
    source.createdAt = row.instant(21);
    source.editedAt = row.instant(22);
    source.poll.last = row.maybeInstant(23);
    source.poll.lastSuccess = row.maybeInstant(24);
    source.poll.nextDue = row.maybeInstant(25);
    source.poll.failures = static_cast<int>(row.integer(26));
    source.poll.error = readError(row, 27);
    source.schemaBreak = row.text(38);
    return source;
}

void readSettings(SQLite::Database& database, SourceRecord& source)
{
    Query query(database, "SELECT scope, name, value FROM source_settings WHERE source = ?");
    query.with(source.id);
    while (query.next()) {
        auto& settings = query.text(0) == "column" ? source.config.columnMap : source.config.format;
        settings[query.text(1)] = query.text(2);
    }
}

void writeSettings(SQLite::Database& database, SourceId source, const SourceConfig& config)
{
    Query(database, "DELETE FROM source_settings WHERE source = ?").with(source).run();
    Query insert(database, "INSERT INTO source_settings (source, scope, name, value) "
                           "VALUES (?, ?, ?, ?)");
    for (const auto& [canonical, column] : config.columnMap)
        insert.with(source, "column", canonical, column).run();
    for (const auto& [name, value] : config.format)
        insert.with(source, "format", name, value).run();
}

/// Writes everything that an operator can set over an existing row.
void writeSource(SQLite::Database& database, SourceId source, const SourceEdit& settings,
                 Instant at)
{
    const SourceConfig& config = settings.config;
    const Policy& policy = settings.policy;
    Query(database,
          "UPDATE sources SET uri = ?, data_table = ?, query = ?, signal_table = ?, "
          "unit_day = ?, time_zone = ?, day_order = ?, horizon_days = ?, first_day = ?, "
          "poll_minutes = ?, tolerance_percent = ?, staleness_days = ?, recheck_days = ?, "
          "recheck = ?, keep_versions = ?, keep_days = ?, reimport_above = ?, column_gone = ?, "
          "column_new = ?, column_type = ?, data_place = ?, "
          "signal_place = ?, edited_at = ? WHERE id = ?")
        .with(config.uri, config.table, config.query, config.signalTable,
              unitDayName(config.unitDay), policy.timeZone, orderName(policy.order),
              policy.horizonDays, policy.firstDay, policy.pollMinutes, policy.tolerancePercent,
              policy.stalenessDays, policy.recheckDays, recheckName(policy.recheck),
              policy.keepVersions, policy.keepDays, policy.reimportAbovePercent,
              schemaActionName(policy.columnGone), schemaActionName(policy.columnNew),
              schemaActionName(policy.columnType), settings.dataPlace, settings.signalPlace, at,
              source)
        .run();
    writeSettings(database, source, config);
}

/// Makes the row of a new source with what stays for its life.
SourceId insertSource(SQLite::Database& database, const SourceConfig& config, Instant at)
{
    Query(database,
          "INSERT INTO sources (name, kind, dataset, uri, data_table, query, signal_table, "
          "unit_day, time_zone, day_order, horizon_days, poll_minutes, "
          "tolerance_percent, staleness_days, data_place, signal_place, created_at, "
          "edited_at) VALUES (?, ?, ?, '', '', '', '', '', '', '', 0, 0, 0, 0, '', '', "
          "?, ?)")
        .with(config.name, config.kind, dataset(config.dataset).name, at, at)
        .run();
    return {database.getLastInsertRowid()};
}

std::vector<SourceRecord> readSources(SQLite::Database& database, Query& query)
{
    std::vector<SourceRecord> sources;
    while (query.next()) {
        sources.push_back(readSource(query));
        readSettings(database, sources.back());
    }
    return sources;
}

/// A removed source whose landed days are kept.
constexpr const char* kKept = "name = ? AND removed = 1 AND EXISTS (SELECT 1 FROM days "
                              "WHERE days.source = sources.id AND current_run IS NOT NULL)";

std::optional<SourceRecord> keptSource(SQLite::Database& database, const std::string& name)
{
    Query query(database, (std::string(kSelectSources) + "WHERE " + kKept).c_str());
    auto found = readSources(database, query.with(name));
    return found.empty() ? std::nullopt : std::optional(std::move(found.front()));
}

Error removedSource(const SourceRecord& kept)
{
    const std::string name = "\"" + shortened(kept.config.name) + "\"";
    // Made by a repair that knew no more of it, it never had a place.
    const bool bare = kept.config.uri.empty();
    return {ErrorCode::SourceUnknown,
            "The source " + name +
                (bare ? " is known from its landed days alone, since the ledger was made anew."
                      : " was removed; its landed days are kept."),
            "Read them with daymark-cli rows and export; take them up by adding a source of that "
            "name again (source add), or remove them too (source remove)."};
}

Error unknownSource(SQLite::Database& database, const std::string& name)
{
    if (const auto kept = keptSource(database, name))
        return removedSource(*kept);
    std::vector<std::string> known;
    Query query(database, "SELECT name FROM sources WHERE removed = 0");
    while (query.next())
        known.push_back(query.text(0));
    const auto guess = nearest(name, known);
    return {ErrorCode::SourceUnknown, "There is no source named \"" + shortened(name) + "\".",
            guess ? "Did you mean \"" + *guess + "\"?"
                  : "List the sources with: daymark-cli source list"};
}

Status checkSpelling(const std::string& name)
{
    const std::string fault = faultOfName(name, kNameBytes);
    if (fault.empty())
        return {};
    return fail(ErrorCode::SourceInvalid,
                "The source \"" + shortened(name) + "\" cannot be added: its name " + fault + ".",
                "Choose a name such as shop.");
}

/// A name is free when no source has it. That of a removed one whose landed days are kept is: they
/// are taken up.
Status checkFree(SQLite::Database& database, const std::string& name)
{
    Query query(database, "SELECT name FROM sources WHERE name = ? AND removed = 0");
    if (!query.with(name).next())
        return {};
    return fail(ErrorCode::SourceExists,
                "There is a source named \"" + query.text(0) + "\" already.",
                "Choose another name; names that differ only in case count as one.");
}

Result<SourceRecord> getSource(SQLite::Database& database, SourceId source)
{
    Query query(database, (std::string(kSelectSources) + "WHERE id = ?").c_str());
    auto found = readSources(database, query.with(source));
    if (found.empty())
        return fail(sourceName(database, source).error());
    return std::move(found.front());
}

Status checkEdit(const SourceRecord& old, const SourceEdit& settings)
{
    const SourceConfig& config = settings.config;
    if (config.name != old.config.name || config.kind != old.config.kind ||
        config.dataset != old.config.dataset) {
        return fail(ErrorCode::SourceInvalid,
                    "The source \"" + old.config.name + "\" keeps its name, kind and dataset.",
                    "Add a new source instead.");
    }
    if (old.firstDayFixed && settings.policy.firstDay != old.policy.firstDay) {
        return fail(ErrorCode::DayState,
                    "The first day of \"" + old.config.name + "\" stays " +
                        (old.policy.firstDay ? formatDay(*old.policy.firstDay) : "as it is") +
                        ": a day has landed.",
                    "Add a new source to begin on another day.");
    }
    return {};
}

/// Writes down what becomes of the policy: what was known on a day hangs on it.
void journalPolicy(SQLite::Database& database, const std::string& name, const Policy& before,
                   const Policy& after, const Stamp& by)
{
    if (const std::string words = policyChange(before, after); !words.empty())
        writeJournal(database, {0, by.at, by.actor, name, {}, "source.policy", words});
}

bool hasLiveRun(SQLite::Database& database, SourceId source)
{
    Query query(database,
                "SELECT 1 FROM runs WHERE source = ? AND state IN ('running', 'committing')");
    return query.with(source).next();
}

/// Whether the first day may become another one.
Status checkMove(SQLite::Database& database, const SourceRecord& old, Day day)
{
    const std::string& name = old.config.name;
    if (!old.firstDayFixed || !old.policy.firstDay)
        return fail(ErrorCode::DayState,
                    "No day of \"" + name + "\" has landed yet, so its first day is free.",
                    "Set it: daymark-cli source edit NAME --first-day " + formatDay(day) + ".");
    if (hasLiveRun(database, old.id))
        return fail(ErrorCode::DayState,
                    "The first day of \"" + name + "\" stays while a run of it is alive.",
                    "Cancel the run first, or wait for its end.");
    Query query(database, "SELECT max(day) FROM days WHERE source = ? AND current_run IS NOT NULL");
    const auto last = query.with(old.id).next() ? query.maybeDay(0) : std::nullopt;
    if (day < *old.policy.firstDay || !last || day > *last)
        return {};
    return fail(ErrorCode::DayState,
                "The first day of \"" + name + "\" cannot become " + formatDay(day) +
                    ": days from " + formatDay(*old.policy.firstDay) + " to " + formatDay(*last) +
                    " have landed.",
                "Choose a day before the first one to land more days, or one after " +
                    formatDay(*last) + " to start over.");
}

void deleteData(SQLite::Database& database, SourceId source)
{
    Query(database, "DELETE FROM rollbacks WHERE source = ?").with(source).run();
    Query(database, "DELETE FROM days WHERE source = ?").with(source).run();
    Query(database, "DELETE FROM runs WHERE source = ?").with(source).run();
    Query(database, "DELETE FROM sources WHERE id = ?").with(source).run();
}

/// Makes a removed source whose landed days are kept one that is there again, by other settings.
Result<SourceId> takeUp(SQLite::Database& database, const SourceRecord& kept, SourceEdit settings,
                        const Stamp& by)
{
    const std::string& name = kept.config.name;
    if (settings.config.dataset != kept.config.dataset)
        return fail(ErrorCode::SourceExists,
                    "The landed days that are kept of a removed source named \"" + name +
                        "\" are of the dataset " + std::string(dataset(kept.config.dataset).name) +
                        ".",
                    "Choose another name, or remove them: daymark-cli source remove.");
    if (!settings.policy.firstDay)
        settings.policy.firstDay = kept.policy.firstDay;
    settings.config.name = name;
    const std::string kind = std::exchange(settings.config.kind, kept.config.kind);
    if (const Status allowed = checkEdit(kept, settings); !allowed)
        return fail(allowed.error());
    Query(database, "UPDATE sources SET removed = 0, enabled = 1, kind = ?, poll_last = NULL, "
                    "poll_success = NULL, poll_next = NULL, poll_failures = 0, poll_error = NULL, "
                    "poll_message = NULL, poll_hint = NULL, schema_break = '' WHERE id = ?")
        .with(kind, kept.id)
        .run();
    writeSource(database, kept.id, settings, by.at);
    writeJournal(database, {0,
                            by.at,
                            by.actor,
                            name,
                            {},
                            "source.add",
                            settings.config.uri + " (takes up the landed days that were kept)"});
    journalPolicy(database, name, kept.policy, settings.policy, by);
    return kept.id;
}

std::string_view removalWords(Removal what)
{
    switch (what) {
    case Removal::KeepingData:
        return "data kept";
    case Removal::BeforeData:
        return "its data follows";
    case Removal::Data:
        return "with its data";
    }
    return "";
}

} // namespace

Status SourceTable::checkName(const std::string& name)
{
    if (const Status spelled = checkSpelling(name); !spelled)
        return spelled;
    return m_connection.read(
        [&](SQLite::Database& database) -> Status { return checkFree(database, name); });
}

Result<SourceId> SourceTable::add(const SourceEdit& settings, const Stamp& by)
{
    const std::string& name = settings.config.name;
    if (const Status spelled = checkSpelling(name); !spelled)
        return fail(spelled.error());
    return m_connection.write([&](SQLite::Database& database) -> Result<SourceId> {
        if (const Status isFree = checkFree(database, name); !isFree)
            return fail(isFree.error());
        if (const auto kept = keptSource(database, name))
            return takeUp(database, *kept, settings, by);
        const SourceId source = insertSource(database, settings.config, by.at);
        writeSource(database, source, settings, by.at);
        writeJournal(database, {0, by.at, by.actor, name, {}, "source.add", settings.config.uri});
        journalPolicy(database, name, Policy(), settings.policy, by);
        return source;
    });
}

Status SourceTable::edit(SourceId source, const SourceEdit& settings, const Stamp& by)
{
    return m_connection.write([&](SQLite::Database& database) -> Status {
        const auto old = getSource(database, source);
        if (!old)
            return fail(old.error());
        if (const Status allowed = checkEdit(*old, settings); !allowed)
            return allowed;
        writeSource(database, source, settings, by.at);
        writeJournal(
            database,
            {0, by.at, by.actor, old->config.name, {}, "source.edit", settings.config.uri});
        journalPolicy(database, old->config.name, old->policy, settings.policy, by);
        return {};
    });
}

Status SourceTable::moveFirstDay(SourceId source, Day day, const std::string& reason,
                                 const Stamp& by)
{
    return m_connection.write([&](SQLite::Database& database) -> Status {
        const auto old = getSource(database, source);
        if (!old)
            return fail(old.error());
        if (const Status allowed = checkMove(database, *old, day); !allowed)
            return allowed;
        const bool back = day < *old->policy.firstDay;
        Query(database, back
                            ? "UPDATE sources SET backfill_until = max(coalesce(backfill_until, "
                              "first_day), first_day), first_day = ?1, edited_at = ?2 WHERE id = ?3"
                            : "UPDATE sources SET backfill_until = NULL, started_over = 1, "
                              "first_day = ?1, edited_at = ?2 WHERE id = ?3")
            .with(day, by.at, source)
            .run();
        const std::string& name = old->config.name;
        writeJournal(database, {0, by.at, by.actor, name, day,
                                back ? "source.backfill" : "source.start_over", reason});
        Policy moved = old->policy;
        moved.firstDay = day;
        moved.startedOver = moved.startedOver || !back;
        journalPolicy(database, name, old->policy, moved, by);
        return {};
    });
}

Status SourceTable::setEnabled(SourceId source, bool enabled, const Stamp& by)
{
    return m_connection.write([&](SQLite::Database& database) -> Status {
        const auto name = sourceName(database, source);
        if (!name)
            return fail(name.error());
        Query(database, "UPDATE sources SET enabled = ?, edited_at = ? WHERE id = ?")
            .with(enabled, by.at, source)
            .run();
        writeJournal(
            database,
            {0, by.at, by.actor, *name, {}, enabled ? "source.enable" : "source.disable", ""});
        return {};
    });
}

Status SourceTable::remove(SourceId source, Removal what, const Stamp& by)
{
    return m_connection.write([&](SQLite::Database& database) -> Status {
        const auto name = sourceName(database, source);
        if (!name)
            return fail(name.error());
        if (hasLiveRun(database, source)) {
            return fail(ErrorCode::DayState,
                        "The source \"" + *name +
                            "\" cannot be removed while a run of it is alive.",
                        "Cancel the run first, or wait for its end.");
        }
        if (what == Removal::Data)
            deleteData(database, source);
        else
            Query(database,
                  "UPDATE sources SET removed = 1, enabled = 0, edited_at = ? WHERE id = ?")
                .with(by.at, source)
                .run();
        writeJournal(
            database,
            {0, by.at, by.actor, *name, {}, "source.remove", std::string(removalWords(what))});
        return {};
    });
}

Result<SourceRecord> SourceTable::find(const std::string& name, bool orKept)
{
    return m_connection.read([&](SQLite::Database& database) -> Result<SourceRecord> {
        Query query(database,
                    (std::string(kSelectSources) + "WHERE name = ? AND removed = 0").c_str());
        auto found = readSources(database, query.with(name));
        if (!found.empty())
            return std::move(found.front());
        if (auto kept = orKept ? keptSource(database, name) : std::nullopt)
            return std::move(*kept);
        return fail(unknownSource(database, name));
    });
}

Result<SourceRecord> SourceTable::get(SourceId source)
{
    return m_connection.read(
        [&](SQLite::Database& database) { return getSource(database, source); });
}

Result<std::vector<SourceRecord>> SourceTable::list(bool withRemoved)
{
    return m_connection.read([&](SQLite::Database& database) -> Result<std::vector<SourceRecord>> {
        Query query(database,
                    (std::string(kSelectSources) + "WHERE removed <= ? ORDER BY name, id").c_str());
        return readSources(database, query.with(withRemoved));
    });
}

Status SourceTable::recordPoll(SourceId source, const PollOutcome& outcome)
{
    return m_connection.write([&](SQLite::Database& database) -> Status {
        const auto& error = outcome.error;
        const bool failed = error.has_value();
        const int changed =
            Query(database, "UPDATE sources SET poll_last = ?1, poll_next = ?2, poll_error = ?3, "
                            "poll_message = ?4, poll_hint = ?5, "
                            "poll_failures = iif(?6, poll_failures + 1, 0), "
                            "poll_success = iif(?6, poll_success, ?1) WHERE id = ?7")
                .with(outcome.at, outcome.nextDue,
                      failed ? std::optional(errorName(error->code)) : std::nullopt,
                      failed ? std::optional(error->message) : std::nullopt,
                      failed ? std::optional(error->hint) : std::nullopt, failed, source)
                .run();
        return changed == 1 ? Status{} : fail(sourceName(database, source).error());
    });
}

Status SourceTable::setNextPoll(SourceId source, std::optional<Instant> nextDue)
{
    return m_connection.writeLightly([&](SQLite::Database& database) -> Status {
        Query update(database, "UPDATE sources SET poll_next = ? WHERE id = ?");
        return update.with(nextDue, source).run() == 1 ? Status{}
                                                       : fail(sourceName(database, source).error());
    });
}

} // namespace daymark::ledger
