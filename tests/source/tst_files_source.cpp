// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "decoding_main.h"
#include "source_fixture.h"

#include <QtTest>

#include <algorithm>
#include <fstream>

#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace daymark;
using namespace daymark::test;

namespace {

const std::string kHeader = "unit_id,id_type,date,metric_name,metric_value\n";

std::string row(const std::string& unit, const std::string& date = "2022-06-13")
{
    return unit + ",user_id," + date + ",m,1\n";
}

std::string codes(const std::vector<SchemaFinding>& findings)
{
    std::string text;
    for (const SchemaFinding& finding : findings)
        text += (text.empty() ? "" : " ") + finding.code;
    return text;
}

} // namespace

class TestFilesSource : public QObject
{
    Q_OBJECT

private slots:
    void layouts_data();
    void layouts();
    void tables_data();
    void tables();
    void odds();
    void oddNames();
    void missing_data();
    void missing();
    void compressed_data();
    void compressed();
    void rowsThatLeaveOut();
    void emptyDays_data();
    void emptyDays();
    void changedHeader();
    void changedWhileReading();
    void dateFormats_data();
    void dateFormats();
    void finalNewline();
    void jsonLines();
    void jsonArray();
    void tornJson();
    void parquet();
    void parquetTypes();
    void damagedParquet_data();
    void damagedParquet();
    void signalFiles_data();
    void signalFiles();
    void countDay();
    void stop();
    void permission();
    void connectionTest();
    void settings_data();
    void settings();
};

void TestFilesSource::layouts_data()
{
    QTest::addColumn<std::string>("files"); // names between blanks; each holds a row of its name
    QTest::addColumn<std::string>("uri");
    QTest::addColumn<std::string>("outcome");
    QTest::addColumn<bool>("otherDays");
    const auto line = [](const char* name, std::string files, std::string uri, std::string outcome,
                         bool otherDays) {
        QTest::newRow(name) << std::move(files) << std::move(uri) << std::move(outcome)
                            << otherDays;
    };
    line("a folder a day, in the order of names",
         "metrics/2022-06-13/b.csv metrics/2022-06-13/a.csv"
         " metrics/2022-06-14/c.csv",
         "", "a.csv b.csv", false);
    line("a day's folder is missing", "metrics/2022-06-14/c.csv", "", "", false);
    line("flat files", "metrics/x.csv metrics/y.tsv", "", "x.csv y.tsv", true);
    line("one file in the folder", "metrics.csv other.csv", "", "metrics.csv", true);
    line("any files in the folder, but no signals", "b.csv a.csv signals.csv", "", "a.csv b.csv",
         true);
    line("one file", "x/data.csv x/other.csv", "x/data.csv", "data.csv", true);
    line("hidden ones are passed over",
         "metrics/2022-06-13/_SUCCESS metrics/2022-06-13/.a.csv"
         " metrics/2022-06-13/a.csv",
         "", "a.csv", false);
    line("a name like hive's adds nothing", "metrics/2022-06-13/unit_id=7.csv", "", "unit_id=7.csv",
         false);
}

void TestFilesSource::layouts()
{
    QFETCH(std::string, files);
    QFETCH(std::string, uri);
    QFETCH(std::string, outcome);
    QFETCH(bool, otherDays);
    const Folder folder;
    for (const QString& name : QString::fromStdString(files).split(' ')) {
        const std::string base = name.section('/', -1).toStdString();
        folder.write(name.toStdString(), kHeader + row(base));
    }
    const DayRead read = readDay(filesConfig(folder.path(uri)), "2022-06-13", {0});
    std::string units;
    for (const std::string& line : read.rows)
        units += (units.empty() ? "" : " ") + line.substr(2);
    QCOMPARE(read.errorText(), std::string("none"));
    QCOMPARE(units, outcome);
    QCOMPARE(read.holdsOtherDays, otherDays);
}

void TestFilesSource::tables_data()
{
    QTest::addColumn<std::string>("table");
    QTest::addColumn<std::string>("outcome");
    QTest::newRow("a folder") << std::string("daily") << std::string("2:u1");
    QTest::newRow("a file") << std::string("daily/2022-06-13/a.csv") << std::string("2:u1");
    QTest::newRow("a slip of the pen")
        << std::string("dayly") << std::string("source.table_missing");
    QTest::newRow("above the folder") << std::string("../x") << std::string("source.invalid");
    QTest::newRow("absolute") << std::string("/etc/passwd") << std::string("source.invalid");
    QTest::newRow("a link that leads out") << std::string("out") << std::string("source.invalid");
}

