// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Whether states are told apart by their colours with any kind of colour vision, by their patterns
// where there are no colours, and whether their words are legible.

#include "colour_difference.h"

#include "ui/style/appearance.h"
#include "ui/style/look.h"
#include "ui/style/pattern.h"

#include <QImage>
#include <QPainter>
#include <QTest>

using namespace daymark;
using namespace daymark::ui;
using namespace daymark::ui::test;

namespace {

constexpr DayState kStates[] = {DayState::Imported, DayState::Skipped, DayState::Importing,
                                DayState::Failed,   DayState::Ready,   DayState::Queued,
                                DayState::Gap,      DayState::Blocked, DayState::Awaiting,
                                DayState::Future,   DayState::Ignored};

/// The least CIEDE2000 between the hues of two states, whoever looks. About one is just noticeable
/// side by side; twelve is told apart across a page. More could be had (some 18), were gaps not to
/// stay amber, failures red and days that wait purple.
constexpr double kLeastDifference = 12.0;

/// How much of a swatch has to differ between two patterns, wherever they begin.
constexpr double kLeastPatternDifference = 0.06;

constexpr double kLegible = 4.5; // WCAG 2.1, 1.4.3
constexpr double kVisible = 3.0; // WCAG 2.1, 1.4.11

constexpr int kSide = 48;
constexpr int kTile = 8;

Triple tripleOf(const QColor& colour) { return {colour.redF(), colour.greenF(), colour.blueF()}; }

QString named(DayState a, DayState b)
{
    return QString::fromUtf8(stateName(a).data()) + QStringLiteral(" and ") +
           QString::fromUtf8(stateName(b).data());
}

/// The pattern of a state in black on white, in greys.
QImage swatch(const Look& look)
{
    QImage image(kSide, kSide, QImage::Format_Grayscale8);
    image.fill(Qt::white);
    QPainter painter(&image);
    if (look.pattern != Pattern::None)
        painter.fillRect(image.rect(), patternBrush(look.pattern, Qt::black));
    return image;
}

/// The mean difference of two swatches, 0 to 1, one of them moved.
double differenceAt(const QImage& a, const QImage& b, QPoint shift)
{
    double sum = 0;
    for (int y = 0; y < kSide - kTile; ++y) {
        for (int x = 0; x < kSide - kTile; ++x)
            sum += std::abs(qGray(a.pixel(x, y)) - qGray(b.pixel(x + shift.x(), y + shift.y())));
    }
    return sum / 255 / ((kSide - kTile) * (kSide - kTile));
}

double leastDifference(const QImage& a, const QImage& b)
{
    double least = 1;
    for (int y = 0; y < kTile; ++y) {
        for (int x = 0; x < kTile; ++x)
            least = std::min(least, differenceAt(a, b, {x, y}));
    }
    return least;
}

} // namespace

class TestPalette : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theFormulaIsRight_data();
    void theFormulaIsRight();
    void huesAreToldApart_data();
    void huesAreToldApart();
    void wordsAreLegible();
    void hindrancesAreVisible();
    void patternsAreToldApart();
    void onlyGapsAreFramed();
    void highContrastKeepsPatterns();
};

void TestPalette::theFormulaIsRight_data()
{
    QTest::addColumn<QList<double>>("first");
    QTest::addColumn<QList<double>>("second");
    QTest::addColumn<double>("difference");
    const auto row = [](const char* name, const QList<double>& first, const QList<double>& second,
                        double expected) { QTest::newRow(name) << first << second << expected; };
    // From the test data of Sharma, Wu and Dalal.
    row("blue", {50, 2.6772, -79.7751}, {50, 0, -82.7485}, 2.0425);
    row("grey", {50, 0, 0}, {50, -1, 2}, 2.3669);
    row("opposite hues", {50, 2.49, -0.001}, {50, -2.49, 0.0009}, 7.1792);
    row("far", {50, 2.5, 0}, {73, 25, -18}, 27.1492);
    row("green", {60.2574, -34.0099, 36.2677}, {60.4626, -34.1751, 39.4387}, 1.2644);
    row("dark", {2.0776, 0.0795, -1.1350}, {0.9033, -0.0636, -0.5514}, 0.9082);
}

