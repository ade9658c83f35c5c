// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/calendar/calendar_facts.h"
#include "ui/calendar/cell_standing.h"
#include "ui/calendar/month_geometry.h"
#include "ui/style/glyph.h"
#include "ui/style/look.h"

#include <QFont>
#include <QPalette>

class QPainter;

namespace daymark::ui {

[[nodiscard]] Glyph glyphOf(Mark mark);
[[nodiscard]] Glyph glyphOf(SignalLane::Kind kind);

/// Fills and outlines a cell of a state: its colour, its pattern, and the edge that a gap alone
/// has.
void paintGround(QPainter& painter, const QRectF& frame, const Look& look, double radius,
                 qreal ratio);

/// How a day without a state looks: nothing but a faint edge.
[[nodiscard]] Look bareLook(const QPalette& palette);

/// Paints cells of the month grid: above, what the day is; below, whether it is signalled.
class CellPainter
{
public:
    /// @param ratio  device pixels a unit.
    CellPainter(const QFont& font, const QPalette& palette, qreal ratio);

    void paint(QPainter& painter, const QRect& cell, const CellContent& content,
               const CellStanding& standing) const;
    void paintHeader(QPainter& painter, const QRect& area, const QString& weekday) const;

    /// The least size of a cell in which every part has room.
    [[nodiscard]] QSize fullCell() const;
    /// The least height of a cell in which the state's word and the signal have room.
    [[nodiscard]] int leastHeight() const;
    [[nodiscard]] int headerHeight() const;

private:
    [[nodiscard]] LineHeights heights() const;
    [[nodiscard]] Look lookOfCell(const CellContent& content, const CellStanding& standing) const;
    void paintNumber(QPainter& painter, const QRect& place, const CellContent& content,
                     const Look& look) const;
    void paintMarks(QPainter& painter, const QRect& place, const CellContent& content,
                    const Look& look) const;
    void paintText(QPainter& painter, const QRect& place, const QFont& font, const QString& words,
                   const Look& look) const;
    void paintLane(QPainter& painter, const CellGeometry& geometry, const CellContent& content,
                   const Look& look) const;
    void paintProgress(QPainter& painter, const QRect& bar, double fraction,
                       const QColor& ink) const;
    void paintRing(QPainter& painter, const QRect& frame, const CellStanding& standing) const;

    QFont m_number;
    QFont m_word;
    QFont m_note;
    QPalette m_palette;
    qreal m_ratio;
};

} // namespace daymark::ui
