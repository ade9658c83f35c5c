// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/calendar/calendar_facts.h"
#include "ui/calendar/cell_standing.h"
#include "ui/calendar/day_filter.h"
#include "ui/calendar/day_span.h"
#include "ui/calendar/grid_lines.h"

#include <QHash>
#include <QWidget>

#include <vector>

namespace daymark::ui {

/// A page of a source's days, each in a cell. One day is always selected, and with it perhaps the
/// days since another one; both move by pointer and keys and are told to assistive technology. How
/// long a page is, and where its cells lie, is for the grids that derive from this one.
class DayGrid : public QWidget
{
    Q_OBJECT

public:
    explicit DayGrid(QWidget* parent = nullptr);

    void setFacts(const CalendarFacts& facts);
    /// Dims the days that don't pass.
    void setFilter(DayFilter filter);
    /// Whether the selected days are marked; on paper they are not.
    void setSelectionShown(bool shown);
    /// Selects a day alone and turns to its page.
    void select(QDate day);
    /// Selects the days from the one that was selected alone last, up to this one.
    void extendTo(QDate day);
    /// Takes over what is selected in another grid, and tells nobody but those who look.
    void adopt(const DayGrid& other);
    /// Shows how far the import of a day is; none: it is over.
    void setProgress(QDate day, std::optional<double> fraction);
    void clearProgress();

    [[nodiscard]] QDate selected() const { return m_selected; }
    /// The selected days, one at least.
    [[nodiscard]] DaySpan span() const { return DaySpan::between(m_anchor, m_selected); }
    [[nodiscard]] int count() const { return int(m_cells.size()); }
    [[nodiscard]] const CellContent& content(int index) const
    {
        return m_cells[std::size_t(index)];
    }
    [[nodiscard]] int selectedIndex() const;
    /// From a waiting day under the pointer, else the focused one, to its blocker.
    [[nodiscard]] Chain chain() const;
    [[nodiscard]] std::optional<HorizonEdge> horizon() const;

    [[nodiscard]] virtual QDate dateAt(int index) const = 0;
    /// The cell of a date; none where it is not on the page.
    [[nodiscard]] virtual std::optional<int> indexOf(QDate date) const = 0;
    [[nodiscard]] virtual QRect cellRect(int index) const = 0;
    [[nodiscard]] virtual std::optional<int> cellAt(QPoint point) const = 0;

    // The table that assistive technology sees.
    [[nodiscard]] virtual int rowCount() const = 0;
    [[nodiscard]] virtual int columnCount() const = 0;
    [[nodiscard]] virtual int rowOf(int index) const = 0;
    [[nodiscard]] virtual int columnOf(int index) const = 0;
    /// None where the table has no day.
    [[nodiscard]] virtual std::optional<int> indexAt(int row, int column) const = 0;
    [[nodiscard]] virtual QString rowWords(int row) const = 0;
    [[nodiscard]] virtual QString columnWords(int column) const = 0;

Q_SIGNALS:
    void selectionChanged(QDate day);
    /// More, fewer or other days are selected.
    void spanChanged();
    /// Another month, or year, is on show; a day of it.
    void pageChanged(QDate day);
    /// Enter, a double click, or the accessible Press, on the selected day.
    void activated(QDate day);
    void menuRequested(QPoint globalPosition);
    /// Plus or minus: fewer days and more of each, or the other way round.
    void zoomAsked(bool closer);

protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void changeEvent(QEvent* event) override;

    /// Whether the day belongs to the page, not just to a neighbour that is seen too.
    [[nodiscard]] virtual bool isOnPage(QDate day) const = 0;
    virtual void turnTo(QDate day) = 0;
    virtual void paintCells(QPainter& canvas, const QRect& dirty) = 0;
    /// Where the horizon's label may lie: at the right end, in the middle of the height.
    [[nodiscard]] virtual QRectF horizonRoom(QDate day, const HorizonEdge& edge) const;

    [[nodiscard]] Qt::DayOfWeek firstDayOfWeek() const { return m_firstDayOfWeek; }
    [[nodiscard]] CellStanding standing(int index) const;
    /// Asks for the contents of so many cells anew.
    void refreshCells(int count);

private:
    void moveTo(QDate day, bool extending);
    void turnIfNeeded(QDate day);
    [[nodiscard]] std::optional<QDate> target(const QKeyEvent& event) const;
    bool handleZoomKey(int key);
    [[nodiscard]] bool showToolTip(QPoint position, QPoint globalPosition);
    void hover(std::optional<QDate> day);
    [[nodiscard]] std::optional<DaySpan> chainSpan() const;
    [[nodiscard]] QList<CellPlace> cellPlaces() const;
    void tellPage();
    void tellSelection();

    CalendarFacts m_facts;
    DayFilter m_filter = DayFilter::All;
    bool m_showsSelection = true;
    Qt::DayOfWeek m_firstDayOfWeek;
    QDate m_selected;
    QDate m_anchor; ///< where the selected days begin or end, opposite to `m_selected`
    std::optional<QDate> m_hovered;
    bool m_dragging = false; ///< the pointer went down on a day of the page
    std::vector<CellContent> m_cells;
    QHash<QDate, double> m_progress;
};

} // namespace daymark::ui
