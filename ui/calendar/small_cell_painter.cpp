// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/calendar/small_cell_painter.h"

#include "ui/calendar/cell_painter.h"

#include <QFontMetrics>
#include <QPainter>
#include <QPainterPath>

namespace daymark::ui {

namespace {

constexpr double kNumberScale = 0.78;
constexpr double kSmallDimmed = 0.3;
constexpr int kLaneHeight = 3;
constexpr int kLeastGlyph = 6;
constexpr int kGreatestGlyph = 12;

} // namespace

SmallCellGeometry SmallCellGeometry::of(const QRect& cell, int numberHeight)
{
    SmallCellGeometry geometry;
    geometry.frame = cell.adjusted(1, 1, -1, -1);
    const QRect inner = geometry.frame.adjusted(2, 2, -2, -2);
    if (inner.height() > kLaneHeight + kLeastGlyph)
        geometry.lane =
            QRect(inner.left(), inner.bottom() + 1 - kLaneHeight, inner.width(), kLaneHeight);
    const int below = geometry.lane.isEmpty() ? inner.bottom() + 1 : geometry.lane.top() - 1;
    const int numberWidth = numberHeight * 3 / 2;
    const int height = below - inner.top();
    const bool both = inner.width() >= numberWidth + kLeastGlyph && height >= numberHeight;
    if (both)
        geometry.number = QRect(inner.left(), inner.top(), numberWidth, numberHeight);
    const int room = both ? inner.width() - numberWidth : inner.width();
    const int side = qMin(kGreatestGlyph, qMin(room, height));
    if (side < kLeastGlyph)
        return geometry;
    const int left = both ? inner.right() + 1 - side : inner.left() + (inner.width() - side) / 2;
    const int top = both ? below - side : inner.top() + (height - side) / 2;
    geometry.glyph = QRect(left, top, side, side);
    return geometry;
}

SmallCellPainter::SmallCellPainter(const QFont& font, const QPalette& palette, qreal ratio)
    : m_number(font), m_palette(palette), m_ratio(ratio)
{
    m_number.setPointSizeF(font.pointSizeF() * kNumberScale);
}

void SmallCellPainter::paint(QPainter& painter, const QRect& cell, const CellContent& content,
                             const CellStanding& standing) const
{
    const SmallCellGeometry geometry = SmallCellGeometry::of(cell, QFontMetrics(m_number).ascent());
    const Look look = content.state ? lookOf(*content.state, m_palette) : bareLook(m_palette);
    painter.save();
    if (standing.dimmed)
        painter.setOpacity(kSmallDimmed);
    paintGround(painter, geometry.frame, look, 2.5, m_ratio);
    paintLane(painter, geometry.lane, content.signal.kind);
    paintNumber(painter, geometry.number, content, look.ink, look.fill);
    if (content.state && !geometry.glyph.isEmpty()) {
        const QRectF sign(geometry.glyph);
        painter.setPen(Qt::NoPen);
        painter.setBrush(look.fill);
        painter.drawRoundedRect(sign.adjusted(-1, -1, 1, 1), 2, 2);
        const Glyph glyph =
            content.marks.isEmpty() ? glyphOf(*content.state) : glyphOf(content.marks.front());
        painter.fillPath(glyphPath(glyph, sign.adjusted(0.5, 0.5, -0.5, -0.5)), look.ink);
    }
    painter.restore();
    paintRing(painter, geometry.frame, standing);
}

void SmallCellPainter::paintLane(QPainter& painter, const QRect& lane, SignalLane::Kind kind) const
{
    if (lane.isEmpty() || kind == SignalLane::Kind::Nothing)
        return;
    const QColor ink = m_palette.color(QPalette::Text);
    const QRectF box = QRectF(lane).adjusted(0.5, 0.5, -0.5, -0.5);
    painter.setPen(QPen(ink, 0.8));
    painter.setBrush(m_palette.base());
    if (kind != SignalLane::Kind::Missing) {
        QColor filled = ink;
        filled.setAlphaF(kind == SignalLane::Kind::Implied ? 0.4f : 1.0f);
        painter.setBrush(filled);
    }
    painter.drawRect(box);
}

void SmallCellPainter::paintNumber(QPainter& painter, const QRect& place,
                                   const CellContent& content, const QColor& ink,
                                   const QColor& ground) const
{
    if (place.isEmpty())
        return;
    painter.setFont(m_number);
    painter.setPen(Qt::NoPen);
    painter.setBrush(content.today ? m_palette.color(QPalette::Highlight) : ground);
    painter.drawRoundedRect(QRectF(place).adjusted(0, 0, 0, 1), 2, 2);
    painter.setPen(content.today ? m_palette.color(QPalette::HighlightedText) : ink);
    painter.drawText(place.adjusted(-2, -3, 2, 3), Qt::AlignCenter,
                     QString::number(content.date.day()));
}

void SmallCellPainter::paintRing(QPainter& painter, const QRect& frame,
                                 const CellStanding& standing) const
{
    if (!standing.selected && !standing.inSpan)
        return;
    const QColor highlight = m_palette.color(QPalette::Highlight);
    painter.setBrush(Qt::NoBrush);
    if (standing.inSpan) {
        painter.setPen(QPen(highlight, 1.6));
        painter.drawRoundedRect(QRectF(frame), 3, 3);
    }
    if (!standing.selected)
        return;
    painter.setPen(QPen(standing.focused ? m_palette.color(QPalette::Text) : highlight, 2.2));
    painter.drawRoundedRect(QRectF(frame), 3, 3);
}

} // namespace daymark::ui
