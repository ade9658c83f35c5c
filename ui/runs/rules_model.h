// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/schema/rule.h"

#include <QAbstractTableModel>

#include <vector>

namespace daymark::ui {

/// The rules that a run's rows broke, and how often.
class RulesModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Code, Severity, Count, Message, Columns };

    using QAbstractTableModel::QAbstractTableModel;

    void reset(std::vector<RuleCount> rules);
    [[nodiscard]] const std::vector<RuleCount>& rules() const { return m_rules; }

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;

private:
    std::vector<RuleCount> m_rules;
};

/// The first few rows that broke one rule.
class ExamplesModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Row, ColumnName, Value, File, Columns };

    using QAbstractTableModel::QAbstractTableModel;

    void reset(std::vector<RuleExample> examples);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;

private:
    std::vector<RuleExample> m_examples;
};

} // namespace daymark::ui
