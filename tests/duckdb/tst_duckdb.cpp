// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
// DuckDB behind its skin: what it may reach, what it hands out, how it fails.

#include "core/base/day.h"
#include "core/duckdb/duck_database.h"
#include "tests/support/tsan_suppressions.h"

#include <QTest>

#include <filesystem>
#include <fstream>
#include <thread>

using namespace daymark;

namespace {

class Folder
{
public:
    Folder()
    {
        std::string name = (std::filesystem::temp_directory_path() / "daymark-XXXXXX").string();
        path = ::mkdtemp(name.data());
    }
    ~Folder() { std::filesystem::remove_all(path); }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    std::filesystem::path path;
};

/// The rows as text, or the error's name and message.
std::string answer(DuckConnection& connection, const std::string& sql)
{
    auto result = connection.query(sql);
    if (!result)
        return std::string(errorName(result.error().code)) + ": " + result.error().message;
    std::string out;
    while (true) {
        const auto more = result->next();
        if (!more)
            return std::string(errorName(more.error().code)) + ": " + more.error().message;
        if (!*more)
            return out;
        for (std::size_t i = 0; i < result->rows(); ++i) {
            for (std::size_t c = 0; c < result->columns().size(); ++c)
                out += (c > 0 ? "," : "") +
                       (result->column(c).isNull(i) ? "null" : result->column(c).format(i));
            out += ";";
        }
    }
}

class CountingReader : public FeedReader
{
public:
    Result<std::size_t> fill(FeedChunk& chunk) override
    {
        if (m_left == 0)
            return 0;
        --m_left;
        for (std::size_t i = 0; i < 100; ++i) {
            chunk.texts(0)[i] = PackedText(i % 2 == 0 ? "short" : "longer than twelve bytes");
            chunk.reals(1)[i] = static_cast<double>(i);
        }
        chunk.validity(1)[0] &= ~std::uint64_t{1};
        return 100;
    }

private:
    int m_left = 50;
};

class FailingReader : public FeedReader
{
public:
    Result<std::size_t> fill(FeedChunk&) override
    {
        return fail(ErrorCode::StorageFailed, "the feed ran dry");
    }
};

template <class Reader>
class Feed : public DuckFeed
{
public:
    std::vector<FeedColumn> columns() const override { return {{"name"}, {"number", true}}; }
    std::unique_ptr<FeedReader> reader() override { return std::make_unique<Reader>(); }
};

} // namespace

class tst_DuckDb : public QObject
{
    Q_OBJECT

private slots:
    void doorsAreClosed_data()
    {
        QTest::addColumn<QString>("sql");
        QTest::newRow("read a file") << "SELECT * FROM read_csv('/etc/passwd')";
        QTest::newRow("write a file") << "COPY (SELECT 1) TO '/tmp/daymark-must-not-be.csv'";
        QTest::newRow("attach") << "ATTACH '/tmp/daymark-must-not-be.db'";
        QTest::newRow("install") << "INSTALL httpfs";
        QTest::newRow("load") << "LOAD httpfs";
        QTest::newRow("unlock") << "SET enable_external_access = true";
        QTest::newRow("more threads") << "SET threads = 64";
        QTest::newRow("more memory") << "SET memory_limit = '1TB'";
        QTest::newRow("secrets") << "CREATE PERSISTENT SECRET s (TYPE s3)";
        QTest::newRow("the web") << "SELECT * FROM 'http://127.0.0.1:9/x.parquet'";
        QTest::newRow("two statements") << "SELECT 1; SELECT 2";
        QTest::newRow("nothing") << "";
    }
    void doorsAreClosed()
    {
        QFETCH(QString, sql);
        auto connection = DuckDatabase::open({})->connect();
        QVERIFY(!connection->execute(sql.toStdString()));
        QVERIFY(!std::filesystem::exists("/tmp/daymark-must-not-be.csv"));
    }

