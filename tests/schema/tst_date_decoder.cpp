// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/schema/date_decoder.h"

#include <QtTest>

#include <chrono>
#include <cmath>
#include <limits>

using namespace daymark;

namespace {

using Kind = Cell::Kind;

TimeZone zoneNamed(const QString& name) { return TimeZone::find(name.toStdString()).value(); }

/// The day, or `missing` or `invalid`.
QString decoded(const Cell& cell, DateFormat format = DateFormat::Iso, const QString& zone = "UTC")
{
    const DecodedDate date = DateDecoder(format, zoneNamed(zone)).decode(cell);
    if (date.status == DateStatus::Ok)
        return QString::fromStdString(formatDay(date.day));
    return date.status == DateStatus::Missing ? "missing" : "invalid";
}

std::int64_t micros(const char* instant)
{
    return parseInstant(instant).value().time_since_epoch().count();
}

} // namespace

class TestDateDecoder : public QObject
{
    Q_OBJECT

private slots:
    void isoTexts_data();
    void isoTexts();
    void otherTexts_data();
    void otherTexts();
    void zones_data();
    void zones();
    void typedCells_data();
    void typedCells();
    void everyDayOfFourCenturiesReadsBack();
    void instantsAgreeWithTheZone_data();
    void instantsAgreeWithTheZone();
    void possibleFormats_data();
    void possibleFormats();
    void formatNames();
};

void TestDateDecoder::isoTexts_data()
{
    QTest::addColumn<QString>("day");
    const auto row = [](const char* text, const char* day) { QTest::newRow(text) << day; };

    row("2022-06-13", "2022-06-13");
    row(" 2022-06-13 ", "2022-06-13");
    row("2022-06-13T10:00", "2022-06-13");
    row("2022-06-13 10:00:00", "2022-06-13");
    row("2022-06-13t10:00:00.123456789", "2022-06-13");
    row("2022-06-13T10:00:00,5", "2022-06-13");
    row("2022-06-13T23:59:59.999999Z", "2022-06-13");
    row("2022-06-13 10:00:00 UTC", "2022-06-13");
    row("2022-06-13 10:00:00.000 +0000", "2022-06-13");
    row("2022-06-13 10:00:00+00", "2022-06-13");
    row("2022-06-13T23:00:00-02:00", "2022-06-14");
    row("2022-06-13T01:00:00+0200", "2022-06-12");
    row("2022-06-13T23:59:60", "2022-06-13");
    row("2022-06-13T23:59:60Z", "2022-06-13");
    row("0001-01-01", "0001-01-01");
    row("9999-12-31", "9999-12-31");
    row("2024-02-29", "2024-02-29");
    row("2000-02-29", "2000-02-29");

    row("", "missing");
    row(" \t\r\n", "missing");

    row("2024-02-30", "invalid");
    row("2023-02-29", "invalid");
    row("1900-02-29", "invalid");
    row("2022-13-01", "invalid");
    row("2022-00-10", "invalid");
    row("2022-06-00", "invalid");
    row("2022-06-31", "invalid");
    row("0000-01-01", "invalid");
    row("10000-01-01", "invalid");
    row("-2022-06-13", "invalid");
    row("0044-03-15 BC", "invalid");
    row("5874897-01-01", "invalid");
    row("infinity", "invalid");
    row("-infinity", "invalid");
    row("now", "invalid");
    row("2022-6-13", "invalid");
    row("2022/06/13", "invalid");
    row("20220613", "invalid");
    row("13/06/2022", "invalid");
    row("2022-06-13T", "invalid");
    row("2022-06-13T10", "invalid");
    row("2022-06-13T10:0", "invalid");
    row("2022-06-13T24:00:00", "invalid");
    row("2022-06-13T10:60", "invalid");
    row("2022-06-13T10:00:61", "invalid");
    row("2022-06-13T10:00:00.", "invalid");
    row("2022-06-13T10:00:00X", "invalid");
    row("2022-06-13T10:00:00+", "invalid");
    row("2022-06-13T10:00:00+2", "invalid");
    row("2022-06-13T10:00:00+02:", "invalid");
    row("2022-06-13T10:00:00+02:60", "invalid");
    row("2022-06-13T10:00:00+24:00", "invalid");
    row("2022-06-13T10:00:00+02:00 x", "invalid");
    row("2022-06-13Z", "invalid");
    row("2022-06-1３", "invalid");
    row("0001-01-01T00:00:00+02:00", "invalid");
    row("9999-12-31T23:00:00-02:00", "invalid");
}

