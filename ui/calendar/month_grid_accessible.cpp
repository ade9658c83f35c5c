// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/calendar/month_grid_accessible.h"

#include "ui/calendar/month_grid.h"
#include "ui/style/text.h"

#include <QCoreApplication>
#include <QWindow>

namespace daymark::ui {

namespace {

QAccessibleInterface* makeInterface(const QString&, QObject* object)
{
    auto* grid = qobject_cast<MonthGrid*>(object);
    return grid ? new MonthGridAccessible(grid) : nullptr;
}

} // namespace

void installMonthGridAccessibility()
{
    static const bool installed = [] {
        QAccessible::installFactory(makeInterface);
        return true;
    }();
    Q_UNUSED(installed)
}

// --- A day ---------------------------------------------------------------------------------------

DayCellAccessible::DayCellAccessible(MonthGrid* grid, int index) : m_grid(grid), m_index(index) {}

QWindow* DayCellAccessible::window() const { return m_grid->window()->windowHandle(); }

QString DayCellAccessible::text(QAccessible::Text kind) const
{
    const CellContent& content = m_grid->content(m_index);
    if (kind == QAccessible::Name)
        return fullDate(content.date);
    if (kind == QAccessible::Description)
        return content.description;
    return {};
}

QRect DayCellAccessible::rect() const
{
    const QRect place = m_grid->cellRect(m_index);
    return {m_grid->mapToGlobal(place.topLeft()), place.size()};
}

QAccessible::State DayCellAccessible::state() const
{
    QAccessible::State state;
    state.focusable = true;
    state.selectable = true;
    state.selected = isSelected();
    state.focused = isSelected() && m_grid->hasFocus();
    state.invisible = !m_grid->isVisible();
    return state;
}

void* DayCellAccessible::interface_cast(QAccessible::InterfaceType type)
{
    if (type == QAccessible::TableCellInterface)
        return static_cast<QAccessibleTableCellInterface*>(this);
    if (type == QAccessible::ActionInterface)
        return static_cast<QAccessibleActionInterface*>(this);
    return nullptr;
}

bool DayCellAccessible::isSelected() const { return m_grid->selectedIndex() == m_index; }

int DayCellAccessible::columnIndex() const { return m_index % MonthDates::kColumns; }

int DayCellAccessible::rowIndex() const { return m_index / MonthDates::kColumns; }

QAccessibleInterface* DayCellAccessible::table() const
{
    return QAccessible::queryAccessibleInterface(m_grid);
}

QStringList DayCellAccessible::actionNames() const { return {pressAction(), setFocusAction()}; }

void DayCellAccessible::doAction(const QString& action)
{
    if (action != pressAction() && action != setFocusAction())
        return;
    m_grid->setFocus();
    const QDate day = m_grid->content(m_index).date;
    m_grid->select(day);
    if (action == pressAction())
        Q_EMIT m_grid->activated(day);
}

// --- The grid ------------------------------------------------------------------------------------

MonthGridAccessible::MonthGridAccessible(MonthGrid* grid)
    : QAccessibleWidget(grid, QAccessible::Table)
{}

MonthGridAccessible::~MonthGridAccessible()
{
    for (const QAccessible::Id id : std::as_const(m_cells))
        QAccessible::deleteAccessibleInterface(id);
}

MonthGrid* MonthGridAccessible::grid() const { return static_cast<MonthGrid*>(object()); }

void* MonthGridAccessible::interface_cast(QAccessible::InterfaceType type)
{
    if (type == QAccessible::TableInterface)
        return static_cast<QAccessibleTableInterface*>(this);
    return QAccessibleWidget::interface_cast(type);
}

int MonthGridAccessible::childCount() const { return MonthDates::kCells; }

QAccessibleInterface* MonthGridAccessible::child(int index) const
{
    if (index < 0 || index >= childCount())
        return nullptr;
    const auto known = m_cells.constFind(index);
    if (known != m_cells.constEnd())
        return QAccessible::accessibleInterface(*known);
    auto* cell = new DayCellAccessible(grid(), index);
    m_cells.insert(index, QAccessible::registerAccessibleInterface(cell));
    return cell;
}

int MonthGridAccessible::indexOfChild(const QAccessibleInterface* wanted) const
{
    for (auto cell = m_cells.constBegin(); cell != m_cells.constEnd(); ++cell) {
        if (QAccessible::accessibleInterface(cell.value()) == wanted)
            return cell.key();
    }
    return -1;
}

QAccessibleInterface* MonthGridAccessible::childAt(int x, int y) const
{
    const std::optional<int> index = grid()->cellAt(grid()->mapFromGlobal(QPoint(x, y)));
    return index ? child(*index) : nullptr;
}

QAccessibleInterface* MonthGridAccessible::focusChild() const
{
    return grid()->hasFocus() ? child(grid()->selectedIndex()) : nullptr;
}

QAccessibleInterface* MonthGridAccessible::cellAt(int row, int column) const
{
    const bool inside = column >= 0 && column < columnCount() && row >= 0 && row < rowCount();
    return inside ? child(row * MonthDates::kColumns + column) : nullptr;
}

QList<QAccessibleInterface*> MonthGridAccessible::selectedCells() const
{
    return {child(grid()->selectedIndex())};
}

QString MonthGridAccessible::columnDescription(int column) const
{
    return wordsLocale().dayName(grid()->dates().weekdayOf(column), QLocale::LongFormat);
}

QString MonthGridAccessible::rowDescription(int row) const
{
    return QCoreApplication::translate("MonthGrid", "Week %1").arg(grid()->dates().weekOf(row));
}

int MonthGridAccessible::columnCount() const { return MonthDates::kColumns; }

int MonthGridAccessible::rowCount() const { return MonthDates::kRows; }

} // namespace daymark::ui
