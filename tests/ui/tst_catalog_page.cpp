// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later

// The Catalog and Overview pages in the whole window, on a real engine and the demo source.

#include "ui/calendar/calendar_page.h"
#include "ui/calendar/month_grid.h"
#include "ui/catalog/catalog_page.h"
#include "ui/catalog/metric_page.h"
#include "ui/catalog/series_plot.h"
#include "ui/overview/overview_page.h"
#include "ui/shell/main_window.h"
#include "ui/style/text.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>

using namespace daymark;
using namespace daymark::ui;

namespace {

constexpr int kPatience = 60'000; // milliseconds; a busy machine

/// What is looked at here happened an hour before.
Clock testClock() { return Clock::startingAt(*parseInstant("2026-06-17T11:00:00Z")); }
Clock earlierClock() { return Clock::startingAt(*parseInstant("2026-06-17T10:00:00Z")); }

QTableView* table(QWidget* home, const QString& name)
{
    for (QTableView* candidate : home->findChildren<QTableView*>()) {
        if (candidate->accessibleName() == name)
            return candidate;
    }
    return nullptr;
}

QPushButton* button(QWidget* home, const QString& name)
{
    for (QPushButton* candidate : home->findChildren<QPushButton*>()) {
        if (candidate->isVisible() && candidate->text().remove(QLatin1Char('&')) == name)
            return candidate;
    }
    return nullptr;
}

bool says(QWidget* home, const QString& words)
{
    for (const QLabel* label : home->findChildren<QLabel*>()) {
        if (label->isVisible() && label->text().contains(words))
            return true;
    }
    return false;
}

/// The row whose first cell has this text; -1 where there is none.
int rowOf(const QTableView* home, const QString& text)
{
    for (int row = 0; row < home->model()->rowCount(); ++row) {
        if (home->model()->index(row, 0).data().toString() == text)
            return row;
    }
    return -1;
}

/// All cells of a row in a line.
QString rowText(const QTableView* home, int row)
{
    QStringList cells;
    for (int column = 0; column < home->model()->columnCount(); ++column)
        cells << home->model()->index(row, column).data().toString();
    return cells.join(QLatin1Char('|'));
}

} // namespace

class TestCatalogPage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanup();
    void theCatalogSearchesAndShowsHidden();
    void aMetricHasItsOwnPage();
    void theOverviewTellsAndOpens();
    void theOverviewRemembersTheLook();
    void emptyPagesTeach();

private:
    void openWindow(const QString& workspace);

    QTemporaryDir m_folder;
    QString m_demo; ///< a workspace with the demo imported up to its gap, and the gap skipped
    std::unique_ptr<MainWindow> m_window;
};

void TestCatalogPage::initTestCase()
{
    QVERIFY(m_folder.isValid());
    QCoreApplication::setOrganizationName(QStringLiteral("daymark-test"));
    QCoreApplication::setApplicationName(QStringLiteral("tst_catalog_page"));
    QSettings::setDefaultFormat(QSettings::IniFormat);
    QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, m_folder.path());
    m_demo = m_folder.filePath(QStringLiteral("demo"));
    EngineOptions options;
    options.workspace = m_demo.toStdString();
    options.clock = earlierClock();
    options.actor = "anna";
    QVERIFY(Engine::create(options.workspace, options.clock));
    const auto engine = Engine::open(options);
    QVERIFY(engine);
    QVERIFY((*engine)->addDemo({}));
    QVERIFY((*engine)->skipDay("demo", *parseDay("2026-05-28"), "<i>closed</i>"));
    QVERIFY((*engine)->import({}, {}));
}

void TestCatalogPage::cleanup() { m_window.reset(); }

void TestCatalogPage::openWindow(const QString& workspace)
{
    WindowOptions options;
    options.engine.workspace = workspace.toStdString();
    options.engine.clock = testClock();
    options.engine.mode = OpenMode::WriteOrRead;
    options.schedule = false;
    m_window = std::make_unique<MainWindow>(options);
    m_window->show();
}

