// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/demo.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include <QtTest>

using namespace daymark;

namespace {

constexpr Day kToday{std::chrono::days{20'621}}; // 2026-06-17

std::string daysAgo(int days) { return formatDay(kToday - std::chrono::days(days)); }

} // namespace

/// The sample database, asked as a customer's own tools would ask it.
class TestDemo : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void daysAreRelativeToToday();
    void everyDayIsSignalledButTheGapAndToday();
    void eachDayHasSomeThousandUnits();
    void metricsAreValuesAndRatios();
    void oneMetricStoppedThreeWeeksAgo();
    void oneDayHasBadRows_data();
    void oneDayHasBadRows();
    void badRowsStayUnderTheTolerance();
    void otherDaysAreClean();
    void sameDaySameBytes();
    void anotherDayAnotherSample();
    void aFailureLeavesNothing();

private:
    [[nodiscard]] QByteArray write(const QString& name, Day today) const;
    [[nodiscard]] qint64 count(const std::string& condition) const;
    [[nodiscard]] std::string text(const std::string& query) const;

    QTemporaryDir m_folder;
    std::unique_ptr<SQLite::Database> m_database;
};

QByteArray TestDemo::write(const QString& name, Day today) const
{
    const QString path = m_folder.filePath(name);
    const Status written = writeDemoDatabase(path.toStdString(), today);
    if (!written)
        qWarning("%s", written.error().message.c_str());
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

qint64 TestDemo::count(const std::string& condition) const
{
    return m_database->execAndGet("SELECT count(*) FROM statsig_user_metrics WHERE " + condition)
        .getInt64();
}

std::string TestDemo::text(const std::string& query) const
{
    return m_database->execAndGet(query).getString();
}

void TestDemo::initTestCase()
{
    QVERIFY(m_folder.isValid());
    QVERIFY(!write("demo.sqlite", kToday).isEmpty());
    m_database = std::make_unique<SQLite::Database>(m_folder.filePath("demo.sqlite").toStdString());
}

void TestDemo::daysAreRelativeToToday()
{
    QCOMPARE(text("SELECT min(date) FROM statsig_user_metrics"), daysAgo(30));
    QCOMPARE(text("SELECT max(date) FROM statsig_user_metrics"), daysAgo(0));
    QCOMPARE(text("SELECT count(DISTINCT date) FROM statsig_user_metrics"), std::string("31"));
}

void TestDemo::everyDayIsSignalledButTheGapAndToday()
{
    QCOMPARE(text("SELECT group_concat(date) FROM (SELECT DISTINCT date FROM statsig_user_metrics "
                  "EXCEPT SELECT finished_date FROM statsig_user_metrics_signal)"),
             daysAgo(kDemoGap) + "," + daysAgo(0));
    QCOMPARE(text("SELECT count(*) FROM statsig_user_metrics_signal"), std::string("29"));
}

void TestDemo::eachDayHasSomeThousandUnits()
{
    for (int days = 1; days <= kDemoDays; ++days) {
        const std::string where = " WHERE date = '" + daysAgo(days) + "'";
        const int units =
            m_database
                ->execAndGet("SELECT count(DISTINCT unit_id) FROM statsig_user_metrics" + where)
                .getInt();
        QVERIFY2(units > 2'500 && units < 3'600, qPrintable(QString::number(units)));
    }
}

void TestDemo::metricsAreValuesAndRatios()
{
    QCOMPARE(text("SELECT group_concat(metric_name) FROM (SELECT DISTINCT metric_name FROM "
                  "statsig_user_metrics WHERE numerator IS NULL AND length(metric_name) < 128 "
                  "ORDER BY 1)"),
             std::string("newsletter_opens,page_views,purchases,refunds,revenue,sessions"));
    QCOMPARE(text("SELECT group_concat(metric_name) FROM (SELECT DISTINCT metric_name FROM "
                  "statsig_user_metrics WHERE numerator IS NOT NULL ORDER BY 1)"),
             std::string("basket_value,checkout_rate"));
    QCOMPARE(count("(numerator IS NULL) != (denominator IS NULL)"), 0);
}

void TestDemo::oneMetricStoppedThreeWeeksAgo()
{
    QCOMPARE(text("SELECT max(date) FROM statsig_user_metrics "
                  "WHERE metric_name = 'newsletter_opens'"),
             daysAgo(kDemoStoppedDay));
}

void TestDemo::oneDayHasBadRows_data()
{
    QTest::addColumn<std::string>("condition");
    QTest::addColumn<int>("rows");
    QTest::newRow("an id type that nobody knows") << std::string("id_type = 'userID'") << 9;
    QTest::newRow("no value") << std::string("metric_value IS NULL AND numerator IS NULL") << 6;
    QTest::newRow("NaN as text") << std::string("metric_value = 'NaN'") << 5;
    QTest::newRow("a name of 128 characters") << std::string("length(metric_name) = 128") << 2;
    QTest::newRow("rows that came twice")
        << std::string(
               "rowid NOT IN (SELECT min(rowid) FROM statsig_user_metrics GROUP BY timeuuid)")
        << 8;
}

void TestDemo::oneDayHasBadRows()
{
    QFETCH(std::string, condition);
    QFETCH(int, rows);
    QCOMPARE(count(condition), rows);
    QCOMPARE(count("date = '" + daysAgo(kDemoBadDay) + "' AND " + condition), rows);
}

void TestDemo::badRowsStayUnderTheTolerance()
{
    QVERIFY((9 + 6 + 5 + 2) * 100 < count("date = '" + daysAgo(kDemoBadDay) + "'"));
}

void TestDemo::otherDaysAreClean()
{
    QCOMPARE(text("SELECT count(*) FROM (SELECT 1 FROM statsig_user_metrics WHERE date != '" +
                  daysAgo(kDemoBadDay) +
                  "' GROUP BY unit_id, id_type, date, metric_name HAVING count(*) > 1)"),
             std::string("0"));
    QCOMPARE(count("unit_id IS NULL OR date IS NULL OR timeuuid IS NULL OR length(timeuuid) != 36"),
             0);
}

void TestDemo::sameDaySameBytes()
{
    const QByteArray one = write("one.sqlite", kToday);
    QVERIFY(!one.isEmpty());
    QVERIFY(one == write("two.sqlite", kToday));
    QVERIFY(one == write("two.sqlite", kToday)); // over an earlier one
}

void TestDemo::anotherDayAnotherSample()
{
    QVERIFY(write("three.sqlite", kToday) != write("four.sqlite", kToday + std::chrono::days(1)));
}

void TestDemo::aFailureLeavesNothing()
{
    const QString nowhere = m_folder.filePath("missing/demo.sqlite");
    const Status status = writeDemoDatabase(nowhere.toStdString(), kToday);
    QVERIFY(!status);
    QCOMPARE(status.error().code, ErrorCode::StorageFailed);
    QVERIFY(QString::fromStdString(status.error().message).contains(nowhere));
    QVERIFY(!QFile::exists(nowhere));

    QVERIFY(QDir(m_folder.path()).mkpath("folder/full"));
    const Status onFolder = writeDemoDatabase(m_folder.filePath("folder").toStdString(), kToday);
    QVERIFY(!onFolder);
    QCOMPARE(onFolder.error().code, ErrorCode::StorageFailed);
    QVERIFY(!QFile::exists(m_folder.filePath("folder.new")));
}

QTEST_APPLESS_MAIN(TestDemo)
#include "tst_demo.moc"
