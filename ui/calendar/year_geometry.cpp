// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/calendar/year_geometry.h"

namespace daymark::ui {

int YearGeometry::columns() const { return area.width() * 5 >= area.height() * 4 ? 4 : 3; }

QRect YearGeometry::month(int month) const
{
    const int across = columns();
    const int down = kMonths / across;
    const int column = (month - 1) % across;
    const int row = (month - 1) / across;
    const int width = area.width() + kGap;
    const int height = area.height() + kGap;
    const int left = width * column / across;
    const int right = width * (column + 1) / across - kGap;
    const int top = height * row / down;
    const int bottom = height * (row + 1) / down - kGap;
    return {left, top, qMax(0, right - left), qMax(0, bottom - top)};
}

QRect YearGeometry::title(int month) const
{
    const QRect place = this->month(month);
    return {place.left(), place.top(), place.width(), qMin(titleHeight, place.height())};
}

QRect YearGeometry::cellAt(int month, int place) const
{
    const QRect home = this->month(month);
    const int row = place / kWeek;
    const int column = place % kWeek;
    const int head = qMin(titleHeight, home.height());
    const int height = home.height() - head;
    const int left = home.left() + home.width() * column / kWeek;
    const int right = home.left() + home.width() * (column + 1) / kWeek;
    const int top = home.top() + head + height * row / kWeeks;
    const int bottom = home.top() + head + height * (row + 1) / kWeeks;
    return {left, top, right - left, bottom - top};
}

int YearGeometry::placeOf(QDate date) const
{
    const QDate first(date.year(), date.month(), 1);
    return (first.dayOfWeek() - int(firstDayOfWeek) + kWeek) % kWeek + date.day() - 1;
}

QRect YearGeometry::cell(QDate date) const { return cellAt(date.month(), placeOf(date)); }

QRect YearGeometry::rest(int month) const
{
    const QDate first(year, month, 1);
    const int lastWeek = (kWeeks - 1) * kWeek;
    const int behind = placeOf(first.addDays(first.daysInMonth() - 1)) + 1;
    return cellAt(month, qMax(behind, lastWeek)).united(cellAt(month, kWeeks * kWeek - 1));
}

std::optional<QDate> YearGeometry::dateAt(QPoint point) const
{
    for (int number = 1; number <= kMonths; ++number) {
        if (!month(number).contains(point))
            continue;
        const QDate first(year, number, 1);
        for (int day = 0; day < first.daysInMonth(); ++day) {
            if (cell(first.addDays(day)).contains(point))
                return first.addDays(day);
        }
    }
    return {};
}

} // namespace daymark::ui
