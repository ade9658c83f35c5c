// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ledger/version_table.h"

#include "core/base/fault.h"
#include "core/ledger/journal_writer.h"
#include "core/ledger/run_parts.h"
#include "core/ledger/version_parts.h"

#include <algorithm>

namespace daymark::ledger {

namespace {

constexpr const char* kSelectKept = R"sql(
SELECT s.id, s.name, s.dataset, r.day, r.id, r.rows_read, r.accepted, r.rejected, r.duplicates
FROM runs r JOIN sources s ON s.id = r.source
WHERE r.state IN ('superseded', 'rolled_back') AND r.dropped_at IS NULL )sql";

std::vector<LandedDay> readKept(SQLite::Database& database, Query& query)
{
    std::vector<LandedDay> kept;
    while (query.next()) {
        LandedDay day;
        day.source = {query.integer(0)};
        day.sourceName = query.text(1);
        const Dataset* dataset = findDataset(query.text(2));
        day.dataset = dataset ? dataset->kind : DatasetKind::Metrics;
        day.day = query.day(3);
        day.run = {query.integer(4)};
        day.counts = {query.count(5), query.count(6), query.count(7), query.count(8)};
        day.files = readFiles(database, day.run);
        kept.push_back(std::move(day));
    }
    return kept;
}

std::string dayOfSource(const std::string& name, Day day) { return formatDay(day) + " of " + name; }

/// Whether a version can be gone to.
Status checkVersion(SQLite::Database& database, const RollbackStart& start,
                    const std::string& place)
{
    const std::string run = "Run " + std::to_string(start.to.value);
    Query query(database, "SELECT state, dropped_at FROM runs WHERE id = ? AND source = ? "
                          "AND day = ? AND state IN ('superseded', 'rolled_back')");
    if (!query.with(start.to, start.source, start.day).next())
        return fail(ErrorCode::DayState, run + " is no earlier version of " + place + ".");
    if (query.isNull(1))
        return {};
    return fail(ErrorCode::DayState,
                "The version of " + place + " that " + run + " landed is not kept any more.");
}

Status checkNoLiveRun(SQLite::Database& database, SourceId source, const std::string& name)
{
    Query query(database, "SELECT id FROM runs WHERE source = ? "
                          "AND state IN ('running', 'committing')");
    if (!query.with(source).next())
        return {};
    return fail(ErrorCode::DayState,
                "Run " + std::to_string(query.integer(0)) + " of " + name + " is at work.",
                "Wait for its end, or cancel it.");
}

std::vector<RollbackRecord> readRollbacks(SQLite::Database& database)
{
    Query query(database, "SELECT b.source, s.name, b.day, b.from_run, b.to_run, b.actor, "
                          "b.reason, b.at FROM rollbacks b JOIN sources s ON s.id = b.source "
                          "ORDER BY b.source");
    std::vector<RollbackRecord> rollbacks;
    while (query.next()) {
        RollbackRecord record;
        record.source = {query.integer(0)};
        record.sourceName = query.text(1);
        record.day = query.day(2);
        record.from = {query.integer(3)};
        record.to = {query.integer(4)};
        record.actor = query.text(5);
        record.reason = query.text(6);
        record.at = query.instant(7);
        record.fromFiles = readFiles(database, record.from);
        record.toFiles = readFiles(database, record.to);
        rollbacks.push_back(std::move(record));
    }
    return rollbacks;
}

/// The one that is at work in a source.
Result<RollbackRecord> rollbackOf(SQLite::Database& database, SourceId source)
{
    for (RollbackRecord& record : readRollbacks(database)) {
        if (record.source == source)
            return std::move(record);
    }
    return fail(ErrorCode::DayState, "No rollback of the source is at work; nothing was changed.");
}

void removeRollback(SQLite::Database& database, SourceId source)
{
    Query(database, "DELETE FROM rollbacks WHERE source = ?").with(source).run();
}

/// Makes a version that is kept the day's current run again.
void makeCurrentAgain(SQLite::Database& database, const RollbackRecord& rollback, Instant at,
                      const std::string& difference)
{
    Query(database,
          "UPDATE runs SET state = 'imported', retired_at = NULL, dropped_at = NULL WHERE id = ?")
        .with(rollback.to)
        .run();
    // Where nothing differed before, the source held what was current then.
    Query(
        database,
        "UPDATE days SET current_run = ?1, empty = (SELECT accepted = 0 FROM runs WHERE id = ?1), "
        "seen = iif(seen IS NULL AND NOT changed, (SELECT fingerprint FROM runs WHERE id = ?6), "
        "seen), changed = (?7 <> ''), checked_at = NULL, difference = ?7, damage = '', "
        "actor = ?2, at = ?3 WHERE source = ?4 AND day = ?5")
        .with(rollback.to, rollback.actor, at, rollback.source, rollback.day, rollback.from,
              difference)
        .run();
}

} // namespace

