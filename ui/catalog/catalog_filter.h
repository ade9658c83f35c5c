// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSortFilterProxyModel>

namespace daymark::ui {

/// The metrics whose name, id types or sources hold every word that is looked for, without the
/// hidden ones unless they are asked for; sorted by raw values.
class CatalogFilter : public QSortFilterProxyModel
{
    Q_OBJECT

public:
    explicit CatalogFilter(QObject* parent = nullptr);

    /// Words with blanks between them; case aside.
    void setSearch(const QString& words);
    void setShowHidden(bool show);

protected:
    [[nodiscard]] bool filterAcceptsRow(int row, const QModelIndex& parent) const override;

private:
    [[nodiscard]] bool holdsWords(int row) const;

    QStringList m_words;
    bool m_showHidden = false;
};

} // namespace daymark::ui