void TestFilesSource::tables()
{
    QFETCH(std::string, table);
    QFETCH(std::string, outcome);
    const Folder folder;
    folder.write("daily/2022-06-13/a.csv", kHeader + row("u1"));
    std::filesystem::create_symlink("/etc", folder.path("out"));
    SourceConfig config = filesConfig(folder.path());
    config.table = table;
    QCOMPARE(readDay(config, "2022-06-13", {0}).text(), outcome);
}

/// Links, pipes and unknown endings are passed over, and each is told of.
void TestFilesSource::odds()
{
    const Folder outside;
    outside.write("secret.csv", kHeader + row("secret"));
    const Folder folder;
    folder.write("metrics/2022-06-13/a.csv", kHeader + row("u1"));
    folder.write("metrics/elsewhere.csv", kHeader + row("u2"));
    folder.write("metrics/2022-06-13/notes.docx", "x");
    const auto link = [&](const std::string& to, const std::string& name) {
        std::filesystem::create_symlink(to, folder.path("metrics/2022-06-13/" + name));
    };
    link(outside.path("secret.csv"), "l1.csv");
    link("nowhere.csv", "l2.csv");
    link("../elsewhere.csv", "l3.csv");
    link("l4.csv", "l4.csv");
    QCOMPARE(::mkfifo(folder.path("metrics/2022-06-13/pipe.csv").c_str(), 0600), 0);
    const DayRead read = readDay(filesConfig(folder.path()), "2022-06-13", {0});
    QCOMPARE(read.text(), std::string("2:u1 2:u2"));
    QCOMPARE(codes(read.findings),
             std::string("source.file_skipped source.file_skipped source.file_skipped"
                         " source.file_skipped source.file_skipped"));
}

/// A name is that very file, never a pattern.
void TestFilesSource::oddNames()
{
    for (const std::string name :
         {"a[1]", "*", "a?b", "it's \"so\"", "-rf", "new\nline", "{a,b}", "\xFF\xFE", "CON"}) {
        const Folder folder;
        const std::string select = "SELECT '" + std::string("that very one") +
                                   "' AS unit_id, 'user_id' AS id_type, DATE '2022-06-13' AS date,"
                                   " 'm' AS metric_name, 1 AS metric_value";
        writeParquet(folder, "x.parquet", select);
        writeParquet(folder, "metrics/2022-06-12/a1.parquet", select);
        std::filesystem::create_directories(folder.path("metrics/2022-06-13"));
        std::filesystem::rename(folder.path("x.parquet"),
                                folder.path("metrics/2022-06-13/" + name + ".parquet"));
        folder.write("metrics/2022-06-14/" + name + ".csv", kHeader + row("csv"));
        SourceConfig config = filesConfig(folder.path());
        QCOMPARE(readDay(config, "2022-06-13", {0}).text(), std::string("1:that very one"));
        QCOMPARE(readDay(config, "2022-06-14", {0}).text(), std::string("2:csv"));
    }
}

void TestFilesSource::missing_data()
{
    QTest::addColumn<std::string>("uri");
    QTest::addColumn<std::string>("error");
    QTest::newRow("the folder") << std::string("nowhere") << std::string("source.missing");
    QTest::newRow("files in it") << std::string("empty") << std::string("source.missing");
    QTest::newRow("files in metrics/") << std::string("hollow") << std::string("source.missing");
}

void TestFilesSource::missing()
{
    QFETCH(std::string, uri);
    QFETCH(std::string, error);
    const Folder folder;
    std::filesystem::create_directories(folder.path("empty"));
    std::filesystem::create_directories(folder.path("hollow/metrics"));
    const DayRead read = readDay(filesConfig(folder.path(uri)), "2022-06-13");
    QCOMPARE(read.errorText(), error);
    QVERIFY(!read.error->hint.empty());
}

