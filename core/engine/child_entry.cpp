// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/child_entry.h"

#include "core/source/decode_child.h"

namespace daymark {

std::optional<int> serveAsChild(int argc, char** argv) { return decodeIfChild(argc, argv); }

} // namespace daymark
