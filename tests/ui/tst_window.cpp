// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later

// The whole window on a real engine and the demo source, driven by its buttons.

#include "ui/calendar/calendar_page.h"
#include "ui/calendar/month_grid.h"
#include "ui/runs/runs_page.h"
#include "ui/shell/main_window.h"
#include "ui/style/text.h"
#include "ui/style/widgets.h"

#include <QAccessible>
#include <QComboBox>
#include <QDialog>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>

using namespace daymark;
using namespace daymark::ui;

namespace {

constexpr int kPatience = 60'000; // milliseconds; a busy machine
constexpr int kDemoGapDays = 9;   // before today

Clock testClock() { return Clock::startingAt(*parseInstant("2026-06-17T10:00:00Z")); }

QDate today() { return QDate(2026, 6, 17); }

/// The button of this name that is on show; null where there is none.
QPushButton* button(QWidget* home, const QString& name)
{
    for (QPushButton* candidate : home->findChildren<QPushButton*>()) {
        if (candidate->isVisible() && candidate->text().remove(QLatin1Char('&')) == name)
            return candidate;
    }
    return nullptr;
}

/// Whether the button is on show and can be pressed.
bool canPress(QWidget* home, const QString& name)
{
    const QPushButton* found = button(home, name);
    return found && found->isEnabled();
}

bool says(QWidget* home, const QString& words)
{
    for (const QLabel* label : home->findChildren<QLabel*>()) {
        if (label->isVisible() && label->text().contains(words))
            return true;
    }
    return false;
}

} // namespace

class TestWindow : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void cancelsARun();
    void importsThroughTheButton();
    void skipsAGapThroughTheDialog();
    void marksADayFinished();
    void createsAWorkspaceAndTheDemo();
    void onlyShowsWhatAnotherProcessRuns();
    void saysWhyAWorkspaceCannotBeOpened();
    void closingEndsTheEngine();

private:
    void makeDemo();
    void openWindow();
    void importAll();
    QString describe(QDate day);

    std::unique_ptr<QTemporaryDir> m_folder;
    std::filesystem::path m_workspace;
    std::unique_ptr<MainWindow> m_window;
};

void TestWindow::initTestCase()
{
    QCoreApplication::setOrganizationName(QStringLiteral("daymark-test"));
    QCoreApplication::setApplicationName(QStringLiteral("tst_window"));
}

void TestWindow::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    QVERIFY(m_folder->isValid());
    QSettings::setDefaultFormat(QSettings::IniFormat);
    QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, m_folder->path());
    m_workspace = m_folder->filePath(QStringLiteral("workspace")).toStdString();
}

void TestWindow::cleanup()
{
    m_window.reset();
    m_folder.reset();
}

void TestWindow::makeDemo()
{
    QVERIFY(Engine::create(m_workspace, testClock()));
    EngineOptions options;
    options.workspace = m_workspace;
    options.clock = testClock();
    const auto engine = Engine::open(options);
    QVERIFY(engine);
    QVERIFY((*engine)->addDemo({}));
}

void TestWindow::openWindow()
{
    WindowOptions options;
    options.engine.workspace = m_workspace;
    options.engine.clock = testClock();
    options.engine.mode = OpenMode::WriteOrRead;
    options.schedule = false;
    m_window = std::make_unique<MainWindow>(options);
    m_window->show();
}

void TestWindow::importAll()
{
    QSignalSpy passes(&m_window->bridge(), &EngineBridge::passFinished);
    QTRY_VERIFY_WITH_TIMEOUT(canPress(m_window.get(), QStringLiteral("Import now")), kPatience);
    button(m_window.get(), QStringLiteral("Import now"))->click();
    QVERIFY(!canPress(m_window.get(), QStringLiteral("Import now")));
    QTRY_COMPARE_WITH_TIMEOUT(passes.count(), 1, kPatience);
}

/// What a screen reader says of a day.
QString TestWindow::describe(QDate day)
{
    QAccessibleInterface* grid =
        QAccessible::queryAccessibleInterface(&m_window->calendarPage().grid());
    for (int i = 0; i < grid->childCount(); ++i) {
        if (grid->child(i)->text(QAccessible::Name) == fullDate(day))
            return grid->child(i)->text(QAccessible::Description);
    }
    return {};
}

