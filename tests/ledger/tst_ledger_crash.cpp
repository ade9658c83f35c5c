// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Kills the program inside each of the ledger's transactions, and looks at what is left. The
// program that is killed is this one, started again with the name of a step.

#include "tests/ledger/ledger_bench.h"

#include <QTest>

#include <csignal>
#include <cstdlib>
#include <sys/wait.h>
#include <unistd.h>

using namespace daymark;
using namespace daymark::ledger;

namespace {

/// Starts this program again as `step file`, with a fault. How it ended, as waitpid() says.
int runStep(const char* step, const std::filesystem::path& file, const char* fault)
{
    const pid_t child = ::fork();
    if (child == 0) {
        ::setenv("DAYMARK_FAULT", fault, 1);
        ::execl("/proc/self/exe", "tst_ledger_crash", step, file.c_str(), nullptr);
        ::_exit(99);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    return status;
}

bool wasKilled(int status) { return WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL; }

/// What the other process does: 0 where it got through.
int takeStep(const std::string& step, const std::filesystem::path& file)
{
    if (step == "create")
        return Ledger::create(file, ann()) ? 0 : 1;
    auto opened = Ledger::open(file, Access::Write);
    if (!opened)
        return 1;
    Ledger& ledger = **opened;
    const SourceId shop{1};
    const RunId run{1};
    if (step == "commit")
        return ledger.runTable().markCommitting(run, LedgerBench::commitOf(run, 5), at(5)) ? 0 : 1;
    if (step == "finish")
        return ledger.runTable().finishImported(run, at(6), 1) ? 0 : 1;
    const std::vector<Day> days = {dayOf(13), dayOf(15)};
    return ledger.signalTable().replaceFromSource(shop, days, at(5)) ? 0 : 1;
}

} // namespace

class tst_LedgerCrash : public QObject
{
    Q_OBJECT

private slots:
    void inCreate();
    void inSignals();
    void inCommitting();
    void inFinish();
    void atAnyMoment();
    void aFullDiskChangesNothing();
    void readersSeeWholeStatesWhileAnotherWrites();
};

void tst_LedgerCrash::inCreate()
{
    QTemporaryDir folder;
    const auto file = std::filesystem::path(folder.path().toStdString()) / kFileName;
    QVERIFY(wasKilled(runStep("create", file, "in_create:1:kill")));
    QCOMPARE(outcome(Ledger::open(file, Access::Write)), "workspace.missing");
    QCOMPARE(runStep("create", file, ""), 0);
    auto opened = Ledger::open(file, Access::Write);
    QCOMPARE((*opened)->idTypeTable().list()->size(), std::size_t{2});
}

void tst_LedgerCrash::inSignals()
{
    LedgerBench bench;
    const SourceId shop = bench.addSource();
    QVERIFY(bench.ledger->signalTable().replaceFromSource(shop, std::vector{dayOf(14)}, at(1)));
    bench.ledger.reset();
    QVERIFY(wasKilled(runStep("signals", bench.file, "in_signals:1:kill")));
    bench.reopen();
    const auto counting = bench.ledger->signalTable().counting(shop);
    QCOMPARE(counting->size(), std::size_t{1});
    QCOMPARE(counting->front().day, dayOf(14));
    QCOMPARE(runStep("signals", bench.file, ""), 0);
    QCOMPARE(bench.ledger->signalTable().counting(shop)->size(), std::size_t{2});
}

void tst_LedgerCrash::inCommitting()
{
    LedgerBench bench;
    const RunId run = *bench.begin(bench.addSource(), 13);
    bench.ledger.reset();
    QVERIFY(wasKilled(runStep("commit", bench.file, "in_committing:1:kill")));
    bench.reopen();
    QVERIFY(bench.ledger->runTable().get(run)->state == RunState::Running);
    QVERIFY(bench.ledger->runTable().get(run)->files.empty());
    QVERIFY(bench.ledger->rollupTable().ofRun(run)->empty());
    bench.ledger.reset();
    QCOMPARE(runStep("commit", bench.file, ""), 0);
    bench.reopen();
    QVERIFY(bench.ledger->runTable().get(run)->state == RunState::Committing);
    QCOMPARE(bench.ledger->runTable().get(run)->files.size(), std::size_t{1});
}

void tst_LedgerCrash::inFinish()
{
    LedgerBench bench;
    const SourceId shop = bench.addSource();
    const RunId run = *bench.begin(shop, 13);
    QVERIFY(bench.ledger->runTable().markCommitting(run, LedgerBench::commitOf(run, 5), at(2)));
    bench.ledger.reset();
    QVERIFY(wasKilled(runStep("finish", bench.file, "in_finish:1:kill")));
    bench.reopen();
    QVERIFY(bench.ledger->runTable().get(run)->state == RunState::Committing);
    QVERIFY(!bench.ledger->sourceTable().get(shop)->firstDayFixed);
    QVERIFY(bench.ledger->dayTable().landed()->empty());
    bench.ledger.reset();
    QCOMPARE(runStep("finish", bench.file, ""), 0);
    QVERIFY(runStep("finish", bench.file, "") != 0);
    bench.reopen();
    QCOMPARE(bench.ledger->dayTable().landed()->size(), std::size_t{1});
}

void tst_LedgerCrash::atAnyMoment()
{
    LedgerBench bench;
    const SourceId shop = bench.addSource();
    bench.ledger.reset();
    for (int round = 1; round <= 12; ++round) {
        const pid_t child = ::fork();
        if (child == 0) {
            // Fork only, so that this process writes as fast as it can until it is killed.
            auto opened = Ledger::open(bench.file, Access::Write);
            for (int poll = 0; opened; ++poll) {
                std::vector<Day> days;
                for (int day = poll % 2; day < 4000; day += 2)
                    days.push_back(dayOf(1) + std::chrono::days(day));
                (void)(*opened)->signalTable().replaceFromSource(shop, days, at(poll));
            }
            ::_exit(1);
        }
        ::usleep(static_cast<useconds_t>(5000 * round));
        ::kill(child, SIGKILL);
        ::waitpid(child, nullptr, 0);
        bench.reopen();
        const auto counting = bench.ledger->signalTable().counting(shop);
        QVERIFY(counting->empty() || counting->size() == 2000);
        bench.ledger.reset();
    }
}

void tst_LedgerCrash::aFullDiskChangesNothing()
{
    LedgerBench bench;
    const RunId run = *bench.begin(bench.addSource(), 13);
    bench.ledger.reset();
    const int status = runStep("commit", bench.file, "in_committing:1:enospc");
    QVERIFY(WIFEXITED(status) && WEXITSTATUS(status) == 1);
    bench.reopen();
    QVERIFY(bench.ledger->runTable().get(run)->state == RunState::Running);
    QVERIFY(bench.ledger->rollupTable().ofRun(run)->empty());
}

void tst_LedgerCrash::readersSeeWholeStatesWhileAnotherWrites()
{
    LedgerBench bench;
    const SourceId shop = bench.addSource();
    bench.ledger.reset();
    const pid_t child = ::fork();
    if (child == 0) {
        auto opened = Ledger::open(bench.file, Access::Write);
        for (int poll = 0; opened && poll < 60; ++poll) {
            std::vector<Day> days;
            for (int day = poll % 2; day < 400; day += 2)
                days.push_back(dayOf(1) + std::chrono::days(day));
            (void)(*opened)->signalTable().replaceFromSource(shop, days, at(poll));
        }
        ::_exit(0);
    }
    auto reader = Ledger::open(bench.file, Access::Read);
    QCOMPARE(outcome(reader), "ok");
    int reads = 0;
    int status = 0;
    while (::waitpid(child, &status, WNOHANG) == 0) {
        const auto counting = (*reader)->signalTable().counting(shop);
        QVERIFY(counting.has_value());
        QVERIFY(counting->empty() || counting->size() == 200);
        ++reads;
    }
    QCOMPARE(status, 0);
    QVERIFY(reads > 0);
}

int main(int argc, char* argv[])
{
    if (argc == 3 && std::getenv("DAYMARK_FAULT"))
        return takeStep(argv[1], argv[2]);
    tst_LedgerCrash test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_ledger_crash.moc"
