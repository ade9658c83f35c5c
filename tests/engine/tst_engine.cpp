// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shop.h"

#include <QtTest>

#include <atomic>
#include <mutex>
#include <thread>

#include <sys/stat.h>

using namespace daymark;
using namespace daymark::test;

class TestEngine : public QObject
{
    Q_OBJECT

private slots:
    void theWorkedExample();
    void aFailedDayHoldsBackTheLaterOnes();
    void rejectedRowsAgainstTheTolerance_data();
    void rejectedRowsAgainstTheTolerance();
    void aDayWithoutRowsLandsAsEmpty();
    void cancelLeavesTheDayAsItWas();
    void aSkippedDayLetsTheNextOneLand();
    void theFirstDayStaysAfterItLanded();
    void aDayLimitEndsThePass();
    void sourcesImportSideBySide();
    void readersWorkBesideTheWriter();
    void undatedRowsAreChargedOnce();
    void explainsWithACountOfTheSource();
    void previewsWithoutLanding();
    void everyChangeIsInTheJournal();
    void aListenerMayEndItsOwnSubscription();
    void checksBesideAnImport();
    void aNewWorkspaceIsItsOwnersAlone();
    void aLostLedgerIsNotTakenForANewWorkspace();
};

void TestEngine::theWorkedExample()
{
    const Shop shop;
    for (const int day : {13, 14, 15})
        shop.addRows(day, 10);
    shop.signal(15);
    shop.signal(13);
    const auto engine = shop.openWithSource();
    QCOMPARE(states(*engine), std::string("ready gap blocked:14 awaiting awaiting"));

    auto report = engine->import({{"shop"}, true, {}}, {});
    QVERIFY(report);
    QCOMPARE(report->runs.size(), 1U);
    QCOMPARE(report->failed, 0);
    QCOMPARE(states(*engine), std::string("imported gap blocked:14 awaiting awaiting"));
    QCOMPARE(report->waiting.size(), 1U);
    QVERIFY(report->waiting.front().second.find("2022-06-14") != std::string::npos);

    shop.signal(14);
    report = engine->import({{}, true, {}}, {});
    QVERIFY(report);
    QCOMPARE(report->runs.size(), 2U);
    QCOMPARE(report->runs[0].day, june(14));
    QCOMPARE(report->runs[1].day, june(15));
    QCOMPARE(states(*engine), std::string("imported imported imported awaiting awaiting"));

    const auto metric = engine->metric("revenue");
    QVERIFY(metric);
    QCOMPARE(metric->series.size(), 3U);
    QCOMPARE(metric->series[0].sum.value(), 55.0);
    QCOMPARE(metric->series[0].mean.value(), 5.5);
    const auto check = engine->check(true, {});
    QVERIFY(check && check->ok);
    QCOMPARE(check->days, 3U);
}

void TestEngine::aFailedDayHoldsBackTheLaterOnes()
{
    const Shop shop;
    shop.addRows(13, 10);
    shop.addRows(14, 10, 5);
    shop.addRows(15, 10);
    for (const int day : {13, 14, 15})
        shop.signal(day);
    const auto engine = shop.openWithSource();
    auto report = engine->import({}, {});
    QVERIFY(report);
    QCOMPARE(report->failed, 1);
    QCOMPARE(report->runs.size(), 2U);
    QCOMPARE(report->runs[1].state, RunState::Failed);
    QCOMPARE(report->runs[1].error->code, ErrorCode::DayTolerance);
    QCOMPARE(report->runs[1].rejected, 5U);
    QVERIFY(std::filesystem::exists(shop.folder() / report->runs[1].rejectsFile));
    QCOMPARE(states(*engine), std::string("imported failed blocked:14 awaiting awaiting"));

    shop.execute("DELETE FROM statsig_user_metrics WHERE metric_value IS NULL");
    report = engine->import({}, {});
    QVERIFY(report);
    QCOMPARE(report->failed, 0);
    QCOMPARE(states(*engine), std::string("imported imported imported awaiting awaiting"));
}

void TestEngine::rejectedRowsAgainstTheTolerance_data()
{
    QTest::addColumn<double>("tolerance");
    QTest::addColumn<int>("good");
    QTest::addColumn<int>("bad");
    QTest::addColumn<bool>("lands");
    QTest::newRow("just at one percent lands") << 1.0 << 99 << 1 << true;
    QTest::newRow("over one percent fails") << 1.0 << 98 << 2 << false;
    QTest::newRow("none tolerated, none rejected") << 0.0 << 10 << 0 << true;
    QTest::newRow("none tolerated, one rejected") << 0.0 << 1000 << 1 << false;
    QTest::newRow("all tolerated") << 100.0 << 0 << 7 << true;
    QTest::newRow("a third of a percent") << 0.3 << 997 << 3 << true;
}

