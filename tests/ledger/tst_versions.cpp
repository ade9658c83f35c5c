// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Versions of a day: replaced by later runs, gone back to, dropped.

#include "tests/ledger/ledger_bench.h"

#include <QTest>

using namespace daymark;
using namespace daymark::ledger;

namespace {

std::vector<LandedFile> filesAt(const std::string& path)
{
    return {{path, 110, std::string(64, 'a'), 10}};
}

Result<RunId> beginAgain(LedgerBench& bench, SourceId source, int day, RunId replaces)
{
    return bench.ledger->runTable().begin({source,
                                           dayOf(day),
                                           {},
                                           {4711, "host/boot", "12345"},
                                           ann(20),
                                           replaces,
                                           "asked for by finance"});
}

/// A whole re-import, at the minute `minute`.
RunId replaceRun(LedgerBench& bench, SourceId source, int day, RunId old, int minute = 21)
{
    RunTable& runs = bench.ledger->runTable();
    const RunId run = *beginAgain(bench, source, day, old);
    if (!runs.markCommitting(run, LedgerBench::commitOf(run, 20), at(minute)) ||
        !runs.finishImported(run, at(minute), 1, {},
                             filesAt("history/" + std::to_string(old.value))))
        qFatal("the re-import did not land");
    return run;
}

/// `3:imported 1:superseded`: the versions of a day, latest first.
std::string versions(LedgerBench& bench, SourceId source, int day)
{
    const auto runs = bench.ledger->versionTable().ofDay(source, dayOf(day));
    std::string text;
    for (const RunRecord& run : *runs)
        text += (text.empty() ? "" : " ") + std::to_string(run.id.value) + ':' +
                std::string(runStateName(run.state)) + (run.droppedAt ? "-" : "");
    return text;
}

RunId currentOf(LedgerBench& bench, SourceId source, int day)
{
    return *(*bench.ledger->dayTable().find(source, dayOf(day)))->run;
}

/// How the last re-import of a day came to nothing: `failed:4`; empty where it did not.
std::string lostReimport(LedgerBench& bench, SourceId source, int day)
{
    const auto record = *bench.ledger->dayTable().find(source, dayOf(day));
    if (!record->lostReimport)
        return {};
    return std::string(runStateName(record->lostReimport->state)) + ':' +
           std::to_string(record->lostReimport->run.value);
}

} // namespace

class tst_Versions : public QObject
{
    Q_OBJECT

private slots:
    void aReimportThatCameToNothingIsKnown();
    void looksAreNoRuns();
    void aReimportReplacesWhatItBeganWith();
    void aReimportThatEndsOtherwiseChangesNothing();
    void aReimportIsFenced();
    void rollsBackAndForward();
    void aRollbackThatIsAbandonedChangesNothing();
    void runsAndRollbacksExcludeEachOther();
    void surplusByNumberAndAge();
    void droppedVersionsCannotBeGoneTo();
    void aSourceIsRemovedWithItsVersions();
    void signalsAfterTheLandingAreTold();
};

void tst_Versions::aReimportReplacesWhatItBeganWith()
{
    LedgerBench bench;
    const SourceId shop = bench.addSource();
    const RunId first = *bench.import(shop, 13);
    QCOMPARE(outcome(bench.import(shop, 14)), "ok");
    const RunId again = *beginAgain(bench, shop, 13, first);
    // While it is at work the day stays what it is.
    const auto during = *bench.ledger->dayTable().find(shop, dayOf(13));
    QVERIFY(during->standing == Standing::Imported);
    QCOMPARE(during->run, std::optional(first));
    RunTable& runs = bench.ledger->runTable();
    QCOMPARE(outcome(runs.markCommitting(again, LedgerBench::commitOf(again, 20), at(21))), "ok");
    QCOMPARE(currentOf(bench, shop, 13), first);
    QCOMPARE(outcome(runs.finishImported(again, at(22), 1, {}, filesAt("history/1"))), "ok");
    QCOMPARE(currentOf(bench, shop, 13), again);
    QCOMPARE(versions(bench, shop, 13), "3:imported 1:superseded");
    const auto old = runs.get(first);
    QCOMPARE(old->files.front().path, "history/1");
    QCOMPARE(old->retiredAt, std::optional(at(22)));
    QCOMPARE(runs.get(again)->replaces, std::optional(first));
    QCOMPARE(runs.get(again)->reason, "asked for by finance");
    // What the catalog and readers see is the current version alone.
    QCOMPARE(bench.ledger->rollupTable().series("revenue")->front().rollup.rows, 20U);
    QCOMPARE(bench.ledger->dayTable().landed(shop, dayOf(13), dayOf(13))->front().run, again);
    const auto kept = bench.ledger->versionTable().kept();
    QCOMPARE(kept->size(), std::size_t{1});
    QCOMPARE(kept->front().run, first);
    const auto entry = bench.ledger->journalTable().list({}, 1)->front();
    QCOMPARE(entry.action, "run.reimport");
    QCOMPARE(entry.detail, "run 3 replaces run 1, 20 rows: asked for by finance");
}

