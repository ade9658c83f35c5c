// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Runs and days: what may follow what, and that each fence holds.

#include "tests/ledger/ledger_bench.h"

#include <QTest>

#include <atomic>
#include <cmath>
#include <limits>
#include <thread>

using namespace daymark;
using namespace daymark::ledger;

namespace {

/// `imported:10 failed:0 …`: every day that the ledger holds, with its rows.
std::string standings(LedgerBench& bench, SourceId source)
{
    static constexpr const char* kNames[] = {"imported", "skipped", "importing", "failed"};
    std::string out;
    const auto days = bench.ledger->dayTable().list(source);
    for (const DayRecord& day : *days) {
        out += (out.empty() ? "" : " ") + formatDay(day.day).substr(8) + ":" +
               kNames[static_cast<int>(day.standing)];
    }
    return out;
}

} // namespace

class tst_Runs : public QObject
{
    Q_OBJECT

private slots:
    void landADay();
    void onlyOneLivesASource();
    void daysLandInOrder();
    void eachEndIsFenced();
    void failingIsFencedToo();
    void theDayStandsAsBeforeAfterACancel();
    void aFailedCommitLeavesNothingToCount();
    void interruptedRunsAreListedAndClosed();
    void firstDayIsFixedByTheFirstLanding();
    void skipAndReopen();
    void emptyAndChangedDays();
    void damagedDays();
    void undatedRowsCountForImportedRunsOnly();
    void rollupsAreExact();
    void pulsesShowProgress();
    void aLatePulseLeavesTheCounts();
    void listsLatestFirst();
    void threadsShareOneLedger();
};

void tst_Runs::landADay()
{
    LedgerBench bench;
    const SourceId shop = bench.addSource();
    const auto run = bench.import(shop, 13, 20);
    QCOMPARE(outcome(run), "ok");
    bench.reopen();
    const auto record = bench.ledger->runTable().get(*run);
    QVERIFY(record->state == RunState::Imported);
    QCOMPARE(record->sourceName, "shop");
    QCOMPARE(record->counts.read, std::uint64_t{23});
    QCOMPARE(record->counts.accepted, std::uint64_t{20});
    QCOMPARE(record->startedAt, at(1));
    QCOMPARE(record->finishedAt, std::optional(at(3)));
    QCOMPARE(record->seconds, 1.5);
    QCOMPARE(record->owner.pid, 4711);
    QCOMPARE(record->owner.host, "host/boot");
    QCOMPARE(record->rejectsFile, "rejects/run.csv");
    QCOMPARE(record->note, "rows grouped by metric");
    QVERIFY(record->fingerprint == (Hash128{7, 9}));
    QVERIFY(record->files == LedgerBench::commitOf(*run, 20).files);
    QCOMPARE(record->timings.size(), std::size_t{2});
    QCOMPARE(record->timings[1].phase, "seal");
    const auto rules = bench.ledger->runTable().rules(*run);
    QCOMPARE(rules->size(), std::size_t{1});
    QVERIFY(rules->front().rule == Rule::UnitIdMissing);
    QCOMPARE(rules->front().examples.front().row, std::uint64_t{17});
    QVERIFY(rules->front().examples.front().null);
    const auto day = bench.ledger->dayTable().find(shop, dayOf(13));
    QVERIFY((*day)->standing == Standing::Imported && !(*day)->empty);
    QCOMPARE((*day)->run, std::optional(*run));
    QCOMPARE((*day)->counts.accepted, std::uint64_t{20});
    QCOMPARE((*day)->at, std::optional(at(3)));
    const auto landed = bench.ledger->dayTable().landed(shop, dayOf(13), dayOf(13));
    QVERIFY(landed->front().files == record->files);
    QCOMPARE(bench.ledger->journalTable().list("shop", 1)->front().action, "run.import");
    QCOMPARE(outcome(bench.ledger->runTable().get({99})), "run.unknown");
}

