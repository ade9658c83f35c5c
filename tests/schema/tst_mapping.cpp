// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/schema/mapping.h"

#include <QtTest>

using namespace daymark;

using Names = QStringList;
using Overrides = std::map<std::string, std::string>;
Q_DECLARE_METATYPE(Overrides)

namespace {

const Names kAll = {"unit_id",      "id_type",   "date",        "metric_name",
                    "metric_value", "numerator", "denominator", "timeuuid"};
const Names kNeeded = {"unit_id", "id_type", "date", "metric_name"};

std::vector<SourceColumn> columnsOf(const Names& names)
{
    std::vector<SourceColumn> columns;
    for (const QString& name : names) {
        SourceColumn column;
        column.name = name.toStdString();
        columns.push_back(column);
    }
    return columns;
}

MappedSchema map(const Names& names, const Overrides& overrides = {})
{
    return mapColumns(dataset(DatasetKind::Metrics), columnsOf(names), overrides);
}

QString codesOf(const MappedSchema& mapped)
{
    QStringList codes;
    for (const SchemaFinding& finding : mapped.findings)
        codes += QString::fromStdString(finding.code).remove("schema.") + ' ' +
                 QString::fromStdString(std::string(severityName(finding.severity))) + ' ' +
                 QString::fromStdString(finding.column);
    return codes.join("; ");
}

/// The positions by canonical column, `-` where nothing is mapped.
QString positionsOf(const MappedSchema& mapped)
{
    QStringList texts;
    for (const auto& position : mapped.mapping.positions)
        texts += position ? QString::number(*position) : "-";
    return texts.join(' ');
}

} // namespace

class TestMapping : public QObject
{
    Q_OBJECT

private slots:
    void positions_data();
    void positions();
    void findings_data();
    void findings();
    void messages_data();
    void messages();
    void typesThatCanNeverFit();
    void namesAreTheSourcesOwn();
    void cleanedNames_data();
    void cleanedNames();
    void manyColumnsAreNotedInFew();
};

void TestMapping::positions_data()
{
    QTest::addColumn<Names>("columns");
    QTest::addColumn<Overrides>("overrides");
    QTest::addColumn<QString>("positions");

    QTest::newRow("all in order") << kAll << Overrides{} << "0 1 2 3 4 5 6 7";
    QTest::newRow("any order") << Names{"metric_value", "date", "metric_name", "id_type", "unit_id"}
                               << Overrides{} << "4 3 1 2 0 - - -";
    QTest::newRow("cleaned of case, blanks, quotes and a byte-order mark")
        << Names{"\uFEFFUnit_ID", " id_type ", "\"date\"", "METRIC_NAME", "'metric_value'\t"}
        << Overrides{} << "0 1 2 3 4 - - -";
    QTest::newRow("the exact name wins over one that must be cleaned")
        << Names{"UNIT_ID", "unit_id", "id_type", "date", "metric_name", "metric_value"}
        << Overrides{} << "1 2 3 4 5 - - -";
    QTest::newRow("by the operator's word") << Names{"user", "kind", "day", "name", "val"}
                                            << Overrides{{"unit_id", "user"},
                                                         {"id_type", "kind"},
                                                         {"date", "day"},
                                                         {"metric_name", "name"},
                                                         {"metric_value", "val"}}
                                            << "0 1 2 3 4 - - -";
    QTest::newRow("the operator's word wins over the exact name")
        << Names{"unit_id", "user", "id_type", "date", "metric_name", "metric_value"}
        << Overrides{{"unit_id", "user"}} << "1 2 3 4 5 - - -";
    QTest::newRow("the operator's word, cleaned")
        << Names{"User ", "id_type", "date", "metric_name", "metric_value"}
        << Overrides{{"unit_id", "user"}} << "0 1 2 3 4 - - -";
    QTest::newRow("a column that the operator used is not used again")
        << kAll << Overrides{{"metric_value", "numerator"}} << "0 1 2 3 5 - 6 7";
    QTest::newRow("two canonical columns from one by the operator's word")
        << Names{"unit_id", "id_type", "date", "metric_name", "metric_value"}
        << Overrides{{"unit_id", "unit_id"}, {"timeuuid", "unit_id"}} << "0 1 2 3 4 - - 0";
    QTest::newRow("left unmapped by the operator")
        << kAll << Overrides{{"timeuuid", ""}} << "0 1 2 3 4 5 6 -";
}

void TestMapping::positions()
{
    QFETCH(Names, columns);
    QFETCH(Overrides, overrides);
    const MappedSchema mapped = map(columns, overrides);
    QTEST(positionsOf(mapped), "positions");
    QVERIFY(!mapped.hasErrors());
}

