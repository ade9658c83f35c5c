// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ledger/seal.h"

#include <SQLiteCpp/Exception.h>
#include <sqlite3.h>

#include <bit>

namespace daymark::ledger {

namespace {

constexpr const char* kRun = "SELECT id, source, day, rows_read, accepted, rejected, duplicates, "
                             "fingerprint FROM runs WHERE id = ?";

constexpr const char* kRollups =
    "SELECT m.name, x.id_type, x.row_count, x.units, x.value_rows, x.ratio_rows, x.sum, "
    "x.sum_squares, x.minimum, x.maximum, x.numerator_sum, x.denominator_sum, "
    "x.zero_denominators, x.fingerprint FROM rollups x JOIN metrics m ON m.id = x.metric "
    "WHERE x.run = ?";

/// What has landed, whether it is current or an earlier version.
constexpr const char* kLandedStates = "state IN ('imported', 'superseded', 'rolled_back')";

/// A statement of SQLite's own: every figure of the ledger goes through here at every start.
class Cells
{
public:
    Cells(SQLite::Database& database, const char* sql)
    {
        if (sqlite3_prepare_v2(database.getHandle(), sql, -1, &m_statement, nullptr) != SQLITE_OK)
            throw SQLite::Exception(database.getHandle());
    }
    Cells(const Cells&) = delete;
    Cells& operator=(const Cells&) = delete;
    ~Cells() { sqlite3_finalize(m_statement); }

    void bind(RunId run)
    {
        sqlite3_reset(m_statement);
        sqlite3_bind_int64(m_statement, 1, run.value);
    }

    /// Steps to the next row and writes its cells, each with its type, its length and its bytes: no
    /// two rows are written alike.
    bool next(std::string& bytes)
    {
        const int answer = sqlite3_step(m_statement);
        if (answer != SQLITE_ROW && answer != SQLITE_DONE)
            throw SQLite::Exception(sqlite3_db_handle(m_statement), answer);
        bytes.clear();
        const int columns = answer == SQLITE_ROW ? sqlite3_column_count(m_statement) : 0;
        for (int i = 0; i < columns; ++i)
            append(bytes, i);
        return answer == SQLITE_ROW;
    }

private:
    void append(std::string& bytes, int column)
    {
        const int type = sqlite3_column_type(m_statement, column);
        const void* data = nullptr;
        std::int64_t word = 0;
        if (type == SQLITE_INTEGER)
            word = sqlite3_column_int64(m_statement, column);
        else if (type == SQLITE_FLOAT)
            word = std::bit_cast<std::int64_t>(sqlite3_column_double(m_statement, column));
        else if (type != SQLITE_NULL) {
            data = sqlite3_column_blob(m_statement, column);
            word = sqlite3_column_bytes(m_statement, column);
        }
        bytes += static_cast<char>('0' + type);
        bytes.append(reinterpret_cast<const char*>(&word), sizeof(word));
        if (data)
            bytes.append(static_cast<const char*>(data), static_cast<std::size_t>(word));
    }

    sqlite3_stmt* m_statement = nullptr;
};

/// Hashes the figures of one run after another.
class Figures
{
public:
    explicit Figures(SQLite::Database& database)
        : m_run(database, kRun), m_rollups(database, kRollups)
    {}

    /// The rows are added up: the order in which they come does not count.
    Hash128 of(RunId run)
    {
        Hash128 sum;
        for (Cells* cells : {&m_run, &m_rollups})
            for (cells->bind(run); cells->next(m_bytes);)
                sum += hash128(m_bytes);
        return sum;
    }

private:
    Cells m_run;
    Cells m_rollups;
    std::string m_bytes;
};

bool holds(SQLite::Database& database, Figures& figures, RunId run)
{
    Query query(database, "SELECT seal FROM runs WHERE id = ? AND length(seal) = 16");
    return query.with(run).next() && query.hash(0) == figures.of(run);
}

} // namespace

void sealRun(SQLite::Database& database, RunId run)
{
    Query(database, "UPDATE runs SET seal = ? WHERE id = ?")
        .with(Figures(database).of(run), run)
        .run();
}

void sealUnsealed(SQLite::Database& database)
{
    const std::string sql =
        std::string("SELECT id FROM runs WHERE seal IS NULL AND ") + kLandedStates;
    std::vector<RunId> runs;
    for (Query query(database, sql.c_str()); query.next();)
        runs.push_back({query.integer(0)});
    for (const RunId run : runs)
        sealRun(database, run);
}

bool sealHolds(SQLite::Database& database, RunId run)
{
    Figures figures(database);
    return holds(database, figures, run);
}

std::vector<BrokenSeal> brokenSeals(SQLite::Database& database, std::size_t limit)
{
    const std::string sql =
        "SELECT r.id, coalesce(d.day, r.day), s.name, d.day IS NULL OR (d.day = r.day AND "
        "d.source = r.source AND r.state = 'imported') FROM runs r "
        "JOIN sources s ON s.id = r.source LEFT JOIN days d ON d.current_run = r.id "
        "WHERE d.day IS NOT NULL OR " +
        std::string(kLandedStates) + " ORDER BY r.id";
    std::vector<BrokenSeal> broken;
    Figures figures(database);
    Query query(database, sql.c_str());
    while (broken.size() < limit && query.next())
        if (const RunId run{query.integer(0)}; !query.flag(3) || !holds(database, figures, run))
            broken.push_back({run, formatDay(query.day(1)) + " of " + query.text(2)});
    return broken;
}

} // namespace daymark::ledger