void tst_Runs::onlyOneLivesASource()
{
    LedgerBench bench;
    const SourceId shop = bench.addSource();
    const SourceId other = bench.addSource("other");
    QCOMPARE(outcome(bench.begin(shop, 13)), "ok");
    QCOMPARE(outcome(bench.begin(shop, 13)), "day.state");
    QCOMPARE(outcome(bench.begin(shop, 14)), "day.state");
    QCOMPARE(outcome(bench.begin(other, 14)), "ok");
    QCOMPARE(outcome(bench.begin({99}, 14)), "source.unknown");
    QCOMPARE(bench.ledger->runTable().live()->size(), std::size_t{2});
}

void tst_Runs::daysLandInOrder()
{
    LedgerBench bench;
    const SourceId shop = bench.addSource();
    QCOMPARE(outcome(bench.import(shop, 13)), "ok");
    QCOMPARE(outcome(bench.import(shop, 15)), "ok");
    QCOMPARE(outcome(bench.begin(shop, 14)), "day.state");
    QCOMPARE(outcome(bench.begin(shop, 15)), "day.state");
    QCOMPARE(outcome(bench.begin(shop, 16)), "ok");
}

void tst_Runs::eachEndIsFenced()
{
    LedgerBench bench;
    const SourceId shop = bench.addSource();
    RunTable& runs = bench.ledger->runTable();
    const RunId run = *bench.begin(shop, 13);
    QCOMPARE(outcome(runs.finishImported(run, at(2), 1)), "day.state");
    QCOMPARE(outcome(runs.markCommitting(run, LedgerBench::commitOf(run, 5), at(2))), "ok");
    QCOMPARE(outcome(runs.markCommitting(run, LedgerBench::commitOf(run, 6), at(3))), "day.state");
    QCOMPARE(outcome(runs.finishImported(run, at(4), 1)), "ok");
    const std::size_t entries = bench.ledger->journalTable().list(std::nullopt, 100)->size();
    QCOMPARE(outcome(runs.finishImported(run, at(9), 7)), "day.state");
    QCOMPARE(outcome(runs.cancel(run, {}, at(9), 7)), "day.state");
    QCOMPARE(outcome(runs.fail(run, {}, {}, at(9), 7)), "day.state");
    QCOMPARE(outcome(runs.interrupt(run, {}, at(9))), "day.state");
    QCOMPARE(outcome(runs.pulse(run, {at(9), "read", {}})), "day.state");
    QCOMPARE(outcome(runs.finishImported({99}, at(9), 7)), "run.unknown");
    const auto record = runs.get(run);
    QVERIFY(record->state == RunState::Imported);
    QCOMPARE(record->finishedAt, std::optional(at(4)));
    QCOMPARE(record->counts.accepted, std::uint64_t{5});
    QCOMPARE(bench.ledger->journalTable().list(std::nullopt, 100)->size(), entries);
}

void tst_Runs::failingIsFencedToo()
{
    LedgerBench bench;
    const SourceId shop = bench.addSource();
    RunTable& runs = bench.ledger->runTable();
    const RunId run = *bench.begin(shop, 13);
    RunReport report = LedgerBench::commitOf(run, 5).report;
    const Error error{ErrorCode::DayTolerance, "Too many rejected rows.", "Fix them."};
    QCOMPARE(outcome(runs.fail(run, error, report, at(2), 0.5)), "ok");
    QCOMPARE(outcome(runs.markCommitting(run, LedgerBench::commitOf(run, 5), at(3))), "day.state");
    QCOMPARE(outcome(runs.finishImported(run, at(4), 1)), "day.state");
    QCOMPARE(standings(bench, shop), "13:failed");
    const auto day = bench.ledger->dayTable().find(shop, dayOf(13));
    QVERIFY((*day)->failure->code == ErrorCode::DayTolerance);
    QCOMPARE((*day)->failure->hint, "Fix them.");
    QCOMPARE((*day)->counts.rejected, std::uint64_t{2});
    QCOMPARE(runs.rules(run)->size(), std::size_t{1});
    QCOMPARE(runs.get(run)->rejectsFile, "rejects/run.csv");
    QCOMPARE(outcome(bench.import(shop, 13)), "ok");
    QCOMPARE(standings(bench, shop), "13:imported");
    QVERIFY(!(*bench.ledger->dayTable().find(shop, dayOf(13)))->failure);
}

