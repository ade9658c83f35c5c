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
constexpr int kLeast = 14;     ///< and wider ones than this where there is hardly any
constexpr int kStep = 4;       ///< in pixels, so that columns give way together
constexpr int kStretched = 16; ///< the least width of a column that the header stretches

int characters(const QTableView* table, int count)
{
    return table->fontMetrics().averageCharWidth() * count;
}

/// Takes what is missing from the widest columns, each down to its least width.
/// @return  what is still missing.
int takeFromWidest(QHash<int, int>& widths, const QHash<int, int>& least, int excess)
{
    while (excess > 0) {
        auto widest = widths.end();
        for (auto each = widths.begin(); each != widths.end(); ++each) {
            const bool gives = *each > least.value(each.key(), *each);
            if (gives && (widest == widths.end() || *each > *widest))
                widest = each;
        }
        if (widest == widths.end())
            return excess;
        const int taken = std::min({excess, *widest - least.value(widest.key()), kStep});
        *widest -= taken;
        excess -= taken;
    }
    return 0;
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
    if (stretched() >= 0 || lastNeeds > 0 || last < 0) {
        m_freeNeeds = stretched() >= 0 ? characters(m_table, kStretched) : lastNeeds;
        m_freeLeast = m_freeNeeds;
    } else {
        const Width own = m_widths.contains(last) ? m_widths[last] : measured(last);
        m_freeNeeds = own.tight;
        m_freeLeast = own.least;
    }
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
    const int tight = std::min(widest, std::max(content, tightHead));
    const QVariant sign = m_table->model()->index(0, column).data(Qt::DecorationRole);
    const int icon = m_table->style()->pixelMetric(QStyle::PM_SmallIconSize, nullptr, m_table);
    const int aside = sign.isValid() ? icon + 2 * margin : 0;
    const int least = holdsFigures(column) ? content : characters(m_table, kLeast) + aside;
    return {std::min(widest, std::max(content, head)), tight, std::min(tight, least)};
}

/// Figures stand at the right.
bool ColumnFit::holdsFigures(int column) const
{
    const QAbstractItemModel* model = m_table->model();
    const QVariant side = model->index(0, column).data(Qt::TextAlignmentRole);
    return model->rowCount() > 0 && side.isValid() && (side.toInt() & Qt::AlignRight);
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
    int missing = excess(tight);
    missing = takeFromWidest(tight, leastWidths(tight, Tightness::Little), missing);
    missing -= m_freeNeeds - m_freeLeast;
    takeFromWidest(tight, leastWidths(tight, Tightness::HardlyAny), missing);
    return tight;
}

/// How far the fitted columns give way; what is cut is in their tool tips.
QHash<int, int> ColumnFit::leastWidths(const QHash<int, int>& tight, Tightness room) const
{
    QHash<int, int> least;
    for (auto each = tight.cbegin(); each != tight.cend(); ++each) {
        const int column = each.key();
        if (!m_widths.contains(column) || m_chosen.contains(column))
            continue;
        const int readable = std::min(*each, characters(m_table, kReadable));
        least[column] = room == Tightness::Little ? readable : m_widths[column].least;
    }
    return least;
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
    const bool fits = std::accumulate(widths.begin(), widths.end(), m_freeLeast) <= room;
    header->setStretchLastSection(fits);
    if (!fits)
        m_table->setColumnWidth(last, m_freeLeast);
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
