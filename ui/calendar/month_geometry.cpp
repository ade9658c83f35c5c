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

namespace {

constexpr int kLaneMargin = 3; ///< between the lane and the frame, which may be a thick one

} // namespace

CellGeometry CellGeometry::of(const QRect& cell, const LineHeights& heights)
{
    CellGeometry geometry;
    const QRect frame = cell.adjusted(2, 2, -2, -2);
    geometry.frame = frame;
    const QRect inner = frame.adjusted(kPadding, kPadding - 3, -kPadding, -2);
    const int numberWidth = heights.number * 7 / 4;
    geometry.number = QRect(inner.left(), inner.top(), numberWidth, heights.number);
    int bottom = frame.bottom() + 1; // below the last part so far
    const auto hasRoom = [&](int height) {
        return bottom - geometry.number.bottom() - 1 >= height;
    };
    if (hasRoom(heights.note + kLaneMargin)) {
        geometry.lane = QRect(frame.left() + kLaneMargin, bottom - heights.note - kLaneMargin,
                              frame.width() - 2 * kLaneMargin, heights.note);
        bottom = geometry.lane.top();
    }
    geometry.bar = QRect(frame.left() + 3, bottom - 5, frame.width() - 6, 4);
    const int glyphSize = qMin(heights.number - 3, inner.width() - numberWidth);
    if (glyphSize > 4) {
        geometry.glyph =
            QRect(inner.right() + 1 - glyphSize, inner.top() + (heights.number - glyphSize) / 2,
                  glyphSize, glyphSize);
        const int room = geometry.glyph.left() - geometry.number.right() - 3;
        if (room >= glyphSize - 2)
            geometry.marks =
                QRect(geometry.number.right() + 1, geometry.glyph.top() + 1, room, glyphSize - 2);
    }
    bottom -= 1;
    if (hasRoom(heights.word + heights.note)) {
        geometry.note = QRect(inner.left(), bottom - heights.note, inner.width(), heights.note);
        bottom = geometry.note.top();
    }
    if (hasRoom(heights.word))
        geometry.word = QRect(inner.left(), bottom - heights.word, inner.width(), heights.word);
    return geometry;
}

} // namespace daymark::ui
