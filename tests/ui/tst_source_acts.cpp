// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later

// What the window does to a source with landed days: agreeing on its columns, moving its first day.

#include "window_bench.h"

#include "ui/calendar/calendar_page.h"
#include "ui/calendar/columns_dialog.h"
#include "ui/calendar/columns_model.h"
#include "ui/calendar/day_actions.h"
#include "ui/calendar/zoomed_grid.h"
#include "ui/sources/first_day_dialog.h"
#include "ui/sources/source_actions.h"
#include "ui/sources/sources_page.h"
#include "ui/style/text.h"

#include <QAbstractItemModelTester>
#include <QAction>
#include <QDateEdit>

#include <sqlite3.h>

using namespace daymark;
using namespace daymark::ui;

namespace {

constexpr const char* kNow = "2026-06-17T10:00:00Z";
const QDate kHeld(2026, 6, 6); // the day after the landed ones
const QString kAccept = QStringLiteral("Accept columns…");
const QString kAgree = QStringLiteral("Accept the new columns");

} // namespace

class TestSourceActs : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void differencesInATable();
    void columnsAreAcceptedFromTheCalendar();
    void columnsAreAcceptedFromTheSources();
    void columnsThatAreNeededAreNotGivenUp();
    void theFirstDayMovesBack();
    void theSourceStartsOver();

private:
    void execute(const char* sql) const;
    void poll();
    ColumnsDialog* columnsDialog();
    FirstDayDialog* firstDayDialog(QAction* action);
    CalendarPage& calendar() { return m_window->calendarPage(); }

    std::unique_ptr<WindowBench> m_bench;
    MainWindow* m_window = nullptr;
};

void TestSourceActs::initTestCase()
{
    QCoreApplication::setOrganizationName(QStringLiteral("daymark-test"));
    QCoreApplication::setApplicationName(QStringLiteral("tst_source_acts"));
}

void TestSourceActs::init()
{
    m_bench = std::make_unique<WindowBench>(kNow);
    {
        const auto engine = m_bench->engine();
        QVERIFY(engine->addDemo({}));
        ImportRequest request;
        request.last = toDay(kHeld.addDays(-1));
        QVERIFY(engine->import(request, {}));
    }
    m_window = &m_bench->open();
    m_window->showPage(MainWindow::Calendar);
    QTRY_VERIFY_WITH_TIMEOUT(calendar().isLoaded(), kWindowPatience);
}

void TestSourceActs::cleanup() { m_bench.reset(); }

void TestSourceActs::execute(const char* sql) const
{
    sqlite3* database = nullptr;
    const QByteArray file = m_bench->path(QStringLiteral("workspace/demo.sqlite")).toUtf8();
    QCOMPARE(sqlite3_open(file.constData(), &database), SQLITE_OK);
    QCOMPARE(sqlite3_exec(database, sql, nullptr, nullptr, nullptr), SQLITE_OK);
    QCOMPARE(sqlite3_close(database), SQLITE_OK);
}

void TestSourceActs::poll()
{
    QTRY_VERIFY_WITH_TIMEOUT(calendar().actions().poll->isEnabled(), kWindowPatience);
    calendar().actions().poll->trigger();
    QTRY_VERIFY_WITH_TIMEOUT(!calendar().columnsBlock().isEmpty(), kWindowPatience);
}

ColumnsDialog* TestSourceActs::columnsDialog()
{
    buttonOf(m_window, kAccept)->click();
    return m_window->findChild<ColumnsDialog*>();
}

FirstDayDialog* TestSourceActs::firstDayDialog(QAction* action)
{
    m_window->showPage(MainWindow::Sources);
    if (!QTest::qWaitFor([&] { return action->isEnabled(); }, kWindowPatience))
        return nullptr;
    action->trigger();
    return m_window->findChild<FirstDayDialog*>();
}

void TestSourceActs::differencesInATable()
{
    ColumnsModel model;
    const QAbstractItemModelTester tester(&model);
    SchemaStanding standing;
    standing.differences = {{"<b>old", "TEXT", "", false, true, true, SchemaAction::Block},
                            {"new", "", "INTEGER", true, false, false, SchemaAction::Warn},
                            {"typed", "", "REAL", false, false, true, SchemaAction::Accept}};
    model.reset(standing.differences);
    const auto cell = [&](int row, int column) {
        return model.index(row, column).data(Qt::DisplayRole).toString();
    };
    QCOMPARE(cell(0, ColumnsModel::Name), QStringLiteral("<b>old"));
    QCOMPARE(cell(0, ColumnsModel::Change), QStringLiteral("gone, was read"));
    QCOMPARE(cell(0, ColumnsModel::Was), QStringLiteral("TEXT"));
    QCOMPARE(cell(0, ColumnsModel::Now), QStringLiteral("not there"));
    QCOMPARE(cell(0, ColumnsModel::Answer), QStringLiteral("blocks imports"));
    QCOMPARE(cell(1, ColumnsModel::Was), QStringLiteral("not there"));
    QCOMPARE(cell(1, ColumnsModel::Answer), QStringLiteral("is warned of"));
    QCOMPARE(cell(2, ColumnsModel::Was), QStringLiteral("no declared type"));
    standing.waiting = 1;
    QVERIFY(agreementConsequence(standing).startsWith(QStringLiteral("1 day waits")));
    QVERIFY(agreementConsequence(standing).contains(QStringLiteral("<b>old")));
}