void TestPalette::theFormulaIsRight()
{
    QFETCH(QList<double>, first);
    QFETCH(QList<double>, second);
    QFETCH(double, difference);
    const double found =
        deltaE2000({first[0], first[1], first[2]}, {second[0], second[1], second[2]});
    QVERIFY2(std::abs(found - difference) < 0.0001, qPrintable(QString::number(found)));
}

void TestPalette::huesAreToldApart_data()
{
    QTest::addColumn<bool>("dark");
    QTest::addColumn<int>("vision");
    const char* names[] = {"normal", "protan", "deutan", "tritan"};
    for (const bool dark : {false, true}) {
        for (const Vision vision : kVisions)
            QTest::addRow("%s, %s", dark ? "dark" : "light", names[int(vision)])
                << dark << int(vision);
    }
}

void TestPalette::huesAreToldApart()
{
    QFETCH(bool, dark);
    QFETCH(int, vision);
    double least = 100;
    QString pair;
    for (const DayState a : kStates) {
        for (const DayState b : kStates) {
            if (a >= b)
                continue;
            const double apart = difference(Vision(vision), tripleOf(lookOf(a, dark).outline),
                                            tripleOf(lookOf(b, dark).outline));
            if (apart < least) {
                least = apart;
                pair = named(a, b);
            }
        }
    }
    qInfo("the closest are %s: %.1f", qPrintable(pair), least);
    QVERIFY(least >= kLeastDifference);
}

void TestPalette::wordsAreLegible()
{
    for (const bool dark : {false, true}) {
        for (const DayState state : kStates) {
            const Look look = lookOf(state, dark);
            QVERIFY2(contrast(look.fill, look.ink) >= kLegible, stateName(state).data());
        }
        for (const Tone tone : {Tone::Information, Tone::Good, Tone::Warning, Tone::Error}) {
            const Look look = lookOf(tone, dark);
            QVERIFY(contrast(look.fill, look.ink) >= kLegible);
        }
    }
}

/// The edges of what holds days up, and of what is being done, stand out from the window.
void TestPalette::hindrancesAreVisible()
{
    for (const bool dark : {false, true}) {
        const QColor ground = (dark ? darkPalette() : lightPalette()).color(QPalette::Window);
        for (const DayState state : {DayState::Gap, DayState::Failed, DayState::Blocked,
                                     DayState::Ready, DayState::Queued, DayState::Importing})
            QVERIFY2(contrast(lookOf(state, dark).outline, ground) >= kVisible,
                     stateName(state).data());
    }
}

void TestPalette::patternsAreToldApart()
{
    double least = 1;
    QString pair;
    for (const DayState a : kStates) {
        for (const DayState b : kStates) {
            if (a >= b)
                continue;
            const double apart =
                leastDifference(swatch(lookOf(a, false)), swatch(lookOf(b, false)));
            if (apart < least) {
                least = apart;
                pair = named(a, b);
            }
        }
    }
    qInfo("the closest are %s: %.2f of the ground", qPrintable(pair), least);
    QVERIFY(least >= kLeastPatternDifference);
}

void TestPalette::onlyGapsAreFramed()
{
    for (const DayState state : kStates) {
        const Look look = lookOf(state, false);
        QCOMPARE(look.edge == Edge::Framed, state == DayState::Gap);
        QCOMPARE(look.pattern == Pattern::Hatched, state == DayState::Gap);
    }
}

void TestPalette::highContrastKeepsPatterns()
{
    const QPalette stark = highContrastPalette();
    QVERIFY(isHighContrast(stark));
    QVERIFY(!isHighContrast(lightPalette()));
    QVERIFY(!isHighContrast(darkPalette()));
    for (const DayState state : kStates) {
        const Look plain = lookOf(state, true);
        const Look look = lookOf(state, stark);
        QCOMPARE(look.pattern, plain.pattern);
        QCOMPARE(look.edge, plain.edge);
        QVERIFY(contrast(look.fill, look.outline) >= 15);
        QVERIFY(contrast(look.fill, look.ink) >= 15);
    }
    QCOMPARE(lookOf(DayState::Gap, darkPalette()).outline, lookOf(DayState::Gap, true).outline);
}

QTEST_MAIN(TestPalette)
#include "tst_palette.moc"
