// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/calendar/month_grid.h"

#include "ui/calendar/month_grid_accessible.h"
#include "ui/style/text.h"

#include <QContextMenuEvent>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QToolTip>

namespace daymark::ui {

MonthGrid::MonthGrid(QWidget* parent)
    : QWidget(parent), m_selected(QDate::currentDate()), m_cells(MonthDates::kCells)
{
    installMonthGridAccessibility();
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    m_dates = MonthDates::of(m_selected, QLocale::system().firstDayOfWeek());
    refreshCells();
}

void MonthGrid::setFacts(const CalendarFacts& facts)
{
    m_facts = facts;
    refreshCells();
}

void MonthGrid::select(QDate day)
{
    if (!day.isValid() || day == m_selected)
        return;
    const bool turns = !m_dates.inMonth(day);
    m_selected = day;
    if (turns) {
        m_dates = MonthDates::of(day, m_dates.firstDayOfWeek);
        refreshCells();
        tellMonth();
        Q_EMIT monthChanged(m_dates.month);
    }
    update();
    tellSelection();
    Q_EMIT selectionChanged(day);
}

void MonthGrid::showPreviousMonth() { select(m_selected.addMonths(-1)); }

void MonthGrid::showNextMonth() { select(m_selected.addMonths(1)); }

void MonthGrid::setProgress(QDate day, std::optional<double> fraction)
{
    if (fraction)
        m_progress.insert(day, *fraction);
    else
        m_progress.remove(day);
    if (const std::optional<int> index = m_dates.indexOf(day))
        update(cellRect(*index));
}

void MonthGrid::clearProgress()
{
    m_progress.clear();
    update();
}

int MonthGrid::selectedIndex() const { return m_dates.indexOf(m_selected).value_or(0); }

QSize MonthGrid::sizeHint() const
{
    const QSize cell = painter().fullCell();
    return {(cell.width() + 16) * MonthDates::kColumns,
            (cell.height() + 14) * MonthDates::kRows + painter().headerHeight()};
}

QSize MonthGrid::minimumSizeHint() const
{
    const QSize cell = painter().fullCell();
    return {(cell.width() - 16) * MonthDates::kColumns,
            (cell.height() - 14) * MonthDates::kRows + painter().headerHeight()};
}

MonthGeometry MonthGrid::places() const { return {size(), painter().headerHeight()}; }

CellStanding MonthGrid::standing(int index) const
{
    const QDate date = m_dates.dateAt(index);
    CellStanding standing;
    standing.inMonth = m_dates.inMonth(date);
    standing.selected = date == m_selected;
    standing.focused = standing.selected && hasFocus();
    if (const auto found = m_progress.constFind(date); found != m_progress.constEnd())
        standing.progress = *found;
    return standing;
}

void MonthGrid::paintEvent(QPaintEvent* event)
{
    QPainter canvas(this);
    canvas.setRenderHint(QPainter::Antialiasing);
    const CellPainter cells = painter();
    const MonthGeometry areas = places();
    for (int column = 0; column < MonthDates::kColumns; ++column) {
        const QString name = wordsLocale().dayName(m_dates.weekdayOf(column), QLocale::ShortFormat);
        cells.paintHeader(canvas, areas.header(column), name);
    }
    for (int index = 0; index < MonthDates::kCells; ++index) {
        const QRect place = areas.cell(index);
        if (event->rect().intersects(place))
            cells.paint(canvas, place, content(index), standing(index));
    }
}

bool MonthGrid::event(QEvent* event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        if (!showToolTip(help->pos(), help->globalPos()))
            event->ignore();
        return true;
    }
    return QWidget::event(event);
}

bool MonthGrid::showToolTip(QPoint position, QPoint globalPosition)
{
    const std::optional<int> index = cellAt(position);
    if (!index) {
        QToolTip::hideText();
        return false;
    }
    const CellContent& cell = content(*index);
    QToolTip::showText(globalPosition,
                       asToolTip(fullDate(cell.date) + QStringLiteral(": ") + cell.description),
                       this, cellRect(*index));
    return true;
}