void TestCatalogPage::theCatalogSearchesAndShowsHidden()
{
    openWindow(m_demo);
    m_window->showPage(MainWindow::Catalog);
    CatalogPage& page = m_window->catalogPage();
    QTRY_VERIFY_WITH_TIMEOUT(page.isLoaded(), kPatience);
    const QTableView* metrics = table(&page, QStringLiteral("Metrics"));
    QVERIFY(metrics->isVisible());
    const int shown = metrics->model()->rowCount();
    QVERIFY(rowOf(metrics, QStringLiteral("revenue")) >= 0);
    QCOMPARE(rowOf(metrics, QStringLiteral("newsletter_opens")), -1);
    QVERIFY(rowText(metrics, rowOf(metrics, QStringLiteral("revenue")))
                .contains(QLatin1String("waiting: its source is blocked at 8 June")));
    page.findChild<QCheckBox*>()->setChecked(true);
    QCOMPARE(metrics->model()->rowCount(), shown + 1);
    QVERIFY(rowText(metrics, rowOf(metrics, QStringLiteral("newsletter_opens")))
                .contains(QLatin1String("hidden: last value 22 days ago")));
    auto* search = page.findChild<QLineEdit*>();
    QTest::keyClicks(search, QStringLiteral("BASKET"));
    QCOMPARE(metrics->model()->rowCount(), 1);
    QVERIFY(says(&page, QStringLiteral("1 of %1 metrics").arg(shown + 1)));
    QTest::keyClicks(search, QStringLiteral("xyz"));
    QVERIFY(says(&page, QStringLiteral("No metric matches")));
    QVERIFY(!button(&page, QStringLiteral("Open metric"))->isEnabled());
    search->clear();
    QVERIFY(metrics->isVisible());
}

void TestCatalogPage::aMetricHasItsOwnPage()
{
    openWindow(m_demo);
    m_window->showPage(MainWindow::Catalog);
    CatalogPage& page = m_window->catalogPage();
    QTRY_VERIFY_WITH_TIMEOUT(page.isLoaded(), kPatience);
    QTableView* metrics = table(&page, QStringLiteral("Metrics"));
    metrics->setCurrentIndex(
        metrics->model()->index(rowOf(metrics, QStringLiteral("basket_value")), 0));
    QTest::keyClick(metrics, Qt::Key_Return);
    MetricPage& metric = page.metricPage();
    QTRY_VERIFY_WITH_TIMEOUT(metric.plot().points().size() == 18, kPatience);
    QVERIFY(metric.isVisible());
    QVERIFY(says(&metric, QStringLiteral("ratio metric")));
    QTableView* days = table(&metric, QStringLiteral("Days"));
    QCOMPARE(days->currentIndex().siblingAtColumn(0).data().toString(),
             QStringLiteral("2026-06-07"));
    const QTableView* rows = table(&metric, QStringLiteral("Landed rows"));
    QTRY_COMPARE_WITH_TIMEOUT(rows->model()->rowCount(), 200, kPatience);
    QVERIFY(says(&metric, QStringLiteral("demo, 7 June 2026: the first 200 landed rows")));

    const int skipped = rowOf(days, QStringLiteral("2026-05-28"));
    QVERIFY(rowText(days, skipped).contains(QLatin1String("|skipped: <i>closed</i>|")));
    days->setCurrentIndex(days->model()->index(skipped, 0));
    QCOMPARE(rows->model()->rowCount(), 0);
    QVERIFY(says(&metric, QStringLiteral("No landed rows of this metric on 28 May 2026.")));

    // A day chosen in the plot is the day of the rows.
    metric.plot().setFocus();
    QTest::keyClick(&metric.plot(), Qt::Key_Home);
    QTest::keyClick(&metric.plot(), Qt::Key_Return);
    QTRY_VERIFY_WITH_TIMEOUT(
        says(&metric, QStringLiteral("demo, 20 May 2026: the first 200 landed rows")), kPatience);
    for (QComboBox* choice : metric.findChildren<QComboBox*>()) {
        if (const int units = choice->findText(QStringLiteral("Units")); units >= 0)
            choice->setCurrentIndex(units);
    }
    QVERIFY(metric.plot().points().first().value > 100);
    QTest::keyClick(&metric, Qt::Key_Escape);
    QVERIFY(metrics->isVisible());
}

