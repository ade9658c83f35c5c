// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/sources/places_model.h"

#include "ui/style/text.h"

#include <QBrush>
#include <QGuiApplication>
#include <QPalette>

#include <algorithm>

namespace daymark::ui {

namespace {

QString itemName(const PlaceItem& item)
{
    return text(item.title.empty() ? item.name : item.title);
}

} // namespace

void PlacesModel::reset(std::vector<PlaceItem> items)
{
    beginResetModel();
    m_items = std::move(items);
    endResetModel();
}

int PlacesModel::find(const std::string& name) const
{
    const auto found = std::find_if(m_items.begin(), m_items.end(),
                                    [&name](const PlaceItem& item) { return item.name == name; });
    return found == m_items.end() ? -1 : int(found - m_items.begin());
}

int PlacesModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(m_items.size());
}

int PlacesModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : Columns;
}

QVariant PlacesModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const PlaceItem& item = m_items[std::size_t(index.row())];
    const bool isRows = index.column() == Rows;
    if (role == Qt::TextAlignmentRole)
        return int(Qt::AlignVCenter | (isRows ? Qt::AlignRight : Qt::AlignLeft));
    if (role == SortRole && isRows)
        return item.rows ? qlonglong(*item.rows) : qlonglong(-1);
    if (role == Qt::ToolTipRole)
        return asToolTip(itemName(item));
    if (role != Qt::DisplayRole && role != SortRole)
        return {};
    switch (index.column()) {
    case Name:
        return itemName(item);
    case Kind:
        return text(item.kind);
    default:
        return item.rows ? tr("about %1").arg(figure(*item.rows)) : QString();
    }
}

QVariant PlacesModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole || section < 0 ||
        section >= Columns)
        return {};
    const QString names[Columns] = {tr("Name"), tr("Kind"), tr("Rows")};
    return names[section];
}

void PlaceRowsModel::reset(const PlaceSample& sample)
{
    beginResetModel();
    m_sample = sample;
    endResetModel();
}

int PlaceRowsModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(m_sample.rows.size());
}

int PlaceRowsModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(std::min(m_sample.columns.size(), kSampleColumns));
}

QVariant PlaceRowsModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const auto& row = m_sample.rows[std::size_t(index.row())];
    const auto column = std::size_t(index.column());
    const bool isNull = column >= row.size() || !row[column];
    if (role == Qt::ForegroundRole && isNull)
        return QGuiApplication::palette().brush(QPalette::PlaceholderText);
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole)
        return {};
    const QString value = isNull ? tr("null") : text(*row[column]);
    return role == Qt::ToolTipRole ? asToolTip(value) : value;
}

QVariant PlaceRowsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (role != Qt::DisplayRole)
        return {};
    if (orientation == Qt::Vertical)
        return section + 1;
    if (section < 0 || std::size_t(section) >= m_sample.columns.size())
        return {};
    const SourceColumn& column = m_sample.columns[std::size_t(section)];
    return column.typeName.empty() ? text(column.name)
                                   : tr("%1 (%2)").arg(text(column.name), text(column.typeName));
}

} // namespace daymark::ui
