// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/views.h"
#include "ui/style/look.h"

#include <QString>

#include <utility>

namespace daymark::ui {

/// Whether a day of such rows would land.
///
/// @param tolerance  the percentage of rejected rows that its source's days may have.
std::pair<Tone, QString> verdictOn(const Preview& preview, double tolerance);

} // namespace daymark::ui
