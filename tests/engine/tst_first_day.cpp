// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
// The first day of a source, moved back and beyond what has landed.

#include "core/engine/as_of.h"
#include "core/engine/first_day.h"
#include "shop.h"

#include <QTest>

using namespace daymark;
using namespace daymark::test;

namespace {

std::unique_ptr<Engine> landed(const Shop& shop)
{
    for (const int day : {10, 11, 12, 13, 14, 15, 16})
        shop.addRows(day, 10);
    for (const int day : {13, 14})
        shop.signal(day);
    auto engine = shop.openWithSource();
    if (engine->import({}, {})->runs.size() != 2)
        qFatal("the days did not land");
    return engine;
}

std::string days(const ImportReport& report)
{
    std::string text;
    for (const RunInfo& run : report.runs)
        text += (text.empty() ? "" : " ") + formatDay(run.day).substr(8);
    return text;
}

} // namespace

class TestFirstDay : public QObject
{
    Q_OBJECT

private slots:
    void daysBeforeTheFirstOneLand();
    void aSourceStartsOver();
    void refusesOtherDays();
};

void TestFirstDay::daysBeforeTheFirstOneLand()
{
    const Shop shop;
    const auto engine = landed(shop);
    const auto look = backfill(*engine, {"shop", june(10), "", true});
    QVERIFY(look && !look->done);
    QCOMPARE(look->days, 3U);
    QCOMPARE(look->signalled, 0U);
    QCOMPARE(look->landed, 2U);
    QVERIFY(look->warnings.size() >= 2);
    QCOMPARE(states(*engine), std::string("imported imported awaiting awaiting awaiting"));

    QVERIFY(backfill(*engine, {"shop", june(10), "finance asked", false})->done);
    QCOMPARE(states(*engine),
             std::string("gap gap gap imported imported awaiting awaiting awaiting"));
    for (const int day : {10, 12, 15})
        shop.signal(day);
    // In order among themselves, and before anything new.
    QCOMPARE(days(*engine->import({}, {})), std::string("10"));
    QCOMPARE(states(*engine),
             std::string("imported gap blocked:11 imported imported blocked:11 awaiting awaiting"));
    QVERIFY(engine->skipDay("shop", june(11), "closed"));
    QVERIFY(engine->reopenDay("shop", june(11)));
    QVERIFY(engine->signalDay("shop", june(11)));
    QCOMPARE(days(*engine->import({}, {})), std::string("11 12 15"));
    QVERIFY(engine->check(true, {})->ok);
    const auto journal = engine->journal("shop", 100);
    QVERIFY(std::any_of(journal->begin(), journal->end(), [](const JournalEntry& entry) {
        return entry.action == "source.backfill" && entry.detail == "finance asked" &&
               entry.day == june(10);
    }));
}

void TestFirstDay::aSourceStartsOver()
{
    const Shop shop;
    Instant before;
    {
        const auto engine = landed(shop);
        before = engine->now();
    }
    const auto engine = shop.openAt("2022-06-17T14:00:00Z");
    const auto look = startOver(*engine, {"shop", june(16), "", true});
    QVERIFY(look && !look->done);
    QCOMPARE(look->days, 1U);
    QCOMPARE(look->landed, 2U);
    QVERIFY(startOver(*engine, {"shop", june(16), "a new schema", false})->done);
    QCOMPARE(states(*engine), std::string("imported imported ignored awaiting awaiting"));
    shop.signal(16);
    QCOMPARE(days(*engine->import({}, {})), std::string("16"));
    QCOMPARE(states(*engine), std::string("imported imported ignored imported awaiting"));
    QCOMPARE(engine->calendar("shop")->plan.firstDay.value(), june(16));
    // What landed before is as it was: rows, runs, versions, and it can be imported again.
    QCOMPARE(engine->rows("shop", june(13), {}, 100)->size(), 10U);
    QVERIFY(engine->reimport({"shop", {{june(13), june(13)}}, "", false, {}}, {}));
    QCOMPARE(engine->metric("revenue")->days, 3U);
    QVERIFY(engine->check(true, {})->ok);
    const auto past = calendarAsOf(*engine, "shop", before);
    QCOMPARE(states(past->view), std::string("imported imported awaiting awaiting awaiting"));
    // The day between comes back by a backfill.
    QVERIFY(backfill(*engine, {"shop", june(15), "", false})->done);
    QVERIFY(engine->signalDay("shop", june(15)));
    QCOMPARE(days(*engine->import({}, {})), std::string("15"));
}

void TestFirstDay::refusesOtherDays()
{
    const Shop shop;
    {
        const auto engine = shop.openWithSource();
        QCOMPARE(backfill(*engine, {"shop", june(1), "", true}).error().code, ErrorCode::DayState);
        QCOMPARE(startOver(*engine, {"shop", june(30), "", true}).error().code,
                 ErrorCode::DayState);
        QVERIFY(engine->removeSource("shop", false));
    }
    const Shop other;
    const auto engine = landed(other);
    QCOMPARE(backfill(*engine, {"shop", june(13), "", false}).error().code, ErrorCode::DayState);
    QCOMPARE(
        backfill(*engine, {"shop", june(13) - std::chrono::days(5000), "", false}).error().code,
        ErrorCode::UsageInvalid);
    QCOMPARE(startOver(*engine, {"shop", june(14), "", false}).error().code, ErrorCode::DayState);
    QCOMPARE(startOver(*engine, {"ship", june(20), "", false}).error().code,
             ErrorCode::SourceUnknown);
    const auto reader = other.open(OpenMode::Read);
    QCOMPARE(startOver(**reader, {"shop", june(20), "", false}).error().code,
             ErrorCode::WorkspaceBusy);
    QVERIFY(startOver(**reader, {"shop", june(20), "", true}).has_value());
}

QTEST_APPLESS_MAIN(TestFirstDay)

#include "tst_first_day.moc"
