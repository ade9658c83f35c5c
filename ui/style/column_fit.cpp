// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/style/column_fit.h"

#include <QEvent>
#include <QGuiApplication>
#include <QHeaderView>
#include <QScopedValueRollback>
#include <QStyle>
#include <QTableView>

#include <algorithm>
#include <numeric>

namespace daymark::ui {

namespace {

// In characters of the table's font.
constexpr int kWidest = 34;
constexpr int kReadable = 22;  ///< wider columns give way where there is little room
constexpr int kStretched = 16; ///< the least width of a column that the header stretches

int characters(const QTableView* table, int count)
{
    return table->fontMetrics().averageCharWidth() * count;
}

} // namespace

ColumnFit& ColumnFit::of(QTableView* table)
{
    if (auto* known = table->findChild<ColumnFit*>(QString(), Qt::FindDirectChildrenOnly))
        return *known;
    return *new ColumnFit(table);
}

ColumnFit::ColumnFit(QTableView* table) : QObject(table), m_table(table)
{
    table->viewport()->installEventFilter(this);
    connect(table->horizontalHeader(), &QHeaderView::sectionResized, this, &ColumnFit::noteResize);
    connect(table->horizontalHeader(), &QHeaderView::sectionCountChanged, this, [this] {
        m_widths.clear();
        m_chosen.clear();
    });
    connect(table->horizontalHeader(), &QHeaderView::sortIndicatorChanged, this, [this] {
        for (const int column : m_widths.keys())
            m_widths[column] = measured(column);
        apply();
    });
}

void ColumnFit::fit(std::initializer_list<int> columns, int lastNeeds)
{
    for (const int column : columns)
        m_widths[column] = measured(column);
    const int last = lastShown();
    if (stretched() >= 0)
        m_freeNeeds = characters(m_table, kStretched);
    else if (lastNeeds > 0 || last < 0)
        m_freeNeeds = lastNeeds;
    else
        m_freeNeeds = m_widths.contains(last) ? m_widths[last].tight : measured(last).tight;
    apply();
}

/// The header leaves room for a mark of the order in every column; only one has it.
ColumnFit::Width ColumnFit::measured(int column) const
{
    const QHeaderView* header = m_table->horizontalHeader();
    const QAbstractItemView* view = m_table; // what a view tells all, a table keeps to itself
    const int content = view->sizeHintForColumn(column);
    const int head = header->sectionSizeHint(column);
    const int margin = m_table->style()->pixelMetric(QStyle::PM_HeaderMargin, nullptr, header);
    const bool bare = header->isSortIndicatorShown() && header->sortIndicatorSection() != column;
    const int tightHead = bare ? head - header->fontMetrics().height() - 2 * margin : head;
    const int widest = characters(m_table, kWidest);
    return {std::min(widest, std::max(content, head)),
            std::min(widest, std::max(content, tightHead))};
}

int ColumnFit::lastShown() const
{
    const QHeaderView* header = m_table->horizontalHeader();
    int last = header->count() - 1;
    while (last >= 0 && header->isSectionHidden(last))
        --last;
    return last;
}

/// The column that the header itself stretches; -1 where it is none.
int ColumnFit::stretched() const
{
    const QHeaderView* header = m_table->horizontalHeader();
    for (int column = 0; column < header->count(); ++column) {
        if (header->sectionResizeMode(column) == QHeaderView::Stretch)
            return column;
    }
    return -1;
}

QHash<int, int> ColumnFit::widths(int free, int room) const
{
    const QHeaderView* header = m_table->horizontalHeader();
    QHash<int, int> easy;
    QHash<int, int> tight;
    for (int column = 0; column < header->count(); ++column) {
        if (column == free || header->isSectionHidden(column))
            continue;
        const bool fitted = m_widths.contains(column) && !m_chosen.contains(column);
        const Width own = m_widths.value(column);
        easy[column] = fitted ? own.easy : header->sectionSize(column);
        tight[column] = fitted ? own.tight : header->sectionSize(column);
    }
    const auto excess = [&](const QHash<int, int>& chosen) {
        return std::accumulate(chosen.begin(), chosen.end(), m_freeNeeds) - room;
    };
    if (excess(easy) <= 0)
        return easy;
    takeFromWidest(tight, excess(tight));
    return tight;
}

/// Columns that hold long texts lose what is missing; what is cut is in their tool tips.
void ColumnFit::takeFromWidest(QHash<int, int>& widths, int excess) const
{
    const int least = characters(m_table, kReadable);
    while (excess > 0) {
        const auto widest = std::max_element(widths.begin(), widths.end());
        if (widest == widths.end() || *widest <= least)
            return;
        const int taken = std::min(excess, *widest - least);
        *widest -= taken;
        excess -= taken;
    }
}

void ColumnFit::apply()
{
    const int last = lastShown();
    if (m_applying || last < 0)
        return;
    const QScopedValueRollback applying(m_applying, true);
    QHeaderView* header = m_table->horizontalHeader();
    const int room = m_table->viewport()->width();
    const int stretch = stretched();
    const QHash<int, int> widths = this->widths(stretch < 0 ? last : stretch, room);
    for (auto each = widths.cbegin(); each != widths.cend(); ++each)
        m_table->setColumnWidth(each.key(), *each);
    if (stretch >= 0)
        return;
    const bool fits = std::accumulate(widths.begin(), widths.end(), m_freeNeeds) <= room;
    header->setStretchLastSection(fits);
    if (!fits)
        m_table->setColumnWidth(last, m_freeNeeds);
}

void ColumnFit::noteResize(int column)
{
    const bool byHand = !m_applying && QGuiApplication::mouseButtons() != Qt::NoButton;
    if (byHand && column != lastShown())
        m_chosen.insert(column);
}

bool ColumnFit::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::Resize && !m_widths.isEmpty())
        apply();
    return QObject::eventFilter(watched, event);
}

} // namespace daymark::ui