void TestFilesSource::compressed_data()
{
    QTest::addColumn<std::string>("name");
    QTest::addColumn<std::string>("bytes");
    QTest::addColumn<std::string>("outcome");
    const std::string text = kHeader + row("u1");
    const std::string json = "{\"unit_id\":\"u1\",\"id_type\":\"a\",\"date\":\"2022-06-13\","
                             "\"metric_name\":\"m\",\"metric_value\":1}\n";
    const std::string gz = gzipped(text);
    QTest::newRow("gzip") << std::string("a.csv.gz") << gz << std::string("2:u1,m,1");
    QTest::newRow("zstd") << std::string("a.csv.zst") << zstandard(text) << std::string("2:u1,m,1");
    QTest::newRow("gzip of JSON") << std::string("a.jsonl.gz") << gzipped(json)
                                  << std::string("1:u1,m,1");
    QTest::newRow("zstd of JSON") << std::string("a.ndjson.zst") << zstandard(json)
                                  << std::string("1:u1,m,1");
    QTest::newRow("cut") << std::string("a.csv.gz") << gz.substr(0, gz.size() - 9)
                         << std::string("source.truncated");
    QTest::newRow("of nothing") << std::string("a.csv.gz") << gzipped("")
                                << std::string("source.empty");
}

void TestFilesSource::compressed()
{
    QFETCH(std::string, name);
    QFETCH(std::string, bytes);
    QFETCH(std::string, outcome);
    const Folder folder;
    folder.write("metrics/2022-06-13/" + name, bytes);
    QCOMPARE(readDay(filesConfig(folder.path()), "2022-06-13").text(), outcome);
}

/// A row of JSON lines leaves out what it has no value for: the newest day has no ratio, another
/// has.
void TestFilesSource::rowsThatLeaveOut()
{
    const Folder folder;
    const std::string head = R"({"unit_id":"u","id_type":"a","metric_name":"m","date":"2022-06-1)";
    folder.write("metrics/2022-06-13/a.jsonl", head + "3\",\"numerator\":3,\"denominator\":4}\n");
    folder.write("metrics/2022-06-14/a.jsonl", head + "4\",\"metric_value\":1}\n");
    SourceConfig config = filesConfig(folder.path());
    QCOMPARE(readDay(config, "2022-06-13", {0, 4, 5, 6}).text(), std::string("1:u,-,3,4"));
    QCOMPARE(readDay(config, "2022-06-14", {0, 4, 5, 6}).text(), std::string("1:u,1,-,-"));
    config.columnMap["numerator"] = ""; // by an operator
    QCOMPARE(readDay(config, "2022-06-13", {0, 4, 5, 6}).text(), std::string("1:u,-,-,4"));
}

void TestFilesSource::emptyDays_data()
{
    QTest::addColumn<std::string>("name");
    QTest::addColumn<std::string>("bytes");
    QTest::addColumn<std::string>("outcome");
    QTest::newRow("JSON lines") << std::string("a.jsonl") << std::string() << std::string();
    QTest::newRow("gzip of JSON") << std::string("a.jsonl.gz") << gzipped("") << std::string();
    QTest::newRow("blank lines") << std::string("a.jsonl") << std::string("\n \r\n")
                                 << std::string();
    QTest::newRow("a byte-order mark")
        << std::string("a.jsonl") << std::string("\xEF\xBB\xBF") << std::string();
    QTest::newRow("CSV") << std::string("a.csv") << std::string() << std::string("source.empty");
}

/// A file of nothing is a day without rows where no header would be missing; whichever day it is,
/// it says nothing of the others.
void TestFilesSource::emptyDays()
{
    QFETCH(std::string, name);
    QFETCH(std::string, bytes);
    QFETCH(std::string, outcome);
    const bool isJson = name.find(".jsonl") != std::string::npos;
    const std::string header = "unit_id,id_type,date,metric_name,metric_value\n";
    for (const std::string empty : {"2022-06-13", "2022-06-14", "2022-06-15"}) {
        const Folder folder;
        for (const std::string day : {"2022-06-13", "2022-06-14", "2022-06-15"}) {
            const std::string text = isJson ? R"({"unit_id":"u","id_type":"a","date":")" + day +
                                                  R"(","metric_name":"m","metric_value":1})"
                                                  "\n"
                                            : header + "u,a," + day + ",m,1\n";
            const bool isPlain = name.find(".gz") == std::string::npos;
            folder.write("metrics/" + day + "/" + name, day == empty ? bytes
                                                        : isPlain    ? text
                                                                     : gzipped(text));
        }
        for (const std::string day : {"2022-06-13", "2022-06-14", "2022-06-15"})
            QCOMPARE(readDay(filesConfig(folder.path()), day).text(),
                     day == empty ? outcome : std::string(isJson ? "1:u,m,1" : "2:u,m,1"));
    }
}

