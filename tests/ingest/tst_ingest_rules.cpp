// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
// Every rule of the import formats on rows of metrics, as data.

#include "tests/ingest/ingest_bench.h"

#include <QTest>

using namespace daymark;

namespace {

constexpr const char* kUuid = "e220a839-7b1d-4daf-b6ad-d5618defac5a";

Result<IngestSummary> ingest(std::vector<TestRow> rows, const IngestOptions& options,
                             BlockSink* sink = nullptr, bool otherDays = false)
{
    TestReader reader(std::move(rows));
    reader.otherDays = otherDays;
    return ingestDay(reader, options, sink, {}, {});
}

} // namespace

class tst_IngestRules : public QObject
{
    Q_OBJECT

private slots:
    void oneRow_data()
    {
        QTest::addColumn<QString>("line");
        QTest::addColumn<QString>("expected");
        const auto add = [](const char* name, const QString& line, const char* expected) {
            QTest::newRow(name) << line << QString(expected);
        };
        const QString good = QString("u,user_id,2022-06-13,m,1,,,") + kUuid;
        const auto with = [&](int column, const QString& value) {
            QStringList cells = good.split(',');
            cells[column] = value;
            return cells.join(',');
        };
        const QString long1024(1024, 'x');
        add("a good row", good, "1/0/0");
        add("no unit", with(0, ""), "0/1/0 unit_id.missing:1");
        add("empty unit", with(0, "\"\""), "0/1/0 unit_id.missing:1");
        add("blank unit is an id", with(0, " "), "1/0/0");
        add("1,024 bytes", with(0, long1024), "1/0/0");
        add("1,025 bytes", with(0, long1024 + "x"), "0/1/0 unit_id.too_long:1");
        add("no id type", with(1, ""), "0/1/0 id_type.missing:1");
        add("case of id type", with(1, "USER_ID"), "0/1/0 id_type.unknown:1");
        add("no date", with(2, ""), "0/1/0 date.missing:1");
        add("30 February", with(2, "2022-02-30"), "0/1/0 date.invalid:1");
        add("another day", with(2, "2022-06-14"), "0/1/0 date.mismatch:1");
        add("a time of the day", with(2, "2022-06-13 23:59:59"), "1/0/0");
        add("no metric", with(3, ""), "0/1/0 metric_name.missing:1");
        add("127 characters", with(3, QString(127, QChar(0xE4))), "1/0/0");
        add("128 characters", with(3, QString(128, QChar(0xE4))), "0/1/0 metric_name.too_long:1");
        add("no number at all", with(4, ""), "0/1/0 value.missing:1");
        add("empty text is null", with(4, "\"\""), "0/1/0 value.missing:1");
        add("words", with(4, "N/A"), "0/1/0 value.not_a_number:1");
        add("a word in the numerator", with(5, "x"), "0/1/0 value.not_a_number:1");
        add("a word in the denominator", with(6, "x"), "0/1/0 value.not_a_number:1");
        add("too large", with(4, "1e400"), "0/1/0 value.not_finite:1");
        add("the last whole number that is held", with(4, "9007199254740992"), "1/0/0");
        add("one that is rounded", with(4, "9007199254740993"), "1/0/0 value.rounded:1");
        add("a long one that is held", with(4, "-18014398509481984"), "1/0/0");
        add("a very long one", with(4, "123456789012345678901234567890"), "1/0/0 value.rounded:1");
        add("a rounded denominator", QString("u,user_id,2022-06-13,m,,1,9007199254740993,") + kUuid,
            "1/0/0 value.rounded:1");
        add("one with nothing behind its point", with(4, "9007199254740993.00"),
            "1/0/0 value.rounded:1");
        add("a large fraction", with(4, "9007199254740993.5"), "1/0/0 value.rounded:1");
        add("a small one is near enough", with(4, "1234567890123456.7"), "1/0/0");
        add("next to nothing", with(4, "1e-401"), "1/0/0 value.rounded:1");
        add("NaN beside a number", with(5, "NaN"), "0/1/0 value.not_finite:1");
        add("both faults", QString("u,user_id,2022-06-13,m,x,inf,,") + kUuid,
            "0/1/0 value.not_a_number:1 value.not_finite:1");
        add("numerator alone", QString("u,user_id,2022-06-13,m,,1,,") + kUuid,
            "0/1/0 ratio.incomplete:1");
        add("denominator alone", QString("u,user_id,2022-06-13,m,,,1,") + kUuid,
            "0/1/0 ratio.incomplete:1");
        add("a ratio", QString("u,user_id,2022-06-13,m,,1,2,") + kUuid, "1/0/0");
        add("all three", QString("u,user_id,2022-06-13,m,9,1,2,") + kUuid,
            "1/0/0 ratio.value_ignored:1");
        add("value and numerator", QString("u,user_id,2022-06-13,m,9,1,,") + kUuid,
            "1/0/0 ratio.partial_ignored:1");
        add("denominator 0", QString("u,user_id,2022-06-13,m,,1,0,") + kUuid,
            "1/0/0 ratio.zero_denominator:1");
        add("denominator -0", QString("u,user_id,2022-06-13,m,,1,-0.0,") + kUuid,
            "1/0/0 ratio.zero_denominator:1");
        add("no timeuuid", with(7, ""), "1/0/0 timeuuid.missing:1");
        add("any text as timeuuid", with(7, "row-1"), "1/0/0 timeuuid.not_uuid:1");
        add("several at once", ",x,,,,,,",
            "0/1/0 unit_id.missing:1 id_type.unknown:1 date.missing:1 "
            "metric_name.missing:1 value.missing:1 "
            "timeuuid.missing:1");
    }
    void oneRow()
    {
        QFETCH(QString, line);
        QFETCH(QString, expected);
        const auto summary = ingest({row(line.toStdString())}, testOptions());
        QVERIFY(summary);
        QCOMPARE(QString::fromStdString(outline(*summary)), expected);
        QCOMPARE(summary->read, std::uint64_t{1});
    }

