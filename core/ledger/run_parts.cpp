// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ledger/run_parts.h"

namespace daymark::ledger {

namespace {

void writeExamples(SQLite::Database& database, RunId run, std::string_view code,
                   const std::vector<RuleExample>& examples)
{
    Query insert(database, "INSERT INTO run_examples (run, code, position, file, row_number, "
                           "column_name, value) VALUES (?, ?, ?, ?, ?, ?, ?)");
    for (std::size_t i = 0; i < examples.size(); ++i) {
        const RuleExample& example = examples[i];
        insert
            .with(run, code, std::uint64_t{i}, example.file, example.row, example.column,
                  example.null ? std::nullopt : std::optional(example.value))
            .run();
    }
}

void writeRules(SQLite::Database& database, RunId run, const std::vector<RuleCount>& rules)
{
    Query(database, "DELETE FROM run_rules WHERE run = ?").with(run).run();
    Query insert(database, "INSERT INTO run_rules (run, code, severity, row_count, message) "
                           "VALUES (?, ?, ?, ?, ?)");
    for (const RuleCount& rule : rules) {
        const std::string_view code = ruleSpec(rule.rule).code;
        insert.with(run, code, severityName(rule.severity), rule.count, rule.message).run();
        writeExamples(database, run, code, rule.examples);
    }
}

std::int64_t metricNumber(SQLite::Database& database, const std::string& name)
{
    Query(database, "INSERT INTO metrics (name) VALUES (?) ON CONFLICT DO NOTHING")
        .with(name)
        .run();
    Query query(database, "SELECT id FROM metrics WHERE name = ?");
    query.with(name).next();
    return query.integer(0);
}

void writeRollups(SQLite::Database& database, RunId run, const std::vector<Rollup>& rollups)
{
    Query insert(database,
                 "INSERT INTO rollups (run, metric, id_type, row_count, units, value_rows, "
                 "ratio_rows, sum, sum_squares, minimum, maximum, numerator_sum, "
                 "denominator_sum, zero_denominators, fingerprint) "
                 "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    for (const Rollup& rollup : rollups) {
        insert
            .with(run, metricNumber(database, rollup.metric), rollup.idType, rollup.rows,
                  rollup.units, rollup.valueRows, rollup.ratioRows, rollup.sum, rollup.sumSquares,
                  rollup.minimum, rollup.maximum, rollup.numeratorSum, rollup.denominatorSum,
                  rollup.zeroDenominators, rollup.fingerprint)
            .run();
    }
}

void writeUndated(SQLite::Database& database, RunId run, const std::vector<UndatedRow>& rows)
{
    Query insert(database, "INSERT INTO undated_rows (run, hash, row_count) VALUES (?, ?, ?) "
                           "ON CONFLICT DO UPDATE SET row_count = row_count + excluded.row_count");
    for (const UndatedRow& row : rows)
        insert.with(run, row.row, row.count).run();
}

void writeFiles(SQLite::Database& database, RunId run, const std::vector<LandedFile>& files)
{
    Query insert(database, "INSERT INTO run_files (run, position, path, bytes, sha256, row_count) "
                           "VALUES (?, ?, ?, ?, ?, ?)");
    for (std::size_t i = 0; i < files.size(); ++i) {
        const LandedFile& file = files[i];
        insert.with(run, std::uint64_t{i}, file.path, file.bytes, file.sha256, file.rows).run();
    }
}

} // namespace

void replaceFiles(SQLite::Database& database, RunId run, const std::vector<LandedFile>& files)
{
    Query(database, "DELETE FROM run_files WHERE run = ?").with(run).run();
    writeFiles(database, run, files);
}

void writeReport(SQLite::Database& database, RunId run, const RunReport& report)
{
    const RunCounts& counts = report.counts;
    Query(database, "UPDATE runs SET rows_read = ?, accepted = ?, rejected = ?, duplicates = ?, "
                    "rejects_file = ?, note = ? WHERE id = ?")
        .with(counts.read, counts.accepted, counts.rejected, counts.duplicates, report.rejectsFile,
              report.note, run)
        .run();
    writeRules(database, run, report.rules);
    writeTimings(database, run, report.timings);
}

void writeTimings(SQLite::Database& database, RunId run, const std::vector<PhaseTime>& timings)
{
    Query(database, "DELETE FROM run_timings WHERE run = ?").with(run).run();
    Query insert(database,
                 "INSERT INTO run_timings (run, position, phase, seconds) VALUES (?, ?, ?, ?)");
    for (std::size_t i = 0; i < timings.size(); ++i)
        insert.with(run, std::uint64_t{i}, timings[i].phase, timings[i].seconds).run();
}

void writeCommit(SQLite::Database& database, RunId run, const RunCommit& commit)
{
    Query(database, "UPDATE runs SET fingerprint = ? WHERE id = ?")
        .with(commit.fingerprint, run)
        .run();
    writeFiles(database, run, commit.files);
    writeRollups(database, run, commit.rollups);
    writeUndated(database, run, commit.newUndated);
}

void dropCommit(SQLite::Database& database, RunId run)
{
    for (const char* sql :
         {"DELETE FROM run_files WHERE run = ?", "DELETE FROM rollups WHERE run = ?",
          "DELETE FROM undated_rows WHERE run = ?"})
        Query(database, sql).with(run).run();
}

std::vector<LandedFile> readFiles(SQLite::Database& database, RunId run)
{
    Query query(database, "SELECT path, bytes, sha256, row_count FROM run_files WHERE run = ? "
                          "ORDER BY position");
    query.with(run);
    std::vector<LandedFile> files;
    while (query.next())
        files.push_back({query.text(0), query.count(1), query.text(2), query.count(3)});
    return files;
}

std::vector<PhaseTime> readTimings(SQLite::Database& database, RunId run)
{
    Query query(database, "SELECT phase, seconds FROM run_timings WHERE run = ? ORDER BY position");
    query.with(run);
    std::vector<PhaseTime> timings;
    while (query.next())
        timings.push_back({query.text(0), query.real(1)});
    return timings;
}

} // namespace daymark::ledger
