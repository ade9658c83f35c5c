// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// How severities and fates of rows look: a glyph and a word, colour beside them.

#include "ui/style/glyph.h"
#include "ui/style/look.h"

#include "core/schema/sample_row.h"

namespace daymark::ui {

[[nodiscard]] Tone toneOf(Severity severity);
[[nodiscard]] Glyph glyphOf(Severity severity);
[[nodiscard]] QString severityWord(Severity severity);

[[nodiscard]] Tone toneOf(RowFate fate);
[[nodiscard]] Glyph glyphOf(RowFate fate);
[[nodiscard]] QString fateWord(RowFate fate);

/// The glyph for an item view: in the tone's ink, white while its item is selected.
[[nodiscard]] QIcon signIcon(Glyph glyph, Tone tone);

} // namespace daymark::ui
