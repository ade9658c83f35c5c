// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster.h"

#include "core/source/postgres_ddl.h"
#include "core/source/postgres_snapshot.h"

#include <QTest>

#include <libpq-fe.h>

#include <cmath>
#include <thread>

using namespace daymark;
using namespace daymark::test;

namespace {

constexpr const char* kColumns = "unit_id text, id_type text, date date, metric_name text, "
                                 "metric_value numeric, numerator float8, denominator float8, "
                                 "timeuuid uuid";

std::unique_ptr<Source> make(const SourceConfig& config)
{
    auto source = makeSource(config);
    if (!source)
        qWarning() << source.error().message.c_str();
    return source ? std::move(*source) : nullptr;
}

QString step(const std::vector<TestStep>& steps, const char* name)
{
    for (const TestStep& found : steps) {
        if (found.name == name)
            return QString::fromStdString((!found.ok       ? "failed: "
                                           : found.warning ? "warning: "
                                                           : "ok: ") +
                                          found.message + " " + found.hint);
    }
    return "not tried";
}

} // namespace

class TestPostgresSource : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void types_data();
    void types();
    void numericsRoundAsTheServerDoes_data();
    void numericsRoundAsTheServerDoes();
    void places_data();
    void places();
    void dates_data();
    void dates();
    void textDatesWithoutACalendarDayComeThrough();
    void signalDays_data();
    void signalDays();
    void signalInTheRowsSnapshot();
    void reloadedTableIsNeverEmpty();
    void movedTablesAreNoticed_data();
    void movedTablesAreNoticed();
    void columnsOfATableAreEnough();
    void countsWaitForAReload();
    void blanksAroundADateAreNoOtherDay();
    void rawBytes();
    void readingRoleIsEnough();
    void writingQueryIsRefused();
    void checklist();
    void slowDays();
    void checklistFailures_data();
    void checklistFailures();
    void browsesWhatTheRoleCanRead();
    void largeDay();

private:
    SourceConfig config(const QString& table = {}) const
    {
        SourceConfig made = shopConfig(m_cluster.uri());
        made.table = table.toStdString();
        return made;
    }

    Cluster m_cluster;
};

void TestPostgresSource::initTestCase()
{
    if (!Cluster::isInstalled())
        QSKIP("PostgreSQL's server is not installed.");
    QVERIFY(m_cluster.start());
    m_cluster.sql(
        QString("CREATE TABLE statsig_user_metrics (%1);"
                "INSERT INTO statsig_user_metrics"
                " SELECT 'u' || i % 100, 'user_id', date '2022-06-13' + i / 1000,"
                " 'm' || i % 7, i / 4.0, NULL, NULL, gen_random_uuid()"
                " FROM generate_series(0, 2999) i;"
                "CREATE TABLE statsig_user_metrics_signal (finished_date date);"
                "INSERT INTO statsig_user_metrics_signal VALUES ('2022-06-13'), ('2022-06-14');"
                "ANALYZE")
            .arg(kColumns));
}

void TestPostgresSource::types_data()
{
    QTest::addColumn<QString>("transfer");
    for (const char* transfer : {"binary", "text", "cursor"})
        QTest::newRow(transfer) << transfer;
}

void TestPostgresSource::types()
{
    QFETCH(QString, transfer);
    m_cluster.sql(
        "DROP TABLE IF EXISTS every; DROP DOMAIN IF EXISTS amount; DROP TYPE IF EXISTS kind;"
        "CREATE DOMAIN amount AS numeric(20, 4); CREATE TYPE kind AS ENUM ('user_id');"
        "CREATE TABLE every (unit_id int8, id_type kind, date timestamptz, metric_name char(8),"
        " metric_value amount, numerator int2, denominator float4, timeuuid jsonb);"
        "INSERT INTO every VALUES"
        " (9007199254740993, 'user_id', '2022-06-13 10:00:00.25+00', 'abc', 12345.6789, -3, 1.5,"
        "  '{\"a\": [1, 2]}'),"
        " (-1, NULL, '2022-06-13 23:59:59+00', '', 0, 0, 'NaN', NULL),"
        " (NULL, 'user_id', NULL, E'a\\tb\\n\\\\', -0.25, NULL, 'Infinity', 'null'),"
        " (0, NULL, 'infinity', 'x', 'NaN', 1, 0, '1')");
    SourceConfig every = config("every");
    every.format["transfer"] = transfer.toStdString();
    const auto source = make(every);
    QVERIFY(source);
    const QStringList rows = readRows(*source, "2022-06-13");
    QCOMPARE(rows.join('\n'), QString("9007199254740993|user_id|2022-06-13T10:00:00.25Z|abc|12345."
                                      "6789|-3|1.5|{\"a\": [1, 2]}\n"
                                      "-1|~|2022-06-13T23:59:59Z||0|0|nan|~\n"
                                      "~|user_id|~|a\tb\n\\|-0.25|~|inf|null\n"
                                      "0|~|infinity|x|nan|1|0|1"));
}