void TestMapping::findings_data()
{
    QTest::addColumn<Names>("columns");
    QTest::addColumn<Overrides>("overrides");
    QTest::addColumn<QString>("codes");

    QTest::newRow("all there") << kAll << Overrides{} << "";
    QTest::newRow("a value and no ratio") << kNeeded + Names{"metric_value"} << Overrides{} << "";
    QTest::newRow("a ratio and no value")
        << kNeeded + Names{"numerator", "denominator"} << Overrides{} << "";
    QTest::newRow("a value and just a numerator")
        << kNeeded + Names{"metric_value", "numerator"} << Overrides{} << "";
    QTest::newRow("a value and just a denominator")
        << kNeeded + Names{"metric_value", "denominator"} << Overrides{} << "";
    QTest::newRow("neither value nor ratio")
        << kNeeded << Overrides{} << "column_missing error metric_value";
    QTest::newRow("just a numerator")
        << kNeeded + Names{"numerator"} << Overrides{} << "column_missing error denominator";
    QTest::newRow("just a denominator")
        << kNeeded + Names{"denominator"} << Overrides{} << "column_missing error numerator";
    QTest::newRow("no columns at all")
        << Names{} << Overrides{}
        << "column_missing error unit_id; column_missing error id_type; column_missing error date; "
           "column_missing error metric_name; column_missing error metric_value";
    QTest::newRow("a needed column is missing")
        << Names{"unit_id", "id_type", "metric_name", "metric_value"} << Overrides{}
        << "column_missing error date";
    QTest::newRow("a needed column left unmapped by the operator")
        << kAll << Overrides{{"date", ""}} << "column_missing error date; column_extra note date";
    QTest::newRow("a dirty name") << Names{"Unit_ID", "id_type", "date", "metric_name",
                                           "metric_value"}
                                  << Overrides{} << "column_dirty warning unit_id";
    QTest::newRow("a dirty name of the operator")
        << kAll + Names{"User"} << Overrides{{"unit_id", "user"}}
        << "column_dirty warning unit_id; column_extra note unit_id";
    QTest::newRow("columns nothing is mapped to") << kAll + Names{"foo", "bar"} << Overrides{}
                                                  << "column_extra note foo; column_extra note bar";
    QTest::newRow("one name twice") << kAll + Names{"unit_id"} << Overrides{}
                                    << "column_duplicate error unit_id; column_extra note unit_id";
    QTest::newRow("one name three times is said once")
        << kAll + Names{"foo", "foo", "foo"} << Overrides{}
        << "column_duplicate error foo; column_extra note foo; column_extra note foo; column_extra "
           "note foo";
    QTest::newRow("columns without a name do no harm")
        << kAll + Names{"", ""} << Overrides{} << "column_extra note ; column_extra note ";
    QTest::newRow("two dirty names for one column")
        << Names{"Unit_ID", "UNIT_ID", "id_type", "date", "metric_name", "metric_value"}
        << Overrides{} << "column_duplicate error unit_id; column_extra note UNIT_ID";
    QTest::newRow("the operator names a column that isn't there")
        << kAll << Overrides{{"timeuuid", "uuid"}}
        << "column_missing error timeuuid; column_extra note timeuuid";
    QTest::newRow("the operator names a needed column that isn't there")
        << kAll << Overrides{{"unit_id", "user"}}
        << "column_missing error unit_id; column_extra note unit_id";
    QTest::newRow("the operator names a value column that isn't there")
        << kNeeded << Overrides{{"metric_value", "amount"}} << "column_missing error metric_value";
    QTest::newRow("the operator maps to a column that the dataset hasn't")
        << kAll << Overrides{{"unitid", "unit_id"}} << "column_missing error unitid";
}

void TestMapping::findings()
{
    QFETCH(Names, columns);
    QFETCH(Overrides, overrides);
    const MappedSchema mapped = map(columns, overrides);
    QTEST(codesOf(mapped), "codes");
    QCOMPARE(mapped.hasErrors(), codesOf(mapped).contains(" error "));
}