void tst_Versions::aReimportThatEndsOtherwiseChangesNothing()
{
    LedgerBench bench;
    const SourceId shop = bench.addSource();
    const RunId first = *bench.import(shop, 13);
    RunTable& runs = bench.ledger->runTable();
    const Error error{ErrorCode::DayTolerance, "Too many.", ""};
    QCOMPARE(outcome(runs.fail(*beginAgain(bench, shop, 13, first), error, {}, at(22), 1)), "ok");
    QCOMPARE(outcome(runs.cancel(*beginAgain(bench, shop, 13, first), {}, at(23), 1)), "ok");
    const RunId committing = *beginAgain(bench, shop, 13, first);
    QCOMPARE(outcome(runs.markCommitting(committing, LedgerBench::commitOf(committing, 9), at(24))),
             "ok");
    QCOMPARE(outcome(runs.interrupt(committing, error, at(25))), "ok");
    QCOMPARE(currentOf(bench, shop, 13), first);
    QCOMPARE(versions(bench, shop, 13), "1:imported");
    const auto day = *bench.ledger->dayTable().find(shop, dayOf(13));
    QVERIFY(day->standing == Standing::Imported && !day->failure);
    QCOMPARE(day->counts.accepted, 10U);
    QCOMPARE(runs.get(first)->files.front().path, "landing/run-1.parquet");
}

void tst_Versions::aReimportIsFenced()
{
    LedgerBench bench;
    const SourceId shop = bench.addSource();
    const RunId first = *bench.import(shop, 13);
    QCOMPARE(outcome(beginAgain(bench, shop, 14, first)), "day.state"); // not landed
    QCOMPARE(outcome(beginAgain(bench, shop, 13, {99})), "day.state");  // not current
    QCOMPARE(outcome(bench.begin(shop, 13)), "day.state");              // has landed
    const RunId second = replaceRun(bench, shop, 13, first);
    QCOMPARE(outcome(beginAgain(bench, shop, 13, first)), "day.state"); // not current any more
    QCOMPARE(currentOf(bench, shop, 13), second);
}

void tst_Versions::rollsBackAndForward()
{
    LedgerBench bench;
    const SourceId shop = bench.addSource();
    VersionTable& table = bench.ledger->versionTable();
    const RunId first = *bench.import(shop, 13);
    const RunId second = replaceRun(bench, shop, 13, first);
    QCOMPARE(outcome(table.beginRollback({shop, dayOf(13), second, first, ann(30), "wrong"})),
             "ok");
    QCOMPARE(currentOf(bench, shop, 13), second);
    bench.reopen();
    const auto pending = bench.ledger->versionTable().rollbacks();
    QCOMPARE(pending->size(), std::size_t{1});
    QCOMPARE(pending->front().to, first);
    QCOMPARE(pending->front().toFiles.front().path, "history/1");
    VersionTable& again = bench.ledger->versionTable();
    QCOMPARE(
        outcome(again.finishRollback(shop, filesAt("landing/1"), filesAt("history/2"), at(31))),
        "ok");
    QCOMPARE(versions(bench, shop, 13), "2:rolled_back 1:imported");
    QCOMPARE(currentOf(bench, shop, 13), first);
    QCOMPARE(bench.ledger->runTable().get(first)->files.front().path, "landing/1");
    QCOMPARE(bench.ledger->runTable().get(second)->files.front().path, "history/2");
    QCOMPARE(bench.ledger->rollupTable().series("revenue")->front().rollup.rows, 10U);
    const auto entry = bench.ledger->journalTable().list({}, 1)->front();
    QCOMPARE(entry.action, "day.rollback");
    QCOMPARE(entry.actor, "ann");
    QCOMPARE(entry.detail, "from run 2 to run 1: wrong");
    QCOMPARE(outcome(again.finishRollback(shop, {}, {}, at(32))), "day.state");

    QCOMPARE(outcome(again.beginRollback({shop, dayOf(13), first, second, ann(33), ""})), "ok");
    QCOMPARE(
        outcome(again.finishRollback(shop, filesAt("landing/2"), filesAt("history/1"), at(34))),
        "ok");
    QCOMPARE(versions(bench, shop, 13), "2:imported 1:superseded");
    QVERIFY(!bench.ledger->runTable().get(second)->retiredAt);
}

