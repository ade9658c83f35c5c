// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "made_up.h"

#include "ui/catalog/catalog_filter.h"
#include "ui/catalog/catalog_model.h"
#include "ui/catalog/landed_rows_model.h"
#include "ui/catalog/metric_series.h"
#include "ui/catalog/series_model.h"
#include "ui/catalog/series_plot.h"
#include "ui/style/sparkline.h"

#include <QAbstractItemModelTester>
#include <QAccessible>
#include <QSignalSpy>
#include <QTest>

using namespace daymark;
using namespace daymark::ui;

namespace {

MetricDay valueDay(const char* iso, double sum, std::uint64_t units)
{
    MetricDay made;
    made.day = day(iso);
    made.rows = made.units = units;
    made.sum = sum;
    made.mean = sum / double(units);
    made.minimum = 1;
    made.maximum = sum;
    return made;
}

/// A value metric of two id types with a hole of two days, one of them skipped.
MetricInfo revenue()
{
    MetricInfo metric;
    metric.name = "revenue";
    metric.idTypes = {"stable_id", "user_id"};
    metric.sources = {"shop"};
    metric.series = {valueDay("2026-11-10", 100, 4), valueDay("2026-11-11", 90, 3),
                     valueDay("2026-11-14", 50, 2)};
    metric.idTypeSeries = {{"stable_id", {valueDay("2026-11-10", 10, 1)}},
                           {"user_id", metric.series}};
    metric.missing = {{day("2026-11-12"), DayState::Skipped, "skipped: <b>closed</b>"},
                      {day("2026-11-13"), DayState::Imported, "imported: no value of this metric"}};
    metric.firstDay = day("2026-11-10");
    metric.lastDay = day("2026-11-14");
    metric.days = 3;
    metric.latest = metric.series.back();
    metric.trend = {{day("2026-11-10"), 25}, {day("2026-11-11"), 30}, {day("2026-11-14"), 25}};
    metric.clock = "up to date";
    return metric;
}

MetricInfo named(const char* name, MetricStanding standing, const char* clock)
{
    MetricInfo metric = revenue();
    metric.name = name;
    metric.standing = standing;
    metric.stale = standing == MetricStanding::Hidden;
    metric.clock = clock;
    return metric;
}

QStringList printed(const QAbstractItemModel& model)
{
    QStringList lines;
    for (int row = 0; row < model.rowCount(); ++row) {
        QStringList cells;
        for (int column = 0; column < model.columnCount(); ++column)
            cells << model.index(row, column).data().toString();
        lines << cells.join(QLatin1Char('|'));
    }
    return lines;
}

QString names(const QAbstractItemModel& model)
{
    QStringList list;
    for (int row = 0; row < model.rowCount(); ++row)
        list << model.index(row, CatalogModel::Name).data().toString();
    return list.join(QLatin1Char(' '));
}

} // namespace

class TestCatalogModels : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void writesNumbers_data();
    void writesNumbers();
    void listsMetrics();
    void searchesAndHides();
    void listsDaysAndWhyTheyAreMissing();
    void aRatioHasOtherColumns();
    void choosesWhatIsPlotted();
    void mergesBands();
    void listsLandedRows();
    void drawsASparkline();
    void plotsAndReads();
    void anEmptyPlotStaysQuiet();
};

void TestCatalogModels::writesNumbers_data()
{
    QTest::addColumn<double>("value");
    QTest::addColumn<QString>("text");
    QTest::newRow("whole") << 25.0 << "25";
    QTest::newRow("six digits count") << 488.17324 << "488.173";
    QTest::newRow("no needless zeros") << 0.5 << "0.5";
    QTest::newRow("groups") << 46376.494 << "46,376.5";
    QTest::newRow("million") << 1234567.8 << "1,234,568";
    QTest::newRow("zero") << 0.0 << "0";
    QTest::newRow("small") << 0.0123456789 << "0.012346";
    QTest::newRow("negative") << -3.25 << "-3.25";
}

