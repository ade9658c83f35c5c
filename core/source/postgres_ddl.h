// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/source/registry.h"

namespace daymark {

/// The statements that make the tables and a role that may only read them, for the database's owner
/// to run with psql.
[[nodiscard]] std::string postgresDdl(const SourceSetup& wanted);

} // namespace daymark
