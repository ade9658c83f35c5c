// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/calendar/cell_painter.h"
#include "ui/style/appearance.h"
#include "ui/style/glyph.h"
#include "ui/style/look.h"
#include "ui/style/text.h"

#include <QTest>

#include <cmath>

using namespace daymark;
using namespace daymark::ui;

namespace {

constexpr DayState kStates[] = {DayState::Imported, DayState::Skipped, DayState::Importing,
                                DayState::Failed,   DayState::Ready,   DayState::Queued,
                                DayState::Gap,      DayState::Blocked, DayState::Awaiting,
                                DayState::Future,   DayState::Ignored};

} // namespace

class TestLooks : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void wordsAreLegible();
    void palettesAreLegible();
    void everyStateHasItsOwnGlyph();
    void glyphsFillTheirBox();
    void durations_data();
    void durations();
    void daysCrossTheEdge();
    void toolTipsShowMarkup();
};

void TestLooks::wordsAreLegible()
{
    for (const bool dark : {false, true}) {
        for (const DayState state : kStates) {
            const Look look = lookOf(state, dark);
            QVERIFY2(contrast(look.fill, look.ink) >= 4.5, stateName(state).data());
        }
        for (const Tone tone : {Tone::Information, Tone::Good, Tone::Warning, Tone::Error}) {
            const Look look = lookOf(tone, dark);
            QVERIFY(contrast(look.fill, look.ink) >= 4.5);
        }
    }
}

void TestLooks::palettesAreLegible()
{
    for (const QPalette& palette : {lightPalette(), darkPalette()}) {
        const auto ratio = [&palette](QPalette::ColorRole ground, QPalette::ColorRole ink) {
            return contrast(palette.color(ground), palette.color(ink));
        };
        QVERIFY(ratio(QPalette::Window, QPalette::WindowText) >= 4.5);
        QVERIFY(ratio(QPalette::Base, QPalette::Text) >= 4.5);
        QVERIFY(ratio(QPalette::Button, QPalette::ButtonText) >= 4.5);
        QVERIFY(ratio(QPalette::Highlight, QPalette::HighlightedText) >= 4.5);
        QVERIFY(ratio(QPalette::Base, QPalette::PlaceholderText) >= 4.5);
        QVERIFY(ratio(QPalette::Window, QPalette::PlaceholderText) >= 4.5);
        QVERIFY(ratio(QPalette::Window, QPalette::Link) >= 4.5);
    }
    QVERIFY(!isDark(lightPalette()));
    QVERIFY(isDark(darkPalette()));
}

void TestLooks::everyStateHasItsOwnGlyph()
{
    QSet<int> glyphs;
    for (const DayState state : kStates)
        glyphs.insert(int(glyphOf(state)));
    QCOMPARE(glyphs.size(), qsizetype(std::size(kStates)));
}

void TestLooks::glyphsFillTheirBox()
{
    const QRectF box(10, 20, 16, 16);
    for (const DayState state : kStates) {
        const QRectF drawn = glyphPath(glyphOf(state), box).boundingRect();
        QVERIFY(box.adjusted(-1.5, -1.5, 1.5, 1.5).contains(drawn));
        QVERIFY(drawn.width() > 2);
    }
}

void TestLooks::durations_data()
{
    QTest::addColumn<double>("seconds");
    QTest::addColumn<QString>("words");
    QTest::newRow("nothing") << 0.0 << "0.0 s";
    QTest::newRow("under a second") << 0.42 << "0.4 s";
    QTest::newRow("no 10.0") << 9.96 << "10 s";
    QTest::newRow("a minute") << 60.0 << "1 min 0 s";
    QTest::newRow("minutes") << 200.0 << "3 min 20 s";
    QTest::newRow("hours") << 7500.0 << "2 h 5 min";
    QTest::newRow("unknown") << std::nan("") << "";
    QTest::newRow("negative") << -1.0 << "";
}

void TestLooks::durations()
{
    QFETCH(double, seconds);
    QTEST(duration(seconds), "words");
}

void TestLooks::daysCrossTheEdge()
{
    const Day core = *parseDay("2026-11-12");
    QCOMPARE(toDate(core), QDate(2026, 11, 12));
    QCOMPARE(toDay(toDate(core)), core);
    QCOMPARE(toDay(QDate(1969, 12, 31)), *parseDay("1969-12-31"));
    QCOMPARE(fullDate(toDate(core)), QStringLiteral("Thursday 12 November 2026"));
    QCOMPARE(plainDate(toDate(core)), QStringLiteral("12 November 2026"));
    QCOMPARE(figure(41902), QStringLiteral("41,902"));
}

void TestLooks::toolTipsShowMarkup()
{
    QCOMPARE(asToolTip(QStringLiteral("<img src=x>")),
             QStringLiteral("<qt>&lt;img src=x&gt;</qt>"));
    QCOMPARE(asToolTip({}), QString());
    QCOMPARE(asToolTip(QStringLiteral("a\nb")), QStringLiteral("<qt>a<br>b</qt>"));
    QCOMPARE(breakable(QStringLiteral("a short text")), QStringLiteral("a short text"));
    QCOMPARE(breakable(QString(100, QLatin1Char('x'))).remove(QChar(0x200B)),
             QString(100, QLatin1Char('x')));
    QCOMPARE(breakable(QString(100, QLatin1Char('x'))).count(QChar(0x200B)), 2);
}

QTEST_MAIN(TestLooks)
#include "tst_looks.moc"
