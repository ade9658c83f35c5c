// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/schema/place.h"

#include <QAbstractTableModel>

namespace daymark::ui {

/// What a place holds: tables, views, files, folders.
class PlacesModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Name, Kind, Rows, Columns };
    enum Role { SortRole = Qt::UserRole };

    using QAbstractTableModel::QAbstractTableModel;

    void reset(std::vector<PlaceItem> items);
    [[nodiscard]] const std::vector<PlaceItem>& items() const { return m_items; }
    /// The row of the item of that name; -1 where there is none.
    [[nodiscard]] int find(const std::string& name) const;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;

private:
    std::vector<PlaceItem> m_items;
};

/// The first rows of a table as they are.
class PlaceRowsModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    using QAbstractTableModel::QAbstractTableModel;

    void reset(const PlaceSample& sample);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;

private:
    PlaceSample m_sample;
};

} // namespace daymark::ui
