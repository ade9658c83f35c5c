// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/polling.h"

#include <QtTest>

#include <set>

using namespace daymark;
using std::chrono::minutes;

class TestPolling : public QObject
{
    Q_OBJECT

private slots:
    void looksAgain_data();
    void looksAgain();
    void sourcesDoNotAllAskAtOnce();
    void isDue_data();
    void isDue();
};

void TestPolling::looksAgain_data()
{
    QTest::addColumn<int>("pollMinutes");
    QTest::addColumn<QString>("error");
    QTest::addColumn<int>("failures");
    QTest::addColumn<int>("earliest"); // minutes from now
    QTest::addColumn<int>("latest");
    QTest::newRow("after a success: the interval") << 60 << "" << 0 << 60 << 63;
    QTest::newRow("an interval of a minute") << 1 << "" << 0 << 1 << 2;
    QTest::newRow("a first failure that may pass") << 60 << "passing" << 1 << 1 << 1;
    QTest::newRow("the third in a row") << 60 << "passing" << 3 << 4 << 4;
    QTest::newRow("no longer than an hour") << 10 << "passing" << 40 << 60 << 60;
    QTest::newRow("or than a longer interval") << 240 << "passing" << 40 << 240 << 240;
    QTest::newRow("what a person must mend") << 60 << "lasting" << 1 << 60 << 63;
}

void TestPolling::looksAgain()
{
    QFETCH(int, pollMinutes);
    QFETCH(QString, error);
    QFETCH(int, failures);
    QFETCH(int, earliest);
    QFETCH(int, latest);
    Policy policy;
    policy.pollMinutes = pollMinutes;
    std::optional<Error> failure;
    if (!error.isEmpty())
        failure =
            Error{error == "passing" ? ErrorCode::SourceUnreachable : ErrorCode::SourceTableMissing,
                  "no answer", ""};
    const Instant now{};
    const Instant next = nextPollAt(now, policy, SourceId{7}, failure, failures);
    QVERIFY(next - now >= minutes(earliest));
    QVERIFY(next - now <= minutes(latest));
}

void TestPolling::sourcesDoNotAllAskAtOnce()
{
    std::set<Instant> times;
    for (int id = 1; id <= 20; ++id)
        times.insert(nextPollAt({}, {}, SourceId{id}, {}, 0));
    QVERIFY(times.size() > 10);
}

void TestPolling::isDue_data()
{
    QTest::addColumn<bool>("polled");
    QTest::addColumn<int>("nextInMinutes");
    QTest::addColumn<bool>("due");
    QTest::newRow("never polled") << false << 30 << true;
    QTest::newRow("in half an hour") << true << 30 << false;
    QTest::newRow("just now") << true << 0 << true;
    QTest::newRow("long overdue") << true << -9999 << true;
    QTest::newRow("noted under another clock") << true << 999'999 << true;
}

void TestPolling::isDue()
{
    QFETCH(bool, polled);
    QFETCH(int, nextInMinutes);
    QFETCH(bool, due);
    const Instant now{std::chrono::days(10'000)};
    ledger::PollRecord poll;
    if (polled)
        poll.last = now - minutes(30);
    poll.nextDue = now + minutes(nextInMinutes);
    QCOMPARE(isPollDue(poll, {}, now), due);
}

QTEST_APPLESS_MAIN(TestPolling)
#include "tst_polling.moc"
