// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "made_up.h"

#include "ui/preview/findings_model.h"
#include "ui/preview/report_csv.h"
#include "ui/preview/rule_list_model.h"
#include "ui/preview/sample_model.h"

#include "core/schema/dataset.h"

#include <QAbstractItemModelTester>
#include <QTest>

using namespace daymark;
using namespace daymark::ui;

namespace {

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

RuleCount madeUpRule(Rule rule, Severity severity, std::uint64_t count)
{
    RuleCount made;
    made.rule = rule;
    made.severity = severity;
    made.count = count;
    made.message = "said <b>plainly</b>";
    return made;
}

/// Four of the dataset's columns under the source's own names; three rows, two of them bad.
Preview madeUpPreview()
{
    Preview preview;
    preview.source = "shop";
    preview.day = day("2026-11-13");
    preview.rowsRead = 3;
    preview.accepted = 1;
    preview.rejected = 2;
    for (const ColumnSpec& column : dataset(DatasetKind::Metrics).columns)
        preview.columns.push_back({std::string(column.name), {}});
    preview.columns[metrics::UnitId].sourceName = "who";
    preview.columns[metrics::MetricName].sourceName = "metric_name";
    preview.columns[metrics::Value].sourceName = "amount";
    preview.columns[metrics::TimeUuid].sourceName = "timeuuid";
    SampleRow good;
    good.row = 1;
    good.cells = {"u1", "user_id", "2026-11-13", "<img src=x>", "1.50", {}, {}, ""};
    SampleRow bad = good;
    bad.row = 2;
    bad.fate = RowFate::Rejected;
    bad.cells[metrics::UnitId] = std::nullopt;
    bad.cells[metrics::Value] = "=cmd";
    bad.faults = {{Rule::UnitIdMissing, Severity::Error, metrics::UnitId},
                  {Rule::IdTypeUnknown, Severity::Error, metrics::IdType},
                  {Rule::ValueNotANumber, Severity::Error, metrics::Value}};
    SampleRow broken;
    broken.row = 3;
    broken.fate = RowFate::Rejected;
    broken.raw = "a,b";
    broken.faults = {{Rule::RowMalformed, Severity::Error, std::nullopt}};
    preview.samples = {good, bad, broken};
    preview.rules = {madeUpRule(Rule::TimeUuidMissing, Severity::Warning, 1),
                     madeUpRule(Rule::UnitIdMissing, Severity::Error, 1)};
    preview.rules[1].examples = {{"", 2, "unit_id", true, ""}};
    return preview;
}

} // namespace

class TestPreviewModels : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void rowsByTheSourcesColumns();
    void faultyCellsAreMarkedNotByColourAlone();
    void rulesFilterAndPointAtCells();
    void findingsSayWhatIsWrongAndWhatIsFine();
    void findingsSayWhetherTheDayWouldLand();
    void findingsOfAHostileSchemaAreBounded();
    void theGravestRulesComeFirst();
    void theReportIsCsv();
};

void TestPreviewModels::rowsByTheSourcesColumns()
{
    SampleModel model;
    const QAbstractItemModelTester tester(&model);
    const Preview preview = madeUpPreview();
    model.reset(preview.columns, preview.samples);
    QStringList headers;
    for (int column = 0; column < model.columnCount(); ++column)
        headers << model.headerData(column, Qt::Horizontal, Qt::DisplayRole).toString();
    QCOMPARE(headers.join(QLatin1Char('|')),
             QStringLiteral("Row|Result|who|metric_name|amount|timeuuid|Rules broken"));
    QCOMPARE(printed(model),
             QStringList({QStringLiteral("1|accepted|u1|<img src=x>|1.50|(empty)|"),
                          QStringLiteral("2|rejected|(null)|<img src=x>|=cmd|(empty)|"
                                         "unit_id.missing  id_type.unknown  value.not_a_number"),
                          QStringLiteral("3|rejected|||||row.malformed  a,b")}));
    model.reset({}, {});
    QCOMPARE(model.rowCount(), 0);
}

void TestPreviewModels::faultyCellsAreMarkedNotByColourAlone()
{
    SampleModel model;
    const Preview preview = madeUpPreview();
    model.reset(preview.columns, preview.samples);
    const QModelIndex good = model.index(0, 2);
    const QModelIndex bad = model.index(1, 2);
    QVERIFY(good.data(Qt::DecorationRole).isNull());
    QVERIFY(!bad.data(Qt::DecorationRole).isNull());
    QVERIFY(bad.data(Qt::ToolTipRole).toString().contains(QLatin1String("unit_id.missing")));
    QCOMPARE(bad.data(Qt::AccessibleTextRole).toString(),
             QStringLiteral("(null), error unit_id.missing"));
    QVERIFY(bad.data(Qt::AccessibleDescriptionRole)
                .toString()
                .startsWith(QLatin1String("error, unit_id.missing: The unit id is null")));
    QVERIFY(bad.data(Qt::BackgroundRole).isValid());
    QVERIFY(!good.data(Qt::BackgroundRole).isValid());
    QVERIFY(model.index(0, 3).data(Qt::ToolTipRole).toString().contains(QLatin1String("&lt;img")));
    // A column that nothing is mapped to has no cell: the rules' column carries its mark.
    QVERIFY(!model.index(1, model.rulesColumn()).data(Qt::DecorationRole).isNull());
}

