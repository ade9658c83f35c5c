// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/calendar/plan.h"

#include <algorithm>
#include <array>

// The plan, in order:
// 1. Signals are sorted and made unique, so that neither their order nor repeats matter.
// 2. The first day is found: fixed by what landed, set by the operator, or the earliest signal
//    within the horizon. Where there is none, or nothing to do from it on, the plan is empty, says
//    why, and lists days only so that its signals can be seen.
// 3. The days to list are bounded: from the first day, or an ignored signal before it, to the later
//    of today and the last signal.
// 4. One sweep over those days, oldest first, gives each its state. It carries three things along:
//    the next signal, the next day of the ledger, and the earliest gap or failed day so far. A
//    second one, newest first, counts the days that wait for each gap and failed day.

namespace daymark {

using std::chrono::days;

namespace {

std::vector<Day> sortedDays(std::span<const Signal> announced)
{
    std::vector<Day> sorted;
    sorted.reserve(announced.size());
    for (const Signal& signal : announced)
        sorted.push_back(signal.day);
    std::sort(sorted.begin(), sorted.end());
    sorted.erase(std::unique(sorted.begin(), sorted.end()), sorted.end());
    return sorted;
}

std::vector<LedgerDay> sortedLedger(std::span<const LedgerDay> known)
{
    std::vector<LedgerDay> sorted(known.begin(), known.end());
    std::stable_sort(sorted.begin(), sorted.end(),
                     [](const LedgerDay& a, const LedgerDay& b) { return a.day < b.day; });
    const auto sameDay = [](const LedgerDay& a, const LedgerDay& b) { return a.day == b.day; };
    sorted.erase(std::unique(sorted.begin(), sorted.end(), sameDay), sorted.end());
    return sorted;
}

bool isDone(Standing standing)
{
    return standing == Standing::Imported || standing == Standing::Skipped;
}

bool isDone(DayState state) { return state == DayState::Imported || state == DayState::Skipped; }

class Planner
{
public:
    Planner(const Policy& policy, Day today, std::span<const Signal> announced,
            std::span<const LedgerDay> known)
        : m_policy(policy)
        , m_horizon(today - days{std::max(policy.horizonDays, 0)})
        , m_signals(sortedDays(announced))
        , m_known(sortedLedger(known))
    {
        m_plan.today = today;
        const auto future = std::upper_bound(m_signals.begin(), m_signals.end(), today);
        if (future != m_signals.begin())
            m_lastSignal = *std::prev(future);
    }

    Plan run()
    {
        m_plan.firstDay = findFirstDay();
        m_plan.nextDay = m_plan.firstDay;
        m_plan.empty = emptyReason();
        findBounds();
        if (m_plan.empty != EmptyPlan::No && m_plan.unlistedSignals == m_signals.size())
            return std::move(m_plan);
        sweep();
        countWaiting();
        return std::move(m_plan);
    }

private:
    /// What landed fixes the first day; then the operator decides; then the horizon.
    std::optional<Day> findFirstDay() const
    {
        if (m_policy.startedOver && m_policy.firstDay)
            return m_policy.firstDay;
        const auto imported =
            std::find_if(m_known.begin(), m_known.end(),
                         [](const LedgerDay& day) { return day.standing == Standing::Imported; });
        if (imported != m_known.end()) {
            const Day start = startOfDoneRun(imported->day);
            return m_policy.firstDay && *m_policy.firstDay < start ? *m_policy.firstDay : start;
        }
        if (m_policy.firstDay)
            return m_policy.firstDay;
        std::optional<Day> first = firstSignalWithinHorizon();
        for (const LedgerDay& day : m_known)
            if (holdsFirstDay(day) && (!first || day.day < *first))
                first = day.day;
        return first ? std::optional<Day>(startOfDoneRun(*first)) : std::nullopt;
    }

    /// `day`, or the first of the unbroken run of done days that ends just before it.
    Day startOfDoneRun(Day day) const
    {
        const auto byDay = [](const LedgerDay& known, Day wanted) { return known.day < wanted; };
        auto before = std::lower_bound(m_known.begin(), m_known.end(), day, byDay);
        while (before != m_known.begin() && std::prev(before)->day == day - days{1} &&
               isDone(std::prev(before)->standing)) {
            --before;
            day -= days{1};
        }
        return day;
    }

