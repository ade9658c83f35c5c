// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later

// What was done is taken back, errors are copied, and polling that stopped is told, in the window.

#include "window_bench.h"

#include "ui/calendar/calendar_page.h"
#include "ui/calendar/day_actions.h"
#include "ui/calendar/month_grid.h"
#include "ui/shell/undo_bar.h"
#include "ui/sources/source_actions.h"
#include "ui/sources/sources_page.h"
#include "ui/style/widgets.h"

#include <QAction>
#include <QClipboard>
#include <QDialog>
#include <QLineEdit>

using namespace daymark;
using namespace daymark::ui;

namespace {

constexpr const char* kNow = "2026-06-17T10:00:00Z";
const QDate kGap(2026, 6, 8);

} // namespace

class TestUndo : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void aMarkIsTakenBack();
    void aSkipIsTakenBackByKeys();
    void aReopenedDayIsSkippedAgain();
    void aDisabledSourceIsEnabled();
    void whatCannotBeTakenBackSaysWhy();
    void detailsOfErrorsAreCopied();
    void polledNoMoreIsTold();
    void muteIsShown();

private:
    [[nodiscard]] UndoBar& bar() const { return *m_window->findChild<UndoBar*>(); }
    [[nodiscard]] DayState stateOfGap() const;
    void skipGap();

    std::unique_ptr<WindowBench> m_bench;
    MainWindow* m_window = nullptr;
};

void TestUndo::initTestCase()
{
    QCoreApplication::setOrganizationName(QStringLiteral("daymark-test"));
    QCoreApplication::setApplicationName(QStringLiteral("tst_undo"));
}

void TestUndo::init()
{
    m_bench = std::make_unique<WindowBench>(kNow);
    QVERIFY(m_bench->engine()->addDemo({}));
    m_window = &m_bench->open();
    QTRY_VERIFY_WITH_TIMEOUT(m_window->calendarPage().isLoaded(), kWindowPatience);
    m_window->showPage(MainWindow::Calendar);
    m_window->calendarPage().grid().select(kGap);
    QTRY_VERIFY_WITH_TIMEOUT(m_window->calendarPage().actions().markFinished->isEnabled(),
                             kWindowPatience);
}

void TestUndo::cleanup() { m_bench.reset(); }

DayState TestUndo::stateOfGap() const
{
    const CalendarDay* day = m_window->calendarPage().facts().find(kGap);
    return day ? day->planned.state : DayState::Ignored;
}

void TestUndo::skipGap()
{
    m_window->calendarPage().actions().skip->trigger();
    QTRY_VERIFY(m_window->findChild<QDialog*>());
    auto* dialog = m_window->findChild<QDialog*>();
    QTest::keyClicks(dialog->findChild<QLineEdit*>(), QStringLiteral("closed"));
    dialog->accept();
    QTRY_COMPARE_WITH_TIMEOUT(stateOfGap(), DayState::Skipped, kWindowPatience);
    QTRY_VERIFY_WITH_TIMEOUT(bar().canUndo(), kWindowPatience);
}

void TestUndo::aMarkIsTakenBack()
{
    QCOMPARE(stateOfGap(), DayState::Gap);
    m_window->calendarPage().actions().markFinished->trigger();
    QTRY_COMPARE_WITH_TIMEOUT(bar().text(), QStringLiteral("8 June 2026 is marked as finished."),
                              kWindowPatience);
    QTRY_VERIFY_WITH_TIMEOUT(stateOfGap() != DayState::Gap, kWindowPatience);
    buttonOf(&bar(), QStringLiteral("Undo"))->click();
    QTRY_COMPARE_WITH_TIMEOUT(stateOfGap(), DayState::Gap, kWindowPatience);
    QTRY_COMPARE_WITH_TIMEOUT(bar().text(),
                              QStringLiteral("8 June 2026 is not marked as finished any more."),
                              kWindowPatience);
    QVERIFY(!bar().canUndo());
    QVERIFY(!buttonOf(&bar(), QStringLiteral("Undo")));
}

