// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/views.h"

#include <QAbstractTableModel>
#include <QSortFilterProxyModel>

#include <vector>

namespace daymark::ui {

/// Rows of a day as they were read, by column of the source, with the rules that each broke. A cell
/// that a rule blames carries a glyph, and says why in its tool tip and to a screen reader.
class SampleModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    /// The columns before those of the source; after them comes one with the rules' codes.
    enum Column { Row, Result, FirstOfSource };
    enum Role {
        RulesRole = Qt::UserRole ///< the broken rules as a mask, by the rule's number
    };

    using QAbstractTableModel::QAbstractTableModel;

    void reset(const std::vector<PreviewColumn>& columns, std::vector<SampleRow> rows);

    /// The cell that a rule blames in a row: of the source's column, else of the rules' codes.
    [[nodiscard]] QModelIndex blamed(int row, Rule rule) const;
    [[nodiscard]] int rulesColumn() const { return FirstOfSource + int(m_columns.size()); }

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;

private:
    struct SourceColumn
    {
        std::size_t position = 0; ///< in the dataset
        QString name;             ///< canonical
        QString sourceName;
        bool figures = false;
    };
    [[nodiscard]] QString display(const SampleRow& row, int column) const;
    /// The gravest fault that blames the cell; null for a good one.
    [[nodiscard]] const RowFault* faultAt(const SampleRow& row, int column) const;
    [[nodiscard]] QString faultWords(const SampleRow& row, int column) const;
    [[nodiscard]] QVariant decoration(const SampleRow& row, int column) const;
    [[nodiscard]] QVariant colour(const SampleRow& row, int column, int role) const;
    [[nodiscard]] bool isNull(const SampleRow& row, int column) const;
    [[nodiscard]] int columnOf(const RowFault& fault) const;

    std::vector<SourceColumn> m_columns;
    std::vector<SampleRow> m_rows;
};

/// Rows that broke one rule, or any, or all rows.
class SampleFilter : public QSortFilterProxyModel
{
    Q_OBJECT

public:
    using QSortFilterProxyModel::QSortFilterProxyModel;

    void setRule(std::optional<Rule> rule);
    [[nodiscard]] std::optional<Rule> rule() const { return m_rule; }
    void setOnlyFaulty(bool only);

protected:
    [[nodiscard]] bool filterAcceptsRow(int row, const QModelIndex& parent) const override;

private:
    std::optional<Rule> m_rule;
    bool m_onlyFaulty = false;
};

} // namespace daymark::ui
