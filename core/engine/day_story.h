// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/workspace.h"

namespace daymark {

/// All that the ledger holds of one day of a source: its signals, runs and journal. SourceUnknown.
[[nodiscard]] Result<DayStory> storyOf(const Workspace& workspace, const std::string& name,
                                       Day day);

} // namespace daymark
