// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/workspace.h"

namespace daymark {

/// Where copies of the ledger are put by, below the workspace.
inline constexpr std::string_view kCopiesFolder = "backups";

/// Puts a copy of the ledger by unless there is one of today, and keeps the latest three: what a
/// repair begins with. For the start of the one writing process. What goes wrong is said in
/// `workspace.repairs`; the start goes on.
void putCopyBy(Workspace& workspace);

/// Puts a copy by in the place of today's: for a source that was added or edited, whose settings
/// nothing else holds. What goes wrong leaves the earlier copy.
void renewCopy(const Workspace& workspace);

} // namespace daymark
