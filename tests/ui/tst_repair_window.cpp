// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later

// A workspace whose ledger is damaged or gone, as the window meets it.

#include "window_bench.h"

#include "ui/calendar/calendar_page.h"
#include "ui/shell/repair_panel.h"

#include <QFile>
#include <QRadioButton>

using namespace daymark;
using namespace daymark::ui;

namespace {

constexpr const char* kNow = "2026-06-17T10:00:00Z";
const QString kMake = QStringLiteral("Make a new ledger");

} // namespace

class TestRepairWindow : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void aDamagedLedgerIsMadeAnew();
    void aMissingOneComesFromTheCopy();
    void theLandedFilesAlone();
    void whatIsSaidOfARepair();

private:
    [[nodiscard]] QString ledger() const
    {
        return m_bench->path(QStringLiteral("workspace/daymark.sqlite"));
    }
    void damage() const;
    /// Opens the window and waits until it knows what is left.
    void openDamaged();
    QRadioButton* way(const QString& name);
    void repair();

    std::unique_ptr<WindowBench> m_bench;
    MainWindow* m_window = nullptr;
};

void TestRepairWindow::initTestCase()
{
    QCoreApplication::setOrganizationName(QStringLiteral("daymark-test"));
    QCoreApplication::setApplicationName(QStringLiteral("tst_repair_window"));
}

void TestRepairWindow::init()
{
    m_bench = std::make_unique<WindowBench>(kNow);
    {
        const auto engine = m_bench->engine();
        QVERIFY(engine->addDemo({}));
        ImportRequest request;
        request.last = Day{std::chrono::year{2026} / 5 / 22};
        QVERIFY(engine->import(request, {}));
    }
    QVERIFY(QDir(m_bench->path(QStringLiteral("workspace/backups"))).exists());
}

void TestRepairWindow::cleanup() { m_bench.reset(); }

void TestRepairWindow::damage() const
{
    QFile file(ledger());
    QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
    file.write("This is no ledger.\n");
}

void TestRepairWindow::openDamaged()
{
    m_window = &m_bench->open();
    QTRY_VERIFY_WITH_TIMEOUT(canPressIn(m_window, kMake), kWindowPatience);
    QVERIFY(saysIn(m_window, QStringLiteral("ledger cannot be used")));
    QVERIFY(saysIn(m_window, QStringLiteral("Nothing was changed")));
}

QRadioButton* TestRepairWindow::way(const QString& name)
{
    for (QRadioButton* candidate : m_window->findChildren<QRadioButton*>())
        if (candidate->isVisible() && candidate->text().remove(QLatin1Char('&')) == name)
            return candidate;
    return nullptr;
}

void TestRepairWindow::repair()
{
    buttonOf(m_window, kMake)->click();
    QTRY_VERIFY_WITH_TIMEOUT(m_window->bridge().isOpen(), kWindowPatience);
    QTRY_VERIFY_WITH_TIMEOUT(saysIn(m_window, QStringLiteral("A new ledger is in its place")),
                             kWindowPatience);
}

void TestRepairWindow::aDamagedLedgerIsMadeAnew()
{
    damage();
    openDamaged();
    QVERIFY(saysIn(m_window, QStringLiteral("Landed days found: ")));
    QFile file(ledger());
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), QByteArray("This is no ledger.\n"));
    file.close();
    QVERIFY(way(QStringLiteral("What is left of it"))->isChecked());
    repair();
    QVERIFY(saysIn(m_window, QStringLiteral("What was there before lies in")));
    QTRY_COMPARE_WITH_TIMEOUT(m_window->calendarPage().source(), QStringLiteral("demo"),
                              kWindowPatience);
}

void TestRepairWindow::aMissingOneComesFromTheCopy()
{
    QVERIFY(QFile::remove(ledger()));
    openDamaged();
    QVERIFY(saysIn(m_window, QStringLiteral("is missing.")));
    QVERIFY(way(QStringLiteral("The last good copy"))->isEnabled());
    way(QStringLiteral("The last good copy"))->click();
    repair();
    QVERIFY(saysIn(m_window, QStringLiteral("the copy backups/daymark-")));
    QVERIFY(!saysIn(m_window, QStringLiteral("lies in")));
}

void TestRepairWindow::theLandedFilesAlone()
{
    damage();
    QVERIFY(QDir(m_bench->path(QStringLiteral("workspace/backups"))).removeRecursively());
    openDamaged();
    QVERIFY(!way(QStringLiteral("The last good copy"))->isEnabled());
    way(QStringLiteral("The landed files alone"))->click();
    repair();
    QVERIFY(saysIn(m_window, QStringLiteral("add a source of that name again")));
}

void TestRepairWindow::whatIsSaidOfARepair()
{
    RepairReport report;
    report.base = "nothing but the landed files";
    report.days = 1;
    report.rebuilt = 1;
    report.notes.assign(9, "A note.");
    const QString words = repairWords(report);
    QVERIFY(words.contains(QStringLiteral("Landed days found: 1; 1 of them are entered")));
    QCOMPARE(words.count(QStringLiteral("A note.")), 5);
    QVERIFY(words.contains(QStringLiteral("4 more notes")));
    QVERIFY(!words.contains(QStringLiteral("lies in")));
}

QTEST_MAIN(TestRepairWindow)
#include "tst_repair_window.moc"
