// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "history.h"

#include <QtTest>

#include <chrono>
#include <optional>

using namespace daymark;
using namespace daymark::test;

Q_DECLARE_METATYPE(History)

namespace {

QString dayText(const std::optional<Day>& day)
{
    return day ? QString::number((*day - june(1)).count() + 1) : QStringLiteral("none");
}

QString dayTexts(const std::vector<Day>& days)
{
    QStringList texts;
    for (const Day day : days)
        texts += dayText(day);
    return texts.join(' ');
}

} // namespace

class TestPlan : public QObject
{
    Q_OBJECT

private slots:
    void states_data();
    void states();
    void bounds_data();
    void bounds();
    void passes_data();
    void passes();
    void emptyPlans_data();
    void emptyPlans();
    void farSignalsAreCountedInsteadOfListed();
    void ledgerDaysFarAheadAreListed();
    void findsOnlyListedDays();
    void ledgerDaysInAnyOrderGiveTheSamePlan();
    void namesAreStable();
    void aMillionSignalsAreQuick();
};

void TestPlan::states_data()
{
    using daymark::test::states;
    QTest::addColumn<History>("history");
    QTest::addColumn<QString>("expected");

    // The worked example.
    QTest::newRow("example: before anything landed")
        << signalled({13, 15}) << states("ready gap blocked:14 awaiting*2");
    QTest::newRow("example: after the first pass")
        << signalled({13, 15}).landed({13}) << states("imported gap blocked:14 awaiting*2");
    QTest::newRow("example: the gap is signalled")
        << signalled({13, 14, 15}).landed({13}) << states("imported ready queued awaiting*2");
    QTest::newRow("example: after the second pass")
        << signalled({13, 14, 15}).landed({13, 14, 15}) << states("imported*3 awaiting*2");

    // Order strict.
    QTest::newRow("the day after a hole waits for the hole")
        << on(15).signalled({13, 15}).landed({13}) << states("imported gap blocked:14");
    QTest::newRow("signals in any order")
        << on(15).signalled({15, 13, 14}) << states("ready queued*2");
    QTest::newRow("signals repeated")
        << on(15).signalled({13, 13, 15, 13, 15}) << states("ready gap blocked:14");
    QTest::newRow("every day behind several holes waits for the earliest")
        << on(16).signalled({10, 12, 14, 16}).landed({10})
        << states("imported gap blocked:11 gap blocked:11 gap blocked:11");
    QTest::newRow("days up to the hole are queued")
        << on(16).signalled({11, 12, 13, 15}) << states("ready queued*2 gap blocked:14 awaiting");
    QTest::newRow("a signal that disappears before landing leaves a gap")
        << on(15).signalled({13, 15}).landed({13}) << states("imported gap blocked:14");
    QTest::newRow("a last signal that disappears leaves the day awaiting")
        << on(15).signalled({13}).landed({13}) << states("imported awaiting*2");
    QTest::newRow("a signal that disappears after landing changes nothing")
        << on(15).signalled({15}).landed({13, 14}) << states("imported*2 ready");
    QTest::newRow("all signals gone after landing")
        << on(15).landed({13, 14}) << states("imported*2 awaiting");
    QTest::newRow("today may be signalled") << on(15).signalled({15}) << states("ready");

    // The horizon and the first day.
    QTest::newRow("28 days ago still counts")
        << signalled({-28}) << states("ready awaiting/overdue*26 awaiting*2");
    QTest::newRow("29 days ago is too old")
        << signalled({-29}) << states("ignored/too_old awaiting*29");
    QTest::newRow("nothing but too old and future signals")
        << on(15).horizon(2).signalled({11, 17})
        << states("ignored/too_old ignored/unsignalled/too_old awaiting*3 future "
                  "future/signalled");
    QTest::newRow("nothing but future signals")
        << on(15).signalled({17}) << states("awaiting future future/signalled");
    QTest::newRow("nothing but signals before a set first day")
        << on(15).startingOn(13).signalled({11})
        << states("ignored/before_start ignored/unsignalled/before_start awaiting/overdue "
                  "awaiting*2");
    QTest::newRow("a day between an ignored signal and a first day to come")
        << on(15).startingOn(17).signalled({14})
        << states("ignored/before_start ignored/unsignalled/before_start future*2");
    QTest::newRow("a skipped day that is too old stays to be seen")
        << on(15).horizon(2).signalled({11}).skipped({12})
        << states("ignored/too_old skipped awaiting*3");
    QTest::newRow("an older signal is listed as ignored")
        << on(15).signalled({-29, 14})
        << states("ignored/too_old ignored/unsignalled/before_start*27 ready awaiting");
    QTest::newRow("a horizon of a day")
        << on(15).horizon(1).signalled({13, 14}) << states("ignored/too_old ready awaiting");
    QTest::newRow("a horizon of no days")
        << on(15).horizon(0).signalled({14, 15}) << states("ignored/too_old ready");
    QTest::newRow("what landed holds the first day beyond the horizon")
        << on(15).horizon(2).signalled({11, 12}).landed({10, 11})
        << states("imported*2 ready awaiting/overdue awaiting*2");
    QTest::newRow("a signal before the first landed day is ignored")
        << on(15).signalled({11, 13}).landed({13})
        << states("ignored/before_start ignored/unsignalled/before_start imported awaiting*2");
    QTest::newRow("older than the horizon and before the first landed day")
        << on(15).horizon(3).signalled({11, 13}).landed({13})
        << states("ignored/too_old ignored/unsignalled/before_start imported awaiting*2");
    QTest::newRow("the first day reaches back over skipped days before the first landed one")
        << on(15).signalled({13}).skipped({11, 12}).landed({13})
        << states("skipped*2 imported awaiting*2");

    // The operator's first day.
    QTest::newRow("a set first day wins over an earlier signal")
        << on(15).startingOn(13).signalled({11, 13})
        << states("ignored/before_start ignored/unsignalled/before_start ready awaiting*2");
    QTest::newRow("a set first day wins over the horizon")
        << on(15).horizon(2).startingOn(10).signalled({10})
        << states("ready awaiting/overdue*3 awaiting*2");
    QTest::newRow("a set first day that is not signalled is a gap")
        << on(15).startingOn(12).signalled({13}) << states("gap blocked:12 awaiting*2");
    QTest::newRow("a set first day later than what landed changes nothing")
        << on(15).startingOn(14).signalled({13, 14}).landed({13})
        << states("imported ready awaiting");
    QTest::newRow("a set first day earlier than what landed opens the days between")
        << on(15).startingOn(12).signalled({12, 13, 14}).landed({13})
        << states("ready imported queued awaiting");
    QTest::newRow("a set first day after today")
        << on(15).startingOn(17).signalled({17}) << states("future/signalled");

    // The operator's skips.
    QTest::newRow("a skipped gap lets the next day through")
        << on(15).signalled({13, 15}).landed({13}).skipped({14})
        << states("imported skipped ready");
    QTest::newRow("a skipped first day")
        << on(15).signalled({13, 14}).skipped({13}) << states("skipped ready awaiting");
    QTest::newRow("a skipped day stays skipped when it is signalled later")
        << on(15).signalled({13, 14, 15}).landed({13}).skipped({14})
        << states("imported skipped ready");
    QTest::newRow("a skipped day between queued ones")
        << on(15).signalled({12, 13, 15}).skipped({14}) << states("ready queued skipped queued");
    QTest::newRow("a past awaiting day may be skipped")
        << on(15).signalled({12}).landed({12}).skipped({13})
        << states("imported skipped awaiting*2");
    QTest::newRow("a skipped first day keeps its place when its signal goes")
        << on(15).signalled({15}).skipped({13}) << states("skipped gap blocked:14");
    QTest::newRow("a skip closes one of two holes")
        << on(16).signalled({12, 14, 16}).landed({12}).skipped({13})
        << states("imported skipped ready gap blocked:15");

    // Runs.
    QTest::newRow("days behind a run are queued")
        << on(15).signalled({13, 14, 15}).importing(13) << states("importing queued*2");
    QTest::newRow("days behind a run and a hole are blocked by the hole")
        << on(16).signalled({13, 14, 16}).importing(13)
        << states("importing queued gap blocked:15");
    QTest::newRow("a run whose day is no longer signalled")
        << on(15).signalled({14}).importing(13) << states("importing queued awaiting");
    QTest::newRow("a failed day blocks the later ones")
        << on(15).signalled({13, 14, 15}).landed({13}).failed(14)
        << states("imported failed blocked:14");
    QTest::newRow("a failed day before a hole is what the later ones wait for")
        << on(16).signalled({12, 13, 14, 16}).landed({12}).failed(13)
        << states("imported failed blocked:13 gap blocked:13");
    QTest::newRow("a failed day behind a hole stays failed")
        << on(16).signalled({12, 14, 16}).landed({12}).failed(14)
        << states("imported gap failed gap blocked:13");
    QTest::newRow("a failed day whose signal disappeared is a gap again")
        << on(15).signalled({13, 15}).landed({13}).failed(14) << states("imported gap blocked:14");
    QTest::newRow("a failed last day whose signal disappeared is awaiting again")
        << on(15).signalled({13}).landed({13}).failed(14) << states("imported awaiting*2");

    // Landed days in detail.
    QTest::newRow("an empty and a changed day")
        << on(15).signalled({13, 14}).landedEmpty(13).landedChanged(14)
        << states("imported/empty imported/changed awaiting");
    QTest::newRow("a landed day after a hole is said as it is")
        << on(16).signalled({13, 15, 16}).landed({13, 15})
        << states("imported gap imported blocked:14");

    // Today and beyond.
    QTest::newRow("a signal after today waits")
        << on(15).signalled({14, 17}).landed({14})
        << states("imported awaiting future future/signalled");
    QTest::newRow("a signal after today makes no gap")
        << on(15).signalled({13, 16}).landed({13})
        << states("imported awaiting*2 future/signalled");
    QTest::newRow("overdue from a day after its end")
        << on(16).signalled({13}).landed({13}) << states("imported awaiting/overdue awaiting*2");
    QTest::newRow("a clock set back leaves what landed as it is")
        << on(12).signalled({13, 14}).landed({13}) << states("imported future/signalled");
    QTest::newRow("a clock set back lets a failed day wait")
        << on(13).signalled({13, 14}).landed({13}).failed(14)
        << states("imported future/signalled");

    // Order high-water.
    QTest::newRow("high-water: a signal implies the days before it")
        << on(16).highWater().startingOn(12).signalled({14})
        << states("ready/implied queued/implied queued awaiting*2");
    QTest::newRow("high-water: without a set first day the earliest signal is the first day")
        << on(16).highWater().signalled({14}) << states("ready awaiting*2");
    QTest::newRow("high-water: days between two signals are implied")
        << on(15).highWater().signalled({12, 15}) << states("ready queued/implied*2 queued");
    QTest::newRow("high-water: days after the frontier are implied")
        << on(15).highWater().signalled({15}).landed({12})
        << states("imported/implied ready/implied queued/implied queued");
    QTest::newRow("high-water: a signal after today implies nothing")
        << on(15).highWater().signalled({12, 18}).landed({12})
        << states("imported awaiting/overdue awaiting*2 future*2 future/signalled");
    QTest::newRow("high-water: a failed implied day")
        << on(15).highWater().signalled({15}).landed({12}).failed(13)
        << states("imported/implied failed/implied blocked:13/implied blocked:13");
    QTest::newRow("high-water: signals before the first landed day stay ignored")
        << on(15).highWater().signalled({11, 14}).landed({13})
        << states("ignored/before_start ignored/unsignalled/before_start imported/implied ready "
                  "awaiting");
    QTest::newRow("high-water: a skipped day among implied ones")
        << on(15).highWater().signalled({15}).landed({12}).skipped({13})
        << states("imported/implied skipped/implied ready/implied queued");
}