void TestDateDecoder::isoTexts() { QTEST(decoded(Cell::ofText(QTest::currentDataTag())), "day"); }

void TestDateDecoder::otherTexts_data()
{
    QTest::addColumn<QString>("format");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("day");
    const auto row = [](const char* format, const char* text, const char* day) {
        QTest::addRow("%s as %s", text, format) << format << text << day;
    };

    row("dd/mm/yyyy", "13/06/2022", "2022-06-13");
    row("dd/mm/yyyy", "13.06.2022", "2022-06-13");
    row("dd/mm/yyyy", "13-06-2022", "2022-06-13");
    row("dd/mm/yyyy", "1/2/2022", "2022-02-01");
    row("dd/mm/yyyy", "13/06/2022 8:26", "2022-06-13");
    row("dd/mm/yyyy", "13/06-2022", "invalid");
    row("dd/mm/yyyy", "06/13/2022", "invalid");
    row("dd/mm/yyyy", "13/06/22", "invalid");
    row("dd/mm/yyyy", "13/06/20222", "invalid");
    row("dd/mm/yyyy", "13/06", "invalid");
    row("dd/mm/yyyy", "30/02/2024", "invalid");
    row("dd/mm/yyyy", "2022-06-13", "invalid");
    row("dd/mm/yyyy", "", "missing");
    row("mm/dd/yyyy", "06/13/2022", "2022-06-13");
    row("mm/dd/yyyy", "1/2/2022", "2022-01-02");
    row("mm/dd/yyyy", "13/06/2022", "invalid");
    row("yyyymmdd", "20220613", "2022-06-13");
    row("yyyymmdd", " 20220613 ", "2022-06-13");
    row("yyyymmdd", "20220631", "invalid");
    row("yyyymmdd", "2022061", "invalid");
    row("yyyymmdd", "202206131", "invalid");
    row("yyyymmdd", "2022-06-13", "invalid");
    row("yyyymmdd", "+2022061", "invalid");
    row("unix_s", "1655114400", "2022-06-13");
    row("unix_s", "1655114400.75", "2022-06-13");
    row("unix_s", "0", "1970-01-01");
    row("unix_s", "-1", "1969-12-31");
    row("unix_s", "-0.5", "1969-12-31");
    row("unix_s", "-0", "1970-01-01");
    row("unix_s", "1655114400000", "invalid");
    row("unix_s", "99999999999999999999", "invalid");
    row("unix_s", "-99999999999999999", "invalid");
    row("unix_s", "1e9", "invalid");
    row("unix_s", "0x62A70F20", "invalid");
    row("unix_s", "-", "invalid");
    row("unix_s", "1655114400.", "invalid");
    row("unix_ms", "1655114400000", "2022-06-13");
    row("unix_ms", "1655114400", "invalid");
    row("unix_ms", "1655114400000000", "invalid");
    row("unix_us", "1655114400000000", "2022-06-13");
    row("unix_us", "1655114400000", "invalid");
    row("unix_us", "1655114400", "invalid");
}

void TestDateDecoder::otherTexts()
{
    QFETCH(QString, format);
    QFETCH(QString, text);
    const std::string bytes = text.toStdString();
    QTEST(decoded(Cell::ofText(bytes), findDateFormat(format.toStdString()).value()), "day");
}

