// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/schema/batch.h"

#include <QtTest>

#include <limits>

using namespace daymark;

Q_DECLARE_METATYPE(Cell)

class TestBatch : public QObject
{
    Q_OBJECT

private slots:
    void cells_data();
    void cells();
    void cellsAreSmall();
    void clearedBatchesKeepTheirMemory();
};

void TestBatch::cells_data()
{
    QTest::addColumn<Cell>("cell");
    QTest::addColumn<QString>("text");
    using Kind = Cell::Kind;
    constexpr std::int64_t second = 1'000'000;
    constexpr auto infinity64 = std::numeric_limits<std::int64_t>::max();
    constexpr std::int64_t infinity32 = std::numeric_limits<std::int32_t>::max();

    QTest::newRow("null") << Cell() << "";
    QTest::newRow("text") << Cell::ofText(" a,b ") << " a,b ";
    QTest::newRow("empty text") << Cell::ofText("") << "";
    QTest::newRow("integer") << Cell::ofInteger(-42) << "-42";
    QTest::newRow("an integer no double holds")
        << Cell::ofInteger(9'007'199'254'740'993) << "9007199254740993";
    QTest::newRow("real") << Cell::ofReal(0.1) << "0.1";
    QTest::newRow("whole real") << Cell::ofReal(3.0) << "3";
    QTest::newRow("nan") << Cell::ofReal(std::numeric_limits<double>::quiet_NaN()) << "nan";
    QTest::newRow("infinite") << Cell::ofReal(-std::numeric_limits<double>::infinity()) << "-inf";
    QTest::newRow("day") << Cell::ofInteger(19'156, Kind::Day) << "2022-06-13";
    QTest::newRow("day before 1970") << Cell::ofInteger(-1, Kind::Day) << "1969-12-31";
    QTest::newRow("day without end") << Cell::ofInteger(infinity32, Kind::Day) << "infinity";
    QTest::newRow("day without beginning")
        << Cell::ofInteger(-infinity32, Kind::Day) << "-infinity";
    QTest::newRow("day out of every calendar")
        << Cell::ofInteger(5'000'000, Kind::Day) << "5000000";
    QTest::newRow("wall-clock time")
        << Cell::ofInteger(36'000 * second, Kind::LocalTime) << "1970-01-01T10:00:00";
    QTest::newRow("instant") << Cell::ofInteger(36'000 * second, Kind::Instant)
                             << "1970-01-01T10:00:00Z";
    QTest::newRow("instant with a fraction")
        << Cell::ofInteger(1'500'000, Kind::Instant) << "1970-01-01T00:00:01.5Z";
    QTest::newRow("instant with microseconds")
        << Cell::ofInteger(1, Kind::Instant) << "1970-01-01T00:00:00.000001Z";
    QTest::newRow("instant before 1970")
        << Cell::ofInteger(-1, Kind::Instant) << "1969-12-31T23:59:59.999999Z";
    QTest::newRow("instant without end")
        << Cell::ofInteger(infinity64, Kind::Instant) << "infinity";
    QTest::newRow("instant without beginning")
        << Cell::ofInteger(-infinity64, Kind::LocalTime) << "-infinity";
    QTest::newRow("the earliest instant")
        << Cell::ofInteger(std::numeric_limits<std::int64_t>::min(), Kind::Instant)
        << "-9223372036854775808";
}

void TestBatch::cells()
{
    QFETCH(Cell, cell);
    QTEST(QString::fromStdString(formatCell(cell)), "text");
}

void TestBatch::cellsAreSmall() { QCOMPARE(sizeof(Cell), std::size_t{16}); }

void TestBatch::clearedBatchesKeepTheirMemory()
{
    Batch batch;
    batch.clear(3);
    QCOMPARE(batch.columns.size(), std::size_t{3});
    batch.columns[1].resize(100);
    batch.rowNumbers.resize(100);
    batch.rows = 100;
    batch.file = "a.csv";
    batch.broken.push_back({7, "x", "1 column where the header has 8"});
    const std::size_t capacity = batch.columns[1].capacity();
    batch.clear(3);
    QCOMPARE(batch.rows, std::size_t{0});
    QVERIFY(batch.columns[1].empty() && batch.rowNumbers.empty() && batch.broken.empty());
    QVERIFY(batch.file.empty() && batch.buffers.empty());
    QCOMPARE(batch.columns[1].capacity(), capacity);
}

QTEST_APPLESS_MAIN(TestBatch)
#include "tst_batch.moc"
