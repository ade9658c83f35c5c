// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
// The proof of a run: written from the Runs page, shown in a window of its own.

#include "window_bench.h"

#include "ui/runs/proof_window.h"
#include "ui/runs/text_table.h"
#include "ui/shell/navigation.h"

#include <QAbstractItemModelTester>
#include <QFileDialog>
#include <QTabWidget>

#include <fstream>

using namespace daymark;
using namespace daymark::ui;

namespace {

constexpr const char* kNow = "2026-06-17T10:00:00Z";

/// Every cell of a table, a row a line.
QString cellsOf(const QTableView* table)
{
    QStringList lines;
    for (int row = 0; row < table->model()->rowCount(); ++row) {
        QStringList cells;
        for (int column = 0; column < table->model()->columnCount(); ++column)
            cells << table->model()->index(row, column).data().toString();
        lines << cells.join(QStringLiteral(" | "));
    }
    return lines.join(QLatin1Char('\n'));
}

} // namespace

class TestProofWindow : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup() { m_bench.reset(); }
    void showsAProof();
    void saysWhyAFileIsNone();
    void textsAreShownAsTheyAre();
    void isExportedFromTheRunsPage();

private:
    [[nodiscard]] QString exported(int run) const;

    std::unique_ptr<WindowBench> m_bench;
};

void TestProofWindow::initTestCase()
{
    QCoreApplication::setOrganizationName(QStringLiteral("daymark-test"));
    QCoreApplication::setApplicationName(QStringLiteral("tst_proof_window"));
}

void TestProofWindow::init()
{
    m_bench = std::make_unique<WindowBench>(kNow);
    const auto engine = m_bench->engine();
    QVERIFY(engine->addDemo({}));
    ImportRequest request;
    request.last = Day{std::chrono::year{2026} / 5 / 30};
    QVERIFY(engine->import(request, {}));
}

QString TestProofWindow::exported(int run) const
{
    QString path = m_bench->path(QStringLiteral("run.daymark-run"));
    if (!exportRun(*m_bench->engine(), RunId{run}, path.toStdString()))
        qFatal("no proof");
    return path;
}

void TestProofWindow::showsAProof()
{
    const QString path = exported(1);
    const auto proof = readRunProof(path.toStdString());
    QVERIFY(proof);
    ProofWindow window(path, proof);
    window.show();
    QVERIFY(saysIn(&window, QStringLiteral("Run 1 of demo")));
    QVERIFY(saysIn(&window, QStringLiteral("The file is whole")));
    auto* tabs = window.findChild<QTabWidget*>();
    QCOMPARE(tabs->count(), 5);
    const QString facts = cellsOf(tableOf(&window, QStringLiteral("Run")));
    QVERIFY2(facts.contains(QStringLiteral("State | imported")), qPrintable(facts));
    QVERIFY(cellsOf(tableOf(&window, QStringLiteral("Files")))
                .contains(QString::fromStdString(proof->files.front().sha256)));
    QVERIFY(cellsOf(tableOf(&window, QStringLiteral("Settings")))
                .contains(QStringLiteral("kind | sqlite")));
    const QTableView* calendar = tableOf(&window, QStringLiteral("Calendar"));
    QCOMPARE(calendar->model()->index(calendar->currentIndex().row(), 0).data().toString(),
             QString::fromStdString(formatDay(proof->day)));
    QTest::keyClick(&window, Qt::Key_Escape);
    QVERIFY(!window.isVisible());
}

void TestProofWindow::saysWhyAFileIsNone()
{
    const QString path = exported(1);
    std::ofstream(path.toStdString(), std::ios::app) << "more";
    ProofWindow window(path, readRunProof(path.toStdString()));
    window.show();
    QVERIFY(saysIn(&window, QStringLiteral("This file cannot be shown.")));
    QVERIFY(saysIn(&window, QStringLiteral("is not what was written")));
    QVERIFY(canPressIn(&window, QStringLiteral("Close")));
}

void TestProofWindow::textsAreShownAsTheyAre()
{
    const TextTable table({QStringLiteral("A"), QStringLiteral("B")},
                          {{QStringLiteral("<b>x</b>"), {}}, {QStringLiteral("short")}});
    const QAbstractItemModelTester tester(const_cast<TextTable*>(&table),
                                          QAbstractItemModelTester::FailureReportingMode::QtTest);
    QCOMPARE(table.rowCount(), 2);
    QCOMPARE(table.data(table.index(0, 0), Qt::DisplayRole).toString(), QStringLiteral("<b>x</b>"));
    QVERIFY(!table.data(table.index(0, 0), Qt::ToolTipRole)
                 .toString()
                 .contains(QStringLiteral("<b>x")));
    QVERIFY(table.data(table.index(1, 1), Qt::DisplayRole).toString().isEmpty());
    QVERIFY(!table.data({}, Qt::DisplayRole).isValid());
    Error forged;
    forged.message = "<img src=x> is no proof of a run.";
    ProofWindow window(QStringLiteral("<b>x</b>"), fail(forged));
    window.show();
    for (const QLabel* label : window.findChildren<QLabel*>())
        QCOMPARE(label->textFormat(), Qt::PlainText);
}

void TestProofWindow::isExportedFromTheRunsPage()
{
    MainWindow& window = m_bench->open();
    QTRY_VERIFY_WITH_TIMEOUT(saysIn(&window, QStringLiteral("demo")), kWindowPatience);
    window.showPage(MainWindow::Page::Runs);
    const QString button = QStringLiteral("Export proof…");
    QTRY_VERIFY_WITH_TIMEOUT(canPressIn(&window, button), kWindowPatience);
    buttonOf(&window, button)->click();
    auto* dialog = window.findChild<QFileDialog*>();
    QVERIFY(dialog);
    const QString path = m_bench->path(QStringLiteral("from-window.daymark-run"));
    dialog->selectFile(path);
    Q_EMIT dialog->fileSelected(path);
    dialog->close();
    QTRY_VERIFY_WITH_TIMEOUT(saysIn(&window, QStringLiteral("was saved as")), kWindowPatience);
    QVERIFY(readRunProof(path.toStdString()));
}

QTEST_MAIN(TestProofWindow)

#include "tst_proof_window.moc"
