// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later

// A day's way into the landing, and what a check says of it.

#include "tests/landing/landing_bench.h"

#include "core/base/file.h"

#include <QTest>

#include <fstream>
#include <sys/stat.h>

using namespace daymark;
using namespace daymark::landing;

namespace fs = std::filesystem;

namespace {

unsigned modeOf(const fs::path& path)
{
    struct stat status = {};
    return ::stat(path.c_str(), &status) == 0 ? status.st_mode & 0777U : 0;
}

void flipBit(const fs::path& file, std::streamoff offset)
{
    std::fstream stream(file, std::ios::in | std::ios::out | std::ios::binary);
    stream.seekg(offset);
    const char byte = static_cast<char>(stream.get() ^ 0x10);
    stream.seekp(offset);
    stream.put(byte);
}

/// All files of the workspace, by path, in one line.
std::string filesIn(const fs::path& workspace)
{
    std::vector<std::string> paths;
    for (const auto& entry : fs::recursive_directory_iterator(workspace)) {
        if (entry.is_regular_file())
            paths.push_back(entry.path().lexically_relative(workspace).string());
    }
    std::sort(paths.begin(), paths.end());
    std::string out;
    for (const std::string& path : paths)
        out += (out.empty() ? "" : " ") + path;
    return out;
}

} // namespace

class tst_Landing : public QObject
{
    Q_OBJECT

private slots:
    void aDayLandsUnderItsHiveFolder();
    void namesBecomeSafeFolders_data();
    void namesBecomeSafeFolders();
    void sealingRefusesWhatWasNotWritten();
    void publishingNeverReplaces();
    void retractsItsOwnOnly();
    void recoversFromNothing();
    void recoversByTheLedgersWord();
    void removesASource();
    void checkFindsWhatIsWrong();
    void checkFindsEveryFlippedBit();
    void checkNamesOrphansAndLeftovers();
    void checkLeavesLiveRunsAlone();
    void checkCanBeCancelled();
};

void tst_Landing::aDayLandsUnderItsHiveFolder()
{
    LandingBench bench;
    const ExpectedDay day = bench.land(12, 13, 100);
    QCOMPARE(filesIn(bench.workspace),
             "landing/metrics/source=shop/day=2022-06-13/run-000012.parquet");
    QCOMPARE(day.files.size(), std::size_t{1});
    const LandedFile& file = day.files.front();
    QCOMPARE(file.path, filesIn(bench.workspace));
    QCOMPARE(file.rows, std::uint64_t{100});
    const auto digest = digestFile(bench.workspace / file.path);
    QCOMPARE(digest->bytes, file.bytes);
    QCOMPARE(digest->sha256, file.sha256);
    QCOMPARE(modeOf(bench.workspace / file.path), 0600U);
    for (const char* folder : {"landing", "landing/metrics", "landing/metrics/source=shop",
                               "landing/metrics/source=shop/day=2022-06-13", "staging"}) {
        QCOMPARE(modeOf(bench.workspace / folder), 0700U);
    }
    QVERIFY(bench.landing.carries(placeOf(13), {12}));
    QVERIFY(!bench.landing.carries(placeOf(13), {1}));
    QVERIFY(!bench.landing.carries(placeOf(14), {12}));
    QCOMPARE(bench.check({day}, true), "");
    const ExpectedDay empty = bench.land(13, 14, 0);
    QCOMPARE(bench.check({day, empty}, true), "");
}

void tst_Landing::namesBecomeSafeFolders_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::newRow("plain") << QByteArray("shop");
    QTest::newRow("a path") << QByteArray("../../etc/passwd");
    QTest::newRow("dots") << QByteArray("..");
    QTest::newRow("a pattern") << QByteArray("a*[b]?{c}");
    QTest::newRow("quotes") << QByteArray("it's \"mine\"");
    QTest::newRow("not ASCII") << QByteArray("Läden");
    QTest::newRow("long") << QByteArray("ä").repeated(40);
    QTest::newRow("an equals sign") << QByteArray("day=2022-01-01");
}

void tst_Landing::namesBecomeSafeFolders()
{
    QFETCH(QByteArray, name);
    LandingBench bench;
    const std::string source = name.toStdString();
    const ExpectedDay day = bench.land(1, 13, 20, source);
    QCOMPARE(bench.check({day}, true), "");
    QCOMPARE(std::distance(fs::directory_iterator(bench.workspace / "landing/metrics"), {}), 1);
    QCOMPARE(bench.landing.rows(day, {}, {})->size(), std::size_t{20});
    fs::remove(bench.workspace / day.files.front().path);
    const auto report = bench.landing.check({}, false, {});
    QCOMPARE(report->faults.front().source, source);
    QCOMPARE(report->faults.front().day, std::optional(dayOf(13)));
}

