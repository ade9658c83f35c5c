// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later

// The guide has a section for every page, and opens there.

#include "ui/help/guide_window.h"

#include <QScrollBar>
#include <QTest>
#include <QTextBrowser>

using namespace daymark::ui;

class TestGuide : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyPageHasASection_data();
    void everyPageHasASection();
    void aSectionComesToTheTop();
    void anUnknownSectionShowsTheBeginning();
};

void TestGuide::everyPageHasASection_data()
{
    QTest::addColumn<QString>("page");
    for (const char* page :
         {"Overview", "Calendar", "Day", "Sources", "Preview", "Catalog", "Runs", "Settings"})
        QTest::newRow(page) << QString::fromLatin1(page);
}

void TestGuide::everyPageHasASection()
{
    QFETCH(const QString, page);
    GuideWindow guide;
    QVERIFY(guide.sections().contains(page));
    guide.showSection(page);
    QCOMPARE(guide.section(), page);
}

void TestGuide::aSectionComesToTheTop()
{
    GuideWindow guide;
    guide.resize(600, 300);
    guide.showSection(QStringLiteral("Overview"));
    QCoreApplication::processEvents();
    const int before = guide.findChild<QTextBrowser*>()->verticalScrollBar()->value();
    guide.showSection(QStringLiteral("Runs"));
    QVERIFY(guide.findChild<QTextBrowser*>()->verticalScrollBar()->value() > before);
}

void TestGuide::anUnknownSectionShowsTheBeginning()
{
    GuideWindow guide;
    guide.showSection(QStringLiteral("Nowhere"));
    QCOMPARE(guide.section(), guide.sections().front());
}

QTEST_MAIN(TestGuide)
#include "tst_guide.moc"
