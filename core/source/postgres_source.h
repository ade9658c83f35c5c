// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/source/registry.h"

namespace daymark {

/// PostgreSQL, and what speaks its protocol. Every call makes a connection of its own and ends it,
/// so that an idle source holds none of the server's.
[[nodiscard]] SourceKind postgresKind();

} // namespace daymark