void tst_Landing::sealingRefusesWhatWasNotWritten()
{
    LandingBench bench;
    auto staging = bench.landing.stage({1}, placeOf(13));
    QCOMPARE(outcome(bench.landing.seal(*staging, 0, {})), "storage.damaged");
    QVERIFY(writeRows(staging->file, 100));
    QCOMPARE(outcome(bench.landing.seal(*staging, 101, {})), "storage.damaged");
    std::stop_source stop;
    stop.request_stop();
    QCOMPARE(outcome(bench.landing.seal(*staging, 100, stop.get_token())), "run.cancelled");
    QCOMPARE(outcome(bench.landing.seal(*staging, 100, {})), "ok");
    std::ofstream(staging->folder / "stranger.parquet") << "x";
    QCOMPARE(outcome(bench.landing.seal(*staging, 100, {})), "storage.damaged");
    fs::remove(staging->folder / "stranger.parquet");
    fs::resize_file(staging->file, fs::file_size(staging->file) - 1);
    QCOMPARE(outcome(bench.landing.seal(*staging, 100, {})), "storage.damaged");
    staging = bench.landing.stage({1}, placeOf(13));
    QVERIFY(fs::is_empty(staging->folder));
}

void tst_Landing::publishingNeverReplaces()
{
    LandingBench bench;
    const ExpectedDay first = bench.land(1, 13, 50);
    QVERIFY(bench.seal(2, 13, 60).has_value());
    QCOMPARE(outcome(bench.landing.publish(bench.lastStaging)), "day.state");
    QCOMPARE(bench.check({first}, true), "leftover");
    QVERIFY(bench.landing.dropStaging({2}));
    QVERIFY(bench.landing.dropStaging({2}));
    QCOMPARE(bench.check({first}, true), "");
}

void tst_Landing::retractsItsOwnOnly()
{
    LandingBench bench;
    const ExpectedDay day = bench.land(1, 13);
    QVERIFY(bench.landing.retract(placeOf(13), {2}));
    QCOMPARE(bench.check({day}), "");
    QVERIFY(bench.landing.retract(placeOf(13), {1}));
    QCOMPARE(filesIn(bench.workspace), "");
    QCOMPARE(bench.check({}), "");
}

void tst_Landing::recoversFromNothing()
{
    LandingBench bench;
    const auto recovery = bench.landing.recover({});
    QVERIFY(recovery->published.empty() && recovery->unpublished.empty());
    QVERIFY(recovery->dropped.empty());
    QCOMPARE(filesIn(bench.workspace), "");
}

void tst_Landing::recoversByTheLedgersWord()
{
    LandingBench bench;
    const ExpectedDay done = bench.land(1, 12);
    const ExpectedDay moved = bench.land(2, 13);
    const ExpectedDay torn = bench.land(3, 13, 100, "other");
    QVERIFY(bench.seal(4, 13, 10, "third").has_value());
    fs::resize_file(bench.workspace / torn.files.front().path, 10);
    const std::vector<LiveRun> live = {{{2}, moved.place, true, moved.files},
                                       {{3}, torn.place, true, torn.files},
                                       {{4}, placeOf(13, "third"), true, {}},
                                       {{5}, placeOf(13, "fourth"), false, {}}};
    const auto recovery = bench.landing.recover(live);
    QCOMPARE(outcome(recovery), "ok");
    QVERIFY(recovery->published == std::vector<RunId>{{2}});
    QVERIFY((recovery->unpublished == std::vector<RunId>{{3}, {4}, {5}}));
    QVERIFY(recovery->dropped == std::vector<std::string>{"staging/run-000004"});
    QCOMPARE(bench.check({done, moved}, true), "");
    const auto again = bench.landing.recover({});
    QVERIFY(again->dropped.empty());
}

void tst_Landing::removesASource()
{
    LandingBench bench;
    bench.land(1, 13);
    bench.land(2, 14);
    const ExpectedDay other = bench.land(3, 13, 10, "shop2");
    QVERIFY(bench.landing.removeSource(DatasetKind::Metrics, "shop"));
    QVERIFY(bench.landing.removeSource(DatasetKind::Metrics, "shop"));
    QCOMPARE(bench.check({other}, true), "");
}

