// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
// Past calendars: after each step of a history the calendar is written down; later it is drawn
// again as of that moment, and must be the same.

#include "core/engine/as_of.h"
#include "shop.h"

#include <QTest>

#include <fstream>

using namespace daymark;
using namespace daymark::test;

namespace {

/// What a calendar showed at a moment.
struct Seen
{
    std::string step;
    Instant at;
    std::string states;
    std::string frontier;
    std::string all;
};

std::string frontierOf(const CalendarView& view)
{
    return view.plan.frontier ? formatDay(*view.plan.frontier) : "none";
}

/// All that a calendar says of its days, a line a day.
std::string allOf(const CalendarView& view)
{
    std::string all;
    for (const CalendarDay& day : view.days) {
        const PlannedDay& planned = day.planned;
        all += formatDay(planned.day) + " " + day.description;
        for (const auto& [is, word] :
             {std::pair(planned.signalled, " signalled"), std::pair(planned.implied, " implied"),
              std::pair(planned.empty, " empty"), std::pair(planned.changed, " changed"),
              std::pair(planned.damaged, " damaged"), std::pair(planned.overdue, " overdue"),
              std::pair(day.markedHere, " marked here")})
            all += is ? word : "";
        all += " blocked by " + (planned.blockedBy ? formatDay(*planned.blockedBy) : "none");
        all += " waiting " + std::to_string(planned.waiting) + " reason '" + day.reason + "' run ";
        all += day.run ? std::to_string(day.run->value) : "none";
        all += " rows " + (day.rows ? std::to_string(*day.rows) : "none");
        all += " rejected " + (day.rejected ? std::to_string(*day.rejected) : "none");
        all += " difference '" + day.difference + "' damage '" + day.damage + "' first seen ";
        all += day.firstSeen ? formatInstant(*day.firstSeen) : "never";
        all += "\n";
    }
    return all + view.note;
}

/// Whether the calendar as of now is the calendar.
void holdAgainstNow(Engine& engine, const std::string& step)
{
    const auto past = calendarAsOf(engine, "shop", engine.now());
    QVERIFY2(past, step.c_str());
    QCOMPARE(QString::fromStdString(step + ": " + allOf(past->view)),
             QString::fromStdString(step + ": " + allOf(engine.calendar("shop").value())));
}

/// A shop whose history is written down step by step.
class History
{
public:
    void step(const std::string& name, const std::string& now,
              const std::function<void(Engine&)>& act)
    {
        const auto engine = shop.openAt(now);
        act(*engine);
        // As of the end of the step.
        const auto view = engine->calendar("shop");
        if (!view)
            qFatal("%s", view.error().message.c_str());
        seen.push_back({name, engine->now(), states(*view), frontierOf(*view), allOf(*view)});
        holdAgainstNow(*engine, name);
    }

    const Shop shop;
    std::vector<Seen> seen;
};

/// Turns a bit of the file that a run landed.
void damage(const Shop& shop, Engine& engine, std::int64_t run)
{
    const auto file = shop.folder() / engine.run(RunId{run})->files.front();
    const auto time = std::filesystem::last_write_time(file);
    {
        std::fstream bytes(file, std::ios::in | std::ios::out | std::ios::binary);
        bytes.seekg(40);
        const auto byte = static_cast<char>(bytes.get() ^ 1);
        bytes.seekp(40);
        bytes.put(byte);
    }
    std::filesystem::last_write_time(file, time);
}

void addShop(const Shop& shop, Engine& engine, const SourceSettings& given = {})
{
    SourceSettings settings = given;
    settings.uri = shop.database();
    if (const auto added = engine.addSource("shop", "sqlite", "metrics", settings, {}); !added)
        qFatal("%s", added.error().message.c_str());
}

std::vector<Day> signalledDays(const CalendarView& view)
{
    std::vector<Day> days;
    for (const CalendarDay& day : view.days)
        if (day.planned.signalled)
            days.push_back(day.planned.day);
    return days;
}

} // namespace

class TestAsOf : public QObject
{
    Q_OBJECT

private slots:
    void everyStateAgreesWithNow();
    void theMomentsAreThoseOfTheJournal();
    void aDayIsExplainedAsItWas();
    void everyStepIsSeenAgain();
    void aPolicyIsTheOneOfThen();
    void aFirstDayThatWasFree();
    void whatCannotBeKnownIsSaid();
    void refusesOtherMoments();
};

