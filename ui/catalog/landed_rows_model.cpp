// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/catalog/landed_rows_model.h"

#include "core/base/text.h"
#include "ui/style/text.h"

namespace daymark::ui {

namespace {

/// As it landed, to the last digit.
QString exact(std::optional<double> value)
{
    return value ? text(formatDouble(*value)) : QString();
}

QString display(const LandedMetricRow& row, int column)
{
    switch (column) {
    case LandedRowsModel::UnitId:
        return text(shortened(row.unitId, 200));
    case LandedRowsModel::IdType:
        return text(row.idType);
    case LandedRowsModel::Value:
        return exact(row.value);
    case LandedRowsModel::Numerator:
        return exact(row.numerator);
    case LandedRowsModel::Denominator:
        return exact(row.denominator);
    default:
        return {};
    }
}

} // namespace

void LandedRowsModel::reset(std::vector<LandedMetricRow> rows)
{
    beginResetModel();
    m_rows = std::move(rows);
    endResetModel();
}

int LandedRowsModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

int LandedRowsModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : Columns;
}

QVariant LandedRowsModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    if (role == Qt::DisplayRole)
        return display(m_rows[std::size_t(index.row())], index.column());
    if (role == Qt::TextAlignmentRole)
        return int(Qt::AlignVCenter | (index.column() >= Value ? Qt::AlignRight : Qt::AlignLeft));
    return {};
}

QVariant LandedRowsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= Columns)
        return {};
    if (role == Qt::TextAlignmentRole)
        return int(Qt::AlignVCenter | (section >= Value ? Qt::AlignRight : Qt::AlignLeft));
    if (role != Qt::DisplayRole)
        return {};
    const QString names[Columns] = {tr("Unit id"), tr("Id type"), tr("Value"), tr("Numerator"),
                                    tr("Denominator")};
    return names[section];
}

} // namespace daymark::ui
