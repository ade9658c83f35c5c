// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ledger/run_table.h"

#include "core/base/fault.h"
#include "core/ledger/journal_writer.h"
#include "core/ledger/run_parts.h"
#include "core/ledger/seal.h"
#include "core/ledger/version_parts.h"

namespace daymark::ledger {

namespace {

constexpr const char* kDropLooks = "DELETE FROM runs WHERE look = 1 "
                                   "AND state NOT IN ('running', 'committing')";

/// What a fence needs to know of a run.
struct RunPlace
{
    SourceId source;
    std::string sourceName;
    Day day;
    Day firstDay;
    RunState state = RunState::Running;
    std::string actor;
    std::uint64_t accepted = 0;
    std::optional<RunId> replaces;
    std::string reason;
    bool look = false;
};

Error unknownRun(RunId run)
{
    return {ErrorCode::RunUnknown, "There is no run number " + std::to_string(run.value) + ".",
            "List the runs with: daymark-cli runs"};
}

Result<RunPlace> placeOf(SQLite::Database& database, RunId run)
{
    Query query(
        database,
        "SELECT source, name, day, runs.first_day, state, actor, accepted, "
        "replaces, reason, look FROM runs JOIN sources ON sources.id = source WHERE runs.id = ?");
    if (!query.with(run).next())
        return fail(unknownRun(run));
    RunPlace place;
    place.source = {query.integer(0)};
    place.sourceName = query.text(1);
    place.day = query.day(2);
    place.firstDay = query.day(3);
    place.state = findRunState(query.text(4)).value_or(RunState::Failed);
    place.actor = query.text(5);
    place.accepted = query.count(6);
    if (!query.isNull(7))
        place.replaces = RunId{query.integer(7)};
    place.reason = query.text(8);
    place.look = query.flag(9);
    return place;
}

Error fenced(RunId run, const RunPlace& place, std::string_view doing)
{
    return {ErrorCode::DayState,
            "Run " + std::to_string(run.value) + " of " + place.sourceName + ", " +
                formatDay(place.day) + ", is " + std::string(runStateName(place.state)) +
                " and cannot be " + std::string(doing) + ".",
            "Another thread or process has ended it; nothing was changed."};
}

/// The day's own reasons against a run.
Status checkDay(SQLite::Database& database, const RunStart& start, const std::string& place)
{
    if (start.replaces)
        return checkCurrent(database, start.source, start.day, *start.replaces, place);
    Query query(database, "SELECT standing FROM days WHERE source = ? AND day = ? "
                          "AND standing IN ('imported', 'skipped')");
    if (query.with(start.source, start.day).next())
        return fail(ErrorCode::DayState, place + " is " + query.text(0) + " already.");
    if (const auto later = laterLandedDay(database, start.source, start.day)) {
        return fail(ErrorCode::DayState,
                    place + " cannot land any more: " + formatDay(*later) + " has landed.",
                    "Days land in order.");
    }
    return {};
}

Status checkNoLiveRun(SQLite::Database& database, const RunStart& start, const std::string& source)
{
    Query query(database, "SELECT id, day FROM runs WHERE source = ? "
                          "AND state IN ('running', 'committing')");
    if (!query.with(start.source).next())
        return checkNoRollback(database, start.source, source);
    return fail(ErrorCode::DayState,
                "Run " + std::to_string(query.integer(0)) + " is importing " +
                    formatDay(query.day(1)) + " of " + source + ".",
                "Wait for its end, or cancel it.");
}

RunId insertRun(SQLite::Database& database, const RunStart& start)
{
    Query(database,
          "INSERT INTO runs (source, day, state, first_day, actor, started_at, heartbeat, "
          "pid, host, process_start, replaces, reason, look) VALUES (?1, ?2, 'running', ?3, ?4, "
          "?5, ?5, ?6, ?7, ?8, ?9, ?10, ?11)")
        .with(start.source, start.day, start.firstDay.value_or(start.day), start.by.actor,
              start.by.at, start.owner.pid, start.owner.host, start.owner.startedAt, start.replaces,
              start.reason, start.look)
        .run();
    return {database.getLastInsertRowid()};
}

/// The fence: one row changes, or the run isn't in a state that may become `next`.
bool advance(SQLite::Database& database, RunId run, const char* allowed, RunState next)
{
    const std::string sql =
        "UPDATE runs SET state = ? WHERE id = ? AND state IN (" + std::string(allowed) + ")";
    return Query(database, sql.c_str()).with(runStateName(next), run).run() == 1;
}

void closeRun(SQLite::Database& database, RunId run, Instant at, double seconds)
{
    Query(database, "UPDATE runs SET finished_at = ?1, heartbeat = ?1, seconds = ?2 WHERE id = ?3")
        .with(at, seconds, run)
        .run();
}

/// Makes the run the day's current one.
void makeCurrent(SQLite::Database& database, RunId run, const RunPlace& place, Instant at)
{
    Query(database,
          "INSERT OR REPLACE INTO days (source, day, standing, current_run, empty, actor, "
          "at, seen) VALUES (?1, ?2, 'imported', ?3, ?4, ?5, ?6, "
          "(SELECT fingerprint FROM runs WHERE id = ?3))")
        .with(place.source, place.day, run, place.accepted == 0, place.actor, at)
        .run();
    Query(database, "UPDATE sources SET first_day = min(coalesce(first_day, ?1), ?2), "
                    "first_day_fixed = 1 WHERE id = ?3 AND first_day_fixed = 0")
        .with(place.firstDay, place.day, place.source)
        .run();
}

/// The day stands as failed unless an earlier run of it is landed.
void markFailed(SQLite::Database& database, RunId run, const RunPlace& place, Instant at)
{
    Query(database, "INSERT INTO days (source, day, standing, failed_run, actor, at) "
                    "VALUES (?1, ?2, 'failed', ?3, ?4, ?5) ON CONFLICT (source, day) DO UPDATE "
                    "SET failed_run = ?3, actor = ?4, at = ?5 WHERE standing = 'failed'")
        .with(place.source, place.day, run, place.actor, at)
        .run();
}

void recordError(SQLite::Database& database, RunId run, const Error& error)
{
    Query(database, "UPDATE runs SET error = ?, message = ?, hint = ? WHERE id = ?")
        .with(errorName(error.code), error.message, error.hint, run)
        .run();
}

/// A run lands on the day that it began with: no version, or the one that it replaces.
Status checkReplaced(SQLite::Database& database, const RunPlace& place)
{
    const std::string name = formatDay(place.day) + " of " + place.sourceName;
    if (place.replaces)
        return checkCurrent(database, place.source, place.day, *place.replaces, name);
    Query query(database,
                "SELECT 1 FROM days WHERE source = ? AND day = ? AND current_run IS NOT NULL");
    if (!query.with(place.source, place.day).next())
        return {};
    return fail(ErrorCode::DayState, name + " has landed already; nothing was changed.");
}

JournalRecord importEntry(RunId run, const RunPlace& place, Instant at)
{
    std::string detail = "run " + std::to_string(run.value);
    if (place.replaces)
        detail += " replaces run " + std::to_string(place.replaces->value);
    detail += ", " + std::to_string(place.accepted) + " rows";
    return {0,
            at,
            place.actor,
            place.sourceName,
            place.day,
            place.replaces ? "run.reimport" : "run.import",
            withReason(detail, place.reason)};
}

struct Ending
{
    RunState state = RunState::Failed;
    const char* action = "";
    const Error* error = nullptr;
    const RunReport* report = nullptr;
    Instant at;
    double seconds = 0;
};

/// Ends a live run without landing its day.
Status endRun(Connection& connection, RunId run, const Ending& ending)
{
    return connection.write([&](SQLite::Database& database) -> Status {
        const auto place = placeOf(database, run);
        if (!place)
            return fail(place.error());
        if (!advance(database, run, "'running', 'committing'", ending.state))
            return fail(fenced(run, *place, runStateName(ending.state)));
        dropCommit(database, run);
        if (ending.report)
            writeReport(database, run, *ending.report);
        if (ending.error)
            recordError(database, run, *ending.error);
        closeRun(database, run, ending.at, ending.seconds);
        if (ending.state == RunState::Interrupted) // what it rejected is dropped with it
            Query(database, "UPDATE runs SET rejects_file = '' WHERE id = ?").with(run).run();
        if (ending.state == RunState::Failed)
            markFailed(database, run, *place, ending.at);
        if (place->look)
            return {};
        writeJournal(database, {0, ending.at, place->actor, place->sourceName, place->day,
                                ending.action, ending.error ? ending.error->message : ""});
        return {};
    });
}

} // namespace

Result<RunId> RunTable::begin(const RunStart& start)
{
    return m_connection.write([&](SQLite::Database& database) -> Result<RunId> {
        const auto name = sourceName(database, start.source);
        if (!name)
            return daymark::fail(name.error());
        if (const Status alone = checkNoLiveRun(database, start, *name); !alone)
            return daymark::fail(alone.error());
        const std::string place = formatDay(start.day) + " of " + *name;
        if (const Status open = checkDay(database, start, place); !open)
            return daymark::fail(open.error());
        const RunId run = insertRun(database, start);
        std::string detail = "run " + std::to_string(run.value);
        if (start.look)
            detail = "what would come in the place of";
        else if (start.replaces)
            detail += " to replace";
        if (start.replaces)
            detail += " run " + std::to_string(start.replaces->value);
        writeJournal(database,
                     {0, start.by.at, start.by.actor, *name, start.day,
                      start.look ? "day.look" : "run.begin", withReason(detail, start.reason)});
        return run;
    });
}

Status RunTable::pulse(RunId run, const RunPulse& pulse)
{
    return m_connection.writeLightly([&](SQLite::Database& database) -> Status {
        const RunCounts& counts = pulse.counts;
        // What a committing run consists of is written already; the pulse knows less of it.
        Query update(database, "UPDATE runs SET heartbeat = ?, phase = ?, "
                               "rows_read = iif(state = 'running', ?, rows_read), "
                               "accepted = iif(state = 'running', ?, accepted), "
                               "rejected = iif(state = 'running', ?, rejected), "
                               "duplicates = iif(state = 'running', ?, duplicates) "
                               "WHERE id = ? AND state IN ('running', 'committing')");
        if (update
                .with(pulse.at, pulse.phase, counts.read, counts.accepted, counts.rejected,
                      counts.duplicates, run)
                .run() == 1)
            return {};
        const auto place = placeOf(database, run);
        return daymark::fail(place ? fenced(run, *place, "kept alive") : place.error());
    });
}

Status RunTable::markCommitting(RunId run, const RunCommit& commit, Instant at)
{
    return m_connection.write([&](SQLite::Database& database) -> Status {
        const auto place = placeOf(database, run);
        if (!place)
            return daymark::fail(place.error());
        if (!advance(database, run, "'running'", RunState::Committing))
            return daymark::fail(fenced(run, *place, "committed"));
        writeReport(database, run, commit.report);
        writeCommit(database, run, commit);
        Query(database, "UPDATE runs SET phase = 'committing', heartbeat = ? WHERE id = ?")
            .with(at, run)
            .run();
        return faultPoint("in_committing");
    });
}

Status RunTable::finishImported(RunId run, Instant at, double seconds,
                                const std::vector<PhaseTime>& timings,
                                const std::vector<LandedFile>& replacedFiles)
{
    return m_connection.write([&](SQLite::Database& database) -> Status {
        const auto place = placeOf(database, run);
        if (!place)
            return daymark::fail(place.error());
        if (!advance(database, run, "'committing'", RunState::Imported))
            return daymark::fail(fenced(run, *place, "imported"));
        if (const Status unchanged = checkReplaced(database, *place); !unchanged)
            return unchanged;
        if (place->replaces) {
            retire(database, *place->replaces, RunState::Superseded, replacedFiles, at);
            if (replacedFiles.empty())
                writeJournal(database, droppedEntry(*place->replaces, place->sourceName, place->day,
                                                    {place->actor, at}));
        }
        closeRun(database, run, at, seconds);
        makeCurrent(database, run, *place, at);
        sealRun(database, run);
        if (!timings.empty())
            writeTimings(database, run, timings);
        writeJournal(database, importEntry(run, *place, at));
        return faultPoint("in_finish");
    });
}

Status RunTable::fail(RunId run, const Error& error, const RunReport& report, Instant at,
                      double seconds)
{
    return endRun(m_connection, run, {RunState::Failed, "run.fail", &error, &report, at, seconds});
}

Status RunTable::cancel(RunId run, const RunReport& report, Instant at, double seconds)
{
    return endRun(m_connection, run,
                  {RunState::Cancelled, "run.cancel", nullptr, &report, at, seconds});
}

Status RunTable::interrupt(RunId run, const Error& error, Instant at)
{
    auto record = get(run);
    if (!record)
        return daymark::fail(record.error());
    const double seconds =
        std::chrono::duration<double>(record->heartbeat - record->startedAt).count();
    return endRun(m_connection, run,
                  {RunState::Interrupted, "run.interrupt", &error, nullptr, at, seconds});
}

Status RunTable::dropLook(RunId run)
{
    return m_connection.write([&](SQLite::Database& database) -> Status {
        Query(database, (std::string(kDropLooks) + " AND id = ?").c_str()).with(run).run();
        return {};
    });
}

Status RunTable::dropLooks()
{
    return m_connection.write([](SQLite::Database& database) -> Status {
        Query(database, kDropLooks).run();
        return {};
    });
}

} // namespace daymark::ledger
