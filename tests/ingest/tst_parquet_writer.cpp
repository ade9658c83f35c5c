// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
// The landed file: what DuckDB reads back, empty days, full disks, stops.

#include "core/duckdb/duck_database.h"
#include "core/landing/parquet_writer.h"
#include "tests/ingest/ingest_bench.h"

#include <QTest>

#include <csignal>
#include <sys/resource.h>

using namespace daymark;

namespace {

std::vector<TestRow> someDay(std::size_t count)
{
    std::vector<TestRow> rows;
    for (std::size_t i = 0; i < count; ++i)
        rows.push_back(row("unit-" + std::to_string(i * 7919 % 100003) + ",user_id,2022-06-13,m" +
                           std::to_string(i % 3) + "," + std::to_string(i) + ",,," +
                           std::to_string(i)));
    return rows;
}

std::vector<std::string> readBack(const std::filesystem::path& path, const std::string& select)
{
    DuckOptions options;
    options.files = {path};
    auto database = DuckDatabase::open(options);
    auto connection = database->connect();
    auto result =
        connection->query("SELECT " + select + " FROM " + "read_parquet(" + quotedFile(path) + ")");
    if (!result)
        return {result.error().message};
    std::vector<std::string> out;
    while (result->next().value_or(false)) {
        for (std::size_t i = 0; i < result->rows(); ++i) {
            std::string line;
            for (std::size_t c = 0; c < result->columns().size(); ++c)
                line += (c > 0 ? "," : "") +
                        (result->column(c).isNull(i) ? "-" : result->column(c).format(i));
            out.push_back(line);
        }
    }
    return out;
}

} // namespace