void tst_Versions::aRollbackThatIsAbandonedChangesNothing()
{
    LedgerBench bench;
    const SourceId shop = bench.addSource();
    VersionTable& table = bench.ledger->versionTable();
    const RunId first = *bench.import(shop, 13);
    const RunId second = replaceRun(bench, shop, 13, first);
    QCOMPARE(outcome(table.abandonRollback(shop, "", at(30))), "day.state");
    QCOMPARE(outcome(table.beginRollback({shop, dayOf(13), second, first, ann(30), ""})), "ok");
    QCOMPARE(outcome(table.abandonRollback(shop, "no space left", at(31))), "ok");
    QVERIFY(table.rollbacks()->empty());
    QCOMPARE(versions(bench, shop, 13), "2:imported 1:superseded");
    QCOMPARE(bench.ledger->journalTable().list({}, 1)->front().detail, "no space left");
}

void tst_Versions::runsAndRollbacksExcludeEachOther()
{
    LedgerBench bench;
    const SourceId shop = bench.addSource();
    VersionTable& table = bench.ledger->versionTable();
    const RunId first = *bench.import(shop, 13);
    const RunId second = replaceRun(bench, shop, 13, first);
    const RollbackStart start{shop, dayOf(13), second, first, ann(30), ""};
    const RunId live = *bench.begin(shop, 14);
    QCOMPARE(outcome(table.beginRollback(start)), "day.state");
    QCOMPARE(outcome(bench.ledger->runTable().cancel(live, {}, at(31), 1)), "ok");
    QCOMPARE(outcome(table.beginRollback(start)), "ok");
    QCOMPARE(outcome(table.beginRollback(start)), "day.state");
    QCOMPARE(outcome(bench.begin(shop, 14)), "day.state");
    QVERIFY(!*table.isNotKept(first) && !*table.isNotKept(second));
}

void tst_Versions::surplusByNumberAndAge()
{
    LedgerBench bench;
    const SourceId shop = bench.addSource();
    VersionTable& table = bench.ledger->versionTable();
    RunId current = *bench.import(shop, 13);
    for (int minute = 10; minute < 14; ++minute) // retires runs 1 to 4, one a minute
        current = replaceRun(bench, shop, 13, current, minute);
    const auto surplus = [&](int keep, int since) {
        std::string runs;
        const auto found = table.surplus(shop, keep, at(since));
        for (const LandedDay& day : *found)
            runs += (runs.empty() ? "" : " ") + std::to_string(day.run.value);
        return runs;
    };
    QCOMPARE(surplus(5, 0), "");
    QCOMPARE(surplus(4, 0), "");
    QCOMPARE(surplus(3, 0), "1");
    QCOMPARE(surplus(0, 0), "1 2 3 4");
    QCOMPARE(surplus(5, 12), "1 2");
    QCOMPARE(surplus(1, 12), "1 2 3");
    QCOMPARE(outcome(table.drop({1}, ann(40))), "ok");
    QCOMPARE(surplus(3, 0), "");
    QCOMPARE(versions(bench, shop, 13),
             "5:imported 4:superseded 3:superseded 2:superseded 1:superseded-");
}

void tst_Versions::droppedVersionsCannotBeGoneTo()
{
    LedgerBench bench;
    const SourceId shop = bench.addSource();
    VersionTable& table = bench.ledger->versionTable();
    const RunId first = *bench.import(shop, 13);
    const RunId second = replaceRun(bench, shop, 13, first);
    QCOMPARE(outcome(table.drop(second, ann(40))), "day.state");
    QVERIFY(*table.isNotKept(second)); // it is current: what the history has of it is a second name
    QVERIFY(!*table.isNotKept(first));
    QVERIFY(!*table.isNotKept({99}));
    QCOMPARE(outcome(table.drop(first, ann(40))), "ok");
    QVERIFY(*table.isNotKept(first));
    QVERIFY(table.kept()->empty());
    QCOMPARE(outcome(table.beginRollback({shop, dayOf(13), second, first, ann(41), ""})),
             "day.state");
    QCOMPARE(outcome(table.beginRollback({shop, dayOf(13), second, {99}, ann(41), ""})),
             "day.state");
}

