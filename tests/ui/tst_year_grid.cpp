// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "made_up.h"

#include "ui/calendar/month_grid.h"
#include "ui/calendar/small_cell_painter.h"
#include "ui/calendar/year_grid.h"
#include "ui/calendar/zoomed_grid.h"

#include <QAccessible>
#include <QSignalSpy>
#include <QTest>

#include <ctime>

using namespace daymark;
using namespace daymark::ui;

namespace {

constexpr int kManyDays = 1500;
constexpr int kPatience = 100; // milliseconds of work, for what has to be done at once

/// A source with years of days, all of them waiting for the first.
CalendarView longView()
{
    CalendarView view;
    view.source = "old";
    view.plan.today = day("2026-11-17");
    for (int ago = kManyDays - 1; ago >= 0; --ago) {
        CalendarDay entry;
        entry.planned.day = view.plan.today - std::chrono::days(ago);
        entry.planned.state = ago == kManyDays - 1 ? DayState::Gap : DayState::Blocked;
        entry.planned.signalled = ago < kManyDays - 1;
        entry.planned.blockedBy = view.plan.today - std::chrono::days(kManyDays - 1);
        entry.firstSeen = *parseInstant("2026-11-17T10:00:00Z");
        entry.description = "described";
        view.days.push_back(entry);
        view.plan.days.push_back(entry.planned);
    }
    return view;
}

} // namespace

class TestYearGrid : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void cellsDontOverlap_data();
    void cellsDontOverlap();
    void partsOfSmallCells();
    void isATableOfMonths();
    void keys_data();
    void keys();
    void pointerSelects();
    void zoomsKeepTheSelection();
    void yearsOfDaysAreQuick();

private:
    std::unique_ptr<ZoomedGrid> m_grid;
};

void TestYearGrid::init()
{
    m_grid = std::make_unique<ZoomedGrid>();
    m_grid->resize(560, 440);
    m_grid->setName(QStringLiteral("Calendar of shop"));
    m_grid->setFacts(CalendarFacts(madeUpView()));
    m_grid->select(QDate(2026, 11, 12));
    m_grid->setZoom(Zoom::Year);
    m_grid->show();
    m_grid->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_grid.get()));
    m_grid->year().setFocus();
}

void TestYearGrid::cleanup() { m_grid.reset(); }

void TestYearGrid::cellsDontOverlap_data()
{
    QTest::addColumn<QSize>("size");
    QTest::newRow("1024x700") << QSize(553, 441);
    QTest::newRow("wide") << QSize(1300, 700);
    QTest::newRow("high") << QSize(500, 900);
    QTest::newRow("tiny") << QSize(60, 50);
}

void TestYearGrid::cellsDontOverlap()
{
    QFETCH(QSize, size);
    const YearGeometry geometry{size, 18, 2024, Qt::Monday};
    QRegion covered;
    for (QDate date(2024, 1, 1); date.year() == 2024; date = date.addDays(1)) {
        const QRect cell = geometry.cell(date);
        QVERIFY(!covered.intersects(cell));
        covered += cell;
        if (!cell.isEmpty())
            QCOMPARE(geometry.dateAt(cell.center()), std::optional(date));
    }
    QVERIFY(covered.isEmpty() || QRect(QPoint(0, 0), size).contains(covered.boundingRect()));
    for (int month = 1; month <= YearGeometry::kMonths; ++month)
        QVERIFY(!covered.intersects(geometry.title(month)) || geometry.month(month).height() < 18);
    QVERIFY(!geometry.dateAt(QPoint(-1, 5)));
}

void TestYearGrid::partsOfSmallCells()
{
    for (const QSize size : {QSize(18, 20), QSize(28, 27), QSize(60, 50), QSize(5, 5)}) {
        const SmallCellGeometry parts = SmallCellGeometry::of(QRect(QPoint(3, 4), size), 10);
        for (const QRect& part : {parts.number, parts.glyph, parts.lane})
            QVERIFY(part.isEmpty() || parts.frame.contains(part));
        QVERIFY(!parts.number.intersects(parts.glyph));
        QVERIFY(!parts.lane.intersects(parts.glyph));
    }
    QVERIFY(!SmallCellGeometry::of(QRect(0, 0, 18, 20), 10).glyph.isEmpty());
    QVERIFY(!SmallCellGeometry::of(QRect(0, 0, 18, 20), 10).lane.isEmpty());
}

