// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/views.h"

#include <QAbstractTableModel>

#include <vector>

namespace daymark::ui {

/// Landed rows of one metric, in the order in which they lie in the landing. Holds copies.
class LandedRowsModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { UnitId, IdType, Value, Numerator, Denominator, Columns };

    using QAbstractTableModel::QAbstractTableModel;

    void reset(std::vector<LandedMetricRow> rows);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;

private:
    std::vector<LandedMetricRow> m_rows;
};

} // namespace daymark::ui
