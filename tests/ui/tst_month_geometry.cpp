// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/calendar/grid_lines.h"
#include "ui/calendar/month_geometry.h"

#include <QTest>

using namespace daymark::ui;

class TestMonthGeometry : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void firstCell_data();
    void firstCell();
    void everyDateHasOneCell();
    void weeks();
    void cellsTileTheArea_data();
    void cellsTileTheArea();
    void pointsFindTheirCells();
    void partsStayInTheCell_data();
    void partsStayInTheCell();
    void chains_data();
    void chains();
    void theHorizon();
};

void TestMonthGeometry::firstCell_data()
{
    QTest::addColumn<QDate>("day");
    QTest::addColumn<int>("firstDayOfWeek");
    QTest::addColumn<QDate>("first");

    QTest::newRow("November 2026 begins on a Sunday")
        << QDate(2026, 11, 23) << 1 << QDate(2026, 10, 26);
    QTest::newRow("the same with weeks from Sunday")
        << QDate(2026, 11, 23) << 7 << QDate(2026, 11, 1);
    QTest::newRow("a month that begins on a Monday")
        << QDate(2026, 6, 30) << 1 << QDate(2026, 6, 1);
    QTest::newRow("February of a leap year") << QDate(2024, 2, 29) << 1 << QDate(2024, 1, 29);
    QTest::newRow("weeks from Saturday") << QDate(2026, 11, 1) << 6 << QDate(2026, 10, 31);
}

void TestMonthGeometry::firstCell()
{
    QFETCH(QDate, day);
    QFETCH(int, firstDayOfWeek);
    QTEST(MonthDates::of(day, Qt::DayOfWeek(firstDayOfWeek)).first(), "first");
}

void TestMonthGeometry::everyDateHasOneCell()
{
    const MonthDates dates = MonthDates::of(QDate(2026, 11, 23), Qt::Monday);
    for (int index = 0; index < MonthDates::kCells; ++index)
        QCOMPARE(dates.indexOf(dates.dateAt(index)), std::optional<int>(index));
    QVERIFY(!dates.indexOf(dates.first().addDays(-1)));
    QVERIFY(!dates.indexOf(dates.first().addDays(MonthDates::kCells)));
    QVERIFY(!dates.indexOf(QDate()));
    QVERIFY(dates.inMonth(QDate(2026, 11, 30)));
    QVERIFY(!dates.inMonth(QDate(2025, 11, 30)));
}

void TestMonthGeometry::weeks()
{
    const MonthDates monday = MonthDates::of(QDate(2026, 12, 1), Qt::Monday);
    QCOMPARE(monday.weekOf(0), 49);
    QCOMPARE(monday.weekOf(4), 53);
    QCOMPARE(monday.weekOf(5), 1);
    QCOMPARE(monday.weekdayOf(0), int(Qt::Monday));
    const MonthDates sunday = MonthDates::of(QDate(2026, 12, 1), Qt::Sunday);
    QCOMPARE(sunday.weekdayOf(0), int(Qt::Sunday));
    QCOMPARE(sunday.weekdayOf(6), int(Qt::Saturday));
}

void TestMonthGeometry::cellsTileTheArea_data()
{
    QTest::addColumn<QSize>("size");
    QTest::newRow("as it comes") << QSize(700, 500);
    QTest::newRow("not divisible") << QSize(701, 503);
    QTest::newRow("tiny") << QSize(9, 40);
}

void TestMonthGeometry::cellsTileTheArea()
{
    QFETCH(QSize, size);
    const MonthGeometry geometry{size, 22};
    QRegion covered;
    for (int column = 0; column < MonthDates::kColumns; ++column)
        covered += geometry.header(column);
    for (int index = 0; index < MonthDates::kCells; ++index) {
        QVERIFY(!covered.intersects(geometry.cell(index)));
        covered += geometry.cell(index);
    }
    QCOMPARE(covered, QRegion(QRect(QPoint(0, 0), size)));
}

void TestMonthGeometry::pointsFindTheirCells()
{
    const MonthGeometry geometry{QSize(700, 522), 22};
    for (int index = 0; index < MonthDates::kCells; ++index)
        QCOMPARE(geometry.cellAt(geometry.cell(index).center()), std::optional<int>(index));
    QVERIFY(!geometry.cellAt(QPoint(5, 5)));
    QVERIFY(!geometry.cellAt(QPoint(700, 100)));
    QVERIFY(!geometry.cellAt(QPoint(-1, 100)));
}

