// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ledger/policy_words.h"

#include "ledger_bench.h"

#include <QTest>

using namespace daymark;
using namespace daymark::ledger;

class TestPolicyWords : public QObject
{
    Q_OBJECT

private slots:
    void saysWhatChanged();
    void goesBackAndForth();
    void leavesWhatItDoesNotKnow_data();
    void leavesWhatItDoesNotKnow();
    void theJournalSaysIt();
    void aFirstDayIsMoved();
    void columnsAreAgreedOn();
};

namespace {

Policy changedPolicy()
{
    Policy policy;
    policy.order = DayOrder::HighWater;
    policy.horizonDays = 10;
    policy.firstDay = dayOf(13);
    policy.timeZone = "Europe/London";
    return policy;
}

constexpr const char* kWords = "first_day none > 2022-06-13, horizon_days 28 > 10, "
                               "order strict > high-water, time_zone UTC > Europe/London";

} // namespace

void TestPolicyWords::saysWhatChanged()
{
    QCOMPARE(policyChange(Policy(), Policy()), std::string());
    QCOMPARE(policyChange(Policy(), changedPolicy()), std::string(kWords));
    Policy other;
    other.pollMinutes = 5; // the calendar does not hang on it
    QCOMPARE(policyChange(Policy(), other), std::string());
}

void TestPolicyWords::goesBackAndForth()
{
    Policy policy = changedPolicy();
    QVERIFY(undoPolicyChange(policy, kWords));
    QCOMPARE(policyChange(Policy(), policy), std::string());
    QVERIFY(redoPolicyChange(policy, kWords));
    QCOMPARE(policyChange(policy, changedPolicy()), std::string());
    QVERIFY(undoPolicyChange(policy, ""));
}

void TestPolicyWords::leavesWhatItDoesNotKnow_data()
{
    QTest::addColumn<QString>("words");
    for (const char* words :
         {"colour red > blue", "horizon_days", "horizon_days > ", "horizon_days x > y",
          "horizon_days -1 > 2", "first_day soon > 2022-06-13", "order loose > strict", " > ", ","})
        QTest::newRow(words) << words;
}

void TestPolicyWords::leavesWhatItDoesNotKnow()
{
    QFETCH(QString, words);
    Policy policy;
    QVERIFY(!undoPolicyChange(policy, words.toStdString()));
}

void TestPolicyWords::theJournalSaysIt()
{
    LedgerBench bench;
    const SourceId source = bench.addSource();
    const auto record = bench.ledger->sourceTable().get(source);
    SourceEdit edit{record->config, changedPolicy(), "", ""};
    QVERIFY(bench.ledger->sourceTable().edit(source, edit, ann(1)));
    QVERIFY(bench.ledger->sourceTable().edit(source, edit, ann(2)));
    const auto journal = bench.ledger->journalTable().list("shop", 100);
    QCOMPARE(journal->size(), std::size_t{4});
    QCOMPARE(journal->at(1).action, std::string("source.policy"));
    QCOMPARE(journal->at(1).detail, std::string(kWords));
    QVERIFY(journal->at(1).at == at(1));
}

void TestPolicyWords::aFirstDayIsMoved()
{
    LedgerBench bench;
    const SourceId source = bench.addSource();
    SourceTable& table = bench.ledger->sourceTable();
    QCOMPARE(table.moveFirstDay(source, dayOf(1), "", ann()).error().code, ErrorCode::DayState);
    const auto land = [&](int day) { return outcome(bench.import(source, day)); };
    QCOMPARE(land(13), "ok");
    QCOMPARE(land(14), "ok");
    QCOMPARE(land(12), "day.state");
    QCOMPARE(table.moveFirstDay(source, dayOf(13), "", ann()).error().code, ErrorCode::DayState);
    QCOMPARE(table.moveFirstDay(source, dayOf(14), "", ann()).error().code, ErrorCode::DayState);
    QVERIFY(table.moveFirstDay(source, dayOf(11), "finance asked", ann(5)));
    QCOMPARE(table.get(source)->policy.firstDay.value(), dayOf(11));
    // In order among themselves, and before those that had landed.
    QCOMPARE(land(12), "ok");
    QCOMPARE(land(11), "day.state");
    QVERIFY(table.moveFirstDay(source, dayOf(9), "", ann(6)));
    QCOMPARE(land(15), "ok");
    QCOMPARE(table.moveFirstDay(source, dayOf(15), "", ann()).error().code, ErrorCode::DayState);
    QVERIFY(table.moveFirstDay(source, dayOf(20), "anew", ann(7)));
    const auto journal = bench.ledger->journalTable().list("shop", 100);
    std::string actions;
    for (const JournalRecord& entry : *journal)
        if (entry.action == "source.backfill" || entry.action == "source.start_over")
            actions += entry.action + ' ' + formatDay(*entry.day) + ' ' + entry.detail + ';';
    QCOMPARE(actions, std::string("source.start_over 2022-06-20 anew;source.backfill 2022-06-09 ;"
                                  "source.backfill 2022-06-11 finance asked;"));
}

void TestPolicyWords::columnsAreAgreedOn()
{
    LedgerBench bench;
    const SourceId source = bench.addSource();
    ContractTable& table = bench.ledger->contractTable();
    QVERIFY(table.columns(source)->empty());
    const std::vector<ContractColumn> columns = {{"unit_id", "TEXT"}, {"metric_value", ""}};
    QVERIFY(table.fix(source, columns, ann()));
    QVERIFY(table.columns(source).value() == columns);
    QVERIFY(table.noteBreak(source, "metric_value is gone.", ann()));
    QVERIFY(table.noteBreak(source, "metric_value is gone.", ann()));
    QCOMPARE(bench.ledger->sourceTable().get(source)->schemaBreak,
             std::string("metric_value is gone."));
    QVERIFY(table.fix(source, std::span(columns).first(1), ann()));
    QCOMPARE(bench.ledger->sourceTable().get(source)->schemaBreak, std::string());
    QCOMPARE(bench.ledger->journalTable().list("shop", 100)->size(), std::size_t{4});
    QCOMPARE(table.fix(SourceId{99}, columns, ann()).error().code, ErrorCode::SourceUnknown);
    QVERIFY(bench.ledger->sourceTable().remove(source, Removal::Data, ann()));
    QVERIFY(table.columns(source)->empty());
}

QTEST_APPLESS_MAIN(TestPolicyWords)

#include "tst_policy_words.moc"