    void namedPathsAreOpen()
    {
        const Folder folder;
        const auto odd = folder.path / "it's a[1]*?.csv";
        std::ofstream(odd) << "a\n1\n";
        std::ofstream(folder.path / "it's a1.csv") << "a\n2\n";
        std::filesystem::create_directory(folder.path / "out");
        DuckOptions options;
        options.files = {odd};
        options.folders = {folder.path / "out"};
        auto connection = DuckDatabase::open(options)->connect();
        QCOMPARE(answer(*connection, "SELECT a FROM read_csv(" + quotedFile(odd) + ")"),
                 std::string("1;"));
        QVERIFY(!connection->execute("SELECT a FROM read_csv(" +
                                     quotedText((folder.path / "it's a1.csv").string()) + ")"));
        const std::string inside = quotedText((folder.path / "out" / "x.parquet").string());
        QVERIFY(connection->execute("COPY (SELECT 7 AS x) TO " + inside));
        QCOMPARE(answer(*connection, "SELECT x FROM " + inside), std::string("7;"));
        QVERIFY(!connection->execute("COPY (SELECT 7) TO " +
                                     quotedText((folder.path / "out/../y.csv").string())));
    }

    void values_data()
    {
        QTest::addColumn<QString>("expression");
        QTest::addColumn<int>("type");
        QTest::addColumn<QString>("text");
        QTest::addColumn<double>("number");
        const auto add = [](const char* expression, DuckType type, const char* text,
                            double number = 0) {
            QTest::newRow(expression) << expression << int(type) << text << number;
        };
        add("true", DuckType::Boolean, "true", 1);
        add("(-5)::TINYINT", DuckType::Integer, "-5", -5);
        add("9223372036854775807", DuckType::Integer, "9223372036854775807", 9223372036854775807.0);
        add("18446744073709551615::UBIGINT", DuckType::Unsigned, "18446744073709551615",
            18446744073709551615.0);
        add("(-170141183460469231731687303715884105728)::HUGEINT", DuckType::Huge,
            "-170141183460469231731687303715884105728", -170141183460469231731687303715884105728.0);
        add("340282366920938463463374607431768211455::UHUGEINT", DuckType::Huge,
            "340282366920938463463374607431768211455", 340282366920938463463374607431768211455.0);
        add("0.1::DOUBLE", DuckType::Real, "0.1", 0.1);
        add("0.5::FLOAT", DuckType::Real, "0.5", 0.5);
        add("(-0.001)::DECIMAL(4,3)", DuckType::Decimal, "-0.001", -0.001);
        add("1.15::DECIMAL(9,2)", DuckType::Decimal, "1.15", 1.15);
        add("123456789012345.678::DECIMAL(18,3)", DuckType::Decimal, "123456789012345.678",
            123456789012345.678);
        add("12345678901234567890123456789012345.678::DECIMAL(38,3)", DuckType::Decimal,
            "12345678901234567890123456789012345.678", 12345678901234567890123456789012345.678);
        add("'short'", DuckType::Text, "short");
        add("'longer than twelve bytes'", DuckType::Text, "longer than twelve bytes");
        add("'b'::ENUM('a', 'b')", DuckType::Text, "b");
        add("'ab'::BLOB", DuckType::Blob, "ab");
        add("DATE '2022-06-13'", DuckType::Date, "2022-06-13");
        add("TIMESTAMP '2022-06-13 10:00:00.25'", DuckType::Timestamp,
            "2022-06-13 10:00:00.250000");
        add("TIMESTAMP_S '2022-06-13 10:00:00'", DuckType::Timestamp, "2022-06-13 10:00:00");
        add("TIMESTAMP_MS '1969-12-31 23:59:59.999'", DuckType::Timestamp,
            "1969-12-31 23:59:59.999000");
        add("TIMESTAMP_NS '1969-12-31 23:59:59.999999999'", DuckType::Timestamp,
            "1969-12-31 23:59:59.999999");
        add("'2022-06-13 10:00:00+00'::TIMESTAMPTZ", DuckType::Instant, "2022-06-13 10:00:00+00");
        add("'e220a839-7b1d-4daf-b6ad-d5618defac5a'::UUID", DuckType::Uuid,
            "e220a839-7b1d-4daf-b6ad-d5618defac5a");
    }
    void values()
    {
        QFETCH(QString, expression);
        QFETCH(int, type);
        QFETCH(QString, text);
        QFETCH(double, number);
        auto connection = DuckDatabase::open({})->connect();
        auto result = connection->query("SELECT x FROM (VALUES (" + expression.toStdString() +
                                        "), (NULL)) t(x)");
        QVERIFY2(result, result ? "" : result.error().message.c_str());
        QVERIFY(result->next().value());
        const DuckVector& column = result->column(0);
        QCOMPARE(result->rows(), std::size_t{2});
        const std::size_t at = column.isNull(0) ? 1 : 0;
        QVERIFY(column.isNull(1 - at));
        QCOMPARE(int(result->columns()[0].type), type);
        QCOMPARE(QString::fromStdString(column.format(at)), text);
        if (number != 0)
            QCOMPARE(column.number(at), number);
        if (type == int(DuckType::Date))
            QCOMPARE(column.integer(at), parseDay("2022-06-13")->time_since_epoch().count());
    }