void TestMapping::messages_data()
{
    QTest::addColumn<Names>("columns");
    QTest::addColumn<Overrides>("overrides");
    QTest::addColumn<QString>("message");

    QTest::newRow("the nearest column")
        << Names{"unitid", "id_type", "date", "metric_name", "metric_value"} << Overrides{}
        << "There is no column 'unit_id', which every row needs. The nearest column is 'unitid'.";
    QTest::newRow("nothing near") << Names{"x", "id_type", "date", "metric_name", "metric_value"}
                                  << Overrides{}
                                  << "There is no column 'unit_id', which every row needs. No "
                                     "column comes near; those left are "
                                     "'x'.";
    QTest::newRow("nothing left")
        << Names{"id_type", "date", "metric_name", "metric_value"} << Overrides{}
        << "There is no column 'unit_id', which every row needs. No other column is left.";
    QTest::newRow("no columns")
        << Names{} << Overrides{}
        << "There is no column 'unit_id', which every row needs. The source has no columns.";
    QTest::newRow("the operator's slip")
        << kAll + Names{"user_key"} << Overrides{{"unit_id", "user_kay"}}
        << "There is no column 'user_kay', which 'unit_id' is mapped to. The nearest column is "
           "'user_key'; the source has 'unit_id', 'id_type', 'date', 'metric_name', "
           "'metric_value', 'numerator', 'denominator', 'timeuuid', 'user_key'.";
    QTest::newRow("the operator's canonical slip")
        << kAll << Overrides{{"unitid", "unit_id"}}
        << "The dataset metrics has no column 'unitid' to map to. Did you mean 'unit_id'?";
    QTest::newRow("neither value nor ratio") << kNeeded + Names{"value"} << Overrides{}
                                             << "There is no column 'metric_value', and no "
                                                "'numerator' and 'denominator' in its place. No "
                                                "column comes near; those left are 'value'.";
    QTest::newRow("just one half of a ratio")
        << kNeeded + Names{"numerator", "denom"} << Overrides{}
        << "There is 'numerator' but no column 'denominator' to go with it, and no 'metric_value' "
           "either. No column comes near; those left are 'denom'.";
    QTest::newRow("a hostile name is tamed")
        << Names{"unit\nid", "id_type", "date", "metric_name", "metric_value"} << Overrides{}
        << "There is no column 'unit_id', which every row needs. The nearest column is "
           "'unit\\x0Aid'.";
}

void TestMapping::messages()
{
    QFETCH(Names, columns);
    QFETCH(Overrides, overrides);
    const MappedSchema mapped = map(columns, overrides);
    QVERIFY(!mapped.findings.empty());
    QTEST(QString::fromStdString(mapped.findings.front().message), "message");
}

void TestMapping::typesThatCanNeverFit()
{
    std::vector<SourceColumn> columns = columnsOf(kAll);
    columns[metrics::Date].typeName = "BOOLEAN";
    columns[metrics::Date].canHoldDate = false;
    columns[metrics::Value].canHoldNumber = false;
    columns[metrics::Value].canHoldText = false; // of no matter for a number
    columns[metrics::TimeUuid].typeName = "BLOB";
    columns[metrics::TimeUuid].canHoldText = false;
    const MappedSchema mapped = mapColumns(dataset(DatasetKind::Metrics), columns, {});
    QCOMPARE(codesOf(mapped), "column_type error date; column_type error metric_value; "
                              "column_type error timeuuid");
    QCOMPARE(
        QString::fromStdString(mapped.findings[0].message),
        "The column 'date' is declared BOOLEAN, which can never hold a date as 'date' needs it.");
    QCOMPARE(
        QString::fromStdString(mapped.findings[1].message),
        "The column 'metric_value' is of a type that can never hold a number as 'metric_value' "
        "needs it.");
}

void TestMapping::namesAreTheSourcesOwn()
{
    const MappedSchema mapped = map({"Unit_ID ", "id_type", "date", "metric_name", "metric_value"});
    QCOMPARE(mapped.mapping.names[metrics::UnitId], std::string("Unit_ID "));
    QCOMPARE(mapped.mapping.names[metrics::Date], std::string("date"));
    QCOMPARE(mapped.mapping.names[metrics::TimeUuid], std::string());
    QCOMPARE(mapped.mapping.names.size(), metrics::kColumns);
}

void TestMapping::cleanedNames_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("cleaned");
    QTest::newRow("case") << "Unit_ID"
                          << "unit_id";
    QTest::newRow("blanks") << " \tunit_id\r\n"
                            << "unit_id";
    QTest::newRow("quotes") << "\"unit_id\""
                            << "unit_id";
    QTest::newRow("backticks") << "`unit_id`"
                               << "unit_id";
    QTest::newRow("blanks within quotes within blanks") << " ' unit_id ' "
                                                        << "unit_id";
    QTest::newRow("a byte-order mark before quotes") << "\uFEFF\"unit_id\""
                                                     << "unit_id";
    QTest::newRow("blanks inside stay") << "unit id"
                                        << "unit id";
    QTest::newRow("other letters stay") << "ÄRGER"
                                        << "Ärger";
    QTest::newRow("nothing") << ""
                             << "";
    QTest::newRow("nothing but quotes") << "\"\" '"
                                        << "";
}

void TestMapping::cleanedNames()
{
    QFETCH(QString, name);
    QTEST(QString::fromStdString(cleanedName(name.toStdString())), "cleaned");
}

void TestMapping::manyColumnsAreNotedInFew()
{
    Names names = kAll;
    for (int i = 0; i < 10'000; ++i)
        names += QString("column %1").arg(i);
    const MappedSchema mapped = map(names);
    QVERIFY(!mapped.hasErrors());
    QCOMPARE(mapped.findings.size(), std::size_t{51});
    QCOMPARE(QString::fromStdString(mapped.findings.back().message),
             "Nothing is mapped to 9,950 further columns; they are not imported.");
}

QTEST_APPLESS_MAIN(TestMapping)
#include "tst_mapping.moc"