void TestEngine::rejectedRowsAgainstTheTolerance()
{
    QFETCH(double, tolerance);
    QFETCH(int, good);
    QFETCH(int, bad);
    QFETCH(bool, lands);
    const Shop shop;
    shop.addRows(13, good, bad);
    shop.signal(13);
    SourceSettings settings;
    settings.tolerancePercent = tolerance;
    const auto engine = shop.openWithSource(settings);
    const auto report = engine->import({}, {});
    QVERIFY(report);
    QCOMPARE(report->runs.size(), 1U);
    const RunInfo& run = report->runs.front();
    QCOMPARE(run.state, lands ? RunState::Imported : RunState::Failed);
    QCOMPARE(run.rowsRead, run.accepted + run.rejected + run.duplicates);
    QCOMPARE(run.rejected, static_cast<std::uint64_t>(bad));
}

void TestEngine::aDayWithoutRowsLandsAsEmpty()
{
    const Shop shop;
    shop.signal(16);
    const auto engine = shop.openWithSource();
    const auto report = engine->import({}, {});
    QVERIFY(report);
    QCOMPARE(report->runs.at(0).state, RunState::Imported);
    const auto calendar = engine->calendar("shop");
    QVERIFY(calendar->days.front().planned.empty);
    QVERIFY(report->runs.front().note.find("schema.no_rows") != std::string::npos);
    QVERIFY(engine->check(true, {})->ok);
}

