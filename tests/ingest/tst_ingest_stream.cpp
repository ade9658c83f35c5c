// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
// The stream as a whole: balance, order, bounds, faults and stops.

#include "tests/ingest/ingest_bench.h"

#include <QTest>

#include <random>

using namespace daymark;

namespace {

/// A day with everything in it: repeats, faults, further rows, two id types, ratios.
std::vector<TestRow> mixedDay(std::size_t count, std::uint64_t seed, bool longIds = false)
{
    std::mt19937_64 random(seed);
    std::vector<TestRow> rows;
    for (std::size_t i = 0; i < count; ++i) {
        const std::string unit = (longIds ? "a-unit-id-of-more-than-twenty-bytes-" : "u") +
                                 std::to_string(random() % 3000);
        TestRow out = row(unit + (random() % 9 == 0 ? ",stable_id" : ",user_id") +
                          ",2022-06-13,metric_" + std::to_string(random() % 30) + ",");
        if (random() % 4 == 0) {
            out[5] = std::to_string(random() % 100);
            out[6] = std::to_string(random() % 5);
        } else {
            out[4] = std::to_string(random() % 100000) + "." + std::to_string(random() % 1000);
        }
        const std::uint64_t id = random() % 20 == 0 ? random() % count : count + i;
        out[7] = random() % 50 == 0 ? std::nullopt : std::optional("row-" + std::to_string(id));
        if (random() % 100 == 0)
            out[random() % 7] = "?";
        rows.push_back(std::move(out));
    }
    return rows;
}

/// Good rows alone, none a repeat: the same in any order.
std::vector<TestRow> cleanDay(std::size_t count)
{
    std::vector<TestRow> rows;
    std::mt19937_64 random(9);
    for (std::size_t i = 0; i < count; ++i)
        rows.push_back(row("u" + std::to_string(i / 7) + ",user_id,2022-06-13,m" +
                           std::to_string(i % 7) + "," + std::to_string(random() % 1000000) + "." +
                           std::to_string(random() % 1000000) + ",,,id" + std::to_string(i)));
    return rows;
}

class FailingSink : public BlockSink
{
public:
    Status put(LandedBlock, std::stop_token) override
    {
        return fail(ErrorCode::StorageFull, "full");
    }
};

/// Never has room.
class StallingSink : public BlockSink
{
public:
    Status put(LandedBlock, std::stop_token stop) override
    {
        while (!stop.stop_requested())
            std::this_thread::yield();
        return fail(ErrorCode::RunCancelled, "stopped");
    }
};

void compareBalance(const IngestSummary& summary)
{
    QCOMPARE(summary.read, summary.accepted + summary.rejected + summary.dropped);
    std::uint64_t rows = 0;
    for (const Rollup& rollup : summary.rollups) {
        QCOMPARE(rollup.rows, rollup.valueRows + rollup.ratioRows);
        rows += rollup.rows;
    }
    QCOMPARE(rows, summary.accepted);
}

} // namespace

class tst_IngestStream : public QObject
{
    Q_OBJECT

private slots:
    void countsBalance_data()
    {
        QTest::addColumn<std::size_t>("rows");
        QTest::addColumn<int>("policy");
        for (const std::size_t rows : {0U, 1U, 2047U, 2048U, 2049U, 70000U}) {
            for (const UnitDay policy : {UnitDay::Reject, UnitDay::First, UnitDay::Sum})
                QTest::addRow("%zu rows, %s", rows, std::string(unitDayName(policy)).c_str())
                    << rows << static_cast<int>(policy);
        }
    }
    void countsBalance()
    {
        QFETCH(std::size_t, rows);
        QFETCH(int, policy);
        IngestOptions options = testOptions();
        options.unitDay = static_cast<UnitDay>(policy);
        TestReader reader(mixedDay(rows, rows), 997);
        CollectingSink sink;
        const auto summary = ingestDay(reader, options, &sink, {}, {});
        QVERIFY(summary);
        compareBalance(*summary);
        QCOMPARE(summary->read, std::uint64_t{rows});
        QCOMPARE(sink.lines.size(), std::size_t{summary->accepted});
    }

