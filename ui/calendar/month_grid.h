// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/calendar/cell_painter.h"
#include "ui/calendar/day_grid.h"
#include "ui/calendar/month_geometry.h"

namespace daymark::ui {

/// A month of a source's days, six weeks of seven cells.
class MonthGrid : public DayGrid
{
    Q_OBJECT

public:
    explicit MonthGrid(QWidget* parent = nullptr);

    [[nodiscard]] const MonthDates& dates() const { return m_dates; }
    [[nodiscard]] QDate dateAt(int index) const override { return m_dates.dateAt(index); }
    [[nodiscard]] std::optional<int> indexOf(QDate date) const override
    {
        return m_dates.indexOf(date);
    }
    [[nodiscard]] QRect cellRect(int index) const override { return places().cell(index); }
    [[nodiscard]] std::optional<int> cellAt(QPoint point) const override
    {
        return places().cellAt(point);
    }

    [[nodiscard]] int rowCount() const override { return MonthDates::kRows; }
    [[nodiscard]] int columnCount() const override { return MonthDates::kColumns; }
    [[nodiscard]] int rowOf(int index) const override { return index / MonthDates::kColumns; }
    [[nodiscard]] int columnOf(int index) const override { return index % MonthDates::kColumns; }
    [[nodiscard]] std::optional<int> indexAt(int row, int column) const override;
    [[nodiscard]] QString rowWords(int row) const override;
    [[nodiscard]] QString columnWords(int column) const override;

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

public Q_SLOTS:
    void showPreviousMonth();
    void showNextMonth();

protected:
    [[nodiscard]] bool isOnPage(QDate day) const override { return m_dates.inMonth(day); }
    void turnTo(QDate day) override;
    void paintCells(QPainter& canvas, const QRect& dirty) override;

private:
    [[nodiscard]] CellPainter painter() const { return {font(), palette(), devicePixelRatioF()}; }
    [[nodiscard]] MonthGeometry places() const;

    MonthDates m_dates;
};

} // namespace daymark::ui
