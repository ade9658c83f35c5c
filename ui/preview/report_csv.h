// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/views.h"

#include <QString>

namespace daymark::ui {

/// A preview as CSV: a line each for the counts, the findings, the rules and their example rows,
/// with the columns kind, code, severity, count, file, row, column, value and message. A text that
/// a spreadsheet would take for a formula gets an apostrophe before it.
[[nodiscard]] QString reportCsv(const Preview& preview);

/// `preview-shop-2022-06-14.csv`; what a file's name can't hold is left out.
[[nodiscard]] QString reportName(const Preview& preview);

} // namespace daymark::ui
