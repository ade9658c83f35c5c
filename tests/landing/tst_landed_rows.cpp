// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Landed rows, read back and exported.

#include "tests/landing/landing_bench.h"

#include <QTest>

#include <fstream>
#include <sstream>

using namespace daymark;
using namespace daymark::landing;

namespace fs = std::filesystem;

namespace {

std::string textOf(const fs::path& file)
{
    std::ostringstream text;
    text << std::ifstream(file).rdbuf();
    return text.str();
}

/// One value of a query on a file, as text.
std::string valueOf(const fs::path& file, const std::string& select)
{
    DuckOptions options;
    options.files = {file};
    auto database = DuckDatabase::open(options);
    auto connection = database->connect();
    auto result = connection->query(select + " FROM " + quotedFile(file));
    if (!result || !result->next())
        return "nothing";
    return result->column(0).format(0);
}

/// Lands one row with texts that a spreadsheet would take for formulas.
ExpectedDay landFormulas(LandingBench& bench)
{
    auto staging = bench.landing.stage({1}, placeOf(13));
    DuckOptions options;
    options.files = {staging->file};
    auto database = DuckDatabase::open(options);
    auto connection = database->connect();
    const Status written = connection->execute(
        "COPY (SELECT u AS unit_id, 'user_id' AS id_type, '@m' AS metric_name, "
        "-1.5::DOUBLE AS metric_value, NULL::DOUBLE AS numerator, NULL::DOUBLE AS denominator "
        "FROM (VALUES ('=1+1'), ('+1'), ('-1'), ('@x'), (chr(9) || 'x'), ('a=b'), ('say \"hi\"')) "
        "t (u)) TO " +
        quotedText(staging->file.string()) + " (FORMAT parquet)");
    if (!written)
        qFatal("%s", written.error().message.c_str());
    const auto files = bench.landing.seal(*staging, 7, {});
    if (!files || !bench.landing.publish(*staging))
        qFatal("The day could not be landed.");
    return {placeOf(13), {1}, *files};
}

} // namespace

class tst_LandedRows : public QObject
{
    Q_OBJECT

private slots:
    void comeInTheOrderOfTheFile();
    void canBeOfOneMetric();
    void ofADamagedFileAreNotShown();
    void everyTurnedBitIsFound();
    void exportAsCsv();
    void exportAsParquet();
    void textsAreNotFormulas();
    void exportNeverTearsTheTarget();
    void exportRefusesWhatItCannotDo();
};

