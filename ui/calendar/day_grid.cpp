// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/calendar/day_grid.h"

#include "ui/calendar/day_grid_accessible.h"
#include "ui/calendar/line_painter.h"
#include "ui/style/text.h"

#include <QContextMenuEvent>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QToolTip>

namespace daymark::ui {

namespace {

constexpr int kWeek = 7;
constexpr int kMonthsOfYear = 12;

} // namespace

DayGrid::DayGrid(QWidget* parent)
    : QWidget(parent)
    , m_firstDayOfWeek(QLocale::system().firstDayOfWeek())
    , m_selected(QDate::currentDate())
    , m_anchor(m_selected)
{
    installDayGridAccessibility();
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
}

// --- What is shown -------------------------------------------------------------------------------

void DayGrid::setFacts(const CalendarFacts& facts)
{
    m_facts = facts;
    refreshCells(count());
}

void DayGrid::setFilter(DayFilter filter)
{
    m_filter = filter;
    update();
}

void DayGrid::setProgress(QDate day, std::optional<double> fraction)
{
    if (fraction)
        m_progress.insert(day, *fraction);
    else
        m_progress.remove(day);
    if (const std::optional<int> index = indexOf(day))
        update(cellRect(*index));
}

void DayGrid::clearProgress()
{
    m_progress.clear();
    update();
}

void DayGrid::refreshCells(int count)
{
    m_cells.resize(std::size_t(count));
    for (int index = 0; index < count; ++index) {
        CellContent fresh = m_facts.cell(dateAt(index));
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

void DayGrid::setSelectionShown(bool shown)
{
    m_showsSelection = shown;
    update();
}

CellStanding DayGrid::standing(int index) const
{
    const CellContent& cell = content(index);
    CellStanding standing;
    standing.onPage = isOnPage(cell.date);
    standing.selected = m_showsSelection && cell.date == m_selected;
    standing.inSpan = m_showsSelection && m_anchor != m_selected && span().contains(cell.date);
    standing.focused = standing.selected && hasFocus();
    standing.dimmed = !passes(m_filter, cell.state, cell.marks);
    if (const auto found = m_progress.constFind(cell.date); found != m_progress.constEnd())
        standing.progress = *found;
    return standing;
}

void DayGrid::paintEvent(QPaintEvent* event)
{
    QPainter canvas(this);
    canvas.setRenderHint(QPainter::Antialiasing);
    paintCells(canvas, event->rect());
    if (const std::optional<HorizonEdge> edge = horizon()) {
        const int days = m_facts.view().policy.horizonDays;
        const QStringList labels{tr("%1-day horizon").arg(days), tr("%1 days").arg(days)};
        paintHorizon(canvas, *edge, {horizonRoom(m_facts.horizon(), *edge), labels}, font(),
                     palette());
    }
    paintChain(canvas, chain(), palette());
}

// --- Lines over the cells ------------------------------------------------------------------------

QList<CellPlace> DayGrid::cellPlaces() const
{
    QList<CellPlace> places;
    places.reserve(count());
    for (int index = 0; index < count(); ++index)
        places << CellPlace{content(index).date, cellRect(index)};
    return places;
}

std::optional<DaySpan> DayGrid::chainSpan() const
{
    for (const std::optional<QDate>& day :
         {m_hovered, hasFocus() ? std::optional(m_selected) : std::nullopt}) {
        const std::optional<int> index = day ? indexOf(*day) : std::nullopt;
        if (index && content(*index).blockedBy)
            return DaySpan{*content(*index).blockedBy, *day};
    }
    return {};
}

Chain DayGrid::chain() const
{
    const std::optional<DaySpan> waiting = chainSpan();
    return waiting ? chainOver(cellPlaces(), *waiting) : Chain();
}

std::optional<HorizonEdge> DayGrid::horizon() const
{
    const QDate day = m_facts.horizon();
    return day.isValid() && indexOf(day) ? horizonOver(cellPlaces(), day) : std::nullopt;
}

QRectF DayGrid::horizonRoom(QDate, const HorizonEdge& edge) const
{
    const double height = fontMetrics().height();
    return {0, edge.label.y() - height / 2, edge.label.x() - 4, height};
}

void DayGrid::hover(std::optional<QDate> day)
{
    if (day == m_hovered)
        return;
    const std::optional<DaySpan> before = chainSpan();
    m_hovered = day;
    if (chainSpan() != before)
        update();
}

// --- The selection -------------------------------------------------------------------------------

int DayGrid::selectedIndex() const { return indexOf(m_selected).value_or(0); }

void DayGrid::select(QDate day) { moveTo(day, false); }

void DayGrid::extendTo(QDate day) { moveTo(day, true); }

void DayGrid::moveTo(QDate day, bool extending)
{
    if (!day.isValid())
        return;
    const DaySpan before = span();
    const bool moves = day != m_selected;
    m_selected = day;
    if (!extending)
        m_anchor = day;
    turnIfNeeded(day);
    if (!moves && span() == before)
        return;
    update();
    tellSelection();
    if (moves)
        Q_EMIT selectionChanged(day);
    if (span() != before)
        Q_EMIT spanChanged();
}

void DayGrid::turnIfNeeded(QDate day)
{
    if (isOnPage(day))
        return;
    m_hovered.reset();
    turnTo(day);
    tellPage();
    Q_EMIT pageChanged(day);
}

void DayGrid::adopt(const DayGrid& other)
{
    m_anchor = other.m_anchor;
    m_selected = other.m_selected;
    if (!isOnPage(m_selected)) {
        turnTo(m_selected);
        tellPage();
    }
    update();
}

std::optional<QDate> DayGrid::target(const QKeyEvent& event) const
{
    const bool far = event.modifiers() & Qt::ControlModifier;
    const int months = far ? kMonthsOfYear : 1;
    const int inWeek = (m_selected.dayOfWeek() - int(m_firstDayOfWeek) + kWeek) % kWeek;
    switch (event.key()) {
    case Qt::Key_Left:
        return m_selected.addDays(-1);
    case Qt::Key_Right:
        return m_selected.addDays(1);
    case Qt::Key_Up:
        return m_selected.addDays(-kWeek);
    case Qt::Key_Down:
        return m_selected.addDays(kWeek);
    case Qt::Key_Home:
        return m_selected.addDays(far ? 1 - m_selected.day() : -inWeek);
    case Qt::Key_End:
        return m_selected.addDays(far ? m_selected.daysInMonth() - m_selected.day()
                                      : kWeek - 1 - inWeek);
    case Qt::Key_PageUp:
        return m_selected.addMonths(-months);
    case Qt::Key_PageDown:
        return m_selected.addMonths(months);
    default:
        return {};
    }
}

bool DayGrid::handleZoomKey(int key)
{
    const bool closer = key == Qt::Key_Plus || key == Qt::Key_Equal;
    if (!closer && key != Qt::Key_Minus)
        return false;
    Q_EMIT zoomAsked(closer);
    return true;
}

void DayGrid::keyPressEvent(QKeyEvent* event)
{
    if (const std::optional<QDate> day = target(*event)) {
        moveTo(*day, event->modifiers() & Qt::ShiftModifier);
        return;
    }
    switch (event->key()) {
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Space:
        Q_EMIT activated(m_selected);
        return;
    case Qt::Key_Escape:
        if (m_anchor != m_selected) {
            select(m_selected);
            return;
        }
        break;
    default:
        if (handleZoomKey(event->key()))
            return;
    }
    QWidget::keyPressEvent(event);
}

void DayGrid::mousePressEvent(QMouseEvent* event)
{
    event->accept();
    const std::optional<int> index = cellAt(event->position().toPoint());
    m_dragging = index && isOnPage(dateAt(*index));
    if (!index)
        return;
    const QDate day = dateAt(*index);
    const bool keeps = event->button() != Qt::LeftButton && span().contains(day);
    if (!keeps)
        moveTo(day, event->modifiers() & Qt::ShiftModifier);
}

void DayGrid::mouseMoveEvent(QMouseEvent* event)
{
    const std::optional<int> index = cellAt(event->position().toPoint());
    hover(index ? std::optional(dateAt(*index)) : std::nullopt);
    if (index && m_dragging && event->buttons().testFlag(Qt::LeftButton) &&
        isOnPage(dateAt(*index)))
        extendTo(dateAt(*index));
}

void DayGrid::mouseDoubleClickEvent(QMouseEvent* event)
{
    if (event->button() == Qt::LeftButton && cellAt(event->position().toPoint()))
        Q_EMIT activated(m_selected);
    event->accept();
}

void DayGrid::leaveEvent(QEvent* event)
{
    QWidget::leaveEvent(event);
    hover({});
}

void DayGrid::contextMenuEvent(QContextMenuEvent* event)
{
    QPoint position = event->globalPos();
    const std::optional<int> index = cellAt(event->pos());
    if (event->reason() == QContextMenuEvent::Keyboard)
        position = mapToGlobal(cellRect(selectedIndex()).center());
    else if (index && !span().contains(dateAt(*index)))
        select(dateAt(*index));
    Q_EMIT menuRequested(position);
}

// --- Words ---------------------------------------------------------------------------------------

bool DayGrid::event(QEvent* event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        if (!showToolTip(help->pos(), help->globalPos()))
            event->ignore();
        return true;
    }
    return QWidget::event(event);
}

bool DayGrid::showToolTip(QPoint position, QPoint globalPosition)
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

void DayGrid::focusInEvent(QFocusEvent* event)
{
    QWidget::focusInEvent(event);
    update();
    tellSelection();
}

void DayGrid::focusOutEvent(QFocusEvent* event)
{
    QWidget::focusOutEvent(event);
    update();
}

void DayGrid::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        updateGeometry();
    update();
}

void DayGrid::tellPage()
{
    QAccessibleTableModelChangeEvent reset(this, QAccessibleTableModelChangeEvent::ModelReset);
    QAccessible::updateAccessibility(&reset);
    for (int index = 0; index < count(); ++index) {
        QAccessibleEvent event(this, QAccessible::NameChanged);
        event.setChild(index);
        QAccessible::updateAccessibility(&event);
    }
}

void DayGrid::tellSelection()
{
    QAccessibleEvent selection(this, m_anchor == m_selected ? QAccessible::Selection
                                                            : QAccessible::SelectionWithin);
    selection.setChild(selectedIndex());
    QAccessible::updateAccessibility(&selection);
    if (!hasFocus())
        return;
    QAccessibleEvent focus(this, QAccessible::Focus);
    focus.setChild(selectedIndex());
    QAccessible::updateAccessibility(&focus);
}

} // namespace daymark::ui
