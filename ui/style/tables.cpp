// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/style/tables.h"

#include "ui/style/column_fit.h"
#include "ui/style/text.h"

#include <QHeaderView>
#include <QStyledItemDelegate>
#include <QTableView>

namespace daymark::ui {

namespace {

constexpr int kRowPadding = 10;
constexpr int kRowsMeasured = 300; ///< for the widths of columns; measuring takes its time

/// Names and values come from outside: what would turn or hide a part of them is written out.
class PlainDelegate : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    [[nodiscard]] QString displayText(const QVariant& value, const QLocale& locale) const override
    {
        return shown(QStyledItemDelegate::displayText(value, locale));
    }
};

} // namespace

QTableView* plainTable(QAbstractItemModel* model, const QString& accessibleName, QWidget* parent)
{
    auto* table = new QTableView(parent);
    table->setModel(model);
    table->setItemDelegate(new PlainDelegate(table));
    table->setAccessibleName(accessibleName);
    table->setTabKeyNavigation(false);
    table->setSelectionBehavior(QAbstractItemView::SelectRows);
    table->setSelectionMode(QAbstractItemView::SingleSelection);
    table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    table->setAlternatingRowColors(true);
    table->setShowGrid(false);
    table->setWordWrap(false);
    table->setTextElideMode(Qt::ElideMiddle);
    table->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    table->verticalHeader()->hide();
    table->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    table->verticalHeader()->setDefaultSectionSize(table->fontMetrics().height() + kRowPadding);
    table->horizontalHeader()->setStretchLastSection(true);
    table->horizontalHeader()->setHighlightSections(false);
    table->horizontalHeader()->setResizeContentsPrecision(kRowsMeasured);
    return table;
}

void fitColumns(QTableView* table, std::initializer_list<int> columns, int lastNeeds)
{
    ColumnFit::of(table).fit(columns, lastNeeds);
}

} // namespace daymark::ui
