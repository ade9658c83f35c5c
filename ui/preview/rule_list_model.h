// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/schema/rule.h"

#include <QAbstractTableModel>

#include <vector>

namespace daymark::ui {

/// The rules that a preview's rows broke, the gravest first, and how often.
class RuleListModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Code, Severity, Count, Columns };

    using QAbstractTableModel::QAbstractTableModel;

    void reset(std::vector<RuleCount> rules);
    /// Null where there is no such row.
    [[nodiscard]] const RuleCount* at(int row) const;
    /// The row of a rule; -1 where it was not broken.
    [[nodiscard]] int rowOf(Rule rule) const;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;

private:
    std::vector<RuleCount> m_rules;
};

/// A sentence on what breaking the rule meant here.
[[nodiscard]] QString ruleSentence(const RuleCount& rule);

} // namespace daymark::ui