void tst_Runs::theDayStandsAsBeforeAfterACancel()
{
    LedgerBench bench;
    const SourceId shop = bench.addSource();
    RunTable& runs = bench.ledger->runTable();
    RunId run = *bench.begin(shop, 13);
    QCOMPARE(standings(bench, shop), "13:importing");
    QCOMPARE(outcome(runs.cancel(run, {}, at(2), 0.5)), "ok");
    QCOMPARE(standings(bench, shop), "");
    run = *bench.begin(shop, 13);
    QCOMPARE(outcome(runs.fail(run, {ErrorCode::SourceQuery, "Bad.", ""}, {}, at(2), 0.5)), "ok");
    run = *bench.begin(shop, 13);
    QCOMPARE(standings(bench, shop), "13:importing");
    QCOMPARE(outcome(runs.cancel(run, {}, at(3), 0.5)), "ok");
    QCOMPARE(standings(bench, shop), "13:failed");
    const auto day = bench.ledger->dayTable().find(shop, dayOf(13));
    QCOMPARE((*day)->failure->message, "Bad.");
    QCOMPARE((*day)->lastRun, std::optional(run));
}

void tst_Runs::aFailedCommitLeavesNothingToCount()
{
    LedgerBench bench;
    const SourceId shop = bench.addSource();
    RunTable& runs = bench.ledger->runTable();
    const RunId run = *bench.begin(shop, 13);
    QCOMPARE(outcome(runs.markCommitting(run, LedgerBench::commitOf(run, 5), at(2))), "ok");
    QCOMPARE(bench.ledger->rollupTable().series("revenue")->size(), std::size_t{0});
    QCOMPARE(runs.live()->front().files.size(), std::size_t{1});
    QCOMPARE(outcome(runs.fail(run, {ErrorCode::StorageFull, "Full.", ""},
                               LedgerBench::commitOf(run, 5).report, at(3), 1)),
             "ok");
    QCOMPARE(bench.ledger->rollupTable().ofRun(run)->size(), std::size_t{0});
    QCOMPARE(runs.get(run)->files.size(), std::size_t{0});
    QCOMPARE(bench.ledger->dayTable().landed()->size(), std::size_t{0});
    QCOMPARE(runs.chargedUndated(shop, dayOf(1))->size(), std::size_t{0});
}

void tst_Runs::interruptedRunsAreListedAndClosed()
{
    LedgerBench bench;
    const SourceId shop = bench.addSource();
    const SourceId other = bench.addSource("other");
    const RunId running = *bench.begin(shop, 13);
    const RunId committing = *bench.begin(other, 13);
    QCOMPARE(outcome(bench.ledger->runTable().pulse(running, {at(5), "read", {40, 30, 6, 4}})),
             "ok");
    QCOMPARE(outcome(bench.ledger->runTable().markCommitting(
                 committing, LedgerBench::commitOf(committing, 5), at(2))),
             "ok");
    bench.reopen();
    RunTable& runs = bench.ledger->runTable();
    const auto live = runs.live();
    QCOMPARE(live->size(), std::size_t{2});
    QVERIFY(live->at(0).state == RunState::Running && live->at(1).state == RunState::Committing);
    const Error gone{ErrorCode::Internal, "The program ended during the run.", ""};
    QCOMPARE(outcome(runs.interrupt(running, gone, at(9))), "ok");
    QCOMPARE(outcome(runs.finishImported(committing, at(9), 2)), "ok");
    QVERIFY(runs.get(running)->state == RunState::Interrupted);
    QCOMPARE(runs.get(running)->seconds, 240.0);
    QCOMPARE(runs.get(running)->counts.read, std::uint64_t{40});
    QCOMPARE(runs.live()->size(), std::size_t{0});
    QCOMPARE(standings(bench, shop), "");
    QCOMPARE(standings(bench, other), "13:imported");
}

