// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
// The Day page on a real engine and the demo source, opened from the calendar and left again.

#include "window_bench.h"

#include "ui/calendar/calendar_page.h"
#include "ui/calendar/month_grid.h"
#include "ui/day/day_models.h"
#include "ui/day/day_page.h"
#include "ui/day/day_story_view.h"
#include "ui/preview/preview_page.h"
#include "ui/style/text.h"

#include <QAbstractItemModelTester>
#include <QClipboard>
#include <QDialog>
#include <QGuiApplication>
#include <QLineEdit>
#include <QSignalSpy>

using namespace daymark;
using namespace daymark::ui;

namespace {

constexpr const char* kNow = "2026-06-17T10:00:00Z";
const QDate kGap(2026, 6, 8);

} // namespace

class TestDayPage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void modelsHoldCopies();
    void announcementsInWords();
    void opensAndGoesBackByKeys();
    void opensByDoubleClickAndButton();
    void tellsTheStoryOfALandedDay();
    void actsOnAGap();
    void leadsToThePreview();

private:
    void importAll();
    void openDay(QDate day);

    std::unique_ptr<WindowBench> m_bench;
    MainWindow* m_window = nullptr;
};

void TestDayPage::initTestCase()
{
    QCoreApplication::setOrganizationName(QStringLiteral("daymark-test"));
    QCoreApplication::setApplicationName(QStringLiteral("tst_day_page"));
}

void TestDayPage::init()
{
    m_bench = std::make_unique<WindowBench>(kNow);
    QVERIFY(m_bench->engine()->addDemo({}));
    m_window = &m_bench->open();
    QTRY_VERIFY_WITH_TIMEOUT(m_window->calendarPage().isLoaded(), kWindowPatience);
}

void TestDayPage::cleanup() { m_bench.reset(); }

void TestDayPage::importAll()
{
    QSignalSpy passes(&m_window->bridge(), &EngineBridge::passFinished);
    QTRY_VERIFY_WITH_TIMEOUT(canPressIn(m_window, QStringLiteral("Import now")), kWindowPatience);
    buttonOf(m_window, QStringLiteral("Import now"))->click();
    QTRY_COMPARE_WITH_TIMEOUT(passes.count(), 1, kWindowPatience);
}

void TestDayPage::openDay(QDate day)
{
    m_window->calendarPage().grid().select(day);
    QTest::keyClick(&m_window->calendarPage().grid(), Qt::Key_Return);
    QTRY_VERIFY_WITH_TIMEOUT(m_window->dayPage().isLoaded(), kWindowPatience);
    QCOMPARE(m_window->dayPage().day(), day);
}

void TestDayPage::modelsHoldCopies()
{
    FilesModel files;
    JournalModel journal;
    const QAbstractItemModelTester filesTester(&files);
    const QAbstractItemModelTester journalTester(&journal);
    DayRun run;
    run.run.id = RunId{7};
    run.files = {{"landing/<b>.parquet", 2048, "abc", 1234}};
    files.reset({run});
    QCOMPARE(files.rowCount(), 1);
    QCOMPARE(files.index(0, FilesModel::Path).data().toString(),
             QStringLiteral("landing/<b>.parquet"));
    QCOMPARE(files.index(0, FilesModel::Rows).data().toString(), QStringLiteral("1,234"));
    JournalEntry entry;
    entry.actor = "anna";
    entry.action = "day.skip";
    journal.reset({entry, entry});
    QCOMPARE(journal.index(1, JournalModel::What).data().toString(), QStringLiteral("skipped"));
    QCOMPARE(actionWords("of.tomorrow"), QStringLiteral("of.tomorrow"));
    journal.reset({});
    QCOMPARE(journal.rowCount(), 0);
}

void TestDayPage::announcementsInWords()
{
    QCOMPARE(announcementWords({}), QStringLiteral("Nobody has announced the day yet."));
    SignalInfo source;
    source.by = "source";
    source.gone = true;
    SignalInfo anna;
    anna.by = "anna";
    anna.byOperator = true;
    const QStringList lines = announcementWords({source, anna}).split(QLatin1Char('\n'));
    QCOMPARE(lines.size(), 2);
    QVERIFY(lines[0].startsWith(QLatin1String("Announced by the source, first seen ")));
    QVERIFY(lines[0].contains(QLatin1String("withdrawn since")));
    QVERIFY(lines[1].startsWith(QLatin1String("Announced by anna, first seen ")));
}

void TestDayPage::opensAndGoesBackByKeys()
{
    DayPage& page = m_window->dayPage();
    for (const auto& [key, modifier] :
         {std::pair(Qt::Key_Escape, Qt::NoModifier), std::pair(Qt::Key_Left, Qt::AltModifier)}) {
        openDay(kGap);
        QVERIFY(page.isVisible());
        QTest::keyClick(m_window, key, modifier);
        QTRY_VERIFY(m_window->calendarPage().isVisible());
        QVERIFY(!page.isVisible());
    }
    // On the calendar the same keys turn its months.
    QTest::keyClick(m_window, Qt::Key_Left, Qt::AltModifier);
    QTRY_COMPARE(m_window->calendarPage().grid().selected(), QDate(2026, 5, 8));
}

