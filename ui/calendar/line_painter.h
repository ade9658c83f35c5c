// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/calendar/grid_lines.h"

#include <QRectF>
#include <QStringList>

class QFont;
class QPainter;
class QPalette;

namespace daymark::ui {

/// Where a label may lie, and its words, the longest first.
struct LabelPlace
{
    QRectF room;
    QStringList words;
};

/// The edge with the longest label that has room; none where none has.
void paintHorizon(QPainter& painter, const HorizonEdge& edge, const LabelPlace& label,
                  const QFont& font, const QPalette& palette);

/// A chain with an arrow into the blocker's cell.
void paintChain(QPainter& painter, const Chain& chain, const QPalette& palette);

} // namespace daymark::ui
