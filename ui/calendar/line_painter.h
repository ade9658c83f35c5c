// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/calendar/grid_lines.h"

class QFont;
class QPainter;
class QPalette;

namespace daymark::ui {

/// The edge with its label.
void paintHorizon(QPainter& painter, const HorizonEdge& edge, const QString& label,
                  const QFont& font, const QPalette& palette);

/// A chain with an arrow into the blocker's cell.
void paintChain(QPainter& painter, const Chain& chain, const QPalette& palette);

} // namespace daymark::ui
