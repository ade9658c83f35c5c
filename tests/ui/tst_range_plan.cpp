// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later

// What commands on several days say before they run.

#include "made_up.h"

#include "ui/calendar/day_availability.h"
#include "ui/calendar/day_changes.h"
#include "ui/calendar/range_commands.h"
#include "ui/calendar/range_model.h"
#include "ui/calendar/range_panel.h"
#include "ui/calendar/range_plan.h"

#include <QAbstractItemModelTester>
#include <QTest>

using namespace daymark;
using namespace daymark::ui;

namespace {

QDate november(int day) { return QDate(2026, 11, day); }

QString printed(const RangePlan& plan)
{
    QStringList lines;
    for (const RangeStep& step : plan.steps)
        lines << QStringLiteral("%1%2 %3")
                     .arg(step.happens ? QStringLiteral("+") : QStringLiteral("-"))
                     .arg(step.day.day())
                     .arg(step.words);
    return lines.join(QLatin1Char('\n'));
}

} // namespace

class TestRangePlan : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void summaries_data();
    void summaries();
    void skipsDayByDay();
    void saysWhatIsNotOver();
    void importsEarlierDaysFirst();
    void reopensWithTheReason();
    void spansInWords();
    void states();
    void theModel();
    void changesAreUndone();
    void reimportsInWords();
};

void TestRangePlan::summaries_data()
{
    QTest::addColumn<int>("action");
    QTest::addColumn<int>("first");
    QTest::addColumn<int>("last");
    QTest::addColumn<QString>("summary");
    const auto row = [](const char* name, RangeAction action, int first, int last,
                        const char* summary) {
        QTest::newRow(name) << int(action) << first << last << QString::fromUtf8(summary);
    };
    row("skip all that can be", RangeAction::Skip, 10, 17,
        "8 days: 5 will be skipped; 2 have landed and stay as they are; 1 is skipped and stays "
        "so.");
    row("skip nothing", RangeAction::Skip, 10, 10,
        "1 day: none will be skipped; 1 has landed and stays as it is.");
    row("skip the future", RangeAction::Skip, 16, 19,
        "4 days: 2 will be skipped; 2 are not over yet.");
    row("mark the future", RangeAction::MarkFinished, 16, 18,
        "3 days: 2 will be marked as finished; 1 is not over yet.");
    row("mark", RangeAction::MarkFinished, 12, 15,
        "4 days: 1 will be marked as finished; 1 has landed and stays as it is; 2 are signalled "
        "already.");
    row("reopen before a landed day", RangeAction::Reopen, 11, 13,
        "3 days: none will be open again; 1 has landed and stays as it is; 1 is not skipped; 1 "
        "stays skipped, since a later day has landed.");
    row("import nothing", RangeAction::ImportUpTo, 13, 15,
        "3 days: none will be imported; 1 is not signalled; 2 wait for an earlier day.");
    row("re-import", RangeAction::Reimport, 9, 13,
        "5 days: 2 will be read again, and replaced where the source differs; 3 have not landed.");
}

void TestRangePlan::summaries()
{
    QFETCH(int, action);
    QFETCH(int, first);
    QFETCH(int, last);
    const RangePlan plan = rangePlan(RangeAction(action), CalendarFacts(madeUpView()),
                                     {november(first), november(last)});
    QTEST(plan.summary, "summary");
    QCOMPARE(qsizetype(plan.steps.size()), november(first).daysTo(november(last)) + 1);
}

void TestRangePlan::skipsDayByDay()
{
    const RangePlan plan =
        rangePlan(RangeAction::Skip, CalendarFacts(madeUpView()), {november(12), november(14)});
    QCOMPARE(printed(plan), QStringLiteral("-12 has landed and stays as it is\n"
                                           "+13 gap: will be skipped\n"
                                           "+14 blocked: will be skipped; its rows will not land"));
    QCOMPARE(plan.days(), (QList<QDate>{november(13), november(14)}));
}

void TestRangePlan::saysWhatIsNotOver()
{
    const CalendarFacts facts(madeUpView()); // today is the 17th
    const DaySpan span{november(16), november(18)};
    QCOMPARE(printed(rangePlan(RangeAction::MarkFinished, facts, span)),
             QStringLiteral("+16 awaiting: will be marked as finished\n"
                            "+17 awaiting: will be marked as finished; it is today, which is not "
                            "over\n"
                            "-18 is not over yet"));
    QCOMPARE(printed(rangePlan(RangeAction::Skip, facts, span)),
             QStringLiteral("+16 awaiting: will be skipped\n"
                            "+17 awaiting: will be skipped; it is today, which is not over\n"
                            "-18 is not over yet"));
    QVERIFY(availabilityOf(facts, november(17), true)
                .markFinished.words.contains(QLatin1String("It is today, which is not over.")));
    QVERIFY(!availabilityOf(facts, november(18), true).markFinished.enabled);
}

