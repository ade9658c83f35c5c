// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The patterns that tell states apart where colours don't: in greyscale, in print and in high
// contrast. They are drawn, so that they look alike at every scale.

#include "ui/style/look.h"

#include <QBrush>

namespace daymark::ui {

/// Fills with the pattern in one ink and leaves the ground between as it is; no brush for
/// Pattern::None.
///
/// @param ratio  device pixels a unit of the painter.
[[nodiscard]] QBrush patternBrush(Pattern pattern, const QColor& ink, qreal ratio = 1);

} // namespace daymark::ui
