// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/catalog/catalog.h"

#include <QTest>

using namespace daymark;
using namespace daymark::catalog;

namespace {

Day dayOf(int dayOfJune) { return std::chrono::sys_days(std::chrono::year(2022) / 6 / dayOfJune); }

Rollup values(std::uint64_t units, double sum, double minimum = 0, double maximum = 0)
{
    Rollup rollup;
    rollup.metric = "m";
    rollup.idType = "user_id";
    rollup.rows = rollup.valueRows = rollup.units = units;
    rollup.sum = sum;
    rollup.sumSquares = sum * sum;
    rollup.minimum = minimum;
    rollup.maximum = maximum;
    return rollup;
}

Rollup ratios(std::uint64_t units, double numerator, double denominator, std::uint64_t zeros = 0)
{
    Rollup rollup;
    rollup.metric = "m";
    rollup.idType = "user_id";
    rollup.rows = rollup.ratioRows = rollup.units = units;
    rollup.numeratorSum = numerator;
    rollup.denominatorSum = denominator;
    rollup.zeroDenominators = zeros;
    return rollup;
}

MetricPoint point(int day, Rollup rollup, const std::string& source = "shop",
                  const std::string& idType = "user_id")
{
    rollup.idType = idType;
    return {source, dayOf(day), std::move(rollup)};
}

MetricPoint named(const std::string& metric, int day)
{
    MetricPoint made = point(day, values(1, 1));
    made.rollup.metric = metric;
    return made;
}

} // namespace

class tst_Catalog : public QObject
{
    Q_OBJECT

private slots:
    void staleness_data();
    void staleness();
    void aValueMetric();
    void aRatioMetric();
    void oneRatioRowMakesTheMetricARatio();
    void whatIsUndefinedIsAbsent();
    void idTypesAndSourcesAddUp();
    void theLongestStalenessCounts();
    void manyMetricsInOneGo();
    void nothingLanded();
    void theTrendCoversThirtyDays();
    void idTypesComeApart();
};

void tst_Catalog::staleness_data()
{
    QTest::addColumn<int>("lastDay");
    QTest::addColumn<int>("days");
    QTest::addColumn<bool>("stale");
    QTest::newRow("today") << 30 << 14 << false;
    QTest::newRow("13 days ago") << 17 << 14 << false;
    QTest::newRow("exactly 14 days ago is still shown") << 16 << 14 << false;
    QTest::newRow("15 days ago is stale") << 15 << 14 << true;
    QTest::newRow("0 days: yesterday is stale") << 29 << 0 << true;
    QTest::newRow("0 days: today is not") << 30 << 0 << false;
}

void tst_Catalog::staleness()
{
    QFETCH(int, lastDay);
    QFETCH(int, days);
    QFETCH(bool, stale);
    QCOMPARE(isStale(dayOf(lastDay), dayOf(30), days), stale);
    const auto metric = describeMetric({point(lastDay, values(1, 1))}, dayOf(30), {{"shop", days}});
    QCOMPARE(metric->stale, stale);
}

void tst_Catalog::aValueMetric()
{
    const auto metric = describeMetric(
        {point(13, values(4, 10, 1, 4)), point(15, values(2, 3, -1, 4))}, dayOf(16), {});
    QCOMPARE(metric->name, "m");
    QVERIFY(!metric->ratio && !metric->stale);
    QCOMPARE(metric->firstDay, dayOf(13));
    QCOMPARE(metric->lastDay, dayOf(15));
    QCOMPARE(metric->days, std::size_t{2});
    QCOMPARE(metric->latest.day, dayOf(15));
    QCOMPARE(metric->latest.rows, std::uint64_t{2});
    QCOMPARE(metric->latest.units, std::uint64_t{2});
    QCOMPARE(metric->latest.sum, std::optional(3.0));
    QCOMPARE(metric->latest.mean, std::optional(1.5));
    QCOMPARE(metric->latest.minimum, std::optional(-1.0));
    QVERIFY(!metric->latest.numeratorSum && !metric->latest.denominatorSum);
    QCOMPARE(metric->series.size(), std::size_t{2});
    QCOMPARE(metric->series.front().mean, std::optional(2.5));
}

void tst_Catalog::aRatioMetric()
{
    const auto metric = describeMetric({point(13, ratios(4, 3, 12, 1))}, dayOf(13), {});
    QVERIFY(metric->ratio);
    QCOMPARE(metric->latest.numeratorSum, std::optional(3.0));
    QCOMPARE(metric->latest.denominatorSum, std::optional(12.0));
    QCOMPARE(metric->latest.mean, std::optional(0.25));
    QCOMPARE(metric->latest.zeroDenominators, std::uint64_t{1});
    QVERIFY(!metric->latest.sum && !metric->latest.minimum);
}

void tst_Catalog::oneRatioRowMakesTheMetricARatio()
{
    const auto metric = describeMetric(
        {point(13, values(4, 10)), point(14, ratios(1, 1, 2)), point(15, values(2, 3))}, dayOf(15),
        {});
    QVERIFY(metric->ratio);
    QCOMPARE(metric->latest.rows, std::uint64_t{2});
    QVERIFY(!metric->latest.mean && !metric->latest.sum && !metric->latest.numeratorSum);
    QCOMPARE(metric->series.at(1).mean, std::optional(0.5));
}