void TestRangePlan::importsEarlierDaysFirst()
{
    CalendarView view = madeUpView();
    view.plan.nextDay = day("2026-11-13");
    const auto become = [&view](std::size_t at, const char* iso, DayState state) {
        view.plan.days[at] = view.days[at].planned = planned(iso, state);
    };
    become(3, "2026-11-13", DayState::Ready);
    become(4, "2026-11-14", DayState::Queued);
    become(5, "2026-11-15", DayState::Queued);
    const RangePlan plan =
        rangePlan(RangeAction::ImportUpTo, CalendarFacts(view), {november(14), november(14)});
    QCOMPARE(printed(plan),
             QStringLiteral("+13 ready: will be imported; it comes before the chosen days\n"
                            "+14 queued: will be imported"));
    QCOMPARE(plan.summary, QStringLiteral("2 days: 2 will be imported."));
}

void TestRangePlan::reopensWithTheReason()
{
    CalendarView view = madeUpView();
    view.plan.days[2] = view.days[2].planned = planned("2026-11-12", DayState::Ready);
    view.days[1].reason = "<b>closed</b>";
    const RangePlan plan =
        rangePlan(RangeAction::Reopen, CalendarFacts(view), {november(11), november(12)});
    QCOMPARE(printed(plan), QStringLiteral("+11 will be open again; it was skipped with the reason "
                                           "‘<b>closed</b>’\n-12 is not skipped"));
}

void TestRangePlan::spansInWords()
{
    QCOMPARE(spanWords({november(12), november(12)}), QStringLiteral("12 November 2026"));
    QCOMPARE(spanWords({november(12), november(19)}), QStringLiteral("12 to 19 November 2026"));
    QCOMPARE(spanWords({QDate(2026, 10, 28), november(3)}),
             QStringLiteral("28 October to 3 November 2026"));
    QCOMPARE(spanWords({QDate(2025, 12, 28), november(3)}),
             QStringLiteral("28 December 2025 to 3 November 2026"));
    QCOMPARE(DaySpan::between(november(3), november(1)).length(), 3);
}

void TestRangePlan::states()
{
    QCOMPARE(stateCounts(CalendarFacts(madeUpView()), {november(9), november(15)}),
             QStringLiteral("2 imported, 1 skipped, 1 gap, 2 blocked, 1 not in the calendar"));
}

void TestRangePlan::theModel()
{
    RangeModel model;
    const QAbstractItemModelTester tester(&model);
    const RangePlan plan =
        rangePlan(RangeAction::Skip, CalendarFacts(madeUpView()), {november(12), november(13)});
    model.reset(plan.steps);
    QCOMPARE(model.rowCount(), 2);
    QCOMPARE(model.index(0, RangeModel::Date).data().toString(), QStringLiteral("Thu 12 Nov 2026"));
    QCOMPARE(model.index(1, RangeModel::Outcome).data().toString(),
             QStringLiteral("gap: will be skipped"));
}

void TestRangePlan::changesAreUndone()
{
    const DayEdit change{DayChangeKind::Skip,
                         QStringLiteral("shop"),
                         {{day("2026-11-13"), "why"}, {day("2026-11-14"), "why"}}};
    DayChangeResult result{change.days, {}};
    const DayEdit undo = undoOf(change, result);
    QCOMPARE(undo.kind, DayChangeKind::Reopen);
    QCOMPARE(undo.days.size(), 2U);
    QCOMPARE(undo.days.front().day, day("2026-11-14"));
    const DayEdit again = undoOf(undo, {undo.days, {}});
    QCOMPARE(again.kind, DayChangeKind::Skip);
    QCOMPARE(again.days.front().reason, std::string("why"));
    QCOMPARE(changeSentence(change, result),
             QStringLiteral("2 days are skipped. Reopen undoes it until a later day has landed."));
    result = {{change.days.front()},
              {{day("2026-11-14"), {ErrorCode::DayState, "It has landed.", "Look again."}}}};
    QCOMPARE(changeSentence(change, result),
             QStringLiteral("13 November 2026 is skipped. Reopen undoes it until a later day has "
                            "landed. 1 day stays as it is: It has landed.\nLook again."));
}

void TestRangePlan::reimportsInWords()
{
    ReimportReport report;
    DayImpact impact;
    impact.same = true;
    report.impacts.push_back(impact);
    impact.same = false;
    impact.rowsBefore = 5;
    report.impacts.push_back(impact);
    impact.rowsAfter = 4;
    report.impacts.push_back(impact);
    QVERIFY(replacesInRange(impact));
    QCOMPARE(reimportSentence(report),
             QStringLiteral("Days were read again: 1 replaced, 1 with the very same rows, 1 "
                            "without rows at the source now, left as landed."));
    QCOMPARE(reimportSentence({}), QStringLiteral("No day could be read again."));
}

QTEST_MAIN(TestRangePlan)
#include "tst_range_plan.moc"
