// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
// What a source's changes do: days that are imported again by themselves, and columns that are not
// those that were agreed on.

#include "core/engine/change_share.h"
#include "core/engine/schema_contract.h"
#include "shop.h"

#include <QTest>

using namespace daymark;
using namespace daymark::test;

namespace {

/// Rows of the days 13 to 15, of ten rows each, landed at noon of the 17th.
void landThree(const Shop& shop, const SourceSettings& settings)
{
    for (const int day : {13, 14, 15}) {
        shop.addRows(day, 10);
        shop.signal(day);
    }
    const auto engine = shop.openWithSource(settings);
    const auto report = engine->import({}, {});
    if (!report || report->failed > 0)
        qFatal("the days did not land");
}

/// A look at all that is due a day later.
ImportReport lookLater(const Shop& shop, const std::string& now = "2022-06-18T13:00:00Z")
{
    const auto engine = shop.openAt(now);
    auto report = engine->runDue({});
    if (!report)
        qFatal("%s", report.error().message.c_str());
    return *report;
}

CalendarDay dayOf(Engine& engine, int day)
{
    return engine.calendar("shop", june(day), june(day))->days.front();
}

std::string codes(const std::vector<SchemaFinding>& findings)
{
    std::string text;
    for (const SchemaFinding& finding : findings)
        if (finding.code.starts_with("schema.contract"))
            text += (text.empty() ? "" : " ") + finding.code.substr(16) + ":" +
                    std::string(severityName(finding.severity));
    return text;
}

MetricImpact metricOf(double sumBefore, double sumAfter)
{
    MetricImpact metric;
    metric.rowsBefore = metric.rowsAfter = 10;
    metric.sumBefore = sumBefore;
    metric.sumAfter = sumAfter;
    return metric;
}

} // namespace

class TestChanges : public QObject
{
    Q_OBJECT

private slots:
    void measuresAChange();
    void aDayThatChangedMuchIsImportedAgain();
    void aRollbackStays();
    void aDayThatChangedLittleIsMarked();
    void nothingHappensUnlessAskedFor();
    void anEmptiedDayWaitsForAPerson_data();
    void anEmptiedDayWaitsForAPerson();
    void countedRowsAreEnough();
    void columnsAreAgreedOnAtTheFirstLanding();
    void aColumnThatIsGoneBlocks();
    void columnsThatAnImportNeedsAreNotGivenUp();
    void eachKindOfChangeIsAnswered_data();
    void eachKindOfChangeIsAnswered();
    void aColumnThatIsGoneBetweenPollAndImportBlocks();
    void anotherPlaceIsAgreedOnAnew();
};

void TestChanges::measuresAChange()
{
    DayImpact impact;
    impact.rowsBefore = impact.rowsAfter = 100;
    QCOMPARE(changedPercent(impact), 0.0);
    impact.metrics = {metricOf(100, 110)};
    QCOMPARE(changedPercent(impact), 100.0 / 11);
    impact.metrics.push_back(metricOf(-1, 1));
    QCOMPARE(changedPercent(impact), 100.0);
    impact.metrics = {metricOf(0, 0)};
    impact.added = 5;
    impact.removed = 5;
    QCOMPARE(changedPercent(impact), 10.0);
    impact.metrics.front().isRatio = true;
    QCOMPARE(changedPercent(impact), 100.0);
    impact = {};
    impact.rowsAfter = 3;
    QCOMPARE(changedPercent(impact), 100.0);
    impact.rowsAfter = 0;
    impact.metrics = {metricOf(1e308, -1e308)};
    QCOMPARE(changedPercent(impact), 100.0);
    QCOMPARE(changedPercent(100, 90), 10.0);
    QCOMPARE(changedPercent(0, 0), 0.0);
    QCOMPARE(changedPercent(0, 5), 100.0);
    RecheckInfo look;
    look.changed = true;
    look.changedPercent = 10;
    QVERIFY(!isOverThreshold(look, {}));
    QVERIFY(!isOverThreshold(look, 10));
    QVERIFY(isOverThreshold(look, 9.99));
    look.changedPercent = 0;
    QVERIFY(isOverThreshold(look, 0));
    look.changed = false;
    QVERIFY(!isOverThreshold(look, 0));
}