    void badBytes_data()
    {
        QTest::addColumn<int>("column");
        for (const int column : {0, 1, 3, 7})
            QTest::addRow("column %d", column) << column;
    }
    void badBytes()
    {
        QFETCH(int, column);
        TestRow latin = row("u,user_id,2022-06-13,m,1,,,x");
        latin[static_cast<std::size_t>(column)] = "caf\xE9";
        TestRow nul = row("u,user_id,2022-06-13,m,1,,,y");
        nul[static_cast<std::size_t>(column)] = std::string("a\0b", 3);
        TestRow both = row("u,user_id,2022-06-13,m,1,,,z");
        both[static_cast<std::size_t>(column)] = std::string("\xFF\0", 2);
        const TestFolder folder;
        IngestOptions options = testOptions();
        options.rejectsFile = folder.path / "rejects.csv";
        const auto summary = ingest({latin, nul, both}, options);
        QVERIFY(summary);
        QCOMPARE(summary->rejected, std::uint64_t{3});
        const RuleCount* notUtf8 = findRule(*summary, Rule::TextNotUtf8);
        const RuleCount* hasNul = findRule(*summary, Rule::TextNul);
        QVERIFY(notUtf8 && hasNul);
        QCOMPARE(notUtf8->count, std::uint64_t{2});
        QCOMPARE(hasNul->count, std::uint64_t{2});
        QCOMPARE(notUtf8->examples[0].value, std::string("caf\\xE9"));
        const std::string written = contentOf(options.rejectsFile);
        for (const char* hex : {"\\x636166e9", "\\x610062", "\\xff00"})
            QVERIFY2(written.find(hex) != std::string::npos, written.c_str());
    }

    void unknownIdTypesAreNamed()
    {
        const auto summary = ingest({row("u,userID,2022-06-13,m,1"), row("v,userID,2022-06-13,m,1"),
                                     row("v,zzz,2022-06-13,m,1")},
                                    testOptions());
        QVERIFY(summary);
        const std::string& message = findRule(*summary, Rule::IdTypeUnknown)->message;
        QVERIFY2(
            message.starts_with("`userID` in 2 rows: did you mean `user_id`? `zzz` in 1 row. "),
            message.c_str());
    }

