// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/calendar/line_painter.h"

#include <QFontMetrics>
#include <QPainter>
#include <QPainterPath>
#include <QPalette>

namespace daymark::ui {

namespace {

constexpr double kChainWidth = 2.4;
constexpr double kLink = 2.6;
constexpr double kArrow = 6;
constexpr double kLabelScale = 0.78;

/// Lighter ground around a line, so that it stands out from whatever it crosses.
void strokeWithHalo(QPainter& painter, const QPainterPath& path, const QPen& pen,
                    const QColor& ground)
{
    QPen halo = pen;
    halo.setStyle(Qt::SolidLine);
    halo.setWidthF(pen.widthF() + 2);
    halo.setColor(ground);
    painter.strokePath(path, halo);
    painter.strokePath(path, pen);
}

QPainterPath arrowUp(const QPointF& tip)
{
    QPainterPath path(tip);
    path.lineTo(tip + QPointF(kArrow * 0.75, kArrow));
    path.lineTo(tip + QPointF(-kArrow * 0.75, kArrow));
    path.closeSubpath();
    return path;
}

/// Dark letters on light ground or the other way round, at the right end of the room.
void paintPlate(QPainter& painter, const LabelPlace& label, const QFont& font,
                const QPalette& palette)
{
    const QFontMetrics metrics(font);
    for (const QString& words : label.words) {
        const int width = metrics.horizontalAdvance(words) + 10;
        if (width > label.room.width())
            continue;
        const QRectF plate(label.room.right() - width,
                           label.room.center().y() - metrics.height() / 2.0, width,
                           metrics.height());
        painter.setPen(Qt::NoPen);
        painter.setBrush(palette.color(QPalette::WindowText));
        painter.drawRoundedRect(plate, 3, 3);
        painter.setFont(font);
        painter.setPen(palette.color(QPalette::Window));
        painter.drawText(plate, Qt::AlignCenter, words);
        return;
    }
}

} // namespace

void paintHorizon(QPainter& painter, const HorizonEdge& edge, const LabelPlace& label,
                  const QFont& font, const QPalette& palette)
{
    const QColor ink = palette.color(QPalette::WindowText);
    QPainterPath path;
    path.addPolygon(edge.line);
    strokeWithHalo(painter, path, QPen(ink, 2, Qt::DashLine), palette.color(QPalette::Window));

    QFont small = font;
    small.setPointSizeF(font.pointSizeF() * kLabelScale);
    small.setWeight(QFont::DemiBold);
    paintPlate(painter, label, small, palette);
}

void paintChain(QPainter& painter, const Chain& chain, const QPalette& palette)
{
    if (chain.isEmpty())
        return;
    const QColor ink = palette.color(QPalette::WindowText);
    const QColor ground = palette.color(QPalette::Base);
    QPainterPath path;
    for (const QLineF& run : chain.runs) {
        path.moveTo(run.p1());
        path.lineTo(run.p2());
    }
    strokeWithHalo(painter, path, QPen(ink, kChainWidth), ground);
    painter.setPen(QPen(ink, 1.6));
    painter.setBrush(ground);
    for (const QPointF& link : chain.links)
        painter.drawEllipse(link, kLink, kLink);
    if (!chain.anchor)
        return;
    const QRectF anchor(*chain.anchor);
    QPainterPath arrow = arrowUp(QPointF(anchor.center().x(), anchor.bottom() - kArrow));
    painter.setPen(QPen(ground, 1.5));
    painter.setBrush(ink);
    painter.drawPath(arrow);
}

} // namespace daymark::ui
