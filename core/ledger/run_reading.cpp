// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later

// The questions that RunTable answers; its commands are in run_table.cpp.

#include "core/ledger/journal_writer.h"
#include "core/ledger/run_parts.h"
#include "core/ledger/run_table.h"

#include <algorithm>

namespace daymark::ledger {

namespace {

constexpr const char* kSelectRuns = R"sql(
SELECT r.id, r.source, s.name, r.day, r.state, r.rows_read, r.accepted, r.rejected, r.duplicates,
       r.started_at, r.finished_at, r.seconds, r.phase, r.heartbeat, r.pid, r.host, r.process_start,
       r.actor, r.error, r.message, r.hint, r.rejects_file, r.note, r.fingerprint,
       r.replaces, r.reason, r.retired_at, r.dropped_at, r.look
FROM runs r JOIN sources s ON s.id = r.source )sql";

RunRecord readRun(Query& row)
{
    RunRecord run;
    run.id = {row.integer(0)};
    run.source = {row.integer(1)};
    run.sourceName = row.text(2);
    run.day = row.day(3);
    run.state = findRunState(row.text(4)).value_or(RunState::Failed);
    run.counts = {row.count(5), row.count(6), row.count(7), row.count(8)};
    run.startedAt = row.instant(9);
    run.finishedAt = row.maybeInstant(10);
    run.seconds = row.real(11);
    run.phase = row.text(12);
    run.heartbeat = row.instant(13);
    run.owner = {row.integer(14), row.text(15), row.text(16)};
    run.actor = row.text(17);
    run.error = readError(row, 18);
    run.rejectsFile = row.text(21);
    run.note = row.text(22);
    run.fingerprint = row.hash(23);
    if (!row.isNull(24))
        run.replaces = RunId{row.integer(24)};
    run.reason = row.text(25);
    run.retiredAt = row.maybeInstant(26);
    run.droppedAt = row.maybeInstant(27);
    run.look = row.flag(28);
    return run;
}

std::vector<RunRecord> readRuns(SQLite::Database& database, Query& query)
{
    std::vector<RunRecord> runs;
    while (query.next()) {
        runs.push_back(readRun(query));
        runs.back().files = readFiles(database, runs.back().id);
        runs.back().timings = readTimings(database, runs.back().id);
    }
    return runs;
}

std::vector<RuleExample> readExamples(SQLite::Database& database, RunId run,
                                      const std::string& code)
{
    Query query(database, "SELECT file, row_number, column_name, value FROM run_examples "
                          "WHERE run = ? AND code = ? ORDER BY position");
    query.with(run, code);
    std::vector<RuleExample> examples;
    while (query.next())
        examples.push_back(
            {query.text(0), query.count(1), query.text(2), query.isNull(3), query.text(3)});
    return examples;
}

Severity severityOf(std::string_view name)
{
    for (const Severity severity : {Severity::Error, Severity::Dropped, Severity::Warning}) {
        if (severityName(severity) == name)
            return severity;
    }
    return Severity::Note;
}

/// The rule of a code, or Rule::Count for one that this program doesn't know.
Rule ruleOf(std::string_view code)
{
    for (const RuleSpec& spec : ruleSpecs()) {
        if (spec.code == code)
            return spec.rule;
    }
    return Rule::Count;
}

} // namespace

std::vector<RunRecord> readRunsOf(SQLite::Database& database, SourceId source, Day day,
                                  const std::string& states)
{
    Query query(database, (std::string(kSelectRuns) +
                           "WHERE r.source = ? AND r.day = ? "
                           "AND r.state IN (" +
                           states + ") ORDER BY r.id DESC")
                              .c_str());
    return readRuns(database, query.with(source, day));
}

Result<std::vector<RunRecord>> RunTable::live()
{
    return m_connection.read([](SQLite::Database& database) -> Result<std::vector<RunRecord>> {
        Query query(database, (std::string(kSelectRuns) +
                               "WHERE r.state IN ('running', 'committing') ORDER BY r.id")
                                  .c_str());
        return readRuns(database, query);
    });
}

