// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The columns that a source is held to. They are agreed on when its first day lands; at each poll
// and each import the source's columns are held against them, and what differs blocks, warns or is
// accepted, by kind of change, as the source's settings say.

#include "core/engine/engine.h"
#include "core/schema/mapping.h"

namespace daymark {

/// Agrees on the columns that the source has now, whatever was agreed on before; those are
/// returned. What blocked its imports blocks them no more.
[[nodiscard]] Result<std::vector<SourceColumn>>
acceptSchema(Engine& engine, const std::string& name, std::stop_token stop);

} // namespace daymark
