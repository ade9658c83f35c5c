// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/style/glyph.h"

#include <QGuiApplication>
#include <QHash>
#include <QPainter>
#include <QPainterPathStroker>
#include <QPixmapCache>

namespace daymark::ui {

namespace {

QPainterPath stroked(const QPainterPath& line)
{
    QPainterPathStroker stroker;
    stroker.setWidth(0.17);
    stroker.setCapStyle(Qt::RoundCap);
    stroker.setJoinStyle(Qt::RoundJoin);
    return stroker.createStroke(line);
}

QPainterPath lines(std::initializer_list<QPointF> points)
{
    QPainterPath path(*points.begin());
    for (const QPointF& point : points)
        path.lineTo(point);
    return path;
}

QPainterPath closed(QPainterPath path)
{
    path.closeSubpath();
    return path;
}

QPainterPath dots(std::initializer_list<QPointF> centres, double radius)
{
    QPainterPath path;
    for (const QPointF& centre : centres)
        path.addEllipse(centre, radius, radius);
    return path;
}

QPainterPath circle() { return stroked(dots({{0.5, 0.5}}, 0.38)); }

QPainterPath progress()
{
    QPainterPath arc;
    arc.arcMoveTo(0.12, 0.12, 0.76, 0.76, 90);
    arc.arcTo(0.12, 0.12, 0.76, 0.76, 90, -270);
    return stroked(arc);
}

QPainterPath again()
{
    QPainterPath arc;
    arc.arcMoveTo(0.14, 0.16, 0.72, 0.72, 20);
    arc.arcTo(0.14, 0.16, 0.72, 0.72, 20, 290);
    return stroked(arc) + closed(lines({{0.62, 0.46}, {1.0, 0.46}, {0.84, 0.14}}));
}

QPainterPath bars()
{
    QPainterPath path;
    path.addRoundedRect(QRectF(0.18, 0.12, 0.22, 0.76), 0.06, 0.06);
    path.addRoundedRect(QRectF(0.60, 0.12, 0.22, 0.76), 0.06, 0.06);
    return path;
}

QPainterPath square()
{
    QPainterPath path;
    path.addRoundedRect(QRectF(0.17, 0.17, 0.66, 0.66), 0.08, 0.08);
    return path;
}

QPainterPath flag(bool filled)
{
    const QPainterPath cloth = closed(lines({{0.28, 0.14}, {0.86, 0.32}, {0.28, 0.54}}));
    return stroked(lines({{0.22, 0.12}, {0.22, 0.90}})) + (filled ? cloth : stroked(cloth));
}

QPainterPath person()
{
    QPainterPath shoulders;
    shoulders.moveTo(0.12, 0.90);
    shoulders.arcTo(0.12, 0.50, 0.76, 0.80, 180, -180);
    shoulders.closeSubpath();
    return dots({{0.5, 0.27}}, 0.19) + shoulders;
}

QPainterPath funnel()
{
    return closed(lines(
        {{0.08, 0.14}, {0.92, 0.14}, {0.60, 0.52}, {0.60, 0.88}, {0.40, 0.88}, {0.40, 0.52}}));
}

QPainterPath crack()
{
    return stroked(lines({{0.40, 0.14}, {0.14, 0.14}, {0.14, 0.86}, {0.40, 0.86}})) +
           stroked(lines({{0.66, 0.14}, {0.88, 0.14}, {0.88, 0.86}, {0.66, 0.86}})) +
           stroked(lines({{0.58, 0.06}, {0.40, 0.40}, {0.62, 0.56}, {0.46, 0.94}}));
}

QPainterPath box()
{
    return stroked(closed(lines({{0.18, 0.18}, {0.82, 0.18}, {0.82, 0.82}, {0.18, 0.82}})));
}

QPainterPath triangle()
{
    QPainterPath path = lines({{0.22, 0.10}, {0.90, 0.50}, {0.22, 0.90}});
    path.closeSubpath();
    return path;
}

/// The glyph in the unit square.
QPainterPath drawn(Glyph glyph)
{
    switch (glyph) {
    case Glyph::Check:
        return stroked(lines({{0.12, 0.55}, {0.40, 0.82}, {0.88, 0.20}}));
    case Glyph::Dash:
        return stroked(lines({{0.15, 0.5}, {0.85, 0.5}}));
    case Glyph::Progress:
        return progress();
    case Glyph::Bang:
        return stroked(lines({{0.5, 0.12}, {0.5, 0.58}})) + dots({{0.5, 0.86}}, 0.11);
    case Glyph::Play:
        return triangle();
    case Glyph::Dots:
        return dots({{0.14, 0.6}, {0.5, 0.6}, {0.86, 0.6}}, 0.11);
    case Glyph::Cross:
        return stroked(lines({{0.16, 0.16}, {0.84, 0.84}})) +
               stroked(lines({{0.84, 0.16}, {0.16, 0.84}}));
    case Glyph::Pause:
        return bars();
    case Glyph::Circle:
        return circle();
    case Glyph::Dot:
        return dots({{0.5, 0.5}}, 0.13);
    case Glyph::Slash:
        return circle() + stroked(lines({{0.25, 0.75}, {0.75, 0.25}}));
    case Glyph::Stop:
        return square();
    case Glyph::Crack:
        return crack();
    case Glyph::Triangle:
        return stroked(closed(lines({{0.5, 0.14}, {0.90, 0.84}, {0.10, 0.84}})));
    case Glyph::Again:
        return again();
    case Glyph::Flag:
        return flag(true);
    case Glyph::OpenFlag:
        return flag(false);
    case Glyph::Person:
        return person();
    case Glyph::Clock:
        return circle() + stroked(lines({{0.5, 0.26}, {0.5, 0.52}, {0.68, 0.60}}));
    case Glyph::Funnel:
        return funnel();
    case Glyph::Box:
        return box();
    }
    return {};
}

/// Drawn once each; only the window's thread asks.
const QPainterPath& unitPath(Glyph glyph)
{
    static QHash<int, QPainterPath> known;
    auto found = known.find(int(glyph));
    if (found == known.end())
        found = known.insert(int(glyph), drawn(glyph));
    return *found;
}

} // namespace

Glyph glyphOf(DayState state)
{
    switch (state) {
    case DayState::Imported:
        return Glyph::Check;
    case DayState::Skipped:
        return Glyph::Dash;
    case DayState::Importing:
        return Glyph::Progress;
    case DayState::Failed:
        return Glyph::Bang;
    case DayState::Ready:
        return Glyph::Play;
    case DayState::Queued:
        return Glyph::Dots;
    case DayState::Gap:
        return Glyph::Cross;
    case DayState::Blocked:
        return Glyph::Pause;
    case DayState::Awaiting:
        return Glyph::Circle;
    case DayState::Future:
        return Glyph::Dot;
    case DayState::Ignored:
        return Glyph::Slash;
    }
    return Glyph::Dot;
}

Glyph glyphOf(RunState state)
{
    switch (state) {
    case RunState::Running:
    case RunState::Committing:
        return Glyph::Progress;
    case RunState::Imported:
        return Glyph::Check;
    case RunState::Failed:
    case RunState::Interrupted:
        return Glyph::Bang;
    case RunState::Cancelled:
        return Glyph::Stop;
    case RunState::Superseded:
    case RunState::RolledBack:
        return Glyph::Slash;
    }
    return Glyph::Dot;
}

QPainterPath glyphPath(Glyph glyph, const QRectF& box)
{
    QTransform fit;
    fit.translate(box.x(), box.y());
    fit.scale(box.width(), box.height());
    QPainterPath path = fit.map(unitPath(glyph));
    path.setFillRule(Qt::WindingFill);
    return path;
}

QPixmap glyphPixmap(Glyph glyph, const QColor& ink, int size)
{
    const qreal ratio = qGuiApp->devicePixelRatio();
    const QString key = QStringLiteral("daymark-glyph-%1-%2-%3-%4")
                            .arg(int(glyph))
                            .arg(ink.rgba())
                            .arg(size)
                            .arg(ratio);
    QPixmap pixmap;
    if (QPixmapCache::find(key, &pixmap))
        return pixmap;
    pixmap = QPixmap(QSizeF(size * ratio, size * ratio).toSize());
    pixmap.setDevicePixelRatio(ratio);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.fillPath(glyphPath(glyph, QRectF(1, 1, size - 2, size - 2)), ink);
    painter.end();
    QPixmapCache::insert(key, pixmap);
    return pixmap;
}

} // namespace daymark::ui
