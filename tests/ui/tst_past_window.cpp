// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later

// The Calendar page at moments of the past: the slider, the field, what is told, and that nothing
// can be done there.

#include "window_bench.h"

#include "ui/calendar/calendar_page.h"
#include "ui/calendar/day_actions.h"
#include "ui/calendar/time_bar.h"
#include "ui/calendar/zoomed_grid.h"
#include "ui/style/text.h"

#include <QAction>
#include <QDateTimeEdit>
#include <QSlider>

using namespace daymark;
using namespace daymark::ui;

namespace {

constexpr const char* kNow = "2026-06-17T10:00:00Z";
const QDate kGap(2026, 6, 8); // the demo's; the days after it wait

} // namespace

class TestPastWindow : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void stepsThroughWhatChanged();
    void takesATypedMoment();
    void nothingCanBeDoneToThePast();
    void anotherWayInShowsNow();

private:
    CalendarPage& page() { return m_window->calendarPage(); }
    QSlider* slider() { return page().timeBar().findChild<QSlider*>(); }
    QString wordOf(QDate day) { return page().facts().cell(day).word; }
    void openBar();
    /// Moves to the step before now.
    void goBack();

    std::unique_ptr<WindowBench> m_bench;
    MainWindow* m_window = nullptr;
};

void TestPastWindow::initTestCase()
{
    QCoreApplication::setOrganizationName(QStringLiteral("daymark-test"));
    QCoreApplication::setApplicationName(QStringLiteral("tst_past_window"));
}

void TestPastWindow::init()
{
    m_bench = std::make_unique<WindowBench>(kNow);
    QVERIFY(m_bench->engineAt("2026-06-17T08:00:00Z")->addDemo({}));
    QVERIFY(m_bench->engineAt("2026-06-17T09:00:00Z")->skipDay("demo", toDay(kGap), "closed"));
    m_window = &m_bench->open();
    m_window->showPage(MainWindow::Calendar);
    QTRY_VERIFY_WITH_TIMEOUT(page().isLoaded(), kWindowPatience);
}

void TestPastWindow::cleanup() { m_bench.reset(); }

void TestPastWindow::openBar()
{
    page().showsPast()->trigger();
    QTRY_VERIFY_WITH_TIMEOUT(page().timeBar().isLoaded(), kWindowPatience);
    QVERIFY(page().timeBar().isVisible());
}

void TestPastWindow::goBack()
{
    QTest::keyClick(slider(), Qt::Key_Home);
    QTRY_COMPARE_WITH_TIMEOUT(wordOf(kGap), QStringLiteral("gap"), kWindowPatience);
}

void TestPastWindow::stepsThroughWhatChanged()
{
    QCOMPARE(wordOf(kGap), QStringLiteral("skipped"));
    openBar();
    QVERIFY(slider()->maximum() >= 1);
    QCOMPARE(slider()->value(), slider()->maximum());
    QTest::keyClick(slider(), Qt::Key_Left);
    QVERIFY(page().timeBar().moment().has_value());
    QVERIFY(saysIn(m_window, QStringLiteral("Change ")));
    goBack();
    QVERIFY(saysIn(m_window, QStringLiteral("As known on")));
    QVERIFY(saysIn(m_window, QStringLiteral("source added")));
    buttonOf(&page().timeBar(), QStringLiteral("Now"))->click();
    QTRY_COMPARE_WITH_TIMEOUT(wordOf(kGap), QStringLiteral("skipped"), kWindowPatience);
    QVERIFY(!saysIn(m_window, QStringLiteral("As known on ")) ||
            !page().timeBar().moment().has_value());
    QCOMPARE(slider()->value(), slider()->maximum());
}

void TestPastWindow::takesATypedMoment()
{
    openBar();
    auto* field = page().timeBar().findChild<QDateTimeEdit*>();
    QVERIFY(field && field->isEnabled());
    field->setDateTime(field->minimumDateTime());
    QVERIFY(page().timeBar().moment().has_value());
    QCOMPARE(slider()->value(), 0);
    field->setDateTime(field->maximumDateTime().addDays(1));
    QTRY_VERIFY(!page().timeBar().moment().has_value());
}

void TestPastWindow::nothingCanBeDoneToThePast()
{
    openBar();
    goBack();
    page().days().select(kGap);
    for (QAction* action : page().actions().all()) {
        QVERIFY(!action->isEnabled());
        QCOMPARE(action->statusTip(), TimeBar::whyReadOnly());
    }
    page().days().current().extendTo(kGap.addDays(2));
    QVERIFY(!canPressIn(m_window, QStringLiteral("Skip days…")));
    page().days().select(kGap);
    Q_EMIT page().days().activated(kGap);
    QVERIFY(page().isVisible()); // the page of the day is of now
    QVERIFY(saysIn(m_window, QStringLiteral("Go back to now first")));
    page().showsPast()->trigger();
    QTRY_COMPARE_WITH_TIMEOUT(wordOf(kGap), QStringLiteral("skipped"), kWindowPatience);
    QVERIFY(!page().timeBar().isVisible());
    QTRY_VERIFY_WITH_TIMEOUT(page().actions().reopen->isEnabled(), kWindowPatience);
}

void TestPastWindow::anotherWayInShowsNow()
{
    openBar();
    goBack();
    page().showSource(QStringLiteral("demo"), kGap);
    QTRY_COMPARE_WITH_TIMEOUT(wordOf(kGap), QStringLiteral("skipped"), kWindowPatience);
    QVERIFY(!page().timeBar().moment().has_value());
}

QTEST_MAIN(TestPastWindow)

#include "tst_past_window.moc"
