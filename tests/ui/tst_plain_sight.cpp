// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later

// What people see and hear of the window, page by page: nothing is cut, nothing speaks markup, and
// whatever cannot be pressed says why.

#include "window_bench.h"

#include "ui/calendar/calendar_page.h"
#include "ui/calendar/zoomed_grid.h"
#include "ui/catalog/catalog_page.h"
#include "ui/day/day_page.h"
#include "ui/overview/overview_page.h"
#include "ui/preview/preview_page.h"
#include "ui/runs/runs_page.h"
#include "ui/shell/page_area.h"
#include "ui/sources/sources_page.h"
#include "ui/style/tables.h"
#include "ui/style/text.h"

#include <QAccessible>
#include <QMenu>
#include <QMenuBar>
#include <QScrollBar>
#include <QSignalSpy>
#include <QStringListModel>
#include <QStyledItemDelegate>
#include <QToolButton>

using namespace daymark;
using namespace daymark::ui;

namespace {

constexpr const char* kNow = "2026-06-17T10:00:00Z";
const QDate kGap(2026, 6, 8);
constexpr QSize kSmallest{1010, 668}; // 1024x700 with the frame of a window around it
constexpr int kEdges = 6;             // of a button, both together

QString nameOf(const QWidget& widget)
{
    return QStringLiteral("%1 '%2'").arg(QLatin1String(widget.metaObject()->className()),
                                         widget.accessibleName());
}

bool isCut(const QLabel& label)
{
    if (label.text().isEmpty() || label.sizePolicy().horizontalPolicy() == QSizePolicy::Ignored)
        return false;
    if (label.wordWrap())
        return label.heightForWidth(label.width()) > label.height() + 1;
    return label.sizeHint().width() > label.width() + 1 ||
           label.sizeHint().height() > label.height() + 1;
}

bool isCut(const QTableView& table)
{
    return table.model()->rowCount() > 0 && table.horizontalScrollBar()->maximum() > 0;
}

QStringList cutParts(const QWidget& page)
{
    QStringList cut;
    for (const QLabel* label : page.findChildren<QLabel*>()) {
        if (label->isVisible() && isCut(*label))
            cut << QStringLiteral("label '%1' in %2")
                       .arg(label->text(), nameOf(*label->parentWidget()));
    }
    for (const QAbstractButton* button : page.findChildren<QAbstractButton*>()) {
        if (button->isVisible() && !button->text().isEmpty() &&
            button->fontMetrics().size(Qt::TextShowMnemonic, button->text()).width() >
                button->width() - kEdges)
            cut << QStringLiteral("button '%1'").arg(button->text());
    }
    for (const QTableView* table : page.findChildren<QTableView*>()) {
        if (table->isVisible() && isCut(*table))
            cut << QStringLiteral("table %1").arg(table->accessibleName());
    }
    return cut;
}

bool speaksMarkup(const QString& words)
{
    return words.contains(QLatin1String("<qt>")) || words.contains(QLatin1String("&lt;"));
}

/// What assistive technology hears of every widget that is there.
QStringList markupIn(QWidget& home)
{
    QStringList found;
    for (QWidget* widget : home.findChildren<QWidget*>()) {
        QAccessibleInterface* heard = QAccessible::queryAccessibleInterface(widget);
        if (!heard)
            continue;
        for (const QAccessible::Text part :
             {QAccessible::Name, QAccessible::Description, QAccessible::Help}) {
            if (speaksMarkup(heard->text(part)))
                found << nameOf(*widget) + QLatin1Char(' ') + heard->text(part);
        }
    }
    for (const QAction* action : home.findChildren<QAction*>()) {
        if (speaksMarkup(action->statusTip()) || speaksMarkup(action->text()))
            found << action->text();
    }
    return found;
}

} // namespace

class TestPlainSight : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void nothingIsCutOrSpeaksMarkup();
    void aRangeIsShownWhole();
    void whatOnlyIsShownSaysWhy();
    void whatTurnsTextIsWrittenOut();

private:
    void importAll();
    void showPage(MainWindow::Page page);
    [[nodiscard]] QWidget* page(MainWindow::Page page);

    std::unique_ptr<WindowBench> m_bench;
    MainWindow* m_window = nullptr;
};

void TestPlainSight::initTestCase()
{
    QCoreApplication::setOrganizationName(QStringLiteral("daymark-test"));
    QCoreApplication::setApplicationName(QStringLiteral("tst_plain_sight"));
}

void TestPlainSight::init()
{
    m_bench = std::make_unique<WindowBench>(kNow);
    QVERIFY(m_bench->engine()->addDemo({}));
}

void TestPlainSight::cleanup() { m_bench.reset(); }

void TestPlainSight::importAll()
{
    m_window = &m_bench->open();
    m_window->resize(kSmallest);
    m_window->showPage(MainWindow::Calendar);
    QTRY_VERIFY_WITH_TIMEOUT(m_window->calendarPage().isLoaded(), kWindowPatience);
    QSignalSpy passes(&m_window->bridge(), &EngineBridge::passFinished);
    QTRY_VERIFY_WITH_TIMEOUT(canPressIn(m_window, QStringLiteral("Import now")), kWindowPatience);
    buttonOf(m_window, QStringLiteral("Import now"))->click();
    QTRY_COMPARE_WITH_TIMEOUT(passes.count(), 1, kWindowPatience);
    QTRY_VERIFY_WITH_TIMEOUT(m_window->calendarPage().facts().firstObstacle() == kGap,
                             kWindowPatience);
}