    void landedNumbers()
    {
        CollectingSink sink;
        const auto summary =
            ingest({row("a,user_id,2022-06-13,m,9,1,2"), row("b,user_id,2022-06-13,m,9,1,"),
                    row("c,user_id,2022-06-13,m,9,,4"), row("d,stable_id,2022-06-13,m, 3.50 ,,"),
                    row("a-unit-with-a-long-name,user_id,2022-06-13,a-metric-with-a-"
                        "long-name,-0,,")},
                   testOptions(), &sink);
        QVERIFY(summary);
        const std::vector<std::string> expected = {
            "a,user_id,m,,1,2", "a-unit-with-a-long-name,user_id,a-metric-with-a-long-name,-0,,",
            "b,user_id,m,9,,", "c,user_id,m,9,,", "d,stable_id,m,3.5,,"};
        QCOMPARE(sink.sorted(), expected);
    }

    void unitDay_data()
    {
        QTest::addColumn<int>("policy");
        QTest::addColumn<QString>("expected");
        QTest::addColumn<int>("severity");
        QTest::addColumn<double>("sum");
        QTest::newRow("reject") << int(UnitDay::Reject) << "3/1/0 unit_day.duplicate:1"
                                << int(Severity::Error) << 101.0;
        QTest::newRow("first") << int(UnitDay::First) << "3/0/1 unit_day.duplicate:1"
                               << int(Severity::Dropped) << 101.0;
        QTest::newRow("sum") << int(UnitDay::Sum) << "4/0/0 unit_day.duplicate:1"
                             << int(Severity::Warning) << 111.0;
    }
    void unitDay()
    {
        QFETCH(int, policy);
        QFETCH(QString, expected);
        QFETCH(int, severity);
        QFETCH(double, sum);
        IngestOptions options = testOptions();
        options.unitDay = static_cast<UnitDay>(policy);
        const auto summary =
            ingest({row("u,user_id,2022-06-13,m,1,,,00000000-0000-0000-0000-000000000001"),
                    row("u,user_id,2022-06-13,m,10,,,00000000-0000-0000-0000-000000000002"),
                    row("u,stable_id,2022-06-13,m,1000,,,00000000-0000-0000-0000-000000000003"),
                    row("v,user_id,2022-06-13,m,100,,,00000000-0000-0000-0000-000000000004")},
                   options);
        QVERIFY(summary);
        QCOMPARE(QString::fromStdString(outline(*summary)), expected);
        QCOMPARE(int(findRule(*summary, Rule::UnitDayDuplicate)->severity), severity);
        QCOMPARE(summary->rollups.size(), std::size_t{2});
        QCOMPARE(summary->rollups[1].sum, sum);
        QCOMPARE(summary->rollups[1].units, std::uint64_t{2});
    }

    void repeatsAreDroppedBeforeUnitDay()
    {
        const std::string line = std::string("u,user_id,2022-06-13,m,1,,,") + kUuid;
        std::string other = line;
        std::transform(other.begin() + 27, other.end(), other.begin() + 27, ::toupper);
        const auto summary = ingest({row(line), row(line), row(other)}, testOptions());
        QVERIFY(summary);
        QCOMPARE(outline(*summary), std::string("1/0/2 duplicate.timeuuid:2"));
    }

    void aRejectedRowShadowsNothing()
    {
        const std::string uuid = kUuid;
        const auto summary = ingest(
            {row("u,user_id,2022-06-13,m,x,,," + uuid), row("u,user_id,2022-06-13,m,1,,,other"),
             row("u,user_id,2022-06-13,m,2,,," + uuid), row("v,user_id,2022-06-13,m,3,,," + uuid),
             row("w,user_id,2022-06-13,m,3,,," + uuid)},
            testOptions());
        QVERIFY(summary);
        QCOMPARE(outline(*summary), std::string("2/2/1 value.not_a_number:1 duplicate.timeuuid:1 "
                                                "unit_day.duplicate:1 timeuuid.not_uuid:1"));
    }

