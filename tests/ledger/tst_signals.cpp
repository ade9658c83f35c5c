// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later

// The announced days: what counts, what vanished, and that a million of them are quick.

#include "tests/ledger/ledger_bench.h"

#include <QElapsedTimer>
#include <QTest>

using namespace daymark;
using namespace daymark::ledger;

namespace {

std::vector<Day> june(const std::vector<int>& days)
{
    std::vector<Day> out;
    for (const int day : days)
        out.push_back(dayOf(day));
    return out;
}

std::string numbers(const std::vector<Day>& days)
{
    std::string out;
    for (const Day day : days)
        out += (out.empty() ? "" : " ") + formatDay(day).substr(8);
    return out;
}

std::string counting(LedgerBench& bench, SourceId source)
{
    std::vector<Day> days;
    const auto all = bench.ledger->signalTable().counting(source);
    for (const Signal& counted : *all)
        days.push_back(counted.day);
    return numbers(days);
}

} // namespace

class tst_Signals : public QObject
{
    Q_OBJECT

private slots:
    void keepsWhenEachWasFirstSeen();
    void vanishedSignalsStopCounting();
    void aLandedDayKeepsItsSignal();
    void operatorsSignalsStay();
    void refusesDisorder();
    void aMillionAreQuick();
};

void tst_Signals::keepsWhenEachWasFirstSeen()
{
    LedgerBench bench;
    const SourceId shop = bench.addSource();
    SignalTable& table = bench.ledger->signalTable();
    auto changes = table.replaceFromSource(shop, june({13, 15}), at(10));
    QCOMPARE(numbers(changes->added), "13 15");
    changes = table.replaceFromSource(shop, june({13, 14, 15}), at(20));
    QCOMPARE(numbers(changes->added), "14");
    QVERIFY(changes->returned.empty() && changes->vanished.empty());
    const auto found = table.find(shop, dayOf(13));
    QCOMPARE(found->size(), std::size_t{1});
    QCOMPARE(found->front().firstSeen, at(10));
    QCOMPARE(found->front().lastSeen, at(20));
    QCOMPARE(found->front().by, "source");
    QCOMPARE(table.find(shop, dayOf(14))->front().firstSeen, at(20));
    QVERIFY(table.find(shop, dayOf(16))->empty());
    QCOMPARE(outcome(table.replaceFromSource({99}, june({13}), at(30))), "source.unknown");
}

void tst_Signals::vanishedSignalsStopCounting()
{
    LedgerBench bench;
    const SourceId shop = bench.addSource();
    SignalTable& table = bench.ledger->signalTable();
    QCOMPARE(outcome(table.replaceFromSource(shop, june({13, 14, 15}), at(10))), "ok");
    auto changes = table.replaceFromSource(shop, june({14}), at(20));
    QCOMPARE(numbers(changes->vanished), "13 15");
    QCOMPARE(counting(bench, shop), "14");
    QVERIFY(table.find(shop, dayOf(13))->front().gone);
    QCOMPARE(table.find(shop, dayOf(13))->front().lastSeen, at(10));
    changes = table.replaceFromSource(shop, june({14}), at(30));
    QVERIFY(changes->vanished.empty());
    changes = table.replaceFromSource(shop, june({13, 14}), at(40));
    QCOMPARE(numbers(changes->returned), "13");
    QVERIFY(changes->added.empty());
    QCOMPARE(table.find(shop, dayOf(13))->front().firstSeen, at(10));
    QCOMPARE(counting(bench, shop), "13 14");
    QCOMPARE(outcome(table.replaceFromSource(shop, {}, at(50))), "ok");
    QCOMPARE(counting(bench, shop), "");
}

void tst_Signals::aLandedDayKeepsItsSignal()
{
    LedgerBench bench;
    const SourceId shop = bench.addSource();
    SignalTable& table = bench.ledger->signalTable();
    QCOMPARE(outcome(table.replaceFromSource(shop, june({13, 14}), at(10))), "ok");
    QCOMPARE(outcome(bench.import(shop, 13)), "ok");
    QCOMPARE(outcome(table.replaceFromSource(shop, {}, at(20))), "ok");
    QCOMPARE(counting(bench, shop), "13");
}

void tst_Signals::operatorsSignalsStay()
{
    LedgerBench bench;
    const SourceId shop = bench.addSource();
    SignalTable& table = bench.ledger->signalTable();
    QCOMPARE(*table.addByOperator(shop, dayOf(14), ann(5)), true);
    QCOMPARE(*table.addByOperator(shop, dayOf(14), ann(6)), false);
    QCOMPARE(outcome(table.replaceFromSource(shop, june({13, 14}), at(10))), "ok");
    QCOMPARE(outcome(table.replaceFromSource(shop, june({13}), at(20))), "ok");
    QCOMPARE(counting(bench, shop), "13 14");
    const auto both = table.find(shop, dayOf(14));
    QCOMPARE(both->size(), std::size_t{2});
    QVERIFY(both->front().gone && !both->front().byOperator);
    QVERIFY(!both->back().gone && both->back().byOperator);
    QCOMPARE(both->back().by, "ann");
    QCOMPARE(*table.withdraw(shop, dayOf(14), ann(30)), true);
    QCOMPARE(*table.withdraw(shop, dayOf(14), ann(31)), false);
    QCOMPARE(counting(bench, shop), "13");
    QCOMPARE(bench.ledger->journalTable().list("shop", 1)->front().action, "day.withdraw_signal");
}

void tst_Signals::refusesDisorder()
{
    LedgerBench bench;
    const SourceId shop = bench.addSource();
    SignalTable& table = bench.ledger->signalTable();
    QCOMPARE(outcome(table.replaceFromSource(shop, june({14, 13}), at(1))), "internal");
    QCOMPARE(outcome(table.replaceFromSource(shop, june({13, 13}), at(1))), "internal");
    QCOMPARE(counting(bench, shop), "");
}

void tst_Signals::aMillionAreQuick()
{
    LedgerBench bench;
    const SourceId shop = bench.addSource();
    SignalTable& table = bench.ledger->signalTable();
    std::vector<Day> days;
    for (int i = 0; i < 1'000'000; ++i)
        days.push_back(dayOf(1) + std::chrono::days(i));
    QElapsedTimer timer;
    timer.start();
    QCOMPARE(table.replaceFromSource(shop, days, at(10))->added.size(), days.size());
    const qint64 first = timer.restart();
    const auto size = std::filesystem::file_size(bench.file);
    days.pop_back();
    QCOMPARE(table.replaceFromSource(shop, days, at(20))->vanished.size(), std::size_t{1});
    const qint64 again = timer.restart();
    QCOMPARE(table.counting(shop)->size(), days.size());
    qInfo(
        "a million signals: %lld ms, again with one gone: %lld ms, read back: %lld ms, %llu bytes",
        first, again, timer.elapsed(), static_cast<unsigned long long>(size));
}

QTEST_APPLESS_MAIN(tst_Signals)
#include "tst_signals.moc"
