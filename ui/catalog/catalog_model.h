// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/views.h"

#include <QAbstractTableModel>

#include <vector>

namespace daymark::ui {

/// A figure of a metric for people: up to six digits that count, `1.2e+09` beyond that; nothing
/// where it is undefined.
[[nodiscard]] QString number(std::optional<double> value);

/// `ratio` or `value`.
[[nodiscard]] QString kindWord(bool ratio);

/// The texts in a line, with commas.
[[nodiscard]] QString listed(const std::vector<std::string>& texts);

/// Metrics, by name. Holds copies.
class CatalogModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Name, Kind, IdTypes, Sources, FirstDay, LastDay, Latest, Trend, Clock, Columns };
    enum Role {
        SortRole = Qt::UserRole, ///< the raw value behind the text
        NameRole,                ///< the metric's name
        StandingRole,            ///< the MetricStanding as a number
        TrendRole                ///< the means of its latest days, a QPolygonF
    };

    using QAbstractTableModel::QAbstractTableModel;

    void reset(std::vector<MetricInfo> metrics);
    [[nodiscard]] const std::vector<MetricInfo>& metrics() const { return m_metrics; }
    /// The metric's first cell; invalid where there is none.
    [[nodiscard]] QModelIndex indexOf(const QString& name) const;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;

private:
    std::vector<MetricInfo> m_metrics;
};

} // namespace daymark::ui
