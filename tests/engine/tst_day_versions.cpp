// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Days that change after they landed: imported again, gone back from, held against their source.

#include "shop.h"

#include <QtTest>

using namespace daymark;
using namespace daymark::test;

namespace {

std::unique_ptr<Engine> openAt(const Shop& shop, const std::string& now)
{
    EngineOptions options;
    options.workspace = shop.folder();
    options.clock = Clock::startingAt(parseInstant(now).value());
    options.actor = "tester";
    auto engine = Engine::open(std::move(options));
    if (!engine)
        qFatal("%s", engine.error().message.c_str());
    return std::move(*engine);
}

/// Three landed days of ten rows each.
std::unique_ptr<Engine> landed(const Shop& shop, const SourceSettings& settings = {})
{
    for (const int day : {13, 14, 15}) {
        shop.addRows(day, 10);
        shop.signal(day);
    }
    auto engine = shop.openWithSource(settings);
    const auto report = engine->import({}, {});
    if (!report || report->failed > 0)
        qFatal("the days did not land");
    return engine;
}

ReimportRequest again(int day) { return {"shop", {{june(day), june(day)}}, "", false, {}}; }

RollbackRequest back(int day) { return {"shop", june(day), {}, false, "", false, {}}; }

double sumOf(Engine& engine, int day)
{
    const auto metric = engine.metric("revenue");
    for (const MetricDay& one : metric->series)
        if (one.day == june(day))
            return one.sum.value_or(-1);
    return -1;
}

std::size_t rowsOf(Engine& engine, int day)
{
    const auto rows = engine.rows("shop", june(day), {}, 1000);
    return rows ? rows->size() : 0;
}

/// `2:imported 1:superseded`, latest first.
std::string versionsOf(Engine& engine, int day)
{
    std::string text;
    const auto versions = engine.versions("shop", june(day));
    for (const VersionInfo& version : *versions)
        text += (text.empty() ? "" : " ") + std::to_string(version.run.value) + ':' +
                std::string(runStateName(version.state)) + (version.kept ? "" : "-");
    return text;
}

bool checks(Engine& engine)
{
    const auto report = engine.check(true, {});
    return report && report->ok && report->faults.empty();
}

CalendarDay calendarDay(Engine& engine, int day)
{
    return engine.calendar("shop", june(day), june(day))->days.front();
}

} // namespace

class TestDayVersions : public QObject
{
    Q_OBJECT

private slots:
    void aDayIsImportedAgain();
    void aRangeIsImportedAgain();
    void aDryRunChangesNothing();
    void whatIsTurnedDownStaysAsItWas();
    void aReimportThatFailsChangesNothing();
    void aReimportThatIsCancelledChangesNothing();
    void onlyLandedDaysAreImportedAgain();
    void kindFlipsAndNewMetricsAreTold();
    void aDamagedDayIsMended();
    void theLandedVersionIsShownMeanwhile();
    void rollsBackAndForward();
    void rollbacksAreRefusedWithAReason();
    void versionsAreKeptByNumber();
    void versionsAreKeptByAge();
    void aChangedSourceIsNoticed();
    void rechecksAreDueDaily();
    void countingIsEnoughIfAskedFor();
    void aDayAnnouncedAgainIsOffered();
    void undatedRowsAreChargedAnew();
    void undatedRowsChangeNoLandedDay();
    void anEmptyDayLandsBesideUndatedRows();
    void aDayWhoseRowsLostTheirDatesFails();
    void aLostReimportIsTold();
    void aRollbackKnowsWhatTheSourceHolds();
};

