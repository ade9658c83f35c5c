// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/calendar/range_plan.h"

#include <QAbstractTableModel>

namespace daymark::ui {

/// What will happen, one day a row.
class RangeModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Date, Outcome, Columns };

    using QAbstractTableModel::QAbstractTableModel;

    void reset(const std::vector<RangeStep>& steps);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;

private:
    std::vector<RangeStep> m_steps;
};

} // namespace daymark::ui
