// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
// A landed day is imported again and gone back from, in the window, on a real engine and the demo
// source.

#include "window_bench.h"

#include "ui/calendar/calendar_page.h"
#include "ui/calendar/impact_model.h"
#include "ui/calendar/month_grid.h"
#include "ui/calendar/version_dialog.h"

#include <QAbstractItemModelTester>
#include <QComboBox>
#include <QLineEdit>

#include <sqlite3.h>

using namespace daymark;
using namespace daymark::ui;

namespace {

constexpr const char* kNow = "2026-06-17T10:00:00Z";
const QDate kLanded(2026, 6, 5);
const QString kReimport = QStringLiteral("Re-import…");
const QString kRollBack = QStringLiteral("Roll back…");

} // namespace

class TestVersionsWindow : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void impactsInWords();
    void replacesAndGoesBack();
    void cancellingChangesNothing();
    void aSourceThatChangesMeanwhileIsAskedAboutAgain();
    void onlyLandedDaysHaveVersions();

private:
    void dropRows(int rows) const;
    VersionDialog* dialogOf(const QString& button);
    bool says(const QString& words) const { return saysIn(m_window, words); }

    std::unique_ptr<WindowBench> m_bench;
    MainWindow* m_window = nullptr;
};

void TestVersionsWindow::initTestCase()
{
    QCoreApplication::setOrganizationName(QStringLiteral("daymark-test"));
    QCoreApplication::setApplicationName(QStringLiteral("tst_versions_window"));
}

void TestVersionsWindow::init()
{
    m_bench = std::make_unique<WindowBench>(kNow);
    {
        const auto engine = m_bench->engine();
        QVERIFY(engine->addDemo({}));
        ImportRequest request;
        request.last = Day{std::chrono::year{2026} / 6 / 5};
        QVERIFY(engine->import(request, {}));
    }
    m_window = &m_bench->open();
    QTRY_VERIFY_WITH_TIMEOUT(m_window->calendarPage().isLoaded(), kWindowPatience);
    m_window->calendarPage().grid().select(kLanded);
    QTRY_VERIFY_WITH_TIMEOUT(canPressIn(m_window, kReimport), kWindowPatience);
}

void TestVersionsWindow::cleanup() { m_bench.reset(); }

void TestVersionsWindow::dropRows(int rows) const
{
    sqlite3* database = nullptr;
    const QString file = m_bench->path(QStringLiteral("workspace/demo.sqlite"));
    const QString sql = QStringLiteral("DELETE FROM statsig_user_metrics WHERE rowid IN (SELECT "
                                       "rowid FROM statsig_user_metrics WHERE date LIKE "
                                       "'2026-06-05%' LIMIT %1)")
                            .arg(rows);
    QCOMPARE(sqlite3_open(file.toUtf8().constData(), &database), SQLITE_OK);
    QCOMPARE(sqlite3_exec(database, sql.toUtf8().constData(), nullptr, nullptr, nullptr),
             SQLITE_OK);
    QCOMPARE(sqlite3_close(database), SQLITE_OK);
}

/// Presses the button and waits until the dialog knows what would change.
VersionDialog* TestVersionsWindow::dialogOf(const QString& button)
{
    buttonOf(m_window, button)->click();
    auto* dialog = m_window->findChild<VersionDialog*>();
    const QString accept =
        button == kReimport ? QStringLiteral("Replace") : QStringLiteral("Roll back");
    const bool known =
        dialog && QTest::qWaitFor([&] { return canPressIn(dialog, accept); }, kWindowPatience);
    return known ? dialog : nullptr;
}

