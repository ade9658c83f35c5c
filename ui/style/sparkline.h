// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A small line of figures over days, without axes, for a cell of a table.

#include <QPolygonF>
#include <QStyledItemDelegate>

namespace daymark::ui {

/// Fits points (x: a day's number, y: its figure; ascending days) into a box: the highest figure at
/// its top, the lowest at its bottom, equal ones in the middle. One line for each run of days
/// without a hole; a lone day is a line of one point.
[[nodiscard]] QList<QPolygonF> sparklineIn(const QRectF& box, const QPolygonF& points);

void paintSparkline(QPainter& painter, const QRectF& box, const QPolygonF& points,
                    const QColor& ink);

/// The colour of a drawing in a cell: the highlighted text's where the row is selected.
[[nodiscard]] QColor drawingInk(const QStyleOptionViewItem& option);

/// Paints what a cell looks like without its text: the ground of a drawing.
void paintCellGround(QPainter* painter, const QStyleOptionViewItem& option);

/// Draws a cell's points, a QPolygonF in the given role, in place of its text.
class SparklineDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    explicit SparklineDelegate(int role, QObject* parent = nullptr);

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option,
                                 const QModelIndex& index) const override;

private:
    int m_role;
};

} // namespace daymark::ui
