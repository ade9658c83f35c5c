// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/calendar/grid_lines.h"

namespace daymark::ui {

namespace {

/// Whether one cell follows another in the same week.
bool joins(const CellPlace& before, const CellPlace& after)
{
    return before.rect.top() == after.rect.top() && before.rect.right() < after.rect.left() &&
           before.date.daysTo(after.date) == 1;
}

double baseOf(const QRect& cell) { return cell.bottom(); }

double middleOf(const QRect& cell) { return cell.left() + cell.width() / 2.0; }

} // namespace

Chain chainOver(const QList<CellPlace>& places, const DaySpan& span)
{
    Chain chain;
    const CellPlace* previous = nullptr;
    for (const CellPlace& place : places) {
        if (!span.contains(place.date))
            continue;
        const double base = baseOf(place.rect);
        const double middle = middleOf(place.rect);
        const bool begins = place.date == span.first;
        if (previous && joins(*previous, place)) {
            chain.runs.last().setP2({middle, base});
        } else {
            if (previous)
                chain.runs.last().setP2({double(previous->rect.right()), baseOf(previous->rect)});
            chain.runs << QLineF(begins ? middle : place.rect.left(), base, middle, base);
        }
        if (begins)
            chain.anchor = place.rect;
        chain.links << QPointF(middle, base);
        previous = &place;
    }
    if (previous && previous->date < span.last)
        chain.runs.last().setP2({double(previous->rect.right()), baseOf(previous->rect)});
    return chain;
}

std::optional<HorizonEdge> horizonOver(const QList<CellPlace>& places, QDate horizon)
{
    qsizetype at = 0;
    while (at < places.size() && places[at].date != horizon)
        ++at;
    if (at == places.size())
        return {};
    qsizetype first = at;
    while (first > 0 && joins(places[first - 1], places[first]))
        --first;
    qsizetype last = at;
    while (last + 1 < places.size() && joins(places[last], places[last + 1]))
        ++last;
    const QRectF cell(places[at].rect);
    const double right = QRectF(places[last].rect).right();
    HorizonEdge edge;
    if (first < at)
        edge.line << QPointF(places[first].rect.left(), cell.bottom()) << cell.bottomLeft();
    edge.line << cell.topLeft() << QPointF(right, cell.top());
    edge.label = {right, cell.top()};
    return edge;
}

} // namespace daymark::ui
