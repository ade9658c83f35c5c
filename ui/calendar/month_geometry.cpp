// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/calendar/month_geometry.h"

namespace daymark::ui {

MonthDates MonthDates::of(QDate day, Qt::DayOfWeek firstDayOfWeek)
{
    return {QDate(day.year(), day.month(), 1), firstDayOfWeek};
}

QDate MonthDates::first() const
{
    const int before = (month.dayOfWeek() - int(firstDayOfWeek) + kColumns) % kColumns;
    return month.addDays(-before);
}

QDate MonthDates::dateAt(int index) const { return first().addDays(index); }

std::optional<int> MonthDates::indexOf(QDate date) const
{
    const qint64 days = first().daysTo(date);
    if (!date.isValid() || days < 0 || days >= kCells)
        return {};
    return int(days);
}

bool MonthDates::inMonth(QDate date) const
{
    return date.year() == month.year() && date.month() == month.month();
}

int MonthDates::weekdayOf(int column) const
{
    return (int(firstDayOfWeek) - 1 + column) % kColumns + 1;
}

int MonthDates::weekOf(int row) const
{
    for (int column = 0; column < kColumns; ++column) {
        const QDate date = dateAt(row * kColumns + column);
        if (date.dayOfWeek() == Qt::Thursday)
            return date.weekNumber();
    }
    return 0;
}

QRect MonthGeometry::header(int column) const
{
    const int left = area.width() * column / MonthDates::kColumns;
    const int right = area.width() * (column + 1) / MonthDates::kColumns;
    return {left, 0, right - left, headerHeight};
}

QRect MonthGeometry::cell(int index) const
{
    const int row = index / MonthDates::kColumns;
    const QRect columnHeader = header(index % MonthDates::kColumns);
    const int height = area.height() - headerHeight;
    const int top = headerHeight + height * row / MonthDates::kRows;
    const int bottom = headerHeight + height * (row + 1) / MonthDates::kRows;
    return {columnHeader.left(), top, columnHeader.width(), bottom - top};
}

std::optional<int> MonthGeometry::cellAt(QPoint point) const
{
    for (int index = 0; index < MonthDates::kCells; ++index) {
        if (cell(index).contains(point))
            return index;
    }
    return {};
}

CellGeometry CellGeometry::of(const QRect& cell, int numberHeight, int wordHeight, int noteHeight)
{
    CellGeometry geometry;
    geometry.frame = cell.adjusted(2, 2, -2, -2);
    geometry.bar = QRect(geometry.frame.left() + 3, geometry.frame.bottom() - 5,
                         geometry.frame.width() - 6, 4);
    const QRect inner = geometry.frame.adjusted(kPadding, kPadding - 2, -kPadding, 2 - kPadding);
    const int numberWidth = numberHeight * 7 / 4;
    geometry.number = QRect(inner.left(), inner.top(), numberWidth, numberHeight);
    const int glyphSize = qMin(numberHeight - 3, inner.width() - numberWidth);
    if (glyphSize > 4) {
        geometry.glyph = QRect(inner.right() + 1 - glyphSize,
                               inner.top() + (numberHeight - glyphSize) / 2, glyphSize, glyphSize);
    }
    const int below = inner.bottom() + 1 - geometry.number.bottom() - 1;
    const bool hasWord = below >= wordHeight;
    const bool hasNote = below >= wordHeight + noteHeight;
    if (hasNote)
        geometry.note =
            QRect(inner.left(), inner.bottom() + 1 - noteHeight, inner.width(), noteHeight);
    if (hasWord) {
        const int bottom = hasNote ? geometry.note.top() : inner.bottom() + 1;
        geometry.word = QRect(inner.left(), bottom - wordHeight, inner.width(), wordHeight);
    }
    return geometry;
}

} // namespace daymark::ui
