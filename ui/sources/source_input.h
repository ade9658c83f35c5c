// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What an operator has chosen so far in the wizard, and the draft that it makes.

#include "core/engine/draft.h"

namespace daymark::ui {

struct SourceInput
{
    SourceConfig config; ///< `format` holds only what the operator chose
    Policy policy;
    std::string secret; ///< typed; empty: none, or the one that is kept already
};

/// The choices that a saved source was made with.
[[nodiscard]] SourceInput inputOf(const SourceInfo& saved);
/// The same for a second source like it: under a name of its own, with a calendar of its own.
[[nodiscard]] SourceInput copyOf(const SourceInfo& saved, const std::vector<std::string>& taken);

/// The draft of the choices.
///
/// @param saved  the source that they change; its settings that stay are left out, so that nothing
///               is found anew without need. Null for a new source.
[[nodiscard]] SourceDraft draftOf(const SourceInput& input, const SourceInfo* saved);

} // namespace daymark::ui