void TestDateDecoder::zones_data()
{
    QTest::addColumn<QString>("zone");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("day");
    const auto row = [](const char* zone, const char* text, const char* day) {
        QTest::addRow("%s in %s", text, zone) << zone << text << day;
    };

    // A time without an offset is the zone's wall clock already.
    row("America/Los_Angeles", "2022-06-13T23:30:00", "2022-06-13");
    row("America/Los_Angeles", "2022-06-13", "2022-06-13");
    row("America/Los_Angeles", "2022-06-13T23:30:00Z", "2022-06-13");
    row("America/Los_Angeles", "2022-06-13T06:59:59Z", "2022-06-12");
    row("America/Los_Angeles", "2022-06-13T07:00:00Z", "2022-06-13");
    // Clocks go forward on 2022-03-13 and back on 2022-11-06: midnight is at 08:00 and at 07:00
    // UTC.
    row("America/Los_Angeles", "2022-03-13T07:59:59Z", "2022-03-12");
    row("America/Los_Angeles", "2022-03-13T08:00:00Z", "2022-03-13");
    row("America/Los_Angeles", "2022-03-14T06:59:59Z", "2022-03-13");
    row("America/Los_Angeles", "2022-03-14T07:00:00Z", "2022-03-14");
    row("America/Los_Angeles", "2022-11-06T06:59:59Z", "2022-11-05");
    row("America/Los_Angeles", "2022-11-07T07:59:59Z", "2022-11-06");
    row("America/Los_Angeles", "2022-11-07T08:00:00Z", "2022-11-07");
    row("America/Los_Angeles", "2022-03-13T02:30:00",
        "2022-03-13"); // a time that wasn't, of a day that was
    // Lord Howe moves by half an hour: 11:00 ahead of UTC in summer, 10:30 in winter.
    row("Australia/Lord_Howe", "2022-01-14T12:59:59Z", "2022-01-14");
    row("Australia/Lord_Howe", "2022-01-14T13:00:00Z", "2022-01-15");
    row("Australia/Lord_Howe", "2022-06-13T13:29:59Z", "2022-06-13");
    row("Australia/Lord_Howe", "2022-06-13T13:30:00Z", "2022-06-14");
    // Apia went from 2011-12-29 straight to 2011-12-31, at 10:00 UTC.
    row("Pacific/Apia", "2011-12-30T09:59:59Z", "2011-12-29");
    row("Pacific/Apia", "2011-12-30T10:00:00Z", "2011-12-31");
    row("Pacific/Apia", "2011-12-30", "2011-12-30");
    row("Asia/Kolkata", "2022-06-13T18:29:59Z", "2022-06-13");
    row("Asia/Kolkata", "2022-06-13T18:30:00Z", "2022-06-14");
    // St John's went back from 00:01 to 23:01 of the day before, so a day came twice.
    row("America/St_Johns", "2006-10-29T02:30:30Z", "2006-10-29");
    row("America/St_Johns", "2006-10-29T02:31:00Z", "2006-10-28");
    row("America/St_Johns", "2006-10-29T03:30:00Z", "2006-10-29");
    row("UTC-08:00", "2022-06-13T07:59:59Z", "2022-06-12");
    row("UTC-08:00", "2022-06-13T08:00:00Z", "2022-06-13");
    row("+05:45", "2022-06-13T18:15:00Z", "2022-06-14");
    row("Europe/London", "2022-06-13T00:30:00+05:30", "2022-06-12");
    row("Europe/London", "1847-12-01T00:01:14Z", "1847-11-30"); // London's own time, 75 s behind
    row("Europe/London", "2036-07-01T23:30:00Z", "2036-07-02");
    row("Pacific/Kiritimati", "2022-06-13T10:00:00Z", "2022-06-14");
}

void TestDateDecoder::zones()
{
    QFETCH(QString, zone);
    QFETCH(QString, text);
    const std::string bytes = text.toStdString();
    QTEST(decoded(Cell::ofText(bytes), DateFormat::Iso, zone), "day");
}

