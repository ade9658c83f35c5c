// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "history.h"

#include <QtTest>

#include <algorithm>
#include <map>
#include <random>
#include <set>

// Thousands of random histories of a source, each from a fixed seed: signals come, repeat and
// vanish, days pass, runs land or fail, operators skip and reopen. After every step the plan is
// held against the calendar's rules, spelt out here one by one and as slowly as they read.

using namespace daymark;
using namespace daymark::test;
using std::chrono::days;

namespace {

class World
{
public:
    explicit World(unsigned seed) : m_random(seed), m_today(june(1))
    {
        m_policy.order = chance(3) ? DayOrder::HighWater : DayOrder::Strict;
        m_policy.horizonDays = 2 + pick(12);
        if (chance(4))
            m_policy.firstDay = june(pick(8) - 4);
    }

    void step()
    {
        switch (pick(8)) {
        case 0:
        case 1:
        case 2:
            m_signals.insert(someDay());
            break;
        case 3:
            m_signals.erase(someDay());
            break;
        case 4:
            m_today += days{1 + pick(2)};
            break;
        case 5:
            skipSomeDay();
            break;
        case 6:
            reopenSomeDay();
            break;
        default:
            importPass();
        }
    }

    /// What is wrong with the world now; empty when nothing is.
    QString faults()
    {
        const Plan plan = planned();
        if (wordsOf(plan) != wordsOf(plannedFromShuffledSignals()))
            return "order or repeats of signals matter";
        for (std::size_t i = 0; i < plan.days.size(); ++i) {
            if (i > 0 && plan.days[i].day != plan.days[i - 1].day + days{1})
                return "the days have holes";
            if (const DayState wanted = stateByTheBook(plan, plan.days[i].day);
                wanted != plan.days[i].state)
                return QString::fromStdString(formatDay(plan.days[i].day)) + " should be " +
                       QString::fromStdString(std::string(stateName(wanted)));
        }
        return m_fault.isEmpty() ? boundFaults(plan) : m_fault;
    }

    QString words() const { return wordsOf(planned()); }
    std::size_t landed() const { return m_landed; }

private:
    int pick(int choices) { return static_cast<int>(m_random() % static_cast<unsigned>(choices)); }
    bool chance(int oneIn) { return pick(oneIn) == 0; }
    Day someDay() { return m_today + days{pick(14) - 11}; }

    std::vector<LedgerDay> ledger() const
    {
        std::vector<LedgerDay> known;
        for (const auto& [day, standing] : m_ledger)
            known.push_back({day, standing, false, false});
        return known;
    }

    Plan planned() const
    {
        std::vector<Signal> announced;
        for (const Day day : m_signals)
            announced.push_back({day});
        return plan(m_policy, m_today, announced, ledger());
    }

    Plan plannedFromShuffledSignals()
    {
        std::vector<Signal> announced;
        for (const Day day : m_signals)
            announced.insert(announced.end(), static_cast<std::size_t>(1 + pick(3)), Signal{day});
        std::vector<LedgerDay> known = ledger();
        std::shuffle(announced.begin(), announced.end(), m_random);
        std::shuffle(known.begin(), known.end(), m_random);
        return plan(m_policy, m_today, announced, known);
    }

    static QString wordsOf(const Plan& plan)
    {
        return statesOf(plan) + ' ' + QString::fromStdString(textOf(plan.firstDay)) + ' ' +
               QString::fromStdString(textOf(plan.frontier)) + ' ' +
               QString::fromStdString(textOf(plan.nextDay));
    }
    static std::string textOf(std::optional<Day> day) { return day ? formatDay(*day) : "none"; }

    void skipSomeDay()
    {
        std::vector<Day> open;
        const Plan plan = planned();
        for (const PlannedDay& day : plan.days)
            if (day.state == DayState::Gap || day.state == DayState::Failed ||
                day.state == DayState::Blocked || day.state == DayState::Ready ||
                (day.state == DayState::Awaiting && day.day < m_today))
                open.push_back(day.day);
        if (!open.empty())
            m_ledger[open[static_cast<std::size_t>(pick(static_cast<int>(open.size())))]] =
                Standing::Skipped;
    }

    void reopenSomeDay()
    {
        for (auto known = m_ledger.rbegin(); known != m_ledger.rend(); ++known) {
            if (known->second == Standing::Imported)
                return;
            if (known->second == Standing::Skipped && chance(2)) {
                m_ledger.erase(known->first);
                return;
            }
        }
    }

