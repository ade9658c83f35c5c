// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "made_up.h"

#include "ui/calendar/calendar_facts.h"
#include "ui/calendar/day_availability.h"
#include "ui/calendar/day_filter.h"

#include <QTest>

using namespace daymark;
using namespace daymark::ui;

class TestCalendarFacts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cells_data();
    void cells();
    void lanes();
    void theHorizon();
    void filters();
    void obstacles();
    void commands_data();
    void commands();
    void commandsSayWhy();
    void readersOnlyLook();
    void nothingLoaded();
};

void TestCalendarFacts::cells_data()
{
    QTest::addColumn<QDate>("date");
    QTest::addColumn<QString>("shown");
    QTest::newRow("landed") << QDate(2026, 11, 10) << "imported|4,120 rows|described|";
    QTest::newRow("skipped") << QDate(2026, 11, 11) << "skipped||described|";
    QTest::newRow("empty") << QDate(2026, 11, 12) << "imported|empty|described; empty|empty";
    QTest::newRow("gap") << QDate(2026, 11, 13) << "gap||gap: not signalled, 2 later days wait|";
    QTest::newRow("blocked") << QDate(2026, 11, 14) << "blocked|by 13 Nov|described|";
    QTest::newRow("overdue") << QDate(2026, 11, 16)
                             << "awaiting|overdue|described; overdue|overdue";
    QTest::newRow("today") << QDate(2026, 11, 17) << "awaiting||today; described|";
    QTest::newRow("before") << QDate(2026, 11, 9) << "||not in this source's calendar|";
    QTest::newRow("after today") << QDate(2026, 11, 18) << "||future: not over yet|";
}

void TestCalendarFacts::cells()
{
    QFETCH(QDate, date);
    const CellContent cell = CalendarFacts(madeUpView()).cell(date);
    QStringList marks;
    for (const Mark mark : cell.marks)
        marks << markWord(mark);
    const QStringList shown{cell.word, cell.note, cell.description, marks.join(QLatin1Char(' '))};
    QTEST(shown.join(QLatin1Char('|')), "shown");
}

void TestCalendarFacts::lanes()
{
    CalendarView view = madeUpView();
    const auto lane = [&view](int dayOfMonth) {
        return CalendarFacts(view).cell(QDate(2026, 11, dayOfMonth)).signal;
    };
    QCOMPARE(lane(13).kind, SignalLane::Kind::Missing);
    QCOMPARE(lane(18).kind, SignalLane::Kind::Nothing);
    view.days[4].firstSeen = *parseInstant("2026-11-15T12:00:00Z");
    QCOMPARE(lane(14).kind, SignalLane::Kind::Source);
    QVERIFY(lane(14).texts.front().startsWith(QLatin1String("15 Nov ")));
    QCOMPARE(lane(14).texts.last(), QStringLiteral("15 Nov"));
    view.days[4].firstSeen = *parseInstant("2025-11-15T12:00:00Z");
    QCOMPARE(lane(14).texts.last(), QStringLiteral("15 Nov 2025"));
    view.days[4].markedHere = true;
    QCOMPARE(lane(14).kind, SignalLane::Kind::MarkedHere);
    const QString words = CalendarFacts(view).cell(QDate(2026, 11, 14)).description;
    QVERIFY(words.startsWith(QLatin1String("described; marked as finished 15 Nov 2025")));
    view.days[5].planned.implied = true;
    QCOMPARE(lane(15).kind, SignalLane::Kind::Implied);
    QCOMPARE(CalendarFacts(view).cell(QDate(2026, 11, 14)).blockedBy, QDate(2026, 11, 13));
}

void TestCalendarFacts::theHorizon()
{
    const CalendarFacts facts(madeUpView());
    QCOMPARE(facts.horizon(), QDate(2026, 10, 20));
    QVERIFY(facts.cell(QDate(2026, 10, 20))
                .description.contains(QLatin1String("horizon of 28 days begins here")));
    QVERIFY(!facts.cell(QDate(2026, 10, 21)).horizon);
    QVERIFY(!CalendarFacts().horizon().isValid());
}

void TestCalendarFacts::filters()
{
    CalendarView view = madeUpView();
    view.days[0].rejected = 3;
    view.days[0].resignalled = true;
    view.days[2].damage = "a file is missing";
    const CalendarFacts facts(view);
    QStringList counts;
    for (const DayFilter filter : kDayFilters)
        counts << QStringLiteral("%1 %2").arg(filterName(filter)).arg(countPassing(filter, facts));
    QCOMPARE(counts.join(QStringLiteral(", ")),
             QStringLiteral(
                 "All days 8, Gaps 1, Waiting 2, Failed 0, Damaged 1, Changed 1, Overdue 1, With "
                 "rejected rows 1, Skipped 1"));
    QCOMPARE(facts.cell(QDate(2026, 11, 10)).note, QStringLiteral("announced again"));
    QCOMPARE(facts.cell(QDate(2026, 11, 12)).note, QStringLiteral("damaged"));
    QVERIFY(facts.cell(QDate(2026, 11, 12))
                .description.contains(QLatin1String("damaged: a file is missing")));
}

