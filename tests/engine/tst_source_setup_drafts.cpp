// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later

// What the wizard asks before anything is saved.

#include "shop.h"

#include <QtTest>

using namespace daymark;
using namespace daymark::test;

namespace {

SourceDraft draftOf(const Shop& shop)
{
    SourceDraft draft;
    draft.name = "shop";
    draft.kind = "sqlite";
    draft.settings.uri = shop.database();
    return draft;
}

std::string dayTexts(const std::vector<Day>& days)
{
    std::string text;
    for (const Day day : days)
        text += (text.empty() ? "" : " ") + formatDay(day).substr(8);
    return text;
}

} // namespace

class TestSourceSetupDrafts : public QObject
{
    Q_OBJECT

private slots:
    void listsWhatAPlaceHolds();
    void samplesATableOrAQuery();
    void mapsByNameAndByChoice();
    void testsWithoutSaving();
    void previewsWithoutSaving();
    void plansANewSource();
    void plansAnEditWithItsChanges();
    void savesTheDraft();
    void refusesTakenNames();
    void leavesADisabledSourceAlone();
};

void TestSourceSetupDrafts::listsWhatAPlaceHolds()
{
    const Shop shop;
    const auto engine = shop.open();
    const auto look = (*engine)->browseDraft(draftOf(shop), {});
    QVERIFY(look);
    QVERIFY(look->ok);
    QCOMPARE(look->items.size(), 2U);
    QCOMPARE(look->items.front().name, std::string("statsig_user_metrics"));
    QCOMPARE(look->items.front().kind, std::string("table"));

    SourceDraft wrong = draftOf(shop);
    wrong.settings.uri = "/nowhere/shop.sqlite";
    const auto failed = (*engine)->browseDraft(wrong, {});
    QVERIFY(failed);
    QVERIFY(!failed->ok);
    QVERIFY(!failed->steps.back().message.empty());
    QVERIFY(!failed->steps.back().hint.empty());

    std::stop_source stop;
    stop.request_stop();
    QCOMPARE((*engine)->browseDraft(draftOf(shop), stop.get_token()).error().code,
             ErrorCode::RunCancelled);
}

void TestSourceSetupDrafts::samplesATableOrAQuery()
{
    const Shop shop;
    shop.addRows(13, 3);
    const auto engine = shop.open();
    SourceDraft draft = draftOf(shop);
    auto sample = (*engine)->sampleDraft(draft, 2, {});
    QVERIFY(sample);
    QCOMPARE(sample->rows.size(), 2U);
    QCOMPARE(sample->columns.front().name, std::string("unit_id"));
    QVERIFY(!sample->rows.front().back()); // denominator is null
    draft.settings.query = "SELECT unit_id AS who, 7 AS seven FROM statsig_user_metrics";
    sample = (*engine)->sampleDraft(draft, 2, {});
    QVERIFY(sample);
    QCOMPARE(sample->columns.at(1).name, std::string("seven"));
    QCOMPARE(sample->rows.at(0).at(1).value_or(""), std::string("7"));
    draft.settings.query = "DELETE FROM statsig_user_metrics";
    QVERIFY(!(*engine)->sampleDraft(draft, 2, {}));
}

void TestSourceSetupDrafts::mapsByNameAndByChoice()
{
    PlaceSample sample;
    for (const char* name : {"User", "id_type", "date", "metric_name", "metric_value"}) {
        SourceColumn column;
        column.name = name;
        sample.columns.push_back(column);
    }
    QVERIFY(!mapDraft("metrics", sample, {}).ok);
    const DraftMapping chosen = mapDraft("metrics", sample, {{"unit_id", "User"}});
    QVERIFY(chosen.ok);
    QCOMPARE(chosen.names.at("unit_id"), std::string("User"));
    QCOMPARE(columnsOfDataset("metrics").size(), std::size_t(8));
}

void TestSourceSetupDrafts::testsWithoutSaving()
{
    const Shop shop;
    shop.addRows(13, 5);
    shop.signal(13);
    const auto engine = shop.open();
    const auto test = (*engine)->testDraft(draftOf(shop), {});
    QVERIFY(test);
    QVERIFY(test->ok);
    QCOMPARE(test->signalCount, 1U);
    SourceDraft wrong = draftOf(shop);
    wrong.settings.table = "nothing";
    const auto failed = (*engine)->testDraft(wrong, {});
    QVERIFY(failed);
    QVERIFY(!failed->ok);
    QCOMPARE(failed->steps.back().name, std::string("find the table"));
    QVERIFY((*engine)->sources()->empty());
}

void TestSourceSetupDrafts::previewsWithoutSaving()
{
    const Shop shop;
    shop.addRows(13, 5, 2);
    shop.signal(13);
    const auto engine = shop.open();
    const auto preview = (*engine)->previewDraft(draftOf(shop), {}, {});
    QVERIFY(preview);
    QCOMPARE(preview->day.value(), june(13));
    QCOMPARE(preview->accepted, 5U);
    QCOMPARE(preview->rejected, 2U);
    QVERIFY((*engine)->sources()->empty());
    QVERIFY((*engine)->runs(std::nullopt, 10)->empty());
}