void TestCatalogModels::writesNumbers()
{
    QFETCH(double, value);
    QFETCH(QString, text);
    QCOMPARE(number(value), text);
    QCOMPARE(number({}), QString());
}

void TestCatalogModels::listsMetrics()
{
    CatalogModel model;
    const QAbstractItemModelTester tester(&model);
    model.reset({revenue(),
                 named("<img src=x>", MetricStanding::Hidden, "hidden: last value 15 days ago")});
    QCOMPARE(printed(model),
             QStringList({QStringLiteral("revenue|value|stable_id, user_id|shop|2026-11-10|"
                                         "2026-11-14|25|25 to 30 over 3 days|up to date"),
                          QStringLiteral("<img src=x>|value|stable_id, user_id|shop|2026-11-10|"
                                         "2026-11-14|25|25 to 30 over 3 days|"
                                         "hidden: last value 15 days ago")}));
    QVERIFY(model.data(model.index(1, CatalogModel::Name), Qt::ToolTipRole)
                .toString()
                .contains(QLatin1String("&lt;img")));
    QVERIFY(!model.data(model.index(0, CatalogModel::Clock), Qt::DecorationRole).isNull());
    QCOMPARE(model.indexOf(QStringLiteral("revenue")).row(), 0);
    QVERIFY(!model.indexOf(QStringLiteral("none")).isValid());
}

void TestCatalogModels::searchesAndHides()
{
    CatalogModel model;
    CatalogFilter filter;
    const QAbstractItemModelTester tester(&filter);
    filter.setSourceModel(&model);
    model.reset({named("Orders", MetricStanding::Current, ""),
                 named("old_orders", MetricStanding::Hidden, ""),
                 named("revenue", MetricStanding::Waiting, "")});
    filter.sort(CatalogModel::Name, Qt::AscendingOrder);
    QCOMPARE(names(filter), QStringLiteral("Orders revenue"));
    filter.setShowHidden(true);
    QCOMPARE(names(filter), QStringLiteral("old_orders Orders revenue"));
    filter.setSearch(QStringLiteral("  ORD  user_id "));
    QCOMPARE(names(filter), QStringLiteral("old_orders Orders"));
    filter.setShowHidden(false);
    QCOMPARE(names(filter), QStringLiteral("Orders"));
    filter.setSearch(QStringLiteral("nothing"));
    QCOMPARE(filter.rowCount(), 0);
    filter.setSearch({});
    filter.sort(CatalogModel::Clock, Qt::DescendingOrder);
    QCOMPARE(names(filter), QStringLiteral("revenue Orders"));
}

void TestCatalogModels::listsDaysAndWhyTheyAreMissing()
{
    SeriesModel model;
    const QAbstractItemModelTester tester(&model);
    model.reset(revenue(), {});
    QCOMPARE(printed(model),
             QStringList({QStringLiteral("2026-11-14|landed|25|50|1|50|2|2"),
                          QStringLiteral("2026-11-13|imported: no value of this metric||||||"),
                          QStringLiteral("2026-11-12|skipped: <b>closed</b>||||||"),
                          QStringLiteral("2026-11-11|landed|30|90|1|90|3|3"),
                          QStringLiteral("2026-11-10|landed|25|100|1|100|4|4")}));
    QCOMPARE(model.rowOf(QDate(2026, 11, 12)), 2);
    QCOMPARE(model.rowOf(QDate(2026, 11, 9)), -1);
    QCOMPARE(model.dayAt(0), QDate(2026, 11, 14));
    QVERIFY(!model.dayAt(-1).isValid());
    model.reset(revenue(), QStringLiteral("stable_id"));
    QCOMPARE(printed(model).at(0), QStringLiteral("2026-11-14|no value for stable_id||||||"));
    QCOMPARE(printed(model).at(4), QStringLiteral("2026-11-10|landed|10|10|1|10|1|1"));
}