/// First, since the fault point holds the first run up for half a second.
void TestWindow::cancelsARun()
{
    makeDemo();
    openWindow();
    m_window->showPage(MainWindow::Calendar);
    QSignalSpy started(&m_window->bridge(), &EngineBridge::runStarted);
    RunState end = RunState::Running;
    connect(&m_window->bridge(), &EngineBridge::runFinished, this,
            [&end](const RunInfo& run) { end = run.state; });
    QSignalSpy passes(&m_window->bridge(), &EngineBridge::passFinished);
    QTRY_VERIFY_WITH_TIMEOUT(canPress(m_window.get(), QStringLiteral("Import now")), kPatience);
    button(m_window.get(), QStringLiteral("Import now"))->click();
    m_window->showPage(MainWindow::Runs);
    QTRY_VERIFY_WITH_TIMEOUT(started.count() > 0, kPatience);
    QTRY_VERIFY(canPress(&m_window->runsPage(), QStringLiteral("Cancel run")));
    button(&m_window->runsPage(), QStringLiteral("Cancel run"))->click();
    QVERIFY(says(&m_window->runsPage(), QStringLiteral("cancelling…")));
    QTRY_COMPARE_WITH_TIMEOUT(passes.count(), 1, kPatience);
    QCOMPARE(end, RunState::Cancelled);
    QVERIFY(says(&m_window->runsPage(), QStringLiteral("cancelled; the day is as it was.")));
    QTRY_VERIFY(canPress(&m_window->runsPage(), QStringLiteral("Retry")));
    m_window->showPage(MainWindow::Calendar);
    QTRY_VERIFY(canPress(m_window.get(), QStringLiteral("Import now")));
}

void TestWindow::importsThroughTheButton()
{
    makeDemo();
    openWindow();
    QTRY_VERIFY_WITH_TIMEOUT(m_window->calendarPage().isLoaded(), kPatience);
    MonthGrid& grid = m_window->calendarPage().grid();
    QCOMPARE(grid.accessibleName(), QStringLiteral("Calendar of demo"));

    int ticks = 0;
    int quietEvents = 0;
    QTimer ticker;
    connect(&ticker, &QTimer::timeout, this, [&ticks] { ++ticks; });
    connect(&m_window->bridge(), &EngineBridge::runFinished, this, [&] {
        quietEvents += ticks == 0 ? 1 : 0;
        ticks = 0;
        QVERIFY(QThread::currentThread() == m_window->thread());
    });
    ticker.start(1);
    importAll();
    qInfo("runs that ended without the event loop having turned meanwhile: %d", quietEvents);

    const QDate gap = today().addDays(-kDemoGapDays);
    QTRY_VERIFY(describe(gap).startsWith(QLatin1String("gap: not signalled")));
    QTRY_VERIFY(describe(gap.addDays(-1)).startsWith(QLatin1String("imported")));
    QVERIFY(describe(gap.addDays(1)).startsWith(QLatin1String("blocked")));
    QVERIFY(says(m_window.get(), QStringLiteral("First gap: 8 June 2026")));

    m_window->showPage(MainWindow::Runs);
    const QTableView* history = nullptr;
    for (const QTableView* table : m_window->runsPage().findChildren<QTableView*>()) {
        if (table->accessibleName() == QLatin1String("Run history"))
            history = table;
    }
    QVERIFY(history);
    QVERIFY(history->model()->rowCount() >= 15);
    QTRY_VERIFY(says(&m_window->runsPage(), QStringLiteral(" accepted + ")));
}

void TestWindow::skipsAGapThroughTheDialog()
{
    makeDemo();
    openWindow();
    importAll();
    const QDate gap = today().addDays(-kDemoGapDays);
    QTRY_VERIFY(describe(gap).startsWith(QLatin1String("gap")));
    m_window->calendarPage().grid().select(gap);
    QTRY_VERIFY(canPress(m_window.get(), QStringLiteral("Skip day…")));
    button(m_window.get(), QStringLiteral("Skip day…"))->click();
    auto* dialog = m_window->findChild<QDialog*>();
    QVERIFY(dialog);
    QTRY_VERIFY(dialog->isVisible());
    QVERIFY(!button(dialog, QStringLiteral("Skip day"))->isEnabled());
    QTest::keyClicks(dialog->findChild<QLineEdit*>(), QStringLiteral("<b>closed</b>"));
    button(dialog, QStringLiteral("Skip day"))->click();
    QTRY_VERIFY_WITH_TIMEOUT(describe(gap).startsWith(QLatin1String("skipped")), kPatience);
    QTRY_VERIFY(says(m_window.get(), QStringLiteral("<b>closed</b>")));
    QTRY_VERIFY(canPress(m_window.get(), QStringLiteral("Reopen")));
    button(m_window.get(), QStringLiteral("Reopen"))->click();
    QTRY_VERIFY_WITH_TIMEOUT(describe(gap).startsWith(QLatin1String("gap")), kPatience);
}