void TestCalendarFacts::obstacles()
{
    CalendarView view = madeUpView();
    const auto sentence = [&view] { return CalendarFacts(view).obstacleSentence(); };
    QCOMPARE(sentence(), QStringLiteral("First gap: 13 November 2026; 2 days wait behind it."));
    QCOMPARE(CalendarFacts(view).dayToShow(), QDate(2026, 11, 13));
    view.plan.days[5].state = DayState::Awaiting;
    QCOMPARE(sentence(), QStringLiteral("First gap: 13 November 2026; 1 day waits behind it."));
    view.plan.days[3].state = view.days[3].planned.state = DayState::Failed;
    QCOMPARE(sentence(),
             QStringLiteral("First failed day: 13 November 2026; 1 day waits behind it."));
    view.plan.days[3].state = view.days[3].planned.state = DayState::Imported;
    QCOMPARE(sentence(), QString());
}

void TestCalendarFacts::commands_data()
{
    QTest::addColumn<QDate>("date");
    QTest::addColumn<QString>("enabled");
    QTest::newRow("landed") << QDate(2026, 11, 10) << "import probe poll";
    QTest::newRow("skipped, and a later day landed") << QDate(2026, 11, 11) << "import probe poll";
    QTest::newRow("gap") << QDate(2026, 11, 13) << "mark skip import probe poll";
    QTest::newRow("blocked") << QDate(2026, 11, 14) << "skip import probe poll";
    QTest::newRow("overdue") << QDate(2026, 11, 16) << "mark skip import probe poll";
    QTest::newRow("future") << QDate(2026, 11, 18) << "import poll";
}

void TestCalendarFacts::commands()
{
    QFETCH(QDate, date);
    const DayAvailability can = availabilityOf(CalendarFacts(madeUpView()), date, true);
    QStringList enabled;
    const std::pair<const Availability&, const char*> all[] = {
        {can.markFinished, "mark"}, {can.skip, "skip"},   {can.reopen, "reopen"},
        {can.importNow, "import"},  {can.probe, "probe"}, {can.poll, "poll"}};
    for (const auto& [availability, name] : all) {
        QVERIFY2(!availability.words.isEmpty(), name);
        if (availability.enabled)
            enabled << QLatin1String(name);
    }
    QTEST(enabled.join(QLatin1Char(' ')), "enabled");
}

void TestCalendarFacts::commandsSayWhy()
{
    CalendarView view = madeUpView();
    const auto at = [&view](int dayOfMonth) {
        return availabilityOf(CalendarFacts(view), QDate(2026, 11, dayOfMonth), true);
    };
    QCOMPARE(at(10).markFinished.words, QStringLiteral("10 November 2026 is signalled already."));
    QCOMPARE(at(11).reopen.words,
             QStringLiteral("A later day has landed, so 11 November 2026 stays skipped."));
    QCOMPARE(at(13).importNow.words,
             QStringLiteral(
                 "Reads the signals and imports what is ready then; now no day is. First gap: 13 "
                 "November 2026; 2 days wait behind it."));
    view.plan.nextDay = day("2026-11-12");
    view.plan.days[2] = view.days[2].planned = planned("2026-11-12", DayState::Ready);
    QVERIFY(at(13).importNow.enabled);
    QVERIFY(at(11).reopen.enabled);
    view.plan.days[2] = view.days[2].planned = planned("2026-11-12", DayState::Importing);
    QCOMPARE(at(13).importNow.words, QStringLiteral("An import of this source is running."));
}

void TestCalendarFacts::readersOnlyLook()
{
    const DayAvailability can =
        availabilityOf(CalendarFacts(madeUpView()), QDate(2026, 11, 13), false);
    for (const Availability* one :
         {&can.markFinished, &can.skip, &can.reopen, &can.importNow, &can.probe, &can.poll})
        QVERIFY(!one->enabled && one->words.contains(QLatin1String("Another process")));
}

void TestCalendarFacts::nothingLoaded()
{
    const CalendarFacts facts;
    QVERIFY(!facts.find(QDate(2026, 11, 13)));
    QVERIFY(!facts.firstObstacle());
    QVERIFY(!facts.cell(QDate(2026, 11, 13)).state);
}

QTEST_APPLESS_MAIN(TestCalendarFacts)
#include "tst_calendar_facts.moc"
