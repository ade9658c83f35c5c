// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/text_table.h"

#include "ui/style/text.h"

namespace daymark::ui {

QVariant TextTable::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const QString words = m_rows.at(index.row()).value(index.column());
    if (role == Qt::DisplayRole)
        return words;
    return role == Qt::ToolTipRole && !words.isEmpty() ? asToolTip(words) : QVariant();
}

QVariant TextTable::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation == Qt::Horizontal && role == Qt::DisplayRole && section >= 0 &&
        section < m_headings.size())
        return m_headings.at(section);
    return QAbstractTableModel::headerData(section, orientation, role);
}

} // namespace daymark::ui