void tst_LandedRows::comeInTheOrderOfTheFile()
{
    LandingBench bench;
    const ExpectedDay day = bench.land(1, 13, 10'000);
    const auto rows = bench.landing.rows(day, {std::nullopt, 9000}, {});
    QCOMPARE(outcome(rows), "ok");
    QCOMPARE(rows->size(), std::size_t{9000});
    for (std::size_t i = 0; i < rows->size(); ++i)
        QCOMPARE(rows->at(i).unitId, "u" + std::to_string(i));
    QCOMPARE(rows->at(8).value, std::optional(8.0));
    QVERIFY(!rows->at(8).numerator && !rows->at(9).value);
    QCOMPARE(rows->at(9).numerator, std::optional(1.5));
    QCOMPARE(rows->at(9).denominator, std::optional(0.1));
    QCOMPARE(bench.landing.rows(bench.land(2, 14, 0), {}, {})->size(), std::size_t{0});
}

void tst_LandedRows::canBeOfOneMetric()
{
    LandingBench bench;
    const ExpectedDay day = bench.land(1, 13, 10'000);
    const auto rows = bench.landing.rows(day, {"visits", 3}, {});
    QCOMPARE(rows->size(), std::size_t{3});
    QCOMPARE(rows->at(2).unitId, "u5");
    QVERIFY(bench.landing.rows(day, {"x' OR 'a'='a", 3}, {})->empty());
}

void tst_LandedRows::ofADamagedFileAreNotShown()
{
    LandingBench bench;
    const ExpectedDay day = bench.land(1, 13, 10'000);
    const fs::path file = bench.workspace / day.files[0].path;
    fs::resize_file(file, 1000);
    QCOMPARE(outcome(bench.landing.rows(day, {}, {})), "storage.damaged");
    QCOMPARE(outcome(bench.landing.exportDays(std::vector{day}, bench.workspace / "x.csv", {})),
             "storage.damaged");
    std::ofstream(file) << std::string(day.files[0].bytes, 'x');
    QCOMPARE(outcome(bench.landing.rows(day, {}, {})), "storage.damaged");
    fs::remove(file);
    QCOMPARE(outcome(bench.landing.rows(day, {}, {})), "storage.damaged");
}

void tst_LandedRows::everyTurnedBitIsFound()
{
    LandingBench bench;
    const ExpectedDay day = bench.land(1, 13, 300);
    const fs::path file = bench.workspace / day.files[0].path;
    const std::string whole = textOf(file);
    for (std::size_t at = 0; at < whole.size(); at += 1 + whole.size() / 200) {
        std::string turned = whole;
        turned[at] = static_cast<char>(turned[at] ^ 1 << (at % 8));
        std::ofstream(file) << turned;
        QCOMPARE(outcome(bench.landing.rows(day, {}, {})), "storage.damaged");
        QVERIFY(!bench.landing.damageOf(day, {})->empty());
    }
    std::ofstream(file) << whole;
    QCOMPARE(outcome(bench.landing.rows(day, {}, {})), "ok");
    QVERIFY(bench.landing.damageOf(day, {})->empty());
}

void tst_LandedRows::exportAsCsv()
{
    LandingBench bench;
    const std::vector<ExpectedDay> days = {bench.land(1, 13, 2), bench.land(2, 14, 11)};
    const fs::path target = bench.workspace / "out [1].CSV";
    QCOMPARE(*bench.landing.exportDays(days, target, {}), std::uint64_t{13});
    std::istringstream lines(textOf(target));
    std::vector<std::string> read;
    for (std::string line; std::getline(lines, line);)
        read.push_back(line);
    QCOMPARE(read.size(), std::size_t{14});
    QCOMPARE(read[0], "date,unit_id,id_type,metric_name,metric_value,numerator,denominator");
    QCOMPARE(read[1], "2022-06-13,u0,user_id,revenue,0.0,,");
    QCOMPARE(read[3], "2022-06-14,u0,user_id,revenue,0.0,,");
    QCOMPARE(read[12], "2022-06-14,u9,user_id,visits,,1.5,0.1");
}

void tst_LandedRows::exportAsParquet()
{
    LandingBench bench;
    const std::vector<ExpectedDay> days = {bench.land(1, 13, 4000), bench.land(2, 14, 100)};
    const fs::path target = bench.workspace / "out.parquet";
    QCOMPARE(*bench.landing.exportDays(days, target, {}), std::uint64_t{4100});
    QCOMPARE(valueOf(target, "SELECT count(*)"), "4100");
    QCOMPARE(valueOf(target, "SELECT typeof(\"date\")"), "DATE");
    QCOMPARE(valueOf(target, "SELECT count(*) FILTER (\"date\" = DATE '2022-06-13')"), "4000");
    QCOMPARE(valueOf(target, "SELECT sum(denominator) IS NOT NULL"), "true");
}

void tst_LandedRows::textsAreNotFormulas()
{
    LandingBench bench;
    const ExpectedDay day = landFormulas(bench);
    const fs::path target = bench.workspace / "out.csv";
    QVERIFY(bench.landing.exportDays(std::vector{day}, target, {}));
    const std::string text = textOf(target);
    for (const char* cell : {",'=1+1,", ",'+1,", ",'-1,", ",'@x,", ",a=b,", ",\"say \"\"hi\"\"\",",
                             ",'\tx,", ",'@m,-1.5,"}) {
        QVERIFY2(text.find(cell) != std::string::npos, cell);
    }
    const fs::path exact = bench.workspace / "out.parquet";
    QVERIFY(bench.landing.exportDays(std::vector{day}, exact, {}));
    QCOMPARE(valueOf(exact, "SELECT min(unit_id)"), "\tx");
    QCOMPARE(valueOf(exact, "SELECT count(*) FILTER (unit_id = '=1+1')"), "1");
}

void tst_LandedRows::exportNeverTearsTheTarget()
{
    LandingBench bench;
    const std::vector<ExpectedDay> days = {bench.land(1, 13, 4000)};
    const fs::path target = bench.workspace / "out.csv";
    std::ofstream(target) << "older";
    std::stop_source stop;
    stop.request_stop();
    QCOMPARE(outcome(bench.landing.exportDays(days, target, stop.get_token())), "run.cancelled");
    QCOMPARE(textOf(target), "older");
    auto tampered = days;
    tampered[0].files[0].rows = 3999;
    QCOMPARE(outcome(bench.landing.exportDays(tampered, target, {})), "storage.damaged");
    QCOMPARE(textOf(target), "older");
    QVERIFY(bench.landing.exportDays(days, target, {}));
    QVERIFY(textOf(target).starts_with("date,"));
    for (const auto& entry : fs::directory_iterator(bench.workspace))
        QVERIFY(!entry.path().filename().string().starts_with("."));
}

void tst_LandedRows::exportRefusesWhatItCannotDo()
{
    LandingBench bench;
    const std::vector<ExpectedDay> days = {bench.land(1, 13, 10)};
    const auto exported = [&](const fs::path& target) {
        return outcome(bench.landing.exportDays(days, target, {}));
    };
    QCOMPARE(exported(bench.workspace / "out.xlsx"), "usage.invalid");
    QCOMPARE(exported(bench.workspace / "out"), "usage.invalid");
    QCOMPARE(exported(bench.workspace / "no such folder/out.csv"), "usage.invalid");
    QCOMPARE(exported(bench.workspace / "landing/out.csv"), "usage.invalid");
    QCOMPARE(exported(bench.workspace / "landing/metrics/../out.parquet"), "usage.invalid");
    fs::create_directory(bench.workspace / "folder.csv");
    QCOMPARE(exported(bench.workspace / "folder.csv"), "usage.invalid");
    QCOMPARE(outcome(bench.landing.exportDays({}, bench.workspace / "out.csv", {})), "day.state");
}

QTEST_APPLESS_MAIN(tst_LandedRows)
#include "tst_landed_rows.moc"