void TestPlan::states()
{
    QFETCH(History, history);
    QFETCH(QString, expected);
    const Plan plan = history.plan();
    QCOMPARE(statesOf(plan), expected);
}

void TestPlan::bounds_data()
{
    QTest::addColumn<History>("history");
    QTest::addColumn<QString>("firstFrontierNext");

    QTest::newRow("nothing landed") << signalled({13, 15}) << "13 none 13";
    QTest::newRow("one landed") << signalled({13, 15}).landed({13}) << "13 13 14";
    QTest::newRow("a skipped day counts as done")
        << signalled({13, 15}).landed({13}).skipped({14}) << "13 14 15";
    QTest::newRow("a failed first day") << signalled({13, 14}).failed(13) << "13 none 13";
    QTest::newRow("everything landed up to today")
        << on(15).signalled({14, 15}).landed({14, 15}) << "14 15 16";
    QTest::newRow("no signals") << nothing() << "none none none";
    QTest::newRow("no signals and a set first day") << nothing().startingOn(13) << "13 none 13";
    QTest::newRow("a skip further on doesn't move the frontier")
        << on(16).signalled({12, 15}).landed({12}).skipped({14}) << "12 12 13";
    QTest::newRow("a skip out of the horizon beside the first day")
        << on(16).horizon(3).signalled({13}).skipped({12}) << "12 12 13";
    QTest::newRow("a skip out of the horizon apart from the first day")
        << on(16).horizon(3).signalled({14}).skipped({12}) << "14 none 14";
    QTest::newRow("a run out of the horizon holds the first day")
        << on(16).horizon(3).signalled({12, 14}).importing(12) << "12 none 12";
}