void MonthGrid::mousePressEvent(QMouseEvent* event)
{
    if (const std::optional<int> index = cellAt(event->position().toPoint()))
        select(m_dates.dateAt(*index));
    event->accept();
}

void MonthGrid::mouseDoubleClickEvent(QMouseEvent* event)
{
    if (event->button() == Qt::LeftButton && cellAt(event->position().toPoint()))
        Q_EMIT activated(m_selected);
    event->accept();
}

std::optional<QDate> MonthGrid::target(const QKeyEvent& event) const
{
    const bool far = event.modifiers() & Qt::ControlModifier;
    const int inWeek = selectedIndex() % MonthDates::kColumns;
    switch (event.key()) {
    case Qt::Key_Left:
        return m_selected.addDays(-1);
    case Qt::Key_Right:
        return m_selected.addDays(1);
    case Qt::Key_Up:
        return m_selected.addDays(-MonthDates::kColumns);
    case Qt::Key_Down:
        return m_selected.addDays(MonthDates::kColumns);
    case Qt::Key_Home:
        return far ? m_dates.month : m_selected.addDays(-inWeek);
    case Qt::Key_End:
        return far ? m_dates.month.addMonths(1).addDays(-1)
                   : m_selected.addDays(MonthDates::kColumns - 1 - inWeek);
    case Qt::Key_PageUp:
        return m_selected.addMonths(-1);
    case Qt::Key_PageDown:
        return m_selected.addMonths(1);
    default:
        return {};
    }
}

void MonthGrid::keyPressEvent(QKeyEvent* event)
{
    if (const std::optional<QDate> day = target(*event)) {
        select(*day);
        return;
    }
    switch (event->key()) {
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Space:
        Q_EMIT activated(m_selected);
        return;
    default:
        QWidget::keyPressEvent(event);
    }
}

void MonthGrid::contextMenuEvent(QContextMenuEvent* event)
{
    QPoint position = event->globalPos();
    if (event->reason() == QContextMenuEvent::Keyboard)
        position = mapToGlobal(cellRect(selectedIndex()).center());
    else if (const std::optional<int> index = cellAt(event->pos()))
        select(m_dates.dateAt(*index));
    Q_EMIT menuRequested(position);
}

void MonthGrid::focusInEvent(QFocusEvent* event)
{
    QWidget::focusInEvent(event);
    update();
    tellSelection();
}

void MonthGrid::focusOutEvent(QFocusEvent* event)
{
    QWidget::focusOutEvent(event);
    update();
}

void MonthGrid::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        updateGeometry();
    update();
}

void MonthGrid::refreshCells()
{
    for (int index = 0; index < MonthDates::kCells; ++index) {
        CellContent fresh = m_facts.cell(m_dates.dateAt(index));
        CellContent& shown = m_cells[std::size_t(index)];
        const bool told = shown.date == fresh.date && shown.description != fresh.description;
        shown = std::move(fresh);
        if (told) {
            QAccessibleEvent event(this, QAccessible::DescriptionChanged);
            event.setChild(index);
            QAccessible::updateAccessibility(&event);
        }
    }
    update();
}

void MonthGrid::tellMonth()
{
    QAccessibleTableModelChangeEvent reset(this, QAccessibleTableModelChangeEvent::ModelReset);
    QAccessible::updateAccessibility(&reset);
    for (int index = 0; index < MonthDates::kCells; ++index) {
        QAccessibleEvent event(this, QAccessible::NameChanged);
        event.setChild(index);
        QAccessible::updateAccessibility(&event);
    }
}

void MonthGrid::tellSelection()
{
    QAccessibleEvent selection(this, QAccessible::Selection);
    selection.setChild(selectedIndex());
    QAccessible::updateAccessibility(&selection);
    if (!hasFocus())
        return;
    QAccessibleEvent focus(this, QAccessible::Focus);
    focus.setChild(selectedIndex());
    QAccessible::updateAccessibility(&focus);
}

} // namespace daymark::ui
