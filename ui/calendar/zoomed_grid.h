// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/calendar/calendar_header.h"
#include "ui/calendar/day_grid.h"

#include <QStackedWidget>

namespace daymark::ui {

class MonthGrid;
class YearGrid;

/// A source's days by month or by year. Both grids always have the same days selected; one of them
/// is on show.
class ZoomedGrid : public QStackedWidget
{
    Q_OBJECT

public:
    explicit ZoomedGrid(QWidget* parent = nullptr);

    [[nodiscard]] MonthGrid& month() { return *m_month; }
    [[nodiscard]] YearGrid& year() { return *m_year; }
    /// The one on show.
    [[nodiscard]] DayGrid& current() const;
    [[nodiscard]] Zoom zoom() const;
    [[nodiscard]] QDate selected() const { return current().selected(); }
    [[nodiscard]] DaySpan span() const { return current().span(); }

    void setName(const QString& accessibleName);
    void setFacts(const CalendarFacts& facts);
    void setFilter(DayFilter filter);
    void setProgress(QDate day, std::optional<double> fraction);
    void clearProgress();
    void select(QDate day) { current().select(day); }
    /// Shows the other grid; the focus stays on the days if it was there.
    void setZoom(Zoom zoom);

public Q_SLOTS:
    void showPrevious();
    void showNext();

Q_SIGNALS:
    void selectionChanged(QDate day);
    void spanChanged();
    /// Another page is on show, or the other grid.
    void pageChanged();
    void activated(QDate day);
    void menuRequested(QPoint globalPosition);

private:
    void follow(DayGrid* moved, DayGrid* follower);

    MonthGrid* m_month;
    YearGrid* m_year;
};

} // namespace daymark::ui
