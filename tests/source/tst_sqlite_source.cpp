// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/sqlite_source.h"
#include "source_fixture.h"

#include <QtTest>

#include <fstream>
#include <thread>

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace daymark;
using namespace daymark::test;

namespace {

const std::string kTable =
    "CREATE TABLE statsig_user_metrics (unit_id TEXT, id_type TEXT, date TEXT,"
    " metric_name TEXT, metric_value REAL);"
    "CREATE TABLE statsig_user_metrics_signal (finished_date TEXT);";

std::string insert(const std::string& unit, const std::string& date)
{
    return "INSERT INTO statsig_user_metrics VALUES ('" + unit + "', 'user_id', " + date +
           ", 'm', 1.5);";
}

/// Rows of other days, so that the day in question is a small part of the table.
std::string filler()
{
    return "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000)"
           " INSERT INTO statsig_user_metrics"
           " SELECT 'f' || i, 'user_id', date('2023-01-01', (i % 200) || ' days'), 'm', 1 FROM n;";
}

std::string units(const DayRead& read)
{
    std::string text;
    for (const std::string& row : read.rows) {
        const std::string unit = row.substr(row.find(':') + 1);
        if (!unit.starts_with('f'))
            text += (text.empty() ? "" : " ") + unit;
    }
    return read.error ? read.errorText() : text;
}

} // namespace

class TestSqliteSource : public QObject
{
    Q_OBJECT

private slots:
    void tablesViewsAndQueries_data();
    void tablesViewsAndQueries();
    void queries_data();
    void queries();
    void places_data();
    void places();
    void offsetsAndZones_data();
    void offsetsAndZones();
    void sparseRowIds();
    void badDatesBesideGood();
    void dates_data();
    void dates();
    void dateFormats_data();
    void dateFormats();
    void undatedRows_data();
    void undatedRows();
    void indexIsUsed();
    void cells();
    void otherEncoding();
    void manyBatches();
    void signalTables_data();
    void signalTables();
    void aMillionSignals();
    void uncheckpointedRows();
    void snapshot();
    void busy();
    void stopWhileBusy();
    void stopWhileReading();
    void damaged_data();
    void damaged();
    void columnGone();
    void permission();
    void connectionTest();
};

void TestSqliteSource::tablesViewsAndQueries_data()
{
    QTest::addColumn<std::string>("table");
    QTest::addColumn<std::string>("query");
    QTest::addColumn<std::string>("units");
    QTest::newRow("the dataset's own table")
        << std::string() << std::string() << std::string("u1 u2");
    QTest::newRow("a table of odd name")
        << std::string("o\"dd 't;able") << std::string() << std::string("x1");
    QTest::newRow("a table in another case")
        << std::string("STATSIG_User_Metrics") << std::string() << std::string("u1 u2");
    QTest::newRow("a view") << std::string("v") << std::string() << std::string("u2");
    QTest::newRow("a query") << std::string()
                             << std::string(
                                    "SELECT unit_id || '!' AS unit_id, id_type, date,"
                                    " metric_name, metric_value FROM statsig_user_metrics; ")
                             << std::string("u1! u2!");
    QTest::newRow("a query with a comment")
        << std::string() << std::string("SELECT * FROM statsig_user_metrics -- all of it")
        << std::string("u1 u2");
}

void TestSqliteSource::tablesViewsAndQueries()
{
    QFETCH(std::string, table);
    QFETCH(std::string, query);
    QFETCH(std::string, units);
    const Folder folder;
    const Database database(folder.path("a.db"));
    database.run(kTable + insert("u1", "'2022-06-13'") + insert("u2", "'2022-06-13'"));
    database.run("CREATE TABLE \"o\"\"dd 't;able\" AS SELECT * FROM statsig_user_metrics LIMIT 1;"
                 "UPDATE \"o\"\"dd 't;able\" SET unit_id = 'x1';"
                 "CREATE VIEW v AS SELECT * FROM statsig_user_metrics WHERE unit_id = 'u2';");
    SourceConfig config = sqliteConfig(folder.path("a.db"));
    config.table = table;
    config.query = query;
    const DayRead read = readDay(config, "2022-06-13", {0});
    QCOMPARE(::units(read), units);
    QVERIFY(read.holdsOtherDays);
}

