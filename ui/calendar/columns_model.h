// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/schema_contract.h"

#include <QAbstractTableModel>

namespace daymark::ui {

/// The columns of a source that are not as they were agreed on.
class ColumnsModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Name, Change, Was, Now, Answer, Columns };

    using QAbstractTableModel::QAbstractTableModel;

    void reset(std::vector<ColumnDifference> differences);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;

private:
    std::vector<ColumnDifference> m_differences;
};

/// What comes of agreeing on the columns as they are, in whole sentences.
[[nodiscard]] QString agreementConsequence(const SchemaStanding& standing);

} // namespace daymark::ui
