// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The colours of states, after Okabe and Ito: told apart by people with any kind of colour vision,
// and never the only sign.

#include "core/engine/views.h"

#include <QColor>
#include <QPalette>

namespace daymark::ui {

enum class Pattern { None, Hatched, Dotted };

struct Look
{
    QColor fill;    ///< behind the words
    QColor ink;     ///< of the words and the glyph on `fill`: contrast at least 4.5:1
    QColor outline; ///< of the cell
    Pattern pattern = Pattern::None;
    bool strong = false; ///< a thick outline
};

/// What a banner is about.
enum class Tone { Information, Good, Warning, Error };

[[nodiscard]] bool isDark(const QPalette& palette);
[[nodiscard]] Look lookOf(DayState state, bool dark);
[[nodiscard]] Look lookOf(RunState state, bool dark);
[[nodiscard]] Look lookOf(Tone tone, bool dark);

/// WCAG's contrast ratio of two opaque colours, 1 to 21.
[[nodiscard]] double contrast(const QColor& a, const QColor& b);

} // namespace daymark::ui