void TestEngine::cancelLeavesTheDayAsItWas()
{
    const Shop shop;
    shop.addRows(13, 300'000);
    shop.signal(13);
    const auto engine = shop.openWithSource();
    std::atomic<bool> asked = false;
    const Subscription listening = engine->subscribe([&](const Event& event) {
        if (event.kind == EventKind::RunStarted)
            asked = engine->cancelRun(event.progress.run).has_value();
    });
    const auto report = engine->import({}, {});
    QVERIFY(report);
    QVERIFY(asked);
    QCOMPARE(report->runs.at(0).state, RunState::Cancelled);
    QVERIFY(report->cancelled);
    QCOMPARE(states(*engine), std::string("ready awaiting awaiting awaiting awaiting"));
    QVERIFY(std::filesystem::is_empty(shop.folder() / "staging"));
    QVERIFY(std::filesystem::is_empty(shop.folder() / "landing") || engine->check(true, {})->ok);
    QVERIFY(engine->liveRuns().empty());
}

void TestEngine::aSkippedDayLetsTheNextOneLand()
{
    const Shop shop;
    for (const int day : {13, 15})
        shop.addRows(day, 5);
    shop.signal(13);
    shop.signal(15);
    const auto engine = shop.openWithSource();
    QVERIFY(engine->import({}, {}));
    QCOMPARE(engine->skipDay("shop", june(14), "").error().code, ErrorCode::UsageInvalid);
    QVERIFY(engine->skipDay("shop", june(14), "closed on Tuesdays"));
    QCOMPARE(states(*engine), std::string("imported skipped ready awaiting awaiting"));
    QCOMPARE(engine->calendar("shop")->days[1].reason, std::string("closed on Tuesdays"));
    QVERIFY(engine->reopenDay("shop", june(14)));
    QVERIFY(engine->skipDay("shop", june(14), "closed on Tuesdays"));
    QVERIFY(engine->import({}, {}));
    QCOMPARE(states(*engine), std::string("imported skipped imported awaiting awaiting"));
    QCOMPARE(engine->reopenDay("shop", june(14)).error().code, ErrorCode::DayState);
    QCOMPARE(engine->skipDay("shop", june(13), "late").error().code, ErrorCode::DayState);
}

void TestEngine::theFirstDayStaysAfterItLanded()
{
    const Shop shop;
    shop.addRows(13, 5);
    shop.signal(13);
    const auto engine = shop.openWithSource();
    QVERIFY(engine->import({}, {}));
    shop.addRows(12, 5);
    shop.signal(12);
    const auto report = engine->import({}, {});
    QVERIFY(report);
    QVERIFY(report->runs.empty());
    const auto calendar = engine->calendar("shop");
    QCOMPARE(calendar->plan.firstDay.value(), june(13));
    QCOMPARE(calendar->days.front().reason, std::string("signal.before_start"));
}

void TestEngine::aDayLimitEndsThePass()
{
    const Shop shop;
    for (const int day : {13, 14, 15}) {
        shop.addRows(day, 5);
        shop.signal(day);
    }
    const auto engine = shop.openWithSource();
    const auto report = engine->import({{"shop"}, true, june(14)}, {});
    QVERIFY(report);
    QCOMPARE(report->runs.size(), 2U);
    QCOMPARE(states(*engine), std::string("imported imported ready awaiting awaiting"));
    QCOMPARE(engine->import({{"nope"}, true, {}}, {}).error().code, ErrorCode::SourceUnknown);
}

void TestEngine::sourcesImportSideBySide()
{
    const Shop shop;
    for (const int day : {13, 14, 15}) {
        shop.addRows(day, 2000);
        shop.signal(day);
    }
    const auto engine = shop.openWithSource();
    SourceSettings settings;
    settings.uri = shop.database();
    for (const char* name : {"two", "three"})
        QVERIFY(engine->addSource(name, "sqlite", "metrics", settings, {}));
    std::mutex mutex;
    std::map<std::string, std::vector<Day>> landed;
    const Subscription listening = engine->subscribe([&](const Event& event) {
        const std::scoped_lock lock(mutex);
        if (event.kind == EventKind::RunFinished)
            landed[event.source].push_back(event.run.day);
    });
    const auto report = engine->import({}, {});
    QVERIFY(report);
    QCOMPARE(report->runs.size(), 9U);
    QCOMPARE(landed.size(), 3U);
    for (const auto& entry : landed)
        QCOMPARE(entry.second, (std::vector<Day>{june(13), june(14), june(15)}));
    QCOMPARE(engine->metric("revenue")->series.front().rows, 6000U);
}

void TestEngine::readersWorkBesideTheWriter()
{
    const Shop shop;
    shop.addRows(13, 5);
    shop.signal(13);
    const auto writer = shop.openWithSource();
    QCOMPARE(shop.open().error().code, ErrorCode::WorkspaceBusy);
    const auto reader = shop.open(OpenMode::WriteOrRead);
    QVERIFY(reader);
    QVERIFY(!(*reader)->canWrite());
    QCOMPARE(states(**reader), std::string("ready awaiting awaiting awaiting awaiting"));
    QVERIFY(writer->import({}, {}));
    QCOMPARE(states(**reader), std::string("imported awaiting awaiting awaiting awaiting"));
    QCOMPARE((*reader)->signalDay("shop", june(14)).error().code, ErrorCode::WorkspaceBusy);
    QCOMPARE((*reader)->import({}, {}).error().code, ErrorCode::WorkspaceBusy);
    QVERIFY((*reader)->check(true, {})->ok);
}

void TestEngine::undatedRowsAreChargedOnce()
{
    const Shop shop;
    for (const int day : {13, 14}) {
        shop.addRows(day, 1000);
        shop.signal(day);
    }
    shop.execute(
        "INSERT INTO statsig_user_metrics VALUES ('u', 'user_id', NULL, 'a', 'm', 1, NULL, "
        "NULL), ('u', 'user_id', '2022-06-31', 'b', 'm', 1, NULL, NULL)");
    const auto engine = shop.openWithSource();
    const auto report = engine->import({}, {});
    QVERIFY(report);
    QCOMPARE(report->runs.size(), 2U);
    QCOMPARE(report->runs[0].rejected, 2U);
    QCOMPARE(report->runs[0].rowsRead, 1002U);
    QCOMPARE(report->runs[1].rejected, 0U);
    QCOMPARE(report->runs[1].rowsRead, 1000U);
}

void TestEngine::explainsWithACountOfTheSource()
{
    const Shop shop;
    shop.addRows(14, 42);
    shop.signal(13);
    shop.signal(15);
    const auto engine = shop.openWithSource();
    QVERIFY(engine->import({}, {}));
    const auto explained = engine->explainDay("shop", june(15), true, {});
    QVERIFY(explained);
    QCOMPARE(explained->explanation.rootDay.value(), june(14));
    QCOMPARE(explained->evidence.sourceRows.value(), 42U);
    QCOMPARE(explained->evidence.verdict.value(), std::string("rows complete but not signalled"));
    QVERIFY(explained->explanation.sentence.find("42") != std::string::npos);
}

void TestEngine::previewsWithoutLanding()
{
    const Shop shop;
    shop.addRows(13, 8, 2);
    shop.signal(13);
    const auto engine = shop.openWithSource();
    const auto preview = engine->preview("shop", {}, {});
    QVERIFY(preview);
    QCOMPARE(preview->day.value(), june(13));
    QCOMPARE(preview->rowsRead, 10U);
    QCOMPARE(preview->rejected, 2U);
    QVERIFY(preview->wholeDay);
    QCOMPARE(engine->preview("shop", {june(13), 4}, {})->rowsRead, 4U);
    QCOMPARE(states(*engine), std::string("ready awaiting awaiting awaiting awaiting"));
    QVERIFY(engine->runs({}, 10)->empty());
}

void TestEngine::everyChangeIsInTheJournal()
{
    const Shop shop;
    shop.addRows(13, 5);
    const auto engine = shop.openWithSource();
    QVERIFY(engine->signalDay("shop", june(13)));
    const auto calendar = engine->calendar("shop");
    QVERIFY(calendar && calendar->days.front().markedHere);
    QVERIFY(calendar->days.front().firstSeen);
    QVERIFY(!calendar->days.back().firstSeen);
    QVERIFY(engine->import({}, {}));
    QVERIFY(engine->addIdType("device_id"));
    const auto journal = engine->journal("shop", 100);
    QVERIFY(journal);
    QVERIFY(journal->size() >= 3);
    for (const JournalEntry& entry : *journal) {
        QCOMPARE(entry.actor, std::string("tester"));
        QVERIFY(!entry.action.empty());
    }
}

void TestEngine::aListenerMayEndItsOwnSubscription()
{
    const Shop shop;
    shop.addRows(13, 5);
    shop.signal(13);
    const auto engine = shop.openWithSource();
    std::vector<EventKind> told;
    Subscription listening;
    const auto note = std::make_shared<int>(7); // dies with the listener
    const std::weak_ptr<int> alive = note;
    bool outlived = false;
    listening = engine->subscribe([&, held = note](const Event& event) {
        told.push_back(event.kind);
        listening = Subscription();
        outlived = !alive.expired() && *held == 7;
    });
    QVERIFY(engine->import({}, {}));
    QCOMPARE(told.size(), 1U);
    QVERIFY(outlived);
}

void TestEngine::checksBesideAnImport()
{
    const Shop shop;
    for (int day = 1; day <= 16; ++day) {
        shop.addRows(day, 200);
        shop.signal(day);
    }
    const auto writer = shop.openWithSource();
    const auto reader = shop.open(OpenMode::Read);
    QVERIFY(reader);
    std::atomic<bool> done = false;
    std::thread importing([&] {
        static_cast<void>(writer->import({}, {}));
        done = true;
    });
    std::string faults;
    while (!done) {
        const auto check = (*reader)->check(false, {});
        if (!check)
            faults += check.error().message;
        else if (!check->ok)
            faults += check->faults.front().message;
    }
    importing.join();
    QCOMPARE(faults, std::string());
    QCOMPARE((*reader)->check(true, {})->days, 16U);
}

void TestEngine::aNewWorkspaceIsItsOwnersAlone()
{
    using std::filesystem::perms;
    const QTemporaryDir home;
    const std::filesystem::path shared = home.filePath("shared").toStdString();
    std::filesystem::create_directory(shared);
    std::filesystem::permissions(shared, perms(0755));
    QVERIFY(Engine::create(shared, Clock()));
    const auto rightsOf = [](const std::filesystem::path& path) {
        return std::filesystem::status(path).permissions();
    };
    QCOMPARE(rightsOf(shared), perms(0755)); // it was there before, and is not ours to close
    for (const char* part : {"landing", "staging", "rejects", "history"})
        QCOMPARE(rightsOf(shared / part), perms(0700));
    const std::filesystem::path fresh = home.filePath("fresh").toStdString();
    QVERIFY(Engine::create(fresh, Clock()));
    QCOMPARE(rightsOf(fresh), perms(0700));
}

void TestEngine::aLostLedgerIsNotTakenForANewWorkspace()
{
    const Shop shop;
    shop.addRows(13, 5);
    shop.signal(13);
    QVERIFY(shop.openWithSource()->import({}, {}));
    const auto ledger = shop.folder() / "daymark.sqlite";
    std::filesystem::resize_file(ledger, 0);
    QCOMPARE(shop.open(OpenMode::Read).error().code, ErrorCode::WorkspaceDamaged);
    QCOMPARE(Engine::create(shop.folder(), Clock()).error().code, ErrorCode::WorkspaceDamaged);
    std::filesystem::remove(ledger);
    QCOMPARE(shop.open().error().code, ErrorCode::WorkspaceDamaged);
    QCOMPARE(Engine::create(shop.folder(), Clock()).error().code, ErrorCode::WorkspaceDamaged);
    QVERIFY(!std::filesystem::is_empty(shop.folder() / "landing"));
    QCOMPARE(::mkfifo(ledger.c_str(), 0600), 0);
    QCOMPARE(shop.open(OpenMode::Read).error().code, ErrorCode::WorkspaceDamaged);
}

QTEST_APPLESS_MAIN(TestEngine)
#include "tst_engine.moc"
