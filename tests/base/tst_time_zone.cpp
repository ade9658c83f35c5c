// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/time_zone.h"

#include <QtTest>

using namespace daymark;

namespace {

Instant instant(const char* text) { return parseInstant(text).value(); }

TimeZone zoneNamed(const QString& name) { return TimeZone::find(name.toStdString()).value(); }

} // namespace

class TestTimeZone : public QObject
{
    Q_OBJECT

private slots:
    void names_data();
    void names();
    void unknownNamesComeWithAHint();
    void startsOfDays_data();
    void startsOfDays();
    void startsAndDaysAgree_data();
    void startsAndDaysAgree();
    void wallClocks();
    void offsets();
};

void TestTimeZone::names_data()
{
    QTest::addColumn<bool>("known");
    for (const char* name :
         {"UTC", "Z", "America/Los_Angeles", "Europe/London", "Australia/Lord_Howe", "Pacific/Apia",
          "Asia/Kolkata", "UTC-08:00", "UTC-8", "UTC+5:30", "UTC+05:30", "+05:30", "-08:00",
          "UTC+0", "UTC+18:00", "-18:00"})
        QTest::newRow(name) << true;
    for (const char* name : {"",
                             "utc",
                             "europe/london",
                             "Europe/Atlantis",
                             "UTC-",
                             "UTC+19",
                             "UTC+18:01",
                             "UTC+5:3",
                             "UTC+5:300",
                             "UTC+5:60",
                             "UTC+005",
                             "UTC+5:",
                             "UTC +5",
                             "UTC+5 ",
                             "+5",
                             "+0530",
                             "5",
                             "+05-30",
                             "UTC+-5",
                             "+1:300",
                             "../../etc/passwd",
                             "Europe",
                             "\x1B[31m"})
        QTest::newRow(name) << false;
}

void TestTimeZone::names()
{
    QFETCH(bool, known);
    const auto zone = TimeZone::find(QTest::currentDataTag());
    QCOMPARE(zone.has_value(), known);
    if (zone && zone->name() != "UTC")
        QCOMPARE(zone->name(), std::string(QTest::currentDataTag()));
    if (!zone) {
        QVERIFY(zone.error().code == ErrorCode::UsageInvalid);
        QVERIFY(!zone.error().hint.empty());
        QVERIFY(zone.error().message.find('\x1B') == std::string::npos);
    }
}

void TestTimeZone::unknownNamesComeWithAHint()
{
    QCOMPARE(TimeZone::find("Europe/Lodnon").error().hint,
             std::string("Did you mean Europe/London?"));
    QCOMPARE(TimeZone::find("europe/london").error().hint,
             std::string("Did you mean Europe/London?"));
}

void TestTimeZone::startsOfDays_data()
{
    QTest::addColumn<QString>("zone");
    QTest::addColumn<QString>("day");
    QTest::addColumn<QString>("start");
    const auto row = [](const char* zone, const char* day, const char* start) {
        QTest::addRow("%s in %s", day, zone) << zone << day << start;
    };
    row("UTC", "2022-06-13", "2022-06-13T00:00:00Z");
    row("UTC-08:00", "2022-06-13", "2022-06-13T08:00:00Z");
    row("Asia/Kolkata", "2022-06-13", "2022-06-12T18:30:00Z");
    row("America/Los_Angeles", "2022-03-13", "2022-03-13T08:00:00Z");
    row("America/Los_Angeles", "2022-03-14", "2022-03-14T07:00:00Z");
    row("America/Los_Angeles", "2022-11-07", "2022-11-07T08:00:00Z");
    row("Australia/Lord_Howe", "2022-01-15", "2022-01-14T13:00:00Z");
    row("Australia/Lord_Howe", "2022-06-14", "2022-06-13T13:30:00Z");
    // Midnight did not exist: the clock went from 23:59:59 to 01:00.
    row("America/Sao_Paulo", "2018-11-04", "2018-11-04T03:00:00Z");
    // Midnight came twice: at 01:00 the clock went back to it. The earlier one counts.
    row("America/Havana", "2022-11-06", "2022-11-06T04:00:00Z");
    // A day that never was begins where the next one does.
    row("Pacific/Apia", "2011-12-30", "2011-12-30T10:00:00Z");
    row("Pacific/Apia", "2011-12-31", "2011-12-30T10:00:00Z");
}

void TestTimeZone::startsOfDays()
{
    QFETCH(QString, zone);
    QFETCH(QString, day);
    const Instant start = zoneNamed(zone).startOf(parseDay(day.toStdString()).value());
    QTEST(QString::fromStdString(formatInstant(start)), "start");
}

void TestTimeZone::startsAndDaysAgree_data()
{
    QTest::addColumn<QString>("zone");
    for (const char* zone : {"UTC", "+05:45", "America/Los_Angeles", "Europe/London",
                             "Australia/Lord_Howe", "Asia/Kolkata", "America/Havana",
                             "America/Sao_Paulo", "Africa/Casablanca", "Asia/Tehran"})
        QTest::newRow(zone) << zone;
}

void TestTimeZone::startsAndDaysAgree()
{
    using namespace std::chrono;
    QFETCH(QString, zone);
    const TimeZone rules = zoneNamed(zone);
    for (Day day{year{2015} / January / 1}; day < Day{year{2030} / January / 1}; day += days{1}) {
        const Instant start = rules.startOf(day);
        QVERIFY2(rules.dayOf(start) == day, formatDay(day).c_str());
        QVERIFY2(rules.dayOf(start - microseconds{1}) == day - days{1}, formatDay(day).c_str());
        const auto length = rules.startOf(day + days{1}) - start;
        QVERIFY2(length >= hours{23} && length <= hours{25}, formatDay(day).c_str());
    }
}

void TestTimeZone::wallClocks()
{
    const Instant at = instant("2022-06-13T17:05:59Z");
    QCOMPARE(TimeZone().formatLocal(at), std::string("2022-06-13 17:05"));
    QCOMPARE(zoneNamed("America/Los_Angeles").formatLocal(at), std::string("2022-06-13 10:05"));
    QCOMPARE(zoneNamed("UTC+05:30").formatLocal(at), std::string("2022-06-13 22:35"));
    QCOMPARE(TimeZone().formatLocal(instant("1969-12-31T23:59:59Z")),
             std::string("1969-12-31 23:59"));
}

void TestTimeZone::offsets()
{
    using namespace std::chrono;
    const TimeZone::Offset fixed = zoneNamed("UTC-08:00").offsetAt(instant("2022-06-13T10:00:00Z"));
    QVERIFY(fixed.ahead == hours{-8});
    QVERIFY(fixed.from == Instant::min() && fixed.until == Instant::max());

    const TimeZone london = zoneNamed("Europe/London");
    const TimeZone::Offset summer = london.offsetAt(instant("2022-06-13T10:00:00Z"));
    QVERIFY(summer.ahead == hours{1});
    QCOMPARE(formatInstant(summer.from), std::string("2022-03-27T01:00:00Z"));
    QCOMPARE(formatInstant(summer.until), std::string("2022-10-30T01:00:00Z"));
    QVERIFY(london.offsetAt(summer.until).ahead == hours{0});
    QVERIFY(london.offsetAt(summer.until - microseconds{1}).ahead == hours{1});
    QVERIFY(london.offsetAt(Instant::max()).until == Instant::max());
}

QTEST_APPLESS_MAIN(TestTimeZone)
#include "tst_time_zone.moc"
