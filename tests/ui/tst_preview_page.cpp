// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
// The Preview page on a real engine: the demo source, and a database of bad rows.

#include "window_bench.h"

#include "ui/preview/preview_page.h"
#include "ui/style/text.h"

#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QElapsedTimer>
#include <QFile>
#include <QGuiApplication>

#include <sqlite3.h>

using namespace daymark;
using namespace daymark::ui;

namespace {

constexpr const char* kNow = "2026-06-17T10:00:00Z";

void execute(const QString& database, const char* sql)
{
    sqlite3* handle = nullptr;
    char* message = nullptr;
    if (sqlite3_open(qPrintable(database), &handle) != SQLITE_OK ||
        sqlite3_exec(handle, sql, nullptr, nullptr, &message) != SQLITE_OK)
        qFatal("%s", message ? message : sqlite3_errmsg(handle));
    sqlite3_close(handle);
}

/// 3,000 rows of 16 June: every 5th without a unit, every 7th of an unknown id type, from row 2,001
/// on values that are no numbers, and a metric named as if it were markup.
constexpr const char* kBadRows = R"sql(
CREATE TABLE statsig_user_metrics (unit_id, id_type, date, metric_name, metric_value, numerator,
                                   denominator, timeuuid);
CREATE TABLE statsig_user_metrics_signal (finished_date);
INSERT INTO statsig_user_metrics
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000)
SELECT CASE WHEN i % 5 <> 0 THEN 'u' || i END, CASE WHEN i % 7 = 0 THEN 'userID' ELSE 'user_id' END,
       '2026-06-16', '<img src=x>', CASE WHEN i > 2000 THEN 'N/A' ELSE i END, NULL, NULL, 'id' || i
FROM n;
INSERT INTO statsig_user_metrics_signal VALUES ('2026-06-16');
)sql";

void addShop(const WindowBench& bench, const char* sql)
{
    const QString database = bench.path(QStringLiteral("shop.sqlite"));
    execute(database, sql);
    SourceSettings settings;
    settings.uri = utf8(database);
    const auto engine = bench.engine();
    if (const auto added = engine->addSource("shop", "sqlite", "metrics", settings, {}); !added)
        qFatal("%s", added.error().message.c_str());
}

int rowOf(const QTableView* table, const QString& text)
{
    for (int row = 0; row < table->model()->rowCount(); ++row) {
        if (table->model()->index(row, 0).data().toString() == text)
            return row;
    }
    return -1;
}

} // namespace

class TestPreviewPage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void showsTheDemo();
    void reportsBadRows();
    void checksTheWholeDay();
    void cancelsWithinASecond();
    void copiesAndSavesTheReport();
    void saysWhyThereAreNoRows();
    void teachesWithoutASource();
};

void TestPreviewPage::initTestCase()
{
    QCoreApplication::setOrganizationName(QStringLiteral("daymark-test"));
    QCoreApplication::setApplicationName(QStringLiteral("tst_preview_page"));
}

void TestPreviewPage::showsTheDemo()
{
    WindowBench bench(kNow);
    QVERIFY(bench.engine()->addDemo({}));
    MainWindow& window = bench.open();
    PreviewPage& page = window.previewPage();
    QTRY_VERIFY_WITH_TIMEOUT(window.bridge().isOpen(), kWindowPatience);
    QVERIFY(!page.preview());
    window.showPage(MainWindow::Preview);
    QTRY_VERIFY_WITH_TIMEOUT(page.preview(), kWindowPatience);
    QVERIFY(page.preview()->day);
    const QTableView* rows = tableOf(&page, QStringLiteral("Rows as they were read"));
    QVERIFY(rows && rows->isVisible());
    QCOMPARE(rows->model()->rowCount(), int(page.preview()->samples.size()));
    QVERIFY(rows->model()->rowCount() > 10);
    const QTableView* findings = tableOf(&page, QStringLiteral("Schema checks and findings"));
    QVERIFY(findings && findings->model()->rowCount() >= 1);

    // Another day by its choice.
    for (QComboBox* choice : page.findChildren<QComboBox*>()) {
        const int index = choice->findText(QStringLiteral("2026-06-10"), Qt::MatchStartsWith);
        if (index >= 0)
            choice->setCurrentIndex(index);
    }
    QTRY_VERIFY_WITH_TIMEOUT(page.preview() && page.preview()->day == toDay({2026, 6, 10}),
                             kWindowPatience);
}

void TestPreviewPage::reportsBadRows()
{
    WindowBench bench(kNow);
    addShop(bench, kBadRows);
    MainWindow& window = bench.open();
    PreviewPage& page = window.previewPage();
    window.showPage(MainWindow::Preview);
    QTRY_VERIFY_WITH_TIMEOUT(page.preview(), kWindowPatience);
    QCOMPARE(page.preview()->rowsRead, 1000U);
    QVERIFY(saysIn(&page, QStringLiteral("The first 1,000 rows of Tuesday 16 June 2026: ")));

    QTableView* rules = tableOf(&page, QStringLiteral("Rules broken"));
    QTableView* rows = tableOf(&page, QStringLiteral("Rows as they were read"));
    QVERIFY(rules && rows);
    const int unit = rowOf(rules, QStringLiteral("unit_id.missing"));
    QVERIFY(unit >= 0);
    QCOMPARE(rules->model()->index(unit, 2).data().toString(), QStringLiteral("200"));
    rules->setFocus();
    rules->selectRow(unit);
    QCOMPARE(rows->model()->rowCount(), 200);
    QVERIFY(saysIn(&page, QStringLiteral("200 rows that broke unit_id.missing")));
    QCOMPARE(rows->currentIndex().data().toString(), QStringLiteral("(null)"));
    QVERIFY(!rows->currentIndex().data(Qt::DecorationRole).isNull());
    QTest::keyClick(rules, Qt::Key_Return);
    QVERIFY(rows->hasFocus());

    buttonOf(&page, QStringLiteral("Show all rows"))->click();
    QCOMPARE(rows->model()->rowCount(), int(page.preview()->samples.size()));
    page.findChild<QCheckBox*>()->setChecked(true);
    QVERIFY(rows->model()->rowCount() < int(page.preview()->samples.size()) + 1);
}