    std::optional<Day> firstSignalWithinHorizon() const
    {
        const auto first = std::lower_bound(m_signals.begin(), m_signals.end(), m_horizon);
        if (first == m_signals.end() || *first > m_plan.today)
            return std::nullopt;
        return *first;
    }

    /// Whether a day that didn't land keeps the calendar from beginning after it: a run is on it,
    /// or an operator closed it within the horizon.
    bool holdsFirstDay(const LedgerDay& day) const
    {
        return day.standing == Standing::Importing ||
               (day.standing == Standing::Skipped && day.day >= m_horizon);
    }

    EmptyPlan emptyReason() const
    {
        if (m_policy.startedOver && m_plan.firstDay)
            return EmptyPlan::No; // what landed before is to be seen
        const Day from = m_plan.firstDay.value_or(m_horizon);
        if (m_lastSignal && *m_lastSignal >= from && m_plan.firstDay)
            return EmptyPlan::No;
        const bool anyStanding =
            std::any_of(m_known.begin(), m_known.end(), [&](const LedgerDay& day) {
                return day.standing != Standing::Failed && day.day >= from;
            });
        if (m_plan.firstDay && anyStanding)
            return EmptyPlan::No;
        if (m_lastSignal)
            return EmptyPlan::AllTooOld;
        return m_signals.empty() ? EmptyPlan::NoSignals : EmptyPlan::AllFuture;
    }

    void findBounds()
    {
        const Day first = m_plan.firstDay.value_or(m_plan.today);
        const auto ignored =
            std::lower_bound(m_signals.begin(), m_signals.end(), first - days{kListedDaysBefore});
        m_begin = ignored == m_signals.end() ? first : std::min(first, *ignored);
        if (m_policy.startedOver && !m_known.empty() && m_known.front().day < m_begin)
            m_begin = std::max(m_known.front().day, first - days{kListedDaysBefore});
        const Day furthest = m_plan.today + days{kListedDaysAhead};
        const auto beyond = std::upper_bound(m_signals.begin(), m_signals.end(), furthest);
        m_last = std::max(m_plan.today, first);
        if (beyond != m_signals.begin())
            m_last = std::max(m_last, *std::prev(beyond));
        if (!m_known.empty())
            m_last = std::max(m_last, m_known.back().day);
        const auto listed = std::count_if(m_signals.begin(), m_signals.end(),
                                          [&](Day day) { return day >= m_begin && day <= m_last; });
        m_plan.unlistedSignals = m_signals.size() - static_cast<std::size_t>(listed);
    }

    void sweep()
    {
        m_plan.days.reserve(static_cast<std::size_t>((m_last - m_begin).count()) + 1);
        auto signal = std::lower_bound(m_signals.begin(), m_signals.end(), m_begin);
        auto known =
            std::lower_bound(m_known.begin(), m_known.end(), m_begin,
                             [](const LedgerDay& day, Day wanted) { return day.day < wanted; });
        const Day start = m_plan.firstDay.value_or(m_horizon);
        for (Day day = m_begin; day <= m_last; day += days{1}) {
            const bool own = signal != m_signals.end() && *signal == day;
            const bool inLedger = known != m_known.end() && known->day == day;
            PlannedDay planned = day < start ? dayBefore(day, own) : dayFrom(day, own);
            if (inLedger)
                applyLedger(planned, *known);
            if (m_plan.firstDay && day >= start)
                decide(planned);
            m_plan.days.push_back(planned);
            signal += own ? 1 : 0;
            known += inLedger ? 1 : 0;
        }
    }

    PlannedDay dayBefore(Day day, bool own) const
    {
        PlannedDay planned;
        planned.day = day;
        planned.state = DayState::Ignored;
        planned.signalled = own;
        if (day > m_plan.today) {
            planned.state = DayState::Future;
            return planned;
        }
        planned.ignored = day < m_horizon ? IgnoredReason::TooOld : IgnoredReason::BeforeStart;
        return planned;
    }