    /// Whatever has to spill or to be handed on early, the outcome is the same.
    void boundsChangeNothing_data()
    {
        QTest::addColumn<std::size_t>("keys");
        QTest::addColumn<std::size_t>("units");
        QTest::newRow("keys spill") << std::size_t{32} * 1024 << std::size_t{192} * 1024 * 1024;
        QTest::newRow("units are hashed")
            << std::size_t{64} * 1024 * 1024 << std::size_t{300} * 1024;
        QTest::newRow("both, all the time") << std::size_t{32} * 1024 << std::size_t{1};
    }
    void boundsChangeNothing()
    {
        QFETCH(std::size_t, keys);
        QFETCH(std::size_t, units);
        const TestFolder folder;
        IngestOptions options = testOptions();
        options.spillFolder = folder.path;
        options.rejectsFile = folder.path / "free.csv";
        TestReader free(mixedDay(20000, 5, true), 500);
        CollectingSink freeSink;
        const auto expected = ingestDay(free, options, &freeSink, {}, {});
        options.limits.keyMemory = keys;
        options.limits.unitMemory = units;
        options.rejectsFile = folder.path / "bound.csv";
        TestReader bound(mixedDay(20000, 5, true), 500);
        CollectingSink boundSink;
        const auto summary = ingestDay(bound, options, &boundSink, {}, {});
        QVERIFY(expected && summary);
        QCOMPARE(outline(*summary), outline(*expected));
        QVERIFY(summary->rollups == expected->rollups);
        QVERIFY(boundSink.sorted() == freeSink.sorted());
        QVERIFY(contentOf(folder.path / "bound.csv") == contentOf(folder.path / "free.csv"));
        QVERIFY(expected->spilledKeys == 0 && (keys > 1024 * 1024 || summary->spilledKeys > 0));
    }

    void orderDoesNotMatter()
    {
        std::vector<TestRow> rows = cleanDay(30000);
        TestReader sorted(rows, 4096);
        const auto one = ingestDay(sorted, testOptions(), nullptr, {}, {});
        std::shuffle(rows.begin(), rows.end(), std::mt19937_64(6));
        TestReader shuffled(rows, 100);
        CollectingSink sink;
        const auto other = ingestDay(shuffled, testOptions(), &sink, {}, {});
        QVERIFY(one && other);
        QVERIFY(one->rollups == other->rollups);
        QVERIFY(one->fingerprint == other->fingerprint);
        rows[123][4] = "0.125";
        TestReader changed(rows, 100);
        const auto third = ingestDay(changed, testOptions(), nullptr, {}, {});
        QVERIFY(third && third->fingerprint != one->fingerprint);
    }

    void fingerprintIsOfTheRows()
    {
        TestReader reader(
            {row("u,user_id,2022-06-13,m,1.5,,,a"), row("v,stable_id,2022-06-13,r,,1,2,b")});
        const auto summary = ingestDay(reader, testOptions(), nullptr, {}, {});
        QVERIFY(summary);
        Hash128 expected = landedRowHash(hash128("u"), landedGroupHash("user_id", "m"), 1.5,
                                         kNullNumber, kNullNumber);
        expected +=
            landedRowHash(hash128("v"), landedGroupHash("stable_id", "r"), kNullNumber, 1, 2);
        QVERIFY(summary->fingerprint == expected);
    }

