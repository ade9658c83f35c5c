// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later

// The Calendar page on a real engine and the demo source: several days at once, their undo, the
// zoom and the filter.

#include "window_bench.h"

#include "ui/calendar/calendar_page.h"
#include "ui/calendar/month_grid.h"
#include "ui/calendar/range_dialog.h"
#include "ui/calendar/year_grid.h"
#include "ui/calendar/zoomed_grid.h"
#include "ui/style/text.h"
#include "ui/style/widgets.h"

#include <QAccessible>
#include <QComboBox>
#include <QLineEdit>
#include <QMenu>
#include <QMenuBar>
#include <QRegularExpression>
#include <QSignalSpy>

using namespace daymark;
using namespace daymark::ui;

namespace {

constexpr const char* kNow = "2026-06-17T10:00:00Z";
const QDate kGap(2026, 6, 8); // the demo's; the days after it wait

} // namespace

class TestCalendarWindow : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void skipsDaysAndUndoesIt();
    void marksDaysAndUndoesIt();
    void undoesASingleDay();
    void importsUpToADay();
    void readsDaysAgain();
    void cancellingChangesNothing();
    void zoomsAndFilters();
    void theBannerGoesToTheGap();
    void theMenuIsAboutWhatIsSelected();

private:
    ZoomedGrid& days() { return m_window->calendarPage().days(); }
    void importAll();
    void choose(QDate first, QDate last);
    RangeDialog* dialogOf(const QString& button);
    QString describe(QDate day);
    QString stateOf(QDate day)
    {
        return describe(day).section(QRegularExpression(QStringLiteral("[:;]")), 0, 0);
    }
    int journalled(const std::string& action);
    QMenu* menuWith(const QString& command);

    std::unique_ptr<WindowBench> m_bench;
    MainWindow* m_window = nullptr;
};

void TestCalendarWindow::initTestCase()
{
    QCoreApplication::setOrganizationName(QStringLiteral("daymark-test"));
    QCoreApplication::setApplicationName(QStringLiteral("tst_calendar_window"));
}

void TestCalendarWindow::init()
{
    m_bench = std::make_unique<WindowBench>(kNow);
    QVERIFY(m_bench->engine()->addDemo({}));
    m_window = &m_bench->open();
    m_window->showPage(MainWindow::Calendar);
    QTRY_VERIFY_WITH_TIMEOUT(m_window->calendarPage().isLoaded(), kWindowPatience);
}

void TestCalendarWindow::cleanup() { m_bench.reset(); }

void TestCalendarWindow::importAll()
{
    QSignalSpy passes(&m_window->bridge(), &EngineBridge::passFinished);
    QTRY_VERIFY_WITH_TIMEOUT(canPressIn(m_window, QStringLiteral("Import now")), kWindowPatience);
    buttonOf(m_window, QStringLiteral("Import now"))->click();
    QTRY_COMPARE_WITH_TIMEOUT(passes.count(), 1, kWindowPatience);
    QTRY_VERIFY_WITH_TIMEOUT(stateOf(kGap.addDays(-1)) == QLatin1String("imported"),
                             kWindowPatience);
}

void TestCalendarWindow::choose(QDate first, QDate last)
{
    days().select(first);
    days().current().extendTo(last);
}

RangeDialog* TestCalendarWindow::dialogOf(const QString& button)
{
    const auto open = [this] {
        auto* dialog = m_window->findChild<RangeDialog*>();
        return dialog && dialog->isVisible();
    };
    if (!QTest::qWaitFor([&] { return canPressIn(m_window, button); }, kWindowPatience))
        return nullptr;
    buttonOf(m_window, button)->click();
    return QTest::qWaitFor(open, kWindowPatience) ? m_window->findChild<RangeDialog*>() : nullptr;
}

/// What a screen reader says of a day.
QString TestCalendarWindow::describe(QDate day)
{
    QAccessibleInterface* grid = QAccessible::queryAccessibleInterface(&days().current());
    for (int i = 0; i < grid->childCount(); ++i) {
        if (grid->child(i)->text(QAccessible::Name) == fullDate(day))
            return grid->child(i)->text(QAccessible::Description);
    }
    return {};
}

/// How often the journal tells of an action.
int TestCalendarWindow::journalled(const std::string& action)
{
    int count = -1;
    Request request;
    m_window->bridge().ask(
        request, EngineBridge::Lane::Ledger,
        [](Engine& engine, std::stop_token) { return engine.journal("demo", 500); },
        [&](const Result<std::vector<JournalEntry>>& entries) {
            count = int(std::ranges::count(*entries, action, &JournalEntry::action));
        });
    return QTest::qWaitFor([&] { return count >= 0; }, kWindowPatience) ? count : -1;
}