void TestCatalogModels::aRatioHasOtherColumns()
{
    MetricInfo metric = revenue();
    metric.ratio = true;
    metric.missing.clear();
    metric.series.resize(1);
    metric.series[0].numeratorSum = 3;
    metric.series[0].denominatorSum = 12;
    metric.series[0].zeroDenominators = 1;
    metric.series[0].mean = 0.25;
    SeriesModel model;
    model.reset(metric, {});
    QCOMPARE(printed(model), QStringList{QStringLiteral("2026-11-10|landed|0.25|3|12|1|4|4")});
    QCOMPARE(model.headerData(SeriesModel::FirstPart, Qt::Horizontal, Qt::DisplayRole).toString(),
             QStringLiteral("Numerators"));
}

void TestCatalogModels::choosesWhatIsPlotted()
{
    const MetricInfo metric = revenue();
    QCOMPARE(pointsOf(metric, {}, Measure::Sum), QList<SeriesPoint>({{QDate(2026, 11, 10), 100},
                                                                     {QDate(2026, 11, 11), 90},
                                                                     {QDate(2026, 11, 14), 50}}));
    QCOMPARE(pointsOf(metric, QStringLiteral("stable_id"), Measure::Mean),
             QList<SeriesPoint>({{QDate(2026, 11, 10), 10}}));
    QVERIFY(pointsOf(metric, {}, Measure::Numerators).isEmpty());
    QVERIFY(!measuresOf(false).contains(Measure::Numerators));
    QVERIFY(measuresOf(true).contains(Measure::Denominators));
    QCOMPARE(seriesSentence(QStringLiteral("revenue"), pointsOf(metric, {}, Measure::Units)),
             QStringLiteral("revenue: 3 days from 10 November 2026 to 14 November 2026, 2 to 4"));
}

void TestCatalogModels::mergesBands()
{
    const std::vector<MissingDay> missing = {
        {day("2026-11-01"), DayState::Skipped, "skipped: closed"},
        {day("2026-11-02"), DayState::Skipped, "skipped: closed too"},
        {day("2026-11-03"), DayState::Gap, "gap"},
        {day("2026-11-04"), DayState::Imported, "imported: no rows"},
        {day("2026-11-05"), DayState::Blocked, "blocked"},
        {day("2026-11-06"), DayState::Skipped, "skipped: closed"}};
    QCOMPARE(bandsOf(missing),
             QList<SeriesBand>(
                 {{QDate(2026, 11, 1), QDate(2026, 11, 2), DayState::Skipped,
                   QStringLiteral("skipped: closed")},
                  {QDate(2026, 11, 3), QDate(2026, 11, 3), DayState::Gap, QStringLiteral("gap")},
                  {QDate(2026, 11, 6), QDate(2026, 11, 6), DayState::Skipped,
                   QStringLiteral("skipped: closed")}}));
}

void TestCatalogModels::listsLandedRows()
{
    LandedRowsModel model;
    const QAbstractItemModelTester tester(&model);
    model.reset(
        {{"u1", "user_id", "revenue", 0.1, {}, {}}, {"u\n2", "user_id", "rate", {}, 1.0, 4.0}});
    QCOMPARE(printed(model), QStringList({QStringLiteral("u1|user_id|0.1||"),
                                          QStringLiteral("u\\x0A2|user_id||1|4")}));
}

void TestCatalogModels::drawsASparkline()
{
    const QRectF box(10, 20, 100, 40);
    QVERIFY(sparklineIn(box, {}).isEmpty());
    QCOMPARE(sparklineIn(box, QPolygonF({QPointF(5, 7)})),
             QList<QPolygonF>({QPolygonF({QPointF(60, 40)})}));
    // A hole of a day breaks the line.
    QCOMPARE(
        sparklineIn(box, QPolygonF({QPointF(0, 1), QPointF(1, 3), QPointF(3, 2), QPointF(4, 1)})),
        QList<QPolygonF>({QPolygonF({QPointF(10, 60), QPointF(35, 20)}),
                          QPolygonF({QPointF(85, 40), QPointF(110, 60)})}));
    QCOMPARE(sparklineIn(box, QPolygonF({QPointF(0, 5), QPointF(1, 5)})).first().first().y(), 40.0);
}