    void manyMetrics()
    {
        std::vector<TestRow> rows;
        for (int i = 0; i < 30000; ++i)
            rows.push_back(row("u" + std::to_string(i) + ",user_id,2022-06-13,m" +
                               std::to_string(i % 5000) + ",1,,,id" + std::to_string(i)));
        TestReader reader(rows, 1000);
        CollectingSink sink;
        const auto summary = ingestDay(reader, testOptions(), &sink, {}, {});
        QVERIFY(summary);
        compareBalance(*summary);
        QCOMPARE(summary->rollups.size(), std::size_t{5000});
        QCOMPARE(sink.lines.size(), std::size_t{30000});
        QVERIFY(!summary->groupedByMetric);
        IngestOptions options = testOptions();
        options.limits.groups = 4000;
        TestReader again(rows, 1000);
        const auto failed = ingestDay(again, options, &sink, {}, {});
        QVERIFY(!failed && failed.error().code == ErrorCode::SourceLimit);
    }

    void layoutFollowsTheIds_data()
    {
        QTest::addColumn<bool>("longIds");
        QTest::addColumn<bool>("ordered");
        QTest::addColumn<bool>("grouped");
        QTest::newRow("short ids in order") << false << true << true;
        QTest::newRow("long ids in order") << true << true << false;
        QTest::newRow("long ids in no order") << true << false << true;
    }
    void layoutFollowsTheIds()
    {
        QFETCH(bool, longIds);
        QFETCH(bool, ordered);
        QFETCH(bool, grouped);
        std::vector<TestRow> rows;
        for (int i = 0; i < 20000; ++i) {
            const int unit = ordered ? i / 20 : i;
            rows.push_back(row((longIds ? "an-id-of-more-than-twenty-bytes-" : "u") +
                               std::to_string(unit) + ",user_id,2022-06-13,m" +
                               std::to_string(i % 20) + ",1,,,id" + std::to_string(i)));
        }
        TestReader reader(std::move(rows), 4096);
        CollectingSink sink;
        const auto summary = ingestDay(reader, testOptions(), &sink, {}, {});
        QVERIFY(summary);
        QCOMPARE(summary->groupedByMetric, grouped);
        QVERIFY(!summary->layout.empty());
        QCOMPARE(sink.lines.size(), std::size_t{20000});
    }

    void rowLimit()
    {
        TestReader reader(mixedDay(5000, 7), 300);
        IngestOptions options = testOptions();
        options.rowLimit = 1000;
        const auto summary = ingestDay(reader, options, nullptr, {}, {});
        QVERIFY(summary);
        QCOMPARE(summary->read, std::uint64_t{1000});
        QVERIFY(!summary->whole);
        compareBalance(*summary);
    }

    void aFailingReaderFailsTheDay()
    {
        TestReader reader(cleanDay(100));
        reader.failure = Error{ErrorCode::SourceTruncated, "cut off", {}};
        CollectingSink sink;
        const auto summary = ingestDay(reader, testOptions(), &sink, {}, {});
        QVERIFY(!summary && summary.error().code == ErrorCode::SourceTruncated);
    }

    void aFailingSinkFailsTheDay()
    {
        TestReader reader(cleanDay(200000), 4096);
        FailingSink sink;
        const auto summary = ingestDay(reader, testOptions(), &sink, {}, {});
        QVERIFY(!summary && summary.error().code == ErrorCode::StorageFull);
    }

    void aRejectsFileThatCannotBeMadeFailsTheDay()
    {
        TestReader reader({row("?")});
        IngestOptions options = testOptions();
        options.rejectsFile = "/nonexistent/daymark/rejects.csv";
        const auto summary = ingestDay(reader, options, nullptr, {}, {});
        QVERIFY(!summary && summary.error().code == ErrorCode::StorageFailed);
    }

    void stop_data()
    {
        QTest::addColumn<bool>("readerStalls");
        QTest::newRow("while the reader waits") << true;
        QTest::newRow("while the sink is full") << false;
    }
    void stop()
    {
        QFETCH(bool, readerStalls);
        TestReader reader(cleanDay(200000), 4096);
        reader.stall = readerStalls;
        StallingSink sink;
        std::stop_source source;
        const auto begun = std::chrono::steady_clock::now();
        std::jthread stopper([&source] {
            std::this_thread::sleep_for(std::chrono::milliseconds(50));
            source.request_stop();
        });
        const auto summary = ingestDay(reader, testOptions(), &sink, {}, source.get_token());
        QVERIFY(!summary && summary.error().code == ErrorCode::RunCancelled);
        QVERIFY(std::chrono::steady_clock::now() - begun < std::chrono::seconds(20));
    }

