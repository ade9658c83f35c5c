// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Kills the program at every step of a commit, and fails each step: after recovery the day is as it
// was or whole, and nothing else is in the landing. A small file stands for the ledger's word that
// the run is committing. The program that is killed is this one, started again.

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

constexpr const char* kWord =
    "committing"; ///< the file: bytes, SHA-256 and path of the landed file

/// The commit of run 2, day 14, as the other process takes it. 0 where it got through.
int commitDay(const fs::path& workspace)
{
    ParquetLanding landing(workspace);
    auto staging = landing.stage({2}, placeOf(14));
    if (!staging || !writeRows(staging->file, 500))
        return 2;
    const auto files = landing.seal(*staging, 500, {});
    if (!files)
        return 3;
    const LandedFile& file = files->front();
    if (!writeFileDurably(workspace / kWord,
                          std::to_string(file.bytes) + " " + file.sha256 + " " + file.path))
        return 4;
    if (!faultPoint("after_committing"))
        return 5;
    return landing.publish(*staging) ? 0 : 6;
}

int runCommit(const fs::path& workspace, const std::string& fault)
{
    const pid_t child = ::fork();
    if (child == 0) {
        ::setenv("DAYMARK_FAULT", fault.c_str(), 1);
        ::execl("/proc/self/exe", "tst_landing_crash", workspace.c_str(), nullptr);
        ::_exit(99);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    return status;
}

/// The day as the word tells of it, if the run got that far.
std::optional<ExpectedDay> committingDay(const fs::path& workspace)
{
    std::ifstream word(workspace / kWord);
    LandedFile file;
    if (!(word >> file.bytes >> file.sha256 >> file.path))
        return std::nullopt;
    file.rows = 500;
    return ExpectedDay{placeOf(14), {2}, {file}};
}

} // namespace

class tst_LandingCrash : public QObject
{
    Q_OBJECT

private slots:
    void everyStep_data();
    void everyStep();
    void atAnyMoment();
};

void tst_LandingCrash::everyStep_data()
{
    QTest::addColumn<QByteArray>("point");
    QTest::addColumn<QByteArray>("kind");
    QTest::addColumn<bool>("landed");
    for (const char* kind : {"kill", "eio", "enospc"}) {
        const bool killed = kind == std::string_view("kill");
        for (const char* point : {"staged", "sealed", "after_committing"})
            QTest::addRow("%s at %s", kind, point)
                << QByteArray(point) << QByteArray(kind) << false;
        for (const char* point : {"after_rename", "after_publish"})
            QTest::addRow("%s at %s", kind, point)
                << QByteArray(point) << QByteArray(kind) << killed;
    }
}

void tst_LandingCrash::everyStep()
{
    QFETCH(QByteArray, point);
    QFETCH(QByteArray, kind);
    QFETCH(bool, landed);
    LandingBench bench;
    const ExpectedDay before = bench.land(1, 13);
    const int status = runCommit(bench.workspace, (point + ":1:" + kind).toStdString());
    if (kind == "kill")
        QVERIFY(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
    else
        QVERIFY(WIFEXITED(status) && WEXITSTATUS(status) > 1 && WEXITSTATUS(status) < 99);

    const auto word = committingDay(bench.workspace);
    QCOMPARE(bench.landing.carries(placeOf(14), {2}), landed);
    const LiveRun live{
        {2}, placeOf(14), word.has_value(), word ? word->files : decltype(word->files){}};
    const auto recovery = bench.landing.recover(std::vector{live});
    QCOMPARE(recovery->published.size(), std::size_t{landed ? 1U : 0U});
    QCOMPARE(recovery->unpublished.size(), std::size_t{landed ? 0U : 1U});
    std::vector<ExpectedDay> days = {before};
    if (landed)
        days.push_back(*word);
    QCOMPARE(bench.check(days, true), "");
    // What did not land then lands now.
    if (!landed)
        days.push_back(bench.land(3, 14, 500));
    QCOMPARE(bench.check(days, true), "");
}

void tst_LandingCrash::atAnyMoment()
{
    for (int round = 0; round < 10; ++round) {
        LandingBench bench;
        const pid_t child = ::fork();
        if (child == 0) {
            ::setenv("DAYMARK_FAULT", "", 1);
            ::execl("/proc/self/exe", "tst_landing_crash", bench.workspace.c_str(), nullptr);
            ::_exit(99);
        }
        ::usleep(static_cast<useconds_t>(30000 * round));
        ::kill(child, SIGKILL);
        ::waitpid(child, nullptr, 0);
        const auto word = committingDay(bench.workspace);
        const LiveRun live{
            {2}, placeOf(14), word.has_value(), word ? word->files : decltype(word->files){}};
        const auto recovery = bench.landing.recover(std::vector{live});
        QCOMPARE(outcome(recovery), "ok");
        std::vector<ExpectedDay> days;
        if (!recovery->published.empty())
            days.push_back(*word);
        QCOMPARE(bench.check(days, true), "");
    }
}

int main(int argc, char* argv[])
{
    if (argc == 2 && std::getenv("DAYMARK_FAULT"))
        return commitDay(argv[1]);
    tst_LandingCrash test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_landing_crash.moc"