void TestFilesSource::changedHeader()
{
    const Folder folder;
    folder.write("metrics/2022-06-13/a.csv", "unit_id,id_type,date,metric_name,metric_value,aside\n"
                                             "u1,user_id,2022-06-13,m,1,x\n");
    SourceConfig config = filesConfig(folder.path());
    config.format = *(*makeSource(config))->detectFormat({});

    // A column that nothing is mapped to may go: the day lands with a warning.
    folder.write("metrics/2022-06-12/a.csv", kHeader + "u2,user_id,2022-06-12,m,1\n");
    DayRead aside = readDayAsSetUp(config, "2022-06-12");
    QCOMPARE(aside.text(), std::string("2:u2,m,1"));
    QCOMPARE(codes(aside.findings), std::string("schema.contract_gone"));

    folder.write("metrics/2022-06-12/a.csv", "metric_value,unit_id,id_type,date,metric_name,aside,"
                                             "extra\n1,u2,user_id,2022-06-12,m,,x\n");
    DayRead read = readDayAsSetUp(config, "2022-06-12");
    QCOMPARE(read.text(), std::string("2:u2,m,1"));
    QCOMPARE(codes(read.findings), std::string("schema.column_extra"));

    folder.write("metrics/2022-06-12/a.csv",
                 "unit_id,id_type,date,metric_name,worth\nu2,user_id,2022-06-12,m,1\n");
    read = readDayAsSetUp(config, "2022-06-12");
    QCOMPARE(read.errorText(), std::string("schema.mismatch"));
    QVERIFY(read.error->message.find("metric_value") != std::string::npos);
    QVERIFY(read.error->message.find("worth") != std::string::npos);
}

void TestFilesSource::changedWhileReading()
{
    const Folder folder;
    folder.write("metrics/2022-06-13/a.csv", kHeader + row("u1"));
    folder.write("metrics/2022-06-13/b.csv", kHeader + row("u2"));
    SourceConfig config = filesConfig(folder.path());
    config.format = *(*makeSource(config))->detectFormat({});
    const auto source = makeSource(config);
    const auto schema = mapColumns(dataset(config.dataset), (*source)->describe({})->columns, {});
    for (const std::string name : {"a.csv", "b.csv"}) {
        const auto reader = (*source)->openDay(*parseDay("2022-06-13"), schema.mapping, {});
        Batch batch;
        QVERIFY((*reader)->read(batch, {}).has_value());
        QCOMPARE(batch.file, std::string("metrics/2022-06-13/a.csv"));
        folder.write("new.csv", kHeader + row("u3"));
        std::filesystem::rename(folder.path("new.csv"), folder.path("metrics/2022-06-13/" + name));
        const auto more = (*reader)->read(batch, {});
        QVERIFY(!more);
        QCOMPARE(errorName(more.error().code), std::string_view("source.changed"));
    }
}

void TestFilesSource::dateFormats_data()
{
    QTest::addColumn<std::string>("date");
    QTest::addColumn<std::string>("format");
    QTest::newRow("ISO") << std::string("2022-06-13") << std::string("iso");
    QTest::newRow("day first") << std::string("13/06/2022") << std::string("dd/mm/yyyy");
    QTest::newRow("compact") << std::string("20220613") << std::string("yyyymmdd");
    QTest::newRow("Unix seconds") << std::string("1655078400") << std::string("unix_s");
    QTest::newRow("ambiguous") << std::string("01/02/2024") << std::string("source.format");
}

void TestFilesSource::dateFormats()
{
    QFETCH(std::string, date);
    QFETCH(std::string, format);
    const Folder folder;
    folder.write("metrics/a.csv", kHeader + row("u1", date));
    SourceConfig config = filesConfig(folder.path());
    const auto found = (*makeSource(config))->detectFormat({});
    QCOMPARE(found ? found->at("date_format") : std::string(errorName(found.error().code)), format);
    config.format["date_format"] = "mm/dd/yyyy"; // what the operator says stands
    QCOMPARE((*makeSource(config))->detectFormat({})->at("date_format"), std::string("mm/dd/yyyy"));
}

