// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/views.h"

#include <QAbstractTableModel>

namespace daymark::ui {

/// What another version of a day changes, in sentences.
[[nodiscard]] QString impactSentence(const DayImpact& impact);

/// The metrics that another version of a day changes, one a row.
class ImpactModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Metric, IdType, Kind, Rows, Added, Removed, Changed, Sums, Columns };

    using QAbstractTableModel::QAbstractTableModel;

    void reset(const DayImpact& impact);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;

private:
    [[nodiscard]] QString cell(const MetricImpact& metric, int column) const;

    std::vector<MetricImpact> m_metrics;
    bool m_exact = true;
};

} // namespace daymark::ui
