// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace daymark {

/// The program's version, then a line for each library: what `--version` prints.
[[nodiscard]] QString versionText();

} // namespace daymark