void TestPlan::bounds()
{
    QFETCH(History, history);
    const Plan plan = history.plan();
    QTEST(dayText(plan.firstDay) + ' ' + dayText(plan.frontier) + ' ' + dayText(plan.nextDay),
          "firstFrontierNext");
}

void TestPlan::passes_data()
{
    QTest::addColumn<History>("history");
    QTest::addColumn<int>("last");
    QTest::addColumn<QString>("taken");

    QTest::newRow("up to the hole") << signalled({12, 13, 15}) << 0 << "12 13";
    QTest::newRow("nothing behind a hole") << signalled({13, 15}).landed({13}) << 0 << "";
    QTest::newRow("over a skipped day") << signalled({12, 14}).skipped({13}) << 0 << "12 14";
    QTest::newRow("up to a given day") << signalled({12, 13, 14, 15}) << 13 << "12 13";
    QTest::newRow("up to a day before the next") << signalled({12, 13}) << 11 << "";
    QTest::newRow("a failed day is tried again, alone")
        << signalled({12, 13, 14}).landed({12}).failed(13) << 0 << "13";
    QTest::newRow("a failed day up to a day before it")
        << signalled({12, 13, 14}).landed({12}).failed(13) << 12 << "";
    QTest::newRow("a failed day without a signal is not tried")
        << signalled({12, 14}).landed({12}).failed(13) << 0 << "";
    QTest::newRow("a failed day behind a hole is not tried")
        << signalled({11, 13}).landed({11}).failed(13) << 0 << "";
    QTest::newRow("nothing beside a run") << signalled({12, 13}).importing(12) << 0 << "";
    QTest::newRow("no signals") << nothing() << 0 << "";
    QTest::newRow("all landed") << on(15).signalled({14, 15}).landed({14, 15}) << 0 << "";
    QTest::newRow("nothing of the future") << on(13).signalled({12, 13, 14}) << 0 << "12 13";
    QTest::newRow("implied days") << on(15).highWater().startingOn(13).signalled({15}) << 0
                                  << "13 14 15";
    QTest::newRow("days before a landed one")
        << on(15).startingOn(11).signalled({11, 12, 14}).landed({13}) << 0 << "11 12 14";
}

