// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/catalog/plot_overlays.h"

#include "ui/style/glyph.h"
#include "ui/style/look.h"

namespace daymark::ui {

namespace {

constexpr double kDay = 86'400;
constexpr qint64 kEpochJulianDay = 2440588; // 1970-01-01
constexpr double kLeastWidth = 3;
constexpr double kBandSign = 11;
constexpr double kRing = 4.5;

} // namespace

double plotKey(QDate day) { return double(day.toJulianDay() - kEpochJulianDay) * kDay; }

DayBands::DayBands(QCustomPlot* plot) : QCPLayerable(plot, QStringLiteral("background")) {}

void DayBands::applyDefaultAntialiasingHint(QCPPainter* painter) const
{
    painter->setAntialiasing(true);
}

QRect DayBands::clipRect() const { return parentPlot()->axisRect()->rect(); }

void DayBands::draw(QCPPainter* painter)
{
    const QCPAxis* axis = parentPlot()->xAxis;
    const QRectF area(clipRect());
    for (const SeriesBand& band : m_bands) {
        const Look look = lookOf(band.state, isDark(parentPlot()->palette()));
        const double left = axis->coordToPixel(plotKey(band.first) - kDay / 2);
        const double right = axis->coordToPixel(plotKey(band.last) + kDay / 2);
        if (right < area.left() || left > area.right())
            continue;
        const QRectF box(left, area.top(), qMax(kLeastWidth, right - left), area.height());
        painter->fillRect(box, look.fill);
        if (look.pattern == Pattern::Hatched) {
            QColor lines = look.outline;
            lines.setAlphaF(0.42f);
            painter->fillRect(box, QBrush(lines, Qt::BDiagPattern));
        }
        const QPointF centre(box.center().x(), area.top() + kBandSign);
        painter->fillPath(glyphPath(glyphOf(band.state),
                                    QRectF(centre.x() - kBandSign / 2, centre.y() - kBandSign / 2,
                                           kBandSign, kBandSign)),
                          look.ink);
    }
}

DayCursor::DayCursor(QCustomPlot* plot) : QCPLayerable(plot, QStringLiteral("overlay")) {}

void DayCursor::applyDefaultAntialiasingHint(QCPPainter* painter) const
{
    painter->setAntialiasing(true);
}

QRect DayCursor::clipRect() const { return parentPlot()->axisRect()->rect(); }

void DayCursor::draw(QCPPainter* painter)
{
    if (!m_point)
        return;
    const QPalette palette = parentPlot()->palette();
    const QRectF area(clipRect());
    const double x = parentPlot()->xAxis->coordToPixel(plotKey(m_point->day));
    const double y = parentPlot()->yAxis->coordToPixel(m_point->value);
    painter->setPen(QPen(palette.color(QPalette::PlaceholderText), 1, Qt::DashLine));
    painter->drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()));
    painter->setPen(QPen(palette.color(QPalette::Text), 2));
    painter->setBrush(palette.base());
    painter->drawEllipse(QPointF(x, y), kRing, kRing);
}

} // namespace daymark::ui