void TestChanges::aDayThatChangedMuchIsImportedAgain()
{
    const Shop shop;
    SourceSettings settings;
    settings.reimportAbovePercent = 15;
    landThree(shop, settings);
    // Of day 13 two of ten rows are gone; of day 14 one, the first, of value 1 of 55.
    shop.execute("DELETE FROM statsig_user_metrics WHERE date = '2022-06-13' AND unit_id IN "
                 "('u1', 'u2')");
    shop.execute("DELETE FROM statsig_user_metrics WHERE date = '2022-06-14' AND unit_id = 'u1'");
    const ImportReport report = lookLater(shop);
    QCOMPARE(report.runs.size(), 1U);
    QVERIFY(report.runs.front().state == RunState::Imported);
    QCOMPARE(report.runs.front().day, june(13));
    QVERIFY(report.runs.front().replaces.has_value());
    QVERIFY(report.runs.front().reason.starts_with("by itself: changed by 20 %"));
    const auto engine = shop.openAt("2022-06-18T14:00:00Z");
    QVERIFY(!dayOf(*engine, 13).planned.changed);
    QCOMPARE(dayOf(*engine, 13).rows.value(), std::uint64_t{8});
    QVERIFY(dayOf(*engine, 14).planned.changed);
    QCOMPARE(dayOf(*engine, 14).rows.value(), std::uint64_t{10});
    const auto story = engine->dayStory("shop", june(13));
    const bool journaled =
        std::any_of(story->journal.begin(), story->journal.end(), [](const JournalEntry& entry) {
            return entry.action == "run.reimport" &&
                   entry.detail.find("over 15 %") != std::string::npos;
        });
    QVERIFY(journaled);
    QCOMPARE(engine->versions("shop", june(13))->size(), 2U);
}

void TestChanges::aRollbackStays()
{
    const Shop shop;
    SourceSettings settings;
    settings.reimportAbovePercent = 15;
    settings.recheckDays = 30;
    landThree(shop, settings);
    shop.execute("DELETE FROM statsig_user_metrics WHERE date = '2022-06-13' AND unit_id IN "
                 "('u1', 'u2')");
    QCOMPARE(lookLater(shop).runs.size(), 1U);
    {
        const auto engine = shop.openAt("2022-06-18T14:00:00Z");
        RollbackRequest request;
        request.source = "shop";
        request.day = june(13);
        const auto report = engine->rollback(request, {});
        QVERIFY(report && report->done);
    }
    QVERIFY(lookLater(shop, "2022-06-20T15:00:00Z").runs.empty());
    const auto engine = shop.openAt("2022-06-20T16:00:00Z");
    QCOMPARE(dayOf(*engine, 13).rows.value(), std::uint64_t{10});
    QVERIFY(dayOf(*engine, 13).planned.changed);
}

void TestChanges::aDayThatChangedLittleIsMarked()
{
    const Shop shop;
    SourceSettings settings;
    settings.reimportAbovePercent = 50;
    landThree(shop, settings);
    shop.execute("DELETE FROM statsig_user_metrics WHERE unit_id = 'u1'");
    QVERIFY(lookLater(shop).runs.empty());
    const auto engine = shop.openAt("2022-06-18T14:00:00Z");
    for (const int day : {13, 14, 15})
        QVERIFY(dayOf(*engine, day).planned.changed);
}

void TestChanges::nothingHappensUnlessAskedFor()
{
    const Shop shop;
    landThree(shop, {});
    shop.execute("DELETE FROM statsig_user_metrics WHERE unit_id <> 'u1'");
    QVERIFY(lookLater(shop).runs.empty());
    SourceSettings settings;
    settings.reimportAbovePercent = 5;
    const auto engine = shop.openAt("2022-06-18T14:00:00Z");
    QVERIFY(engine->editSource("shop", settings, {}));
    QCOMPARE(engine->source("shop")->policy.reimportAbovePercent.value(), 5.0);
    settings.reimportAbovePercent = std::optional<double>();
    QVERIFY(engine->editSource("shop", settings, {}));
    QVERIFY(!engine->source("shop")->policy.reimportAbovePercent);
    settings.reimportAbovePercent = 101;
    QCOMPARE(engine->editSource("shop", settings, {}).error().code, ErrorCode::SourceInvalid);
}