void tst_Runs::firstDayIsFixedByTheFirstLanding()
{
    LedgerBench bench;
    SourceTable& sources = bench.ledger->sourceTable();
    const SourceId plain = bench.addSource("plain");
    QCOMPARE(outcome(bench.import(plain, 13)), "ok");
    QVERIFY(sources.get(plain)->firstDayFixed);
    QCOMPARE(sources.get(plain)->policy.firstDay, std::optional(dayOf(13)));
    QCOMPARE(outcome(bench.import(plain, 14, 10, dayOf(1))), "ok");
    QCOMPARE(sources.get(plain)->policy.firstDay, std::optional(dayOf(13)));
    const SourceId skipped = bench.addSource("skipped before");
    QCOMPARE(outcome(bench.import(skipped, 13, 10, dayOf(11))), "ok");
    QCOMPARE(sources.get(skipped)->policy.firstDay, std::optional(dayOf(11)));
}

void tst_Runs::skipAndReopen()
{
    LedgerBench bench;
    const SourceId shop = bench.addSource();
    DayTable& days = bench.ledger->dayTable();
    QCOMPARE(outcome(days.skip(shop, dayOf(11), " \n", ann())), "usage.invalid");
    QCOMPARE(outcome(days.skip({99}, dayOf(11), "closed", ann())), "source.unknown");
    QCOMPARE(outcome(days.reopen(shop, dayOf(11), ann())), "day.state");
    QCOMPARE(outcome(days.skip(shop, dayOf(11), "closed on Saturdays", ann(5))), "ok");
    QCOMPARE(outcome(days.skip(shop, dayOf(11), "again", ann(6))), "day.state");
    QCOMPARE(outcome(bench.begin(shop, 11)), "day.state");
    const auto day = *days.find(shop, dayOf(11));
    QVERIFY(day->standing == Standing::Skipped);
    QCOMPARE(day->reason, "closed on Saturdays");
    QCOMPARE(day->by, "ann");
    QCOMPARE(day->at, std::optional(at(5)));
    QCOMPARE(outcome(days.reopen(shop, dayOf(11), ann())), "ok");
    QCOMPARE(standings(bench, shop), "");
    QCOMPARE(outcome(days.skip(shop, dayOf(11), "closed", ann())), "ok");
    QCOMPARE(outcome(days.skip(shop, dayOf(13), "closed", ann())), "ok");
    QCOMPARE(outcome(bench.import(shop, 12)), "ok");
    QCOMPARE(standings(bench, shop), "11:skipped 12:imported 13:skipped");
    QCOMPARE(outcome(days.reopen(shop, dayOf(11), ann())), "day.state");
    QCOMPARE(outcome(days.reopen(shop, dayOf(13), ann())), "ok");
    QCOMPARE(outcome(days.skip(shop, dayOf(12), "closed", ann())), "day.state");
    QCOMPARE(outcome(bench.begin(shop, 13)), "ok");
    QCOMPARE(outcome(days.skip(shop, dayOf(13), "closed", ann())), "day.state");
}