void TestDayPage::opensByDoubleClickAndButton()
{
    MonthGrid& grid = m_window->calendarPage().grid();
    const std::optional<int> cell = grid.dates().indexOf(kGap);
    QVERIFY(cell);
    const QPoint centre = grid.cellRect(*cell).center();
    QTest::mouseClick(&grid, Qt::LeftButton, {}, centre);
    QTest::mouseDClick(&grid, Qt::LeftButton, {}, centre);
    QTRY_VERIFY(m_window->dayPage().isVisible());
    buttonOf(m_window, QStringLiteral("Back to calendar"))->click();
    QVERIFY(grid.isVisible());
    buttonOf(m_window, QStringLiteral("Open day"))->click();
    QTRY_VERIFY(m_window->dayPage().isVisible());
}

void TestDayPage::tellsTheStoryOfALandedDay()
{
    importAll();
    openDay(kGap.addDays(-1));
    DayPage& page = m_window->dayPage();
    QTRY_VERIFY(saysIn(&page, QStringLiteral("is imported")));
    QVERIFY(saysIn(&page, QStringLiteral("Announced by the source, first seen ")));
    const QTableView* runs = tableOf(&page, QStringLiteral("Runs of the day"));
    QVERIFY(runs && runs->isVisible());
    QCOMPARE(runs->model()->rowCount(), 1);
    QTRY_VERIFY(saysIn(&page, QStringLiteral(" accepted + ")));
    const QTableView* files = tableOf(&page, QStringLiteral("Landed files of the day"));
    QCOMPARE(files->model()->rowCount(), 1);
    QCOMPARE(files->model()->index(0, FilesModel::Sha256).data().toString().size(), 64);
    const QTableView* journal = tableOf(&page, QStringLiteral("Journal of the day"));
    QVERIFY(journal->model()->rowCount() >= 1);
    QVERIFY(!buttonOf(&page, QStringLiteral("Retry")));

    // The day after it, from here.
    for (QAbstractButton* arrow : page.findChildren<QAbstractButton*>()) {
        if (arrow->accessibleName() == QLatin1String("Next day"))
            arrow->click();
    }
    QTRY_VERIFY(page.isLoaded() && page.day() == kGap);
    QVERIFY(saysIn(&page, QStringLiteral("Nobody has announced the day yet.")));
    QVERIFY(saysIn(&page, QStringLiteral("No run has tried to import the day yet.")));
}

void TestDayPage::actsOnAGap()
{
    importAll();
    openDay(kGap);
    DayPage& page = m_window->dayPage();
    QTRY_VERIFY(canPressIn(&page, QStringLiteral("Probe source")));
    buttonOf(&page, QStringLiteral("Probe source"))->click();
    QTRY_VERIFY_WITH_TIMEOUT(saysIn(&page, QStringLiteral("rows complete but not signalled")),
                             kWindowPatience);

    buttonOf(&page, QStringLiteral("Copy statement"))->click();
    const QString statement = QGuiApplication::clipboard()->text();
    QVERIFY(statement.startsWith(QLatin1String("INSERT INTO ")));
    QVERIFY(statement.contains(QLatin1String("2026-06-08")));

    buttonOf(&page, QStringLiteral("Skip day…"))->click();
    QDialog* dialog = nullptr;
    QTRY_VERIFY(dialog = m_window->findChild<QDialog*>());
    QTest::keyClicks(dialog->findChild<QLineEdit*>(), QStringLiteral("closed"));
    buttonOf(dialog, QStringLiteral("Skip day"))->click();
    QTRY_VERIFY_WITH_TIMEOUT(canPressIn(&page, QStringLiteral("Reopen")), kWindowPatience);
    const QTableView* journal = tableOf(&page, QStringLiteral("Journal of the day"));
    QTRY_COMPARE(journal->model()->index(0, JournalModel::What).data().toString(),
                 QStringLiteral("skipped"));
    buttonOf(&page, QStringLiteral("Reopen"))->click();
    QTRY_VERIFY_WITH_TIMEOUT(canPressIn(&page, QStringLiteral("Mark finished")), kWindowPatience);
    buttonOf(&page, QStringLiteral("Mark finished"))->click();
    QTRY_VERIFY_WITH_TIMEOUT(saysIn(&page, QStringLiteral("Announced by tester, first seen ")),
                             kWindowPatience);
    importAll();
    QTRY_VERIFY_WITH_TIMEOUT(saysIn(&page, QStringLiteral(" accepted + ")), kWindowPatience);
}

void TestDayPage::leadsToThePreview()
{
    openDay(kGap);
    buttonOf(m_window, QStringLiteral("Preview rows"))->click();
    PreviewPage& preview = m_window->previewPage();
    QTRY_VERIFY_WITH_TIMEOUT(preview.preview() && !preview.isBusy(), kWindowPatience);
    QCOMPARE(preview.preview()->day.value(), toDay(kGap));
}

QTEST_MAIN(TestDayPage)
#include "tst_day_page.moc"