void TestYearGrid::isATableOfMonths()
{
    QAccessibleInterface* grid = QAccessible::queryAccessibleInterface(&m_grid->year());
    QCOMPARE(grid->role(), QAccessible::Table);
    QCOMPARE(grid->text(QAccessible::Name), QStringLiteral("Calendar of shop"));
    QCOMPARE(grid->childCount(), 365);
    QAccessibleTableInterface* table = grid->tableInterface();
    QCOMPARE(table->rowCount(), 12);
    QCOMPARE(table->columnCount(), 31);
    QCOMPARE(table->rowDescription(10), QStringLiteral("November 2026"));
    QAccessibleInterface* gap = table->cellAt(10, 12);
    QVERIFY(gap);
    QCOMPARE(gap->text(QAccessible::Name), QStringLiteral("Friday 13 November 2026"));
    QVERIFY(gap->text(QAccessible::Description).startsWith(QLatin1String("gap: not signalled")));
    QCOMPARE(gap->tableCellInterface()->rowIndex(), 10);
    QVERIFY(!table->cellAt(1, 30)); // 31 February
    QVERIFY(!table->cellAt(12, 0));
    QAccessibleInterface* last = grid->child(364);
    m_grid->select(QDate(2024, 2, 29));
    QCOMPARE(grid->childCount(), 366);
    QAccessibleInterface* leap = grid->child(365);
    m_grid->select(QDate(2026, 2, 28));
    QVERIFY(last->isValid());
    QVERIFY(!leap->isValid());
    QVERIFY(leap->text(QAccessible::Name).isEmpty());
}

void TestYearGrid::keys_data()
{
    QTest::addColumn<int>("key");
    QTest::addColumn<bool>("control");
    QTest::addColumn<QDate>("day");
    QTest::newRow("left") << int(Qt::Key_Left) << false << QDate(2026, 11, 11);
    QTest::newRow("down") << int(Qt::Key_Down) << false << QDate(2026, 11, 19);
    QTest::newRow("page up") << int(Qt::Key_PageUp) << false << QDate(2026, 10, 12);
    QTest::newRow("a year back") << int(Qt::Key_PageUp) << true << QDate(2025, 11, 12);
    QTest::newRow("a year on") << int(Qt::Key_PageDown) << true << QDate(2027, 11, 12);
    QTest::newRow("the month's first") << int(Qt::Key_Home) << true << QDate(2026, 11, 1);
    QTest::newRow("the month's last") << int(Qt::Key_End) << true << QDate(2026, 11, 30);
}

void TestYearGrid::keys()
{
    QFETCH(int, key);
    QFETCH(bool, control);
    QTest::keyClick(&m_grid->year(), Qt::Key(key), control ? Qt::ControlModifier : Qt::NoModifier);
    QTEST(m_grid->selected(), "day");
    QCOMPARE(m_grid->year().year(), m_grid->selected().year());
    QCOMPARE(m_grid->month().selected(), m_grid->selected());
    QVERIFY(m_grid->month().dates().inMonth(m_grid->selected()));
}

void TestYearGrid::pointerSelects()
{
    YearGrid& year = m_grid->year();
    QTest::mouseClick(&year, Qt::LeftButton, {},
                      year.cellRect(*year.indexOf(QDate(2026, 2, 28))).center());
    QCOMPARE(m_grid->selected(), QDate(2026, 2, 28));
    QSignalSpy activated(m_grid.get(), &ZoomedGrid::activated);
    QTest::keyClick(&year, Qt::Key_Return);
    QCOMPARE(activated.count(), 1);
}

void TestYearGrid::zoomsKeepTheSelection()
{
    QTest::keyClick(&m_grid->year(), Qt::Key_Right, Qt::ShiftModifier);
    QSignalSpy pages(m_grid.get(), &ZoomedGrid::pageChanged);
    QTest::keyClick(&m_grid->year(), Qt::Key_Plus);
    QCOMPARE(m_grid->zoom(), Zoom::Month);
    QCOMPARE(pages.count(), 1);
    QVERIFY(m_grid->month().hasFocus());
    QCOMPARE(m_grid->span(), (DaySpan{QDate(2026, 11, 12), QDate(2026, 11, 13)}));
    QTest::keyClick(&m_grid->month(), Qt::Key_Minus);
    QCOMPARE(m_grid->zoom(), Zoom::Year);
    QVERIFY(m_grid->year().hasFocus());
    m_grid->showPrevious();
    QCOMPARE(m_grid->selected(), QDate(2025, 11, 13));
    m_grid->setZoom(Zoom::Month);
    m_grid->showNext();
    QCOMPARE(m_grid->selected(), QDate(2025, 12, 13));
}

/// Painting, paging and a chain through all of them stay far from what a person would notice. The
/// processor's time counts: the machine may be busy.
void TestYearGrid::yearsOfDaysAreQuick()
{
    m_grid->setFacts(CalendarFacts(longView()));
    m_grid->select(QDate(2026, 11, 17));
    QVERIFY(!m_grid->year().chain().isEmpty());
    int best = kPatience * 10;
    for (int i = 0; i < 5 && best > kPatience; ++i) {
        const std::clock_t begin = std::clock();
        m_grid->year().showPreviousYear();
        QVERIFY(!m_grid->year().grab().isNull());
        best = qMin(best, int((std::clock() - begin) * 1000 / CLOCKS_PER_SEC));
        m_grid->year().showNextYear();
    }
    qInfo("a year of %d days in %d ms", kManyDays, best);
    QVERIFY(best <= kPatience);
}

QTEST_MAIN(TestYearGrid)
#include "tst_year_grid.moc"
