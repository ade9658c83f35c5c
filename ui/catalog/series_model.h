// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/views.h"

#include <QAbstractTableModel>
#include <QDate>

#include <vector>

namespace daymark::ui {

/// A metric day by day, the latest first, days without a value and why included: what the plot
/// shows, in figures. Holds copies.
class SeriesModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    /// Of a ratio metric, the three parts are the sums of numerators and denominators and the rows
    /// whose denominator is 0; of a value metric the sum, the least and the greatest value.
    enum Column {
        DayColumn,
        Standing,
        Mean,
        FirstPart,
        SecondPart,
        ThirdPart,
        Units,
        Rows,
        Columns
    };
    enum Role { SortRole = Qt::UserRole };

    using QAbstractTableModel::QAbstractTableModel;

    /// @param idType  whose figures; all where it is empty.
    void reset(const MetricInfo& metric, const QString& idType);

    [[nodiscard]] QDate dayAt(int row) const;
    /// Why the day of the row has no value; empty where it has.
    [[nodiscard]] QString noteAt(int row) const;
    /// The row of a day; -1 where it is not listed.
    [[nodiscard]] int rowOf(QDate day) const;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;

private:
    struct Entry
    {
        QDate day;
        std::optional<MetricDay> figures;
        std::optional<DayState> state; ///< of a day without figures
        QString note;
    };

    [[nodiscard]] QVariant figureAt(const Entry& entry, int column) const;
    [[nodiscard]] QString display(const Entry& entry, int column) const;

    std::vector<Entry> m_entries;
    bool m_ratio = false;
};

} // namespace daymark::ui
