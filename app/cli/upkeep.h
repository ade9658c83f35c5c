// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What keeps a workspace well: its repair, and what helps those who help.

#include "app/cli/command.h"

namespace daymark::cli {

/// `repair [--dry-run]`
[[nodiscard]] Run setUpRepair(Arguments& arguments);
/// `support-bundle --to-file F`
[[nodiscard]] Run setUpSupportBundle(Arguments& arguments);

} // namespace daymark::cli