void TestPostgresSource::numericsRoundAsTheServerDoes_data() { types_data(); }

void TestPostgresSource::numericsRoundAsTheServerDoes()
{
    QFETCH(QString, transfer);
    m_cluster.sql(
        QString("DROP TABLE IF EXISTS numbers; CREATE TABLE numbers (%1);"
                "SELECT setseed(0.5);"
                "INSERT INTO numbers SELECT i, 'x', '2022-06-13', 'm', n, n::float8, 0"
                " FROM (SELECT i, round((random() * 1e9)::numeric * (random() * 1e9)::numeric"
                " * 10.0 ^ (i % 61 - 40), i % 40) * CASE WHEN i % 3 = 0 THEN -1 ELSE 1 END AS n"
                " FROM generate_series(1, 5000) i) t;"
                "INSERT INTO numbers SELECT i, 'x', '2022-06-13', 'm', n, n::float8, 0 FROM"
                " (VALUES (1, 1.7976931348623157e308::numeric), (2, 4.9e-324), (3, "
                "2.2250738585072014e-308),"
                "  (4, 9007199254740993), (5, 0.1), (6, 123456789012345678901234567890)) v(i, n)")
            .arg(kColumns));
    SourceConfig numbers = config("numbers");
    numbers.format["transfer"] = transfer.toStdString();
    const auto source = make(numbers);
    const auto reader = openDay(*source, "2022-06-13");
    QVERIFY(reader);
    Batch batch;
    int seen = 0;
    while ((*reader)->read(batch, {}).value()) {
        for (std::size_t i = 0; i < batch.rows; ++i, ++seen) {
            const Cell& own = batch.columns[metrics::Value][i];
            // A whole number of many digits comes in its digits: rounding it is told of later.
            const std::string digits = formatCell(own);
            QVERIFY(own.kind == Cell::Kind::Real || own.kind == Cell::Kind::Text);
            const double value =
                own.kind == Cell::Kind::Real ? own.real : std::strtod(digits.c_str(), nullptr);
            QVERIFY2(value == batch.columns[metrics::Numerator][i].real, digits.c_str());
        }
    }
    QCOMPARE(seen, 5006);
    m_cluster.sql("INSERT INTO numbers (unit_id, date, metric_value) VALUES"
                  " ('huge', '2022-06-20', ('1' || repeat('0', 400))::numeric)");
    QCOMPARE(readRows(*source, "2022-06-20").join(' '),
             "huge|~|2022-06-20|~|1" + QString(400, '0') + "|~|~|~");
}

void TestPostgresSource::places_data()
{
    QTest::addColumn<QString>("table");
    QTest::addColumn<QString>("query");
    QTest::addColumn<int>("rows"); // of 2022-06-14; -1: an error
    const char* none = "";
    QTest::newRow("the default table") << none << none << 1000;
    QTest::newRow("a schema") << "public.statsig_user_metrics" << none << 1000;
    QTest::newRow("capitals fold") << "STATSIG_User_Metrics" << none << 1000;
    QTest::newRow("a view") << "a_view" << none << 1000;
    QTest::newRow("a materialised view") << "a_copy" << none << 1000;
    QTest::newRow("partitions") << "parts" << none << 1000;
    QTest::newRow("a foreign table") << "far" << none << 1000;
    QTest::newRow("quoted names") << "\"My \"\"Schema\".\"T.x; DROP\"" << none << 1000;
    QTest::newRow("exact capitals without quotes") << "Loud" << none << 1000;
    QTest::newRow("a query")
        << none << "SELECT *, 1 AS more FROM statsig_user_metrics WHERE metric_name = 'm1';" << 143;
    QTest::newRow("a query with a comment at its end")
        << none << "SELECT * FROM statsig_user_metrics -- all" << 1000;
    QTest::newRow("two statements")
        << none << "SELECT * FROM statsig_user_metrics; DROP TABLE parts" << -1;
    QTest::newRow("a wrong query") << none << "SELEC 1" << -1;
    QTest::newRow("no such table") << "nowhere" << none << -1;
    QTest::newRow("a table out of the path") << "\"T.x; DROP\"" << none << -1;
}

