// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ledger/day_table.h"

#include "core/base/text.h"
#include "core/ledger/journal_writer.h"
#include "core/ledger/run_parts.h"
#include "core/ledger/version_parts.h"

namespace daymark::ledger {

namespace {

/// One row a day that stands somehow or has a live run: `?1` the source, `?2` a day or null for
/// all.
/// A landed day stays imported while a run is on it: until that has committed, nothing changes.
constexpr const char* kSelectDays = R"sql(
WITH listed (day) AS (
    SELECT day FROM days WHERE source = ?1 AND (?2 IS NULL OR day = ?2)
    UNION
    SELECT day FROM runs WHERE source = ?1 AND (?2 IS NULL OR day = ?2)
        AND state IN ('running', 'committing'))
SELECT listed.day, d.standing, d.current_run, last.id, d.empty, d.changed, d.reason,
       iif(d.standing = 'skipped', d.actor, last.actor), coalesce(d.at, last.started_at),
       failed.error, failed.message, failed.hint,
       shown.rows_read, shown.accepted, shown.rejected, shown.duplicates,
       last.state IN ('running', 'committing') AND d.current_run IS NULL,
       iif(d.current_run IS NULL, NULL, d.at), d.checked_at, d.difference, d.damage, d.seen,
       last.state, last.finished_at, last.error, last.message, last.hint, last.note, last.replaces
FROM listed
LEFT JOIN days d ON d.source = ?1 AND d.day = listed.day
LEFT JOIN runs last ON last.id =
    (SELECT max(id) FROM runs WHERE source = ?1 AND runs.day = listed.day AND look = 0)
LEFT JOIN runs failed ON failed.id = d.failed_run AND d.standing = 'failed'
LEFT JOIN runs shown ON shown.id = coalesce(d.current_run, last.id)
ORDER BY listed.day
)sql";

Standing readStanding(Query& row)
{
    if (row.flag(16))
        return Standing::Importing;
    const std::string name = row.text(1);
    if (name == "skipped")
        return Standing::Skipped;
    return name == "failed" ? Standing::Failed : Standing::Imported;
}

std::optional<RunId> maybeRun(Query& row, int column)
{
    return row.isNull(column) ? std::nullopt : std::optional(RunId{row.integer(column)});
}

/// The latest run of a landed day, where it was to replace what had landed and did not.
std::optional<LostReimport> lostReimport(Query& row, const DayRecord& day)
{
    const auto state = findRunState(row.text(22));
    const bool lost =
        state == RunState::Failed || state == RunState::Cancelled || state == RunState::Interrupted;
    const auto at = row.maybeInstant(23);
    if (!lost || !at || !day.run || !day.lastRun || maybeRun(row, 28) != day.run)
        return std::nullopt;
    return LostReimport{*day.lastRun, *state, *at, readError(row, 24), row.text(27)};
}

DayRecord readDay(Query& row)
{
    DayRecord day;
    day.day = row.day(0);
    day.standing = readStanding(row);
    day.run = maybeRun(row, 2);
    day.lastRun = maybeRun(row, 3);
    day.empty = row.flag(4);
    day.changed = row.flag(5);
    day.reason = row.text(6);
    day.by = row.text(7);
    day.at = row.maybeInstant(8);
    day.failure = readError(row, 9);
    day.counts = {row.count(12), row.count(13), row.count(14), row.count(15)};
    day.landedAt = row.maybeInstant(17);
    day.checkedAt = row.maybeInstant(18);
    day.difference = row.text(19);
    day.damage = row.text(20);
    if (!row.isNull(21))
        day.seen = row.hash(21);
    day.lostReimport = lostReimport(row, day);
    return day;
}

std::vector<DayRecord> readDays(SQLite::Database& database, SourceId source, std::optional<Day> day)
{
    Query query(database, kSelectDays);
    query.with(source, day);
    std::vector<DayRecord> days;
    while (query.next())
        days.push_back(readDay(query));
    return days;
}

std::optional<DayRecord> readOneDay(SQLite::Database& database, SourceId source, Day day)
{
    auto days = readDays(database, source, day);
    return days.empty() ? std::nullopt : std::optional(std::move(days.front()));
}

std::string placeOf(const std::string& name, Day day) { return formatDay(day) + " of " + name; }

Status checkSkippable(const std::optional<DayRecord>& known, const std::string& place)
{
    if (!known || known->standing == Standing::Failed)
        return {};
    switch (known->standing) {
    case Standing::Skipped:
        return fail(ErrorCode::DayState, place + " is skipped already: " + known->reason + ".");
    case Standing::Importing:
        return fail(ErrorCode::DayState, place + " is being imported.",
                    "Cancel the run first, or wait for its end.");
    default:
        return fail(ErrorCode::DayState, place + " has landed and cannot be skipped.");
    }
}

LandedDay readLanded(Query& row)
{
    LandedDay day;
    day.source = {row.integer(0)};
    day.sourceName = row.text(1);
    const Dataset* dataset = findDataset(row.text(2));
    day.dataset = dataset ? dataset->kind : DatasetKind::Metrics;
    day.day = row.day(3);
    day.run = {row.integer(4)};
    day.counts = {row.count(5), row.count(6), row.count(7), row.count(8)};
    day.damage = row.text(9);
    return day;
}

} // namespace