void TestChanges::anEmptiedDayWaitsForAPerson_data()
{
    QTest::addColumn<bool>("counts");
    QTest::newRow("every row is read") << false;
    QTest::newRow("rows are counted") << true;
}

void TestChanges::anEmptiedDayWaitsForAPerson()
{
    QFETCH(bool, counts);
    const Shop shop;
    SourceSettings settings;
    settings.recheck = counts ? Recheck::Count : Recheck::Full;
    settings.reimportAbovePercent = 1;
    landThree(shop, settings);
    shop.execute("DELETE FROM statsig_user_metrics WHERE date = '2022-06-14'");
    QVERIFY(lookLater(shop).runs.empty());
    const auto engine = shop.openAt("2022-06-18T14:00:00Z");
    QVERIFY(dayOf(*engine, 14).planned.changed);
    QCOMPARE(dayOf(*engine, 14).rows.value(), std::uint64_t{10});
}

void TestChanges::countedRowsAreEnough()
{
    const Shop shop;
    SourceSettings settings;
    settings.recheck = Recheck::Count;
    settings.reimportAbovePercent = 10;
    landThree(shop, settings);
    shop.addRows(15, 14);
    const ImportReport report = lookLater(shop);
    QCOMPARE(report.runs.size(), 1U);
    QCOMPARE(report.runs.front().day, june(15));
}

void TestChanges::columnsAreAgreedOnAtTheFirstLanding()
{
    const Shop shop;
    shop.execute("ALTER TABLE statsig_user_metrics ADD COLUMN early INTEGER");
    const auto engine = shop.openWithSource();
    shop.execute("ALTER TABLE statsig_user_metrics DROP COLUMN early");
    QCOMPARE(codes(engine->poll("shop", {})->findings), std::string());
    shop.addRows(13, 10);
    shop.signal(13);
    QVERIFY(engine->import({}, {}));
    shop.execute("ALTER TABLE statsig_user_metrics ADD COLUMN late INTEGER");
    const auto poll = engine->poll("shop", {});
    QCOMPARE(codes(poll->findings), std::string("new:warning"));
    QVERIFY(engine->source("shop")->schemaBreak.empty());
    const auto accepted = acceptSchema(*engine, "shop", {});
    QCOMPARE(accepted->size(), 9U);
    QCOMPARE(accepted->back().name, std::string("late"));
    QCOMPARE(codes(engine->poll("shop", {})->findings), std::string());
}

void TestChanges::aColumnThatIsGoneBlocks()
{
    const Shop shop;
    landThree(shop, {});
    shop.addRows(16, 10);
    shop.signal(16);
    shop.execute("ALTER TABLE statsig_user_metrics RENAME COLUMN timeuuid TO uuid");
    const auto engine = shop.openAt("2022-06-17T13:00:00Z");
    const auto report = engine->import({}, {});
    QVERIFY(report->runs.empty() && report->failed == 1);
    QCOMPARE(codes(report->polls.front().findings), std::string("gone:error new:warning"));
    QVERIFY(report->waiting.front().second.find("'timeuuid'") != std::string::npos);
    QVERIFY(report->waiting.front().second.find("source accept shop") != std::string::npos);
    QCOMPARE(states(*engine), std::string("imported imported imported blocked awaiting"));
    const auto held = engine->calendar("shop", june(16), june(16))->days.front();
    QCOMPARE(held.reason, std::string("columns"));
    QCOMPARE(held.description, std::string("blocked: signalled, waits for the source's columns"));
    QVERIFY(engine->calendar("shop")->plan.importable().empty());
    const SourceOverview overview = engine->overview()->front();
    QVERIFY(overview.obstacle == june(16));
    QVERIFY(overview.obstacleWords.ends_with("waits for the source's columns"));
    QVERIFY(engine->calendar("shop")->note.find("'timeuuid'") != std::string::npos);
    const auto explained = engine->explainDay("shop", june(16), false, {});
    QVERIFY(explained->explanation.sentence.find("'timeuuid'") != std::string::npos);
    QVERIFY(explained->explanation.state == DayState::Blocked);
    QCOMPARE(explained->evidence.reason, std::string("columns"));
    QCOMPARE(explained->explanation.actions.front().command,
             std::string("daymark-cli source accept shop"));
    for (const SuggestedAction& action : explained->explanation.actions)
        QVERIFY(!action.command.starts_with("daymark-cli import"));
    // Another answer holds at once, and this one again from the next look on.
    SourceSettings settings;
    settings.columnGone = SchemaAction::Warn;
    QVERIFY(engine->editSource("shop", settings, {}));
    QCOMPARE(states(*engine), std::string("imported imported imported ready awaiting"));
    settings.columnGone = SchemaAction::Block;
    QVERIFY(engine->editSource("shop", settings, {}));
    QVERIFY(engine->poll("shop", {}));
    QCOMPARE(states(*engine), std::string("imported imported imported blocked awaiting"));
    // As it was again.
    shop.execute("ALTER TABLE statsig_user_metrics RENAME COLUMN uuid TO timeuuid");
    QCOMPARE(engine->import({}, {})->runs.size(), 1U);
    QVERIFY(engine->calendar("shop")->note.empty());
}