void TestAsOf::everyStateAgreesWithNow()
{
    History history;
    const Shop& shop = history.shop;
    for (const int day : {12, 13, 15})
        shop.addRows(day, 10);
    shop.addRows(16, 10, 5);
    shop.execute("INSERT INTO statsig_user_metrics_signal VALUES ('2022-05-01')");
    for (const int day : {12, 13, 14, 16, 25})
        shop.signal(day);
    const auto import = [](Engine& engine) { QVERIFY(engine.import({}, {})); };
    history.step("ignored, ready, queued, gap, future", "2022-06-17T10:00:00Z",
                 [&](Engine& engine) { addShop(shop, engine); });
    history.step("importing", "2022-06-17T11:00:00Z", [&](Engine& engine) {
        bool held = false;
        const Subscription listening = engine.subscribe([&](const Event& event) {
            if (event.kind != EventKind::RunStarted || std::exchange(held, true))
                return;
            const auto view = engine.calendar("shop");
            QVERIFY(states(*view).find("importing") != std::string::npos);
            history.seen.push_back(
                {"a run at work", engine.now(), states(*view), frontierOf(*view), allOf(*view)});
            holdAgainstNow(engine, "a run at work");
        });
        QVERIFY(engine.import({}, {}));
        QVERIFY(held);
    });
    QVERIFY(history.seen.back().states.find("imported imported imported gap blocked:15") !=
            std::string::npos);
    history.step("marked", "2022-06-17T12:00:00Z",
                 [](Engine& engine) { QVERIFY(engine.signalDay("shop", june(15))); });
    history.step("failed", "2022-06-17T13:00:00Z", import);
    history.step("tried again", "2022-06-17T14:00:00Z", import);
    shop.execute("UPDATE statsig_user_metrics SET metric_value = 7 WHERE unit_id = 'u1'");
    history.step("changed", "2022-06-18T14:00:00Z",
                 [](Engine& engine) { QVERIFY(engine.recheck("shop", june(12), {})); });
    history.step("imported again", "2022-06-18T15:00:00Z", [](Engine& engine) {
        QVERIFY(engine.reimport({"shop", {{june(12), june(12)}}, "", false, {}}, {}));
    });
    history.step("rolled back", "2022-06-18T16:00:00Z", [](Engine& engine) {
        QVERIFY(engine.rollback({"shop", june(12), {}, false, "", false, {}}, {})->done);
    });
    QVERIFY(history.seen.back().all.find("changed") != std::string::npos);
    history.step("damaged", "2022-06-18T17:00:00Z", [&](Engine& engine) {
        damage(shop, engine, 2);
        QVERIFY(!engine.check(true, {})->ok);
    });
    QVERIFY(history.seen.back().all.find("damaged") != std::string::npos);
    history.step("whole", "2022-06-18T18:00:00Z", [&](Engine& engine) {
        damage(shop, engine, 2); // turns the bit back
        QVERIFY(engine.check(true, {})->ok);
    });
    history.step("damaged again", "2022-06-18T19:00:00Z", [&](Engine& engine) {
        damage(shop, engine, 2);
        QVERIFY(!engine.check(true, {})->ok);
    });
    history.step("mended", "2022-06-18T20:00:00Z", [](Engine& engine) {
        QVERIFY(engine.reimport({"shop", {{june(13), june(13)}}, "", false, {}}, {}));
    });
    history.step("skipped", "2022-06-19T10:00:00Z",
                 [](Engine& engine) { QVERIFY(engine.skipDay("shop", june(16), "broken")); });
    shop.signal(17);
    shop.signal(18);
    shop.execute("ALTER TABLE statsig_user_metrics RENAME COLUMN timeuuid TO uuid");
    history.step("held by the columns", "2022-06-19T11:00:00Z",
                 [](Engine& engine) { QVERIFY(engine.poll("shop", {})); });
    QVERIFY(history.seen.back().states.find("skipped blocked blocked") != std::string::npos);
    shop.execute("ALTER TABLE statsig_user_metrics RENAME COLUMN uuid TO timeuuid");
    shop.execute("DELETE FROM statsig_user_metrics_signal WHERE finished_date = '2022-06-18'");
    history.step("the columns are back, a signal is gone", "2022-06-19T12:00:00Z",
                 [](Engine& engine) { QVERIFY(engine.poll("shop", {})); });
    history.step("empty days", "2022-06-19T13:00:00Z", import);
    history.step("overdue", "2022-06-24T13:00:00Z",
                 [](Engine& engine) { QVERIFY(engine.poll("shop", {})); });

    // Each of them is what it was, seen from later on.
    const auto engine = shop.openAt("2022-06-24T14:00:00Z");
    for (const Seen& seen : history.seen) {
        const auto past = calendarAsOf(*engine, "shop", seen.at);
        QVERIFY2(past, seen.step.c_str());
        if (past->unknown.empty())
            QCOMPARE(QString::fromStdString(seen.step + ": " + allOf(past->view)),
                     QString::fromStdString(seen.step + ": " + seen.all));
    }
}

