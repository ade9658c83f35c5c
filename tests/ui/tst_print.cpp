// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later

// The calendar on paper: what the page shows, the dialog, and what is said afterwards.

#include "window_bench.h"

#include "ui/calendar/calendar_page.h"
#include "ui/calendar/day_grid.h"
#include "ui/calendar/welcome_panel.h"
#include "ui/style/appearance.h"
#include "ui/style/widgets.h"

#include <QAction>
#include <QBuffer>
#include <QLineEdit>
#include <QPdfWriter>
#include <QPrintDialog>

using namespace daymark;
using namespace daymark::ui;

namespace {

constexpr const char* kNow = "2026-06-17T10:00:00Z";
constexpr QSize kPaper(1000, 700);

QImage drawn(const CalendarSheet::Content& content)
{
    CalendarSheet sheet(content);
    sheet.resize(kPaper);
    return sheet.grab().toImage();
}

} // namespace

class TestPrint : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void thePageIsLight();
    void nothingOnItIsSelected();
    void fitsOnePage_data();
    void fitsOnePage();
    void writesAFile();
    void saysWhereNothingCanBeWritten();
    void teachesWithoutASource();

private:
    CalendarPage& page() { return m_window->calendarPage(); }
    QString messages();
    /// Asks for the calendar in that file, as people do.
    void printTo(const QString& file);

    std::unique_ptr<WindowBench> m_bench;
    MainWindow* m_window = nullptr;
};

void TestPrint::initTestCase()
{
    QCoreApplication::setOrganizationName(QStringLiteral("daymark-test"));
    QCoreApplication::setApplicationName(QStringLiteral("tst_print"));
}

void TestPrint::init()
{
    m_bench = std::make_unique<WindowBench>(kNow);
    if (qstrcmp(QTest::currentTestFunction(), "teachesWithoutASource") != 0)
        QVERIFY(m_bench->engineAt("2026-06-17T08:00:00Z")->addDemo({}));
    m_window = &m_bench->open();
    m_window->showPage(MainWindow::Calendar);
}

void TestPrint::cleanup() { m_bench.reset(); }

QString TestPrint::messages()
{
    QStringList words;
    for (const Banner* banner : page().findChildren<Banner*>()) {
        if (banner->isVisible())
            words << banner->text();
    }
    return words.join(QLatin1Char('\n'));
}

void TestPrint::thePageIsLight()
{
    QTRY_VERIFY_WITH_TIMEOUT(page().isLoaded(), kWindowPatience);
    const QImage light = drawn(page().sheet());
    QCOMPARE(light.pixelColor(kPaper.width() - 1, 0), QColor(Qt::white));
    applyAppearance(Appearance::Dark);
    const QImage inDark = drawn(page().sheet());
    applyAppearance(Appearance::Light);
    QVERIFY(inDark == light);
}

void TestPrint::nothingOnItIsSelected()
{
    QTRY_VERIFY_WITH_TIMEOUT(page().isLoaded(), kWindowPatience);
    CalendarSheet::Content one = page().sheet();
    one.day = QDate(2026, 6, 10);
    CalendarSheet::Content other = one;
    other.day = QDate(2026, 6, 12);
    QVERIFY(drawn(one) == drawn(other));
    other.day = QDate(2026, 5, 12);
    QVERIFY(drawn(one) != drawn(other));
    other.day = one.day;
    other.zoom = Zoom::Year;
    QVERIFY(drawn(one) != drawn(other));
}

void TestPrint::fitsOnePage_data()
{
    QTest::addColumn<int>("zoom");
    QTest::addColumn<int>("size");
    for (const auto& [name, size] :
         {std::pair("A4", QPageSize::A4), std::pair("A6", QPageSize::A6)}) {
        QTest::addRow("month on %s", name) << int(Zoom::Month) << int(size);
        QTest::addRow("year on %s", name) << int(Zoom::Year) << int(size);
    }
}

void TestPrint::fitsOnePage()
{
    QFETCH(int, zoom);
    QFETCH(int, size);
    QTRY_VERIFY_WITH_TIMEOUT(page().isLoaded(), kWindowPatience);
    CalendarSheet::Content content = page().sheet();
    content.zoom = Zoom(zoom);
    QByteArray bytes;
    QBuffer buffer(&bytes);
    QVERIFY(buffer.open(QIODevice::WriteOnly));
    {
        QPdfWriter writer(&buffer);
        writer.setPageSize(QPageSize(QPageSize::PageSizeId(size)));
        writer.setPageOrientation(QPageLayout::Landscape);
        QVERIFY(CalendarSheet(content).print(writer));
    }
    QVERIFY(bytes.startsWith("%PDF-"));
    QCOMPARE(bytes.count("/Type /Page\n"), 1);
    QVERIFY2(bytes.size() < 2'000'000, qPrintable(QString::number(bytes.size())));
}

void TestPrint::printTo(const QString& file)
{
    QTRY_VERIFY_WITH_TIMEOUT(page().isLoaded(), kWindowPatience);
    QTest::keyClick(m_window, Qt::Key_P, Qt::ControlModifier);
    QPrintDialog* dialog = nullptr;
    QTRY_VERIFY_WITH_TIMEOUT((dialog = m_window->findChild<QPrintDialog*>()), kWindowPatience);
    auto* name = dialog->findChild<QLineEdit*>(QStringLiteral("filename"));
    QVERIFY(name);
    name->setText(file);
    dialog->accept();
}

void TestPrint::writesAFile()
{
    const QTemporaryDir folder;
    const QString file = folder.filePath(QStringLiteral("June.pdf"));
    printTo(file);
    QVERIFY2(messages().contains(QStringLiteral("was written to ") + file), qPrintable(messages()));
    QFile written(file);
    QVERIFY(written.open(QIODevice::ReadOnly));
    const QByteArray bytes = written.readAll();
    QVERIFY(bytes.startsWith("%PDF-") && bytes.trimmed().endsWith("%%EOF"));
    QVERIFY2(bytes.size() < 2'000'000, qPrintable(QString::number(bytes.size())));
}

void TestPrint::saysWhereNothingCanBeWritten()
{
    CalendarSheet::Content content = page().sheet();
    QPdfWriter nowhere(QStringLiteral("/nonexistent/June.pdf"));
    QVERIFY(!CalendarSheet(content).print(nowhere));
}

void TestPrint::teachesWithoutASource()
{
    const auto* welcome = page().findChild<WelcomePanel*>();
    QTRY_VERIFY_WITH_TIMEOUT(welcome->isVisible(), kWindowPatience);
    page().printAction()->trigger();
    QVERIFY(m_window->findChildren<QPrintDialog*>().isEmpty());
    QTRY_VERIFY_WITH_TIMEOUT(messages().contains(QStringLiteral("add a source first")),
                             kWindowPatience);
}

QTEST_MAIN(TestPrint)

#include "tst_print.moc"