void TestDayVersions::aDayIsImportedAgain()
{
    const Shop shop;
    const auto engine = landed(shop);
    shop.execute("UPDATE statsig_user_metrics SET metric_value = 100 "
                 "WHERE date = '2022-06-13' AND unit_id = 'u1'");
    shop.execute("DELETE FROM statsig_user_metrics WHERE date = '2022-06-13' AND unit_id = 'u2'");
    shop.execute("INSERT INTO statsig_user_metrics VALUES ('u20', 'user_id', '2022-06-13', 'x20', "
                 "'revenue', 7, NULL, NULL)");
    ReimportRequest request = again(13);
    request.reason = "finance found an error";
    std::optional<DayImpact> seen;
    request.decide = [&](const DayImpact& impact) {
        seen = impact;
        return true;
    };
    const auto report = engine->reimport(request, {});
    QVERIFY(report);
    QCOMPARE(report->import.runs.size(), 1U);
    const RunInfo& run = report->import.runs.front();
    QCOMPARE(run.state, RunState::Imported);
    QCOMPARE(run.replaces, std::optional(RunId{1}));
    QCOMPARE(run.reason, std::string("finance found an error"));
    QVERIFY(seen.has_value());
    QVERIFY(seen->exact && !seen->same);
    QCOMPARE(seen->added, 1U);
    QCOMPARE(seen->removed, 1U);
    QCOMPARE(seen->changed, 1U);
    QCOMPARE(seen->rowsBefore, 10U);
    QCOMPARE(seen->metrics.size(), 1U);
    QCOMPARE(*seen->metrics.front().sumBefore, 55.0);
    QCOMPARE(*seen->metrics.front().sumAfter, 55.0 - 1 + 100 - 2 + 7);
    QCOMPARE(sumOf(*engine, 13), 159.0);
    QCOMPARE(sumOf(*engine, 14), 55.0);
    QCOMPARE(versionsOf(*engine, 13), std::string("4:imported 1:superseded"));
    QCOMPARE(engine->run(RunId{1})->state, RunState::Superseded);
    QVERIFY(engine->run(RunId{1})->files.front().starts_with("history/"));
    QVERIFY(checks(*engine));
    QCOMPARE(states(*engine), std::string("imported imported imported awaiting awaiting"));
    const auto journal = engine->journal("shop", 1);
    QCOMPARE(journal->front().action, std::string("run.reimport"));
    QVERIFY(journal->front().detail.ends_with("finance found an error"));
}

void TestDayVersions::aRangeIsImportedAgain()
{
    const Shop shop;
    const auto engine = landed(shop);
    ReimportRequest request = again(13);
    request.days = {{june(14), june(30)}, {june(13), june(14)}};
    const auto report = engine->reimport(request, {});
    QVERIFY(report);
    QCOMPARE(report->import.runs.size(), 3U);
    QCOMPARE(report->import.runs.front().day, june(13));
    for (const DayImpact& impact : report->impacts)
        QVERIFY(impact.same && impact.exact && impact.metrics.empty());
    QVERIFY(checks(*engine));
}

void TestDayVersions::aDryRunChangesNothing()
{
    const Shop shop;
    const auto engine = landed(shop);
    shop.execute("DELETE FROM statsig_user_metrics WHERE date = '2022-06-13' AND unit_id <> 'u1'");
    ReimportRequest request = again(13);
    request.dryRun = true;
    const auto report = engine->reimport(request, {});
    QVERIFY(report);
    QCOMPARE(report->impacts.front().removed, 9U);
    QVERIFY(report->import.runs.empty());
    QCOMPARE(engine->runs("shop", 10)->size(), 3U);
    QCOMPARE(report->import.failed + report->refused, 0);
    QCOMPARE(rowsOf(*engine, 13), 10U);
    QCOMPARE(versionsOf(*engine, 13), std::string("1:imported"));
    QVERIFY(checks(*engine));
}

void TestDayVersions::whatIsTurnedDownStaysAsItWas()
{
    const Shop shop;
    const auto engine = landed(shop);
    shop.execute("DELETE FROM statsig_user_metrics");
    ReimportRequest request = again(13);
    request.days = {{june(13), june(15)}};
    request.decide = [](const DayImpact& impact) { return impact.day == june(14); };
    const auto report = engine->reimport(request, {});
    QVERIFY(report);
    QCOMPARE(report->refused, 2);
    QCOMPARE(report->import.runs.size(), 3U);
    QCOMPARE(rowsOf(*engine, 13), 10U);
    QCOMPARE(rowsOf(*engine, 14), 0U);
    QVERIFY(calendarDay(*engine, 14).planned.empty);
    QVERIFY(checks(*engine));
}

