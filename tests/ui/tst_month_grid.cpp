// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "made_up.h"

#include "ui/calendar/month_grid.h"

#include <QAccessible>
#include <QSignalSpy>
#include <QTest>

using namespace daymark;
using namespace daymark::ui;

namespace {

QAccessibleInterface* cellNamed(QWidget* grid, const QString& name)
{
    QAccessibleInterface* table = QAccessible::queryAccessibleInterface(grid);
    for (int i = 0; i < table->childCount(); ++i) {
        if (table->child(i)->text(QAccessible::Name) == name)
            return table->child(i);
    }
    return nullptr;
}

} // namespace

class TestMonthGrid : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void isATable();
    void cellsSpeak();
    void pressSelects();
    void namesFollowTheMonth();
    void keys_data();
    void keys();
    void pointerSelects();
    void enterActivates();
    void menuKeyAsksForTheMenu();
    void paintsInEverySize();
    void shiftSelectsARange();
    void draggingSelectsARange();
    void escapeEndsARange();
    void waitingDaysShowTheirChain();
    void filtersDimOnly();
    void plusAndMinusZoom();

private:
    std::unique_ptr<MonthGrid> m_grid;
};

void TestMonthGrid::init()
{
    m_grid = std::make_unique<MonthGrid>();
    m_grid->setAccessibleName(QStringLiteral("Calendar of shop"));
    m_grid->resize(720, 560);
    m_grid->setFacts(CalendarFacts(madeUpView()));
    m_grid->select(QDate(2026, 11, 12));
    m_grid->show();
    m_grid->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_grid.get()));
    m_grid->setFocus();
}

void TestMonthGrid::cleanup() { m_grid.reset(); }

void TestMonthGrid::isATable()
{
    QAccessibleInterface* grid = QAccessible::queryAccessibleInterface(m_grid.get());
    QVERIFY(grid);
    QCOMPARE(grid->role(), QAccessible::Table);
    QCOMPARE(grid->text(QAccessible::Name), QStringLiteral("Calendar of shop"));
    QCOMPARE(grid->childCount(), 42);
    QAccessibleTableInterface* table = grid->tableInterface();
    QVERIFY(table);
    QCOMPARE(table->rowCount(), 6);
    QCOMPARE(table->columnCount(), 7);
    QCOMPARE(table->rowDescription(0), QStringLiteral("Week 44"));
    QVERIFY(table->columnDescription(0).endsWith(QLatin1String("day")));
    QVERIFY(!table->cellAt(6, 0));
    QVERIFY(!table->cellAt(0, 7));
    QCOMPARE(grid->indexOfChild(table->cellAt(1, 2)), 9);
    QCOMPARE(grid->focusChild()->text(QAccessible::Name),
             QStringLiteral("Thursday 12 November 2026"));
}

void TestMonthGrid::cellsSpeak()
{
    QAccessibleInterface* gap = cellNamed(m_grid.get(), QStringLiteral("Friday 13 November 2026"));
    QVERIFY(gap);
    QCOMPARE(gap->role(), QAccessible::Cell);
    QCOMPARE(gap->text(QAccessible::Description),
             QStringLiteral("gap: not signalled, 2 later days wait"));
    QVERIFY(gap->state().focusable && gap->state().selectable);
    QVERIFY(!gap->state().selected);
    QAccessibleInterface* grid = QAccessible::queryAccessibleInterface(m_grid.get());
    QCOMPARE(grid->childAt(gap->rect().center().x(), gap->rect().center().y()), gap);
    QCOMPARE(gap->parent(), grid);
}

void TestMonthGrid::pressSelects()
{
    QSignalSpy chosen(m_grid.get(), &MonthGrid::selectionChanged);
    QAccessibleInterface* gap = cellNamed(m_grid.get(), QStringLiteral("Friday 13 November 2026"));
    QVERIFY(
        gap->actionInterface()->actionNames().contains(QAccessibleActionInterface::pressAction()));
    QSignalSpy activated(m_grid.get(), &MonthGrid::activated);
    gap->actionInterface()->doAction(QAccessibleActionInterface::pressAction());
    QCOMPARE(m_grid->selected(), QDate(2026, 11, 13));
    QCOMPARE(chosen.count(), 1);
    QCOMPARE(activated.count(), 1);
    QVERIFY(gap->state().selected);
    QVERIFY(gap->state().focused);
}

