// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/views.h"

#include <QAbstractTableModel>

namespace daymark::ui {

/// The sources, by name. Holds copies.
class SourcesModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Name, Kind, Place, Zone, Order, LastPoll, NextPoll, Columns };
    enum Role {
        SortRole = Qt::UserRole, ///< the raw value behind the text
        NameRole,                ///< the source's name
    };

    using QAbstractTableModel::QAbstractTableModel;

    void reset(std::vector<SourceInfo> sources, Instant now);
    [[nodiscard]] const std::vector<SourceInfo>& sources() const { return m_sources; }
    [[nodiscard]] const SourceInfo* find(const QString& name) const;
    [[nodiscard]] QModelIndex indexOf(const QString& name) const;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;

private:
    [[nodiscard]] QString display(const SourceInfo& source, int column) const;
    [[nodiscard]] QVariant sortValue(const SourceInfo& source, int column) const;

    std::vector<SourceInfo> m_sources;
    Instant m_now;
};

} // namespace daymark::ui