Result<RunRecord> RunTable::get(RunId run)
{
    return m_connection.read([&](SQLite::Database& database) -> Result<RunRecord> {
        Query query(database, (std::string(kSelectRuns) + "WHERE r.id = ?").c_str());
        auto found = readRuns(database, query.with(run));
        if (found.empty()) {
            return daymark::fail(ErrorCode::RunUnknown,
                                 "There is no run number " + std::to_string(run.value) + ".",
                                 "List the runs with: daymark-cli runs");
        }
        return std::move(found.front());
    });
}

Result<std::vector<RunRecord>> RunTable::list(std::optional<SourceId> source, std::size_t limit)
{
    return m_connection.read([&](SQLite::Database& database) -> Result<std::vector<RunRecord>> {
        Query query(database, (std::string(kSelectRuns) + "WHERE (?1 IS NULL OR r.source = ?1) "
                                                          "ORDER BY r.id DESC LIMIT ?2")
                                  .c_str());
        return readRuns(
            database, query.with(source, static_cast<std::int64_t>(
                                             std::min<std::size_t>(limit, std::size_t{1} << 40U))));
    });
}

Result<std::vector<RunRecord>> RunTable::ofDay(SourceId source, Day day, std::size_t limit)
{
    return m_connection.read([&](SQLite::Database& database) -> Result<std::vector<RunRecord>> {
        Query query(database, (std::string(kSelectRuns) + "WHERE r.source = ? AND r.day = ? "
                                                          "ORDER BY r.id DESC LIMIT ?")
                                  .c_str());
        return readRuns(database, query.with(source, day, std::uint64_t{limit}));
    });
}

Result<std::vector<RuleCount>> RunTable::rules(RunId run)
{
    return m_connection.read([&](SQLite::Database& database) -> Result<std::vector<RuleCount>> {
        Query query(database,
                    "SELECT code, severity, row_count, message FROM run_rules WHERE run = ?");
        query.with(run);
        std::vector<RuleCount> rules;
        while (query.next()) {
            const std::string code = query.text(0);
            if (ruleOf(code) == Rule::Count)
                continue;
            rules.push_back({ruleOf(code), severityOf(query.text(1)), query.count(2), query.text(3),
                             readExamples(database, run, code)});
        }
        std::sort(rules.begin(), rules.end(), [](const RuleCount& one, const RuleCount& other) {
            return std::pair(one.severity, one.rule) < std::pair(other.severity, other.rule);
        });
        return rules;
    });
}

Result<std::vector<UndatedRow>> RunTable::chargedUndated(SourceId source, Day except)
{
    return m_connection.read([&](SQLite::Database& database) -> Result<std::vector<UndatedRow>> {
        Query query(database,
                    "SELECT hash, sum(row_count) FROM undated_rows u JOIN runs r ON r.id = u.run "
                    "WHERE r.source = ? AND r.day <> ? AND r.state = 'imported' "
                    "GROUP BY hash ORDER BY hash");
        query.with(source, except);
        std::vector<UndatedRow> rows;
        while (query.next())
            rows.push_back({query.hash(0), query.count(1)});
        return rows;
    });
}

Result<std::uint64_t> RunTable::undatedOf(RunId run)
{
    return m_connection.read([&](SQLite::Database& database) -> Result<std::uint64_t> {
        Query query(database, "SELECT coalesce(sum(row_count), 0) FROM undated_rows WHERE run = ?");
        return query.with(run).next() ? query.count(0) : 0;
    });
}

Result<std::uint64_t> RunTable::latestRows(SourceId source)
{
    return m_connection.read([&](SQLite::Database& database) -> Result<std::uint64_t> {
        Query query(database, "SELECT r.accepted FROM days d JOIN runs r ON r.id = d.current_run "
                              "WHERE d.source = ? AND r.accepted > 0 ORDER BY d.day DESC LIMIT 1");
        return query.with(source).next() ? query.count(0) : 0;
    });
}

} // namespace daymark::ledger