void TestDayVersions::aReimportThatFailsChangesNothing()
{
    const Shop shop;
    const auto engine = landed(shop);
    shop.addRows(13, 0, 50);
    ReimportRequest request = again(13);
    request.days = {{june(13), june(14)}};
    const auto report = engine->reimport(request, {});
    QVERIFY(report);
    QCOMPARE(report->import.failed, 1);
    QCOMPARE(report->import.runs.size(), 1U);
    QCOMPARE(report->import.runs.front().error->code, ErrorCode::DayTolerance);
    QCOMPARE(rowsOf(*engine, 13), 10U);
    QCOMPARE(sumOf(*engine, 13), 55.0);
    QCOMPARE(states(*engine), std::string("imported imported imported awaiting awaiting"));
    QVERIFY(checks(*engine));
}

void TestDayVersions::aReimportThatIsCancelledChangesNothing()
{
    const Shop shop;
    const auto engine = landed(shop);
    std::stop_source stop;
    ReimportRequest request = again(13);
    request.days = {{june(13), june(14)}};
    request.decide = [&stop](const DayImpact&) {
        stop.request_stop();
        return true;
    };
    const auto report = engine->reimport(request, stop.get_token());
    QVERIFY(report);
    QVERIFY(report->import.cancelled);
    QCOMPARE(report->import.runs.size(), 1U);
    QCOMPARE(report->import.runs.front().state, RunState::Cancelled);
    QCOMPARE(versionsOf(*engine, 13), std::string("1:imported"));
    QVERIFY(checks(*engine));
}

void TestDayVersions::onlyLandedDaysAreImportedAgain()
{
    const Shop shop;
    const auto engine = landed(shop);
    QCOMPARE(engine->reimport(again(16), {}).error().code, ErrorCode::DayState);
    ReimportRequest request = again(13);
    request.days = {{june(20), june(30)}};
    QCOMPARE(engine->reimport(request, {}).error().code, ErrorCode::DayState);
    request.source = "nobody";
    QCOMPARE(engine->reimport(request, {}).error().code, ErrorCode::SourceUnknown);
}

void TestDayVersions::kindFlipsAndNewMetricsAreTold()
{
    const Shop shop;
    const auto engine = landed(shop);
    shop.execute("UPDATE statsig_user_metrics SET metric_value = NULL, numerator = 1, "
                 "denominator = 2 WHERE date = '2022-06-13' AND unit_id = 'u3'");
    shop.execute("INSERT INTO statsig_user_metrics VALUES ('u1', 'user_id', '2022-06-13', 'new', "
                 "'clicks', 7, NULL, NULL)");
    const auto report = engine->reimport(again(13), {});
    QVERIFY(report);
    const DayImpact& impact = report->impacts.front();
    QCOMPARE(impact.metrics.size(), 2U);
    QCOMPARE(impact.metrics[0].metric, std::string("clicks"));
    QCOMPARE(impact.metrics[0].rowsBefore, 0U);
    QCOMPARE(impact.metrics[0].added, 1U);
    QVERIFY(!impact.metrics[0].kindFlips());
    QVERIFY(impact.metrics[1].kindFlips() && impact.metrics[1].isRatio);
    QCOMPARE(impact.metrics[1].changed, 1U);
    QCOMPARE(*impact.metrics[1].numeratorAfter, 1.0);
    QVERIFY(!impact.metrics[1].numeratorBefore);
}

