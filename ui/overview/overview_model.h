// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/views.h"

#include <QAbstractTableModel>

#include <vector>

namespace daymark::ui {

/// `3 sources: 1 on time, 2 overdue`
[[nodiscard]] QString overviewSentence(const std::vector<SourceOverview>& sources);

/// Every source at a glance. Holds copies.
class OverviewModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Source, Strip, Obstacle, Punctuality, RowsADay, LastPoll, NextPoll, Columns };
    enum Role {
        SortRole = Qt::UserRole, ///< the raw value behind the text
        NameRole,                ///< the source's name
        StripRole,               ///< the states of its last days, StripDays
        RowsRole                 ///< the landed rows of each, a QPolygonF
    };

    using QAbstractTableModel::QAbstractTableModel;

    /// @param now  what times of day are told against.
    void reset(std::vector<SourceOverview> sources, Instant now);
    [[nodiscard]] const std::vector<SourceOverview>& sources() const { return m_sources; }
    /// The source's first cell; invalid where there is none.
    [[nodiscard]] QModelIndex indexOf(const QString& name) const;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;

private:
    [[nodiscard]] QString display(const SourceOverview& source, int column) const;
    [[nodiscard]] QString toolTip(const SourceOverview& source, int column) const;

    std::vector<SourceOverview> m_sources;
    Instant m_now;
};

} // namespace daymark::ui