    /// A day from the first one on, as its signals alone would have it.
    PlannedDay dayFrom(Day day, bool own) const
    {
        PlannedDay planned;
        planned.day = day;
        planned.implied =
            !own && m_policy.order == DayOrder::HighWater && m_lastSignal && day <= *m_lastSignal;
        planned.signalled = own || planned.implied;
        if (day > m_plan.today)
            planned.state = DayState::Future;
        else if (planned.signalled)
            planned.state = DayState::Ready;
        else
            planned.state =
                m_lastSignal && *m_lastSignal > day ? DayState::Gap : DayState::Awaiting;
        planned.overdue =
            planned.state == DayState::Awaiting && m_plan.firstDay && m_plan.today - day >= days{2};
        return planned;
    }

    static void applyLedger(PlannedDay& planned, const LedgerDay& known)
    {
        const bool waits = !planned.signalled || planned.state == DayState::Future ||
                           planned.state == DayState::Ignored;
        if (known.standing == Standing::Failed && waits)
            return; // without its signal the day is what it would be had nobody tried it
        constexpr std::array<DayState, 4> states = {DayState::Imported, DayState::Skipped,
                                                    DayState::Importing, DayState::Failed};
        planned.state = states[static_cast<std::size_t>(known.standing)];
        planned.overdue = false;
        planned.ignored = IgnoredReason::None;
        planned.empty = known.standing == Standing::Imported && known.empty;
        planned.changed = known.standing == Standing::Imported && known.changed;
        planned.damaged = known.standing == Standing::Imported && known.damaged;
    }

    /// Moves the frontier, and turns a signalled day into the ready, a queued or a blocked one.
    void decide(PlannedDay& planned)
    {
        if (isDone(planned.state) && *m_plan.nextDay == planned.day) {
            m_plan.frontier = planned.day;
            m_plan.nextDay = planned.day + days{1};
        }
        if (planned.state == DayState::Ready && m_blocker) {
            planned.state = DayState::Blocked;
            planned.blockedBy = m_blocker;
        } else if (planned.state == DayState::Ready && planned.day != *m_plan.nextDay) {
            planned.state = DayState::Queued;
        }
        if (!m_blocker && (planned.state == DayState::Gap || planned.state == DayState::Failed))
            m_blocker = planned.day;
    }

    void countWaiting()
    {
        std::size_t waiting = 0;
        for (auto planned = m_plan.days.rbegin(); planned != m_plan.days.rend(); ++planned) {
            if (planned->state == DayState::Gap || planned->state == DayState::Failed)
                planned->waiting = waiting;
            waiting += planned->state == DayState::Blocked ? 1 : 0;
        }
    }

    const Policy& m_policy;
    Day m_horizon;
    std::vector<Day> m_signals;      ///< ascending, each once
    std::vector<LedgerDay> m_known;  ///< ascending, each once
    std::optional<Day> m_lastSignal; ///< up to today
    std::optional<Day> m_blocker;    ///< the earliest gap or failed day of the sweep so far
    Day m_begin;
    Day m_last;
    Plan m_plan;
};

} // namespace

std::string_view stateName(DayState state)
{
    constexpr std::array<std::string_view, 11> names = {
        "imported", "skipped", "importing", "failed", "ready",  "queued",
        "gap",      "blocked", "awaiting",  "future", "ignored"};
    return names[static_cast<std::size_t>(state)];
}

std::string_view reasonName(IgnoredReason reason)
{
    constexpr std::array<std::string_view, 3> names = {"", "signal.too_old", "signal.before_start"};
    return names[static_cast<std::size_t>(reason)];
}

const PlannedDay* Plan::find(Day day) const
{
    if (days.empty() || day < days.front().day || day > days.back().day)
        return nullptr;
    return &days[static_cast<std::size_t>((day - days.front().day).count())];
}

std::vector<Day> Plan::importable(std::optional<Day> last) const
{
    std::vector<Day> taken;
    const PlannedDay* next = nextDay ? find(*nextDay) : nullptr;
    if (!next || (next->state != DayState::Ready && next->state != DayState::Failed))
        return taken;
    for (; next <= &days.back() && (!last || next->day <= *last); ++next) {
        if (next->day == *nextDay || next->state == DayState::Queued)
            taken.push_back(next->day);
        else if (!isDone(next->state))
            break;
    }
    return taken;
}

Plan plan(const Policy& policy, Day today, std::span<const Signal> announced,
          std::span<const LedgerDay> known)
{
    return Planner(policy, today, announced, known).run();
}

} // namespace daymark