    void progress()
    {
        TestReader reader(cleanDay(3000), 100);
        std::vector<IngestProgress> told;
        const auto summary =
            ingestDay(reader, testOptions(), nullptr,
                      [&told](const IngestProgress& progress) { told.push_back(progress); }, {});
        QVERIFY(summary);
        QVERIFY(told.size() >= 2 && told.back().phase == IngestPhase::Closing);
        QCOMPARE(told.back().rows, std::uint64_t{3000});
    }

    void hugeCells()
    {
        const TestFolder folder;
        IngestOptions options = testOptions();
        options.rejectsFile = folder.path / "rejects.csv";
        const std::string huge(8 << 20, 'x');
        std::vector<TestRow> rows;
        for (std::size_t column = 0; column < 8; ++column) {
            TestRow out = row("u" + std::to_string(column) + ",user_id,2022-06-13,m,1,1,1,a");
            out[column] = huge;
            rows.push_back(out);
        }
        TestReader reader(rows, 100);
        const auto summary = ingestDay(reader, options, nullptr, {}, {});
        QVERIFY(summary);
        QCOMPARE(outline(*summary),
                 std::string("1/7/0 unit_id.too_long:1 id_type.unknown:1 date.invalid:1 "
                             "metric_name.too_long:1 value.not_a_number:3 ratio.value_ignored:5 "
                             "timeuuid.not_uuid:8"));
        QVERIFY(std::filesystem::file_size(options.rejectsFile) > 7U * (8U << 20U));
        for (const RuleCount& count : summary->rules)
            QVERIFY(count.examples[0].value.size() < 200);
    }

    void cellsOfOtherTypes()
    {
        struct Typed : RowReader
        {
            Result<bool> read(Batch& batch, std::stop_token) override
            {
                batch.clear(8);
                if (std::exchange(done, true))
                    return false;
                const std::vector<Cell> units = {Cell::ofInteger(7), Cell::ofReal(7),
                                                 Cell::ofReal(2.5), Cell::ofInteger(-9)};
                const std::vector<Cell> values = {Cell::ofInteger(3), Cell::ofReal(0.5),
                                                  Cell::ofReal(kNullNumber),
                                                  Cell::ofInteger(1, Cell::Kind::Day)};
                batch.rows = units.size();
                batch.columns[metrics::UnitId] = units;
                batch.columns[metrics::Value] = values;
                for (std::size_t i = 0; i < batch.rows; ++i) {
                    batch.columns[metrics::IdType].push_back(Cell::ofText("user_id"));
                    batch.columns[metrics::Date].push_back(Cell::ofInteger(19156, Cell::Kind::Day));
                    batch.columns[metrics::MetricName].push_back(Cell::ofInteger(42));
                    batch.rowNumbers.push_back(i + 1);
                }
                return true;
            }
            bool done = false;
        };
        Typed reader;
        CollectingSink sink;
        IngestOptions options = testOptions();
        options.unitDay = UnitDay::Sum;
        const auto summary = ingestDay(reader, options, &sink, {}, {});
        QVERIFY(summary);
        QCOMPARE(outline(*summary), std::string("2/2/0 value.not_a_number:1 value.not_finite:1 "
                                                "unit_day.duplicate:1 timeuuid.missing:4"));
        const std::vector<std::string> expected = {"7,user_id,42,0.5,,", "7,user_id,42,3,,"};
        QCOMPARE(sink.sorted(), expected);
    }
};

QTEST_APPLESS_MAIN(tst_IngestStream)
#include "tst_ingest_stream.moc"