void TestDayVersions::aDamagedDayIsMended()
{
    const Shop shop;
    const auto engine = landed(shop);
    const auto file = shop.folder() / engine->run(RunId{1})->files.front();
    std::filesystem::resize_file(file, 30);
    QVERIFY(!engine->check(false, {})->ok);
    QVERIFY(!engine->rows("shop", june(13), {}, 10));
    const auto report = engine->reimport(again(13), {});
    QVERIFY(report);
    QVERIFY(report->impacts.front().same);
    QCOMPARE(rowsOf(*engine, 13), 10U);
    // What was damaged is no version to go back to.
    QCOMPARE(versionsOf(*engine, 13), std::string("4:imported 1:superseded-"));
    QVERIFY(checks(*engine));
    std::filesystem::remove_all(
        (shop.folder() / engine->run(RunId{2})->files.front()).parent_path());
    QVERIFY(engine->reimport(again(14), {}));
    QCOMPARE(rowsOf(*engine, 14), 10U);
    QVERIFY(checks(*engine));
}

void TestDayVersions::theLandedVersionIsShownMeanwhile()
{
    const Shop shop;
    const auto engine = landed(shop);
    shop.addRows(13, 3);
    shop.execute("UPDATE statsig_user_metrics SET timeuuid = rowid, unit_id = 'x' || rowid");
    ReimportRequest request = again(13);
    std::size_t rows = 0;
    std::string during;
    bool sound = false;
    request.decide = [&](const DayImpact&) {
        rows = rowsOf(*engine, 13);
        during = states(*engine);
        sound = checks(*engine);
        return true;
    };
    QVERIFY(engine->reimport(request, {}));
    QCOMPARE(rows, 10U);
    QCOMPARE(during, std::string("imported imported imported awaiting awaiting"));
    QVERIFY(sound);
    QCOMPARE(rowsOf(*engine, 13), 13U);
}

void TestDayVersions::rollsBackAndForward()
{
    const Shop shop;
    const auto engine = landed(shop);
    shop.execute("DELETE FROM statsig_user_metrics WHERE unit_id = 'u10'");
    QVERIFY(engine->reimport(again(13), {}));
    QCOMPARE(rowsOf(*engine, 13), 9U);
    RollbackRequest request = back(13);
    request.dryRun = true;
    auto report = engine->rollback(request, {});
    QVERIFY(report && !report->done);
    QCOMPARE(report->impact.added, 1U);
    QCOMPARE(report->impact.replaced, RunId{4});
    QCOMPARE(report->impact.by, RunId{1});
    QCOMPARE(rowsOf(*engine, 13), 9U);
    QVERIFY(checks(*engine));

    request.dryRun = false;
    request.reason = "the new rows were wrong";
    report = engine->rollback(request, {});
    QVERIFY(report && report->done);
    QCOMPARE(rowsOf(*engine, 13), 10U);
    QCOMPARE(sumOf(*engine, 13), 55.0);
    QCOMPARE(versionsOf(*engine, 13), std::string("4:rolled_back 1:imported"));
    QVERIFY(checks(*engine));
    const auto journal = *engine->journal("shop", 2);
    QCOMPARE(journal.front().action, std::string("day.changed")); // the source has other rows
    const JournalEntry& entry = journal.back();
    QCOMPARE(entry.action, std::string("day.rollback"));
    QCOMPARE(entry.actor, std::string("tester"));
    QVERIFY(entry.detail.ends_with("the new rows were wrong"));

    request = back(13);
    request.forward = true;
    report = engine->rollback(request, {});
    QVERIFY(report && report->done);
    QCOMPARE(sumOf(*engine, 13), 45.0);
    QCOMPARE(versionsOf(*engine, 13), std::string("4:imported 1:superseded"));
    request.to = RunId{1};
    QVERIFY(engine->rollback(request, {})->done);
    QCOMPARE(sumOf(*engine, 13), 55.0);
    QVERIFY(checks(*engine));
    // A further import replaces what is current then.
    QVERIFY(engine->reimport(again(13), {}));
    QCOMPARE(versionsOf(*engine, 13), std::string("5:imported 4:rolled_back 1:superseded"));
    QVERIFY(checks(*engine));
}

