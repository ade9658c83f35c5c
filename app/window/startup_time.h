// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/shell/main_window.h"

namespace daymark {

/// Where DAYMARK_STARTUP_TIME is set: says on stderr how long after the process began its window
/// was painted first, and when its first page could be used.
void tellStartupTime(ui::MainWindow& window);

} // namespace daymark
