// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/style/pattern.h"

#include <QPainter>
#include <QPixmap>
#include <QPixmapCache>

namespace daymark::ui {

namespace {

constexpr int kTile = 8; // units; every pattern repeats after so many
constexpr double kLine = 1.4;

using Lines = QList<QLineF>;

/// The lines of a pattern in its tile; they go over its edges, so that tiles join.
Lines linesOf(Pattern pattern)
{
    const Lines rising{{-2, 10, 10, -2}, {-2, 2, 2, -2}, {6, 10, 10, 6}};
    const Lines falling{{-2, -2, 10, 10}, {-2, 6, 2, 10}, {6, -2, 10, 2}};
    switch (pattern) {
    case Pattern::Hatched:
        return rising;
    case Pattern::CrossHatched:
        return rising + falling;
    case Pattern::Horizontal:
        return {{-1, 2, 9, 2}, {-1, 6, 9, 6}};
    case Pattern::Vertical:
        return {{2, -1, 2, 9}, {6, -1, 6, 9}};
    case Pattern::Grid:
        return {{-1, 4, 9, 4}, {4, -1, 4, 9}};
    case Pattern::Chevrons:
        return {{2, -1, 6, 4}, {6, 4, 2, 9}};
    case Pattern::Dashes:
        return {{0.5, 2, 3.5, 2}, {4.5, 6, 7.5, 6}};
    case Pattern::None:
    case Pattern::Dotted:
    case Pattern::Speckled:
    case Pattern::Rings:
        return {};
    }
    return {};
}

void drawTile(QPainter& painter, Pattern pattern, const QColor& ink)
{
    painter.setPen(QPen(ink, kLine, Qt::SolidLine, Qt::FlatCap));
    painter.drawLines(linesOf(pattern));
    if (pattern == Pattern::Rings) {
        painter.setBrush(Qt::NoBrush);
        painter.drawEllipse(QPointF(4, 4), 2.4, 2.4);
        return;
    }
    painter.setPen(Qt::NoPen);
    painter.setBrush(ink);
    if (pattern == Pattern::Dotted) {
        painter.drawEllipse(QPointF(2, 2), 1.5, 1.5);
        painter.drawEllipse(QPointF(6, 6), 1.5, 1.5);
    } else if (pattern == Pattern::Speckled) {
        painter.drawEllipse(QPointF(4, 4), 1.3, 1.3);
    }
}

QPixmap tile(Pattern pattern, const QColor& ink, qreal ratio)
{
    const QString key =
        QStringLiteral("daymark-pattern-%1-%2-%3").arg(int(pattern)).arg(ink.rgba()).arg(ratio);
    QPixmap pixmap;
    if (QPixmapCache::find(key, &pixmap))
        return pixmap;
    const int side = qMax(kTile, qRound(kTile * ratio));
    pixmap = QPixmap(side, side);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.scale(double(side) / kTile, double(side) / kTile);
    drawTile(painter, pattern, ink);
    painter.end();
    QPixmapCache::insert(key, pixmap);
    return pixmap;
}

} // namespace

QBrush patternBrush(Pattern pattern, const QColor& ink, qreal ratio)
{
    if (pattern == Pattern::None)
        return {};
    const QPixmap picture = tile(pattern, ink, ratio);
    QBrush brush(picture);
    const double scale = double(kTile) / picture.width();
    brush.setTransform(QTransform::fromScale(scale, scale));
    return brush;
}

} // namespace daymark::ui