void TestSqliteSource::queries_data()
{
    QTest::addColumn<std::string>("query");
    for (const char* query :
         {"DELETE FROM statsig_user_metrics", "SELECT 1; DROP TABLE statsig_user_metrics",
          "PRAGMA user_version", "ATTACH '/tmp/x.db' AS x", "EXPLAIN SELECT 1",
          "SELECT 1; SELECT 2", "SELECT * FROM nowhere", "SELEKT", "-- nothing", "VACUUM",
          "SELECT load_extension('x')"})
        QTest::newRow(query) << std::string(query);
}

void TestSqliteSource::queries()
{
    QFETCH(std::string, query);
    const Folder folder;
    const Database database(folder.path("a.db"));
    database.run(kTable);
    SourceConfig config = sqliteConfig(folder.path("a.db"));
    config.query = query;
    QCOMPARE(readDay(config, "2022-06-13").errorText(), std::string("source.query"));
}

void TestSqliteSource::places_data()
{
    QTest::addColumn<std::string>("uri");
    QTest::addColumn<std::string>("table");
    QTest::addColumn<std::string>("error");
    const auto line = [](const char* name, std::string uri, std::string table, std::string error) {
        QTest::newRow(name) << std::move(uri) << std::move(table) << std::move(error);
    };
    line("in memory", ":memory:", "", "source.invalid");
    line("a URI", "file:a.db?mode=rwc", "", "source.invalid");
    line("a URI in capitals", "FILE:a.db", "", "source.invalid");
    line("blank", "  ", "", "source.invalid");
    line("a folder", "@/.", "", "source.invalid");
    line("missing", "@/b.db", "", "source.missing");
    line("text", "@/text.db", "", "source.format");
    line("empty", "@/empty.db", "", "source.empty");
    line("no such table", "@/a.db", "statsig_user_metric", "source.table_missing");
}

void TestSqliteSource::places()
{
    QFETCH(std::string, uri);
    QFETCH(std::string, table);
    QFETCH(std::string, error);
    const Folder folder;
    const Database database(folder.path("a.db"));
    database.run(kTable);
    folder.write("text.db", std::string(5000, 'x'));
    folder.write("empty.db", "");
    SourceConfig config = sqliteConfig(uri.starts_with("@/") ? folder.path(uri.substr(2)) : uri);
    config.table = table;
    const DayRead read = readDay(config, "2022-06-13");
    QCOMPARE(read.errorText(), error);
    QVERIFY(!read.error->hint.empty());
    if (!table.empty())
        QVERIFY(read.error->hint.find("statsig_user_metrics") != std::string::npos);
    QVERIFY(!std::filesystem::exists(folder.path("b.db")));
}

void TestSqliteSource::dates_data()
{
    QTest::addColumn<bool>("indexed");
    QTest::newRow("with an index") << true;
    QTest::newRow("without") << false;
}

void TestSqliteSource::offsetsAndZones_data() { dates_data(); }

/// A time in words, and a date two days off, through the index as without it.
void TestSqliteSource::offsetsAndZones()
{
    QFETCH(bool, indexed);
    const Folder folder;
    const Database database(folder.path("a.db"));
    database.run(kTable + filler());
    database.run(insert("utc", "'2022-06-12 11:00:00 UTC'") +
                 insert("gmt", "'2022-06-12 11:00:00 GMT'") +
                 insert("remote", "'2022-06-11 23:00:00-12:00'"));
    if (indexed)
        database.run("CREATE INDEX by_date ON statsig_user_metrics (date)");
    SourceConfig config = sqliteConfig(folder.path("a.db"));
    config.timeZone = "UTC+14:00";
    const std::string found = units(readDay(config, "2022-06-13", {0}));
    for (const char* unit : {"utc", "gmt", "remote"})
        QVERIFY2(found.find(unit) != std::string::npos, unit);
}

