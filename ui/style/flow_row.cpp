// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/style/flow_row.h"

#include <QWidget>

#include <algorithm>

namespace daymark::ui {

namespace {

constexpr int kSpacing = 6;

} // namespace

FlowRow::FlowRow(QWidget* parent) : QLayout(parent)
{
    setContentsMargins(0, 0, 0, 0);
    setSpacing(kSpacing);
}

FlowRow::~FlowRow() { qDeleteAll(m_items); }

QLayoutItem* FlowRow::takeAt(int index)
{
    return index >= 0 && index < count() ? m_items.takeAt(index) : nullptr;
}

bool FlowRow::isShown(int index) const { return !m_items[index]->isEmpty(); }

QList<FlowRow::Line> FlowRow::lines(int width) const
{
    QList<Line> found{Line{}};
    int used = 0;
    for (int i = 0; i < count(); ++i) {
        found.last().end = i;
        if (!isShown(i))
            continue;
        const int needs = m_items[i]->minimumSize().width();
        if (used > 0 && used + spacing() + needs > width) {
            found.append(Line{i, i, 0});
            used = 0;
        }
        used += (used > 0 ? spacing() : 0) + needs;
        found.last().height = std::max(found.last().height, m_items[i]->sizeHint().height());
    }
    found.last().end = count();
    return found;
}

int FlowRow::heightForWidth(int width) const
{
    const QList<Line> all = lines(width);
    int height = int(all.size() - 1) * spacing();
    for (const Line& line : all)
        height += line.height;
    return height;
}

QSize FlowRow::minimumSize() const
{
    QSize size;
    for (const QLayoutItem* item : m_items)
        size = size.expandedTo(item->minimumSize());
    return size;
}

QSize FlowRow::sizeHint() const
{
    QSize size;
    for (int i = 0; i < count(); ++i) {
        if (!isShown(i))
            continue;
        const QSize own = m_items[i]->sizeHint();
        size = {size.width() + own.width() + (size.width() > 0 ? spacing() : 0),
                std::max(size.height(), own.height())};
    }
    return size;
}

void FlowRow::setGeometry(const QRect& rect)
{
    QLayout::setGeometry(rect);
    int top = rect.top();
    for (const Line& line : lines(rect.width())) {
        placeLine(line, QRect(rect.left(), top, rect.width(), line.height));
        top += line.height + spacing();
    }
}

/// Each is as narrow as it can be, and as wide as it would like to be while room is left.
void FlowRow::placeLine(const Line& line, const QRect& room)
{
    int spare = room.width() + spacing();
    for (int i = line.first; i < line.end; ++i)
        spare -= isShown(i) ? m_items[i]->minimumSize().width() + spacing() : 0;
    QList<int> widths;
    for (int i = line.first; i < line.end; ++i) {
        const int least = m_items[i]->minimumSize().width();
        const int more = std::clamp(m_items[i]->sizeHint().width() - least, 0, std::max(0, spare));
        widths << least + (isShown(i) ? more : 0);
        spare -= isShown(i) ? more : 0;
    }
    int left = room.left();
    for (int i = line.first; i < line.end; ++i) {
        if (i == m_stretchBefore && i > line.first)
            left += std::max(0, spare);
        if (!isShown(i))
            continue;
        const int width = widths[i - line.first];
        m_items[i]->setGeometry(QRect(left, room.top(), width, room.height()));
        left += width + spacing();
    }
}

} // namespace daymark::ui