void TestCalendarWindow::skipsDaysAndUndoesIt()
{
    importAll();
    choose(kGap.addDays(-2), kGap.addDays(3));
    QVERIFY(saysIn(m_window, QStringLiteral("6 days")));
    QVERIFY(saysIn(m_window, QStringLiteral("2 imported, 1 gap, 3 blocked")));
    const QString summary =
        QStringLiteral("6 days: 4 will be skipped; 2 have landed and stay as they are.");
    // Below the button, before anything is asked for.
    QVERIFY(saysIn(m_window, summary.section(QStringLiteral(": "), 1)));
    RangeDialog* dialog = dialogOf(QStringLiteral("Skip days…"));
    QVERIFY(dialog);
    QVERIFY(saysIn(dialog, summary));
    QCOMPARE(tableOf(dialog, QStringLiteral("What happens, day by day"))->model()->rowCount(), 6);
    QVERIFY(!canPressIn(dialog, QStringLiteral("Skip 4 days")));
    QTest::keyClicks(dialog->findChild<QLineEdit*>(), QStringLiteral("<i>holidays</i>"));
    buttonOf(dialog, QStringLiteral("Skip 4 days"))->click();
    QTRY_VERIFY_WITH_TIMEOUT(saysIn(m_window, QStringLiteral("4 days are skipped.")),
                             kWindowPatience);
    QTRY_COMPARE_WITH_TIMEOUT(stateOf(kGap.addDays(4)), QStringLiteral("ready"), kWindowPatience);
    QCOMPARE(stateOf(kGap.addDays(3)), QStringLiteral("skipped"));
    QCOMPARE(stateOf(kGap.addDays(-1)), QStringLiteral("imported"));
    QCOMPARE(journalled("day.skip"), 4);

    buttonOf(m_window, QStringLiteral("Undo"))->click();
    QTRY_VERIFY_WITH_TIMEOUT(saysIn(m_window, QStringLiteral("4 days are open again.")),
                             kWindowPatience);
    QTRY_COMPARE_WITH_TIMEOUT(stateOf(kGap), QStringLiteral("gap"), kWindowPatience);
    QCOMPARE(stateOf(kGap.addDays(3)), QStringLiteral("blocked"));
    QCOMPARE(journalled("day.reopen"), 4);
    QVERIFY(!buttonOf(m_window, QStringLiteral("Undo")));
}

void TestCalendarWindow::marksDaysAndUndoesIt()
{
    importAll();
    choose(kGap, kGap.addDays(1));
    RangeDialog* dialog = dialogOf(QStringLiteral("Mark days finished…"));
    QVERIFY(dialog);
    QVERIFY(saysIn(
        dialog, QStringLiteral("2 days: 1 will be marked as finished; 1 is signalled already.")));
    buttonOf(dialog, QStringLiteral("Mark 1 day"))->click();
    QTRY_COMPARE_WITH_TIMEOUT(stateOf(kGap), QStringLiteral("ready"), kWindowPatience);
    QVERIFY(describe(kGap).contains(QLatin1String("marked as finished")));
    QTRY_VERIFY(buttonOf(m_window, QStringLiteral("Undo")));
    buttonOf(m_window, QStringLiteral("Undo"))->click();
    QTRY_COMPARE_WITH_TIMEOUT(stateOf(kGap), QStringLiteral("gap"), kWindowPatience);
    QCOMPARE(journalled("day.withdraw_signal"), 1);
}

void TestCalendarWindow::undoesASingleDay()
{
    importAll();
    days().select(kGap);
    QTRY_VERIFY_WITH_TIMEOUT(canPressIn(m_window, QStringLiteral("Mark finished")),
                             kWindowPatience);
    buttonOf(m_window, QStringLiteral("Mark finished"))->click();
    QTRY_COMPARE_WITH_TIMEOUT(stateOf(kGap), QStringLiteral("ready"), kWindowPatience);
    // The offer stays while a person looks at other days.
    days().select(kGap.addDays(-1));
    QVERIFY(buttonOf(m_window, QStringLiteral("Undo")));
    buttonOf(m_window, QStringLiteral("Undo"))->click();
    QTRY_COMPARE_WITH_TIMEOUT(stateOf(kGap), QStringLiteral("gap"), kWindowPatience);
}

void TestCalendarWindow::importsUpToADay()
{
    const QDate next = toDate(*m_window->calendarPage().facts().view().plan.nextDay);
    choose(next, next.addDays(1));
    QSignalSpy passes(&m_window->bridge(), &EngineBridge::passFinished);
    RangeDialog* dialog = dialogOf(QStringLiteral("Import up to the last day…"));
    QVERIFY(dialog);
    QVERIFY(saysIn(dialog, QStringLiteral("2 days: 2 will be imported.")));
    buttonOf(dialog, QStringLiteral("Import 2 days"))->click();
    QTRY_COMPARE_WITH_TIMEOUT(passes.count(), 1, kWindowPatience);
    QTRY_COMPARE_WITH_TIMEOUT(stateOf(next.addDays(1)), QStringLiteral("imported"),
                              kWindowPatience);
    QTRY_COMPARE_WITH_TIMEOUT(stateOf(next.addDays(2)), QStringLiteral("ready"), kWindowPatience);
    QTRY_VERIFY(saysIn(m_window, QStringLiteral("2 days were imported.")));
}