void tst_Runs::emptyAndChangedDays()
{
    LedgerBench bench;
    const SourceId shop = bench.addSource();
    DayTable& days = bench.ledger->dayTable();
    const RunId run = *bench.import(shop, 13, 0);
    QVERIFY((*days.find(shop, dayOf(13)))->empty);
    QCOMPARE(outcome(days.noteCheck(shop, dayOf(13), run, "2 rows added", ann(9))), "ok");
    QVERIFY((*days.find(shop, dayOf(13)))->planned().changed);
    QCOMPARE((*days.find(shop, dayOf(13)))->difference, "2 rows added");
    QCOMPARE((*days.find(shop, dayOf(13)))->checkedAt, std::optional(at(9)));
    QCOMPARE(outcome(days.noteCheck(shop, dayOf(13), run, "", ann(10))), "ok");
    QVERIFY(!(*days.find(shop, dayOf(13)))->planned().changed);
    QCOMPARE(outcome(days.noteCheck(shop, dayOf(13), {99}, "", ann())), "day.state");
    QCOMPARE(outcome(days.noteCheck(shop, dayOf(14), run, "", ann())), "day.state");
    QVERIFY(!*days.find(shop, dayOf(14)));
}

void tst_Runs::damagedDays()
{
    LedgerBench bench;
    const SourceId shop = bench.addSource();
    DayTable& days = bench.ledger->dayTable();
    const RunId run = *bench.import(shop, 13);
    QCOMPARE(outcome(days.noteDamage(shop, dayOf(13), run, "a file is missing", ann(9))), "ok");
    QCOMPARE(outcome(days.noteDamage(shop, dayOf(13), run, "a file is missing", ann(9))), "ok");
    QVERIFY((*days.find(shop, dayOf(13)))->planned().damaged);
    QCOMPARE(days.landed(shop)->front().damage, "a file is missing");
    QCOMPARE(outcome(days.noteDamage(shop, dayOf(13), run, "", ann(9))), "ok");
    QVERIFY(!(*days.find(shop, dayOf(13)))->planned().damaged);
    QCOMPARE(outcome(days.noteDamage(shop, dayOf(13), {99}, "x", ann())), "day.state");
    QCOMPARE(outcome(days.noteDamage(shop, dayOf(14), run, "x", ann())), "day.state");
    const auto entries = bench.ledger->journalTable().list("shop", 2);
    QCOMPARE(entries->at(0).action, "day.intact");
    QCOMPARE(entries->at(1).action, "day.damaged");
    QCOMPARE(entries->at(1).detail, "a file is missing");
}

void tst_Runs::undatedRowsCountForImportedRunsOnly()
{
    LedgerBench bench;
    const SourceId shop = bench.addSource();
    QCOMPARE(outcome(bench.import(shop, 13)), "ok");
    QCOMPARE(outcome(bench.import(shop, 14)), "ok");
    const RunId open = *bench.begin(shop, 15);
    QCOMPARE(outcome(bench.ledger->runTable().markCommitting(open, LedgerBench::commitOf(open, 5),
                                                             at(2))),
             "ok");
    const auto charged = bench.ledger->runTable().chargedUndated(shop, dayOf(1));
    QCOMPARE(charged->size(), std::size_t{1});
    QVERIFY(charged->front().row == (Hash128{1, 2}));
    QCOMPARE(charged->front().count, std::uint64_t{6});
    // Read again, a day is charged anew with what it was charged with.
    QCOMPARE(bench.ledger->runTable().chargedUndated(shop, dayOf(14))->front().count,
             std::uint64_t{3});
}

void tst_Runs::rollupsAreExact()
{
    LedgerBench bench;
    const SourceId shop = bench.addSource();
    const RunId run = *bench.begin(shop, 13);
    RunCommit commit = LedgerBench::commitOf(run, 5);
    Rollup odd = commit.rollups.front();
    odd.metric = std::string("a'b\"c\0d", 7);
    odd.ratioRows = 2;
    odd.sum = std::numeric_limits<double>::infinity();
    odd.sumSquares = std::numeric_limits<double>::quiet_NaN();
    odd.numeratorSum = 1.0 / 3.0;
    odd.denominatorSum = 9007199254740993.0;
    odd.zeroDenominators = 1;
    commit.rollups.push_back(odd);
    RunTable& runs = bench.ledger->runTable();
    QCOMPARE(outcome(runs.markCommitting(run, commit, at(2))), "ok");
    QCOMPARE(outcome(runs.finishImported(run, at(3), 1)), "ok");
    bench.reopen();
    const auto back = bench.ledger->rollupTable().ofRun(run);
    QCOMPARE(back->size(), std::size_t{2});
    QVERIFY(std::isnan(back->front().sumSquares));
    odd.sumSquares = 0;
    Rollup first = back->front();
    first.sumSquares = 0;
    QVERIFY(first == odd);
    QVERIFY(back->back() == commit.rollups.front());
    const auto known = bench.ledger->rollupTable().known(shop);
    QVERIFY(known->front().ratio && !known->back().ratio);
    int visited = 0;
    QCOMPARE(outcome(bench.ledger->rollupTable().visitAll([&](const MetricPoint& point) {
                 QCOMPARE(point.source, "shop");
                 QCOMPARE(point.day, dayOf(13));
                 ++visited;
             })),
             "ok");
    QCOMPARE(visited, 2);
}