void TestDayVersions::rollbacksAreRefusedWithAReason()
{
    const Shop shop;
    const auto engine = landed(shop);
    QCOMPARE(engine->rollback(back(13), {}).error().code, ErrorCode::DayState);
    QCOMPARE(engine->rollback(back(16), {}).error().code, ErrorCode::DayState);
    RollbackRequest request = back(13);
    request.to = RunId{1};
    QCOMPARE(engine->rollback(request, {}).error().code, ErrorCode::DayState);
    request.to = RunId{2};
    QCOMPARE(engine->rollback(request, {}).error().code, ErrorCode::DayState);
    QVERIFY(engine->reimport(again(13), {}));
    request = back(13);
    request.forward = true;
    QCOMPARE(engine->rollback(request, {}).error().code, ErrorCode::DayState);
    request = back(13);
    request.decide = [](const DayImpact&) { return false; };
    QVERIFY(!engine->rollback(request, {})->done);
    std::filesystem::remove(shop.folder() / engine->run(RunId{1})->files.front());
    QCOMPARE(engine->rollback(back(13), {}).error().code, ErrorCode::StorageDamaged);
    QCOMPARE(rowsOf(*engine, 13), 10U);
    QCOMPARE(engine->check(true, {})->faults.size(), 1U);
}

void TestDayVersions::versionsAreKeptByNumber()
{
    const Shop shop;
    SourceSettings settings;
    settings.keepVersions = 2;
    const auto engine = landed(shop, settings);
    for (int i = 0; i < 4; ++i)
        QVERIFY(engine->reimport(again(13), {}));
    QCOMPARE(versionsOf(*engine, 13), std::string("7:imported 6:superseded 5:superseded "
                                                  "4:superseded- 1:superseded-"));
    QVERIFY(checks(*engine));
    QCOMPARE(engine->check(false, {})->versions, 2U);
    RollbackRequest request = back(13);
    request.to = RunId{4};
    QCOMPARE(engine->rollback(request, {}).error().code, ErrorCode::DayState);
}

void TestDayVersions::versionsAreKeptByAge()
{
    const Shop shop;
    {
        const auto engine = landed(shop);
        QVERIFY(engine->reimport(again(13), {}));
        const auto until = *engine->versions("shop", june(13))->back().keptUntil;
        QVERIFY(until >= *parseInstant("2022-07-17T12:00:00Z"));
        QVERIFY(until < *parseInstant("2022-07-17T12:10:00Z"));
    }
    {
        const auto engine = openAt(shop, "2022-07-17T11:00:00Z");
        QVERIFY(engine->import({}, {}));
        QCOMPARE(versionsOf(*engine, 13), std::string("4:imported 1:superseded"));
    }
    const auto engine = openAt(shop, "2022-07-17T13:00:00Z");
    QVERIFY(engine->import({}, {}));
    QCOMPARE(versionsOf(*engine, 13), std::string("4:imported 1:superseded-"));
    QVERIFY(checks(*engine));
    QCOMPARE(engine->check(false, {})->versions, 0U);
}