void TestPreviewPage::checksTheWholeDay()
{
    WindowBench bench(kNow);
    addShop(bench, kBadRows);
    MainWindow& window = bench.open();
    PreviewPage& page = window.previewPage();
    window.showPage(MainWindow::Preview);
    QTRY_VERIFY_WITH_TIMEOUT(canPressIn(&page, QStringLiteral("Check the whole day")),
                             kWindowPatience);
    buttonOf(&page, QStringLiteral("Check the whole day"))->click();
    QVERIFY(canPressIn(&page, QStringLiteral("Cancel check")));
    QTRY_VERIFY_WITH_TIMEOUT(page.preview()->wholeDay, kWindowPatience);
    QVERIFY(!buttonOf(&page, QStringLiteral("Cancel check")));
    QCOMPARE(page.preview()->rowsRead, 3000U);
    QVERIFY(!canPressIn(&page, QStringLiteral("Check the whole day")));
    QTableView* rules = tableOf(&page, QStringLiteral("Rules broken"));
    const QTableView* rows = tableOf(&page, QStringLiteral("Rows as they were read"));
    rules->selectRow(rowOf(rules, QStringLiteral("value.not_a_number")));
    QCOMPARE(rows->model()->rowCount(), int(kSamplesPerRule));
    QVERIFY(saysIn(&page, QStringLiteral("50 of the 1,000 rows that broke value.not_a_number")));
}

void TestPreviewPage::cancelsWithinASecond()
{
    WindowBench bench(kNow);
    addShop(bench, kBadRows);
    MainWindow& window = bench.open();
    PreviewPage& page = window.previewPage();
    window.showPage(MainWindow::Preview);
    QTRY_VERIFY_WITH_TIMEOUT(canPressIn(&page, QStringLiteral("Check the whole day")),
                             kWindowPatience);
    buttonOf(&page, QStringLiteral("Check the whole day"))->click();
    QElapsedTimer timer;
    timer.start();
    buttonOf(&page, QStringLiteral("Cancel check"))->click();
    QVERIFY(!page.isBusy());
    QVERIFY(saysIn(&page, QStringLiteral("The check was cancelled.")));
    QVERIFY(timer.elapsed() < 1000);
    QCOMPARE(page.preview()->rowsRead, 1000U);
    QVERIFY(canPressIn(&page, QStringLiteral("Check the whole day")));
}

void TestPreviewPage::copiesAndSavesTheReport()
{
    WindowBench bench(kNow);
    addShop(bench, kBadRows);
    MainWindow& window = bench.open();
    PreviewPage& page = window.previewPage();
    window.showPage(MainWindow::Preview);
    QTRY_VERIFY_WITH_TIMEOUT(canPressIn(&page, QStringLiteral("Copy report")), kWindowPatience);
    buttonOf(&page, QStringLiteral("Copy report"))->click();
    const QString copied = QGuiApplication::clipboard()->text();
    QVERIFY(copied.startsWith(QLatin1String("kind,code,severity,count")));
    QVERIFY(copied.contains(QLatin1String("rule,unit_id.missing,error,200")));

    const QString path = bench.path(QStringLiteral("report.csv"));
    page.saveReport(path);
    QTRY_VERIFY_WITH_TIMEOUT(saysIn(&page, QStringLiteral("The report was saved as ")),
                             kWindowPatience);
    QFile saved(path);
    QVERIFY(saved.open(QIODevice::ReadOnly));
    QCOMPARE(QString::fromUtf8(saved.readAll()), copied);

    page.saveReport(bench.path(QStringLiteral("missing/report.csv")));
    QTRY_VERIFY_WITH_TIMEOUT(saysIn(&page, QStringLiteral("The report could not be written")),
                             kWindowPatience);
}

void TestPreviewPage::saysWhyThereAreNoRows()
{
    WindowBench bench(kNow);
    addShop(bench, "CREATE TABLE statsig_user_metrics (unit_id, id_type, datum, metric_name, "
                   "metric_value);"
                   "CREATE TABLE statsig_user_metrics_signal (finished_date);");
    MainWindow& window = bench.open();
    PreviewPage& page = window.previewPage();
    window.showPage(MainWindow::Preview);
    QTRY_VERIFY_WITH_TIMEOUT(page.preview(), kWindowPatience);
    QVERIFY(saysIn(&page, QStringLiteral("can't be checked before its columns fit")));
    const QTableView* findings = tableOf(&page, QStringLiteral("Schema checks and findings"));
    QCOMPARE(findings->model()->index(0, 0).data().toString(), QStringLiteral("error"));
    QVERIFY(!canPressIn(&page, QStringLiteral("Check the whole day")));
}

void TestPreviewPage::teachesWithoutASource()
{
    WindowBench bench(kNow);
    MainWindow& window = bench.open();
    window.showPage(MainWindow::Preview);
    QTRY_VERIFY_WITH_TIMEOUT(
        saysIn(&window.previewPage(), QStringLiteral("There is no source yet.")), kWindowPatience);
    QVERIFY(!canPressIn(&window.previewPage(), QStringLiteral("Check again")));
}

QTEST_MAIN(TestPreviewPage)
#include "tst_preview_page.moc"
