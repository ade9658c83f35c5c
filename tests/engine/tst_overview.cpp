// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/overview.h"

#include "shop.h"

#include <QtTest>

#include <algorithm>

using namespace daymark;
using namespace daymark::test;

namespace {

/// A plan of a strict source whose today is 17 June 2022.
Plan planOf(const QString& announced, const QString& landed)
{
    std::vector<Signal> announcedDays;
    for (const QString& day : announced.split(QLatin1Char(' '), Qt::SkipEmptyParts))
        announcedDays.push_back({june(day.toInt())});
    std::vector<LedgerDay> known;
    for (const QString& day : landed.split(QLatin1Char(' '), Qt::SkipEmptyParts)) {
        const bool failed = day.endsWith(QLatin1Char('!'));
        known.push_back({june(QString(day).remove(QLatin1Char('!')).toInt()),
                         failed ? Standing::Failed : Standing::Imported});
    }
    return plan(Policy{}, june(17), announcedDays, known);
}

} // namespace

class TestOverview : public QObject
{
    Q_OBJECT

private slots:
    void lateness_data();
    void lateness();
    void everySourceAtAGlance();
    void aMetricSaysWhyDaysAreMissing();
};

void TestOverview::lateness_data()
{
    QTest::addColumn<QString>("announced");
    QTest::addColumn<QString>("landed");
    QTest::addColumn<QString>("words");
    QTest::newRow("nothing") << ""
                             << ""
                             << "nothing to import yet";
    QTest::newRow("all that is due has landed") << "13 14 15"
                                                << "13 14 15"
                                                << "on time";
    QTest::newRow("yesterday has 24 hours") << "14 15 16"
                                            << "14 15"
                                            << "on time";
    QTest::newRow("one day ready") << "13 14 15"
                                   << "13 14"
                                   << "late: 1 day behind, 15 June is "
                                      "ready to be imported";
    QTest::newRow("none landed") << "13 14 15"
                                 << ""
                                 << "late: 3 days behind, 13 June is ready to be imported";
    QTest::newRow("a gap") << "12 15"
                           << "12"
                           << "overdue: 3 days behind, 13 June is not signalled";
    QTest::newRow("no signal of late") << "12 13"
                                       << "12 13"
                                       << "overdue: 2 days behind, 14 June is not signalled";
    QTest::newRow("failed") << "12 13 14 15"
                            << "12 13!"
                            << "late: 3 days behind, 13 June failed";
}

void TestOverview::lateness()
{
    QFETCH(QString, announced);
    QFETCH(QString, landed);
    QFETCH(QString, words);
    const LatenessFound found = latenessOf(planOf(announced, landed));
    QCOMPARE(QString::fromStdString(found.words), words);
    const Lateness expected = words.startsWith(QLatin1String("late"))      ? Lateness::Late
                              : words.startsWith(QLatin1String("overdue")) ? Lateness::Overdue
                              : words == QLatin1String("on time")          ? Lateness::OnTime
                                                                           : Lateness::Nothing;
    QCOMPARE(int(found.lateness), int(expected));
}

void TestOverview::everySourceAtAGlance()
{
    const Shop shop;
    for (const int day : {11, 12, 14, 15}) {
        shop.addRows(day, day);
        shop.signal(day);
    }
    const auto engine = shop.openWithSource();
    SourceSettings settings;
    settings.uri = shop.database();
    QVERIFY(engine->addSource("idle", "sqlite", "metrics", settings, {}));
    QVERIFY(engine->import({{"shop"}, true, {}}, {}));
    const auto overview = engine->overview();
    QVERIFY(overview);
    QCOMPARE(overview->size(), 2U);
    QCOMPARE(overview->at(0).source.config.name, std::string("idle"));
    QCOMPARE(int(overview->at(0).lateness), int(Lateness::Late));
    const SourceOverview& glance = overview->at(1);
    QCOMPARE(glance.today, june(17));
    QCOMPARE(glance.obstacle.value(), june(13));
    QCOMPARE(glance.obstacleWords, std::string("13 June is a gap, 2 later days wait"));
    QCOMPARE(glance.latenessWords, std::string("overdue: 3 days behind, 13 June is not signalled"));
    QCOMPARE(glance.days.size(), 7U);
    QCOMPARE(glance.days.front().rows.value(), 11U);
    QVERIFY(glance.source.poll.last);

    // The figures come from the ledger: no landed row is read for them.
    std::filesystem::remove_all(shop.folder() / "landing");
    QCOMPARE(engine->overview()->at(1).days.front().rows.value(), 11U);
    QCOMPARE(engine->metric("revenue")->series.size(), 2U);
}

void TestOverview::aMetricSaysWhyDaysAreMissing()
{
    const Shop shop;
    for (const int day : {10, 11, 13, 15}) {
        shop.addRows(day, 4);
        shop.signal(day);
    }
    shop.execute(
        "UPDATE statsig_user_metrics SET metric_name = 'visits' WHERE date = '2022-06-11'");
    shop.execute("UPDATE statsig_user_metrics SET id_type = 'stable_id' "
                 "WHERE date = '2022-06-13' AND unit_id = 'u1'");
    const auto engine = shop.openWithSource();
    QVERIFY(engine->skipDay("shop", june(12), "closed on Sundays"));
    QVERIFY(engine->import({}, {}));
    const auto metric = engine->metric("revenue");
    QVERIFY(metric);
    QCOMPARE(metric->clock, std::string("waiting: its source is blocked at 14 June"));
    std::string missing;
    for (const MissingDay& day : metric->missing)
        missing += formatDay(day.day).substr(8) + " " + day.words + "\n";
    QCOMPARE(missing, std::string("11 imported: no value of this metric\n"
                                  "12 skipped: closed on Sundays\n"
                                  "14 gap: not signalled, 1 later day waits\n"
                                  "15 blocked: signalled, waits for 2022-06-14\n"
                                  "16 awaiting: not signalled yet\n"));
    QCOMPARE(metric->idTypeSeries.size(), 2U);
    QCOMPARE(metric->idTypeSeries[0].idType, std::string("stable_id"));
    QCOMPARE(metric->idTypeSeries[0].days.size(), 1U);
    QCOMPARE(metric->idTypeSeries[0].days[0].sum.value(), 1.0);
    QCOMPARE(metric->idTypeSeries[1].days.size(), 2U);
    const auto catalog = engine->catalog(true);
    QVERIFY(catalog);
    const auto listed = std::ranges::find(*catalog, "revenue", &MetricInfo::name);
    QCOMPARE(listed->trend.size(), 2U);
    QVERIFY(listed->series.empty() && listed->missing.empty() && listed->idTypeSeries.empty());
}

QTEST_APPLESS_MAIN(TestOverview)
#include "tst_overview.moc"