void TestDayVersions::aChangedSourceIsNoticed()
{
    const Shop shop;
    const auto engine = landed(shop);
    auto found = engine->recheck("shop", june(13), {});
    QVERIFY(found && found->size() == 1 && !found->front().changed);
    QVERIFY(!calendarDay(*engine, 13).planned.changed);
    shop.execute("UPDATE statsig_user_metrics SET metric_value = 11 "
                 "WHERE date = '2022-06-13' AND unit_id = 'u1'");
    found = engine->recheck("shop", june(13), {});
    QVERIFY(found && found->front().changed);
    QCOMPARE(found->front().difference,
             std::string("as many rows with other content; revenue: sum 55 → 65"));
    const CalendarDay day = calendarDay(*engine, 13);
    QVERIFY(day.planned.changed);
    QCOMPARE(day.difference, found->front().difference);
    const auto explained = engine->explainDay("shop", june(13), false, {});
    QVERIFY(explained->explanation.sentence.find("sum 55 → 65") != std::string::npos);
    QCOMPARE(explained->explanation.actions.front().command,
             std::string("daymark-cli reimport shop 2022-06-13"));
    QVERIFY(explained->evidence.checkedAt.has_value());
    QVERIFY(engine->reimport(again(13), {}));
    QVERIFY(!calendarDay(*engine, 13).planned.changed);
    QCOMPARE(engine->explainDay("shop", june(13), false, {})->evidence.versions, 1U);
    // As it was again: the mark goes by itself.
    shop.execute("UPDATE statsig_user_metrics SET metric_value = 1 WHERE unit_id = 'u1'");
    QVERIFY(engine->recheck("shop", june(13), {})->front().changed);
    shop.execute("UPDATE statsig_user_metrics SET metric_value = 11 "
                 "WHERE date = '2022-06-13' AND unit_id = 'u1'");
    QVERIFY(!engine->recheck("shop", june(13), {})->front().changed);
    QVERIFY(!calendarDay(*engine, 13).planned.changed);
    QCOMPARE(engine->recheck("shop", june(16), {}).error().code, ErrorCode::DayState);
    shop.execute("ALTER TABLE statsig_user_metrics RENAME TO elsewhere");
    QVERIFY(engine->recheck("shop", june(13), {})->front().error.has_value());
}

void TestDayVersions::rechecksAreDueDaily()
{
    const Shop shop;
    {
        const auto engine = landed(shop);
        QVERIFY(engine->recheck("shop", {}, {})->empty());
    }
    shop.execute("DELETE FROM statsig_user_metrics WHERE unit_id = 'u10'");
    for (const auto& [now, due] :
         std::vector<std::pair<std::string, std::size_t>>{{"2022-06-18T11:00:00Z", 0},
                                                          {"2022-06-18T13:00:00Z", 3},
                                                          {"2022-06-18T14:00:00Z", 0},
                                                          {"2022-06-19T14:00:00Z", 3},
                                                          {"2022-06-20T15:00:00Z", 3},
                                                          {"2022-06-22T15:00:00Z", 0}}) {
        const auto engine = openAt(shop, now);
        QCOMPARE(engine->recheck("shop", {}, {})->size(), due);
        QCOMPARE(calendarDay(*engine, 15).planned.changed, now > "2022-06-18T12:00:00Z");
    }
}

void TestDayVersions::countingIsEnoughIfAskedFor()
{
    const Shop shop;
    SourceSettings settings;
    settings.recheck = Recheck::Count;
    {
        const auto engine = landed(shop, settings);
        shop.execute("UPDATE statsig_user_metrics SET metric_value = 11 WHERE unit_id = 'u1'");
        QVERIFY(!engine->recheck("shop", june(13), {})->front().changed);
        shop.execute("DELETE FROM statsig_user_metrics WHERE unit_id = 'u1'");
        QCOMPARE(engine->recheck("shop", june(13), {})->front().difference,
                 std::string("9 rows where 10 were read"));
    }
    // What is due is looked at by the scheduler's rounds too.
    const auto engine = openAt(shop, "2022-06-18T13:00:00Z");
    QVERIFY(!calendarDay(*engine, 14).planned.changed);
    QVERIFY(engine->runDue({}));
    QVERIFY(calendarDay(*engine, 14).planned.changed);
}