Status checkCurrent(SQLite::Database& database, SourceId source, Day day, RunId run,
                    const std::string& place)
{
    Query query(database, "SELECT current_run FROM days WHERE source = ? AND day = ? "
                          "AND current_run IS NOT NULL");
    if (!query.with(source, day).next())
        return fail(ErrorCode::DayState, place + " has not landed.");
    if (RunId{query.integer(0)} == run)
        return {};
    return fail(ErrorCode::DayState,
                "Run " + std::to_string(query.integer(0)) + " is the current version of " + place +
                    " by now, not run " + std::to_string(run.value) + ".",
                "Nothing was changed; look at the day again.");
}

Status checkNoRollback(SQLite::Database& database, SourceId source, const std::string& name)
{
    Query query(database, "SELECT day FROM rollbacks WHERE source = ?");
    if (!query.with(source).next())
        return {};
    return fail(ErrorCode::DayState,
                "A rollback of " + dayOfSource(name, query.day(0)) + " is at work.",
                "Wait for its end.");
}

std::optional<Day> laterLandedDay(SQLite::Database& database, SourceId source, Day day)
{
    Query query(database, "SELECT min(d.day) FROM days d JOIN sources s ON s.id = d.source "
                          "WHERE d.source = ?1 AND d.day > ?2 AND d.current_run IS NOT NULL "
                          "AND (s.backfill_until IS NULL OR ?2 >= s.backfill_until "
                          "OR d.day < s.backfill_until)");
    return query.with(source, day).next() ? query.maybeDay(0) : std::nullopt;
}

void retire(SQLite::Database& database, RunId run, RunState state,
            const std::vector<LandedFile>& files, Instant at)
{
    Query(database, "UPDATE runs SET state = ?, retired_at = ?, dropped_at = ? WHERE id = ?")
        .with(runStateName(state), at, files.empty() ? std::optional(at) : std::nullopt, run)
        .run();
    replaceFiles(database, run, files);
}

JournalRecord droppedEntry(RunId run, const std::string& source, Day day, const Stamp& by)
{
    return {0,
            by.at,
            by.actor,
            source,
            day,
            "version.drop",
            "run " + std::to_string(run.value) + ": its files were not what had landed"};
}

std::string withReason(const std::string& detail, const std::string& reason)
{
    return reason.empty() ? detail : detail + ": " + reason;
}

Result<std::vector<RunRecord>> VersionTable::ofDay(SourceId source, Day day)
{
    return m_connection.read([&](SQLite::Database& database) -> Result<std::vector<RunRecord>> {
        return readRunsOf(database, source, day, "'imported', 'superseded', 'rolled_back'");
    });
}

Result<std::vector<LandedDay>> VersionTable::kept(std::optional<SourceId> source)
{
    return m_connection.read([&](SQLite::Database& database) -> Result<std::vector<LandedDay>> {
        Query query(database, (std::string(kSelectKept) + "AND (?1 IS NULL OR r.source = ?1) "
                                                          "ORDER BY s.name, s.id, r.day, r.id")
                                  .c_str());
        return readKept(database, query.with(source));
    });
}

Result<std::vector<LandedDay>> VersionTable::surplus(SourceId source, int keep, Instant since)
{
    return m_connection.read([&](SQLite::Database& database) -> Result<std::vector<LandedDay>> {
        Query query(database,
                    (std::string(kSelectKept) +
                     "AND r.source = ?1 AND (r.retired_at < ?3 OR (SELECT count(*) FROM runs o "
                     "WHERE o.source = r.source AND o.day = r.day AND o.dropped_at IS NULL "
                     "AND o.state IN ('superseded', 'rolled_back') "
                     "AND o.id > r.id) >= ?2) ORDER BY r.day, r.id")
                        .c_str());
        return readKept(database, query.with(source, keep, since));
    });
}

