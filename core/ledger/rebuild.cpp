// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ledger/rebuild.h"

#include "core/ledger/journal_writer.h"
#include "core/ledger/ledger.h"
#include "core/ledger/migrations.h"
#include "core/ledger/run_parts.h"
#include "core/ledger/seal.h"

#include <sqlite3.h>

#include <limits>

namespace daymark::ledger {

namespace {

constexpr std::chrono::seconds kPatience{20}; ///< with the loops that a damaged file may have
constexpr int kStepsBetweenLooks = 10'000;

constexpr int kLockMilliseconds = 10'000;
constexpr std::size_t kAllSeals = std::numeric_limits<std::size_t>::max();

constexpr const char* kRebuiltNote =
    "Rebuilt from the landed files; what was rejected is not known any more.";

constexpr const char* kUnknownKind = "files"; // of a source that nothing is known of but its name

/// A part of a damaged ledger: its tables in the order in which they need each other, and which of
/// their rows are taken.
struct Part
{
    const char* name;
    std::vector<std::pair<const char*, const char*>> tables; ///< table, condition
};

const std::vector<Part>& salvagedParts()
{
    static const std::vector<Part> parts = {
        {"id types", {{"id_types", "1"}}},
        {"sources", {{"sources", "1"}, {"source_settings", "1"}, {"contract_columns", "1"}}},
        {"signals", {{"signals", "1"}}},
        {"runs",
         {{"runs", "1"},
          {"run_files", "1"},
          {"run_rules", "1"},
          {"run_examples", "1"},
          {"run_timings", "1"},
          {"metrics", "1"},
          {"rollups", "1"},
          {"undated_rows", "1"}}},
        {"days",
         {{"days", "standing = 'skipped' OR coalesce(current_run, failed_run) IN "
                   "(SELECT id FROM main.runs)"}}},
        {"journal", {{"journal", "1"}}}};
    return parts;
}

/// Ends a statement that has taken too long.
int isTooLate(void* deadline)
{
    return std::chrono::steady_clock::now() >
                   *static_cast<std::chrono::steady_clock::time_point*>(deadline)
               ? 1
               : 0;
}

/// The columns that both ledgers have: the damaged one may be of an earlier version. Entries of the
/// journal and id types get numbers of their own.
std::string commonColumns(SQLite::Database& database, const char* table)
{
    Query query(database, "SELECT m.name FROM pragma_table_info(?1, 'main') m JOIN "
                          "pragma_table_info(?1, 'damaged') d ON d.name = m.name WHERE "
                          "m.name <> 'id' OR ?1 NOT IN ('journal', 'id_types') ORDER BY m.cid");
    query.with(table);
    std::string columns;
    while (query.next())
        columns += (columns.empty() ? "" : ", ") + query.text(0);
    return columns;
}

std::size_t copyRows(SQLite::Database& database, const char* table, const char* condition)
{
    const std::string columns = commonColumns(database, table);
    if (columns.empty())
        return 0;
    const std::string sql = "INSERT OR IGNORE INTO main." + std::string(table) + " (" + columns +
                            ") SELECT " + columns + " FROM damaged." + table + " WHERE " +
                            condition;
    return static_cast<std::size_t>(database.exec(sql));
}

/// Takes one part over, whole or not at all.
bool takePart(SQLite::Database& database, const Part& part, std::size_t& rows)
{
    database.exec("SAVEPOINT part");
    try {
        rows = 0;
        for (const auto& [table, condition] : part.tables) {
            const std::size_t copied = copyRows(database, table, condition);
            rows = table == part.tables.front().first ? copied : rows;
        }
        database.exec("RELEASE part");
        return true;
    } catch (const std::exception&) {
        rows = 0;
        database.exec("ROLLBACK TO part");
        database.exec("RELEASE part");
        return false;
    }
}

SourceId sourceOf(SQLite::Database& database, const std::string& name, const Stamp& by)
{
    Query query(database, "SELECT id FROM sources WHERE name = ? ORDER BY removed LIMIT 1");
    if (query.with(name).next())
        return {query.integer(0)};
    Query(database, "INSERT INTO sources (name, kind, dataset, uri, data_table, query, "
                    "signal_table, unit_day, time_zone, day_order, horizon_days, poll_minutes, "
                    "tolerance_percent, staleness_days, data_place, signal_place, enabled, "
                    "removed, created_at, edited_at) VALUES (?1, ?2, 'metrics', '', '', '', '', "
                    "'reject', 'UTC', 'strict', 28, 60, 1.0, 14, '', '', 0, 1, ?3, ?3)")
        .with(name, kUnknownKind, by.at)
        .run();
    return {database.getLastInsertRowid()};
}

/// Whether the number belongs to a run of another day, as far as that run is what was written.
bool isTaken(SQLite::Database& database, SourceId source, const FoundDay& found)
{
    Query query(database, "SELECT 1 FROM runs WHERE id = ? AND (source <> ? OR day <> ?)");
    return query.with(found.run, source, found.day).next() && sealHolds(database, found.run);
}

/// What a run that is not what was written says of itself is not believed.
void distrust(SQLite::Database& database, SourceId source, const FoundDay& found)
{
    if (sealHolds(database, found.run))
        return;
    Query(database, "UPDATE runs SET source = ?, day = ?, rows_read = ?, rejected = 0, "
                    "duplicates = 0, note = ? WHERE id = ?")
        .with(source, found.day, found.rows, kRebuiltNote, found.run)
        .run();
}

void enterRun(SQLite::Database& database, SourceId source, const FoundDay& found, const Stamp& by)
{
    const char* state = found.current ? "imported" : "superseded";
    Query(database,
          "INSERT INTO runs (id, source, day, state, first_day, actor, rows_read, "
          "accepted, started_at, finished_at, heartbeat, pid, host, process_start, note, "
          "retired_at, rejects_file) VALUES (?1, ?2, ?3, ?4, ?3, ?5, ?6, ?6, ?7, ?7, ?7, "
          "0, '', '', ?8, ?9, ?10) ON CONFLICT (id) DO UPDATE SET state = ?4, accepted = ?6, "
          "finished_at = ?7, retired_at = ?9, dropped_at = NULL, error = NULL")
        .with(found.run, source, found.day, state, by.actor, found.rows, found.at,
              found.rejectsFile.empty()
                  ? kRebuiltNote
                  : "Rebuilt from the landed files; what was rejected is in its file, uncounted.",
              found.current ? std::nullopt : std::optional(by.at), found.rejectsFile)
        .run();
    distrust(database, source, found);
    dropCommit(database, found.run);
    RunCommit commit;
    commit.files = found.files;
    commit.rollups = found.rollups;
    commit.fingerprint = found.fingerprint;
    writeCommit(database, found.run, commit);
    sealRun(database, found.run);
}

/// The version that stood as current is one of its day's earlier ones now: kept, where its files
/// were found in the history before.
void makeCurrent(SQLite::Database& database, SourceId source, const FoundDay& found,
                 const Stamp& by)
{
    Query(database, "UPDATE runs SET state = 'superseded', retired_at = ?1, dropped_at = ?1 WHERE "
                    "id <> ?4 AND state = 'imported' AND id = (SELECT current_run FROM days WHERE "
                    "source = ?2 AND day = ?3)")
        .with(by.at, source, found.day, found.run)
        .run();
    Query(database, "INSERT OR REPLACE INTO days (source, day, standing, current_run, empty, "
                    "actor, at) VALUES (?, ?, 'imported', ?, ?, ?, ?)")
        .with(source, found.day, found.run, found.rows == 0, by.actor, found.at)
        .run();
    Query(database, "UPDATE sources SET first_day = min(coalesce(first_day, ?1), ?1), "
                    "first_day_fixed = 1 WHERE id = ?2")
        .with(found.day, source)
        .run();
}

} // namespace

Status copyLedger(const std::filesystem::path& file, const std::filesystem::path& target)
{
    return guarded(file, [&]() -> Status {
        // A connection of its own: VACUUM INTO cannot run within a transaction.
        SQLite::Database database(file.string(), SQLite::OPEN_READONLY, kLockMilliseconds);
        Query(database, "VACUUM INTO ?").with(target.string()).run();
        return {};
    });
}

Result<RunId> highestRun(const std::filesystem::path& file)
{
    return guarded(file, [&]() -> Result<RunId> {
        return Connection(file, false).read([](SQLite::Database& database) -> Result<RunId> {
            Query query(database, "SELECT max(seq) FROM sqlite_sequence WHERE name = 'runs'");
            return RunId{query.next() ? query.integer(0) : 0};
        });
    });
}

bool Salvage::holdsHistory() const
{
    for (const std::string& part : lost)
        if (part != "id types" && part != "signals" && part != "journal")
            return false;
    return sources > 0;
}

Rebuild::Rebuild(std::unique_ptr<Connection> connection, Stamp by)
    : m_connection(std::move(connection)), m_by(std::move(by))
{}

Rebuild::~Rebuild() = default;

Result<std::unique_ptr<Rebuild>> Rebuild::on(const std::filesystem::path& file, const Stamp& by)
{
    const auto opened = Ledger::open(file, Access::Write);
    if (!opened)
        return fail(opened.error());
    return guarded(file, [&]() -> Result<std::unique_ptr<Rebuild>> {
        return std::unique_ptr<Rebuild>(new Rebuild(std::make_unique<Connection>(file, true), by));
    });
}

Salvage Rebuild::takeOver(const std::filesystem::path& damaged)
{
    Salvage salvage;
    const Status taken = guarded(damaged, [&]() -> Status {
        // A connection of its own: nothing is attached within a transaction.
        SQLite::Database database(m_connection->file().string(), SQLite::OPEN_READWRITE,
                                  kLockMilliseconds);
        database.exec("PRAGMA trusted_schema = OFF");
        database.exec("PRAGMA cell_size_check = ON");
        auto deadline = std::chrono::steady_clock::now() + kPatience;
        sqlite3_progress_handler(database.getHandle(), kStepsBetweenLooks, isTooLate, &deadline);
        Query(database, "ATTACH ? AS damaged").with(damaged.string()).run();
        std::size_t* const counts[] = {&salvage.idTypes, &salvage.sources, &salvage.signals,
                                       &salvage.runs,    &salvage.days,    &salvage.journal};
        std::size_t part = 0;
        for (const Part& one : salvagedParts())
            if (!takePart(database, one, *counts[part++]))
                salvage.lost.emplace_back(one.name);
        // Without a landed day the first day is free again.
        database.exec("UPDATE main.sources SET first_day_fixed = 0 WHERE id NOT IN "
                      "(SELECT source FROM main.days WHERE current_run IS NOT NULL)");
        if (database.execAndGet("PRAGMA damaged.user_version").getInt() < int{kSealedVersion})
            sealUnsealed(database);
        if (Query(database, "SELECT 1 FROM pragma_foreign_key_check").next())
            salvage.lost.emplace_back("links between its tables");
        database.exec("DETACH damaged");
        return {};
    });
    if (!taken)
        salvage.lost = {"everything"};
    return salvage;
}

Result<bool> Rebuild::holds(const FoundDay& found)
{
    return m_connection->read([&](SQLite::Database& database) -> Result<bool> {
        Query query(database, "SELECT 1 FROM runs r JOIN sources s ON s.id = r.source "
                              "WHERE r.id = ?1 AND r.day = ?2 AND s.name = ?3 AND iif(?4, "
                              "EXISTS (SELECT 1 FROM days d WHERE d.current_run = r.id AND "
                              "d.source = r.source AND d.day = r.day), "
                              "r.state IN ('superseded', 'rolled_back') AND r.dropped_at IS NULL)");
        if (!query.with(found.run, found.day, found.source, found.current).next())
            return false;
        return readFiles(database, found.run) == found.files && sealHolds(database, found.run);
    });
}

Status Rebuild::adopt(const FoundDay& found)
{
    return m_connection->write([&](SQLite::Database& database) -> Status {
        const SourceId source = sourceOf(database, found.source, m_by);
        if (isTaken(database, source, found))
            return fail(ErrorCode::DayState,
                        "Run " + std::to_string(found.run.value) + " is another one already.");
        enterRun(database, source, found, m_by);
        if (found.current)
            makeCurrent(database, source, found, m_by);
        writeJournal(database, {0, m_by.at, m_by.actor, found.source, found.day, "run.rebuilt",
                                "run " + std::to_string(found.run.value) + ", " +
                                    std::to_string(found.rows) + " rows"});
        return {};
    });
}

Result<std::vector<std::string>> Rebuild::settleSeals()
{
    return m_connection->write([&](SQLite::Database& database) -> Result<std::vector<std::string>> {
        Query(database, "DELETE FROM days WHERE current_run IS NOT NULL AND NOT EXISTS (SELECT 1 "
                        "FROM runs r WHERE r.id = current_run AND r.source = days.source AND "
                        "r.day = days.day)")
            .run();
        std::vector<std::string> places;
        for (const BrokenSeal& broken : brokenSeals(database, kAllSeals)) {
            sealRun(database, broken.run);
            places.push_back("run " + std::to_string(broken.run.value) + ", " + broken.place);
        }
        return places;
    });
}

Result<std::vector<std::string>> Rebuild::bareSources()
{
    return m_connection->read([&](SQLite::Database& database) -> Result<std::vector<std::string>> {
        Query query(database, "SELECT name FROM sources WHERE removed = 1 AND uri = '' "
                              "ORDER BY name");
        std::vector<std::string> names;
        while (query.next())
            names.push_back(query.text(0));
        return names;
    });
}

Status Rebuild::reserveRuns(RunId highest)
{
    return m_connection->write([&](SQLite::Database& database) -> Status {
        Query(database, "UPDATE sqlite_sequence SET seq = max(seq, ?) WHERE name = 'runs'")
            .with(highest)
            .run();
        Query(database, "INSERT INTO sqlite_sequence (name, seq) SELECT 'runs', ? WHERE NOT EXISTS "
                        "(SELECT 1 FROM sqlite_sequence WHERE name = 'runs')")
            .with(highest)
            .run();
        return {};
    });
}

Status Rebuild::note(const std::string& action, const std::string& detail)
{
    return m_connection->write([&](SQLite::Database& database) -> Status {
        writeJournal(database, {0, m_by.at, m_by.actor, "", {}, action, detail});
        return {};
    });
}

} // namespace daymark::ledger