void TestDayVersions::aDayAnnouncedAgainIsOffered()
{
    const Shop shop;
    const auto engine = landed(shop);
    QVERIFY(engine->explainDay("shop", june(13), false, {})->explanation.actions.empty());
    shop.execute("DELETE FROM statsig_user_metrics_signal WHERE finished_date = '2022-06-13'");
    QVERIFY(engine->poll("shop", {}));
    QVERIFY(!calendarDay(*engine, 13).resignalled);
    shop.signal(13);
    QVERIFY(engine->poll("shop", {}));
    QVERIFY(calendarDay(*engine, 13).resignalled);
    const auto explained = engine->explainDay("shop", june(13), false, {});
    QVERIFY(explained->explanation.sentence.find("announced again") != std::string::npos);
    QCOMPARE(explained->explanation.actions.front().command,
             std::string("daymark-cli reimport shop 2022-06-13"));
    QVERIFY(explained->evidence.resignalledAt.has_value());
    QVERIFY(engine->reimport(again(13), {}));
    QVERIFY(!calendarDay(*engine, 13).resignalled);
}

void TestDayVersions::undatedRowsAreChargedAnew()
{
    const Shop shop;
    SourceSettings settings;
    settings.tolerancePercent = 50;
    shop.execute("INSERT INTO statsig_user_metrics VALUES ('u1', 'user_id', NULL, 'x', 'revenue', "
                 "7, NULL, NULL)");
    const auto engine = landed(shop, settings);
    QCOMPARE(engine->run(RunId{1})->rejected, 1U);
    QCOMPARE(engine->run(RunId{2})->rejected, 0U);
    const auto report = engine->reimport(again(13), {});
    QCOMPARE(report->import.runs.front().rejected, 1U);
    QCOMPARE(engine->reimport(again(14), {})->import.runs.front().rejected, 0U);
    QVERIFY(!engine->recheck("shop", june(13), {})->front().changed);
}

namespace {

void addUndated(const Shop& shop, int rows)
{
    shop.execute("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < " +
                 std::to_string(rows) +
                 ") INSERT INTO statsig_user_metrics SELECT 'u' || i, 'user_id', NULL, 'x' || i, "
                 "'revenue', 7, NULL, NULL FROM n");
}

std::string sentenceOf(Engine& engine, int day)
{
    return engine.explainDay("shop", june(day), false, {})->explanation.sentence;
}

} // namespace

void TestDayVersions::undatedRowsChangeNoLandedDay()
{
    const Shop shop;
    const auto engine = landed(shop);
    addUndated(shop, 1);
    for (const int day : {13, 14, 15})
        QVERIFY(!engine->recheck("shop", june(day), {})->front().changed);
    SourceSettings counting;
    counting.recheck = Recheck::Count;
    counting.tolerancePercent = 20;
    QVERIFY(engine->editSource("shop", counting, {}));
    QVERIFY(!engine->recheck("shop", june(13), {})->front().changed);
    // Charged to the next day that lands, and to no other; gone again, it changes nothing either.
    shop.addRows(16, 10);
    shop.signal(16);
    QCOMPARE(engine->import({}, {})->runs.front().rejected, 1U);
    QVERIFY(!engine->recheck("shop", june(16), {})->front().changed);
    counting.recheck = Recheck::Full;
    QVERIFY(engine->editSource("shop", counting, {}));
    QVERIFY(!engine->recheck("shop", june(16), {})->front().changed);
    shop.execute("DELETE FROM statsig_user_metrics WHERE date IS NULL");
    QVERIFY(!engine->recheck("shop", june(16), {})->front().changed);
    shop.execute("DELETE FROM statsig_user_metrics WHERE unit_id = 'u3'");
    QVERIFY(engine->recheck("shop", june(16), {})->front().changed);
}

void TestDayVersions::anEmptyDayLandsBesideUndatedRows()
{
    const Shop shop;
    const auto engine = landed(shop);
    addUndated(shop, 1);
    shop.signal(16);
    auto report = engine->import({}, {});
    QCOMPARE(report->failed, 0);
    QCOMPARE(report->runs.front().state, RunState::Imported);
    QCOMPARE(report->runs.front().rejected, 1U);
    QVERIFY(report->runs.front().note.find("no rows of its own") != std::string::npos);
    QVERIFY(!report->runs.front().rejectsFile.empty());
    QVERIFY(calendarDay(*engine, 16).planned.empty);
    shop.addRows(17, 10);
    shop.signal(17);
    QCOMPARE(engine->import({}, {})->runs.front().rejected, 0U);
}

