// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/metric_clock.h"
#include "core/engine/spoken_day.h"

#include <QtTest>

using namespace daymark;

namespace {

constexpr int kStaleness = 14;

Day november(int dayOfMonth)
{
    return Day{std::chrono::year{2026} / 11 / 1} + std::chrono::days(dayOfMonth - 1);
}

/// `20`: landed up to the 20th and goes on; `20 blocked 21`: blocked at the 21st; several with `+`.
std::vector<ClockSource> sourcesOf(const QString& text)
{
    std::vector<ClockSource> sources;
    for (const QString& part : text.split(QLatin1Char('+'), Qt::SkipEmptyParts)) {
        const QStringList words = part.simplified().split(QLatin1Char(' '));
        ClockSource source;
        source.lastLanded = november(words.front().toInt());
        if (words.size() == 3)
            source.blockedAt = november(words.back().toInt());
        sources.push_back(source);
    }
    return sources;
}

} // namespace

/// Today is 30 November 2026, and a metric is hidden after 14 days without a value.
class TestMetricClock : public QObject
{
    Q_OBJECT

private slots:
    void tells_data();
    void tells();
    void aShortStalenessIsNeverUpToDateFor();
    void saysADay();
};

void TestMetricClock::tells_data()
{
    QTest::addColumn<int>("lastValue");
    QTest::addColumn<QString>("sources");
    QTest::addColumn<QString>("words");
    QTest::addColumn<int>("standing");
    const auto current = int(MetricStanding::Current);
    const auto hiding = int(MetricStanding::Hiding);
    const auto waiting = int(MetricStanding::Waiting);
    const auto hidden = int(MetricStanding::Hidden);
    QTest::newRow("today") << 30 << "30"
                           << "up to date" << current;
    QTest::newRow("yesterday") << 29 << "29"
                               << "up to date" << current;
    QTest::newRow("the day before yesterday") << 28 << "29"
                                              << "up to date" << current;
    QTest::newRow("three days ago") << 27 << "29"
                                    << "hides in 12 days" << hiding;
    QTest::newRow("12 days ago") << 18 << "29"
                                 << "hides in 3 days" << hiding;
    QTest::newRow("14 days ago: shown for the last day") << 16 << "29"
                                                         << "hides in 1 day" << hiding;
    QTest::newRow("15 days ago") << 15 << "29"
                                 << "hidden: last value 15 days ago" << hidden;
    QTest::newRow("long ago") << -1170 << "29"
                              << "hidden: last value 1,200 days ago" << hidden;
    QTest::newRow("its source is blocked")
        << 25 << "25 blocked 26"
        << "waiting: its source is blocked at 26 November" << waiting;
    QTest::newRow("blocked, and hidden soon")
        << 21 << "21 blocked 22"
        << "waiting: its source is blocked at 22 November; hides in 6 days" << waiting;
    QTest::newRow("blocked, and hidden")
        << 11 << "11 blocked 12"
        << "hidden: last value 19 days ago; its source is blocked at 12 November" << hidden;
    QTest::newRow("it had stopped before its source was blocked") << 20 << "24 blocked 25"
                                                                  << "hides in 5 days" << hiding;
    QTest::newRow("hidden before its source was blocked")
        << 5 << "24 blocked 25"
        << "hidden: last value 25 days ago" << hidden;
    QTest::newRow("one of two sources goes on") << 25 << "25 blocked 26+29"
                                                << "hides in 10 days" << hiding;
    QTest::newRow("both are blocked")
        << 25 << "25 blocked 27+22 blocked 23"
        << "waiting: its sources are blocked, the first at 23 November" << waiting;
    QTest::newRow("its source was removed") << 25 << ""
                                            << "hides in 10 days" << hiding;
    QTest::newRow("a value of tomorrow") << 31 << "30"
                                         << "up to date" << current;
}

void TestMetricClock::tells()
{
    QFETCH(int, lastValue);
    QFETCH(QString, sources);
    QFETCH(QString, words);
    QFETCH(int, standing);
    const MetricClock clock =
        metricClock(november(lastValue), november(30), kStaleness, sourcesOf(sources));
    QCOMPARE(QString::fromStdString(clock.words), words);
    QCOMPARE(int(clock.standing), standing);
}

void TestMetricClock::aShortStalenessIsNeverUpToDateFor()
{
    QCOMPARE(metricClock(november(29), november(30), 1, {}).words, std::string("hides in 1 day"));
    QCOMPARE(metricClock(november(30), november(30), 0, {}).words, std::string("hides in 1 day"));
    QCOMPARE(metricClock(november(29), november(30), 0, {}).words,
             std::string("hidden: last value 1 day ago"));
}

void TestMetricClock::saysADay()
{
    QCOMPARE(spokenDay(november(1), november(30)), std::string("1 November"));
    QCOMPARE(spokenDay(november(1) - std::chrono::days(365), november(30)),
             std::string("1 November 2025"));
}

QTEST_APPLESS_MAIN(TestMetricClock)
#include "tst_metric_clock.moc"