void TestMonthGrid::namesFollowTheMonth()
{
    QVERIFY(!cellNamed(m_grid.get(), QStringLiteral("Friday 25 December 2026")));
    m_grid->select(QDate(2026, 12, 24));
    QVERIFY(cellNamed(m_grid.get(), QStringLiteral("Friday 25 December 2026")));
}

void TestMonthGrid::keys_data()
{
    QTest::addColumn<int>("key");
    QTest::addColumn<QDate>("day");
    QTest::newRow("left") << int(Qt::Key_Left) << QDate(2026, 11, 11);
    QTest::newRow("right") << int(Qt::Key_Right) << QDate(2026, 11, 13);
    QTest::newRow("up") << int(Qt::Key_Up) << QDate(2026, 11, 5);
    QTest::newRow("down") << int(Qt::Key_Down) << QDate(2026, 11, 19);
    QTest::newRow("page up") << int(Qt::Key_PageUp) << QDate(2026, 10, 12);
    QTest::newRow("page down") << int(Qt::Key_PageDown) << QDate(2026, 12, 12);
}

void TestMonthGrid::keys()
{
    QFETCH(int, key);
    QTest::keyClick(m_grid.get(), Qt::Key(key));
    QTEST(m_grid->selected(), "day");
    QVERIFY(m_grid->dates().inMonth(m_grid->selected()));
}

void TestMonthGrid::pointerSelects()
{
    const int index = *m_grid->dates().indexOf(QDate(2026, 11, 24));
    QTest::mouseClick(m_grid.get(), Qt::LeftButton, {}, m_grid->cellRect(index).center());
    QCOMPARE(m_grid->selected(), QDate(2026, 11, 24));
}

void TestMonthGrid::enterActivates()
{
    QSignalSpy activated(m_grid.get(), &MonthGrid::activated);
    QTest::keyClick(m_grid.get(), Qt::Key_Return);
    QCOMPARE(activated.count(), 1);
    QCOMPARE(activated.front().front().toDate(), QDate(2026, 11, 12));
}

void TestMonthGrid::menuKeyAsksForTheMenu()
{
    QSignalSpy asked(m_grid.get(), &MonthGrid::menuRequested);
    QContextMenuEvent event(QContextMenuEvent::Keyboard, QPoint(), QPoint());
    QCoreApplication::sendEvent(m_grid.get(), &event);
    QCOMPARE(asked.count(), 1);
    const QPoint cell = m_grid->mapToGlobal(m_grid->cellRect(m_grid->selectedIndex()).center());
    QCOMPARE(asked.front().front().toPoint(), cell);
}

void TestMonthGrid::paintsInEverySize()
{
    m_grid->setProgress(QDate(2026, 11, 12), 0.4);
    for (const QSize size : {QSize(40, 40), QSize(500, 300), QSize(1600, 1200)}) {
        m_grid->resize(size);
        QVERIFY(!m_grid->grab().isNull());
    }
}

