// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/calendar/calendar_facts.h"
#include "ui/calendar/cell_standing.h"

#include <QFont>
#include <QPalette>
#include <QRect>

class QPainter;

namespace daymark::ui {

/// The places of a small cell's parts. Parts that have no room are empty: the number gives way
/// first, then the glyph.
struct SmallCellGeometry
{
    QRect frame;
    QRect number;
    QRect glyph;
    QRect lane; ///< along the lower edge: filled where the day is signalled

    [[nodiscard]] static SmallCellGeometry of(const QRect& cell, int numberHeight);
};

/// Paints cells of the year grid: colour, pattern and glyph of the state, and a thin second lane.
class SmallCellPainter
{
public:
    /// @param ratio  device pixels a unit.
    SmallCellPainter(const QFont& font, const QPalette& palette, qreal ratio);

    void paint(QPainter& painter, const QRect& cell, const CellContent& content,
               const CellStanding& standing) const;

private:
    void paintLane(QPainter& painter, const QRect& lane, SignalLane::Kind kind) const;
    void paintNumber(QPainter& painter, const QRect& place, const CellContent& content,
                     const QColor& ink, const QColor& ground) const;
    void paintRing(QPainter& painter, const QRect& frame, const CellStanding& standing) const;

    QFont m_number;
    QPalette m_palette;
    qreal m_ratio;
};

} // namespace daymark::ui