void TestCalendarWindow::readsDaysAgain()
{
    importAll();
    choose(kGap.addDays(-2), kGap);
    RangeDialog* dialog = dialogOf(QStringLiteral("Re-import days…"));
    QVERIFY(dialog);
    QVERIFY(saysIn(dialog, QStringLiteral("1 has not landed.")));
    buttonOf(dialog, QStringLiteral("Re-import 2 days"))->click();
    QTRY_VERIFY_WITH_TIMEOUT(
        saysIn(m_window, QStringLiteral("Days were read again: 2 with the very same rows.")),
        kWindowPatience);
}

void TestCalendarWindow::cancellingChangesNothing()
{
    importAll();
    choose(kGap, kGap.addDays(1));
    RangeDialog* dialog = dialogOf(QStringLiteral("Skip days…"));
    QVERIFY(dialog);
    QTest::keyClick(dialog, Qt::Key_Escape);
    QTRY_VERIFY(!m_window->findChild<RangeDialog*>());
    QCOMPARE(stateOf(kGap), QStringLiteral("gap"));
    QVERIFY(!canPressIn(m_window, QStringLiteral("Reopen days…")));
}

void TestCalendarWindow::zoomsAndFilters()
{
    importAll();
    buttonOf(m_window, QStringLiteral("Year"))->click();
    QVERIFY(days().year().isVisible());
    QVERIFY(saysIn(m_window, QStringLiteral("2026")));
    QCOMPARE(stateOf(kGap), QStringLiteral("gap"));
    days().setFocus();
    QVERIFY(days().year().hasFocus() || !m_window->isActiveWindow());
    QTest::keyClick(&days().year(), Qt::Key_Plus);
    QVERIFY(days().month().isVisible());
    QVERIFY(buttonOf(m_window, QStringLiteral("Month"))->isChecked());
    auto* filter = m_window->calendarPage().findChild<QComboBox*>(QStringLiteral("filter"));
    QVERIFY(filter);
    QCOMPARE(filter->itemText(1), QStringLiteral("Gaps (1)"));
    QCOMPARE(filter->itemText(2), QStringLiteral("Waiting (8)"));
    const QImage before = days().month().grab().toImage();
    filter->setCurrentIndex(1);
    QVERIFY(days().month().grab().toImage() != before);
}

void TestCalendarWindow::theBannerGoesToTheGap()
{
    importAll();
    days().select(QDate(2026, 6, 1));
    QTRY_VERIFY(saysIn(m_window, QStringLiteral("First gap: 8 June 2026; 8 days wait behind it.")));
    buttonOf(m_window, QStringLiteral("Show day"))->click();
    QCOMPARE(days().selected(), kGap);
    QVERIFY(describe(kGap.addDays(1)).contains(QLatin1String("waits for 2026-06-08")));
}

/// The menu of the menu bar that holds this command; null where none does.
QMenu* TestCalendarWindow::menuWith(const QString& command)
{
    for (const QAction* top : m_window->menuBar()->actions()) {
        for (const QAction* action : top->menu()->actions()) {
            if (action->text().remove(QLatin1Char('&')) == command)
                return top->menu();
        }
    }
    return nullptr;
}

void TestCalendarWindow::theMenuIsAboutWhatIsSelected()
{
    importAll();
    days().select(kGap);
    QVERIFY(menuWith(QStringLiteral("Skip day…")));
    QVERIFY(!menuWith(QStringLiteral("Skip days…")));
    QCOMPARE(menuWith(QStringLiteral("Skip day…"))->actions().front()->text(),
             QStringLiteral("demo: 8 June 2026"));

    days().current().extendTo(kGap.addDays(2));
    QVERIFY(!menuWith(QStringLiteral("Skip day…")));
    QMenu* several = menuWith(QStringLiteral("Skip days…"));
    QVERIFY(several);
    QCOMPARE(several->title(), QStringLiteral("&Days"));
    QCOMPARE(several->actions().front()->text(), QStringLiteral("demo: 8 to 10 June 2026"));
    QVERIFY(menuWith(QStringLiteral("Import now"))); // of the source, whatever is selected
    for (QAction* action : several->actions()) {
        if (action->text() == QStringLiteral("S&kip days…"))
            action->trigger();
    }
    QTRY_VERIFY(m_window->findChild<RangeDialog*>());
    QVERIFY(saysIn(m_window->findChild<RangeDialog*>(), QStringLiteral("3 days: 3 will be")));
    m_window->findChild<RangeDialog*>()->reject();

    m_window->showPage(MainWindow::Day); // it shows one of them
    QCOMPARE(menuWith(QStringLiteral("Skip day…"))->actions().front()->text(),
             QStringLiteral("demo: 10 June 2026"));
}

QTEST_MAIN(TestCalendarWindow)
#include "tst_calendar_window.moc"
