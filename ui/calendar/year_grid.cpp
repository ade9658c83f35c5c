// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/calendar/year_grid.h"

#include "ui/calendar/small_cell_painter.h"
#include "ui/style/text.h"

#include <QPainter>

namespace daymark::ui {

namespace {

constexpr int kTitleMargin = 5;
constexpr QSize kLeastMonth{108, 104};

} // namespace

YearGrid::YearGrid(QWidget* parent) : DayGrid(parent) { YearGrid::turnTo(selected()); }

void YearGrid::turnTo(QDate day)
{
    m_year = day.year();
    refreshCells(QDate(m_year, 1, 1).daysInYear());
}

void YearGrid::showPreviousYear() { select(selected().addYears(-1)); }

void YearGrid::showNextYear() { select(selected().addYears(1)); }

QDate YearGrid::dateAt(int index) const { return QDate(m_year, 1, 1).addDays(index); }

std::optional<int> YearGrid::indexOf(QDate date) const
{
    if (!date.isValid() || date.year() != m_year)
        return {};
    return date.dayOfYear() - 1;
}

YearGeometry YearGrid::places() const
{
    return {size(), fontMetrics().height() + kTitleMargin, m_year, firstDayOfWeek()};
}

QRect YearGrid::cellRect(int index) const { return places().cell(dateAt(index)); }

std::optional<int> YearGrid::cellAt(QPoint point) const
{
    const std::optional<QDate> date = places().dateAt(point);
    return date ? indexOf(*date) : std::nullopt;
}

QSize YearGrid::minimumSizeHint() const
{
    return {4 * (kLeastMonth.width() + YearGeometry::kGap), 3 * kLeastMonth.height()};
}

void YearGrid::paintTitles(QPainter& canvas) const
{
    const YearGeometry areas = places();
    QFont bold = font();
    bold.setWeight(QFont::DemiBold);
    canvas.setFont(bold);
    for (int month = 1; month <= YearGeometry::kMonths; ++month) {
        const bool current = month == selected().month();
        canvas.setPen(palette().color(current ? QPalette::Link : QPalette::WindowText));
        canvas.drawText(areas.title(month).adjusted(2, 0, 0, -kTitleMargin),
                        Qt::AlignLeft | Qt::AlignBottom,
                        wordsLocale().monthName(month, QLocale::LongFormat));
    }
}

void YearGrid::paintCells(QPainter& canvas, const QRect& dirty)
{
    paintTitles(canvas);
    const SmallCellPainter cells(font(), palette(), devicePixelRatioF());
    const YearGeometry areas = places();
    for (int index = 0; index < count(); ++index) {
        const QRect place = areas.cell(dateAt(index));
        if (dirty.intersects(place))
            cells.paint(canvas, place, content(index), standing(index));
    }
}

/// Below the days of its month: the cells have no room to spare.
QRectF YearGrid::horizonRoom(QDate day, const HorizonEdge&) const
{
    return places().rest(day.month());
}

std::optional<int> YearGrid::indexAt(int row, int column) const
{
    if (row < 0 || row >= rowCount() || column < 0 || column >= columnCount())
        return {};
    return indexOf(QDate(m_year, row + 1, column + 1));
}

QString YearGrid::rowWords(int row) const
{
    return wordsLocale().toString(QDate(m_year, row + 1, 1), QStringLiteral("MMMM yyyy"));
}

QString YearGrid::columnWords(int column) const { return tr("Day %1").arg(column + 1); }

} // namespace daymark::ui