/// Ids that a clock gave say nothing about the number of rows.
void TestSqliteSource::sparseRowIds()
{
    const Folder folder;
    const Database database(folder.path("a.db"));
    database.run(kTable + insert("u1", "'2022-06-13'") + insert("u2", "'2022-06-13'") +
                 "UPDATE statsig_user_metrics SET rowid = CASE unit_id"
                 " WHEN 'u1' THEN -9223372036854775807 ELSE 9223372036854775807 END");
    const SourceConfig config = sqliteConfig(folder.path("a.db"));
    const auto source = makeSource(config);
    const auto described = (*source)->describe({});
    QVERIFY(described.has_value());
    const MappedSchema schema = mapColumns(dataset(config.dataset), described->columns, {});
    const auto reader = (*source)->openDay(*parseDay("2022-06-13"), schema.mapping, {});
    QVERIFY(reader.has_value());
    QVERIFY((*reader)->expectedRows().value_or(0) < 10'000);
    QCOMPARE(readDay(config, "2022-06-13").rows.size(), std::size_t{2});
}

/// What an offset moves into the day or out of it has to be read in any case.
void TestSqliteSource::dates()
{
    QFETCH(bool, indexed);
    const Folder folder;
    const Database database(folder.path("a.db"));
    database.run(kTable + filler());
    database.run(insert("bare", "'2022-06-13'") + insert("time", "'2022-06-13 10:00:00'") +
                 insert("late", "'2022-06-12T23:00:00-05:00'") +
                 insert("early", "'2022-06-14T01:00:00+05:00'") + insert("before", "'2022-06-12'") +
                 insert("after", "'2022-06-14'"));
    if (indexed)
        database.run("CREATE INDEX by_date ON statsig_user_metrics (date)");
    const SourceConfig config = sqliteConfig(folder.path("a.db"));
    DayRead read = readDay(config, "2022-06-13", {0});
    std::sort(read.rows.begin(), read.rows.end(), [](const std::string& a, const std::string& b) {
        return a.substr(a.find(':')) < b.substr(b.find(':'));
    });
    const std::string found = units(read);
    for (const char* unit : {"bare", "time", "late", "early"})
        QVERIFY2(found.find(unit) != std::string::npos, unit);
    const auto source = makeSource(config);
    const auto count = (*source)->countDay(*parseDay("2022-06-13"), {});
    QVERIFY(count.has_value());
    QCOMPARE(*count, std::uint64_t{4});
}

void TestSqliteSource::dateFormats_data()
{
    QTest::addColumn<std::string>("date");
    QTest::addColumn<std::string>("format");
    QTest::newRow("ISO") << std::string("'2022-06-13'") << std::string("iso");
    QTest::newRow("day first") << std::string("'13/06/2022'") << std::string("dd/mm/yyyy");
    QTest::newRow("month first") << std::string("'06/13/2022'") << std::string("mm/dd/yyyy");
    QTest::newRow("Unix seconds") << std::string("1655078400") << std::string("unix_s");
    QTest::newRow("Unix milliseconds") << std::string("1655078400000") << std::string("unix_ms");
    QTest::newRow("compact") << std::string("'20220613'") << std::string("yyyymmdd");
    QTest::newRow("ambiguous") << std::string("'01/02/2024'") << std::string("source.format");
    QTest::newRow("no date at all") << std::string("'soon'") << std::string("source.format");
    QTest::newRow("null") << std::string("NULL") << std::string("iso");
}

void TestSqliteSource::dateFormats()
{
    QFETCH(std::string, date);
    QFETCH(std::string, format);
    const Folder folder;
    const Database database(folder.path("a.db"));
    database.run(
        "CREATE TABLE statsig_user_metrics (unit_id, id_type, date, metric_name, metric_value);"
        "CREATE TABLE statsig_user_metrics_signal (finished_date)");
    database.run(insert("u", date));
    const auto source = makeSource(sqliteConfig(folder.path("a.db")));
    const auto found = (*source)->detectFormat({});
    QCOMPARE(found ? found->at("date_format") : std::string(errorName(found.error().code)), format);
    if (!found)
        QVERIFY(found.error().hint.find("date_format") != std::string::npos);
}

/// Bad dates are rows to be rejected, be there as many kinds of them as there may.
void TestSqliteSource::badDatesBesideGood()
{
    const Folder folder;
    const Database database(folder.path("a.db"));
    database.run(
        "CREATE TABLE statsig_user_metrics (unit_id, id_type, date, metric_name, metric_value);"
        "CREATE TABLE statsig_user_metrics_signal (finished_date)");
    for (const char* date : {"'2022-06-13'", "'2022-06-13'", "'2022-06-13'", "'2022-02-30'",
                             "'hello'", "20220613.5", "'13/06/2022'", "'14/06/2022'", "''"})
        database.run(insert("u", date));
    const auto found = (*makeSource(sqliteConfig(folder.path("a.db"))))->detectFormat({});
    QVERIFY(found.has_value());
    QCOMPARE(found->at("date_format"), std::string("iso"));
}

void TestSqliteSource::undatedRows_data()
{
    QTest::addColumn<bool>("indexed");
    QTest::newRow("with an index") << true;
    QTest::newRow("without") << false;
}

void TestSqliteSource::undatedRows()
{
    QFETCH(bool, indexed);
    const Folder folder;
    const Database database(folder.path("a.db"));
    database.run(
        "CREATE TABLE statsig_user_metrics (unit_id, id_type, date, metric_name, metric_value);");
    database.run(filler() + insert("day", "'2022-06-13'") + insert("null", "NULL") +
                 insert("empty", "''") + insert("blank", "' 2022-06-13'") +
                 insert("leap", "'2024-02-30'") + insert("slash", "'13/06/2024'") +
                 insert("word", "'soon'") + insert("number", "20220613") + insert("blob", "x'00'") +
                 insert("real", "1.5") + insert("past", "'0000-00-00'"));
    if (indexed)
        database.run("CREATE INDEX by_date ON statsig_user_metrics (date)");
    const std::string found = units(readDay(sqliteConfig(folder.path("a.db")), "2022-06-13", {0}));
    for (const char* unit : {"day", "null", "empty", "blank", "leap", "slash", "word", "number",
                             "blob", "real", "past"})
        QVERIFY2(found.find(unit) != std::string::npos, unit);
    QCOMPARE(std::count(found.begin(), found.end(), ' '), std::ptrdiff_t{10}); // each once
}

void TestSqliteSource::indexIsUsed()
{
    const Folder folder;
    const Database database(folder.path("a.db"));
    database.run(kTable + filler() + insert("u1", "'2022-06-13'"));
    QVERIFY(readDay(sqliteConfig(folder.path("a.db")), "2022-06-13").rows.size() > 2000);
    database.run("CREATE INDEX by_date ON statsig_user_metrics (date)");
    QCOMPARE(readDay(sqliteConfig(folder.path("a.db")), "2022-06-13").rows.size(), std::size_t{1});
    QCOMPARE(readDay(sqliteConfig(folder.path("a.db")), "2023-01-05").rows.size(), std::size_t{10});
}

void TestSqliteSource::cells()
{
    const Folder folder;
    const Database database(folder.path("a.db"));
    database.run(
        "CREATE TABLE statsig_user_metrics (unit_id, id_type, date, metric_name, metric_value);");
    database.run(
        "INSERT INTO statsig_user_metrics VALUES (7, NULL, '2022-06-13', x'6d00', '12.7'),"
        "('', 'a', '2022-06-13', 'm', 9007199254740993), ('u', 'a', '2022-06-13', 'm', 1e999),"
        "(zeroblob(2000000), 'a', '2022-06-13', 'm', -0.0)");
    const DayRead read = readDay(sqliteConfig(folder.path("a.db")), "2022-06-13", {0, 1, 3, 4});
    QCOMPARE(read.rows.size(), std::size_t{4});
    QCOMPARE(read.rows[0], std::string("1:7,-,m\0,12.7", 13));
    QCOMPARE(read.rows[1], std::string("2:,a,m,9007199254740993"));
    QCOMPARE(read.rows[2], std::string("3:u,a,m,inf"));
    QVERIFY(read.rows[3].size() < 1'100'000);
}

void TestSqliteSource::otherEncoding()
{
    const Folder folder;
    const Database database(folder.path("a.db"));
    database.run("PRAGMA encoding = 'UTF-16le';" + kTable + insert("zo\xC3\xAB", "'2022-06-13'") +
                 "INSERT INTO statsig_user_metrics_signal VALUES ('2022-06-13')");
    const SourceConfig config = sqliteConfig(folder.path("a.db"));
    QCOMPARE(readDay(config, "2022-06-13", {0}).text(), std::string("1:zo\xC3\xAB"));
    QCOMPARE(signalText(config), std::string("2022-06-13"));
    database.run("CREATE INDEX by_date ON statsig_user_metrics (date);" + filler());
    QCOMPARE(units(readDay(config, "2022-06-13", {0})), std::string("zo\xC3\xAB"));
}

void TestSqliteSource::manyBatches()
{
    const Folder folder;
    const Database database(folder.path("a.db"));
    database.run(kTable +
                 "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000)"
                 " INSERT INTO statsig_user_metrics SELECT 'unit' || i, 'user_id',"
                 " '2022-06-13', 'm', i FROM n;");
    const DayRead read = readDay(sqliteConfig(folder.path("a.db")), "2022-06-13");
    QCOMPARE(read.rows.size(), std::size_t{20'000});
    QCOMPARE(read.rows[4095], std::string("4096:unit4096,m,4096"));
    QCOMPARE(read.rows[19'999], std::string("20000:unit20000,m,20000"));
}

void TestSqliteSource::signalTables_data()
{
    QTest::addColumn<std::string>("sql");
    QTest::addColumn<std::string>("outcome");
    const std::string make = "CREATE TABLE statsig_user_metrics_signal ";
    const std::string into = "; INSERT INTO statsig_user_metrics_signal VALUES ";
    QTest::newRow("repeats") << make + "(finished_date)" + into +
                                    "('2022-06-14'), ('2022-06-13'), ('2022-06-14')"
                             << std::string("2022-06-13 2022-06-14");
    QTest::newRow("a dirty name") << make + "(\" Finished_Date \" TEXT)" + into + "('2022-06-13')"
                                  << std::string("2022-06-13");
    QTest::newRow("invalid ones") << make + "(finished_date)" + into +
                                         "('2022-02-30'), (NULL), ('2022-06-13')"
                                  << std::string("2022-06-13 signal.invalid");
    QTest::newRow("none") << make + "(finished_date)" << std::string();
    QTest::newRow("another column") << make + "(day)" << std::string("schema.signal_missing");
    QTest::newRow("no table") << std::string("SELECT 1") << std::string("schema.signal_missing");
    QTest::newRow("a view") << std::string("CREATE VIEW statsig_user_metrics_signal AS SELECT"
                                           " '2022-06-13T10:00:00' AS finished_date")
                            << std::string("2022-06-13");
}

void TestSqliteSource::signalTables()
{
    QFETCH(std::string, sql);
    QFETCH(std::string, outcome);
    const Folder folder;
    const Database database(folder.path("a.db"));
    database.run("CREATE TABLE t (a);" + sql);
    QCOMPARE(signalText(sqliteConfig(folder.path("a.db"))), outcome);
}

void TestSqliteSource::aMillionSignals()
{
    const Folder folder;
    const Database database(folder.path("a.db"));
    database.run(kTable +
                 "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000000)"
                 " INSERT INTO statsig_user_metrics_signal SELECT CASE WHEN i % 2 THEN"
                 " date('2022-01-01', (i % 1000) || ' days') ELSE 'bad' || i END FROM n;");
    QElapsedTimer timer;
    timer.start();
    const auto reading = (*makeSource(sqliteConfig(folder.path("a.db"))))->readSignals({});
    QVERIFY(reading.has_value());
    QCOMPARE(reading->rows, std::uint64_t{1'000'000});
    QCOMPARE(reading->days.size(), std::size_t{500});
    QCOMPARE(reading->findings.size(), std::size_t{1});
    QVERIFY(reading->findings.front().message.find("500,000") != std::string::npos);
    QVERIFY(timer.elapsed() < 20'000);
}

void TestSqliteSource::uncheckpointedRows()
{
    const Folder folder;
    const Database database(folder.path("a.db"));
    database.run("PRAGMA journal_mode=WAL; PRAGMA wal_autocheckpoint=0;" + kTable +
                 insert("u1", "'2022-06-13'"));
    database.run("BEGIN IMMEDIATE;" + insert("u2", "'2022-06-13'")); // a writer in the middle
    QCOMPARE(units(readDay(sqliteConfig(folder.path("a.db")), "2022-06-13", {0})),
             std::string("u1"));
    database.run("COMMIT");
    QCOMPARE(units(readDay(sqliteConfig(folder.path("a.db")), "2022-06-13", {0})),
             std::string("u1 u2"));
}

void TestSqliteSource::snapshot()
{
    const Folder folder;
    const Database database(folder.path("a.db"));
    database.run("PRAGMA journal_mode=WAL;" + kTable + insert("u1", "'2022-06-13'"));
    const SourceConfig config = sqliteConfig(folder.path("a.db"));
    const auto source = makeSource(config);
    const auto description = (*source)->describe({});
    const MappedSchema schema = mapColumns(dataset(config.dataset), description->columns, {});
    const auto reader = (*source)->openDay(*parseDay("2022-06-13"), schema.mapping, {});
    QVERIFY(reader.has_value());
    database.run(insert("u2", "'2022-06-13'"));
    Batch batch;
    QVERIFY(*(*reader)->read(batch, {}));
    QCOMPARE(batch.rows, std::size_t{1});
    QVERIFY(!*(*reader)->read(batch, {}));
}

void TestSqliteSource::busy()
{
    const Folder folder;
    const Database database(folder.path("a.db"));
    database.run(kTable + "BEGIN EXCLUSIVE");
    const auto source =
        makeSqliteSource(sqliteConfig(folder.path("a.db")), std::chrono::milliseconds(100));
    const auto description = (*source)->describe({});
    QVERIFY(!description);
    QCOMPARE(errorName(description.error().code), std::string_view("source.busy"));
    database.run("COMMIT");
    QVERIFY((*source)->describe({}).has_value());
}

void TestSqliteSource::stopWhileBusy()
{
    const Folder folder;
    const Database database(folder.path("a.db"));
    database.run(kTable + "BEGIN EXCLUSIVE");
    const auto source = makeSource(sqliteConfig(folder.path("a.db")));
    std::stop_source stop;
    QElapsedTimer timer;
    timer.start();
    std::jthread asker([&stop] { stop.request_stop(); });
    const auto description = (*source)->describe(stop.get_token());
    QVERIFY(!description);
    QCOMPARE(errorName(description.error().code), std::string_view("run.cancelled"));
    QVERIFY(timer.elapsed() < 5'000);
}

void TestSqliteSource::stopWhileReading()
{
    const Folder folder;
    const Database database(folder.path("a.db"));
    database.run(kTable);
    SourceConfig config = sqliteConfig(folder.path("a.db"));
    config.query = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)"
                   " SELECT i AS unit_id, '' AS id_type, '2022-06-13' AS date, '' AS metric_name,"
                   " 1 AS metric_value FROM n WHERE i < 0";
    const auto source = makeSource(config);
    const auto description = (*source)->describe({});
    const MappedSchema schema = mapColumns(dataset(config.dataset), description->columns, {});
    const auto reader = (*source)->openDay(*parseDay("2022-06-13"), schema.mapping, {});
    QVERIFY(reader.has_value());
    std::stop_source stop;
    std::jthread asker([&stop] { stop.request_stop(); });
    Batch batch;
    const auto more = (*reader)->read(batch, stop.get_token()); // would never end
    QVERIFY(!more);
    QCOMPARE(errorName(more.error().code), std::string_view("run.cancelled"));
}

void TestSqliteSource::damaged_data()
{
    QTest::addColumn<int>("keep"); // percent of the file
    QTest::addColumn<bool>("garble");
    QTest::addColumn<std::string>("error");
    QTest::newRow("cut off") << 60 << false << std::string("source.truncated");
    QTest::newRow("garbled pages") << 100 << true << std::string("source.damaged");
    QTest::newRow("the first bytes only") << 0 << false << std::string("source.format");
}

void TestSqliteSource::damaged()
{
    QFETCH(int, keep);
    QFETCH(bool, garble);
    QFETCH(std::string, error);
    const Folder folder;
    {
        const Database database(folder.path("a.db"));
        database.run(kTable + filler());
    }
    std::ifstream in(folder.path("a.db"), std::ios::binary);
    std::string bytes(std::istreambuf_iterator<char>(in), {});
    bytes.resize(keep == 0 ? 50 : bytes.size() * static_cast<std::size_t>(keep) / 100);
    for (std::size_t i = 3 * 4096; garble && i < bytes.size(); ++i)
        bytes[i] = '\x5A';
    folder.write("b.db", bytes);
    QCOMPARE(readDay(sqliteConfig(folder.path("b.db")), "2023-01-05").errorText(), error);
}

void TestSqliteSource::columnGone()
{
    const Folder folder;
    const Database database(folder.path("a.db"));
    database.run(kTable + insert("u1", "'2022-06-13'"));
    const SourceConfig config = sqliteConfig(folder.path("a.db"));
    const auto source = makeSource(config);
    const auto description = (*source)->describe({});
    const MappedSchema schema = mapColumns(dataset(config.dataset), description->columns, {});
    database.run("ALTER TABLE statsig_user_metrics RENAME COLUMN metric_value TO worth");
    const auto reader = (*source)->openDay(*parseDay("2022-06-13"), schema.mapping, {});
    QVERIFY(!reader);
    QCOMPARE(errorName(reader.error().code), std::string_view("schema.mismatch"));
    QVERIFY(reader.error().message.find("metric_value") != std::string::npos);
    QVERIFY(reader.error().message.find("worth") != std::string::npos);
}

/// In a child, since root may read anything.
void TestSqliteSource::permission()
{
    const Folder folder;
    {
        const Database database(folder.path("a.db"));
        database.run(kTable);
    }
    std::filesystem::permissions(folder.path("a.db"), std::filesystem::perms::none);
    const pid_t child = ::fork();
    if (child == 0) {
        const bool isRoot = ::geteuid() == 0;
        if (isRoot && (::chmod(folder.path().c_str(), 0755) != 0 || ::setuid(65534) != 0))
            ::_exit(2);
        const DayRead read = readDay(sqliteConfig(folder.path("a.db")), "2022-06-13");
        ::_exit(read.errorText() == "source.permission" ? 0 : 1);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    QCOMPARE(WEXITSTATUS(status), 0);
}

void TestSqliteSource::connectionTest()
{
    const Folder folder;
    const Database database(folder.path("a.db"));
    database.run(kTable + insert("u1", "'2022-06-13'"));
    SourceConfig config = sqliteConfig(folder.path("a.db"));
    std::string names;
    for (const TestStep& step : (*makeSource(config))->test({}))
        names += step.name + (step.ok ? step.warning ? "?" : "" : "!") + "; ";
    QCOMPARE(names,
             std::string("open the database; find the table; find the columns; read one row; "
                         "look for an index on the date; find the signals?; "));
    config.table = "nowhere";
    const std::vector<TestStep> steps = (*makeSource(config))->test({});
    QCOMPARE(steps.size(), std::size_t{2});
    QVERIFY(!steps.back().ok && !steps.back().hint.empty());
}

QTEST_APPLESS_MAIN(TestSqliteSource)
#include "tst_sqlite_source.moc"
