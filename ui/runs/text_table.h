// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractTableModel>
#include <QStringList>

namespace daymark::ui {

/// Rows of plain texts under headings, for reading.
class TextTable : public QAbstractTableModel
{
    Q_OBJECT

public:
    TextTable(QStringList headings, QList<QStringList> rows, QObject* parent = nullptr)
        : QAbstractTableModel(parent), m_headings(std::move(headings)), m_rows(std::move(rows))
    {}

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override
    {
        return parent.isValid() ? 0 : int(m_rows.size());
    }
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override
    {
        return parent.isValid() ? 0 : int(m_headings.size());
    }
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;

private:
    QStringList m_headings;
    QList<QStringList> m_rows;
};

} // namespace daymark::ui