void TestCatalogModels::plotsAndReads()
{
    SeriesPlot plot;
    plot.resize(600, 300);
    plot.show();
    const MetricInfo metric = revenue();
    plot.showSeries(QStringLiteral("revenue, Sum"), pointsOf(metric, {}, Measure::Sum),
                    bandsOf(metric.missing));
    QVERIFY(!plot.currentDay().isValid());
    QSignalSpy moved(&plot, &SeriesPlot::currentChanged);
    QSignalSpy chosen(&plot, &SeriesPlot::dayChosen);
    QTest::keyClick(&plot, Qt::Key_Left);
    QCOMPARE(plot.currentWords(), QStringLiteral("14 November 2026: 50"));
    QTest::keyClick(&plot, Qt::Key_Left);
    QTest::keyClick(&plot, Qt::Key_Return);
    QCOMPARE(chosen.count(), 1);
    QCOMPARE(chosen.first().first().toDate(), QDate(2026, 11, 11));
    QTest::keyClick(&plot, Qt::Key_Home);
    QCOMPARE(plot.currentDay(), QDate(2026, 11, 10));
    QCOMPARE(moved.count(), 3);
    plot.setCurrentDay(QDate(2026, 11, 12)); // has no point
    QCOMPARE(plot.currentDay(), QDate(2026, 11, 10));
    QAccessibleInterface* spoken = QAccessible::queryAccessibleInterface(&plot);
    QCOMPARE(spoken->role(), QAccessible::Chart);
    QCOMPARE(spoken->text(QAccessible::Name), QStringLiteral("Plot of revenue, Sum"));
    QCOMPARE(spoken->text(QAccessible::Value), QStringLiteral("10 November 2026: 100"));

    QList<SeriesPoint> year;
    for (int i = 0; i < 365; ++i)
        year.append({QDate(2026, 1, 1).addDays(i), double(i)});
    plot.showSeries(QStringLiteral("year"), year, {});
    const auto all = plot.visibleDays();
    QVERIFY(all.first <= QDate(2026, 1, 1) && all.second >= QDate(2026, 12, 31));
    for (int i = 0; i < 30; ++i)
        QTest::keyClick(&plot, Qt::Key_Plus);
    const auto near = plot.visibleDays();
    QVERIFY(near.first.daysTo(near.second) >= 5 && near.first.daysTo(near.second) <= 8);
    year.append({QDate(2027, 1, 1), 7}); // a day landed meanwhile
    plot.showSeries(QStringLiteral("year"), year, {});
    QCOMPARE(plot.visibleDays(), near);
    plot.setCurrentDay(QDate(2026, 12, 31));
    QVERIFY(plot.visibleDays().second >= QDate(2026, 12, 31));
    QTest::keyClick(&plot, Qt::Key_0);
    QCOMPARE(plot.visibleDays(), std::pair(all.first, all.second.addDays(1)));
}

void TestCatalogModels::anEmptyPlotStaysQuiet()
{
    SeriesPlot plot;
    plot.show();
    plot.showSeries(QStringLiteral("nothing"), {}, {});
    for (const Qt::Key key : {Qt::Key_Left, Qt::Key_Right, Qt::Key_Home, Qt::Key_End, Qt::Key_Plus,
                              Qt::Key_Minus, Qt::Key_0, Qt::Key_Return})
        QTest::keyClick(&plot, key);
    QVERIFY(plot.currentWords().isEmpty());
    plot.showSeries(QStringLiteral("one"), {{QDate(2026, 1, 1), 4}}, {});
    QTest::keyClick(&plot, Qt::Key_Left);
    QCOMPARE(plot.currentWords(), QStringLiteral("1 January 2026: 4"));
}

QTEST_MAIN(TestCatalogModels)
#include "tst_catalog_models.moc"
