// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The colours of states: chosen so that people with any kind of colour vision tell every two of
// their hues apart, which a test computes; and never the only sign.

#include "core/engine/views.h"

#include <QColor>
#include <QPalette>

namespace daymark::ui {

/// What a state's ground is filled with besides its colour.
enum class Pattern {
    None,
    Hatched,      ///< one diagonal: gaps alone
    CrossHatched, ///< both diagonals
    Horizontal,
    Vertical,
    Grid,
    Dotted,
    Speckled, ///< small dots, far from each other
    Rings,
    Chevrons,
    Dashes
};

/// How a cell is outlined.
enum class Edge {
    Plain,
    Dashed,
    Dotted,
    Framed ///< two lines, one of them thick: gaps alone
};

struct Look
{
    QColor fill;    ///< behind the words
    QColor ink;     ///< of the words and the glyph on `fill`: contrast at least 4.5:1
    QColor outline; ///< the state's hue: of the cell's edge and its pattern
    Pattern pattern = Pattern::None;
    Edge edge = Edge::Plain;
};

/// What a banner is about.
enum class Tone { Information, Good, Warning, Error };

[[nodiscard]] bool isDark(const QPalette& palette);
/// Whether the palette is one for people who need strong contrasts: (almost) black and white.
[[nodiscard]] bool isHighContrast(const QPalette& palette);

[[nodiscard]] Look lookOf(DayState state, bool dark);
[[nodiscard]] Look lookOf(RunState state, bool dark);
[[nodiscard]] Look lookOf(Tone tone, bool dark);

/// The same for whatever palette a widget has; one of high contrast lends its own colours, and
/// pattern, edge, glyph and word alone tell the state.
[[nodiscard]] Look lookOf(DayState state, const QPalette& palette);
[[nodiscard]] Look lookOf(Tone tone, const QPalette& palette);

/// WCAG's contrast ratio of two opaque colours, 1 to 21.
[[nodiscard]] double contrast(const QColor& a, const QColor& b);

} // namespace daymark::ui