class tst_ParquetWriter : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { std::signal(SIGXFSZ, SIG_IGN); }

    void roundTrip()
    {
        const TestFolder folder;
        const auto path = folder.path / "it's [1].parquet";
        auto writer = ParquetWriter::open(path, {{{"run", "12"}, {"source", "o'shop \"x\""}}});
        QVERIFY(writer);
        const std::size_t count = 150000;
        TestReader reader(someDay(count), 4096);
        const auto summary = ingestDay(reader, testOptions(), writer->get(), {}, {});
        QVERIFY(summary);
        const auto rows = (*writer)->finish({});
        QVERIFY2(rows, rows ? "" : rows.error().message.c_str());
        QCOMPARE(*rows, std::uint64_t{count - (count - 100003)} + (count - 100003));
        writer->reset();
        const auto sums = readBack(path, "count(*), count(DISTINCT unit_id), sum(metric_value), "
                                         "count(numerator), min(id_type)");
        QCOMPARE(sums.at(0), std::string("150000,100003,11249925000,0,user_id"));
        double sum = 0;
        for (const Rollup& rollup : summary->rollups)
            sum += rollup.sum;
        QCOMPARE(sum, 11249925000.0);
    }

    void anEmptyDayHasTheColumns()
    {
        const TestFolder folder;
        auto writer = ParquetWriter::open(folder.path / "a.parquet", {});
        QVERIFY(writer);
        QCOMPARE((*writer)->finish({}).value(), std::uint64_t{0});
        QCOMPARE((*writer)->finish({}).value(), std::uint64_t{0});
        const auto types =
            readBack(folder.path / "a.parquet",
                     "count(unit_id), count(id_type), count(metric_name), count(metric_value), "
                     "count(numerator), count(denominator)");
        QCOMPARE(types.at(0), std::string("0,0,0,0,0,0"));
    }

    void nullsAndRatios()
    {
        const TestFolder folder;
        auto writer = ParquetWriter::open(folder.path / "a.parquet", {});
        TestReader reader({row("a,user_id,2022-06-13,m,,1,2"), row("b,user_id,2022-06-13,m,-0,,"),
                           row("c-with-a-long-name,stable_id,2022-06-13,m,1e308,,")});
        QVERIFY(ingestDay(reader, testOptions(), writer->get(), {}, {}));
        QCOMPARE((*writer)->finish({}).value(), std::uint64_t{3});
        auto lines = readBack(folder.path / "a.parquet", "*");
        std::sort(lines.begin(), lines.end());
        const std::vector<std::string> expected = {"a,user_id,m,-,1,2", "b,user_id,m,-0,-,-",
                                                   "c-with-a-long-name,stable_id,m,1e+308,-,-"};
        QCOMPARE(lines, expected);
    }

    void announcedIdTypesReadAsText_data()
    {
        QTest::addColumn<int>("announced");
        QTest::newRow("just those") << 2;
        QTest::newRow("many") << 200;
        QTest::newRow("more than there are codes") << 400;
    }

    void announcedIdTypesReadAsText()
    {
        QFETCH(const int, announced);
        const TestFolder folder;
        ParquetOptions options;
        for (int i = 2; i < announced; ++i)
            options.idTypes.push_back("other " + std::to_string(i));
        options.idTypes.insert(options.idTypes.end(), {"user_id", "stable_id"});
        auto writer = ParquetWriter::open(folder.path / "a.parquet", options);
        TestReader reader({row("a,user_id,2022-06-13,m,1,,"), row("b,stable_id,2022-06-13,m,2,,"),
                           row("c,user_id,2022-06-13,n,3,,")});
        QVERIFY(ingestDay(reader, testOptions(), writer->get(), {}, {}));
        QCOMPARE((*writer)->finish({}).value(), std::uint64_t{3});
        auto lines = readBack(folder.path / "a.parquet", "unit_id, id_type, typeof(id_type)");
        std::sort(lines.begin(), lines.end());
        const std::vector<std::string> expected = {"a,user_id,VARCHAR", "b,stable_id,VARCHAR",
                                                   "c,user_id,VARCHAR"};
        QCOMPARE(lines, expected);
    }

    void anIdTypeThatWasNotAnnouncedIsAnError()
    {
        const TestFolder folder;
        ParquetOptions options;
        options.idTypes = {"stable_id"};
        auto writer = ParquetWriter::open(folder.path / "a.parquet", options);
        TestReader reader({row("a,user_id,2022-06-13,m,1,,")});
        const auto summary = ingestDay(reader, testOptions(), writer->get(), {}, {});
        const auto rows = (*writer)->finish({});
        QVERIFY(!rows && rows.error().message.find("not announced") != std::string::npos);
    }

    void anEmptyDayOfAnnouncedIdTypes()
    {
        const TestFolder folder;
        ParquetOptions options;
        options.idTypes = {"user_id"};
        auto writer = ParquetWriter::open(folder.path / "a.parquet", options);
        QCOMPARE((*writer)->finish({}).value(), std::uint64_t{0});
        QCOMPARE(readBack(folder.path / "a.parquet", "count(id_type)").at(0), std::string("0"));
    }

    void aFullDiskIsSaid()
    {
        const TestFolder folder;
        const auto path = folder.path / "a.parquet";
        struct rlimit before = {};
        ::getrlimit(RLIMIT_FSIZE, &before);
        const struct rlimit small = {100'000, before.rlim_max};
        ::setrlimit(RLIMIT_FSIZE, &small);
        auto writer = ParquetWriter::open(path, {});
        TestReader reader(someDay(400000), 4096);
        IngestOptions options = testOptions();
        options.unitDay = UnitDay::Sum;
        const auto summary = ingestDay(reader, options, writer->get(), {}, {});
        const auto rows = (*writer)->finish({});
        ::setrlimit(RLIMIT_FSIZE, &before);
        QVERIFY(!rows && rows.error().code == ErrorCode::StorageFull);
        QVERIFY(summary || summary.error().code == ErrorCode::StorageFull);
        QVERIFY(rows.error().message.find(path.string()) != std::string::npos);
        writer->reset();
        QVERIFY(std::filesystem::is_empty(folder.path));
    }

    void aWriterThatIsDroppedLeavesNothing()
    {
        const TestFolder folder;
        {
            auto writer = ParquetWriter::open(folder.path / "a.parquet", {});
            TestReader reader(someDay(100000), 4096);
            QVERIFY(ingestDay(reader, testOptions(), writer->get(), {}, {}));
        }
        QVERIFY(std::filesystem::is_empty(folder.path));
    }

    void anExistingFileIsNotTouched()
    {
        const TestFolder folder;
        std::ofstream(folder.path / "a.parquet") << "mine";
        QVERIFY(!ParquetWriter::open(folder.path / "a.parquet", {}));
        QVERIFY(!ParquetWriter::open(folder.path / "none" / "a.parquet", {}));
        QCOMPARE(contentOf(folder.path / "a.parquet"), std::string("mine"));
    }

    void aStopEndsTheWaiting()
    {
        const TestFolder folder;
        auto writer = ParquetWriter::open(folder.path / "a.parquet", {});
        std::stop_source source;
        source.request_stop();
        const auto rows = (*writer)->finish(source.get_token());
        QVERIFY(rows || rows.error().code == ErrorCode::RunCancelled);
    }
};

QTEST_APPLESS_MAIN(tst_ParquetWriter)
#include "tst_parquet_writer.moc"