Result<std::vector<DayRecord>> DayTable::list(SourceId source)
{
    return m_connection.read([&](SQLite::Database& database) -> Result<std::vector<DayRecord>> {
        return readDays(database, source, std::nullopt);
    });
}

Result<std::optional<DayRecord>> DayTable::find(SourceId source, Day day)
{
    return m_connection.read([&](SQLite::Database& database) -> Result<std::optional<DayRecord>> {
        return readOneDay(database, source, day);
    });
}

Status DayTable::skip(SourceId source, Day day, const std::string& reason, const Stamp& by)
{
    const std::string why(trimmed(reason));
    if (why.empty()) {
        return fail(ErrorCode::UsageInvalid, "A day is skipped with a reason.",
                    "Say why, for example: --reason \"closed on Saturdays\"");
    }
    return m_connection.write([&](SQLite::Database& database) -> Status {
        const auto name = sourceName(database, source);
        if (!name)
            return fail(name.error());
        const auto known = readOneDay(database, source, day);
        if (const Status allowed = checkSkippable(known, placeOf(*name, day)); !allowed)
            return allowed;
        Query(database, "INSERT OR REPLACE INTO days (source, day, standing, reason, actor, at) "
                        "VALUES (?, ?, 'skipped', ?, ?, ?)")
            .with(source, day, why, by.actor, by.at)
            .run();
        writeJournal(database, {0, by.at, by.actor, *name, day, "day.skip", why});
        return {};
    });
}

Status DayTable::reopen(SourceId source, Day day, const Stamp& by)
{
    return m_connection.write([&](SQLite::Database& database) -> Status {
        const auto name = sourceName(database, source);
        if (!name)
            return fail(name.error());
        const auto known = readOneDay(database, source, day);
        if (!known || known->standing != Standing::Skipped)
            return fail(ErrorCode::DayState, placeOf(*name, day) + " is not skipped.");
        if (const auto later = laterLandedDay(database, source, day)) {
            return fail(ErrorCode::DayState,
                        placeOf(*name, day) + " cannot be reopened: " + formatDay(*later) +
                            " has landed after it.",
                        "Days land in order; a day before a landed one stays as it is.");
        }
        Query(database, "DELETE FROM days WHERE source = ? AND day = ?").with(source, day).run();
        writeJournal(database, {0, by.at, by.actor, *name, day, "day.reopen", known->reason});
        return {};
    });
}

Status DayTable::noteCheck(SourceId source, Day day, RunId run, const std::string& difference,
                           const Stamp& by, const std::optional<Hash128>& seen)
{
    return m_connection.write([&](SQLite::Database& database) -> Status {
        const auto name = sourceName(database, source);
        if (!name)
            return fail(name.error());
        if (const Status fit = checkCurrent(database, source, day, run, placeOf(*name, day)); !fit)
            return fit;
        const auto known = readOneDay(database, source, day);
        const bool changed = !difference.empty();
        Query(database, "UPDATE days SET changed = ?1, difference = ?2, checked_at = ?3, "
                        "seen = iif(?4 IS NULL AND NOT ?1, seen, ?4) "
                        "WHERE source = ?5 AND day = ?6")
            .with(changed, difference, by.at, seen, source, day)
            .run();
        if (known && known->difference != difference)
            writeJournal(database, {0, by.at, by.actor, *name, day,
                                    changed ? "day.changed" : "day.unchanged", difference});
        return {};
    });
}

Status DayTable::noteDamage(SourceId source, Day day, RunId run, const std::string& damage,
                            const Stamp& by)
{
    return m_connection.write([&](SQLite::Database& database) -> Status {
        const auto name = sourceName(database, source);
        if (!name)
            return fail(name.error());
        if (const Status fit = checkCurrent(database, source, day, run, placeOf(*name, day)); !fit)
            return fit;
        Query update(database,
                     "UPDATE days SET damage = ?1 WHERE source = ?2 AND day = ?3 AND damage <> ?1");
        if (update.with(damage, source, day).run() == 1)
            writeJournal(database, {0, by.at, by.actor, *name, day,
                                    damage.empty() ? "day.intact" : "day.damaged", damage});
        return {};
    });
}

Result<std::vector<LandedDay>> DayTable::landed(std::optional<SourceId> source,
                                                std::optional<Day> from, std::optional<Day> to)
{
    return m_connection.read([&](SQLite::Database& database) -> Result<std::vector<LandedDay>> {
        Query query(
            database,
            "SELECT s.id, s.name, s.dataset, d.day, r.id, r.rows_read, r.accepted, "
            "r.rejected, r.duplicates, d.damage FROM days d JOIN sources s ON s.id = d.source "
            "JOIN runs r ON r.id = d.current_run WHERE (?1 IS NULL OR d.source = ?1) "
            "AND (?2 IS NULL OR d.day >= ?2) AND (?3 IS NULL OR d.day <= ?3) "
            "ORDER BY s.name, s.id, d.day");
        query.with(source, from, to);
        std::vector<LandedDay> days;
        while (query.next()) {
            days.push_back(readLanded(query));
            days.back().files = readFiles(database, days.back().run);
        }
        return days;
    });
}

} // namespace daymark::ledger
