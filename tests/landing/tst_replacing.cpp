// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later

// A landed day is replaced, and gone back from; killed and failed at every step, it is as it was or
// as it was to be, and whatever was current is kept.

#include "tests/landing/landing_bench.h"

#include "core/base/fault.h"
#include "core/base/file.h"

#include <QTest>

#include <csignal>
#include <cstdlib>
#include <fstream>
#include <sys/wait.h>
#include <unistd.h>

using namespace daymark;
using namespace daymark::landing;

namespace fs = std::filesystem;

namespace {

constexpr const char* kWord = "committing"; ///< the file: bytes, SHA-256 and path of the new file

/// The re-import of day 13 by run 2, as the other process takes it. 0 where it got through.
int replaceDay(const fs::path& workspace, const ExpectedDay& old)
{
    ParquetLanding landing(workspace);
    auto staging = landing.stage({2}, placeOf(13));
    if (!staging || !writeRows(staging->file, 500))
        return 2;
    const auto files = landing.seal(*staging, 500, {});
    if (!files || !landing.keepVersion(old))
        return 3;
    const LandedFile& file = files->front();
    if (!writeFileDurably(workspace / kWord,
                          std::to_string(file.bytes) + " " + file.sha256 + " " + file.path))
        return 4;
    if (!faultPoint("after_committing"))
        return 5;
    return landing.replace(*staging) ? 0 : 6;
}

ExpectedDay oldDay(const fs::path& workspace)
{
    ExpectedDay day{placeOf(13), {1}, {}};
    const fs::path below = "landing/metrics/source=shop/day=2022-06-13/run-000001.parquet";
    const auto digest = digestFile(workspace / below);
    if (digest)
        day.files = {{below.string(), digest->bytes, digest->sha256, 100}};
    return day;
}

int runReplace(const fs::path& workspace, const std::string& fault)
{
    const pid_t child = ::fork();
    if (child == 0) {
        ::setenv("DAYMARK_FAULT", fault.c_str(), 1);
        ::execl("/proc/self/exe", "tst_replacing", workspace.c_str(), nullptr);
        ::_exit(99);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    return status;
}

/// Run 2 as its word tells of it.
LiveRun liveRun(const fs::path& workspace)
{
    LiveRun live{{2}, placeOf(13), false, {}, RunId{1}};
    std::ifstream word(workspace / kWord);
    LandedFile file;
    if (word >> file.bytes >> file.sha256 >> file.path) {
        file.rows = 500;
        live.committing = true;
        live.files = {file};
    }
    return live;
}

std::uint64_t rowsOf(LandingBench& bench, const ExpectedDay& day)
{
    const auto rows = bench.landing.rows(day, {{}, 100'000}, {});
    return rows ? rows->size() : 0;
}

} // namespace

class tst_Replacing : public QObject
{
    Q_OBJECT

private slots:
    void aDayIsReplacedAndKept();
    void aKeptVersionComesBack();
    void aDamagedVersionDoesNotComeBack();
    void aLostDayIsReplacedWithoutAVersion();
    void readersFindTheCurrentVersionMeanwhile();
    void comparesRowByRow();
    void checksVersions();
    void removesASourceWithItsVersions();
    void everyStep_data();
    void everyStep();
    void aTornReplacementIsPutBack();
};

void tst_Replacing::aDayIsReplacedAndKept()
{
    LandingBench bench;
    const ExpectedDay old = bench.land(1, 13, 100);
    const ExpectedDay next = bench.land(5, 14, 10);
    const auto fresh = bench.seal(2, 13, 60);
    QCOMPARE(outcome(bench.landing.publish(bench.lastStaging)), "day.state");
    const auto kept = bench.landing.keepVersion(old);
    QCOMPARE(kept->size(), std::size_t{1});
    QCOMPARE(kept->front().path,
             "history/metrics/source=shop/day=2022-06-13/run-000001/run-000001.parquet");
    QCOMPARE(bench.check({old, next}, true, {{{2}, placeOf(13), true, fresh->files, RunId{1}}}),
             "");
    QCOMPARE(outcome(bench.landing.replace(bench.lastStaging)), "ok");
    QVERIFY(bench.landing.carries(placeOf(13), {2}) && !bench.landing.carries(placeOf(13), {1}));
    QCOMPARE(outcome(bench.landing.dropStaging({2})), "ok");
    QCOMPARE(bench.check({*fresh, next}, true, {}, {{placeOf(13), {1}, *kept}}), "");
    QCOMPARE(bench.landing.keptFiles(old), *kept);
    QCOMPARE(bench.landing.placedFiles({placeOf(13), {1}, *kept}), old.files);
    QCOMPARE(bench.landing.versions().size(), std::size_t{1});
}

void tst_Replacing::aKeptVersionComesBack()
{
    LandingBench bench;
    const ExpectedDay old = bench.land(1, 13, 100);
    const auto fresh = bench.seal(2, 13, 60);
    const auto kept = bench.landing.keepVersion(old);
    QCOMPARE(outcome(bench.landing.replace(bench.lastStaging)), "ok");
    QCOMPARE(outcome(bench.landing.dropStaging({2})), "ok");
    const auto staging = bench.landing.stageVersion({placeOf(13), {1}, *kept}, {});
    QCOMPARE(outcome(staging), "ok");
    const auto second = bench.landing.keepVersion(*fresh);
    QCOMPARE(outcome(bench.landing.replace(*staging)), "ok");
    QCOMPARE(outcome(bench.landing.dropStaging({1})), "ok");
    QCOMPARE(outcome(bench.landing.dropVersion(placeOf(13), {1})), "ok");
    QCOMPARE(bench.check({old}, true, {}, {{placeOf(13), {2}, *second}}), "");
    QCOMPARE(outcome(bench.landing.dropVersion(placeOf(13), {2})), "ok");
    QVERIFY(bench.landing.versions().empty());
    QCOMPARE(bench.check({old}, true), "");
}

void tst_Replacing::aDamagedVersionDoesNotComeBack()
{
    LandingBench bench;
    const ExpectedDay old = bench.land(1, 13, 100);
    QVERIFY(bench.seal(2, 13, 60));
    auto kept = *bench.landing.keepVersion(old);
    QCOMPARE(outcome(bench.landing.replace(bench.lastStaging)), "ok");
    std::fstream file(bench.workspace / kept.front().path,
                      std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(50);
    file.put('?');
    file.close();
    QCOMPARE(outcome(bench.landing.stageVersion({placeOf(13), {1}, kept}, {})), "storage.damaged");
    fs::remove(bench.workspace / kept.front().path);
    QCOMPARE(outcome(bench.landing.stageVersion({placeOf(13), {1}, kept}, {})), "storage.damaged");
}

void tst_Replacing::aLostDayIsReplacedWithoutAVersion()
{
    LandingBench bench;
    const ExpectedDay old = bench.land(1, 13, 100);
    const auto fresh = bench.seal(2, 13, 60);
    fs::remove_all((bench.workspace / old.files.front().path).parent_path());
    QVERIFY(bench.landing.keepVersion(old)->empty());
    QCOMPARE(outcome(bench.landing.replace(bench.lastStaging)), "ok");
    QCOMPARE(outcome(bench.landing.dropStaging({2})), "ok");
    QCOMPARE(bench.check({*fresh}, true), "");
}

void tst_Replacing::readersFindTheCurrentVersionMeanwhile()
{
    LandingBench bench;
    const ExpectedDay old = bench.land(1, 13, 100);
    QVERIFY(bench.seal(2, 13, 60));
    QVERIFY(bench.landing.keepVersion(old));
    QCOMPARE(outcome(bench.landing.replace(bench.lastStaging)), "ok");
    // The ledger has not made run 2 current yet: run 1 is what people are shown.
    QCOMPARE(rowsOf(bench, old), 100U);
    const fs::path file = bench.workspace / "out.csv";
    QCOMPARE(bench.landing.exportDays(std::vector{old}, file, {}).value(), 100U);
    std::ifstream lines(file);
    std::string line;
    std::getline(lines, line);
    std::getline(lines, line);
    QVERIFY(line.starts_with("2022-06-13,u0,"));
}

void tst_Replacing::comparesRowByRow()
{
    LandingBench bench;
    const ExpectedDay old = bench.land(1, 13, 100);
    QVERIFY(bench.seal(2, 13, 100));
    QVERIFY(bench.landing.compare(old, bench.lastStaging, {}, {})->empty());
    QVERIFY(bench.seal(3, 13, 98));
    const auto fewer = bench.landing.compare(old, bench.lastStaging, {}, {});
    QCOMPARE(fewer->size(), std::size_t{2});
    QCOMPARE(fewer->at(0).metric, "revenue");
    QCOMPARE(fewer->at(0).removed, 1U);
    QCOMPARE(fewer->at(1).metric, "visits");
    QCOMPARE(fewer->at(1).added + fewer->at(1).changed, 0U);
    const std::vector<Group> one = {{"visits", "user_id"}};
    QCOMPARE(bench.landing.compare(old, bench.lastStaging, one, {})->size(), std::size_t{1});
    // Another number for one unit, and one unit more.
    auto staging = bench.landing.stage({4}, placeOf(13));
    DuckOptions options;
    options.files = {staging->file, bench.workspace / old.files.front().path};
    auto database = DuckDatabase::open(options);
    auto connection = database->connect();
    const std::string copy =
        "COPY (SELECT unit_id, id_type, metric_name, CASE unit_id WHEN 'u4' THEN 5 ELSE "
        "metric_value END AS metric_value, numerator, denominator FROM read_parquet(" +
        quotedFile(bench.workspace / old.files.front().path) +
        ") UNION ALL SELECT 'new', 'user_id', 'revenue', 1, NULL, NULL) TO " +
        quotedText(staging->file.string()) + " (FORMAT parquet)";
    QCOMPARE(outcome(connection->execute(copy)), "ok");
    const auto moved = bench.landing.compare(old, *staging, {}, {});
    QCOMPARE(moved->size(), std::size_t{1});
    QCOMPARE(moved->front().added, 1U);
    QCOMPARE(moved->front().removed, 0U);
    QCOMPARE(moved->front().changed, 1U);
    fs::remove(bench.workspace / old.files.front().path);
    QCOMPARE(outcome(bench.landing.compare(old, *staging, {}, {})), "storage.damaged");
}

void tst_Replacing::checksVersions()
{
    LandingBench bench;
    const ExpectedDay old = bench.land(1, 13, 100);
    const auto fresh = bench.seal(2, 13, 60);
    const auto kept = *bench.landing.keepVersion(old);
    const ExpectedDay version{placeOf(13), {1}, kept};
    QCOMPARE(outcome(bench.landing.replace(bench.lastStaging)), "ok");
    QCOMPARE(outcome(bench.landing.dropStaging({2})), "ok");
    QCOMPARE(bench.check({*fresh}, true), "orphan");
    const auto report = bench.landing.check({{*fresh}, {version}, {}}, true, {});
    QCOMPARE(report->versions, 1U);
    QCOMPARE(report->files, 1U);
    QVERIFY(report->faults.empty());
    fs::resize_file(bench.workspace / kept.front().path, 20);
    QCOMPARE(bench.check({*fresh}, false, {}, {version}), "file.size");
    fs::remove(bench.workspace / kept.front().path);
    QCOMPARE(bench.check({*fresh}, false, {}, {version}), "file.missing");
}

void tst_Replacing::removesASourceWithItsVersions()
{
    LandingBench bench;
    const ExpectedDay old = bench.land(1, 13, 100);
    const ExpectedDay other = bench.land(3, 13, 100, "other");
    QVERIFY(bench.landing.keepVersion(old));
    QCOMPARE(outcome(bench.landing.removeSource(DatasetKind::Metrics, "shop")), "ok");
    QVERIFY(bench.landing.versions().empty());
    QCOMPARE(bench.check({other}, true), "");
}

void tst_Replacing::everyStep_data()
{
    QTest::addColumn<QByteArray>("point");
    QTest::addColumn<QByteArray>("kind");
    QTest::addColumn<bool>("landed");
    for (const char* kind : {"kill", "eio", "enospc"}) {
        const bool killed = kind == std::string_view("kill");
        for (const char* point : {"staged", "sealed", "version_kept", "after_committing"})
            QTest::addRow("%s at %s", kind, point)
                << QByteArray(point) << QByteArray(kind) << false;
        for (const char* point : {"after_rename", "after_publish"})
            QTest::addRow("%s at %s", kind, point)
                << QByteArray(point) << QByteArray(kind) << killed;
    }
}

void tst_Replacing::everyStep()
{
    QFETCH(QByteArray, point);
    QFETCH(QByteArray, kind);
    QFETCH(bool, landed);
    LandingBench bench;
    const ExpectedDay old = bench.land(1, 13, 100);
    const int status = runReplace(bench.workspace, (point + ":1:" + kind).toStdString());
    if (kind == "kill")
        QVERIFY(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
    else
        QVERIFY(WIFEXITED(status) && WEXITSTATUS(status) > 1 && WEXITSTATUS(status) < 99);
    const LiveRun live = liveRun(bench.workspace);
    QCOMPARE(bench.landing.carries(placeOf(13), {2}), landed);
    QCOMPARE(rowsOf(bench, old), 100U);
    QCOMPARE(bench.check({old}, true, {live}), "");
    const auto recovery = bench.landing.recover(std::vector{live});
    QCOMPARE(recovery->published.size(), std::size_t{landed ? 1U : 0U});
    if (landed) {
        const auto kept = bench.landing.keptFiles(old);
        QCOMPARE(kept.size(), std::size_t{1});
        QCOMPARE(
            bench.check({{placeOf(13), {2}, live.files}}, true, {}, {{placeOf(13), {1}, kept}}),
            "");
    } else {
        QCOMPARE(bench.check({old}, true), "");
        QVERIFY(bench.landing.versions().empty());
    }
}

void tst_Replacing::aTornReplacementIsPutBack()
{
    LandingBench bench;
    const ExpectedDay old = bench.land(1, 13, 100);
    const auto fresh = bench.seal(2, 13, 60);
    QVERIFY(bench.landing.keepVersion(old));
    QCOMPARE(outcome(bench.landing.replace(bench.lastStaging)), "ok");
    QCOMPARE(outcome(bench.landing.dropStaging({2})), "ok");
    fs::resize_file(bench.workspace / fresh->files.front().path, 10);
    const LiveRun live{{2}, placeOf(13), true, fresh->files, RunId{1}};
    const auto recovery = bench.landing.recover(std::vector{live});
    QVERIFY(recovery->published.empty());
    QVERIFY(bench.landing.carries(placeOf(13), {1}));
    QCOMPARE(bench.check({old}, true), "");
    QVERIFY(bench.landing.versions().empty());
}

int main(int argc, char* argv[])
{
    if (argc == 2 && std::getenv("DAYMARK_FAULT"))
        return replaceDay(argv[1], oldDay(argv[1]));
    tst_Replacing test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_replacing.moc"