    void kindsOfMetrics()
    {
        IngestOptions options = testOptions();
        options.knownMetrics = {{"was_value", MetricKind::Value},
                                {"was_ratio", MetricKind::Ratio},
                                {"Revenue Net", MetricKind::Value}};
        const auto summary = ingest(
            {row("a,user_id,2022-06-13,was_value,,1,2,1"),
             row("a,user_id,2022-06-13,was_ratio,1,,,2"), row("a,user_id,2022-06-13,mixed,1,,,3"),
             row("b,user_id,2022-06-13,mixed,,1,2,4"), row("c,user_id,2022-06-13,mixed,,1,2,5"),
             row("a,user_id,2022-06-13,revenue_net,1,,,6"),
             row("a,user_id,2022-06-13,Revenue Net,1,,,7")},
            options);
        QVERIFY(summary);
        QCOMPARE(outline(*summary), std::string("7/0/0 metric.mixed_kind:1 metric.kind_changed:2 "
                                                "metric.near_duplicate:1 timeuuid.not_uuid:7"));
        QCOMPARE(findRule(*summary, Rule::MetricMixedKind)->examples[0].row, std::uint64_t{5});
        const std::string& alike = findRule(*summary, Rule::MetricNearDuplicate)->message;
        QCOMPARE(alike, std::string("`revenue_net` looks like `Revenue Net`."));
    }

    void otherDaysArePassedOver()
    {
        const std::vector<TestRow> rows = {
            row("a,user_id,2022-06-13,m,1,,,1"), row("b,user_id,2022-06-14,m,1,,,2"),
            row("c,user_id,,m,1,,,3"), row("d,user_id,13.6.,m,1,,,4"), row("c,user_id,,m,1,,,3")};
        IngestOptions options = testOptions();
        const auto first = ingest(rows, options, nullptr, true);
        QVERIFY(first);
        QCOMPARE(outline(*first),
                 std::string("1/3/0 date.missing:2 date.invalid:1 timeuuid.not_uuid:1"));
        QCOMPARE(first->read, std::uint64_t{4});
        QCOMPARE(first->otherDays, std::uint64_t{1});
        QCOMPARE(first->newUndated.size(), std::size_t{2});
        options.knownUndated = first->newUndated;
        std::vector<TestRow> more = rows;
        more.push_back(row("c,user_id,,m,1,,,3"));
        const auto second = ingest(more, options, nullptr, true);
        QVERIFY(second);
        QCOMPARE(outline(*second), std::string("1/1/0 date.missing:1 timeuuid.not_uuid:1"));
        QCOMPARE(second->newUndated.size(), std::size_t{1});
        QCOMPARE(second->newUndated.begin()->second, std::uint64_t{1});
    }

    void brokenLinesAreRejected()
    {
        const TestFolder folder;
        IngestOptions options = testOptions();
        options.rejectsFile = folder.path / "rejects.csv";
        TestReader reader({row("a,user_id,2022-06-13,m,1,,,1")});
        reader.broken.push_back({3, "a,\"b", "2 columns where the header has 8"});
        const auto summary = ingestDay(reader, options, nullptr, {}, {});
        QVERIFY(summary);
        QCOMPARE(outline(*summary), std::string("1/1/0 row.malformed:1 timeuuid.not_uuid:1"));
        QCOMPARE(contentOf(options.rejectsFile),
                 std::string("file,row,codes,unit_id,id_type,date,metric_name,metric_value,"
                             "numerator,denominator,timeuuid,raw\n"
                             "\"\",3,row.malformed,,,,,,,,,\"a,\"\"b\"\n"));
    }

    void rejectsKeepTheOriginalValues()
    {
        const TestFolder folder;
        IngestOptions options = testOptions();
        options.rejectsFile = folder.path / "rejects.csv";
        TestRow odd = row("\"\",user_id,,m,1");
        odd[3] = "a,\"b\"\nc";
        odd[7] = " =1+1";
        const auto summary = ingest({odd}, options);
        QVERIFY(summary && summary->rejectsWritten);
        const std::string written = contentOf(options.rejectsFile);
        QCOMPARE(written.substr(written.find('\n') + 1),
                 std::string("\"\",2,unit_id.missing date.missing timeuuid.not_uuid,\"\",user_id,,"
                             "\"a,\"\"b\"\"\nc\",1,,,\" =1+1\",\n"));
    }

    void noRejectsNoFile()
    {
        const TestFolder folder;
        IngestOptions options = testOptions();
        options.rejectsFile = folder.path / "rejects.csv";
        const auto summary = ingest({row("a,user_id,2022-06-13,m,1")}, options);
        QVERIFY(summary && !summary->rejectsWritten);
        QVERIFY(std::filesystem::is_empty(folder.path));
    }
};

QTEST_APPLESS_MAIN(tst_IngestRules)
#include "tst_ingest_rules.moc"