Status VersionTable::drop(RunId run, const Stamp& by)
{
    return m_connection.write([&](SQLite::Database& database) -> Status {
        Query update(database, "UPDATE runs SET dropped_at = ? WHERE id = ? "
                               "AND state IN ('superseded', 'rolled_back')");
        if (update.with(by.at, run).run() != 1) {
            return fail(ErrorCode::DayState,
                        "Run " + std::to_string(run.value) + " is no earlier version of a day.");
        }
        replaceFiles(database, run, {});
        Query place(database, "SELECT s.name, r.day FROM runs r JOIN sources s ON s.id = r.source "
                              "WHERE r.id = ?");
        if (place.with(run).next()) {
            writeJournal(database, {0, by.at, by.actor, place.text(0), place.day(1), "version.drop",
                                    "run " + std::to_string(run.value)});
        }
        return faultPoint("in_drop");
    });
}

Result<bool> VersionTable::isNotKept(RunId run)
{
    return m_connection.read([&](SQLite::Database& database) -> Result<bool> {
        Query query(database, "SELECT state = 'imported' OR dropped_at IS NOT NULL FROM runs "
                              "WHERE id = ? AND NOT EXISTS (SELECT 1 FROM rollbacks "
                              "WHERE to_run = ?1 OR from_run = ?1)");
        return query.with(run).next() && query.flag(0);
    });
}

Status VersionTable::beginRollback(const RollbackStart& start)
{
    return m_connection.write([&](SQLite::Database& database) -> Status {
        const auto name = sourceName(database, start.source);
        if (!name)
            return fail(name.error());
        const std::string place = dayOfSource(*name, start.day);
        if (const Status alone = checkNoLiveRun(database, start.source, *name); !alone)
            return alone;
        if (const Status alone = checkNoRollback(database, start.source, *name); !alone)
            return alone;
        if (const Status fit = checkCurrent(database, start.source, start.day, start.from, place);
            !fit)
            return fit;
        if (const Status fit = checkVersion(database, start, place); !fit)
            return fit;
        Query(database, "INSERT INTO rollbacks (source, day, from_run, to_run, actor, reason, at) "
                        "VALUES (?, ?, ?, ?, ?, ?, ?)")
            .with(start.source, start.day, start.from, start.to, start.by.actor, start.reason,
                  start.by.at)
            .run();
        return faultPoint("in_rollback");
    });
}

Status VersionTable::finishRollback(SourceId source, const std::vector<LandedFile>& toFiles,
                                    const std::vector<LandedFile>& fromFiles, Instant at,
                                    const std::string& difference)
{
    return m_connection.write([&](SQLite::Database& database) -> Status {
        const auto rollback = rollbackOf(database, source);
        if (!rollback)
            return fail(rollback.error());
        const bool back = rollback->to < rollback->from;
        retire(database, rollback->from, back ? RunState::RolledBack : RunState::Superseded,
               fromFiles, at);
        if (fromFiles.empty())
            writeJournal(database, droppedEntry(rollback->from, rollback->sourceName, rollback->day,
                                                {rollback->actor, at}));
        replaceFiles(database, rollback->to, toFiles);
        makeCurrentAgain(database, *rollback, at, difference);
        removeRollback(database, source);
        const std::string detail = "from run " + std::to_string(rollback->from.value) + " to run " +
                                   std::to_string(rollback->to.value);
        writeJournal(database, {0, at, rollback->actor, rollback->sourceName, rollback->day,
                                "day.rollback", withReason(detail, rollback->reason)});
        if (!difference.empty())
            writeJournal(database, {0, at, rollback->actor, rollback->sourceName, rollback->day,
                                    "day.changed", difference});
        return faultPoint("in_rollback_finish");
    });
}

Status VersionTable::abandonRollback(SourceId source, const std::string& why, Instant at)
{
    return m_connection.write([&](SQLite::Database& database) -> Status {
        const auto rollback = rollbackOf(database, source);
        if (!rollback)
            return fail(rollback.error());
        removeRollback(database, source);
        writeJournal(database, {0, at, rollback->actor, rollback->sourceName, rollback->day,
                                "day.rollback_abandoned", why});
        return {};
    });
}

Result<std::vector<RollbackRecord>> VersionTable::rollbacks()
{
    return m_connection.read(
        [&](SQLite::Database& database) -> Result<std::vector<RollbackRecord>> {
            return readRollbacks(database);
        });
}

} // namespace daymark::ledger
