// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <initializer_list>

class QAbstractItemModel;
class QTableView;
class QWidget;

namespace daymark::ui {

/// A table for reading: whole rows selected one at a time, Tab leaves it, the last column
/// stretches.
[[nodiscard]] QTableView* plainTable(QAbstractItemModel* model, const QString& accessibleName,
                                     QWidget* parent);

/// Makes these columns as wide as what is in them, within reason, and keeps them so at any width of
/// the table.
/// @param lastNeeds  the least width of the last column; measured where it is 0.
void fitColumns(QTableView* table, std::initializer_list<int> columns, int lastNeeds = 0);

} // namespace daymark::ui