void TestCatalogPage::theOverviewTellsAndOpens()
{
    openWindow(m_demo);
    m_window->showPage(MainWindow::Overview);
    OverviewPage& page = m_window->overviewPage();
    QTRY_VERIFY_WITH_TIMEOUT(page.isLoaded(), kPatience);
    QTableView* sources = table(&page, QStringLiteral("Sources at a glance"));
    QCOMPARE(sources->model()->rowCount(), 1);
    const QString row = rowText(sources, 0);
    QVERIFY2(
        row.startsWith(QLatin1String("demo|18 imported, 1 skipped, 1 gap, 8 blocked, 1 awaiting, 2 "
                                     "ignored|8 June is a gap, 8 "
                                     "later days wait|overdue: 8 days behind|")),
        qPrintable(row));
    QVERIFY(says(&page, QStringLiteral("1 source: 1 overdue")));
    sources->setFocus();
    QTest::keyClick(sources, Qt::Key_Return);
    QVERIFY(m_window->calendarPage().isVisible());
    QCOMPARE(m_window->calendarPage().source(), QStringLiteral("demo"));
}

void TestCatalogPage::theOverviewRemembersTheLook()
{
    openWindow(m_demo);
    m_window->showPage(MainWindow::Overview);
    QTRY_VERIFY_WITH_TIMEOUT(m_window->overviewPage().isLoaded(), kPatience);
    const QTableView* news = table(&m_window->overviewPage(), QStringLiteral("What happened"));
    QStringList lines;
    for (int row = 0; row < news->model()->rowCount(); ++row)
        lines << rowText(news, row).section(QLatin1Char('|'), 1);
    const QString all = lines.join(QLatin1Char('\n'));
    QVERIFY2(all.contains(QLatin1String("demo|18 days landed, 20 May 2026 to 7 June 2026: ")),
             qPrintable(all));
    QVERIFY(all.contains(QLatin1String("demo|28 May 2026 skipped by anna: <i>closed</i>")));
    QVERIFY(all.contains(QLatin1String("demo|added by anna")));
    QSignalSpy closed(m_window.get(), &MainWindow::closed);
    m_window->close();
    QTRY_COMPARE_WITH_TIMEOUT(closed.count(), 1, kPatience);

    openWindow(m_demo);
    m_window->showPage(MainWindow::Overview);
    QTRY_VERIFY_WITH_TIMEOUT(m_window->overviewPage().isLoaded(), kPatience);
    QVERIFY(says(&m_window->overviewPage(), QStringLiteral("Since you last looked")));
    QVERIFY(says(&m_window->overviewPage(), QStringLiteral("Nothing has landed")));
}

void TestCatalogPage::emptyPagesTeach()
{
    openWindow(m_folder.filePath(QStringLiteral("new")));
    QTRY_VERIFY_WITH_TIMEOUT(button(m_window.get(), QStringLiteral("Create workspace")), kPatience);
    button(m_window.get(), QStringLiteral("Create workspace"))->click();
    QTRY_VERIFY_WITH_TIMEOUT(m_window->bridge().isOpen(), kPatience);
    m_window->showPage(MainWindow::Catalog);
    QTRY_VERIFY_WITH_TIMEOUT(m_window->catalogPage().isLoaded(), kPatience);
    QVERIFY(says(&m_window->catalogPage(), QStringLiteral("No metric has landed yet")));
    m_window->showPage(MainWindow::Overview);
    OverviewPage& page = m_window->overviewPage();
    QTRY_VERIFY_WITH_TIMEOUT(button(&page, QStringLiteral("Add demo source")), kPatience);
    for (const QString& name : {QStringLiteral("Add a database…"), QStringLiteral("Add a folder…")})
        QVERIFY(button(&page, name) && button(&page, name)->isEnabled());
    button(&page, QStringLiteral("Add demo source"))->click();
    const QTableView* sources = table(&page, QStringLiteral("Sources at a glance"));
    QTRY_COMPARE_WITH_TIMEOUT(sources->model()->rowCount(), 1, kPatience);
    QTRY_VERIFY(sources->isVisible());
    QVERIFY(rowText(sources, 0).contains(QLatin1String("late: ")));
}

QTEST_MAIN(TestCatalogPage)
#include "tst_catalog_page.moc"