void TestFilesSource::finalNewline()
{
    const Folder folder;
    const std::string whole = kHeader + row("u1");
    folder.write("metrics/2022-06-13/a.csv", whole);
    const SourceConfig config = filesConfig(folder.path());
    QCOMPARE((*makeSource(config))->detectFormat({})->at("final_newline"), std::string("required"));
    folder.write("metrics/2022-06-13/a.csv", whole.substr(0, whole.size() - 1));
    QCOMPARE((*makeSource(config))->detectFormat({})->at("final_newline"), std::string("optional"));
    QCOMPARE(readDay(config, "2022-06-13").text(), std::string("2:u1,m,1"));
    folder.write("metrics/2022-06-13/a.csv", whole.substr(0, whole.size() - 5));
    QCOMPARE(readDay(config, "2022-06-13").errorText(), std::string("source.truncated"));
}

void TestFilesSource::jsonLines()
{
    const Folder folder;
    const auto line = [](const std::string& rest) {
        return "{\"unit_id\":\"u\",\"id_type\":\"a\",\"date\":\"2022-06-13\",\"metric_name\":"
               "\"m\"" +
               rest + "}\n";
    };
    folder.write("metrics/2022-06-13/a.jsonl",
                 "\xEF\xBB\xBF" + line(",\"metric_value\":12.70") + "nonsense\n\n" +
                     line(",\"metric_value\":1e999") + line(",\"metric_value\":NaN") + line("") +
                     line(",\"metric_value\":null") + line(",\"other\":{\"a\":[1]}") +
                     line(",\"other\":" + std::string(200'000, '[') + std::string(200'000, ']')) +
                     line(",\"metric_value\":\"\\ud800\"") + line(",\"metric_value\":\"\\u0041\"") +
                     "{\"metric_name\":\"z\",\"unit_id\":7}\r\n" +
                     line(",\"metric_value\":\"" + std::string(20'000'000, 'x') + "\"") + line(""));
    const DayRead read = readDay(filesConfig(folder.path()), "2022-06-13");
    QCOMPARE(QString::fromStdString(read.text()),
             QString("1:u,m,12.70 4:u,m,1e999 5:u,m,NaN 6:u,m,- 7:u,m,- 8:u,m,- 11:u,m,A "
                     "12:7,z,- 14:u,m,-"));
    std::string broken;
    for (const std::string& text : read.broken)
        broken += text + "; ";
    QCOMPARE(broken, std::string("2: no JSON object; 9: JSON that is nested over 1,000 deep; "
                                 "10: an escape in a JSON text that means nothing; "
                                 "13: a line of over 16 MiB; "));
}

void TestFilesSource::jsonArray()
{
    const Folder folder;
    folder.write("metrics/2022-06-13/a.json", "[{\"unit_id\":\"u\"},\n{\"unit_id\":\"v\"}]\n");
    QCOMPARE(readDay(filesConfig(folder.path()), "2022-06-13").errorText(),
             std::string("source.format"));
}

void TestFilesSource::tornJson()
{
    const std::string line = "{\"unit_id\":\"u\",\"id_type\":\"a\",\"date\":\"2022-06-13\","
                             "\"metric_name\":\"m\",\"metric_value\":1}";
    const Folder folder;
    folder.write("metrics/2022-06-13/a.jsonl", line + "\n" + line);
    QCOMPARE(readDay(filesConfig(folder.path()), "2022-06-13").text(),
             std::string("1:u,m,1 2:u,m,1"));
    folder.write("metrics/2022-06-13/a.jsonl", line + "\n" + line.substr(0, line.size() - 3));
    QCOMPARE(readDay(filesConfig(folder.path()), "2022-06-13").errorText(),
             std::string("source.truncated"));
}

void TestFilesSource::parquet()
{
    const Folder folder;
    writeParquet(
        folder, "metrics/2022-06-13/a.parquet",
        "SELECT 'unit' || i AS unit_id, 'user_id' AS id_type, DATE '2022-06-13' AS date, 'm'"
        " AS metric_name, CASE WHEN i % 3 > 0 THEN i END AS metric_value, [i] AS extra"
        " FROM range(1, 200001) t(i)");
    const DayRead read = readDay(filesConfig(folder.path()), "2022-06-13");
    QCOMPARE(read.errorText(), std::string("none"));
    QCOMPARE(read.rows.size(), std::size_t{200'000});
    for (std::size_t i : {1, 2, 3, 4097, 130'001, 200'000}) {
        const std::string number = std::to_string(i);
        const std::string value = i % 3 > 0 ? number : "-";
        QCOMPARE(read.rows[i - 1], number + ":unit" + number + ",m," + value);
    }
}

void TestFilesSource::parquetTypes()
{
    const Folder folder;
    writeParquet(folder, "metrics/a.parquet",
                 "SELECT uuid AS unit_id, blob AS id_type, ts AS date, 'm'::VARCHAR AS metric_name,"
                 " d AS metric_value, h AS numerator, f AS denominator, tz AS timeuuid FROM (SELECT"
                 " '6ba7b810-9dad-11d1-80b4-00c04fd430c8'::UUID AS uuid, 'a'::BLOB AS blob,"
                 " TIMESTAMP '2022-06-13 10:00:00' AS ts, 12.70::DECIMAL(9,2) AS d,"
                 " 18446744073709551615::UBIGINT AS h, 'nan'::DOUBLE AS f,"
                 " TIMESTAMPTZ '2022-06-13 10:00:00+00' AS tz)");
    const DayRead read = readDay(filesConfig(folder.path()), "2022-06-13", {0, 1, 2, 4, 5, 6});
    QCOMPARE(read.text(),
             std::string("1:6ba7b810-9dad-11d1-80b4-00c04fd430c8,a,2022-06-13T10:00:00,"
                         "12.70,18446744073709551615,nan"));
}

void TestFilesSource::damagedParquet_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<std::string>("error");
    QTest::newRow("empty") << 0 << std::string("source.empty");
    QTest::newRow("cut") << 1 << std::string("source.truncated");
    QTest::newRow("text") << 2 << std::string("source.format");
    QTest::newRow("a broken footer") << 3 << std::string("source.damaged");
}

void TestFilesSource::damagedParquet()
{
    QFETCH(int, kind);
    QFETCH(std::string, error);
    const Folder folder;
    writeParquet(folder, "a.parquet",
                 "SELECT 'u' AS unit_id, i AS metric_value FROM range(1000) t(i)");
    std::ifstream in(folder.path("a.parquet"), std::ios::binary);
    std::string bytes(std::istreambuf_iterator<char>(in), {});
    if (kind == 0)
        bytes.clear();
    else if (kind == 1)
        bytes.resize(bytes.size() * 7 / 10);
    else if (kind == 2)
        bytes = kHeader;
    else
        std::fill(bytes.end() - 100, bytes.end() - 8, '\x5A');
    folder.write("metrics/2022-06-13/a.parquet", bytes);
    QCOMPARE(readDay(filesConfig(folder.path()), "2022-06-13").errorText(), error);
}

void TestFilesSource::signalFiles_data()
{
    QTest::addColumn<std::string>("name");
    QTest::addColumn<std::string>("content");
    QTest::addColumn<std::string>("outcome");
    const auto line = [](const char* name, std::string file, std::string content,
                         std::string outcome) {
        QTest::newRow(name) << std::move(file) << std::move(content) << std::move(outcome);
    };
    line("rows", "signals/a.csv", "finished_date\n2022-06-14\n2022-06-13\n2022-06-14\n",
         "2022-06-13 2022-06-14");
    line("without a last line end", "signals/a.csv", "finished_date\n2022-06-14", "2022-06-14");
    line("beside the data", "signals.csv", "finished_date\n2022-06-14\n", "2022-06-14");
    line("JSON lines", "signals/a.jsonl", "{\"finished_date\":\"2022-06-14\"}\n", "2022-06-14");
    line("another column beside", "signals/a.csv", "by,Finished_Date\nx,2022-06-14\n",
         "2022-06-14");
    line("a marker", "signals/2022-06-14", "", "2022-06-14");
    line("a marker of no day", "signals/2022-02-30", "", "signal.invalid");
    line("Spark's mark", "signals/_SUCCESS", "", "");
    line("a file of another kind", "signals/readme.md", "x", "source.file_skipped");
    line("no day", "signals/a.csv", "finished_date\nsoon\n2022-06-14\n",
         "2022-06-14 signal.invalid");
    line("a file that has none yet", "signals/a.csv", "", "");
    line("no such column", "signals/a.csv", "day\n2022-06-14\n", "schema.signal_missing");
    line("none", "other.txt", "", "schema.signal_missing");
}

void TestFilesSource::signalFiles()
{
    QFETCH(std::string, name);
    QFETCH(std::string, content);
    QFETCH(std::string, outcome);
    const Folder folder;
    folder.write("metrics/2022-06-13/a.csv", kHeader + row("u1"));
    folder.write(name, content);
    SourceConfig config = filesConfig(folder.path());
    QCOMPARE(signalText(config), outcome);
    QVERIFY((*makeSource(config))->detectFormat({}).has_value());
    config.signalTable = name;
    if (name.starts_with("signals/a"))
        QCOMPARE(signalText(config), outcome);
}

void TestFilesSource::countDay()
{
    const Folder folder;
    folder.write("metrics/a.csv",
                 kHeader + row("u1") + row("u2", "2022-06-14") + row("u3") + "x\n");
    folder.write("metrics/b.csv", kHeader + row("u4") + row("u5", "soon"));
    SourceConfig config = filesConfig(folder.path());
    config.format = *(*makeSource(config))->detectFormat({});
    const auto source = makeSource(config);
    QCOMPARE(*(*source)->countDay(*parseDay("2022-06-13"), {}), std::uint64_t{3});
    QCOMPARE(*(*source)->countDay(*parseDay("2022-06-15"), {}), std::uint64_t{0});
}

void TestFilesSource::stop()
{
    const Folder folder;
    folder.write("metrics/2022-06-13/a.csv", kHeader + row("u1"));
    const SourceConfig config = filesConfig(folder.path());
    const auto source = makeSource(config);
    const auto schema = mapColumns(dataset(config.dataset), (*source)->describe({})->columns, {});
    const auto reader = (*source)->openDay(*parseDay("2022-06-13"), schema.mapping, {});
    std::stop_source stop;
    stop.request_stop();
    Batch batch;
    const auto more = (*reader)->read(batch, stop.get_token());
    QVERIFY(!more);
    QCOMPARE(errorName(more.error().code), std::string_view("run.cancelled"));
}

/// In a child, since root may read anything.
void TestFilesSource::permission()
{
    const Folder folder;
    folder.write("metrics/2022-06-13/a.csv", kHeader + row("u1"));
    std::filesystem::permissions(folder.path("metrics/2022-06-13/a.csv"),
                                 std::filesystem::perms::none);
    const pid_t child = ::fork();
    if (child == 0) {
        const bool isRoot = ::geteuid() == 0;
        if (isRoot && (::chmod(folder.path().c_str(), 0755) != 0 || ::setuid(65534) != 0))
            ::_exit(2);
        const DayRead read = readDay(filesConfig(folder.path()), "2022-06-13");
        ::_exit(read.errorText() == "source.permission" ? 0 : 1);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    QCOMPARE(WEXITSTATUS(status), 0);
}

void TestFilesSource::connectionTest()
{
    const Folder folder;
    folder.write("metrics/2022-06-13/a.csv", kHeader + row("u1"));
    folder.write("signals/2022-06-13", "");
    std::string names;
    for (const TestStep& step : (*makeSource(filesConfig(folder.path())))->test({}))
        names += step.name + (step.ok ? step.warning ? "?" : "" : "!") + "; ";
    QCOMPARE(names, std::string("open the folder; find the files; read one row; find the columns; "
                                "find the signals; "));
    const auto steps = (*makeSource(filesConfig(folder.path("nowhere"))))->test({});
    QCOMPARE(steps.size(), std::size_t{1});
    QVERIFY(!steps.front().ok && !steps.front().hint.empty());
}

void TestFilesSource::settings_data()
{
    QTest::addColumn<std::string>("key");
    QTest::addColumn<std::string>("value");
    const auto line = [](std::string key, std::string value) {
        QTest::newRow((key + "=" + value).c_str()) << key << value;
    };
    line("delimiter", "::");
    line("delimiter", "");
    line("quote", ",");
    line("final_newline", "maybe");
    line("header", "no");
    line("date_format", "sometimes");
    line("signal_date_format", "x");
}

void TestFilesSource::settings()
{
    QFETCH(std::string, key);
    QFETCH(std::string, value);
    SourceConfig config = filesConfig("/tmp");
    config.format[key] = value;
    const auto source = makeSource(config);
    QVERIFY(!source);
    QCOMPARE(errorName(source.error().code), std::string_view("source.invalid"));
}

DAYMARK_DECODING_TEST_MAIN(TestFilesSource)
#include "tst_files_source.moc"
