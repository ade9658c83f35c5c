// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The lines that run over cells: from a waiting day to what it waits for, and along the horizon.
// Plain values from dates and places; no widget, no painter.

#include "ui/calendar/day_span.h"

#include <QLineF>
#include <QList>
#include <QPolygonF>
#include <QRect>

#include <optional>

namespace daymark::ui {

/// A day and where its cell lies. Cells of one week lie side by side at the same height.
struct CellPlace
{
    QDate date;
    QRect rect;
};

/// From the day that holds others up, below the cells, to the day that waits.
struct Chain
{
    QList<QLineF> runs;          ///< one for each week, from the blocker on
    QList<QPointF> links;        ///< under each day of the chain that is in sight
    std::optional<QRect> anchor; ///< the blocker's cell; none where it is out of sight

    [[nodiscard]] bool isEmpty() const { return links.isEmpty(); }
};

/// The chain of the days of a span: its first day is the blocker, its last the waiting one.
///
/// @param places  the cells in sight, by date.
[[nodiscard]] Chain chainOver(const QList<CellPlace>& places, const DaySpan& span);

/// The edge between the days before the horizon and those from it on.
struct HorizonEdge
{
    QPolygonF line; ///< a step through the horizon's week
    QPointF label;  ///< the right end of the line's upper part
};

/// None where the horizon's day is not in sight.
[[nodiscard]] std::optional<HorizonEdge> horizonOver(const QList<CellPlace>& places, QDate horizon);

} // namespace daymark::ui