void tst_Runs::pulsesShowProgress()
{
    LedgerBench bench;
    const RunId run = *bench.begin(bench.addSource(), 13);
    RunTable& runs = bench.ledger->runTable();
    QCOMPARE(outcome(runs.pulse(run, {at(7), "read", {40, 30, 6, 4}})), "ok");
    QCOMPARE(runs.get(run)->heartbeat, at(7));
    QCOMPARE(runs.get(run)->phase, "read");
    QCOMPARE(runs.get(run)->counts.duplicates, std::uint64_t{4});
}

/// A pulse that is on its way while the run begins to commit knows less than the commit.
void tst_Runs::aLatePulseLeavesTheCounts()
{
    LedgerBench bench;
    const RunId run = *bench.begin(bench.addSource(), 13);
    RunTable& runs = bench.ledger->runTable();
    QCOMPARE(outcome(runs.markCommitting(run, LedgerBench::commitOf(run, 5), at(2))), "ok");
    QCOMPARE(outcome(runs.pulse(run, {at(7), "committing", {40, 0, 0, 0}})), "ok");
    QCOMPARE(runs.get(run)->heartbeat, at(7));
    QCOMPARE(runs.get(run)->counts.accepted, std::uint64_t{5});
    QCOMPARE(runs.get(run)->counts.rejected, std::uint64_t{2});
    QCOMPARE(runs.get(run)->counts.read, std::uint64_t{8});
}

void tst_Runs::listsLatestFirst()
{
    LedgerBench bench;
    const SourceId shop = bench.addSource();
    const SourceId other = bench.addSource("other");
    for (int day = 1; day <= 5; ++day)
        QCOMPARE(outcome(bench.import(day % 2 == 0 ? other : shop, day)), "ok");
    const auto all = bench.ledger->runTable().list(std::nullopt, 3);
    QCOMPARE(all->size(), std::size_t{3});
    QCOMPARE(all->front().day, dayOf(5));
    const auto some = bench.ledger->runTable().list(other, std::numeric_limits<std::size_t>::max());
    QCOMPARE(some->size(), std::size_t{2});
    QCOMPARE(some->front().day, dayOf(4));
}

void tst_Runs::threadsShareOneLedger()
{
    LedgerBench bench;
    std::vector<SourceId> sources;
    for (int i = 0; i < 4; ++i)
        sources.push_back(bench.addSource("shop" + std::to_string(i)));
    std::atomic<int> failures{0};
    std::vector<std::jthread> threads;
    for (const SourceId source : sources) {
        threads.emplace_back([&, source] {
            for (int day = 1; day <= 10; ++day) {
                failures += bench.import(source, day) ? 0 : 1;
                failures += bench.ledger->dayTable().list(source) ? 0 : 1;
            }
        });
    }
    threads.clear();
    QCOMPARE(failures.load(), 0);
    QCOMPARE(bench.ledger->dayTable().landed()->size(), std::size_t{40});
}

QTEST_APPLESS_MAIN(tst_Runs)
#include "tst_runs.moc"
