// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/schema/dataset.h"
#include "core/schema/rule.h"
#include "core/schema/source_config.h"

#include <QtTest>

#include <set>

using namespace daymark;

namespace {

QString text(std::string_view value)
{
    return QString::fromUtf8(value.data(), static_cast<qsizetype>(value.size()));
}

} // namespace

class TestDataset : public QObject
{
    Q_OBJECT

private slots:
    void metricsIsTheDatasetOnOffer();
    void metricsColumns_data();
    void metricsColumns();
    void rules_data();
    void rules();
    void everyRuleIsInTheTableOnce();
    void severityNames();
    void unitDayNames();
};

void TestDataset::metricsIsTheDatasetOnOffer()
{
    QCOMPARE(datasets().size(), std::size_t{1});
    const Dataset& metrics = dataset(DatasetKind::Metrics);
    QCOMPARE(findDataset("metrics"), &metrics);
    QVERIFY(!findDataset("events"));
    QVERIFY(!findDataset("Metrics"));
    QCOMPARE(text(metrics.table), "statsig_user_metrics");
    QCOMPARE(text(metrics.signalTable), "statsig_user_metrics_signal");
    QCOMPARE(metrics.columns.size(), metrics::kColumns);
}

void TestDataset::metricsColumns_data()
{
    QTest::addColumn<int>("position");
    QTest::addColumn<QString>("name");
    QTest::addColumn<int>("type");
    QTest::addColumn<bool>("needed");
    const auto type = [](ColumnType t) { return static_cast<int>(t); };

    QTest::newRow("unit_id") << int(metrics::UnitId) << "unit_id" << type(ColumnType::Text) << true;
    QTest::newRow("id_type") << int(metrics::IdType) << "id_type" << type(ColumnType::Text) << true;
    QTest::newRow("date") << int(metrics::Date) << "date" << type(ColumnType::Date) << true;
    QTest::newRow("metric_name") << int(metrics::MetricName) << "metric_name"
                                 << type(ColumnType::Text) << true;
    QTest::newRow("metric_value") << int(metrics::Value) << "metric_value"
                                  << type(ColumnType::Number) << false;
    QTest::newRow("numerator") << int(metrics::Numerator) << "numerator" << type(ColumnType::Number)
                               << false;
    QTest::newRow("denominator") << int(metrics::Denominator) << "denominator"
                                 << type(ColumnType::Number) << false;
    QTest::newRow("timeuuid") << int(metrics::TimeUuid) << "timeuuid" << type(ColumnType::Text)
                              << false;
}

void TestDataset::metricsColumns()
{
    QFETCH(int, position);
    const ColumnSpec& spec =
        dataset(DatasetKind::Metrics).columns[static_cast<std::size_t>(position)];
    QTEST(text(spec.name), "name");
    QTEST(static_cast<int>(spec.type), "type");
    QTEST(spec.needed, "needed");
    QVERIFY(spec.meaning.ends_with('.'));
}

void TestDataset::rules_data()
{
    QTest::addColumn<int>("rule");
    QTest::addColumn<QString>("severity");
    const auto row = [](const char* code, Rule rule, const char* severity) {
        QTest::newRow(code) << static_cast<int>(rule) << severity;
    };

    row("unit_id.missing", Rule::UnitIdMissing, "error");
    row("unit_id.too_long", Rule::UnitIdTooLong, "error");
    row("id_type.missing", Rule::IdTypeMissing, "error");
    row("id_type.unknown", Rule::IdTypeUnknown, "error");
    row("date.missing", Rule::DateMissing, "error");
    row("date.invalid", Rule::DateInvalid, "error");
    row("date.mismatch", Rule::DateMismatch, "error");
    row("metric_name.missing", Rule::MetricNameMissing, "error");
    row("metric_name.too_long", Rule::MetricNameTooLong, "error");
    row("value.missing", Rule::ValueMissing, "error");
    row("value.not_a_number", Rule::ValueNotANumber, "error");
    row("value.not_finite", Rule::ValueNotFinite, "error");
    row("ratio.incomplete", Rule::RatioIncomplete, "error");
    row("text.not_utf8", Rule::TextNotUtf8, "error");
    row("text.nul", Rule::TextNul, "error");
    row("row.malformed", Rule::RowMalformed, "error");
    row("duplicate.timeuuid", Rule::DuplicateTimeUuid, "dropped");
    row("ratio.partial_ignored", Rule::RatioPartialIgnored, "warning");
    row("ratio.value_ignored", Rule::RatioValueIgnored, "warning");
    row("ratio.zero_denominator", Rule::RatioZeroDenominator, "warning");
    row("value.rounded", Rule::ValueRounded, "warning");
    row("metric.mixed_kind", Rule::MetricMixedKind, "warning");
    row("metric.kind_changed", Rule::MetricKindChanged, "warning");
    row("metric.near_duplicate", Rule::MetricNearDuplicate, "warning");
    row("unit_day.duplicate", Rule::UnitDayDuplicate, "error");
    row("timeuuid.missing", Rule::TimeUuidMissing, "warning");
    row("timeuuid.not_uuid", Rule::TimeUuidNotUuid, "warning");
}

void TestDataset::rules()
{
    QFETCH(int, rule);
    const RuleSpec& spec = ruleSpec(static_cast<Rule>(rule));
    QCOMPARE(text(spec.code), QString(QTest::currentDataTag()));
    QTEST(text(severityName(spec.severity)), "severity");
    QVERIFY(spec.meaning.size() > 20);
    QVERIFY(spec.meaning.ends_with('.'));
}

void TestDataset::everyRuleIsInTheTableOnce()
{
    std::set<std::string_view> codes;
    for (const RuleSpec& spec : ruleSpecs())
        codes.insert(spec.code);
    QCOMPARE(codes.size(), kRules);
    QCOMPARE(ruleSpecs().size(), kRules);
    QCOMPARE(kRules, std::size_t{27});
}

void TestDataset::severityNames()
{
    QCOMPARE(text(severityName(Severity::Error)), "error");
    QCOMPARE(text(severityName(Severity::Dropped)), "dropped");
    QCOMPARE(text(severityName(Severity::Warning)), "warning");
    QCOMPARE(text(severityName(Severity::Note)), "note");
}

void TestDataset::unitDayNames()
{
    for (const UnitDay policy : {UnitDay::Reject, UnitDay::First, UnitDay::Sum})
        QCOMPARE(findUnitDay(unitDayName(policy)), std::optional<UnitDay>(policy));
    QCOMPARE(text(unitDayName(UnitDay::Reject)), "reject");
    QCOMPARE(text(unitDayName(UnitDay::First)), "first");
    QCOMPARE(text(unitDayName(UnitDay::Sum)), "sum");
    QVERIFY(!findUnitDay("Reject"));
    QVERIFY(!findUnitDay(""));
}

QTEST_APPLESS_MAIN(TestDataset)
#include "tst_dataset.moc"
