// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/views.h"

#include <QDate>
#include <QString>

namespace daymark::ui {

/// What one cell of the grid shows.
struct CellContent
{
    QDate date;
    std::optional<DayState> state; ///< none where the plan doesn't list the day
    QString word;                  ///< `gap`, `empty`, `overdue`, …
    QString note;                  ///< `4,120 rows`
    QString description;           ///< in words, for the tool tip and for a screen reader
    bool today = false;
    bool notable = false; ///< changed, empty, overdue or with rejected rows: marked

    bool operator==(const CellContent&) const = default;
};

/// A source's calendar as the window asks of it. Holds a copy; never changes.
class CalendarFacts
{
public:
    CalendarFacts() = default;
    explicit CalendarFacts(CalendarView view);

    [[nodiscard]] const CalendarView& view() const { return m_view; }
    [[nodiscard]] QDate today() const;
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

    CalendarView m_view;
};

} // namespace daymark::ui