void TestMonthGrid::shiftSelectsARange()
{
    QSignalSpy spans(m_grid.get(), &DayGrid::spanChanged);
    QTest::keyClick(m_grid.get(), Qt::Key_Right, Qt::ShiftModifier);
    QTest::keyClick(m_grid.get(), Qt::Key_Down, Qt::ShiftModifier);
    QCOMPARE(m_grid->span(), (DaySpan{QDate(2026, 11, 12), QDate(2026, 11, 20)}));
    QCOMPARE(m_grid->selected(), QDate(2026, 11, 20));
    QCOMPARE(spans.count(), 2);
    QAccessibleInterface* table = QAccessible::queryAccessibleInterface(m_grid.get());
    QCOMPARE(table->tableInterface()->selectedCellCount(), 9);
    QVERIFY(table->state().multiSelectable);
    QAccessibleInterface* inside =
        cellNamed(m_grid.get(), QStringLiteral("Friday 13 November 2026"));
    QVERIFY(inside->state().selected && !inside->state().focused);
    QTest::keyClick(m_grid.get(), Qt::Key_End, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(m_grid->span().last, QDate(2026, 11, 30));
    // Backwards over the day where it began.
    QTest::keyClick(m_grid.get(), Qt::Key_PageUp, Qt::ShiftModifier);
    QCOMPARE(m_grid->span(), (DaySpan{QDate(2026, 10, 30), QDate(2026, 11, 12)}));
    QTest::keyClick(m_grid.get(), Qt::Key_Right);
    QCOMPARE(m_grid->span().length(), 1);
}

void TestMonthGrid::draggingSelectsARange()
{
    const auto centre = [this](int day) {
        return m_grid->cellRect(*m_grid->indexOf(QDate(2026, 11, day))).center();
    };
    QTest::mousePress(m_grid.get(), Qt::LeftButton, {}, centre(10));
    QMouseEvent move(QEvent::MouseMove, centre(13), m_grid->mapToGlobal(centre(13)), Qt::NoButton,
                     Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(m_grid.get(), &move);
    QTest::mouseRelease(m_grid.get(), Qt::LeftButton, {}, centre(13));
    QCOMPARE(m_grid->span(), (DaySpan{QDate(2026, 11, 10), QDate(2026, 11, 13)}));
    QTest::mouseClick(m_grid.get(), Qt::RightButton, {}, centre(12));
    QCOMPARE(m_grid->span().length(), 4);
    QTest::mouseClick(m_grid.get(), Qt::LeftButton, Qt::ShiftModifier, centre(17));
    QCOMPARE(m_grid->span().length(), 8);
    QTest::mouseClick(m_grid.get(), Qt::LeftButton, {}, centre(17));
    QCOMPARE(m_grid->span().length(), 1);
}

void TestMonthGrid::escapeEndsARange()
{
    QTest::keyClick(m_grid.get(), Qt::Key_Right, Qt::ShiftModifier);
    QTest::keyClick(m_grid.get(), Qt::Key_Escape);
    QCOMPARE(m_grid->span(), (DaySpan{QDate(2026, 11, 13), QDate(2026, 11, 13)}));
}

void TestMonthGrid::waitingDaysShowTheirChain()
{
    QVERIFY(m_grid->chain().isEmpty());
    m_grid->select(QDate(2026, 11, 15));
    const Chain focused = m_grid->chain();
    QCOMPARE(focused.links.size(), 3);
    QCOMPARE(focused.anchor,
             std::optional(m_grid->cellRect(*m_grid->indexOf(QDate(2026, 11, 13)))));
    // Under the pointer, too, wherever the focus is.
    m_grid->select(QDate(2026, 11, 10));
    QVERIFY(m_grid->chain().isEmpty());
    const QPoint waiting = m_grid->cellRect(*m_grid->indexOf(QDate(2026, 11, 14))).center();
    QMouseEvent move(QEvent::MouseMove, waiting, m_grid->mapToGlobal(waiting), Qt::NoButton,
                     Qt::NoButton, Qt::NoModifier);
    QCoreApplication::sendEvent(m_grid.get(), &move);
    QCOMPARE(m_grid->chain().links.size(), 2);
    QVERIFY(!m_grid->grab().isNull());
    QVERIFY(m_grid->content(*m_grid->indexOf(QDate(2026, 11, 14))).blockedBy);
}

void TestMonthGrid::filtersDimOnly()
{
    const QImage before = m_grid->grab().toImage();
    m_grid->setFilter(DayFilter::Gaps);
    QVERIFY(m_grid->grab().toImage() != before);
    QTest::keyClick(m_grid.get(), Qt::Key_Left);
    QCOMPARE(m_grid->selected(), QDate(2026, 11, 11));
}

void TestMonthGrid::plusAndMinusZoom()
{
    QSignalSpy zooms(m_grid.get(), &DayGrid::zoomAsked);
    QTest::keyClick(m_grid.get(), Qt::Key_Minus);
    QTest::keyClick(m_grid.get(), Qt::Key_Plus);
    QCOMPARE(zooms.count(), 2);
    QCOMPARE(zooms[0].front().toBool(), false);
    QCOMPARE(zooms[1].front().toBool(), true);
}

QTEST_MAIN(TestMonthGrid)
#include "tst_month_grid.moc"
