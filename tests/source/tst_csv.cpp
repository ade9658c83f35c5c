// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "decoding_main.h"
#include "source_fixture.h"

#include <QtTest>

using namespace daymark;
using namespace daymark::test;

namespace {

const std::string kHeader = "unit_id,id_type,date,metric_name,metric_value\n";

std::string row(const std::string& unit, const std::string& value = "1")
{
    return unit + ",user_id,2022-06-13,m," + value + "\n";
}

} // namespace

class TestCsv : public QObject
{
    Q_OBJECT

private slots:
    void rows_data();
    void rows();
    void headers_data();
    void headers();
    void content_data();
    void content();
    void lastLine_data();
    void lastLine();
    void dialects_data();
    void dialects();
    void hugeField();
    void quoteThatNeverCloses();
    void anotherDelimiter();
    void longLineBehindQuote();
    void manyStrayQuotes();
    void quotesThatGrowTheRecord();
    void recordsAcrossBlocks();
    void wideFile();
    void withoutHeader();
};

void TestCsv::rows_data()
{
    QTest::addColumn<std::string>("body");
    QTest::addColumn<std::string>("rows");
    QTest::addColumn<std::string>("broken");
    const auto line = [](const char* name) -> QTestData& { return QTest::newRow(name); };
    line("plain") << row("u1") + row("u2") << std::string("2:u1,m,1 3:u2,m,1") << std::string();
    line("CRLF and LF mixed") << std::string("u1,user_id,2022-06-13,m,1\r\n") + row("u2")
                              << std::string("2:u1,m,1 3:u2,m,1") << std::string();
    line("empty is null, quoted empty is text")
        << std::string(",user_id,2022-06-13,\"\",\n") << std::string("2:-,,-") << std::string();
    line("delimiter, quote and line end within quotes")
        << std::string("\"a,\"\"b\"\"\nc\",user_id,2022-06-13,m,1\n") + row("u2")
        << std::string("2:a,\"b\"\nc,m,1 4:u2,m,1") << std::string();
    line("quoted last cell before CRLF")
        << std::string("u1,user_id,2022-06-13,m,\"1\"\r\n") + row("u2")
        << std::string("2:u1,m,1 3:u2,m,1") << std::string();
    line("quote within a cell is text") << std::string("5\" pipe,user_id,2022-06-13,m,1\n")
                                        << std::string("2:5\" pipe,m,1") << std::string();
    line("blank lines hold nothing") << std::string("\n") + row("u1") + "\r\n" + row("u2")
                                     << std::string("3:u1,m,1 5:u2,m,1") << std::string();
    line("too few columns") << std::string("u1,user_id\n") + row("u2") << std::string("3:u2,m,1")
                            << std::string("2: 2 columns where the header has 5");
    line("too many columns") << std::string("u1,user_id,2022-06-13,m,1,9\n") + row("u2")
                             << std::string("3:u2,m,1")
                             << std::string("2: 6 columns where the header has 5");
    line("a character behind a closing quote")
        << std::string("\"u1\"x,user_id,2022-06-13,m,1\n") + row("u2") << std::string("3:u2,m,1")
        << std::string("2: a character behind a closing quote");
    line("a stray quote costs one row")
        << row("u1") + "\"u2,user_id,2022-06-13,m,1\n" + row("u3") + row("u4")
        << std::string("2:u1,m,1 4:u3,m,1 5:u4,m,1") << std::string("3: a quote that never closes");
    line("a stray quote that the next one closes")
        << std::string("\"u1,user_id,2022-06-13,m,1\n") + "\"u2\",user_id,2022-06-13,m,1\n"
        << std::string("3:u2,m,1") << std::string("2: a character behind a closing quote");
    line("bytes that are no UTF-8 pass through") << std::string("\xFF,user_id,2022-06-13,m,1\n")
                                                 << std::string("2:\xFF,m,1") << std::string();
    line("a NUL passes through") << std::string("a\0b,user_id,2022-06-13,m,1\n", 27)
                                 << std::string("2:a\0b,m,1", 9) << std::string();
}