void TestSourceActs::columnsAreAcceptedFromTheCalendar()
{
    execute("ALTER TABLE statsig_user_metrics RENAME COLUMN timeuuid TO uuid");
    poll();
    QCOMPARE(calendar().facts().cell(kHeld).word, QStringLiteral("blocked"));
    QVERIFY(saysIn(m_window, QStringLiteral("'timeuuid'")));
    QTRY_VERIFY_WITH_TIMEOUT(!calendar().actions().importNow->isEnabled(), kWindowPatience);
    QVERIFY(calendar().actions().importNow->statusTip().contains(QStringLiteral("agreed on")));
    ColumnsDialog* dialog = columnsDialog();
    QVERIFY(dialog);
    QTRY_VERIFY_WITH_TIMEOUT(canPressIn(dialog, kAgree), kWindowPatience);
    QVERIFY(saysIn(dialog, QStringLiteral("wait for this")));
    QCOMPARE(tableOf(dialog, QStringLiteral("Columns that differ"))->model()->rowCount(), 2);
    buttonOf(dialog, kAgree)->click();
    QTRY_VERIFY_WITH_TIMEOUT(calendar().columnsBlock().isEmpty(), kWindowPatience);
    QTRY_COMPARE_WITH_TIMEOUT(calendar().facts().cell(kHeld).word, QStringLiteral("ready"),
                              kWindowPatience);
    QTRY_VERIFY_WITH_TIMEOUT(calendar().actions().importNow->isEnabled(), kWindowPatience);
}

void TestSourceActs::columnsAreAcceptedFromTheSources()
{
    execute("ALTER TABLE statsig_user_metrics DROP COLUMN timeuuid");
    poll();
    m_window->showPage(MainWindow::Sources);
    QTRY_VERIFY_WITH_TIMEOUT(canPressIn(m_window, kAccept), kWindowPatience);
    QVERIFY(saysIn(m_window, QStringLiteral("The column 'timeuuid'")));
    ColumnsDialog* dialog = columnsDialog();
    QTRY_VERIFY_WITH_TIMEOUT(canPressIn(dialog, kAgree), kWindowPatience);
    buttonOf(dialog, QStringLiteral("Cancel"))->click();
    QVERIFY(canPressIn(m_window, kAccept));
    QTRY_VERIFY_WITH_TIMEOUT(!m_window->findChild<ColumnsDialog*>(), kWindowPatience);
    dialog = columnsDialog();
    QTRY_VERIFY_WITH_TIMEOUT(canPressIn(dialog, kAgree), kWindowPatience);
    buttonOf(dialog, kAgree)->click();
    QTRY_VERIFY_WITH_TIMEOUT(saysIn(m_window, QStringLiteral("is held to its")), kWindowPatience);
    QTRY_VERIFY_WITH_TIMEOUT(!canPressIn(m_window, kAccept), kWindowPatience);
}

void TestSourceActs::columnsThatAreNeededAreNotGivenUp()
{
    execute("ALTER TABLE statsig_user_metrics RENAME COLUMN unit_id TO customer");
    poll();
    ColumnsDialog* dialog = columnsDialog();
    QTRY_VERIFY_WITH_TIMEOUT(saysIn(dialog, QStringLiteral("cannot be agreed on")),
                             kWindowPatience);
    QVERIFY(!canPressIn(dialog, kAgree));
}

void TestSourceActs::theFirstDayMovesBack()
{
    SourcesPage& page = m_window->sourcesPage();
    FirstDayDialog* dialog = firstDayDialog(page.actions().backfill);
    QVERIFY(dialog);
    const QString backfill = QStringLiteral("Backfill");
    QTRY_VERIFY_WITH_TIMEOUT(canPressIn(dialog, backfill), kWindowPatience);
    QVERIFY(dialog->consequence().contains(QStringLiteral(": 1 day, ")));
    auto* day = dialog->findChild<QDateEdit*>();
    const QDate earlier = day->date().addDays(-2);
    day->setDate(day->date().addDays(1)); // the first day itself
    QVERIFY(!canPressIn(dialog, backfill));
    QTRY_VERIFY_WITH_TIMEOUT(dialog->consequence().contains(QStringLiteral("is not before")),
                             kWindowPatience);
    QVERIFY(!canPressIn(dialog, backfill));
    day->setDate(earlier);
    QTRY_VERIFY_WITH_TIMEOUT(canPressIn(dialog, backfill), kWindowPatience);
    QVERIFY(dialog->consequence().contains(QStringLiteral(": 3 days, ")));
    QVERIFY(dialog->consequence().contains(QStringLiteral("Days land in order")));
    buttonOf(dialog, backfill)->click();
    QTRY_VERIFY_WITH_TIMEOUT(saysIn(m_window, QStringLiteral("The first day of demo is ")),
                             kWindowPatience);
    QTRY_COMPARE_WITH_TIMEOUT(calendar().facts().view().policy.firstDay.value_or(Day{}),
                              toDay(earlier), kWindowPatience);
}

void TestSourceActs::theSourceStartsOver()
{
    SourcesPage& page = m_window->sourcesPage();
    FirstDayDialog* dialog = firstDayDialog(page.actions().startOver);
    QVERIFY(dialog);
    const QString start = QStringLiteral("Start over");
    QTRY_VERIFY_WITH_TIMEOUT(canPressIn(dialog, start), kWindowPatience);
    QVERIFY(dialog->consequence().contains(QStringLiteral("waited for no more")));
    QVERIFY(dialog->consequence().contains(QStringLiteral("stay")));
    buttonOf(dialog, start)->click();
    QTRY_VERIFY_WITH_TIMEOUT(saysIn(m_window, QStringLiteral("The first day of demo is ")),
                             kWindowPatience);
}

QTEST_MAIN(TestSourceActs)
#include "tst_source_acts.moc"