void TestChanges::columnsThatAnImportNeedsAreNotGivenUp()
{
    const Shop shop;
    landThree(shop, {});
    const auto engine = shop.openAt("2022-06-17T13:00:00Z");
    shop.execute("ALTER TABLE statsig_user_metrics RENAME COLUMN unit_id TO customer");
    shop.execute("ALTER TABLE statsig_user_metrics ADD COLUMN colour TEXT");
    QVERIFY(engine->poll("shop", {}));
    const auto standing = lookAtSchema(*engine, "shop", {});
    QVERIFY(standing && standing->agreed && standing->unusable);
    QCOMPARE(standing->differences.size(), 3U);
    QVERIFY(standing->differences[0].isGone && standing->differences[0].feeds);
    QCOMPARE(standing->differences[0].name, std::string("unit_id"));
    QVERIFY(standing->differences[1].isNew && standing->differences[2].isNew);
    const auto refused = acceptSchema(*engine, "shop", {});
    QCOMPARE(refused.error().code, ErrorCode::SchemaMismatch);
    QVERIFY(refused.error().message.find("unit_id") != std::string::npos);
    QVERIFY(refused.error().hint.find("--map") != std::string::npos);
    QVERIFY(!engine->source("shop")->schemaBreak.empty());
    // Named, it takes the place.
    SourceSettings settings;
    settings.columnMap["unit_id"] = "customer";
    QVERIFY(engine->editSource("shop", settings, {}));
    QVERIFY(acceptSchema(*engine, "shop", {}));
    QVERIFY(lookAtSchema(*engine, "shop", {})->differences.empty());
}

void TestChanges::eachKindOfChangeIsAnswered_data()
{
    QTest::addColumn<QString>("change");
    QTest::addColumn<int>("answer");
    QTest::addColumn<QString>("findings");
    QTest::addColumn<int>("imported");
    const auto block = static_cast<int>(SchemaAction::Block);
    const auto warn = static_cast<int>(SchemaAction::Warn);
    const auto accept = static_cast<int>(SchemaAction::Accept);
    const QString gone = "ALTER TABLE statsig_user_metrics DROP COLUMN timeuuid";
    const QString unused = "ALTER TABLE statsig_user_metrics DROP COLUMN comment";
    const QString added = "ALTER TABLE statsig_user_metrics ADD COLUMN colour TEXT";
    const QString type = "ALTER TABLE statsig_user_metrics DROP COLUMN denominator;"
                         "ALTER TABLE statsig_user_metrics ADD COLUMN denominator REAL";
    QTest::newRow("gone, block") << gone << block << "gone:error" << 0;
    QTest::newRow("gone, warn") << gone << warn << "gone:warning" << 1;
    QTest::newRow("gone, accept") << gone << accept << "" << 1;
    QTest::newRow("gone, feeds nothing, block") << unused << block << "gone:warning" << 1;
    QTest::newRow("new, block") << added << block << "new:error" << 0;
    QTest::newRow("new, warn") << added << warn << "new:warning" << 1;
    QTest::newRow("new, accept") << added << accept << "" << 1;
    QTest::newRow("type, block") << type << block << "type:error" << 0;
    QTest::newRow("type, warn") << type << warn << "type:warning" << 1;
    QTest::newRow("type, accept") << type << accept << "" << 1;
}

