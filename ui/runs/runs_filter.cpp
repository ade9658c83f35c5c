// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/runs_filter.h"

namespace daymark::ui {

RunsFilter::RunsFilter(QObject* parent) : QSortFilterProxyModel(parent)
{
    setSortRole(RunsModel::SortRole);
}

void RunsFilter::setSource(const QString& name)
{
    m_source = name;
    invalidateRowsFilter();
}

void RunsFilter::setState(std::optional<RunState> state)
{
    m_state = state;
    invalidateRowsFilter();
}

bool RunsFilter::filterAcceptsRow(int row, const QModelIndex& parent) const
{
    const QModelIndex index = sourceModel()->index(row, 0, parent);
    if (!m_source.isEmpty() && index.data(RunsModel::SourceRole).toString() != m_source)
        return false;
    return !m_state || index.data(RunsModel::StateRole).toInt() == int(*m_state);
}

/// Equal values stand by run, so that the order is the same each time.
bool RunsFilter::lessThan(const QModelIndex& left, const QModelIndex& right) const
{
    const QVariant a = left.data(RunsModel::SortRole);
    const QVariant b = right.data(RunsModel::SortRole);
    if (a == b)
        return left.data(RunsModel::IdRole).toLongLong() <
               right.data(RunsModel::IdRole).toLongLong();
    return QSortFilterProxyModel::lessThan(left, right);
}

} // namespace daymark::ui