void TestPostgresSource::places()
{
    QFETCH(QString, table);
    QFETCH(QString, query);
    QFETCH(int, rows);
    if (m_cluster.sql("SELECT to_regclass('parts')").isEmpty()) {
        m_cluster.sql(
            QString("CREATE VIEW a_view AS SELECT * FROM statsig_user_metrics;"
                    "CREATE MATERIALIZED VIEW a_copy AS SELECT * FROM statsig_user_metrics;"
                    "CREATE TABLE parts (%1) PARTITION BY RANGE (date);"
                    "CREATE TABLE parts_13 PARTITION OF parts FOR VALUES FROM ('2022-06-13') TO "
                    "('2022-06-14');"
                    "CREATE TABLE parts_rest PARTITION OF parts DEFAULT;"
                    "INSERT INTO parts SELECT * FROM statsig_user_metrics;"
                    "CREATE SCHEMA \"My \"\"Schema\";"
                    "CREATE TABLE \"My \"\"Schema\".\"T.x; DROP\" AS SELECT * FROM "
                    "statsig_user_metrics;"
                    "CREATE TABLE \"Loud\" AS SELECT * FROM statsig_user_metrics;"
                    "CREATE EXTENSION postgres_fdw;"
                    "CREATE SERVER away FOREIGN DATA WRAPPER postgres_fdw OPTIONS (host "
                    "'127.0.0.1', port '%2',"
                    " dbname 'postgres');"
                    "CREATE USER MAPPING FOR postgres SERVER away OPTIONS (user 'postgres');"
                    "CREATE FOREIGN TABLE far (%1) SERVER away OPTIONS (table_name "
                    "'statsig_user_metrics')")
                .arg(kColumns)
                .arg(m_cluster.port()));
    }
    SourceConfig place = config(table);
    place.query = query.toStdString();
    const auto source = make(place);
    QVERIFY(source);
    Error error;
    const QStringList found = readRows(*source, "2022-06-14", &error);
    if (rows >= 0) {
        QVERIFY2(found != QStringList{"failed"}, error.message.c_str());
        QCOMPARE(found.size(), rows);
        QCOMPARE(source->countDay(*parseDay("2022-06-14"), {}).value(), std::uint64_t(rows));
    } else {
        QCOMPARE(found, QStringList{"failed"});
        QVERIFY(error.code == ErrorCode::SourceTableMissing ||
                error.code == ErrorCode::SourceQuery);
        QVERIFY(!error.hint.empty());
    }
}

void TestPostgresSource::dates_data()
{
    QTest::addColumn<QString>("type");
    QTest::addColumn<QString>("format"); // found by detection
    QTest::addColumn<QString>("values");
    QTest::addColumn<QString>(
        "units"); // read for 2022-03-13 in Los Angeles, apart from other days' rows
    QTest::addColumn<int>("count"); // of the day itself

    QTest::newRow("dates")
        << "date"
        << "iso"
        << "('a', '2022-03-13'), ('b', '2022-03-12'), ('c', NULL), ('d', 'infinity'),"
           " ('e', '0044-03-15 BC'), ('f', '12022-03-13')"
        << "a c d e f" << 1;
    QTest::newRow("timestamps") << "timestamp"
                                << "iso"
                                << "('a', '2022-03-13 00:00'), ('b', '2022-03-13 23:59:59.999999'),"
                                   " ('c', '2022-03-14 00:00'), ('d', '-infinity'), ('e', NULL)"
                                << "a b d e" << 2;
    QTest::newRow("instants") << "timestamptz"
                              << "iso"
                              << "('a', '2022-03-13 08:00+00'), ('b', '2022-03-13 07:59:59+00'),"
                                 " ('c', '2022-03-14 06:59:59+00'), ('d', '2022-03-14 07:00+00')"
                              << "a c" << 2;
    QTest::newRow("Unix seconds")
        << "int8"
        << "unix_s"
        << "('a', 1647158400), ('b', 1647158399), ('c', 1647241199), ('d', 1647241200),"
           " ('e', NULL), ('f', 999999999999999)"
        << "a c e f" << 2;
    QTest::newRow("compact numbers")
        << "int4"
        << "yyyymmdd"
        << "('a', 20220313), ('b', 20220312), ('c', 20221345), ('d', 20220314)"
        << "a c" << 1;
}

void TestPostgresSource::dates()
{
    QFETCH(QString, type);
    QFETCH(QString, format);
    QFETCH(QString, values);
    QFETCH(QString, units);
    QFETCH(int, count);
    m_cluster.sql(QString("DROP TABLE IF EXISTS dated; CREATE TABLE dated (unit_id text, date %1,"
                          " id_type text, metric_name text, metric_value int4);"
                          "INSERT INTO dated (unit_id, date) VALUES %2")
                      .arg(type, values));
    SourceConfig dated = config("dated");
    dated.timeZone = "America/Los_Angeles";
    dated.format = make(dated)->detectFormat({}).value();
    QCOMPARE(QString::fromStdString(dated.format["date_format"]), format);
    const auto source = make(dated);
    QStringList found;
    for (const QString& row : readRows(*source, "2022-03-13"))
        found << row.section('|', 0, 0);
    QCOMPARE(found.join(' '), units);
    QCOMPARE(source->countDay(*parseDay("2022-03-13"), {}).value(), std::uint64_t(count));
}