void TestSourceSetupDrafts::plansANewSource()
{
    const Shop shop;
    for (const int day : {13, 15})
        shop.signal(day);
    const auto engine = shop.open();
    SourceDraft draft = draftOf(shop);
    auto plan = (*engine)->planDraft(draft, {});
    QVERIFY(plan);
    QCOMPARE(dayTexts(plan->importable), std::string("13"));
    QVERIFY(plan->changes.empty());
    draft.settings.order = DayOrder::HighWater;
    plan = (*engine)->planDraft(draft, {});
    QCOMPARE(dayTexts(plan->importable), std::string("13 14 15"));
    QCOMPARE(plan->calendar.days.front().planned.day, june(13));
    draft.settings.timeZone = "Europe/Londn";
    QVERIFY(!(*engine)->planDraft(draft, {}));
    QVERIFY((*engine)->sources()->empty());
}

void TestSourceSetupDrafts::plansAnEditWithItsChanges()
{
    const Shop shop;
    shop.addRows(13, 5);
    for (const int day : {13, 15})
        shop.signal(day);
    const auto engine = shop.openWithSource();
    QVERIFY(engine->import({}, {}));
    SourceDraft draft;
    draft.name = "shop";
    draft.isEdit = true;
    QVERIFY(engine->planDraft(draft, {})->changes.empty());
    draft.settings.order = DayOrder::HighWater;
    const auto plan = engine->planDraft(draft, {});
    QVERIFY(plan);
    QCOMPARE(dayTexts(plan->importable), std::string("14 15"));
    QCOMPARE(plan->changes.size(), 2U);
    QCOMPARE(plan->changes.front().before.value(), DayState::Gap);
    QCOMPARE(plan->changes.front().after.value(), DayState::Ready);
    QCOMPARE(engine->source("shop")->policy.order, DayOrder::Strict);
    QCOMPARE(states(*engine), std::string("imported gap blocked:14 awaiting awaiting"));

    // An operator's signal and a landed day count on, whatever the new place says.
    QVERIFY(engine->signalDay("shop", june(16)));
    const Shop other;
    other.signal(14);
    draft.settings = {};
    draft.settings.uri = other.database();
    const auto moved = engine->planDraft(draft, {});
    QVERIFY(moved);
    QCOMPARE(dayTexts(moved->importable), std::string("14"));
    QCOMPARE(moved->calendar.plan.find(june(16))->state, DayState::Blocked);
}

void TestSourceSetupDrafts::savesTheDraft()
{
    const Shop shop;
    shop.signal(13);
    const auto engine = shop.open();
    SourceDraft draft = draftOf(shop);
    draft.settings.tolerancePercent = 2;
    draft.secret = "never kept";
    const auto saved = (*engine)->saveDraft(draft, {});
    QVERIFY(saved);
    QCOMPARE(saved->source.policy.tolerancePercent, 2.0);
    QVERIFY(saved->source.enabled);
    draft.isEdit = true;
    draft.settings = {};
    draft.settings.pollMinutes = 5;
    QVERIFY((*engine)->saveDraft(draft, {}));
    const auto source = (*engine)->source("shop");
    QCOMPARE(source->policy.pollMinutes, 5);
    QCOMPARE(source->policy.tolerancePercent, 2.0);
}

void TestSourceSetupDrafts::refusesTakenNames()
{
    const Shop shop;
    const auto engine = shop.openWithSource();
    QVERIFY(engine->checkDraftName("other"));
    QCOMPARE(engine->checkDraftName("SHOP").error().code, ErrorCode::SourceExists);
    QCOMPARE(engine->checkDraftName(" shop").error().code, ErrorCode::SourceInvalid);
    QVERIFY(!engine->checkDraftName("").error().hint.empty());
}

void TestSourceSetupDrafts::leavesADisabledSourceAlone()
{
    const Shop shop;
    shop.addRows(13, 5);
    shop.signal(13);
    const auto engine = shop.openWithSource();
    QVERIFY(engine->setSourceEnabled("shop", false));
    QVERIFY(!engine->source("shop")->enabled);
    const auto all = engine->import({}, {});
    QVERIFY(all);
    QVERIFY(all->runs.empty());
    QCOMPARE(all->waiting.size(), 1U);
    QVERIFY(engine->runDue({})->runs.empty());
    const auto named = engine->import({{"shop"}, true, {}}, {});
    QCOMPARE(named->runs.size(), 1U);
    QVERIFY(engine->setSourceEnabled("shop", true));
    QVERIFY(engine->source("shop")->enabled);
}

QTEST_APPLESS_MAIN(TestSourceSetupDrafts)
#include "tst_source_setup_drafts.moc"
