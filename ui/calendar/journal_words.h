// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace daymark::ui {

/// What the journal's word for an act means: `marked finished`. The word itself where it is not
/// known here.
[[nodiscard]] QString actionWords(const std::string& action);

} // namespace daymark::ui