void TestDateDecoder::typedCells_data()
{
    QTest::addColumn<QString>("day");
    QTest::addColumn<QString>("wanted");
    const auto row = [](const char* name, const QString& day, const char* wanted) {
        QTest::newRow(name) << day << wanted;
    };
    constexpr auto most = std::numeric_limits<std::int64_t>::max();
    constexpr auto least = std::numeric_limits<std::int64_t>::min();
    const auto iso = [](std::int64_t number, Kind kind, const char* zone = "UTC") {
        return decoded(Cell::ofInteger(number, kind), DateFormat::Iso, zone);
    };

    row("null", decoded(Cell()), "missing");
    row("a day", iso(19'156, Kind::Day), "2022-06-13");
    row("a day in a zone", iso(19'156, Kind::Day, "Asia/Kolkata"), "2022-06-13");
    row("infinite day", iso(std::numeric_limits<std::int32_t>::max(), Kind::Day), "invalid");
    row("the day before the year 1", iso(-719'163, Kind::Day), "invalid");
    row("the first day of the year 1", iso(-719'162, Kind::Day), "0001-01-01");
    row("wall clock", iso(micros("2022-06-13T23:59:59Z"), Kind::LocalTime, "America/Los_Angeles"),
        "2022-06-13");
    row("wall clock before 1970", iso(-1, Kind::LocalTime), "1969-12-31");
    row("infinite wall clock", iso(most, Kind::LocalTime), "invalid");
    row("infinite wall clock in the past", iso(least, Kind::LocalTime), "invalid");
    row("instant", iso(micros("2022-06-13T03:00:00Z"), Kind::Instant, "America/Los_Angeles"),
        "2022-06-12");
    row("infinite instant", iso(most, Kind::Instant, "Asia/Kolkata"), "invalid");
    row("infinite instant in the past", iso(least, Kind::Instant, "UTC-08:00"), "invalid");
    row("a number where ISO is written", iso(20'220'613, Kind::Integer), "invalid");
    row("a real where ISO is written", decoded(Cell::ofReal(20'220'613)), "invalid");

    row("compact integer", decoded(Cell::ofInteger(20'220'613), DateFormat::Compact), "2022-06-13");
    row("compact real", decoded(Cell::ofReal(20'220'613), DateFormat::Compact), "2022-06-13");
    row("compact real with a fraction", decoded(Cell::ofReal(20'220'613.5), DateFormat::Compact),
        "invalid");
    row("compact, negative", decoded(Cell::ofInteger(-20'220'613), DateFormat::Compact), "invalid");
    row("compact, huge", decoded(Cell::ofInteger(most), DateFormat::Compact), "invalid");
    row("seconds", decoded(Cell::ofInteger(1'655'114'400), DateFormat::UnixSeconds), "2022-06-13");
    row("seconds in a zone",
        decoded(Cell::ofInteger(1'655'078'400), DateFormat::UnixSeconds, "America/Los_Angeles"),
        "2022-06-12");
    row("real seconds", decoded(Cell::ofReal(1'655'114'400.5), DateFormat::UnixSeconds),
        "2022-06-13");
    row("real milliseconds", decoded(Cell::ofReal(1.6551144e12), DateFormat::UnixMillis),
        "2022-06-13");
    row("not a number", decoded(Cell::ofReal(std::nan("")), DateFormat::UnixSeconds), "invalid");
    row("infinite", decoded(Cell::ofReal(HUGE_VAL), DateFormat::UnixSeconds), "invalid");
    row("over every range", decoded(Cell::ofReal(1e19), DateFormat::UnixMicros), "invalid");
    row("the largest integer", decoded(Cell::ofInteger(most), DateFormat::UnixMicros), "invalid");
    row("the smallest integer", decoded(Cell::ofInteger(least), DateFormat::UnixSeconds),
        "invalid");
}

void TestDateDecoder::typedCells()
{
    QFETCH(QString, day);
    QTEST(day, "wanted");
}

void TestDateDecoder::everyDayOfFourCenturiesReadsBack()
{
    using namespace std::chrono;
    const DateDecoder decoder(DateFormat::Iso, TimeZone());
    const Day end{year{2101} / January / 1};
    for (Day day{year{1701} / January / 1}; day < end; day += days{1}) {
        const std::string text = formatDay(day);
        const DecodedDate date = decoder.decode(Cell::ofText(text));
        QVERIFY2(date.status == DateStatus::Ok && date.day == day, text.c_str());
    }
}

void TestDateDecoder::instantsAgreeWithTheZone_data()
{
    QTest::addColumn<QString>("zone");
    for (const char* zone :
         {"UTC", "UTC+05:30", "America/Los_Angeles", "Australia/Lord_Howe", "Pacific/Apia",
          "Asia/Kolkata", "America/St_Johns", "Africa/Casablanca", "Antarctica/Troll",
          "America/Havana", "Asia/Tehran"})
        QTest::newRow(zone) << zone;
}

/// Kept offsets and the zone itself must agree, within the kept years and beyond both of their
/// ends.
void TestDateDecoder::instantsAgreeWithTheZone()
{
    using namespace std::chrono;
    QFETCH(QString, zone);
    const TimeZone rules = zoneNamed(zone);
    const DateDecoder decoder(DateFormat::Iso, rules);
    const Instant end{sys_days{year{2052} / January / 1}};
    for (Instant at{sys_days{year{1988} / January / 1}}; at < end; at += minutes{7 * 60 + 13}) {
        const DecodedDate date =
            decoder.decode(Cell::ofInteger(at.time_since_epoch().count(), Kind::Instant));
        if (date.status != DateStatus::Ok || date.day != rules.dayOf(at))
            QFAIL(formatInstant(at).c_str());
    }
}

void TestDateDecoder::possibleFormats_data()
{
    QTest::addColumn<QStringList>("samples");
    QTest::addColumn<QString>("formats");

    QTest::newRow("ISO") << QStringList{"2022-06-13", "2022-06-14T10:00:00Z"} << "iso";
    QTest::newRow("day first") << QStringList{"01/02/2024", "13/02/2024"} << "dd/mm/yyyy";
    QTest::newRow("month first") << QStringList{"01/02/2024", "02/13/2024"} << "mm/dd/yyyy";
    QTest::newRow("nobody can say") << QStringList{"01/02/2024"} << "dd/mm/yyyy mm/dd/yyyy";
    QTest::newRow("compact, not seconds") << QStringList{"20220613"} << "yyyymmdd";
    QTest::newRow("seconds, not milliseconds") << QStringList{"1655114400"} << "unix_s";
    QTest::newRow("milliseconds") << QStringList{"1655114400000"} << "unix_ms";
    QTest::newRow("microseconds") << QStringList{"1655114400000000"} << "unix_us";
    QTest::newRow("blanks say nothing") << QStringList{"", " ", "2022-06-13"} << "iso";
    QTest::newRow("formats mixed") << QStringList{"2022-06-13", "13/06/2022"} << "";
    QTest::newRow("no date") << QStringList{"hello"} << "";
    QTest::newRow("nothing but blanks") << QStringList{"", " "} << "";
    QTest::newRow("no samples") << QStringList{} << "";
}

void TestDateDecoder::possibleFormats()
{
    QFETCH(QStringList, samples);
    std::vector<std::string> texts;
    for (const QString& sample : samples)
        texts.push_back(sample.toStdString());
    QStringList names;
    for (const DateFormat format : possibleDateFormats(texts))
        names += QString::fromStdString(std::string(dateFormatName(format)));
    QTEST(names.join(' '), "formats");
}

void TestDateDecoder::formatNames()
{
    const std::vector<std::pair<DateFormat, const char*>> names = {
        {DateFormat::Iso, "iso"},
        {DateFormat::DayMonthYear, "dd/mm/yyyy"},
        {DateFormat::MonthDayYear, "mm/dd/yyyy"},
        {DateFormat::Compact, "yyyymmdd"},
        {DateFormat::UnixSeconds, "unix_s"},
        {DateFormat::UnixMillis, "unix_ms"},
        {DateFormat::UnixMicros, "unix_us"}};
    for (const auto& [format, name] : names) {
        QCOMPARE(dateFormatName(format), std::string_view(name));
        QCOMPARE(findDateFormat(name), std::optional<DateFormat>(format));
    }
    QVERIFY(!findDateFormat("ISO"));
    QVERIFY(!findDateFormat(""));
}

QTEST_APPLESS_MAIN(TestDateDecoder)
#include "tst_date_decoder.moc"