void tst_Versions::aSourceIsRemovedWithItsVersions()
{
    LedgerBench bench;
    const SourceId shop = bench.addSource();
    const RunId second = replaceRun(bench, shop, 13, *bench.import(shop, 13));
    QCOMPARE(outcome(bench.ledger->versionTable().beginRollback(
                 {shop, dayOf(13), second, {1}, ann(30), ""})),
             "ok");
    QCOMPARE(outcome(bench.ledger->sourceTable().remove(shop, Removal::Data, ann(31))), "ok");
    QVERIFY(bench.ledger->versionTable().kept()->empty());
    QVERIFY(bench.ledger->versionTable().rollbacks()->empty());
}

void tst_Versions::signalsAfterTheLandingAreTold()
{
    LedgerBench bench;
    const SourceId shop = bench.addSource();
    SignalTable& announced = bench.ledger->signalTable();
    const auto says = [&](std::vector<Day> days, int minute) {
        QCOMPARE(outcome(announced.replaceFromSource(shop, days, at(minute))), "ok");
    };
    const auto told = [&] {
        std::string days;
        const auto found = announced.resignalled(shop);
        for (const Resignal& signal : *found)
            days += (days.empty() ? "" : " ") + formatDay(signal.day).substr(8);
        return days;
    };
    says({dayOf(13), dayOf(14)}, 1);
    const RunId first = *bench.import(shop, 13);
    QCOMPARE(outcome(bench.import(shop, 14)), "ok");
    says({dayOf(13), dayOf(14)}, 4);
    QCOMPARE(told(), "");
    says({dayOf(14)}, 5); // withdrawn: changes nothing
    QCOMPARE(told(), "");
    says({dayOf(13), dayOf(14)}, 6); // and said again
    QCOMPARE(told(), "13");
    QCOMPARE(announced.resignalled(shop)->front().at, at(6));
    QVERIFY(announced.addByOperator(shop, dayOf(14), ann(7)).value());
    QCOMPARE(told(), "13 14");
    replaceRun(bench, shop, 13, first);
    QCOMPARE(told(), "14");
}

void tst_Versions::aReimportThatCameToNothingIsKnown()
{
    LedgerBench bench;
    RunTable& runs = bench.ledger->runTable();
    const SourceId shop = bench.addSource();
    const RunId first = *bench.import(shop, 13);
    QCOMPARE(lostReimport(bench, shop, 13), "");
    const RunId failed = *beginAgain(bench, shop, 13, first);
    QCOMPARE(lostReimport(bench, shop, 13), "");
    const Error error{ErrorCode::SourceUnreachable, "The source is gone.", {}};
    QCOMPARE(outcome(runs.fail(failed, error, {}, at(22), 1)), "ok");
    QCOMPARE(lostReimport(bench, shop, 13), "failed:2");
    const RunId cancelled = *beginAgain(bench, shop, 13, first);
    QCOMPARE(outcome(runs.cancel(cancelled, {}, at(23), 1)), "ok");
    QCOMPARE(lostReimport(bench, shop, 13), "cancelled:3");
    replaceRun(bench, shop, 13, first, 24);
    QCOMPARE(lostReimport(bench, shop, 13), "");
}

void tst_Versions::looksAreNoRuns()
{
    LedgerBench bench;
    RunTable& runs = bench.ledger->runTable();
    const SourceId shop = bench.addSource();
    const RunId first = *bench.import(shop, 13);
    const auto look = [&] {
        return *runs.begin(
            {shop, dayOf(13), {}, {4711, "host/boot", "12345"}, ann(20), first, "", true});
    };
    RunId run = look();
    QCOMPARE(outcome(runs.dropLook(run)), "ok"); // it is alive: nothing happens
    QVERIFY(runs.get(run)->look);
    QCOMPARE(outcome(runs.cancel(run, {}, at(22), 1)), "ok");
    QCOMPARE(lostReimport(bench, shop, 13), "");
    QCOMPARE(outcome(runs.dropLook(run)), "ok");
    QCOMPARE(outcome(runs.get(run)), "run.unknown");
    QCOMPARE(outcome(runs.dropLook(first)), "ok");
    run = look();
    QCOMPARE(outcome(runs.interrupt(run, {ErrorCode::RunCancelled, "x", {}}, at(23))), "ok");
    QCOMPARE(outcome(runs.dropLooks()), "ok");
    QCOMPARE(runs.list(shop, 10)->size(), std::size_t{1});
    const auto entries = bench.ledger->journalTable().list("shop", 2);
    QCOMPARE(entries->at(0).action, "day.look");
    QCOMPARE(entries->at(1).action, "day.look");
}

QTEST_APPLESS_MAIN(tst_Versions)
#include "tst_versions.moc"