void tst_Landing::checkFindsWhatIsWrong()
{
    LandingBench bench;
    std::vector<ExpectedDay> days;
    for (int day = 11; day <= 16; ++day)
        days.push_back(bench.land(day, day, 5000));
    const auto pathOf = [&](std::size_t day) { return bench.workspace / days[day].files[0].path; };
    QCOMPARE(bench.check(days, true), "");
    fs::remove(pathOf(0));
    fs::resize_file(pathOf(1), fs::file_size(pathOf(1)) / 2);
    flipBit(pathOf(2), static_cast<std::streamoff>(fs::file_size(pathOf(2))) - 20);
    flipBit(pathOf(3), 1000);
    days[4].files[0].rows = 4999;
    QCOMPARE(bench.check(days, true), "file.missing file.size file.hash file.hash file.rows");
    const auto report = bench.landing.check({days, {}, {}}, true, {});
    QCOMPARE(report->days, std::uint64_t{6});
    QCOMPARE(report->files, std::uint64_t{6});
    QCOMPARE(report->faults.front().path, days[0].files[0].path);
    QCOMPARE(report->faults.front().day, std::optional(dayOf(11)));
    QCOMPARE(report->faults.front().source, "shop");
    fs::resize_file(pathOf(5), 0);
    std::ofstream(pathOf(5)) << std::string(days[5].files[0].bytes, 'x');
    QVERIFY(bench.check(days).ends_with("file.unreadable"));
    fs::remove(pathOf(5));
    fs::create_symlink(pathOf(4), pathOf(5));
    QVERIFY(bench.check(days).ends_with("file.missing"));
}

void tst_Landing::checkFindsEveryFlippedBit()
{
    LandingBench bench;
    const ExpectedDay day = bench.land(1, 13, 300);
    const fs::path file = bench.workspace / day.files[0].path;
    const auto size = static_cast<std::streamoff>(day.files[0].bytes);
    for (std::streamoff offset = 0; offset < size; offset += size / 15 + 1) {
        flipBit(file, offset);
        QCOMPARE(bench.check({day}, true), "file.hash");
        flipBit(file, offset);
    }
    QCOMPARE(bench.check({day}, true), "");
}

void tst_Landing::checkNamesOrphansAndLeftovers()
{
    LandingBench bench;
    const ExpectedDay day = bench.land(1, 13);
    bench.land(2, 14);
    fs::create_directories(bench.workspace / "staging/run-000009/data");
    std::ofstream(bench.workspace / "landing/notes.txt") << "x";
    std::ofstream(bench.workspace / day.files[0].path).close();
    std::ofstream((bench.workspace / day.files[0].path).parent_path() / "copy.parquet") << "x";
    const auto report = bench.landing.check({{day}, {}, {}}, false, {});
    std::string found;
    for (const CheckFault& fault : report->faults)
        found += fault.code + ":" + fault.path + (fault.fault ? "\n" : " (harmless)\n");
    QCOMPARE(found, "orphan:landing/metrics/source=shop/day=2022-06-13/copy.parquet\n"
                    "file.size:landing/metrics/source=shop/day=2022-06-13/run-000001.parquet\n"
                    "orphan:landing/metrics/source=shop/day=2022-06-14\n"
                    "orphan:landing/notes.txt\n"
                    "leftover:staging/run-000009 (harmless)\n");
}

void tst_Landing::checkLeavesLiveRunsAlone()
{
    LandingBench bench;
    const ExpectedDay moving = bench.land(1, 13);
    QVERIFY(bench.seal(2, 13, 10, "other").has_value());
    const std::vector<LiveRun> live = {{{1}, moving.place, true, moving.files},
                                       {{2}, placeOf(13, "other"), false, {}}};
    QCOMPARE(bench.check({}, false, live), "");
    QCOMPARE(bench.check({}), "orphan leftover");
}

void tst_Landing::checkCanBeCancelled()
{
    LandingBench bench;
    const ExpectedDay day = bench.land(1, 13);
    std::stop_source stop;
    stop.request_stop();
    QCOMPARE(outcome(bench.landing.check({{day}, {}, {}}, true, stop.get_token())),
             "run.cancelled");
}

QTEST_APPLESS_MAIN(tst_Landing)
#include "tst_landing.moc"
