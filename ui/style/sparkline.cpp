// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/style/sparkline.h"

#include "ui/style/look.h"

#include <QApplication>
#include <QPainter>

#include <algorithm>

namespace daymark::ui {

namespace {

constexpr double kWidth = 1.5;
constexpr int kCellWidth = 104;
constexpr int kMargin = 6;

} // namespace

QList<QPolygonF> sparklineIn(const QRectF& box, const QPolygonF& points)
{
    if (points.isEmpty())
        return {};
    const auto [low, high] =
        std::ranges::minmax_element(points, {}, [](const QPointF& point) { return point.y(); });
    const double least = low->y();
    const double height = high->y() - least;
    const double first = points.first().x();
    const double width = points.last().x() - first;
    QList<QPolygonF> lines;
    for (qsizetype i = 0; i < points.size(); ++i) {
        if (i == 0 || points[i].x() - points[i - 1].x() > 1)
            lines.append(QPolygonF());
        const double across = width > 0 ? (points[i].x() - first) / width : 0.5;
        const double up = height > 0 ? (points[i].y() - least) / height : 0.5;
        lines.last().append(
            QPointF(box.left() + across * box.width(), box.bottom() - up * box.height()));
    }
    return lines;
}

void paintSparkline(QPainter& painter, const QRectF& box, const QPolygonF& points,
                    const QColor& ink)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    QPointF end;
    for (const QPolygonF& line : sparklineIn(box, points)) {
        painter.setPen(QPen(ink, kWidth, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        end = line.last();
        if (line.size() > 1)
            painter.drawPolyline(line);
        else
            painter.drawPoint(end);
    }
    if (!points.isEmpty()) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(ink);
        painter.drawEllipse(end, 2.2, 2.2);
    }
    painter.restore();
}

QColor drawingInk(const QStyleOptionViewItem& option)
{
    return option.state & QStyle::State_Selected
               ? option.palette.color(QPalette::HighlightedText)
               : lookOf(Tone::Information, isDark(option.palette)).ink;
}

void paintCellGround(QPainter* painter, const QStyleOptionViewItem& option)
{
    QStyleOptionViewItem ground(option);
    ground.text.clear();
    ground.icon = QIcon();
    const QStyle* style = option.widget ? option.widget->style() : QApplication::style();
    style->drawControl(QStyle::CE_ItemViewItem, &ground, painter, option.widget);
}

SparklineDelegate::SparklineDelegate(int role, QObject* parent)
    : QStyledItemDelegate(parent), m_role(role)
{}

void SparklineDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                              const QModelIndex& index) const
{
    QStyleOptionViewItem cell(option);
    initStyleOption(&cell, index);
    paintCellGround(painter, cell);
    const QRectF box = QRectF(option.rect).adjusted(kMargin, kMargin, -kMargin, -kMargin);
    paintSparkline(*painter, box, index.data(m_role).value<QPolygonF>(), drawingInk(cell));
}

QSize SparklineDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex&) const
{
    return {kCellWidth, option.fontMetrics.height() + kMargin};
}

} // namespace daymark::ui