void TestChanges::eachKindOfChangeIsAnswered()
{
    QFETCH(QString, change);
    QFETCH(int, answer);
    QFETCH(QString, findings);
    QFETCH(int, imported);
    const Shop shop;
    shop.execute("ALTER TABLE statsig_user_metrics ADD COLUMN comment TEXT");
    for (const int day : {13, 14}) {
        shop.execute("INSERT INTO statsig_user_metrics VALUES ('u', 'user_id', '" +
                     formatDay(june(day)) + "', 'x', 'revenue', 1, NULL, NULL, NULL)");
    }
    shop.signal(13);
    SourceSettings settings;
    settings.columnGone = settings.columnNew = settings.columnType =
        static_cast<SchemaAction>(answer);
    const auto engine = shop.openWithSource(settings);
    QCOMPARE(engine->import({}, {})->runs.size(), 1U);
    shop.execute(change.toStdString());
    shop.signal(14);
    const auto report = engine->import({}, {});
    QCOMPARE(QString::fromStdString(codes(report->polls.front().findings)), findings);
    QCOMPARE(static_cast<int>(report->runs.size()), imported);
    QCOMPARE(engine->source("shop")->schemaBreak.empty(), imported == 1);
    // Agreed on, or answered otherwise, it goes on.
    if (imported == 0) {
        QVERIFY(acceptSchema(*engine, "shop", {}));
        QCOMPARE(engine->import({}, {})->runs.size(), 1U);
    }
}

void TestChanges::aColumnThatIsGoneBetweenPollAndImportBlocks()
{
    const Shop shop;
    landThree(shop, {});
    shop.addRows(16, 10);
    shop.signal(16);
    const auto engine = shop.openAt("2022-06-17T13:00:00Z");
    QVERIFY(engine->poll("shop", {}));
    shop.execute("ALTER TABLE statsig_user_metrics DROP COLUMN timeuuid");
    const auto report = engine->import({{"shop"}, false, {}}, {});
    QCOMPARE(report->runs.size(), 1U);
    QVERIFY(report->runs.front().state == RunState::Failed);
    QCOMPARE(report->runs.front().error->code, ErrorCode::SchemaMismatch);
    QVERIFY(
        engine->explainDay("shop", june(16), false, {})->explanation.sentence.find("'timeuuid'") !=
        std::string::npos);
    // Another answer is taken at once.
    SourceSettings settings;
    settings.columnGone = SchemaAction::Accept;
    QVERIFY(engine->editSource("shop", settings, {}));
    QVERIFY(engine->import({{"shop"}, false, {}}, {})->runs.front().state == RunState::Imported);
}

void TestChanges::anotherPlaceIsAgreedOnAnew()
{
    const Shop shop;
    landThree(shop, {});
    shop.execute("CREATE TABLE lean (unit_id, id_type, date, metric_name, metric_value)");
    shop.execute("INSERT INTO lean VALUES ('u', 'user_id', '2022-06-16', 'revenue', 1)");
    shop.signal(16);
    const auto engine = shop.openAt("2022-06-17T13:00:00Z");
    SourceSettings settings;
    settings.table = "lean";
    QVERIFY(engine->editSource("shop", settings, {}));
    const auto report = engine->import({}, {});
    QCOMPARE(codes(report->polls.front().findings), std::string());
    QVERIFY(report->runs.front().state == RunState::Imported);
    shop.execute("ALTER TABLE lean ADD COLUMN timeuuid");
    QCOMPARE(codes(engine->poll("shop", {})->findings), std::string("new:warning"));
}

QTEST_APPLESS_MAIN(TestChanges)

#include "tst_changes.moc"
