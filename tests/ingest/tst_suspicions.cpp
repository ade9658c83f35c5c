// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
// What looks wrong with a day as a whole, from counts alone, as data.

#include "core/ingest/suspicions.h"
#include "core/ingest/unit_tally.h"

#include <QTest>

using namespace daymark;

namespace {

/// The counts of a day in which all is well: 1,000 rows of two metrics.
IngestSummary goodDay()
{
    IngestSummary day;
    day.read = day.accepted = 1000;
    for (const char* metric : {"revenue", "visits"}) {
        Rollup rollup;
        rollup.metric = metric;
        rollup.idType = "user_id";
        rollup.rows = rollup.units = rollup.valueRows = 500;
        rollup.sum = 900;
        rollup.maximum = 9;
        day.rollups.push_back(rollup);
    }
    return day;
}

void breakRule(IngestSummary& day, Rule rule, std::uint64_t rows)
{
    RuleCount count;
    count.rule = rule;
    count.count = rows;
    day.rules.push_back(count);
}

IngestSummary with(Rule rule, std::uint64_t rows)
{
    IngestSummary day = goodDay();
    breakRule(day, rule, rows);
    return day;
}

QString codes(const std::vector<SchemaFinding>& findings)
{
    QStringList found;
    for (const SchemaFinding& finding : findings)
        found << QString::fromStdString(finding.code);
    return found.join(' ');
}

using Change = std::function<void(IngestSummary&, DayContext&)>;

} // namespace

Q_DECLARE_METATYPE(Change)