void TestDayVersions::aDayWhoseRowsLostTheirDatesFails()
{
    const Shop shop;
    const auto engine = landed(shop);
    addUndated(shop, 10);
    shop.signal(16);
    const auto report = engine->import({}, {});
    QCOMPARE(report->failed, 1);
    QCOMPARE(report->runs.front().error->code, ErrorCode::DayTolerance);
}

void TestDayVersions::aLostReimportIsTold()
{
    const Shop shop;
    const auto engine = landed(shop);
    shop.addRows(13, 0, 50);
    QCOMPARE(engine->reimport(again(13), {})->import.failed, 1);
    QVERIFY(sentenceOf(*engine, 13).find("A re-import failed") != std::string::npos);
    QVERIFY(sentenceOf(*engine, 13).find("over the tolerance") != std::string::npos);
    QVERIFY(sentenceOf(*engine, 13).find("The landed version stays.") != std::string::npos);
    const auto explained = engine->explainDay("shop", june(13), false, {});
    QCOMPARE(explained->evidence.reimport, std::optional(RunId{4}));
    QCOMPARE(explained->evidence.run, std::optional(RunId{1}));
    ReimportRequest request = again(14);
    request.decide = [](const DayImpact&) { return false; };
    QVERIFY(engine->reimport(request, {}));
    QVERIFY(sentenceOf(*engine, 14).find("A re-import was cancelled") != std::string::npos);
    QVERIFY(sentenceOf(*engine, 14).find("was turned down") != std::string::npos);
    QCOMPARE(engine->runs("shop", 1)->front().state, RunState::Cancelled);
    // One that lands ends it.
    shop.execute("DELETE FROM statsig_user_metrics WHERE metric_value IS NULL");
    QCOMPARE(engine->reimport(again(13), {})->import.failed, 0);
    QVERIFY(sentenceOf(*engine, 13).find("re-import") == std::string::npos);
}

void TestDayVersions::aRollbackKnowsWhatTheSourceHolds()
{
    const Shop shop;
    const auto engine = landed(shop);
    shop.execute("DELETE FROM statsig_user_metrics WHERE unit_id = 'u10'");
    QVERIFY(engine->reimport(again(13), {}));
    QVERIFY(!calendarDay(*engine, 13).planned.changed);
    QVERIFY(engine->rollback(back(13), {})->done);
    QVERIFY(calendarDay(*engine, 13).planned.changed);
    QVERIFY(calendarDay(*engine, 13).difference.find("9 rows where 10 landed") !=
            std::string::npos);
    QVERIFY(engine->recheck("shop", june(13), {})->front().changed);
    RollbackRequest forward = back(13);
    forward.forward = true;
    QVERIFY(engine->rollback(forward, {})->done);
    QVERIFY(!calendarDay(*engine, 13).planned.changed);
    // The source moves on, and is as neither version any more.
    shop.execute("DELETE FROM statsig_user_metrics WHERE unit_id = 'u9'");
    QVERIFY(engine->recheck("shop", june(13), {})->front().changed);
    QVERIFY(engine->rollback(back(13), {})->done);
    QVERIFY(calendarDay(*engine, 13).planned.changed);
    QVERIFY(engine->rollback(forward, {})->done);
    QVERIFY(calendarDay(*engine, 13).planned.changed);
    // It comes back to what the first version held.
    shop.execute("DELETE FROM statsig_user_metrics WHERE date = '2022-06-13'");
    shop.addRows(13, 10);
    QVERIFY(engine->recheck("shop", june(13), {})->front().changed);
    QVERIFY(engine->rollback(back(13), {})->done);
    QVERIFY(!calendarDay(*engine, 13).planned.changed);
}

QTEST_APPLESS_MAIN(TestDayVersions)
#include "tst_day_versions.moc"
