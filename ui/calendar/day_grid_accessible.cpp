// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/calendar/day_grid_accessible.h"

#include "ui/calendar/day_grid.h"
#include "ui/style/text.h"

#include <QWindow>

namespace daymark::ui {

namespace {

QAccessibleInterface* makeInterface(const QString&, QObject* object)
{
    auto* grid = qobject_cast<DayGrid*>(object);
    return grid ? new DayGridAccessible(grid) : nullptr;
}

} // namespace

void installDayGridAccessibility()
{
    static const bool installed = [] {
        QAccessible::installFactory(makeInterface);
        return true;
    }();
    Q_UNUSED(installed)
}

// --- A day ---------------------------------------------------------------------------------------

DayCellAccessible::DayCellAccessible(DayGrid* grid, int index) : m_grid(grid), m_index(index) {}

QWindow* DayCellAccessible::window() const { return m_grid->window()->windowHandle(); }

/// A shorter page may come after a longer one.
bool DayCellAccessible::isValid() const { return m_index < m_grid->count(); }

QString DayCellAccessible::text(QAccessible::Text kind) const
{
    if (!isValid())
        return {};
    const CellContent& content = m_grid->content(m_index);
    if (kind == QAccessible::Name)
        return fullDate(content.date);
    if (kind == QAccessible::Description)
        return content.description;
    return {};
}

QRect DayCellAccessible::rect() const
{
    if (!isValid())
        return {};
    const QRect place = m_grid->cellRect(m_index);
    return {m_grid->mapToGlobal(place.topLeft()), place.size()};
}

QAccessible::State DayCellAccessible::state() const
{
    QAccessible::State state;
    state.focusable = true;
    state.selectable = true;
    state.extSelectable = true;
    state.selected = isSelected();
    state.focused = m_grid->selectedIndex() == m_index && m_grid->hasFocus();
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

bool DayCellAccessible::isSelected() const
{
    return isValid() && m_grid->span().contains(m_grid->content(m_index).date);
}

int DayCellAccessible::columnIndex() const { return m_grid->columnOf(m_index); }

int DayCellAccessible::rowIndex() const { return m_grid->rowOf(m_index); }

QAccessibleInterface* DayCellAccessible::table() const
{
    return QAccessible::queryAccessibleInterface(m_grid);
}

QStringList DayCellAccessible::actionNames() const { return {pressAction(), setFocusAction()}; }

void DayCellAccessible::doAction(const QString& action)
{
    if (!isValid() || (action != pressAction() && action != setFocusAction()))
        return;
    m_grid->setFocus();
    const QDate day = m_grid->content(m_index).date;
    m_grid->select(day);
    if (action == pressAction())
        Q_EMIT m_grid->activated(day);
}

// --- The grid ------------------------------------------------------------------------------------

DayGridAccessible::DayGridAccessible(DayGrid* grid) : QAccessibleWidget(grid, QAccessible::Table) {}

DayGridAccessible::~DayGridAccessible()
{
    for (const QAccessible::Id id : std::as_const(m_cells))
        QAccessible::deleteAccessibleInterface(id);
}

DayGrid* DayGridAccessible::grid() const { return static_cast<DayGrid*>(object()); }

void* DayGridAccessible::interface_cast(QAccessible::InterfaceType type)
{
    if (type == QAccessible::TableInterface)
        return static_cast<QAccessibleTableInterface*>(this);
    return QAccessibleWidget::interface_cast(type);
}

QAccessible::State DayGridAccessible::state() const
{
    QAccessible::State state = QAccessibleWidget::state();
    state.multiSelectable = true;
    state.extSelectable = true;
    return state;
}

int DayGridAccessible::childCount() const { return grid()->count(); }

QAccessibleInterface* DayGridAccessible::child(int index) const
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

int DayGridAccessible::indexOfChild(const QAccessibleInterface* wanted) const
{
    for (auto cell = m_cells.constBegin(); cell != m_cells.constEnd(); ++cell) {
        if (QAccessible::accessibleInterface(cell.value()) == wanted)
            return cell.key();
    }
    return -1;
}

QAccessibleInterface* DayGridAccessible::childAt(int x, int y) const
{
    const std::optional<int> index = grid()->cellAt(grid()->mapFromGlobal(QPoint(x, y)));
    return index ? child(*index) : nullptr;
}

QAccessibleInterface* DayGridAccessible::focusChild() const
{
    return grid()->hasFocus() ? child(grid()->selectedIndex()) : nullptr;
}

QAccessibleInterface* DayGridAccessible::cellAt(int row, int column) const
{
    const std::optional<int> index = grid()->indexAt(row, column);
    return index ? child(*index) : nullptr;
}

QList<QAccessibleInterface*> DayGridAccessible::selectedCells() const
{
    QList<QAccessibleInterface*> cells;
    for (int index = 0; index < grid()->count(); ++index) {
        if (grid()->span().contains(grid()->content(index).date))
            cells << child(index);
    }
    return cells;
}

int DayGridAccessible::selectedCellCount() const { return int(selectedCells().size()); }

QString DayGridAccessible::columnDescription(int column) const
{
    return grid()->columnWords(column);
}

QString DayGridAccessible::rowDescription(int row) const { return grid()->rowWords(row); }

int DayGridAccessible::columnCount() const { return grid()->columnCount(); }

int DayGridAccessible::rowCount() const { return grid()->rowCount(); }

} // namespace daymark::ui