QWidget* TestPlainSight::page(MainWindow::Page page)
{
    switch (page) {
    case MainWindow::Overview:
        return &m_window->overviewPage();
    case MainWindow::Calendar:
        return &m_window->calendarPage();
    case MainWindow::Sources:
        return &m_window->sourcesPage();
    case MainWindow::Preview:
        return &m_window->previewPage();
    case MainWindow::Catalog:
        return &m_window->catalogPage();
    case MainWindow::Runs:
        return &m_window->runsPage();
    case MainWindow::Day:
        return &m_window->dayPage();
    case MainWindow::Settings:
        break;
    }
    return m_window;
}

void TestPlainSight::showPage(MainWindow::Page page)
{
    m_window->showPage(page);
    if (page == MainWindow::Preview)
        QTRY_VERIFY_WITH_TIMEOUT(!m_window->previewPage().isBusy(), kWindowPatience);
    if (page == MainWindow::Catalog)
        QTRY_VERIFY_WITH_TIMEOUT(!m_window->catalogPage().isBusy(), kWindowPatience);
    if (page == MainWindow::Day)
        QTRY_VERIFY_WITH_TIMEOUT(m_window->dayPage().isLoaded(), kWindowPatience);
    QTest::qWait(0);
}

void TestPlainSight::nothingIsCutOrSpeaksMarkup()
{
    importAll();
    m_window->calendarPage().days().select(kGap.addDays(-4)); // with rejected rows
    for (int each = 0; each <= MainWindow::Day; ++each) {
        const auto shown = MainWindow::Page(each);
        showPage(shown);
        QStringList cut;
        // What a page has just read anew is laid out at the next turn of the event loop.
        const auto isWhole = [&] {
            cut = cutParts(*page(shown));
            return cut.isEmpty();
        };
        (void)QTest::qWaitFor(isWhole);
        const QScrollBar* sideways = m_window->findChild<PageArea*>()->horizontalScrollBar();
        QVERIFY2(sideways->maximum() == 0, qPrintable(QStringLiteral("page %1").arg(each)));
        QVERIFY2(cut.isEmpty(),
                 qPrintable(
                     QStringLiteral("page %1: %2").arg(each).arg(cut.join(QStringLiteral("; ")))));
    }
    const QStringList markup = markupIn(*m_window);
    QVERIFY2(markup.isEmpty(), qPrintable(markup.join(QLatin1Char('\n'))));
}

void TestPlainSight::aRangeIsShownWhole()
{
    importAll();
    m_window->calendarPage().days().select(kGap.addDays(-4));
    m_window->calendarPage().days().current().extendTo(kGap.addDays(9));
    QTest::qWait(0);
    const QStringList cut = cutParts(m_window->calendarPage());
    QVERIFY2(cut.isEmpty(), qPrintable(cut.join(QStringLiteral("; "))));
    QVERIFY(saysIn(m_window, QStringLiteral("14 days")));
}

/// Where another process runs the workspace, whatever could change it is disabled and says so.
void TestPlainSight::whatOnlyIsShownSaysWhy()
{
    const auto writer = m_bench->engine();
    m_window = &m_bench->open();
    QTRY_VERIFY_WITH_TIMEOUT(m_window->calendarPage().isLoaded(), kWindowPatience);
    QVERIFY(!m_window->bridge().canWrite());
    for (int each = 0; each <= MainWindow::Day; ++each)
        showPage(MainWindow::Page(each));
    QStringList silent;
    for (const QPushButton* button : m_window->findChildren<QPushButton*>()) {
        if (!button->isEnabled() && !button->text().isEmpty() && button->toolTip().isEmpty())
            silent << button->text();
    }
    QVERIFY2(silent.isEmpty(), qPrintable(silent.join(QStringLiteral(", "))));
    for (const QString& name :
         {QStringLiteral("Mark finished"), QStringLiteral("Import now"), QStringLiteral("Poll now"),
          QStringLiteral("Mute for 1 hour"), QStringLiteral("Turn notices on"),
          QStringLiteral("Add id type"), QStringLiteral("Edit…"), QStringLiteral("Remove…")}) {
        int found = 0;
        for (const QPushButton* button : m_window->findChildren<QPushButton*>()) {
            if (button->text().remove(QLatin1Char('&')) != name)
                continue;
            ++found;
            QVERIFY2(!button->isEnabled(), qPrintable(name));
            QVERIFY2(button->accessibleDescription().contains(QLatin1String("Another process")),
                     qPrintable(name));
        }
        QVERIFY2(found > 0, qPrintable(name));
    }
}

void TestPlainSight::whatTurnsTextIsWrittenOut()
{
    const QString turned = QStringLiteral("evil") + QChar(0x202E) + QStringLiteral("eman");
    QCOMPARE(shown(turned), QStringLiteral("evil\\u202eeman"));
    QCOMPARE(shown(QStringLiteral("naïve שלום")), QStringLiteral("naïve שלום"));
    QVERIFY(asToolTip(turned).contains(QStringLiteral("\\u202e")));
    QStringListModel model({turned});
    QWidget home;
    const QTableView* table = plainTable(&model, QStringLiteral("Names"), &home);
    QCOMPARE(qobject_cast<QStyledItemDelegate*>(table->itemDelegate())->displayText(turned, {}),
             QStringLiteral("evil\\u202eeman"));
}

QTEST_MAIN(TestPlainSight)
#include "tst_plain_sight.moc"
