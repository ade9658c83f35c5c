// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/workspace.h"

namespace daymark {

/// For parts of the engine whose functions have a header of their own, so that the door stays
/// narrow. Private to the room.
class EngineAccess
{
public:
    [[nodiscard]] static Workspace& workspace(Engine& engine);
};

} // namespace daymark