void TestCsv::rows()
{
    QFETCH(std::string, body);
    QFETCH(std::string, rows);
    QFETCH(std::string, broken);
    const Folder folder;
    folder.write("metrics/2022-06-13/a.csv", kHeader + body);
    const DayRead read = readDay(filesConfig(folder.path()), "2022-06-13");
    QCOMPARE(read.text(), rows);
    QCOMPARE(read.broken.empty() ? std::string() : read.broken.front(), broken);
    QVERIFY(read.broken.size() <= 1);
    QVERIFY(!read.holdsOtherDays);
}

void TestCsv::headers_data()
{
    QTest::addColumn<std::string>("text");
    QTest::addColumn<std::string>("outcome");
    QTest::newRow("byte-order mark")
        << "\xEF\xBB\xBF" + kHeader + row("u1") << std::string("2:u1,m,1");
    QTest::newRow("byte-order mark and quotes")
        << std::string("\xEF\xBB\xBF\"unit_id\",id_type,date,metric_name,metric_value\n") +
               row("u1")
        << std::string("2:u1,m,1");
    QTest::newRow("another order and case")
        << std::string("Metric_Value,date,unit_id,metric_name,id_type\n1,2022-06-13,u1,m,user_id\n")
        << std::string("2:u1,m,1");
    QTest::newRow("over two lines")
        << std::string("unit_id,id_type,date,metric_name,metric_value,\"note\nhere\"\n"
                       "u1,user_id,2022-06-13,m,1,x\n")
        << std::string("3:u1,m,1");
    QTest::newRow("a name twice") << std::string("unit_id,unit_id,date\nu1,u2,2022-06-13\n")
                                  << std::string("source.format");
    QTest::newRow("header only") << kHeader << std::string();
    std::string wide = "c0";
    for (int i = 1; i <= 10'000; ++i)
        wide += ",c" + std::to_string(i);
    QTest::newRow("10,001 columns") << wide + "\n" << std::string("source.limit");
}

void TestCsv::headers()
{
    QFETCH(std::string, text);
    QFETCH(std::string, outcome);
    const Folder folder;
    folder.write("metrics/2022-06-13/a.csv", text);
    QCOMPARE(readDay(filesConfig(folder.path()), "2022-06-13").text(), outcome);
}

void TestCsv::content_data()
{
    QTest::addColumn<std::string>("text");
    QTest::addColumn<std::string>("error");
    std::string utf16;
    for (const char c : kHeader + row("u1"))
        utf16 += {c, '\0'};
    QTest::newRow("0 bytes") << std::string() << std::string("source.empty");
    QTest::newRow("UTF-16 with a mark") << "\xFF\xFE" + utf16 << std::string("source.format");
    QTest::newRow("UTF-16 without") << utf16 << std::string("source.format");
    QTest::newRow("UTF-16, high bytes first") << '\0' + utf16 << std::string("source.format");
    QTest::newRow("carriage returns alone")
        << std::string("unit_id,id_type\ru1,user_id\r") << std::string("source.format");
    QTest::newRow("gzip") << gzipped(kHeader) << std::string("source.format");
    QTest::newRow("Zstandard") << zstandard(kHeader) << std::string("source.format");
    QTest::newRow("Parquet") << std::string("PAR1\x15\x04\x15") << std::string("source.format");
    QTest::newRow("zip") << std::string("PK\x03\x04\x14") << std::string("source.format");
    QTest::newRow("binary") << std::string("\x7F"
                                           "ELF\x02\x01\x01\0\0\0\0\0\x03",
                                           13)
                            << std::string("source.format");
}

void TestCsv::content()
{
    QFETCH(std::string, text);
    QFETCH(std::string, error);
    const Folder folder;
    folder.write("metrics/2022-06-13/a.csv", kHeader + row("u1"));
    const SourceConfig config = filesConfig(folder.path());
    folder.write("metrics/2022-06-14/a.csv", text);
    QCOMPARE(readDay(config, "2022-06-14").errorText(), error); // at set-up
    folder.write("metrics/2022-06-15/a.csv", kHeader + row("u1"));
    QCOMPARE(readDay(config, "2022-06-14").errorText(), error); // at import
}

void TestCsv::lastLine_data()
{
    QTest::addColumn<std::string>("ending");
    QTest::addColumn<std::string>("text");
    QTest::addColumn<std::string>("outcome");
    const std::string whole = "u2,user_id,2022-06-13,m,1";
    QTest::newRow("whole, required")
        << std::string("required") << row("u1") + whole << std::string("source.truncated");
    QTest::newRow("whole, optional")
        << std::string("optional") << row("u1") + whole << std::string("2:u1,m,1 3:u2,m,1");
    QTest::newRow("too few columns, optional")
        << std::string("optional") << row("u1") + "u2,user_id" << std::string("source.truncated");
    QTest::newRow("within quotes, optional")
        << std::string("optional") << row("u1") + "\"u2" << std::string("source.truncated");
    QTest::newRow("too many columns, optional")
        << std::string("optional") << row("u1") + whole + ",9" << std::string("2:u1,m,1");
}

void TestCsv::lastLine()
{
    QFETCH(std::string, ending);
    QFETCH(std::string, text);
    QFETCH(std::string, outcome);
    const Folder folder;
    folder.write("metrics/2022-06-13/a.csv", kHeader + text);
    SourceConfig config = filesConfig(folder.path());
    config.format["final_newline"] = ending;
    config.format["date_format"] = "iso";
    QCOMPARE(readDayAsSetUp(config, "2022-06-13").text(), outcome);
}

void TestCsv::dialects_data()
{
    QTest::addColumn<std::string>("text");
    QTest::addColumn<std::string>("delimiter");
    QTest::addColumn<std::string>("quote");
    QTest::newRow("semicolon") << std::string("unit_id;id_type;date;metric_name;metric_value\n"
                                              "\"u;1\";user_id;2022-06-13;m;1\n")
                               << std::string(";") << std::string("\"");
    QTest::newRow("tab") << std::string("unit_id\tid_type\tdate\tmetric_name\tmetric_value\n"
                                        "u;1\tuser_id\t2022-06-13\tm\t1\n")
                         << std::string("tab") << std::string("\"");
    QTest::newRow("bar") << std::string("unit_id|id_type|date|metric_name|metric_value\n"
                                        "u;1|user_id|2022-06-13|m|1\n")
                         << std::string("|") << std::string("\"");
    QTest::newRow("single quotes") << std::string("'unit_id','id_type','date','metric_name',"
                                                  "'metric_value'\n'u;1','user_id','2022-06-13',"
                                                  "'m',1\n")
                                   << std::string(",") << std::string("'");
}

void TestCsv::dialects()
{
    QFETCH(std::string, text);
    QFETCH(std::string, delimiter);
    QFETCH(std::string, quote);
    const Folder folder;
    folder.write("metrics/2022-06-13/a.csv", text);
    SourceConfig config = filesConfig(folder.path());
    const auto format = (*makeSource(config))->detectFormat({});
    QVERIFY(format.has_value());
    QCOMPARE(format->at("delimiter"), delimiter);
    QCOMPARE(format->at("quote"), quote);
    QCOMPARE(format->at("header"), std::string("yes"));
    QCOMPARE(readDay(config, "2022-06-13").text(), std::string("2:u;1,m,1"));
}

void TestCsv::hugeField()
{
    const Folder folder;
    folder.write("metrics/2022-06-13/a.csv",
                 kHeader + row("u1") + row(std::string(100'000'000, 'x')) + row("u3"));
    const DayRead read = readDay(filesConfig(folder.path()), "2022-06-13");
    QCOMPARE(read.text(), std::string("2:u1,m,1 4:u3,m,1"));
    QCOMPARE(read.broken.size(), std::size_t{1});
    QCOMPARE(read.broken.front(), std::string("3: a record of over 16 MiB"));
}

void TestCsv::quoteThatNeverCloses()
{
    std::string text = kHeader + "\"stray,user_id,2022-06-13,m,1\n";
    const std::size_t rows = 500'000; // over 16 MiB behind the quote
    for (std::size_t i = 0; i < rows; ++i)
        text += "unit-of-some-length,user_id,2022-06-13,m,1\n";
    const Folder folder;
    folder.write("metrics/2022-06-13/a.csv", text);
    const DayRead read = readDay(filesConfig(folder.path()), "2022-06-13");
    QCOMPARE(read.errorText(), std::string("none"));
    QCOMPARE(read.rows.size(), rows);
    QCOMPARE(read.broken.size(), std::size_t{1});
    QCOMPARE(read.rows.back().substr(0, 7), std::to_string(rows + 2) + ":");
}

void TestCsv::anotherDelimiter()
{
    const Folder folder;
    folder.write("metrics/2022-06-13/a.csv", "unit_id;id_type;date\nu1;user_id;2022-06-13\n");
    SourceConfig config = filesConfig(folder.path());
    config.format["delimiter"] = ",";
    const DayRead read = readDay(config, "2022-06-13");
    QCOMPARE(read.errorText(), std::string("source.format"));
    QVERIFY(read.error->hint.find("';'") != std::string::npos);
}

void TestCsv::longLineBehindQuote()
{
    const Folder folder;
    folder.write("metrics/2022-06-13/a.csv",
                 kHeader + row("u1") + row("\"a\"" + std::string(40'000'000, 'x')) + row("u3"));
    const DayRead read = readDay(filesConfig(folder.path()), "2022-06-13");
    QCOMPARE(read.text(), std::string("2:u1,m,1 4:u3,m,1"));
    QCOMPARE(read.broken.size(), std::size_t{1});
}

/// Read from the beginning of any line, the record has one more column in each line.
void TestCsv::quotesThatGrowTheRecord()
{
    std::string text = kHeader + row("first");
    const std::size_t lines = 100'000;
    for (std::size_t i = 0; i < lines; ++i)
        text += "x\",\"\"\"z\n";
    const Folder folder;
    folder.write("metrics/2022-06-13/a.csv", text);
    QElapsedTimer timer;
    timer.start();
    const DayRead read = readDay(filesConfig(folder.path()), "2022-06-13");
    QVERIFY(!read.error);
    QCOMPARE(read.rows.size(), std::size_t{1});
    QCOMPARE(read.broken.size(), lines);
    QVERIFY2(timer.elapsed() < 10'000, "a line may cost some lines behind it, not the file");
}

void TestCsv::manyStrayQuotes()
{
    std::string text = kHeader;
    const std::size_t lines = 100'000;
    for (std::size_t i = 0; i < lines; ++i)
        text += "\"" + row("u");
    const Folder folder;
    folder.write("metrics/2022-06-13/a.csv", text);
    QElapsedTimer timer;
    timer.start();
    const DayRead read = readDay(filesConfig(folder.path()), "2022-06-13");
    QVERIFY(!read.error);
    QCOMPARE(read.rows.size() + read.broken.size(), lines);
    QVERIFY2(timer.elapsed() < 10'000, "every stray quote may cost one record, not the file");
}

void TestCsv::recordsAcrossBlocks()
{
    std::string text = kHeader;
    std::vector<std::string> expected;
    for (int i = 0; i < 40'000; ++i) {
        const std::string unit =
            "u" + std::to_string(i) + std::string(static_cast<std::size_t>(i % 97), 'x');
        const bool quoted = i % 11 == 0;
        text += row(quoted ? "\"" + unit + "\"\"\"" : unit, std::to_string(i));
        expected.push_back(std::to_string(i + 2) + ":" + unit + (quoted ? "\"" : "") + ",m," +
                           std::to_string(i));
    }
    const Folder folder;
    folder.write("metrics/2022-06-13/a.csv", text);
    const DayRead read = readDay(filesConfig(folder.path()), "2022-06-13");
    QCOMPARE(read.rows.size(), expected.size());
    QVERIFY(read.rows == expected);
}

void TestCsv::wideFile()
{
    std::string header = "unit_id,id_type,date,metric_name,metric_value";
    std::string body = "u1,user_id,2022-06-13,m,1";
    for (int i = 0; i < 1'600; ++i) {
        header += ",c" + std::to_string(i);
        body += ",x";
    }
    const Folder folder;
    folder.write("metrics/2022-06-13/a.csv", header + "\n" + body + "\n");
    QCOMPARE(readDay(filesConfig(folder.path()), "2022-06-13").text(), std::string("2:u1,m,1"));
}

void TestCsv::withoutHeader()
{
    const Folder folder;
    folder.write("metrics/2022-06-13/a.csv", row("u1") + row("u2"));
    SourceConfig config = filesConfig(folder.path());
    config.format["header"] = "no";
    config.format["columns"] = "unit_id,id_type,date,metric_name,metric_value";
    QCOMPARE(readDay(config, "2022-06-13").text(), std::string("1:u1,m,1 2:u2,m,1"));
}

DAYMARK_DECODING_TEST_MAIN(TestCsv)
#include "tst_csv.moc"