void TestWindow::marksADayFinished()
{
    makeDemo();
    openWindow();
    importAll();
    const QDate gap = today().addDays(-kDemoGapDays);
    QTRY_VERIFY(describe(gap).startsWith(QLatin1String("gap")));
    m_window->calendarPage().grid().select(gap);
    QTRY_VERIFY(canPress(m_window.get(), QStringLiteral("Mark finished")));
    button(m_window.get(), QStringLiteral("Mark finished"))->click();
    QTRY_VERIFY_WITH_TIMEOUT(describe(gap).startsWith(QLatin1String("ready")), kPatience);
    importAll();
    QTRY_VERIFY_WITH_TIMEOUT(describe(today().addDays(-1)).startsWith(QLatin1String("imported")),
                             kPatience);
}

void TestWindow::createsAWorkspaceAndTheDemo()
{
    openWindow();
    QTRY_VERIFY_WITH_TIMEOUT(canPress(m_window.get(), QStringLiteral("Create workspace")),
                             kPatience);
    button(m_window.get(), QStringLiteral("Create workspace"))->click();
    QTRY_VERIFY_WITH_TIMEOUT(canPress(m_window.get(), QStringLiteral("Add demo source")),
                             kPatience);
    QCOMPARE(m_window->focusWidget(),
             static_cast<QWidget*>(button(m_window.get(), QStringLiteral("Add a source…"))));
    bool teaches = false;
    for (const QLineEdit* line : m_window->findChildren<QLineEdit*>())
        teaches = teaches || line->text().contains(QLatin1String("source add"));
    QVERIFY(teaches);
    button(m_window.get(), QStringLiteral("Add demo source"))->click();
    QTRY_VERIFY_WITH_TIMEOUT(m_window->calendarPage().isLoaded(), kPatience);
    QCOMPARE(m_window->calendarPage().source(), QStringLiteral("demo"));
}

void TestWindow::onlyShowsWhatAnotherProcessRuns()
{
    makeDemo();
    EngineOptions options;
    options.workspace = m_workspace;
    options.clock = testClock();
    const auto writer = Engine::open(options);
    QVERIFY(writer);
    openWindow();
    QTRY_VERIFY_WITH_TIMEOUT(m_window->calendarPage().isLoaded(), kPatience);
    QVERIFY(says(m_window.get(), QStringLiteral("Another process runs this workspace.")));
    for (const QString& name : {QStringLiteral("Mark finished"), QStringLiteral("Skip day…"),
                                QStringLiteral("Import now"), QStringLiteral("Poll now")}) {
        QVERIFY(button(m_window.get(), name));
        QVERIFY(!canPress(m_window.get(), name));
    }
}

void TestWindow::saysWhyAWorkspaceCannotBeOpened()
{
    std::filesystem::create_directories(m_workspace);
    QFile ledger(QString::fromStdString((m_workspace / "daymark.sqlite").string()));
    QVERIFY(ledger.open(QIODevice::WriteOnly));
    ledger.write(QByteArray(4096, 'x'));
    ledger.close();
    openWindow();
    QTRY_VERIFY_WITH_TIMEOUT(says(m_window.get(), QStringLiteral("ledger cannot be used")),
                             kPatience);
    QTRY_VERIFY_WITH_TIMEOUT(canPress(m_window.get(), QStringLiteral("Try again")), kPatience);
    QVERIFY(!button(m_window.get(), QStringLiteral("Create workspace")));
}

void TestWindow::closingEndsTheEngine()
{
    makeDemo();
    openWindow();
    QTRY_VERIFY_WITH_TIMEOUT(m_window->calendarPage().isLoaded(), kPatience);
    button(m_window.get(), QStringLiteral("Import now"))->click();
    QSignalSpy closed(m_window.get(), &MainWindow::closed);
    m_window->close();
    QTRY_COMPARE_WITH_TIMEOUT(closed.count(), 1, kPatience);
    EngineOptions options;
    options.workspace = m_workspace;
    options.clock = testClock();
    QVERIFY(Engine::open(options));
}

int main(int argc, char** argv)
{
    qputenv("DAYMARK_FAULT", "staged:1:sleep");
    QApplication application(argc, argv);
    TestWindow test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_window.moc"