    /// A pass as the engine runs it: the days of the plan, in order, until the first failure.
    void importPass()
    {
        for (const Day day : planned().importable()) {
            const Plan before = planned();
            if (before.nextDay != day)
                m_fault = "a pass took a day that is not the next one";
            m_ledger[day] = Standing::Importing;
            if (!planned().importable().empty())
                m_fault = "a pass could begin beside a run";
            const bool fails = chance(5);
            m_ledger[day] = fails ? Standing::Failed : Standing::Imported;
            if (fails)
                return;
            if (!m_firstDay)
                m_firstDay = before.firstDay;
            ++m_landed;
        }
    }

    bool isDone(Day day) const
    {
        const auto known = m_ledger.find(day);
        return known != m_ledger.end() &&
               (known->second == Standing::Imported || known->second == Standing::Skipped);
    }

    bool anySignal(Day from, Day to) const
    {
        const auto first = m_signals.lower_bound(from);
        return first != m_signals.end() && *first <= to;
    }

    bool isSignalled(Day day) const
    {
        return m_signals.contains(day) ||
               (m_policy.order == DayOrder::HighWater && anySignal(day, m_today));
    }

    /// The state that the rules give a day, looked up rule by rule.
    DayState stateByTheBook(const Plan& plan, Day day) const
    {
        const auto known = m_ledger.find(day);
        const bool tried = known != m_ledger.end();
        if (tried && known->second == Standing::Imported)
            return DayState::Imported;
        if (tried && known->second == Standing::Skipped)
            return DayState::Skipped;
        if (tried && known->second == Standing::Importing)
            return DayState::Importing;
        if (day > m_today)
            return DayState::Future;
        if (day < plan.firstDay.value_or(m_today - days{m_policy.horizonDays}))
            return DayState::Ignored;
        if (!isSignalled(day))
            return anySignal(day, m_today) ? DayState::Gap : DayState::Awaiting;
        if (tried && known->second == Standing::Failed)
            return DayState::Failed;
        for (Day before = *plan.firstDay; before < day; before += days{1})
            if (const DayState state = plan.find(before)->state;
                state == DayState::Gap || state == DayState::Failed)
                return DayState::Blocked;
        for (Day before = *plan.firstDay; before < day; before += days{1})
            if (!isDone(before))
                return DayState::Queued;
        return DayState::Ready;
    }

    QString boundFaults(const Plan& plan) const
    {
        if (m_firstDay && plan.firstDay != m_firstDay)
            return "the first day moved after a landing";
        if (!plan.firstDay)
            return plan.empty == EmptyPlan::No ? "a plan without a first day" : QString();
        Day next = *plan.firstDay;
        while (isDone(next))
            next += days{1};
        if (plan.nextDay != next)
            return "the next day is not the one after the frontier";
        for (const auto& [day, standing] : m_ledger)
            if (standing == Standing::Imported && day > next)
                return "a day landed past one that is not done";
        for (const PlannedDay& day : plan.days)
            if (day.blockedBy.has_value() != (day.state == DayState::Blocked) ||
                (day.blockedBy && *day.blockedBy >= day.day))
                return "a day is blocked by nothing before it";
        return {};
    }

    std::mt19937 m_random;
    Policy m_policy;
    Day m_today;
    std::set<Day> m_signals;
    std::map<Day, Standing> m_ledger;
    std::optional<Day> m_firstDay; ///< as it was when the first day landed
    std::size_t m_landed = 0;
    QString m_fault;
};

} // namespace

class TestPlanHistories : public QObject
{
    Q_OBJECT

private slots:
    void everyHistoryKeepsTheRules();
};

void TestPlanHistories::everyHistoryKeepsTheRules()
{
    constexpr unsigned histories = 2'000;
    constexpr int steps = 25;
    std::size_t landed = 0;
    for (unsigned seed = 1; seed <= histories; ++seed) {
        World world(seed);
        for (int step = 0; step < steps; ++step) {
            const QString before = world.words();
            world.step();
            if (const QString fault = world.faults(); !fault.isEmpty())
                QFAIL(qPrintable(QString("history %1, step %2: %3\nbefore: %4\nafter:  %5")
                                     .arg(seed)
                                     .arg(step)
                                     .arg(fault, before, world.words())));
        }
        landed += world.landed();
    }
    QVERIFY2(landed > histories, "the histories land too few days to mean anything");
}

QTEST_APPLESS_MAIN(TestPlanHistories)
#include "tst_plan_histories.moc"
