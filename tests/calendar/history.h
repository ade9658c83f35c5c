// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The words in which the calendar's tests are written. A day is a number: from 1 on a day of June
// 2022, from 0 down so many days before today. What isn't said is as in a new source: strict order,
// a horizon of 28 days, and today is 2022-06-17.

#include "core/calendar/plan.h"

#include <QString>
#include <QStringList>

#include <initializer_list>
#include <vector>

namespace daymark::test {

inline Day june(int day)
{
    using namespace std::chrono;
    return Day{year{2022} / June / 1} + days{day - 1};
}

/// What a source's signals, its ledger and its operator hold.
class History
{
public:
    History& signalled(std::initializer_list<int> days)
    {
        for (const int day : days)
            m_signals.push_back({at(day)});
        return *this;
    }
    History& landed(std::initializer_list<int> days) { return put(days, {{}, Standing::Imported}); }
    History& landedEmpty(int day) { return put({day}, {{}, Standing::Imported, true, false}); }
    History& landedChanged(int day) { return put({day}, {{}, Standing::Imported, false, true}); }
    History& skipped(std::initializer_list<int> days) { return put(days, {{}, Standing::Skipped}); }
    History& importing(int day) { return put({day}, {{}, Standing::Importing}); }
    History& failed(int day) { return put({day}, {{}, Standing::Failed}); }
    History& highWater()
    {
        m_policy.order = DayOrder::HighWater;
        return *this;
    }
    History& horizon(int days)
    {
        m_policy.horizonDays = days;
        return *this;
    }
    History& startingOn(int day)
    {
        m_policy.firstDay = at(day);
        return *this;
    }

    [[nodiscard]] Plan plan() const { return daymark::plan(m_policy, m_today, m_signals, m_known); }
    [[nodiscard]] Day at(int day) const
    {
        return day > 0 ? june(day) : m_today + std::chrono::days{day};
    }

private:
    friend History on(int today);

    History& put(std::initializer_list<int> days, LedgerDay known)
    {
        for (const int day : days) {
            known.day = at(day);
            m_known.push_back(known);
        }
        return *this;
    }

    Day m_today = june(17);
    Policy m_policy;
    std::vector<Signal> m_signals;
    std::vector<LedgerDay> m_known;
};

inline History on(int today)
{
    History history;
    history.m_today = june(today);
    return history;
}
inline History nothing() { return History(); }
inline History signalled(std::initializer_list<int> days) { return History().signalled(days); }

/// A day as one word: `ready`, `blocked:14`, `awaiting/overdue`, `queued/implied`,
/// `imported/empty`.
inline QString wordOf(const PlannedDay& day)
{
    const std::string_view name = stateName(day.state);
    QString word = QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size()));
    if (day.blockedBy)
        word += ':' + QString::number((*day.blockedBy - june(1)).count() + 1);
    if (day.implied)
        word += QLatin1String("/implied");
    if (day.empty)
        word += QLatin1String("/empty");
    if (day.changed)
        word += QLatin1String("/changed");
    if (day.overdue)
        word += QLatin1String("/overdue");
    if (day.state == DayState::Future && day.signalled)
        word += QLatin1String("/signalled");
    if (day.state == DayState::Ignored && !day.signalled)
        word += QLatin1String("/unsignalled");
    if (day.ignored != IgnoredReason::None) {
        const std::string_view reason = reasonName(day.ignored);
        word += '/' + QString::fromUtf8(reason.data(), static_cast<qsizetype>(reason.size()));
    }
    return word.replace(QLatin1String("/signal."), QLatin1String("/"));
}

/// All the days' words; days alike in a row are counted: `awaiting*3`.
inline QString statesOf(const Plan& plan)
{
    QStringList words;
    for (std::size_t i = 0; i < plan.days.size();) {
        const QString word = wordOf(plan.days[i]);
        std::size_t end = i + 1;
        while (end < plan.days.size() && wordOf(plan.days[end]) == word)
            ++end;
        words += end - i == 1 ? word : word + '*' + QString::number(end - i);
        i = end;
    }
    return words.join(' ');
}

inline QString states(const char* words) { return QString::fromUtf8(words); }

} // namespace daymark::test