    void rowsComeInChunks()
    {
        auto connection = DuckDatabase::open({})->connect();
        auto result = connection->query("SELECT range AS n FROM range(1000000)");
        std::uint64_t rows = 0;
        std::uint64_t chunks = 0;
        for (; result->next().value(); ++chunks)
            rows += result->rows();
        QCOMPARE(rows, std::uint64_t{1000000});
        QVERIFY(chunks >= 1000000 / 2048);
    }

    void anErrorHalfwayIsSaid()
    {
        auto connection = DuckDatabase::open({})->connect();
        const std::string out =
            answer(*connection, "SELECT CASE WHEN range = 900000 THEN error('halfway') END "
                                "FROM range(1000000)");
        QVERIFY2(out.find("halfway") != std::string::npos, out.substr(0, 100).c_str());
    }

    void aStopInterrupts()
    {
        auto connection = DuckDatabase::open({})->connect();
        std::stop_source source;
        std::jthread stopper([&source] {
            std::this_thread::sleep_for(std::chrono::milliseconds(50));
            source.request_stop();
        });
        const Status done = connection->execute(
            "SELECT count(*) FROM range(100000000) a, range(100000) b WHERE a.range % 7 = b.range",
            source.get_token());
        QVERIFY(!done && done.error().code == ErrorCode::RunCancelled);
        QCOMPARE(answer(*connection, "SELECT 1"), std::string("1;"));
    }

    void feeds()
    {
        auto connection = DuckDatabase::open({})->connect();
        QVERIFY(connection->addFeed("feed", std::make_shared<Feed<CountingReader>>()));
        QCOMPARE(answer(*connection,
                        "SELECT name, count(*), sum(number), count(number) FROM feed() "
                        "GROUP BY name ORDER BY name"),
                 std::string("longer than twelve bytes,2500,125000,2500;short,2500,122500,2450;"));
        QVERIFY(connection->addFeed("broken", std::make_shared<Feed<FailingReader>>()));
        const std::string out = answer(*connection, "SELECT * FROM broken()");
        QVERIFY2(out.find("the feed ran dry") != std::string::npos, out.c_str());
    }

    void quoting()
    {
        QCOMPARE(quotedIdentifier("a\"b"), std::string("\"a\"\"b\""));
        QCOMPARE(quotedText("it's"), std::string("'it''s'"));
        QCOMPARE(quotedFile("/a*b?[c].x"), std::string("'/a[*]b[?][[]c].x'"));
        auto connection = DuckDatabase::open({})->connect();
        QCOMPARE(answer(*connection, "SELECT 1 AS " + quotedIdentifier("x\"; DROP TABLE y; --")),
                 std::string("1;"));
        QVERIFY(!DuckDatabase::libraryVersion().empty());
    }
};

QTEST_APPLESS_MAIN(tst_DuckDb)
#include "tst_duckdb.moc"
