// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/calendar/day_grid.h"
#include "ui/calendar/year_geometry.h"

namespace daymark::ui {

/// A year of a source's days: twelve small months. The same keys as in a month.
class YearGrid : public DayGrid
{
    Q_OBJECT

public:
    explicit YearGrid(QWidget* parent = nullptr);

    [[nodiscard]] int year() const { return m_year; }
    [[nodiscard]] QDate dateAt(int index) const override;
    [[nodiscard]] std::optional<int> indexOf(QDate date) const override;
    [[nodiscard]] QRect cellRect(int index) const override;
    [[nodiscard]] std::optional<int> cellAt(QPoint point) const override;

    [[nodiscard]] int rowCount() const override { return YearGeometry::kMonths; }
    [[nodiscard]] int columnCount() const override { return kLongestMonth; }
    [[nodiscard]] int rowOf(int index) const override { return dateAt(index).month() - 1; }
    [[nodiscard]] int columnOf(int index) const override { return dateAt(index).day() - 1; }
    [[nodiscard]] std::optional<int> indexAt(int row, int column) const override;
    [[nodiscard]] QString rowWords(int row) const override;
    [[nodiscard]] QString columnWords(int column) const override;

    [[nodiscard]] QSize minimumSizeHint() const override;

public Q_SLOTS:
    void showPreviousYear();
    void showNextYear();

protected:
    [[nodiscard]] bool isOnPage(QDate day) const override { return day.year() == m_year; }
    void turnTo(QDate day) override;
    void paintCells(QPainter& canvas, const QRect& dirty) override;
    [[nodiscard]] QRectF horizonRoom(QDate day, const HorizonEdge& edge) const override;

private:
    static constexpr int kLongestMonth = 31;

    [[nodiscard]] YearGeometry places() const;
    void paintTitles(QPainter& canvas) const;

    int m_year = 0;
};

} // namespace daymark::ui