void TestUndo::aSkipIsTakenBackByKeys()
{
    skipGap();
    m_window->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_window));
    QTest::keyClick(m_window, Qt::Key_Z, Qt::ControlModifier);
    QTRY_COMPARE_WITH_TIMEOUT(stateOfGap(), DayState::Gap, kWindowPatience);
}

void TestUndo::aReopenedDayIsSkippedAgain()
{
    skipGap();
    QTRY_VERIFY_WITH_TIMEOUT(m_window->calendarPage().actions().reopen->isEnabled(),
                             kWindowPatience);
    m_window->calendarPage().actions().reopen->trigger();
    QTRY_COMPARE_WITH_TIMEOUT(bar().text(), QStringLiteral("8 June 2026 is open again."),
                              kWindowPatience);
    bar().undo();
    QTRY_COMPARE_WITH_TIMEOUT(stateOfGap(), DayState::Skipped, kWindowPatience);
    QCOMPARE(m_window->calendarPage().facts().find(kGap)->reason, std::string("closed"));
}

void TestUndo::aDisabledSourceIsEnabled()
{
    SourcesPage& page = m_window->sourcesPage();
    m_window->showPage(MainWindow::Sources);
    QTRY_VERIFY_WITH_TIMEOUT(page.actions().toggle->isEnabled(), kWindowPatience);
    page.actions().toggle->trigger();
    QTRY_VERIFY_WITH_TIMEOUT(bar().text().startsWith(QStringLiteral("demo is disabled")),
                             kWindowPatience);
    QTRY_COMPARE_WITH_TIMEOUT(page.actions().toggle->text(), QStringLiteral("Enab&le"),
                              kWindowPatience);
    bar().undo();
    QTRY_COMPARE_WITH_TIMEOUT(page.actions().toggle->text(), QStringLiteral("D&isable"),
                              kWindowPatience);
}

void TestUndo::whatCannotBeTakenBackSaysWhy()
{
    m_window->bridge().offerUndo(
        {QStringLiteral("Something was done."), {}, [](Engine&) {
             return Status(fail(ErrorCode::DayState, "It has landed.", "Roll it back."));
         }});
    QVERIFY(bar().canUndo());
    bar().undo();
    QTRY_COMPARE_WITH_TIMEOUT(bar().text(), QStringLiteral("It has landed.\nRoll it back."),
                              kWindowPatience);
    QCOMPARE(bar().tone(), Tone::Error);
}

void TestUndo::detailsOfErrorsAreCopied()
{
    Banner banner;
    banner.show();
    banner.sayError({ErrorCode::SourceBusy, "It is locked.", "Try again."});
    QPushButton* copy = buttonOf(&banner, QStringLiteral("Copy details"));
    QVERIFY(copy);
    copy->click();
    const QString copied = QGuiApplication::clipboard()->text();
    QVERIFY(copied.startsWith(QStringLiteral("It is locked.\nTry again.\nCode: source.busy\n")));
    banner.say(Tone::Good, QStringLiteral("Well."));
    QVERIFY(!buttonOf(&banner, QStringLiteral("Copy details")));
    QVERIFY(!buttonOf(&banner, QStringLiteral("Copied")));
}

void TestUndo::polledNoMoreIsTold()
{
    const QString words = QStringLiteral("demo was last polled an hour ago.");
    Q_EMIT m_window->bridge().pollingChecked(words);
    QVERIFY(saysIn(m_window, words));
    Q_EMIT m_window->bridge().pollingChecked({});
    QVERIFY(!saysIn(m_window, words));
}

void TestUndo::muteIsShown()
{
    const auto actions = m_window->findChildren<QAction*>();
    const auto mute = std::find_if(actions.begin(), actions.end(), [](const QAction* action) {
        return action->text() == QStringLiteral("Mute until I &turn them on");
    });
    QVERIFY(mute != actions.end());
    (*mute)->trigger();
    QTRY_VERIFY_WITH_TIMEOUT(saysIn(m_window, QStringLiteral("Notices are muted until they are")),
                             kWindowPatience);
}

QTEST_MAIN(TestUndo)
#include "tst_undo.moc"
