// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The arithmetic of the year grid: twelve small months, each with a title and six weeks of seven
// cells. Plain values; no widget, no painter.

#include <QDate>
#include <QRect>
#include <QSize>

#include <optional>

namespace daymark::ui {

struct YearGeometry
{
    static constexpr int kMonths = 12;
    static constexpr int kWeeks = 6;
    static constexpr int kWeek = 7;
    static constexpr int kGap = 12; ///< between two months

    QSize area;
    int titleHeight = 0;
    int year = 0;
    Qt::DayOfWeek firstDayOfWeek = Qt::Monday;

    [[nodiscard]] int columns() const; ///< of months; more where the area is wide
    /// The place of a month, 1 to 12, with its title.
    [[nodiscard]] QRect month(int month) const;
    [[nodiscard]] QRect title(int month) const;
    /// The cell of a day of the year.
    [[nodiscard]] QRect cell(QDate date) const;
    /// What lies behind a month's last day: five cells of a week at least.
    [[nodiscard]] QRect rest(int month) const;
    /// The day under a point; none between the cells.
    [[nodiscard]] std::optional<QDate> dateAt(QPoint point) const;

private:
    [[nodiscard]] QRect cellAt(int month, int place) const;
    [[nodiscard]] int placeOf(QDate date) const; ///< 0 to 41
};

} // namespace daymark::ui
