// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What an operator decides about a source whose outside has changed.

#include "app/cli/command.h"

namespace daymark::cli {

/// `source accept NAME`
[[nodiscard]] Run setUpSourceAccept(Arguments& arguments);

/// `source backfill NAME --from DAY`
[[nodiscard]] Run setUpSourceBackfill(Arguments& arguments);
/// `source start-over NAME --from DAY`
[[nodiscard]] Run setUpSourceStartOver(Arguments& arguments);

} // namespace daymark::cli