void TestPostgresSource::textDatesWithoutACalendarDayComeThrough()
{
    m_cluster.sql(
        "DROP TABLE IF EXISTS dated; CREATE TABLE dated (unit_id text, date text, id_type text,"
        " metric_name text, metric_value int4);"
        "INSERT INTO dated (unit_id, date) VALUES ('a', '2022-06-13'), ('b', '2022-06-14'),"
        " ('c', '2022-06-31'), ('d', 'yesterday'), ('e', ''), ('f', NULL), ('g', ' 2022-06-13'),"
        " ('h', '2022-06-14T01:00:00+02:00'), ('i', '2022-06-14T10:00:00Z'), ('j', '2022-13-01'),"
        " ('k', '2022-06-13 24:00'), ('l', '0000-06-13'), ('m', '2022-06-10 10:00:00'),"
        " ('n', '2022-06-13x')");
    SourceConfig dated = config("dated");
    dated.format["date_format"] = "iso";
    const auto source = make(dated);
    QStringList found;
    for (const QString& row : readRows(*source, "2022-06-13"))
        found << row.section('|', 0, 0);
    // b and m are surely other days; i is one too, but only its offset tells.
    QCOMPARE(found.join(' '), QString("a c d e f g h i j k l n"));
    QCOMPARE(source->countDay(*parseDay("2022-06-13"), {}).value(), std::uint64_t(3)); // a, g and h
}

void TestPostgresSource::signalDays_data()
{
    QTest::addColumn<QString>("type");
    QTest::addColumn<QString>("values");
    QTest::addColumn<QString>("days");
    QTest::addColumn<int>("findings");
    QTest::newRow("dates") << "date"
                           << "('2022-06-14'), ('2022-06-13'), ('2022-06-13'), (NULL), ('infinity')"
                           << "2022-06-13 2022-06-14" << 1;
    QTest::newRow("text") << "text"
                          << "('2022-06-14T10:00:00'), ('2022-06-13'), ('soon')"
                          << "2022-06-13 2022-06-14" << 1;
    QTest::newRow("instants") << "timestamptz"
                              << "('2022-06-14 03:00+00'), ('2022-06-14 08:00+00')"
                              << "2022-06-13 2022-06-14" << 0;
    QTest::newRow("json") << "json"
                          << "('1'), ('2')"
                          << "" << 1;
    QTest::newRow("none") << "date"
                          << ""
                          << "" << 0;
}

void TestPostgresSource::signalDays()
{
    QFETCH(QString, type);
    QFETCH(QString, values);
    QFETCH(QString, days);
    QFETCH(int, findings);
    m_cluster.sql(
        QString("DROP TABLE IF EXISTS marks; CREATE TABLE marks (finished_date %1);").arg(type) +
        (values.isEmpty() ? QString() : "INSERT INTO marks VALUES " + values));
    SourceConfig marked = config();
    marked.signalTable = "marks";
    marked.timeZone = "America/Los_Angeles";
    const auto reading = make(marked)->readSignals({});
    QVERIFY2(reading.has_value(), reading ? "" : reading.error().message.c_str());
    QStringList found;
    for (const Day day : reading->days)
        found << QString::fromStdString(formatDay(day));
    QCOMPARE(found.join(' '), days);
    QCOMPARE(reading->findings.size(), std::size_t(findings));
}

void TestPostgresSource::signalInTheRowsSnapshot()
{
    const auto source = make(config());
    const auto signalled = openDay(*source, "2022-06-13");
    QVERIFY(signalled);
    QCOMPARE((*signalled)->signalled(), std::optional(true));
    QCOMPARE(drain(**signalled).value(), std::uint64_t(1000));
    QCOMPARE(openDay(*source, "2022-06-15").value()->signalled(), std::optional(false));
    SourceConfig without = config();
    without.signalTable = "nowhere";
    QCOMPARE(openDay(*make(without), "2022-06-13").value()->signalled(), std::optional<bool>());
    QCOMPARE(make(without)->readSignals({}).error().code, ErrorCode::SignalMissing);
}

