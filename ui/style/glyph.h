// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The signs beside the words of a state. They are drawn, not typed: no font has to have them.

#include "core/engine/views.h"

#include <QIcon>
#include <QPainterPath>

namespace daymark::ui {

enum class Glyph {
    Check,    ///< ✓ imported
    Dash,     ///< – skipped
    Progress, ///< importing
    Bang,     ///< ! failed
    Play,     ///< ▶ ready
    Dots,     ///< … queued
    Cross,    ///< ✕ gap
    Pause,    ///< ⏸ blocked
    Circle,   ///< ○ awaiting
    Dot,      ///< · future
    Slash,    ///< ⊘ ignored
    Stop,     ///< ■ cancelled
    Crack,    ///< a broken box: damaged
    Triangle, ///< △ changed
    Again,    ///< ↻ announced again
    Flag,     ///< signalled
    OpenFlag, ///< signalled by a later day only
    Person,   ///< marked as finished by an operator
    Clock,    ///< overdue
    Funnel,   ///< with rejected rows
    Box,      ///< □ without rows
};

[[nodiscard]] Glyph glyphOf(DayState state);
[[nodiscard]] Glyph glyphOf(RunState state);

/// The glyph as an area to fill, inside `box`.
[[nodiscard]] QPainterPath glyphPath(Glyph glyph, const QRectF& box);

/// The glyph as a picture of `size` device-independent pixels, for item views and labels.
[[nodiscard]] QPixmap glyphPixmap(Glyph glyph, const QColor& ink, int size);

} // namespace daymark::ui