void TestPlan::passes()
{
    QFETCH(History, history);
    QFETCH(int, last);
    const auto limit = last > 0 ? std::optional<Day>(june(last)) : std::nullopt;
    QTEST(dayTexts(history.plan().importable(limit)), "taken");
}

void TestPlan::emptyPlans_data()
{
    QTest::addColumn<History>("history");
    QTest::addColumn<int>("reason");
    const auto reason = [](EmptyPlan empty) { return static_cast<int>(empty); };

    QTest::newRow("no signals") << nothing() << reason(EmptyPlan::NoSignals);
    QTest::newRow("only old signals") << signalled({-29, -400}) << reason(EmptyPlan::AllTooOld);
    QTest::newRow("only future signals") << signalled({18, 19}) << reason(EmptyPlan::AllFuture);
    QTest::newRow("old and future signals") << signalled({-29, 18}) << reason(EmptyPlan::AllTooOld);
    QTest::newRow("old signals, high-water")
        << signalled({-29}).highWater() << reason(EmptyPlan::AllTooOld);
    QTest::newRow("a set first day and no signals")
        << nothing().startingOn(13) << reason(EmptyPlan::NoSignals);
    QTest::newRow("a set first day and only earlier signals")
        << signalled({12}).startingOn(13) << reason(EmptyPlan::AllTooOld);
    QTest::newRow("only a failed day whose signal disappeared")
        << nothing().failed(13) << reason(EmptyPlan::NoSignals);
    QTest::newRow("one signal within the horizon") << signalled({-28}) << reason(EmptyPlan::No);
    QTest::newRow("landed, then all signals gone")
        << nothing().landed({-100}) << reason(EmptyPlan::No);
    QTest::newRow("skipped, then all signals gone")
        << nothing().skipped({13}) << reason(EmptyPlan::No);
    QTest::newRow("a run, then all signals gone")
        << nothing().importing(13) << reason(EmptyPlan::No);
}

void TestPlan::emptyPlans()
{
    QFETCH(History, history);
    const Plan plan = history.plan();
    QTEST(static_cast<int>(plan.empty), "reason");
    QVERIFY(plan.empty == EmptyPlan::No || plan.importable().empty());
    QVERIFY(plan.empty != EmptyPlan::NoSignals || plan.days.empty());
}