void TestPostgresSource::reloadedTableIsNeverEmpty()
{
    m_cluster.sql("DROP TABLE IF EXISTS reloaded; CREATE TABLE reloaded AS SELECT * FROM "
                  "statsig_user_metrics");
    // Another session reloads the table while the day is opened. The rows before or after it would
    // do; the empty table in between is what a snapshot from before the lock would show.
    const std::unique_ptr<PGconn, decltype(&PQfinish)> other(PQconnectdb(m_cluster.uri().c_str()),
                                                             &PQfinish);
    PQclear(PQexec(other.get(), "BEGIN; TRUNCATE reloaded"));
    const auto connection =
        PostgresConnection::open(readPostgresSettings(config()).value(), {}).value();
    const std::vector<std::string> tables{"public.reloaded"};
    Result<PostgresResult> rows = PostgresResult(nullptr);
    std::jthread reading([&] {
        if (beginPostgresSnapshot(*connection, tables, {}))
            rows = connection->query("count", "SELECT count(*) FROM public.reloaded", {}, {});
    });
    QVERIFY(QTest::qWaitFor(
        [&] { return m_cluster.sql("SELECT count(*) FROM pg_locks WHERE NOT granted") == "1"; },
        10'000));
    PQclear(PQexec(other.get(), "INSERT INTO reloaded SELECT * FROM statsig_user_metrics; COMMIT"));
    reading.join();
    QVERIFY2(rows.has_value(), rows ? "" : rows.error().message.c_str());
    QCOMPARE(std::string(rows->text(0, 0)), std::string("3000"));
}

void TestPostgresSource::movedTablesAreNoticed_data()
{
    QTest::addColumn<QString>("change");
    QTest::addColumn<bool>("moved");
    QTest::newRow("nothing") << "SELECT 1" << false;
    QTest::newRow("more rows") << "INSERT INTO moving SELECT * FROM moving" << false;
    QTest::newRow("emptied and filled")
        << "CREATE TEMP TABLE kept AS SELECT * FROM moving; TRUNCATE moving;"
           "INSERT INTO moving SELECT * FROM kept"
        << true;
    QTest::newRow("rewritten") << "ALTER TABLE moving ALTER unit_id TYPE varchar(99)" << true;
    QTest::newRow("replaced") << "CREATE TABLE other AS SELECT * FROM moving;"
                                 "ALTER TABLE moving RENAME TO old; ALTER TABLE other RENAME TO "
                                 "moving"
                              << true;
}

/// What a transaction of another session does between the snapshot and the lock.
void TestPostgresSource::movedTablesAreNoticed()
{
    QFETCH(QString, change);
    QFETCH(bool, moved);
    m_cluster.sql("DROP TABLE IF EXISTS old; DROP TABLE IF EXISTS moving; CREATE TABLE moving AS "
                  "SELECT * FROM statsig_user_metrics");
    const auto connection =
        PostgresConnection::open(readPostgresSettings(config()).value(), {}).value();
    QVERIFY(beginPostgresSnapshot(*connection, {}, {}));
    QVERIFY(connection->query("look", "SELECT 1", {}, {}));
    QVERIFY(m_cluster.sql("BEGIN;" + change + ";COMMIT") != "failed");
    QVERIFY(connection->describe("look", "SELECT * FROM moving", {}));
    const std::vector<std::string> tables{"\"public\".\"moving\""};
    const Status checked = checkUnmoved(*connection, tables, {});
    QCOMPARE(!checked, moved);
    if (moved)
        QCOMPARE(checked.error().code, ErrorCode::SourceChanged);
}

/// Such a role may not lock the table.
void TestPostgresSource::columnsOfATableAreEnough()
{
    m_cluster.sql("CREATE ROLE columnist LOGIN; GRANT USAGE ON SCHEMA public TO columnist;"
                  "GRANT SELECT (unit_id, id_type, date, metric_name, metric_value, numerator,"
                  " denominator, timeuuid) ON statsig_user_metrics TO columnist;"
                  "GRANT SELECT (finished_date) ON statsig_user_metrics_signal TO columnist");
    const auto source = make(shopConfig(m_cluster.uri("columnist")));
    Error error;
    QCOMPARE(readRows(*source, "2022-06-13", &error).size(), 1000);
    QCOMPARE(source->countDay(*parseDay("2022-06-13"), {}).value(), std::uint64_t(1000));
}

void TestPostgresSource::countsWaitForAReload()
{
    m_cluster.sql("DROP TABLE IF EXISTS counted; CREATE TABLE counted AS SELECT * FROM "
                  "statsig_user_metrics");
    const std::unique_ptr<PGconn, decltype(&PQfinish)> other(PQconnectdb(m_cluster.uri().c_str()),
                                                             &PQfinish);
    PQclear(PQexec(other.get(), "BEGIN; TRUNCATE counted"));
    const auto source = make(config("counted"));
    Result<std::uint64_t> count = 0;
    std::jthread counting([&] { count = source->countDay(*parseDay("2022-06-13"), {}); });
    QVERIFY(QTest::qWaitFor(
        [&] { return m_cluster.sql("SELECT count(*) FROM pg_locks WHERE NOT granted") == "1"; },
        10'000));
    PQclear(PQexec(other.get(), "INSERT INTO counted SELECT * FROM statsig_user_metrics; COMMIT"));
    counting.join();
    QCOMPARE(count.value(), std::uint64_t(1000));
}

void TestPostgresSource::blanksAroundADateAreNoOtherDay()
{
    m_cluster.sql("DROP TABLE IF EXISTS blank; CREATE TABLE blank AS SELECT unit_id, id_type,"
                  " ' ' || date::text AS date, metric_name, metric_value FROM"
                  " statsig_user_metrics; DROP TABLE IF EXISTS blank_signal;"
                  "CREATE TABLE blank_signal (finished_date text);"
                  "INSERT INTO blank_signal VALUES ('2022-06-13'), (' 2022-06-14')");
    SourceConfig blank = config("blank");
    blank.signalTable = "blank_signal";
    blank.format = {{"date_format", "iso"}, {"signal_date_format", "iso"}};
    const auto source = make(blank);
    QCOMPARE(source->readSignals({})->days.size(), std::size_t(2));
    QCOMPARE(source->countDay(*parseDay("2022-06-14"), {}).value(), std::uint64_t(1000));
    const auto reader = openDay(*source, "2022-06-14");
    QVERIFY(reader);
    QCOMPARE((*reader)->signalled(), std::optional<bool>(true));
}

void TestPostgresSource::rawBytes()
{
    m_cluster.sql(
        "CREATE DATABASE raw ENCODING 'SQL_ASCII' TEMPLATE template0 LC_COLLATE 'C' LC_CTYPE 'C'");
    m_cluster.sql(
        QString(
            "CREATE TABLE statsig_user_metrics (%1);"
            "SET client_encoding = 'SQL_ASCII';"
            "INSERT INTO statsig_user_metrics (unit_id, date) VALUES (E'caf\\xE9', '2022-06-13'),"
            " (E'caf\\xC3\\xA9', '2022-06-13')")
            .arg(kColumns),
        "raw");
    for (const char* transfer : {"binary", "text", "cursor"}) {
        SourceConfig raw = shopConfig(m_cluster.uri("postgres", {}, "raw"));
        raw.format["transfer"] = transfer;
        const auto reader = openDay(*make(raw), "2022-06-13");
        QVERIFY(reader);
        Batch batch;
        QVERIFY((*reader)->read(batch, {}).value());
        QCOMPARE(batch.rows, std::size_t(2));
        QCOMPARE(std::string(batch.columns[metrics::UnitId][0].asText()), std::string("caf\xE9"));
        QCOMPARE(std::string(batch.columns[metrics::UnitId][1].asText()),
                 std::string("caf\xC3\xA9"));
    }
}

void TestPostgresSource::readingRoleIsEnough()
{
    SourceSetup wanted;
    wanted.role = "reader";
    wanted.schema = "fresh";
    QVERIFY(m_cluster.sql(QString::fromStdString(postgresDdl(wanted))) != "failed");
    m_cluster.sql("REVOKE ALL ON SCHEMA public FROM PUBLIC;"
                  "INSERT INTO fresh.statsig_user_metrics SELECT * FROM statsig_user_metrics;"
                  "INSERT INTO fresh.statsig_user_metrics_signal VALUES ('2022-06-13'); ANALYZE");
    SourceConfig fresh = shopConfig(m_cluster.uri("reader"));
    fresh.table = "fresh.statsig_user_metrics";
    fresh.signalTable = "fresh.statsig_user_metrics_signal";
    const auto source = make(fresh);
    QVERIFY(source->detectFormat({}).has_value());
    QCOMPARE(readRows(*source, "2022-06-13").size(), 1000);
    QCOMPARE(source->countDay(*parseDay("2022-06-14"), {}).value(), std::uint64_t(1000));
    QCOMPARE(source->readSignals({})->days.size(), std::size_t(1));
    for (const TestStep& done : source->test({}))
        QVERIFY2(done.ok && !done.warning, (done.name + ": " + done.message).c_str());

    // What the role ran, by the server's own log: nothing but reads.
    int statements = 0;
    for (const QByteArray& line : m_cluster.log().split('\n')) {
        if (!line.startsWith("reader: LOG:  "))
            continue;
        QByteArray text = line.mid(14);
        for (const char* prefix : {"statement: ", "execute <unnamed>: "})
            text =
                text.startsWith(prefix) ? text.mid(static_cast<qsizetype>(strlen(prefix))) : text;
        ++statements;
        const bool reads =
            text.startsWith("SELECT ") || text.startsWith("COPY (SELECT ") ||
            text.startsWith("EXPLAIN (VERBOSE, FORMAT JSON) SELECT ") ||
            text.startsWith("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY;") ||
            text.startsWith("ROLLBACK;BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY;");
        QVERIFY2(reads, text.constData());
        QVERIFY2(!text.contains("LOCK TABLE") || text.endsWith("IN ACCESS SHARE MODE"),
                 text.constData());
    }
    QVERIFY(statements > 20);
    m_cluster.sql("GRANT USAGE ON SCHEMA public TO PUBLIC");
}

void TestPostgresSource::writingQueryIsRefused()
{
    m_cluster.sql("CREATE FUNCTION writes() RETURNS int LANGUAGE sql AS"
                  " 'INSERT INTO statsig_user_metrics_signal VALUES (now()) RETURNING 1'");
    SourceConfig writing = config();
    writing.query = "SELECT *, writes() AS timeuuid2 FROM statsig_user_metrics WHERE writes() = 1";
    Error error;
    QCOMPARE(readRows(*make(writing), "2022-06-13", &error), QStringList{"failed"});
    QCOMPARE(error.code, ErrorCode::SourceQuery);
    QVERIFY2(error.message.find("only read") != std::string::npos, error.message.c_str());
}

void TestPostgresSource::checklist()
{
    const auto steps = make(config())->test({});
    QCOMPARE(step(steps, "reach the host").section(':', 0, 0), QString("ok"));
    QCOMPARE(step(steps, "agree on TLS").section(':', 0, 0), QString("ok"));
    QVERIFY2(step(steps, "log in").contains("superuser"), qPrintable(step(steps, "log in")));
    QVERIFY(step(steps, "find the table").contains("may write"));
    QVERIFY(step(steps, "check their types").contains("metric_value numeric"));
    QVERIFY(step(steps, "read one row").contains("binary COPY"));
    QVERIFY(step(steps, "find the signals").startsWith("ok"));
    QVERIFY(step(steps, "find a day quickly").startsWith("ok"));

    m_cluster.sql(
        QString(
            "CREATE TABLE large (%1); INSERT INTO large SELECT i, 'user_id', date '2022-01-01' +"
            " i % 250, 'm', i FROM generate_series(1, 250000) i; ANALYZE large")
            .arg(kColumns));
    const QString slow = step(make(config("large"))->test({}), "find a day quickly");
    QVERIFY2(
        slow.startsWith("warning") &&
            slow.contains("Run: CREATE INDEX CONCURRENTLY ON \"public\".\"large\" (\"date\");"),
        qPrintable(slow));
    m_cluster.sql("CREATE INDEX ON large (date)");
    QVERIFY(step(make(config("large"))->test({}), "find a day quickly").startsWith("ok"));

    SourceConfig chosen = config();
    chosen.format["transfer"] = "text";
    QVERIFY(step(make(chosen)->test({}), "read one row").contains("as the setting transfer says"));
}

void TestPostgresSource::slowDays()
{
    // Each partition alone is small.
    m_cluster.sql(
        QString(
            "CREATE TABLE spread (%1) PARTITION BY HASH (unit_id);"
            "CREATE TABLE spread_0 PARTITION OF spread FOR VALUES WITH (MODULUS 2, REMAINDER 0);"
            "CREATE TABLE spread_1 PARTITION OF spread FOR VALUES WITH (MODULUS 2, REMAINDER 1);"
            "INSERT INTO spread SELECT i, 'user_id', date '2022-01-01' + i % 250, 'm', i"
            " FROM generate_series(1, 300000) i; ANALYZE spread")
            .arg(kColumns));
    const QString spread = step(make(config("spread"))->test({}), "find a day quickly");
    QVERIFY2(spread.startsWith("warning") && spread.contains("2 tables or partitions"),
             qPrintable(spread));

    m_cluster.sql("CREATE TABLE uncounted AS SELECT * FROM spread");
    const QString uncounted = step(make(config("uncounted"))->test({}), "find a day quickly");
    QVERIFY2(uncounted.startsWith("warning") && uncounted.contains("run ANALYZE"),
             qPrintable(uncounted));

    m_cluster.sql("CREATE EXTENSION IF NOT EXISTS file_fdw; CREATE SERVER files FOREIGN DATA "
                  "WRAPPER file_fdw;"
                  "CREATE FOREIGN TABLE abroad (unit_id text, id_type text, date date, metric_name "
                  "text, metric_value int) SERVER files OPTIONS (filename '/dev/null')");
    const QString abroad = step(make(config("abroad"))->test({}), "find a day quickly");
    QVERIFY2(abroad.startsWith("warning") && abroad.contains("cannot be told"), qPrintable(abroad));
}

void TestPostgresSource::checklistFailures_data()
{
    QTest::addColumn<QString>("table");
    QTest::addColumn<QString>("signalTable");
    QTest::addColumn<QString>("step");
    QTest::addColumn<QString>("words");
    QTest::newRow("a slip of the pen") << "statsig_user_metric"
                                       << ""
                                       << "find the table"
                                       << "Did you mean statsig_user_metrics";
    QTest::newRow("a missing column") << "headless"
                                      << ""
                                      << "find the columns"
                                      << "metric_name";
    QTest::newRow("a type that cannot be") << "boolish"
                                           << ""
                                           << "check their types"
                                           << "boolean";
    QTest::newRow("money is no number") << "moneyed"
                                        << ""
                                        << "check their types"
                                        << "\"metric_value\"::numeric AS amount FROM "
                                           "\"public\".\"moneyed\"";
    QTest::newRow("signals of two meanings") << "statsig_user_metrics"
                                             << "slashed"
                                             << "find the signals"
                                             << "01/06/2022";
    QTest::newRow("signals that are yes or no") << "statsig_user_metrics"
                                                << "yes_or_no"
                                                << "find the signals"
                                                << "no day that can be read";
    QTest::newRow("no signals") << "statsig_user_metrics"
                                << "nowhere"
                                << "find the signals"
                                << "no signal table nowhere";
}

void TestPostgresSource::checklistFailures()
{
    QFETCH(QString, table);
    QFETCH(QString, signalTable);
    QFETCH(QString, step);
    QFETCH(QString, words);
    m_cluster.sql("CREATE TABLE IF NOT EXISTS headless (unit_id text, id_type text, date date, "
                  "metric_value int);"
                  "CREATE TABLE IF NOT EXISTS boolish (unit_id text, id_type text, date boolean,"
                  " metric_name text, metric_value int);"
                  "CREATE TABLE IF NOT EXISTS moneyed (unit_id text, id_type text, date date,"
                  " metric_name text, metric_value money);"
                  "CREATE TABLE IF NOT EXISTS slashed AS SELECT '01/06/2022' AS finished_date;"
                  "CREATE TABLE IF NOT EXISTS yes_or_no AS SELECT true AS finished_date");
    SourceConfig failing = config(table);
    failing.signalTable = signalTable.toStdString();
    const std::vector<TestStep> steps = make(failing)->test({});
    QCOMPARE(QString::fromStdString(steps.back().name), step);
    QVERIFY(!steps.back().ok);
    const QString said = QString::fromStdString(steps.back().message + " " + steps.back().hint);
    QVERIFY2(said.contains(words), qPrintable(said));
}

void TestPostgresSource::browsesWhatTheRoleCanRead()
{
    m_cluster.sql("DROP SCHEMA IF EXISTS \"Odd s\" CASCADE; CREATE SCHEMA \"Odd s\";"
                  "CREATE TABLE \"Odd s\".\"T 1\" (\"a \"\"b\" int, r numrange, n text);"
                  "INSERT INTO \"Odd s\".\"T 1\" VALUES (1, '[1,2)', NULL);"
                  "CREATE TABLE \"Odd s\".secret (a int);"
                  "DO $$ BEGIN CREATE ROLE looker LOGIN; EXCEPTION WHEN duplicate_object THEN NULL;"
                  " END $$; GRANT USAGE ON SCHEMA \"Odd s\" TO looker;"
                  "GRANT SELECT ON \"Odd s\".\"T 1\" TO looker");
    SourceConfig looker = config();
    looker.uri = m_cluster.uri("looker");
    const SourceKind& kind = *findSourceKind("postgres");
    const PlaceListing listing = kind.browse(looker, {});
    QVERIFY(listing.steps.back().ok);
    QCOMPARE(listing.items.size(), 1U);
    QCOMPARE(listing.items.front().name, std::string("\"Odd s\".\"T 1\""));
    looker.table = listing.items.front().name;
    const auto sample = kind.sample(looker, 5, {});
    QVERIFY2(sample, sample ? "" : sample.error().message.c_str());
    QCOMPARE(sample->columns.front().name, std::string("a \"b"));
    QCOMPARE(sample->rows.front().at(1).value_or(""), std::string("[1,2)"));
    QVERIFY(!sample->rows.front().at(2));
    looker.table = "\"Odd s\".secret";
    QCOMPARE(kind.sample(looker, 5, {}).error().code, ErrorCode::SourcePermission);
}

void TestPostgresSource::largeDay()
{
    // Rows of all lengths over many batches, one of them longer than any buffer.
    m_cluster.sql(
        QString("CREATE TABLE long (%1);"
                "INSERT INTO long SELECT repeat('x', i % 700), 'user_id', '2022-06-13', i, i"
                " FROM generate_series(1, 30000) i;"
                "INSERT INTO long VALUES (repeat('y', 3000000), 'user_id', '2022-06-13', 'end', 1);"
                "ANALYZE long")
            .arg(kColumns));
    std::uint64_t shortBytes = 0;
    for (std::uint64_t i = 1; i <= 30'000; ++i)
        shortBytes += i % 700;
    for (const char* transfer : {"binary", "text", "cursor"}) {
        SourceConfig large = config("long");
        large.format["transfer"] = transfer;
        const auto reader = openDay(*make(large), "2022-06-13");
        QVERIFY(reader);
        QCOMPARE((*reader)->expectedRows(), std::optional<std::uint64_t>(30'001));
        Batch batch;
        std::uint64_t rows = 0;
        std::uint64_t bytes = 0;
        while ((*reader)->read(batch, {}).value()) {
            for (std::size_t i = 0; i < batch.rows; ++i) {
                ++rows;
                QCOMPARE(batch.rowNumbers[i], rows);
                const std::string_view unit = batch.columns[metrics::UnitId][i].asText();
                const bool last = batch.columns[metrics::MetricName][i].asText() == "end";
                QVERIFY(unit.find_first_not_of(last ? 'y' : 'x') == std::string_view::npos);
                bytes += unit.size();
            }
        }
        QCOMPARE(rows, std::uint64_t(30'001));
        QCOMPARE(bytes, shortBytes + 1024 * 1024); // the long one is cut there
        QCOMPARE((*reader)->fraction(), std::optional(1.0));
    }
}

QTEST_APPLESS_MAIN(TestPostgresSource)
#include "tst_postgres_source.moc"
