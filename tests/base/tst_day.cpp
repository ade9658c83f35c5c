// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/clock.h"
#include "core/base/day.h"
#include "core/base/ids.h"

#include <QtTest>

using namespace daymark;

class TestDay : public QObject
{
    Q_OBJECT

private slots:
    void days_data();
    void days();
    void instants_data();
    void instants();
    void setClocksGoOn();
    void idsAreTypes();
};

void TestDay::days_data()
{
    QTest::addColumn<bool>("isDay");
    for (const char* text : {"2022-06-13", "2024-02-29", "2000-02-29", "0001-01-01", "9999-12-31"})
        QTest::newRow(text) << true;
    for (const char* text :
         {"", "2022-6-13", "2022-06-13 ", " 2022-06-13", "2022-06-131", "2022-06-1", "2022/06/13",
          "2023-02-29", "1900-02-29", "2022-00-10", "2022-13-10", "2022-06-00", "2022-06-31",
          "0000-01-01", "10000-01-01", "-001-01-01", "+022-06-13", "2022-06-1x", "20220613"})
        QTest::newRow(text) << false;
}

void TestDay::days()
{
    QFETCH(bool, isDay);
    const auto day = parseDay(QTest::currentDataTag());
    QCOMPARE(day.has_value(), isDay);
    if (day)
        QCOMPARE(formatDay(*day), std::string(QTest::currentDataTag()));
}

void TestDay::instants_data()
{
    QTest::addColumn<QString>("written"); // as it is written again; empty: no instant
    const auto row = [](const char* text, const char* written) { QTest::newRow(text) << written; };

    row("2022-06-13T10:00:00Z", "2022-06-13T10:00:00Z");
    row("2022-06-13t10:00:00z", "2022-06-13T10:00:00Z");
    row("2022-06-13 10:00:00Z", "2022-06-13T10:00:00Z");
    row("2022-06-13T10:00:00+02:00", "2022-06-13T08:00:00Z");
    row("2022-06-13T23:00:00-0800", "2022-06-14T07:00:00Z");
    row("2022-06-13T10:00:00.5Z", "2022-06-13T10:00:00.500Z");
    row("2022-06-13T10:00:00.123456789Z", "2022-06-13T10:00:00.123Z");
    row("1969-12-31T23:59:59.999Z", "1969-12-31T23:59:59.999Z");
    row("2016-12-31T23:59:60Z", "2017-01-01T00:00:00Z");
    row("2022-06-13T10:00:00", "");
    row("2022-06-13T10:00Z", "");
    row("2022-06-13", "");
    row("2022-02-30T10:00:00Z", "");
    row("2022-06-13T24:00:00Z", "");
    row("2022-06-13T10:60:00Z", "");
    row("2022-06-13T10:00:61Z", "");
    row("2022-06-13T10:00:00.Z", "");
    row("2022-06-13T10:00:00+2:00", "");
    row("2022-06-13T10:00:00+02:60", "");
    row("2022-06-13T10:00:00+24:00", "");
    row("2022-06-13T10:00:00Zx", "");
    row("2022-06-13T10:00:00 Z", "");
    row("", "");
}

void TestDay::instants()
{
    const auto instant = parseInstant(QTest::currentDataTag());
    QTEST(QString::fromStdString(instant ? formatInstant(*instant) : std::string()), "written");
}

void TestDay::setClocksGoOn()
{
    const Instant start = parseInstant("2022-06-13T10:00:00Z").value();
    const Clock clock = Clock::startingAt(start);
    const Instant first = clock.now();
    QVERIFY(first >= start);
    QVERIFY(first < start + std::chrono::minutes(5));
    QVERIFY(clock.now() >= first);
}

void TestDay::idsAreTypes()
{
    static_assert(!std::is_convertible_v<RunId, SourceId>);
    QVERIFY(!RunId{});
    QVERIFY(RunId{3});
    QVERIFY(RunId{3} == RunId{3} && RunId{3} < RunId{4});
    QCOMPARE(std::hash<RunId>{}(RunId{3}), std::hash<RunId>{}(RunId{3}));
}

QTEST_APPLESS_MAIN(TestDay)
#include "tst_day.moc"
