// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/bridge/work_queue.h"

#include <QTest>
#include <QThread>

#include <latch>
#include <semaphore>
#include <thread>

using namespace daymark::ui;

class TestWorkQueue : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void answersOnTheOwnThread();
    void staleAnswersDie();
    void cancelledQuestionsStop();
    void goneAskersHearNothing();
    void aSlowSourceDoesNotHoldUpTheLedger();
    void endStopsEverything();
};

void TestWorkQueue::answersOnTheOwnThread()
{
    WorkQueue queue;
    Request request;
    QThread* worker = nullptr;
    QThread* receiver = nullptr;
    queue.ask(
        request, WorkQueue::Lane::Ledger, [](std::stop_token) { return QThread::currentThread(); },
        [&](QThread* asked) {
            worker = asked;
            receiver = QThread::currentThread();
        });
    QVERIFY(request.pending());
    QTRY_VERIFY(receiver);
    QCOMPARE(receiver, QThread::currentThread());
    QVERIFY(worker != receiver);
    QVERIFY(!request.pending());
}

void TestWorkQueue::staleAnswersDie()
{
    WorkQueue queue;
    Request request;
    std::binary_semaphore release(0);
    QList<int> heard;
    queue.ask(
        request, WorkQueue::Lane::Ledger,
        [&release](std::stop_token) {
            release.acquire();
            return 1;
        },
        [&heard](int answer) { heard << answer; });
    queue.ask(
        request, WorkQueue::Lane::Ledger, [](std::stop_token) { return 2; },
        [&heard](int answer) { heard << answer; });
    QTRY_COMPARE(heard, QList<int>{2});
    release.release();
    queue.drain();
    QCoreApplication::processEvents();
    QCOMPARE(heard, QList<int>{2});
}

void TestWorkQueue::cancelledQuestionsStop()
{
    WorkQueue queue;
    Request request;
    std::latch begun(1);
    std::atomic<bool> stopped = false;
    bool heard = false;
    queue.ask(
        request, WorkQueue::Lane::Outside,
        [&](std::stop_token stop) {
            begun.count_down();
            while (!stop.stop_requested())
                std::this_thread::yield();
            stopped = true;
            return 0;
        },
        [&heard](int) { heard = true; });
    begun.wait();
    request.cancel();
    QTRY_VERIFY(stopped);
    QCoreApplication::processEvents();
    QVERIFY(!heard);
}

void TestWorkQueue::goneAskersHearNothing()
{
    WorkQueue queue;
    std::binary_semaphore release(0);
    bool heard = false;
    {
        Request request;
        queue.ask(
            request, WorkQueue::Lane::Ledger,
            [&release](std::stop_token) {
                release.acquire();
                return 1;
            },
            [&heard](int) { heard = true; });
    }
    release.release();
    queue.drain();
    QCoreApplication::processEvents();
    QVERIFY(!heard);
}

void TestWorkQueue::aSlowSourceDoesNotHoldUpTheLedger()
{
    WorkQueue queue;
    Request slow[4];
    Request quick;
    std::counting_semaphore<4> release(0);
    for (Request& request : slow) {
        queue.ask(
            request, WorkQueue::Lane::Outside,
            [&release](std::stop_token) {
                release.acquire();
                return 1;
            },
            [](int) {});
    }
    bool heard = false;
    queue.ask(
        quick, WorkQueue::Lane::Ledger, [](std::stop_token) { return 1; },
        [&heard](int) { heard = true; });
    QTRY_VERIFY(heard);
    release.release(4);
}

void TestWorkQueue::endStopsEverything()
{
    std::atomic<bool> stopped = false;
    bool heard = false;
    Request request;
    std::latch begun(1);
    {
        WorkQueue queue;
        queue.ask(
            request, WorkQueue::Lane::Outside,
            [&](std::stop_token stop) {
                begun.count_down();
                while (!stop.stop_requested())
                    std::this_thread::yield();
                stopped = true;
                return 0;
            },
            [&heard](int) { heard = true; });
        begun.wait();
    }
    QVERIFY(stopped);
    QCoreApplication::processEvents();
    QVERIFY(!heard);
}

QTEST_GUILESS_MAIN(TestWorkQueue)
#include "tst_work_queue.moc"
