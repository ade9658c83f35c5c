// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QPalette>

class QApplication;

namespace daymark::ui {

enum class Appearance { System, Light, Dark, HighContrast };

/// The window's own palettes; every text on its ground has a contrast of at least 4.5:1.
[[nodiscard]] QPalette lightPalette();
[[nodiscard]] QPalette darkPalette();
/// White and yellow on black: states are told by patterns, edges, signs and words alone.
[[nodiscard]] QPalette highContrastPalette();

/// Remembers the platform's palette, then dresses the program: Fusion in our own colours. To be
/// called once, right after the application was made.
void setUpAppearance(QApplication& application);

/// Dresses the program anew; `System` follows the lightness of the platform's own windows, and
/// keeps the platform's palette where it is one of high contrast.
void applyAppearance(Appearance appearance);

/// The choice that is remembered between starts.
[[nodiscard]] Appearance savedAppearance();
void saveAppearance(Appearance appearance);

} // namespace daymark::ui