void TestAsOf::theMomentsAreThoseOfTheJournal()
{
    History history;
    const Shop& shop = history.shop;
    shop.addRows(13, 10);
    shop.signal(13);
    history.step("added", "2022-06-17T10:00:00Z", [&](Engine& engine) { addShop(shop, engine); });
    history.step("skipped", "2022-06-17T12:00:00Z",
                 [](Engine& engine) { QVERIFY(engine.skipDay("shop", june(13), "closed")); });
    const auto engine = shop.openAt("2022-06-17T13:00:00Z");
    const auto moments = pastMoments(*engine, "shop");
    QVERIFY(moments && moments->size() >= 2);
    QCOMPARE(moments->front().entries.front().action, std::string("source.add"));
    QVERIFY(std::any_of(moments->begin(), moments->end(),
                        [](const PastMoment& moment) { return moment.announced == 1; }));
    QCOMPARE(moments->back().entries.back().action, std::string("day.skip"));
    for (const PastMoment& moment : *moments)
        QVERIFY(calendarAsOf(*engine, "shop", moment.at));
    QCOMPARE(pastMoments(*engine, "ship").error().code, ErrorCode::SourceUnknown);
}

void TestAsOf::aDayIsExplainedAsItWas()
{
    History history;
    const Shop& shop = history.shop;
    shop.addRows(13, 10);
    shop.signal(13);
    history.step("added", "2022-06-17T10:00:00Z", [&](Engine& engine) { addShop(shop, engine); });
    history.step("imported", "2022-06-17T12:00:00Z",
                 [](Engine& engine) { QVERIFY(engine.import({}, {})); });
    const auto engine = shop.openAt("2022-06-18T10:00:00Z");
    const auto then = explainedAsOf(*engine, "shop", history.seen.front().at, june(13));
    QVERIFY(then && then->explanation.state == DayState::Ready);
    QVERIFY(then->explanation.actions.empty());
    QVERIFY(then->explanation.sentence.find("is the next day to import") != std::string::npos);
    QCOMPARE(then->evidence.signalledBy, std::string("source"));
    const auto later = explainedAsOf(*engine, "shop", history.seen.back().at, june(13));
    QVERIFY(later && later->explanation.state == DayState::Imported);
    QCOMPARE(later->evidence.rows.value(), std::uint64_t{10});
}