void tst_Catalog::whatIsUndefinedIsAbsent()
{
    const auto metric = describeMetric({point(13, ratios(1, 5, 0, 1))}, dayOf(13), {});
    QCOMPARE(metric->latest.denominatorSum, std::optional(0.0));
    QVERIFY(!metric->latest.mean);
}

void tst_Catalog::idTypesAndSourcesAddUp()
{
    const auto metric = describeMetric({point(13, values(4, 10, 1, 4), "app", "stable_id"),
                                        point(13, values(2, 8, -2, 3), "shop", "stable_id"),
                                        point(13, values(3, 9, 2, 9), "shop", "user_id")},
                                       dayOf(13), {});
    QCOMPARE(metric->days, std::size_t{1});
    QVERIFY((metric->idTypes == std::vector<std::string>{"stable_id", "user_id"}));
    QVERIFY((metric->sources == std::vector<std::string>{"app", "shop"}));
    QCOMPARE(metric->latest.units, std::uint64_t{9});
    QCOMPARE(metric->latest.sum, std::optional(27.0));
    QCOMPARE(metric->latest.mean, std::optional(3.0));
    QCOMPARE(metric->latest.minimum, std::optional(-2.0));
    QCOMPARE(metric->latest.maximum, std::optional(9.0));
}

void tst_Catalog::theLongestStalenessCounts()
{
    const std::vector<MetricPoint> points = {point(1, values(1, 1), "app"),
                                             point(5, values(1, 1), "shop")};
    QVERIFY(describeMetric(points, dayOf(30), {{"app", 7}, {"shop", 7}})->stale);
    QVERIFY(!describeMetric(points, dayOf(30), {{"app", 30}, {"shop", 7}})->stale);
    QVERIFY(describeMetric(points, dayOf(30), {{"app", 7}})->stale);
    QVERIFY(!describeMetric(points, dayOf(19), {{"app", 7}})->stale);
}

void tst_Catalog::manyMetricsInOneGo()
{
    CatalogBuilder builder(dayOf(20), {});
    for (const auto& each : {named("a", 1), named("a", 2), named("b", 20), named("c", 3)})
        builder.add(each);
    Rollup empty;
    empty.metric = "nothing";
    builder.add({"shop", dayOf(20), empty});
    const auto metrics = builder.take();
    QCOMPARE(metrics.size(), std::size_t{3});
    QCOMPARE(metrics[0].days, std::size_t{2});
    QVERIFY(metrics[0].stale && !metrics[1].stale && metrics[2].stale);
    QVERIFY(metrics[0].series.empty());
    QVERIFY(builder.take().empty());
}

void tst_Catalog::nothingLanded()
{
    QVERIFY(!describeMetric({}, dayOf(1), {}));
    QVERIFY(CatalogBuilder(dayOf(1), {}).take().empty());
}

void tst_Catalog::theTrendCoversThirtyDays()
{
    CatalogBuilder builder(dayOf(20), {});
    std::vector<MetricPoint> points;
    for (int day = -30; day <= 10; ++day) {
        if (day == 5)
            continue;
        points.push_back(point(1, day == 6 ? ratios(1, 5, 0, 1) : ratios(2, day, 1)));
        points.back().day = dayOf(1) + std::chrono::days(day);
    }
    for (const MetricPoint& each : points)
        builder.add(each);
    const Metric brief = builder.take().front();
    const auto whole = describeMetric(points, dayOf(20), {});
    QCOMPARE(brief.trend.size(), std::size_t{28}); // no value on one day, no mean on another
    QCOMPARE(brief.trend.front().day, dayOf(1) - std::chrono::days(19));
    QCOMPARE(brief.trend.back().mean, 10.0);
    QCOMPARE(whole->trend.size(), brief.trend.size());
    QCOMPARE(brief.latest.day, whole->latest.day);
    QCOMPARE(brief.days, whole->series.size());
}

void tst_Catalog::idTypesComeApart()
{
    const std::vector<MetricPoint> points = {
        point(13, values(4, 10), "app", "stable_id"), point(13, values(2, 8), "shop", "stable_id"),
        point(13, ratios(3, 1, 2), "shop", "user_id"), point(14, values(3, 9), "shop", "user_id")};
    const auto series = seriesByIdType(points, false);
    QCOMPARE(series.size(), std::size_t{2});
    QCOMPARE(series[0].idType, "stable_id");
    QCOMPARE(series[0].days.size(), std::size_t{1});
    QCOMPARE(series[0].days[0].sum, std::optional(18.0));
    QCOMPARE(series[0].days[0].mean, std::optional(3.0));
    QCOMPARE(series[1].days.size(), std::size_t{2});
    QVERIFY(!series[1].days[0].sum);
    // The whole metric is a ratio: so is every part of it.
    QVERIFY(!seriesByIdType(points, true)[0].days[0].sum);
    QVERIFY(seriesByIdType({}, false).empty());
}

QTEST_APPLESS_MAIN(tst_Catalog)
#include "tst_catalog.moc"
