// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
// What the engine tells of one day, and of its rows before they are imported.

#include "shop.h"

#include <QTest>

using namespace daymark;
using namespace daymark::test;

class TestDayStory : public QObject
{
    Q_OBJECT

private slots:
    void tellsSignalsRunsAndJournal();
    void aDayWithoutAnyStory();
    void namesTheStatementThatAnnounces();
    void aPreviewHandsOutRows();
    void aPreviewOfAWholeDayTellsProgress();
    void aPreviewCanBeStopped();
    void aPreviewKnowsHowManyRowsAreUsual();
};

void TestDayStory::tellsSignalsRunsAndJournal()
{
    const Shop shop;
    shop.addRows(13, 98, 2);
    shop.addRows(14, 5);
    shop.signal(13);
    const auto engine = shop.openWithSource();
    QVERIFY(engine->import({{"shop"}, true, {}}, {}));
    SourceSettings tolerant;
    tolerant.tolerancePercent = 5;
    QVERIFY(engine->editSource("shop", tolerant, {}));
    QVERIFY(engine->import({{"shop"}, true, {}}, {}));
    QVERIFY(engine->signalDay("shop", june(14)));

    const auto story = engine->dayStory("SHOP", june(13));
    QVERIFY(story);
    QCOMPARE(story->source, std::string("shop"));
    QCOMPARE(story->announced.size(), 1U);
    QVERIFY(!story->announced.front().byOperator);
    QCOMPARE(story->runs.size(), 2U);
    QVERIFY(story->runs[0].run.state == RunState::Imported);
    QVERIFY(story->runs[1].run.state == RunState::Failed);
    QCOMPARE(story->runs[0].files.size(), 1U);
    QCOMPARE(story->runs[0].files.front().sha256.size(), 64U);
    QCOMPARE(story->runs[0].fingerprint.size(), 32U);
    QVERIFY(story->runs[1].fingerprint.empty());
    QCOMPARE(story->runs[0].run.rules.size(), 2U);
    QVERIFY(!story->runs[0].run.rules.front().examples.empty());
    QVERIFY(story->journal.size() >= 2);
    for (const JournalEntry& entry : story->journal)
        QCOMPARE(entry.day.value(), june(13));

    const auto marked = engine->dayStory("shop", june(14));
    QVERIFY(marked);
    QCOMPARE(marked->announced.size(), 1U);
    QCOMPARE(marked->announced.front().by, std::string("tester"));
    QVERIFY(marked->runs.empty());
    QCOMPARE(marked->journal.size(), 1U);
}

void TestDayStory::aDayWithoutAnyStory()
{
    const Shop shop;
    const auto engine = shop.openWithSource();
    const auto story = engine->dayStory("shop", june(1));
    QVERIFY(story);
    QVERIFY(story->announced.empty() && story->runs.empty() && story->journal.empty());
    QVERIFY(engine->dayStory("nobody", june(1)).error().code == ErrorCode::SourceUnknown);
}

void TestDayStory::namesTheStatementThatAnnounces()
{
    const Shop shop;
    const auto engine = shop.openWithSource();
    const auto story = engine->dayStory("shop", june(14));
    QVERIFY(story);
    QCOMPARE(story->signalStatement,
             std::string("INSERT INTO \"statsig_user_metrics_signal\" (\"finished_date\") VALUES "
                         "('2022-06-14');"));
    shop.execute(story->signalStatement);
    const auto polled = engine->poll("shop", {});
    QVERIFY(polled);
    QCOMPARE(polled->added.size(), 1U);
    QCOMPARE(polled->added.front(), june(14));
}

void TestDayStory::aPreviewHandsOutRows()
{
    const Shop shop;
    shop.addRows(13, 8, 2);
    shop.signal(13);
    const auto engine = shop.openWithSource();
    PreviewRequest request;
    QVERIFY(engine->preview("shop", request, {})->samples.empty());
    request.samples = 5;
    const auto preview = engine->preview("shop", request, {});
    QVERIFY(preview);
    QCOMPARE(preview->columns.size(), 8U);
    QCOMPARE(preview->columns[4].sourceName, std::string("metric_value"));
    QVERIFY(preview->samples.size() >= 7);
    QCOMPARE(preview->samples[0].cells[0].value(), std::string("u1"));
    QVERIFY(preview->samples.back().fate == RowFate::Rejected);
}

void TestDayStory::aPreviewOfAWholeDayTellsProgress()
{
    const Shop shop;
    shop.addRows(13, 5000);
    shop.signal(13);
    const auto engine = shop.openWithSource();
    PreviewRequest request;
    request.rows.reset();
    std::uint64_t rows = 0;
    const auto preview = engine->preview("shop", request, {},
                                         [&rows](const PreviewProgress& now) { rows = now.rows; });
    QVERIFY(preview);
    QVERIFY(preview->wholeDay);
    QCOMPARE(rows, std::uint64_t{5000});
}

void TestDayStory::aPreviewCanBeStopped()
{
    const Shop shop;
    shop.addRows(13, 5000);
    shop.signal(13);
    const auto engine = shop.openWithSource();
    std::stop_source stop;
    PreviewRequest request;
    request.rows.reset();
    const auto preview = engine->preview("shop", request, stop.get_token(),
                                         [&stop](const PreviewProgress&) { stop.request_stop(); });
    QVERIFY(!preview);
    QVERIFY(preview.error().code == ErrorCode::RunCancelled);
}

void TestDayStory::aPreviewKnowsHowManyRowsAreUsual()
{
    const Shop shop;
    for (const int day : {10, 11, 12}) {
        shop.addRows(day, 200);
        shop.signal(day);
    }
    shop.addRows(13, 30);
    shop.signal(13);
    const auto engine = shop.openWithSource();
    QVERIFY(engine->import({{"shop"}, true, june(12)}, {}));
    const auto preview = engine->preview("shop", {}, {});
    QVERIFY(preview);
    QCOMPARE(preview->day.value(), june(13));
    QCOMPARE(preview->suspicions.size(), 1U);
    QCOMPARE(preview->suspicions.front().code, std::string("looks.few_rows"));
}

QTEST_APPLESS_MAIN(TestDayStory)
#include "tst_day_story.moc"
