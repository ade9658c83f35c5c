// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/calendar/month_grid.h"

#include "ui/style/text.h"

#include <QPainter>

namespace daymark::ui {

MonthGrid::MonthGrid(QWidget* parent)
    : DayGrid(parent), m_dates(MonthDates::of(selected(), firstDayOfWeek()))
{
    refreshCells(MonthDates::kCells);
}

void MonthGrid::turnTo(QDate day)
{
    m_dates = MonthDates::of(day, firstDayOfWeek());
    refreshCells(MonthDates::kCells);
}

void MonthGrid::showPreviousMonth() { select(selected().addMonths(-1)); }

void MonthGrid::showNextMonth() { select(selected().addMonths(1)); }

QSize MonthGrid::sizeHint() const
{
    const QSize cell = painter().fullCell();
    return {(cell.width() + 16) * MonthDates::kColumns,
            (cell.height() + 14) * MonthDates::kRows + painter().headerHeight()};
}

QSize MonthGrid::minimumSizeHint() const
{
    const CellPainter cells = painter();
    return {(cells.fullCell().width() - 16) * MonthDates::kColumns,
            cells.leastHeight() * MonthDates::kRows + cells.headerHeight()};
}

MonthGeometry MonthGrid::places() const { return {size(), painter().headerHeight()}; }

void MonthGrid::paintCells(QPainter& canvas, const QRect& dirty)
{
    const CellPainter cells = painter();
    const MonthGeometry areas = places();
    for (int column = 0; column < MonthDates::kColumns; ++column) {
        const QString name = wordsLocale().dayName(m_dates.weekdayOf(column), QLocale::ShortFormat);
        cells.paintHeader(canvas, areas.header(column), name);
    }
    for (int index = 0; index < MonthDates::kCells; ++index) {
        const QRect place = areas.cell(index);
        if (dirty.intersects(place))
            cells.paint(canvas, place, content(index), standing(index));
    }
}

std::optional<int> MonthGrid::indexAt(int row, int column) const
{
    const bool inside = column >= 0 && column < columnCount() && row >= 0 && row < rowCount();
    return inside ? std::optional(row * MonthDates::kColumns + column) : std::nullopt;
}

QString MonthGrid::rowWords(int row) const { return tr("Week %1").arg(m_dates.weekOf(row)); }

QString MonthGrid::columnWords(int column) const
{
    return wordsLocale().dayName(m_dates.weekdayOf(column), QLocale::LongFormat);
}

} // namespace daymark::ui
