// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/catalog/catalog_filter.h"

#include "ui/catalog/catalog_model.h"

#include <algorithm>

namespace daymark::ui {

CatalogFilter::CatalogFilter(QObject* parent) : QSortFilterProxyModel(parent)
{
    setSortRole(CatalogModel::SortRole);
    setSortCaseSensitivity(Qt::CaseInsensitive);
}

void CatalogFilter::setSearch(const QString& words)
{
    m_words = words.simplified().split(QLatin1Char(' '), Qt::SkipEmptyParts);
    invalidateFilter();
}

void CatalogFilter::setShowHidden(bool show)
{
    m_showHidden = show;
    invalidateFilter();
}

bool CatalogFilter::filterAcceptsRow(int row, const QModelIndex&) const
{
    const QModelIndex index = sourceModel()->index(row, CatalogModel::Name);
    const auto standing = MetricStanding(index.data(CatalogModel::StandingRole).toInt());
    return (m_showHidden || standing != MetricStanding::Hidden) && holdsWords(row);
}

bool CatalogFilter::holdsWords(int row) const
{
    return std::ranges::all_of(m_words, [this, row](const QString& word) {
        return std::ranges::any_of(std::initializer_list<int>{CatalogModel::Name,
                                                              CatalogModel::IdTypes,
                                                              CatalogModel::Sources},
                                   [&](int column) {
                                       return sourceModel()
                                           ->index(row, column)
                                           .data()
                                           .toString()
                                           .contains(word, Qt::CaseInsensitive);
                                   });
    });
}

} // namespace daymark::ui