void TestPreviewModels::rulesFilterAndPointAtCells()
{
    SampleModel model;
    SampleFilter filter;
    const QAbstractItemModelTester tester(&filter);
    filter.setSourceModel(&model);
    const Preview preview = madeUpPreview();
    model.reset(preview.columns, preview.samples);
    QCOMPARE(filter.rowCount(), 3);
    filter.setOnlyFaulty(true);
    QCOMPARE(filter.rowCount(), 2);
    filter.setRule(Rule::ValueNotANumber);
    QCOMPARE(filter.rowCount(), 1);
    QCOMPARE(filter.index(0, 0).data().toString(), QStringLiteral("2"));
    QCOMPARE(model.blamed(1, Rule::ValueNotANumber).column(), 4);
    QCOMPARE(model.blamed(1, Rule::IdTypeUnknown).column(), model.rulesColumn());
    QCOMPARE(model.blamed(2, Rule::RowMalformed).column(), model.rulesColumn());
    QVERIFY(!model.blamed(3, Rule::RowMalformed).isValid());
    filter.setRule(Rule::TimeUuidMissing);
    QCOMPARE(filter.rowCount(), 0);
}

void TestPreviewModels::findingsSayWhatIsWrongAndWhatIsFine()
{
    FindingsModel model;
    const QAbstractItemModelTester tester(&model);
    Preview preview = madeUpPreview();
    preview.schema = {{"schema.column_extra", Severity::Note, "x", "Nothing is mapped to x."}};
    model.reset(preview);
    QCOMPARE(printed(model).join(QLatin1Char('\n')),
             QStringLiteral("fine|The columns fit: 4 of 8 are there, all that are needed among "
                            "them.\nfine|Nothing looks wrong with these rows as a whole.\n"
                            "note|Nothing is mapped to x."));
    preview.schema.push_back({"schema.column_missing", Severity::Error, "date", "No date."});
    preview.suspicions = {{"looks.one_unit", Severity::Warning, "", "One unit has half."}};
    model.reset(preview);
    QCOMPARE(printed(model).join(QLatin1Char('\n')),
             QStringLiteral("error|No date.\nwarning|One unit has half.\nnote|Nothing is mapped to "
                            "x."));
    QVERIFY(!model.index(0, 0).data(Qt::DecorationRole).isNull());
    QCOMPARE(model.index(0, 1).data(Qt::AccessibleTextRole).toString(),
             QStringLiteral("error: No date."));
    model.clear();
    QCOMPARE(model.rowCount(), 0);
}

void TestPreviewModels::findingsSayWhetherTheDayWouldLand()
{
    FindingsModel model;
    Preview preview;
    preview.rowsRead = 200;
    preview.rejected = 3;
    model.reset(preview, 1.0);
    QCOMPARE(printed(model).first(),
             QStringLiteral("error|1.5 % of these rows are rejected, more than the tolerance of "
                            "1 %: such a day would not land."));
    model.reset(preview, 1.5);
    QCOMPARE(printed(model).first(),
             QStringLiteral("warning|The day would land without the rejected rows, which are kept "
                            "in a file beside it."));
    preview.rejected = 0;
    model.reset(preview, 0.0);
    QVERIFY(printed(model).filter(QStringLiteral("land")).isEmpty());
}

void TestPreviewModels::findingsOfAHostileSchemaAreBounded()
{
    FindingsModel model;
    Preview preview;
    preview.schema.assign(100'000, {"schema.column_extra", Severity::Note, "x", "Extra."});
    model.reset(preview);
    QVERIFY(model.rowCount() <= 202);
}

void TestPreviewModels::theGravestRulesComeFirst()
{
    RuleListModel model;
    const QAbstractItemModelTester tester(&model);
    model.reset(madeUpPreview().rules);
    QCOMPARE(printed(model), QStringList({QStringLiteral("unit_id.missing|error|1"),
                                          QStringLiteral("timeuuid.missing|warning|1")}));
    QCOMPARE(model.rowOf(Rule::TimeUuidMissing), 1);
    QCOMPARE(model.rowOf(Rule::TextNul), -1);
    QVERIFY(!model.at(2));
    QVERIFY(
        model.index(0, 0).data(Qt::ToolTipRole).toString().contains(QLatin1String("&lt;b&gt;")));
}

void TestPreviewModels::theReportIsCsv()
{
    Preview preview = madeUpPreview();
    preview.rules[1].examples.push_back({"a,b.csv", 7, "unit_id", false, "=1+1"});
    preview.rules[1].examples.push_back({"", 8, "unit_id", false, "-5"});
    preview.suspicions = {{"looks.one_unit", Severity::Warning, "unit_id", "Says \"half\"."}};
    const QStringList lines = reportCsv(preview).split(QLatin1Char('\n'), Qt::SkipEmptyParts);
    QCOMPARE(lines.front(),
             QStringLiteral("kind,code,severity,count,file,row,column,value,message"));
    QVERIFY(lines.contains(QStringLiteral("count,rejected,,2,,,,,of the first rows")));
    QVERIFY(lines.contains(
        QStringLiteral("day,looks.one_unit,warning,,,,unit_id,,\"Says \"\"half\"\".\"")));
    QVERIFY(lines.contains(QStringLiteral("rule,unit_id.missing,error,1,,,,,said <b>plainly</b>")));
    QVERIFY(lines.contains(QStringLiteral("example,unit_id.missing,error,,,2,unit_id,,null")));
    QVERIFY(lines.contains(
        QStringLiteral("example,unit_id.missing,error,,\"a,b.csv\",7,unit_id,'=1+1,")));
    QVERIFY(lines.contains(QStringLiteral("example,unit_id.missing,error,,,8,unit_id,-5,")));
    QCOMPARE(reportName(preview), QStringLiteral("preview-shop-2026-11-13.csv"));
    preview.source = "../up";
    QVERIFY(!reportName(preview).contains(QLatin1Char('/')));
}

QTEST_MAIN(TestPreviewModels)
#include "tst_preview_models.moc"
