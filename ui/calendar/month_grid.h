// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/calendar/calendar_facts.h"
#include "ui/calendar/cell_painter.h"
#include "ui/calendar/month_geometry.h"

#include <QHash>
#include <QWidget>

#include <vector>

namespace daymark::ui {

/// A month of a source's days, six weeks of seven cells. One day is always selected; the selection
/// moves by pointer and keys and is told to assistive technology.
class MonthGrid : public QWidget
{
    Q_OBJECT

public:
    explicit MonthGrid(QWidget* parent = nullptr);

    void setFacts(const CalendarFacts& facts);
    /// Selects a day and turns to its month.
    void select(QDate day);
    /// Shows how far the import of a day is; none: it is over.
    void setProgress(QDate day, std::optional<double> fraction);
    void clearProgress();

    [[nodiscard]] QDate selected() const { return m_selected; }
    [[nodiscard]] const MonthDates& dates() const { return m_dates; }
    [[nodiscard]] const CellContent& content(int index) const
    {
        return m_cells[std::size_t(index)];
    }
    [[nodiscard]] QRect cellRect(int index) const { return places().cell(index); }
    [[nodiscard]] std::optional<int> cellAt(QPoint point) const { return places().cellAt(point); }
    [[nodiscard]] int selectedIndex() const;

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

public Q_SLOTS:
    void showPreviousMonth();
    void showNextMonth();

Q_SIGNALS:
    void selectionChanged(QDate day);
    void monthChanged(QDate month);
    /// Enter, a double click, or the accessible Press, on the selected day.
    void activated(QDate day);
    void menuRequested(QPoint globalPosition);

protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    [[nodiscard]] CellPainter painter() const { return {font(), palette()}; }
    [[nodiscard]] MonthGeometry places() const;
    [[nodiscard]] CellStanding standing(int index) const;
    [[nodiscard]] std::optional<QDate> target(const QKeyEvent& event) const;
    [[nodiscard]] bool showToolTip(QPoint position, QPoint globalPosition);
    void refreshCells();
    void tellMonth();
    void tellSelection();

    CalendarFacts m_facts;
    MonthDates m_dates;
    QDate m_selected;
    std::vector<CellContent> m_cells;
    QHash<QDate, double> m_progress;
};

} // namespace daymark::ui
