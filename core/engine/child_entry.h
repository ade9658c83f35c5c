// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

namespace daymark {

/// To be called first in the main() of a program that uses the engine. Files that others' code
/// decodes are decoded by the same program in a process of its own: this answers what main() is to
/// return where that is what was started. Without the call such files cannot be read.
[[nodiscard]] std::optional<int> serveAsChild(int argc, char** argv);

} // namespace daymark