void TestPlan::farSignalsAreCountedInsteadOfListed()
{
    using namespace std::chrono;
    const Day today = june(17);
    const std::vector<Signal> announced = {{Day{year{1} / January / 1}},
                                           {Day{year{9999} / December / 31}},
                                           {today - days{3}},
                                           {today + days{kListedDaysAhead}},
                                           {today + days{kListedDaysAhead + 1}}};
    const Plan plan = daymark::plan(Policy{}, today, announced, {});
    QCOMPARE(plan.days.front().day, today - days{3});
    QCOMPARE(plan.days.back().day, today + days{kListedDaysAhead});
    QCOMPARE(plan.unlistedSignals, std::size_t{3});

    const std::vector<Signal> old = {
        {today}, {today - days{kListedDaysBefore}}, {today - days{kListedDaysBefore + 1}}};
    const Plan before = daymark::plan(Policy{}, today, old, {});
    QCOMPARE(before.days.front().day, today - days{kListedDaysBefore});
    QCOMPARE(before.unlistedSignals, std::size_t{1});
}

void TestPlan::ledgerDaysFarAheadAreListed()
{
    using namespace std::chrono;
    const Day landed = june(17) + days{2 * kListedDaysAhead};
    const std::vector<LedgerDay> known = {{landed, Standing::Imported, false, false}};
    const Plan plan = daymark::plan(Policy{}, june(17), {}, known);
    QCOMPARE(plan.firstDay, std::optional<Day>(landed));
    QVERIFY(plan.find(landed));
    QCOMPARE(plan.find(landed)->state, DayState::Imported);
    QVERIFY(plan.importable().empty());
}

void TestPlan::findsOnlyListedDays()
{
    const Plan plan = on(15).signalled({13}).plan();
    QVERIFY(!plan.find(june(12)));
    QCOMPARE(plan.find(june(13))->day, june(13));
    QCOMPARE(plan.find(june(15))->day, june(15));
    QVERIFY(!plan.find(june(16)));
    QVERIFY(!nothing().plan().find(june(15)));
}

void TestPlan::ledgerDaysInAnyOrderGiveTheSamePlan()
{
    QCOMPARE(statesOf(on(16).signalled({12, 14, 15}).failed(14).skipped({13}).landed({12}).plan()),
             statesOf(on(16).signalled({15, 14, 12}).landed({12}).skipped({13}).failed(14).plan()));
}

void TestPlan::namesAreStable()
{
    QCOMPARE(stateName(DayState::Imported), "imported");
    QCOMPARE(stateName(DayState::Skipped), "skipped");
    QCOMPARE(stateName(DayState::Importing), "importing");
    QCOMPARE(stateName(DayState::Failed), "failed");
    QCOMPARE(stateName(DayState::Ready), "ready");
    QCOMPARE(stateName(DayState::Queued), "queued");
    QCOMPARE(stateName(DayState::Gap), "gap");
    QCOMPARE(stateName(DayState::Blocked), "blocked");
    QCOMPARE(stateName(DayState::Awaiting), "awaiting");
    QCOMPARE(stateName(DayState::Future), "future");
    QCOMPARE(stateName(DayState::Ignored), "ignored");
    QCOMPARE(reasonName(IgnoredReason::None), "");
    QCOMPARE(reasonName(IgnoredReason::TooOld), "signal.too_old");
    QCOMPARE(reasonName(IgnoredReason::BeforeStart), "signal.before_start");
}

void TestPlan::aMillionSignalsAreQuick()
{
    using namespace std::chrono;
    constexpr int listed = 3'000;
    std::vector<Signal> announced;
    announced.reserve(1'000'000);
    for (std::int64_t i = 0; i < 1'000'000; ++i)
        announced.push_back({june(17) - days{(i * 7919) % listed}});
    std::vector<LedgerDay> known;
    for (int i = listed - 1; i >= 10; --i)
        known.push_back({june(17) - days{i}, Standing::Imported, false, false});
    const auto start = steady_clock::now();
    const Plan plan = daymark::plan(Policy{}, june(17), announced, known);
    const auto taken = duration_cast<milliseconds>(steady_clock::now() - start);
    QCOMPARE(plan.days.size(), std::size_t{listed});
    QCOMPARE(plan.importable().size(), std::size_t{10});
    QVERIFY2(taken < seconds{5}, qPrintable(QString::number(taken.count()) + " ms"));
}

QTEST_APPLESS_MAIN(TestPlan)
#include "tst_plan.moc"