class tst_Suspicions : public QObject
{
    Q_OBJECT

private slots:
    void looks_data()
    {
        QTest::addColumn<Change>("change");
        QTest::addColumn<QString>("code");
        QTest::addColumn<QString>("words");
        const auto add = [](const char* name, Change change, const char* code,
                            const char* words = "") {
            QTest::newRow(name) << std::move(change) << QString(code) << QString(words);
        };
        add(
            "a good day", [](auto&, auto&) {}, "");
        add(
            "no rows at all", [](auto& day, auto&) { day = {}; }, "");
        add(
            "half of the rows repeat a unit and metric",
            [](auto& day, auto&) { day = with(Rule::UnitDayDuplicate, 500); }, "looks.loaded_twice",
            "It looks as if the day was loaded twice: 500 of 1,000 rows repeat the unit, id type "
            "and metric of an earlier row.");
        add(
            "half of the rows repeat an id",
            [](auto& day, auto&) { day = with(Rule::DuplicateTimeUuid, 500); },
            "looks.loaded_twice", "repeat the timeuuid of an earlier row.");
        add(
            "two of three rows repeat",
            [](auto& day, auto&) { day = with(Rule::UnitDayDuplicate, 667); }, "looks.loaded_twice",
            "loaded 3 times");
        add(
            "a third of the rows repeats",
            [](auto& day, auto&) { day = with(Rule::UnitDayDuplicate, 333); }, "");
        add(
            "further rows that add up, just half",
            [](auto& day, auto& context) {
                day = with(Rule::UnitDayDuplicate, 502);
                context.unitDay = UnitDay::Sum;
            },
            "looks.loaded_twice");
        add(
            "further rows that add up, many",
            [](auto& day, auto& context) {
                day = with(Rule::UnitDayDuplicate, 700);
                context.unitDay = UnitDay::Sum;
            },
            "");
        add(
            "one id in all rows",
            [](auto& day, auto&) { day = with(Rule::DuplicateTimeUuid, 999); }, "looks.same_id",
            "(999 of 1,000 rows)");
        add(
            "a handful of rows says nothing",
            [](auto& day, auto&) {
                day = with(Rule::UnitDayDuplicate, 5);
                day.read = 10;
            },
            "");
        add(
            "every value is null", [](auto& day, auto&) { day = with(Rule::ValueMissing, 1000); },
            "looks.all_null", "Every value is null");
        add(
            "all but one value are null",
            [](auto& day, auto&) { day = with(Rule::ValueMissing, 999); }, "");
        add(
            "no unit", [](auto& day, auto&) { day = with(Rule::UnitIdMissing, 1000); },
            "looks.all_null", "No row has a unit id.");
        add(
            "another date format", [](auto& day, auto&) { day = with(Rule::DateInvalid, 1000); },
            "looks.wrong_format", "No date can be read");
        add(
            "the rows of another day",
            [](auto& day, auto&) { day = with(Rule::DateMismatch, 1000); }, "looks.other_day");
        add(
            "only rows of other days",
            [](auto& day, auto&) {
                day = {};
                day.otherDays = 5000;
            },
            "looks.other_day", "although 5,000 rows of other days were read");
        add(
            "decimal commas", [](auto& day, auto&) { day = with(Rule::ValueNotANumber, 1000); },
            "looks.wrong_format", "No value is a number");
        add(
            "id types that nobody knows",
            [](auto& day, auto&) { day = with(Rule::IdTypeUnknown, 1000); }, "looks.wrong_column");
        add(
            "lines that can't be split",
            [](auto& day, auto&) { day = with(Rule::RowMalformed, 1000); }, "looks.wrong_format");
        add(
            "one unit with half of the rows",
            [](auto& day, auto&) {
                day.heaviestUnit = UnitShare{"0", 512};
            },
            "looks.one_unit", "One unit has half of the rows: `0` in at least 512 of 1,000 rows.");
        add(
            "one unit with nearly all rows, which repeat",
            [](auto& day, auto&) {
                day = with(Rule::UnitDayDuplicate, 930);
                day.heaviestUnit = UnitShare{"unknown", 940};
            },
            "looks.one_unit", "nearly all rows");
        add(
            "one unit with a fifth",
            [](auto& day, auto&) {
                day.heaviestUnit = UnitShare{"0", 200};
            },
            "");
        add(
            "one unit with a row for each of many metrics",
            [](auto& day, auto&) {
                day.rollups.resize(300, day.rollups.front());
                day.heaviestUnit = UnitShare{"u1", 500};
            },
            "");
        add(
            "every row names another metric",
            [](auto& day, auto&) { day.rollups.resize(900, day.rollups.front()); },
            "looks.wrong_column", "There are 900 different metrics in 1,000 rows.");
        add(
            "every value of a metric is 0", [](auto& day, auto&) { day.rollups[1].maximum = 0; },
            "looks.all_zero", "Every value is 0: `visits`.");
        add(
            "a few zeros",
            [](auto& day, auto&) {
                day.rollups[1].maximum = 0;
                day.rollups[1].valueRows = 3;
            },
            "");
        add(
            "many metrics of zeros are counted",
            [](auto& day, auto&) {
                day.rollups.resize(6, day.rollups.front());
                for (Rollup& rollup : day.rollups)
                    rollup.maximum = 0;
            },
            "looks.all_zero", " and 3 more.");
        add(
            "every denominator is 0",
            [](auto& day, auto&) {
                day.rollups[0].valueRows = 0;
                day.rollups[0].ratioRows = day.rollups[0].zeroDenominators = 500;
            },
            "looks.all_zero", "Every denominator is 0: `revenue`.");
        add(
            "as many rows as usual", [](auto&, auto& context) { context.usualRows = 1100; }, "");
        add(
            "a tenth of the usual rows", [](auto&, auto& context) { context.usualRows = 10'000; },
            "looks.few_rows", "The day has 1,000 rows, while about 10,000 are usual.");
        add(
            "a tenth of the usual rows, of which some were read",
            [](auto& day, auto& context) {
                context.usualRows = 10'000;
                day.whole = false;
            },
            "");
        add(
            "twice the usual rows", [](auto&, auto& context) { context.usualRows = 500; },
            "looks.many_rows");
    }
    void looks()
    {
        QFETCH(Change, change);
        QFETCH(QString, code);
        QFETCH(QString, words);
        IngestSummary day = goodDay();
        DayContext context;
        change(day, context);
        const auto found = suspicionsOf(day, context);
        QCOMPARE(codes(found), code);
        if (found.empty())
            return;
        const QString said = QString::fromStdString(found.front().message);
        QVERIFY2(said.contains(words), qPrintable(said));
        QVERIFY(said.endsWith('.'));
        QVERIFY(found.front().severity == Severity::Warning);
    }

    void tallyFindsTheHeaviestUnit()
    {
        UnitTally tally;
        QVERIFY(!tally.heaviest());
        for (int i = 0; i < 10'000; ++i) {
            const std::string unit = i % 2 == 0 ? "<b>0</b>" : "u" + std::to_string(i);
            tally.add(hash128(unit), unit);
        }
        QVERIFY(tally.heaviest());
        QCOMPARE(tally.heaviest()->unit, std::string("<b>0</b>"));
        QVERIFY(tally.heaviest()->rows <= 5000);
        QVERIFY(tally.heaviest()->rows >= 5000 - 10'000 / 32);
    }
};

QTEST_APPLESS_MAIN(tst_Suspicions)
#include "tst_suspicions.moc"