void TestVersionsWindow::impactsInWords()
{
    DayImpact impact;
    impact.same = true;
    impact.rowsAfter = 1234;
    QCOMPARE(impactSentence(impact), QStringLiteral("The rows are the very same, 1,234 of them."));
    impact.same = false;
    impact.rowsBefore = 10;
    impact.rowsAfter = 0;
    impact.removed = 10;
    QCOMPARE(impactSentence(impact),
             QStringLiteral("0 rows come in the place of 10: 0 added, 10 removed, 0 changed. The "
                            "day would be left without rows."));
    MetricImpact flips;
    flips.metric = "<b>rate";
    flips.rowsBefore = flips.rowsAfter = 5;
    flips.isRatio = true;
    flips.sumBefore = 5;
    flips.numeratorAfter = 2;
    flips.denominatorAfter = 2.5;
    impact.metrics = {flips};
    impact.rowsAfter = 9;
    impact.exact = false;
    impact.rejectedAfter = 2;
    QCOMPARE(impactSentence(impact),
             QStringLiteral("9 rows come in the place of 10. The landed rows could not be compared "
                            "one by one. <b>rate becomes a ratio. 2 rows are rejected, where it "
                            "was 0."));
    ImpactModel model;
    const QAbstractItemModelTester tester(&model);
    model.reset(impact);
    const auto cell = [&model](int column) { return model.index(0, column).data().toString(); };
    QCOMPARE(cell(ImpactModel::Metric), QStringLiteral("<b>rate"));
    QCOMPARE(cell(ImpactModel::Kind), QStringLiteral("value → ratio"));
    QCOMPARE(cell(ImpactModel::Rows), QStringLiteral("5 → 5"));
    QCOMPARE(cell(ImpactModel::Changed), QStringLiteral("unknown"));
    QCOMPARE(cell(ImpactModel::Sums),
             QStringLiteral("5 → none, numerator none → 2, denominator none → 2.5"));
    model.reset({});
    QCOMPARE(model.rowCount(), 0);
}

void TestVersionsWindow::replacesAndGoesBack()
{
    QVERIFY(!canPressIn(m_window, kRollBack));
    dropRows(4);
    VersionDialog* dialog = dialogOf(kReimport);
    QVERIFY(dialog);
    QVERIFY(saysIn(dialog, QStringLiteral("0 added, 4 removed, 0 changed.")));
    QVERIFY(tableOf(dialog, QStringLiteral("Metrics that change"))->isVisible());
    QTest::keyClicks(dialog->findChild<QLineEdit*>(), QStringLiteral("late rows"));
    buttonOf(dialog, QStringLiteral("Replace"))->click();
    QTRY_VERIFY_WITH_TIMEOUT(says(QStringLiteral("5 June 2026 was imported again.")),
                             kWindowPatience);
    QTRY_VERIFY_WITH_TIMEOUT(canPressIn(m_window, kRollBack), kWindowPatience);

    dialog = dialogOf(kRollBack);
    QVERIFY(dialog);
    QCOMPARE(dialog->findChild<QComboBox*>()->count(), 1);
    QVERIFY(saysIn(dialog, QStringLiteral("4 added, 0 removed, 0 changed.")));
    buttonOf(dialog, QStringLiteral("Roll back"))->click();
    QTRY_VERIFY_WITH_TIMEOUT(says(QStringLiteral("5 June 2026 is as run ")), kWindowPatience);
    QTRY_VERIFY_WITH_TIMEOUT(canPressIn(m_window, kRollBack), kWindowPatience);
}

void TestVersionsWindow::cancellingChangesNothing()
{
    dropRows(4);
    VersionDialog* dialog = dialogOf(kReimport);
    QVERIFY(dialog);
    QTest::keyClick(dialog, Qt::Key_Escape);
    QTRY_VERIFY(!m_window->findChild<VersionDialog*>());
    QVERIFY(canPressIn(m_window, kReimport));
    QVERIFY(!canPressIn(m_window, kRollBack));
    // While the day is still being read, too.
    buttonOf(m_window, kReimport)->click();
    QTest::keyClick(m_window->findChild<VersionDialog*>(), Qt::Key_Escape);
    QTRY_VERIFY(!m_window->findChild<VersionDialog*>());
    QVERIFY(dialogOf(kReimport));
}

void TestVersionsWindow::aSourceThatChangesMeanwhileIsAskedAboutAgain()
{
    VersionDialog* dialog = dialogOf(kReimport);
    QVERIFY(dialog);
    QVERIFY(saysIn(dialog, QStringLiteral("The rows are the very same")));
    dropRows(1);
    buttonOf(dialog, QStringLiteral("Replace"))->click();
    QTRY_VERIFY_WITH_TIMEOUT(says(QStringLiteral("has changed again since you looked")),
                             kWindowPatience);
    QVERIFY(!canPressIn(m_window, kRollBack));
}

void TestVersionsWindow::onlyLandedDaysHaveVersions()
{
    m_window->calendarPage().grid().select(kLanded.addDays(3));
    QTRY_VERIFY(!canPressIn(m_window, kReimport));
    QVERIFY(!canPressIn(m_window, kRollBack));
}

QTEST_MAIN(TestVersionsWindow)
#include "tst_versions_window.moc"
