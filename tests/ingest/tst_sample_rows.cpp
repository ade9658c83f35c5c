// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
// The rows that a preview keeps as they were read.

#include "tests/ingest/ingest_bench.h"

#include <QTest>

using namespace daymark;

namespace {

IngestOptions sampling(std::size_t rows)
{
    IngestOptions options = testOptions();
    options.sampleRows = rows;
    return options;
}

std::vector<SampleRow> samplesOf(TestReader& reader, const IngestOptions& options)
{
    const auto summary = ingestDay(reader, options, nullptr, {}, {});
    return summary ? summary->samples : std::vector<SampleRow>();
}

std::string faultsOf(const SampleRow& row)
{
    std::string out;
    for (const RowFault& fault : row.faults)
        out += (out.empty() ? "" : " ") + std::string(ruleSpec(fault.rule).code) + "@" +
               (fault.column ? std::to_string(*fault.column) : "row");
    return out;
}

} // namespace

class tst_SampleRows : public QObject
{
    Q_OBJECT

private slots:
    void keepsRowsAsTheyWereRead()
    {
        TestReader reader({row("u,user_id,2022-06-13,m,1.50"), row("\"\",userID,2022-06-13,m,,x,y"),
                           row("u,user_id,2022-06-13,m,3,,,same"),
                           row("v,user_id,2022-06-13,m,3,,,one"),
                           row("w,user_id,2022-06-13,m,3,,,one")});
        const auto rows = samplesOf(reader, sampling(100));
        QCOMPARE(rows.size(), 5U);
        QCOMPARE(rows[0].row, std::uint64_t{2});
        QVERIFY(rows[0].fate == RowFate::Accepted);
        QCOMPARE(rows[0].cells[metrics::Value].value(), std::string("1.50"));
        QVERIFY(!rows[0].cells[metrics::Numerator]);
        QCOMPARE(faultsOf(rows[0]), std::string("timeuuid.missing@7"));
        QVERIFY(rows[1].fate == RowFate::Rejected);
        QCOMPARE(rows[1].cells[metrics::UnitId].value(), std::string());
        QCOMPARE(faultsOf(rows[1]),
                 std::string("unit_id.missing@0 id_type.unknown@1 value.not_a_number@5 "
                             "timeuuid.missing@7"));
        QVERIFY(rows[2].fate == RowFate::Rejected);
        QCOMPARE(faultsOf(rows[2]), std::string("unit_day.duplicate@0 timeuuid.not_uuid@7"));
        QVERIFY(rows[3].fate == RowFate::Accepted);
        QVERIFY(rows[4].fate == RowFate::Dropped);
        QCOMPARE(faultsOf(rows[4]), std::string("duplicate.timeuuid@7 timeuuid.not_uuid@7"));
    }

    void furtherRowsFollowTheSetting_data()
    {
        QTest::addColumn<int>("setting");
        QTest::addColumn<int>("fate");
        QTest::addColumn<int>("severity");
        QTest::newRow("reject") << int(UnitDay::Reject) << int(RowFate::Rejected)
                                << int(Severity::Error);
        QTest::newRow("first") << int(UnitDay::First) << int(RowFate::Dropped)
                               << int(Severity::Dropped);
        QTest::newRow("sum") << int(UnitDay::Sum) << int(RowFate::Accepted)
                             << int(Severity::Warning);
    }
    void furtherRowsFollowTheSetting()
    {
        QFETCH(int, setting);
        QFETCH(int, fate);
        QFETCH(int, severity);
        TestReader reader(
            {row("u,user_id,2022-06-13,m,1,,,a"), row("u,user_id,2022-06-13,m,2,,,b")});
        IngestOptions options = sampling(10);
        options.unitDay = static_cast<UnitDay>(setting);
        const auto rows = samplesOf(reader, options);
        QCOMPARE(rows.size(), 2U);
        QCOMPARE(int(rows[1].fate), fate);
        QVERIFY(rows[1].faults.front().rule == Rule::UnitDayDuplicate);
        QCOMPARE(int(rows[1].faults.front().severity), severity);
    }

    void keepsSomeOfEachRuleBeyondTheFirst()
    {
        std::vector<TestRow> given;
        for (int i = 0; i < 500; ++i)
            given.push_back(row("u" + std::to_string(i) + ",user_id,2022-06-13,m," +
                                (i >= 100 && i % 2 == 0 ? "x" : "1") + ",,," + std::to_string(i)));
        given.push_back(row(",user_id,2022-06-13,m,1,,,z"));
        TestReader reader(std::move(given));
        const auto rows = samplesOf(reader, sampling(20));
        std::size_t words = 0;
        for (const SampleRow& sample : rows)
            words += faultsOf(sample).find("value.not_a_number") != std::string::npos ? 1 : 0;
        QCOMPARE(words, kSamplesPerRule);
        QVERIFY(faultsOf(rows.back()).starts_with("unit_id.missing@0"));
        QVERIFY(rows.size() <= 20 + 3 * kSamplesPerRule);
        QVERIFY(
            std::is_sorted(rows.begin(), rows.end(),
                           [](const SampleRow& a, const SampleRow& b) { return a.row < b.row; }));
    }

    void longAndBadTextsAreMadeFitForReading()
    {
        TestRow bad = row("u,user_id,2022-06-13,m,1,,,a");
        bad[metrics::UnitId] = std::string(1'000'000, 'x');
        bad[metrics::MetricName] = std::string("caf\xE9\n\0", 6);
        TestReader reader({bad});
        const auto rows = samplesOf(reader, sampling(10));
        QCOMPARE(rows.size(), 1U);
        QVERIFY(rows[0].cells[metrics::UnitId]->size() <= kSampleCellBytes + 3);
        QCOMPARE(rows[0].cells[metrics::MetricName].value(), std::string("caf\\xE9\\x0A\\x00"));
    }

    void brokenLinesStandWhereTheyWereRead()
    {
        TestReader reader({row("u,user_id,2022-06-13,m,1,,,a"), row("v,user_id,2022-06-13,m,1,,,b"),
                           row("w,user_id,2022-06-13,m,1,,,c")});
        reader.broken = {{3, "one,too,many", "3 columns where the header has 8"}};
        const auto rows = samplesOf(reader, sampling(10));
        QCOMPARE(rows.size(), 4U);
        QVERIFY(rows[1].row == 3 || rows[2].row == 3);
        const SampleRow& broken = rows[1].raw.empty() ? rows[2] : rows[1];
        QCOMPARE(broken.raw, std::string("one,too,many"));
        QVERIFY(broken.cells.empty());
        QVERIFY(broken.fate == RowFate::Rejected);
        QCOMPARE(faultsOf(broken), std::string("row.malformed@row"));
    }

    void rulesAboutMetricsMarkTheirExamples()
    {
        TestReader reader(
            {row("u,user_id,2022-06-13,m,1,,,a"), row("v,user_id,2022-06-13,m,,1,2,b")});
        const auto rows = samplesOf(reader, sampling(10));
        QCOMPARE(rows.size(), 2U);
        QVERIFY(faultsOf(rows[1]).starts_with("metric.mixed_kind@3"));
    }

    void anImportKeepsNone()
    {
        TestReader reader({row("u,user_id,2022-06-13,m,x,,,a")});
        IngestOptions options = testOptions();
        const auto summary = ingestDay(reader, options, nullptr, {}, {});
        QVERIFY(summary);
        QVERIFY(summary->samples.empty());
        QVERIFY(!summary->heaviestUnit);
    }
};

QTEST_APPLESS_MAIN(tst_SampleRows)
#include "tst_sample_rows.moc"
