// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/command.h"

namespace daymark::cli {

/// `source secret NAME`: a secret from stdin goes into the keychain; `--remove` takes it out.
[[nodiscard]] Run setUpSourceSecret(Arguments& arguments);

} // namespace daymark::cli
