// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/calendar/zoomed_grid.h"

#include "ui/calendar/month_grid.h"
#include "ui/calendar/year_grid.h"

namespace daymark::ui {

ZoomedGrid::ZoomedGrid(QWidget* parent)
    : QStackedWidget(parent), m_month(new MonthGrid(this)), m_year(new YearGrid(this))
{
    addWidget(m_month);
    addWidget(m_year);
    follow(m_month, m_year);
    follow(m_year, m_month);
    setFocusProxy(m_month);
}

/// What is selected in one is selected in both, before anybody else hears of it.
void ZoomedGrid::follow(DayGrid* moved, DayGrid* follower)
{
    const auto adopt = [this, moved, follower] {
        follower->adopt(*moved);
        if (follower == &current())
            Q_EMIT pageChanged();
    };
    connect(moved, &DayGrid::selectionChanged, this, adopt);
    connect(moved, &DayGrid::spanChanged, this, adopt);
    connect(moved, &DayGrid::selectionChanged, this, &ZoomedGrid::selectionChanged);
    connect(moved, &DayGrid::spanChanged, this, &ZoomedGrid::spanChanged);
    connect(moved, &DayGrid::pageChanged, this, &ZoomedGrid::pageChanged);
    connect(moved, &DayGrid::activated, this, &ZoomedGrid::activated);
    connect(moved, &DayGrid::menuRequested, this, &ZoomedGrid::menuRequested);
    connect(moved, &DayGrid::zoomAsked, this,
            [this](bool closer) { setZoom(closer ? Zoom::Month : Zoom::Year); });
}

DayGrid& ZoomedGrid::current() const
{
    return zoom() == Zoom::Year ? static_cast<DayGrid&>(*m_year) : *m_month;
}

Zoom ZoomedGrid::zoom() const { return currentWidget() == m_year ? Zoom::Year : Zoom::Month; }

void ZoomedGrid::setName(const QString& accessibleName)
{
    m_month->setAccessibleName(accessibleName);
    m_year->setAccessibleName(accessibleName);
}

void ZoomedGrid::setFacts(const CalendarFacts& facts)
{
    m_month->setFacts(facts);
    m_year->setFacts(facts);
}

void ZoomedGrid::setFilter(DayFilter filter)
{
    m_month->setFilter(filter);
    m_year->setFilter(filter);
}

void ZoomedGrid::setProgress(QDate day, std::optional<double> fraction)
{
    m_month->setProgress(day, fraction);
    m_year->setProgress(day, fraction);
}

void ZoomedGrid::clearProgress()
{
    m_month->clearProgress();
    m_year->clearProgress();
}

void ZoomedGrid::setZoom(Zoom zoom)
{
    if (zoom == this->zoom())
        return;
    const bool focused = current().hasFocus();
    setCurrentWidget(zoom == Zoom::Year ? static_cast<QWidget*>(m_year) : m_month);
    setFocusProxy(&current());
    if (focused)
        current().setFocus();
    Q_EMIT pageChanged();
}

void ZoomedGrid::showPrevious()
{
    if (zoom() == Zoom::Year)
        m_year->showPreviousYear();
    else
        m_month->showPreviousMonth();
}

void ZoomedGrid::showNext()
{
    if (zoom() == Zoom::Year)
        m_year->showNextYear();
    else
        m_month->showNextMonth();
}

} // namespace daymark::ui
