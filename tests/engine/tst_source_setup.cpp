// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shop.h"

#include <QtTest>

using namespace daymark;
using namespace daymark::test;

class TestSourceSetup : public QObject
{
    Q_OBJECT

private slots:
    void refusesWhatCannotBeRight_data();
    void refusesWhatCannotBeRight();
    void keepsASourceThatCanBeMended();
    void editsWhatIsGivenAndKeepsTheRest();
    void removesWithOrWithoutTheData();
    void setsAsideWhatItDoesNotKnow();
    void testsStepByStep();
    void theDemoTeaches();
};

void TestSourceSetup::refusesWhatCannotBeRight_data()
{
    QTest::addColumn<QString>("setting");
    QTest::addColumn<QString>("value");
    QTest::addColumn<QString>("code");
    QTest::newRow("no such file") << "uri"
                                  << "/nowhere/shop.sqlite"
                                  << "source.missing";
    QTest::newRow("never created") << "uri"
                                   << ":memory:"
                                   << "source.missing";
    QTest::newRow("no such zone") << "zone"
                                  << "Europe/Londn"
                                  << "usage.invalid";
    QTest::newRow("no such canonical column") << "map"
                                              << "unit"
                                              << "source.invalid";
    QTest::newRow("no such date format") << "format"
                                         << "whenever"
                                         << "source.invalid";
    QTest::newRow("no such kind") << "kind"
                                  << "oracle"
                                  << "source.invalid";
    QTest::newRow("no such dataset") << "dataset"
                                     << "events"
                                     << "source.invalid";
    QTest::newRow("a tolerance over all rows") << "tolerance"
                                               << "100.5"
                                               << "source.invalid";
}

void TestSourceSetup::refusesWhatCannotBeRight()
{
    QFETCH(QString, setting);
    QFETCH(QString, value);
    QFETCH(QString, code);
    const Shop shop;
    const auto engine = shop.open();
    const std::string text = value.toStdString();
    SourceSettings settings;
    settings.uri = setting == "uri" ? text : shop.database();
    if (setting == "zone")
        settings.timeZone = text;
    if (setting == "map")
        settings.columnMap[text] = "x";
    if (setting == "format")
        settings.format["date_format"] = text;
    if (setting == "tolerance")
        settings.tolerancePercent = value.toDouble();
    const auto added = (*engine)->addSource("shop", setting == "kind" ? text : "sqlite",
                                            setting == "dataset" ? text : "metrics", settings, {});
    QVERIFY(!added);
    QCOMPARE(std::string(errorName(added.error().code)), code.toStdString());
    QVERIFY(!added.error().hint.empty());
    QVERIFY((*engine)->sources()->empty());
}

void TestSourceSetup::keepsASourceThatCanBeMended()
{
    const Shop shop;
    shop.execute("DROP TABLE statsig_user_metrics");
    const auto engine = shop.open();
    SourceSettings settings;
    settings.uri = shop.database();
    const auto added = (*engine)->addSource("shop", "sqlite", "metrics", settings, {});
    QVERIFY(added);
    QVERIFY(added->unreachable);
    QCOMPARE(added->unreachable->code, ErrorCode::SourceTableMissing);
    shop.execute("CREATE TABLE statsig_user_metrics (unit_id, id_type, date, metric_name, "
                 "metric_value)");
    shop.execute("INSERT INTO statsig_user_metrics VALUES ('u', 'user_id', '2022-06-13', 'm', 1)");
    shop.signal(13);
    const auto report = (*engine)->import({}, {});
    QVERIFY(report);
    QCOMPARE(report->failed, 0);
    QCOMPARE(report->runs.size(), 1U);
}

void TestSourceSetup::editsWhatIsGivenAndKeepsTheRest()
{
    const Shop shop;
    SourceSettings settings;
    settings.order = DayOrder::HighWater;
    settings.format["date_format"] = "iso";
    const auto engine = shop.openWithSource(settings);
    SourceSettings change;
    change.tolerancePercent = 2.5;
    change.unitDay = UnitDay::Sum;
    const auto edited = engine->editSource("shop", change, {});
    QVERIFY(edited);
    QCOMPARE(edited->source.policy.order, DayOrder::HighWater);
    QCOMPARE(edited->source.policy.tolerancePercent, 2.5);
    QCOMPARE(edited->source.config.unitDay, UnitDay::Sum);
    QCOMPARE(edited->source.config.format.at("date_format"), std::string("iso"));
    QCOMPARE(edited->source.config.uri, shop.database());
}

void TestSourceSetup::removesWithOrWithoutTheData()
{
    const Shop shop;
    shop.addRows(13, 5);
    shop.signal(13);
    const auto engine = shop.openWithSource();
    QVERIFY(engine->import({}, {}));
    QVERIFY(engine->removeSource("shop", true));
    QVERIFY(engine->sources()->empty());
    QVERIFY(engine->metric("revenue"));
    QVERIFY(engine->check(true, {})->ok);

    const Shop other;
    other.addRows(13, 5);
    other.signal(13);
    const auto second = other.openWithSource();
    QVERIFY(second->import({}, {}));
    QVERIFY(second->removeSource("shop", false));
    QCOMPARE(second->metric("revenue").error().code, ErrorCode::MetricUnknown);
    const auto check = second->check(true, {});
    QVERIFY(check->ok);
    QCOMPARE(check->days, 0U);
}

void TestSourceSetup::setsAsideWhatItDoesNotKnow()
{
    namespace fs = std::filesystem;
    const Shop shop;
    shop.addRows(13, 5);
    shop.signal(13);
    const fs::path left = shop.folder() / "landing/metrics/source=shop/day=2022-06-13";
    fs::create_directories(left);
    const auto engine = shop.openWithSource();
    QVERIFY(!fs::exists(left));
    QVERIFY(!fs::is_empty(shop.folder() / "history"));
    const auto report = engine->import({}, {});
    QVERIFY(report);
    QCOMPARE(report->runs.at(0).state, RunState::Imported);
    QVERIFY(engine->check(true, {})->ok);
}

void TestSourceSetup::testsStepByStep()
{
    const Shop shop;
    shop.addRows(13, 5);
    shop.signal(13);
    const auto engine = shop.openWithSource();
    auto test = engine->testSource("shop", {});
    QVERIFY(test);
    QVERIFY(test->ok);
    QCOMPARE(test->signalCount, 1U);
    QCOMPARE(test->mapping.at("unit_id"), std::string("unit_id"));
    shop.execute("DROP TABLE statsig_user_metrics_signal");
    test = engine->testSource("shop", {});
    QVERIFY(test);
    QVERIFY(!test->ok);
    QVERIFY(!test->steps.back().message.empty());
}

void TestSourceSetup::theDemoTeaches()
{
    const Shop shop;
    const auto engine = shop.open();
    QVERIFY((*engine)->addDemo({}));
    const auto report = (*engine)->import({{"demo"}, true, {}}, {});
    QVERIFY(report);
    QCOMPARE(report->failed, 0);
    QVERIFY(report->runs.size() > 10);
    const std::string days = states(**engine, "demo");
    QVERIFY(days.find(" gap blocked") != std::string::npos);
    QCOMPARE((*engine)->addDemo({}).error().code, ErrorCode::SourceExists);
    std::uint64_t rejected = 0;
    for (const RunInfo& run : report->runs)
        rejected += run.rejected;
    QVERIFY(rejected > 0);
}

QTEST_APPLESS_MAIN(TestSourceSetup)
#include "tst_source_setup.moc"
