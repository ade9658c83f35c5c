// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/views.h"

#include <QDate>
#include <QStringList>

namespace daymark::ui {

/// What is worth knowing of a day besides its state, the most important first.
enum class Mark {
    Damaged,     ///< its files are not what landed
    Changed,     ///< the source differs from what landed
    Resignalled, ///< announced again after it landed
    Overdue,     ///< not signalled a day after its end
    Rejected,    ///< with rejected rows
    Empty        ///< landed without rows
};

/// Whether, how and since when a day is signalled: the second lane of its cell.
struct SignalLane
{
    enum class Kind {
        Nothing,   ///< nothing is expected of the day
        Missing,   ///< not signalled
        Implied,   ///< only by a later day
        Source,    ///< by the source
        MarkedHere ///< by an operator in the source's place
    };

    Kind kind = Kind::Nothing;
    QStringList texts; ///< the longest first, for lanes of any width: `13 Nov 09:10`, `13 Nov`

    bool operator==(const SignalLane&) const = default;
};

/// What one cell of the grid shows.
struct CellContent
{
    QDate date;
    std::optional<DayState> state; ///< none where the plan doesn't list the day
    QString word;                  ///< of the state: `gap`
    QString note;                  ///< the first mark, or else `4,120 rows`
    QString description;           ///< in words, for the tool tip and for a screen reader
    QList<Mark> marks;
    SignalLane signal;
    std::optional<QDate> blockedBy;
    bool today = false;
    bool horizon = false; ///< the horizon lies at its beginning

    bool operator==(const CellContent&) const = default;
};

/// `damaged`, `changed`, `announced again`, …
[[nodiscard]] QString markWord(Mark mark);
[[nodiscard]] QList<Mark> marksOf(const CalendarDay& day);

/// A source's calendar as the window asks of it. Holds a copy; never changes.
class CalendarFacts
{
public:
    CalendarFacts() = default;
    explicit CalendarFacts(CalendarView view);

    [[nodiscard]] const CalendarView& view() const { return m_view; }
    [[nodiscard]] QDate today() const;
    /// The earliest day that could become the first one; invalid while nothing is loaded.
    [[nodiscard]] QDate horizon() const;
    /// The day's entry; null where it is not listed.
    [[nodiscard]] const CalendarDay* find(QDate date) const;
    [[nodiscard]] CellContent cell(QDate date) const;

    /// The earliest gap or failed day that holds days up, else the earliest gap.
    [[nodiscard]] std::optional<QDate> firstObstacle() const;
    /// `First gap: 12 November 2026; 5 days wait behind it.`; empty where nothing is in the way.
    [[nodiscard]] QString obstacleSentence() const;
    /// Whether a day after this one has landed.
    [[nodiscard]] bool landedAfter(QDate date) const;
    /// The day that a person looks at first: what is in the way, else the next day, else today.
    [[nodiscard]] QDate dayToShow() const;

private:
    [[nodiscard]] std::size_t waitingBehind(Day day) const;
    [[nodiscard]] QString describe(const CellContent& content, const CalendarDay& day) const;
    [[nodiscard]] SignalLane lane(const CalendarDay& day) const;

    CalendarView m_view;
};

} // namespace daymark::ui