void TestMonthGeometry::partsStayInTheCell_data()
{
    QTest::addColumn<QRect>("cell");
    QTest::addColumn<bool>("hasWord");
    QTest::addColumn<bool>("hasNote");
    QTest::addColumn<bool>("hasLane");

    QTest::newRow("roomy") << QRect(100, 50, 110, 90) << true << true << true;
    QTest::newRow("as in a window of 1024x700") << QRect(0, 0, 78, 74) << true << true << true;
    QTest::newRow("the note gives way first") << QRect(0, 0, 90, 62) << true << false << true;
    QTest::newRow("then the word") << QRect(0, 0, 90, 50) << false << false << true;
    QTest::newRow("then the lane") << QRect(0, 0, 90, 38) << false << false << false;
}

void TestMonthGeometry::partsStayInTheCell()
{
    QFETCH(QRect, cell);
    const CellGeometry parts = CellGeometry::of(cell, {18, 17, 14});
    QTEST(!parts.word.isEmpty(), "hasWord");
    QTEST(!parts.note.isEmpty(), "hasNote");
    QTEST(!parts.lane.isEmpty(), "hasLane");
    for (const QRect& part :
         {parts.number, parts.glyph, parts.marks, parts.word, parts.note, parts.lane, parts.bar})
        QVERIFY(part.isEmpty() || parts.frame.contains(part));
    QVERIFY(!parts.number.intersects(parts.glyph));
    QVERIFY(!parts.marks.intersects(parts.glyph));
    QVERIFY(!parts.marks.intersects(parts.number));
    QVERIFY(!parts.lane.intersects(parts.note));
    QVERIFY(!parts.lane.intersects(parts.word));
    QVERIFY(!parts.lane.intersects(parts.bar));
    QVERIFY(!parts.word.intersects(parts.number));
    QVERIFY(!parts.word.intersects(parts.note));
}

namespace {

/// A November's cells of 100x80 below a header of 20.
QList<CellPlace> november()
{
    const MonthDates dates = MonthDates::of(QDate(2026, 11, 1), Qt::Monday);
    const MonthGeometry geometry{QSize(700, 500), 20};
    QList<CellPlace> places;
    for (int index = 0; index < MonthDates::kCells; ++index)
        places << CellPlace{dates.dateAt(index), geometry.cell(index)};
    return places;
}

QString printed(const QList<QLineF>& runs)
{
    QStringList lines;
    for (const QLineF& run : runs)
        lines << QStringLiteral("%1-%2@%3").arg(run.x1()).arg(run.x2()).arg(run.y1());
    return lines.join(QLatin1Char(' '));
}

} // namespace

void TestMonthGeometry::chains_data()
{
    QTest::addColumn<QDate>("blocker");
    QTest::addColumn<QDate>("waiting");
    QTest::addColumn<QString>("runs");
    QTest::addColumn<int>("links");
    QTest::addColumn<bool>("anchored");
    // 9 November is the Monday of the third week.
    QTest::newRow("within a week")
        << QDate(2026, 11, 9) << QDate(2026, 11, 11) << "50-250@259" << 3 << true;
    QTest::newRow("over a week's end")
        << QDate(2026, 11, 14) << QDate(2026, 11, 17) << "550-699@259 0-150@339" << 4 << true;
    QTest::newRow("over two") << QDate(2026, 11, 15) << QDate(2026, 11, 23)
                              << "650-699@259 0-699@339 0-50@419" << 9 << true;
    QTest::newRow("from before the page")
        << QDate(2026, 9, 1) << QDate(2026, 10, 27) << "0-150@99" << 2 << false;
    QTest::newRow("nothing in sight") << QDate(2026, 9, 1) << QDate(2026, 9, 3) << "" << 0 << false;
}

void TestMonthGeometry::chains()
{
    QFETCH(QDate, blocker);
    QFETCH(QDate, waiting);
    QFETCH(int, links);
    QFETCH(bool, anchored);
    const Chain chain = chainOver(november(), {blocker, waiting});
    QTEST(printed(chain.runs), "runs");
    QCOMPARE(int(chain.links.size()), links);
    QCOMPARE(chain.anchor.has_value(), anchored);
    QCOMPARE(chain.isEmpty(), links == 0);
}

void TestMonthGeometry::theHorizon()
{
    const QList<CellPlace> places = november();
    const auto middle = horizonOver(places, QDate(2026, 11, 11));
    QVERIFY(middle);
    QCOMPARE(middle->line, QPolygonF({{0, 260}, {200, 260}, {200, 180}, {700, 180}}));
    QCOMPARE(middle->label, QPointF(700, 180));
    const auto monday = horizonOver(places, QDate(2026, 11, 9));
    QCOMPARE(monday->line, QPolygonF({{0, 180}, {700, 180}}));
    QVERIFY(!horizonOver(places, QDate(2026, 9, 1)));
    QVERIFY(!horizonOver({}, QDate(2026, 11, 9)));
}

QTEST_APPLESS_MAIN(TestMonthGeometry)
#include "tst_month_geometry.moc"