void TestAsOf::everyStepIsSeenAgain()
{
    History history;
    const Shop& shop = history.shop;
    for (const int day : {13, 14, 15, 16})
        shop.addRows(day, 10, day == 16 ? 5 : 0);
    shop.signal(13);
    shop.signal(15);
    const auto import = [](Engine& engine) { QVERIFY(engine.import({}, {})); };
    history.step("added", "2022-06-17T10:00:00Z", [&](Engine& engine) { addShop(shop, engine); });
    history.step("imported", "2022-06-17T11:00:00Z", import);
    history.step("marked", "2022-06-17T12:00:00Z",
                 [](Engine& engine) { QVERIFY(engine.signalDay("shop", june(14))); });
    history.step("taken back", "2022-06-17T13:00:00Z",
                 [](Engine& engine) { QVERIFY(engine.withdrawSignal("shop", june(14))); });
    history.step("skipped", "2022-06-17T14:00:00Z",
                 [](Engine& engine) { QVERIFY(engine.skipDay("shop", june(14), "closed")); });
    history.step("reopened", "2022-06-17T15:00:00Z",
                 [](Engine& engine) { QVERIFY(engine.reopenDay("shop", june(14))); });
    history.step("skipped again", "2022-06-17T16:00:00Z",
                 [](Engine& engine) { QVERIFY(engine.skipDay("shop", june(14), "closed")); });
    history.step("imported after it", "2022-06-17T17:00:00Z", import);
    shop.signal(16);
    history.step("a day that fails", "2022-06-18T10:00:00Z", import);
    shop.execute("UPDATE statsig_user_metrics SET metric_value = 7 WHERE unit_id = 'u1'");
    history.step("a change found", "2022-06-18T18:00:00Z",
                 [](Engine& engine) { QVERIFY(engine.recheck("shop", june(13), {})); });
    history.step("imported again", "2022-06-18T19:00:00Z", [](Engine& engine) {
        QVERIFY(engine.reimport({"shop", {{june(13), june(13)}}, "", false, {}}, {}));
    });
    history.step("rolled back", "2022-06-19T10:00:00Z", [](Engine& engine) {
        QVERIFY(engine.rollback({"shop", june(13), {}, false, "", false, {}}, {}));
    });
    history.step("the day mended", "2022-06-19T11:00:00Z", [&](Engine& engine) {
        shop.execute("DELETE FROM statsig_user_metrics WHERE metric_value IS NULL");
        QVERIFY(engine.import({}, {}));
    });

    const auto engine = shop.openAt("2022-06-20T10:00:00Z");
    for (const Seen& seen : history.seen) {
        const auto past = calendarAsOf(*engine, "shop", seen.at);
        QVERIFY2(past, seen.step.c_str());
        QCOMPARE(QString::fromStdString(seen.step + ": " + states(past->view)),
                 QString::fromStdString(seen.step + ": " + seen.states));
        QCOMPARE(frontierOf(past->view), seen.frontier);
        QVERIFY2(past->unknown.empty(), seen.step.c_str());
    }
    // Which run a day had, how many rows, whether it was changed, and why it was skipped.
    const auto changed = calendarAsOf(*engine, "shop", history.seen[9].at);
    QVERIFY(changed->view.days.front().planned.changed);
    QCOMPARE(changed->view.days.front().run.value(), RunId{1});
    QCOMPARE(changed->view.days[1].reason, std::string("closed"));
    QCOMPARE(changed->view.days.front().rows.value(), std::uint64_t{10});
    const auto again = calendarAsOf(*engine, "shop", history.seen[10].at);
    QVERIFY(!again->view.days.front().planned.changed);
    QVERIFY(again->view.days.front().run.value() > RunId{1});
    const auto back = calendarAsOf(*engine, "shop", history.seen[11].at);
    QCOMPARE(back->view.days.front().run.value(), RunId{1});
    const auto range = calendarAsOf(*engine, "shop", history.seen[11].at, june(14), june(15));
    QCOMPARE(range->view.days.size(), 2U);
}

void TestAsOf::aPolicyIsTheOneOfThen()
{
    History history;
    const Shop& shop = history.shop;
    for (const int day : {13, 15})
        shop.signal(day);
    history.step("added", "2022-06-17T10:00:00Z", [&](Engine& engine) { addShop(shop, engine); });
    const auto edit = [](auto change) {
        return [change](Engine& engine) {
            SourceSettings settings;
            change(settings);
            QVERIFY(engine.editSource("shop", settings, {}));
        };
    };
    history.step("high-water", "2022-06-17T11:00:00Z",
                 edit([](auto& settings) { settings.order = DayOrder::HighWater; }));
    history.step("a short horizon", "2022-06-17T12:00:00Z",
                 edit([](auto& settings) { settings.horizonDays = 2; }));
    history.step("a first day", "2022-06-17T13:00:00Z",
                 edit([](auto& settings) { settings.firstDay = june(14); }));
    history.step("another zone", "2022-06-17T14:00:00Z",
                 edit([](auto& settings) { settings.timeZone = "Pacific/Kiritimati"; }));
    const auto engine = shop.openAt("2022-06-20T10:00:00Z");
    for (const Seen& seen : history.seen) {
        const auto past = calendarAsOf(*engine, "shop", seen.at);
        QVERIFY2(past && past->unknown.empty(), seen.step.c_str());
        QCOMPARE(QString::fromStdString(seen.step + ": " + states(past->view)),
                 QString::fromStdString(seen.step + ": " + seen.states));
    }
    QVERIFY(calendarAsOf(*engine, "shop", history.seen.back().at)->view.plan.today == june(18));
}

void TestAsOf::aFirstDayThatWasFree()
{
    History history;
    const Shop& shop = history.shop;
    shop.addRows(14, 5);
    shop.signal(14);
    history.step("added", "2022-06-17T10:00:00Z", [&](Engine& engine) { addShop(shop, engine); });
    shop.signal(13);
    history.step("an earlier signal", "2022-06-17T11:00:00Z",
                 [](Engine& engine) { QVERIFY(engine.poll("shop", {})); });
    history.step("landed", "2022-06-17T12:00:00Z",
                 [](Engine& engine) { QVERIFY(engine.import({}, {})); });
    const auto engine = shop.openAt("2022-06-20T10:00:00Z");
    for (const Seen& seen : history.seen)
        QCOMPARE(
            QString::fromStdString(states(calendarAsOf(*engine, "shop", seen.at).value().view)),
            QString::fromStdString(seen.states));
    // From 14 on as long as 13 was not signalled: the journal holds no word of a first day.
    QCOMPARE(calendarAsOf(*engine, "shop", history.seen.front().at)->unknown.size(), 1U);
}

void TestAsOf::whatCannotBeKnownIsSaid()
{
    History history;
    const Shop& shop = history.shop;
    for (const int day : {13, 14})
        shop.signal(day);
    history.step("added", "2022-06-17T10:00:00Z", [&](Engine& engine) { addShop(shop, engine); });
    const auto poll = [](Engine& engine) { QVERIFY(engine.poll("shop", {})); };
    history.step("looked", "2022-06-17T11:00:00Z", poll);
    shop.execute("DELETE FROM statsig_user_metrics_signal WHERE finished_date = '2022-06-14'");
    history.step("withdrawn", "2022-06-17T12:00:00Z", poll);
    const auto at = [&](const std::string& now, const std::string& moment) {
        return calendarAsOf(*shop.openAt(now), "shop", parseInstant(moment).value()).value();
    };
    // It was there at the look of 11 o'clock, and at the one of 12 it was not.
    const CalendarAsOf before = at("2022-06-18T10:00:00Z", "2022-06-17T10:30:00Z");
    QCOMPARE(signalledDays(before.view), (std::vector{june(13), june(14)}));
    QVERIFY(before.unknown.empty());
    const CalendarAsOf between = at("2022-06-18T10:00:00Z", "2022-06-17T11:30:00Z");
    QCOMPARE(signalledDays(between.view), (std::vector{june(13)}));
    QCOMPARE(between.unknown.size(), 1U);
    shop.signal(14);
    history.step("back", "2022-06-17T13:00:00Z", poll);
    QCOMPARE(at("2022-06-18T10:00:00Z", "2022-06-17T11:30:00Z").unknown.size(), 1U);
    QVERIFY(at("2022-06-18T10:00:00Z", "2022-06-17T13:30:00Z").unknown.empty());
}

void TestAsOf::refusesOtherMoments()
{
    const Shop shop;
    const auto engine = shop.openWithSource();
    const auto code = [&](const std::string& name, const std::string& moment) {
        return calendarAsOf(*engine, name, parseInstant(moment).value()).error().code;
    };
    QCOMPARE(code("shop", "2022-06-17T11:59:59Z"), ErrorCode::UsageInvalid);
    QCOMPARE(code("shop", "2022-06-18T12:00:00Z"), ErrorCode::UsageInvalid);
    QCOMPARE(code("ship", "2022-06-17T12:00:00Z"), ErrorCode::SourceUnknown);
}

QTEST_APPLESS_MAIN(TestAsOf)

#include "tst_as_of.moc"
