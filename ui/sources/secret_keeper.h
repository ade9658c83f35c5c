// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"

#include <functional>

namespace daymark::ui {

/// Where the window keeps the passwords of sources; wired up by the program. Called on worker
/// threads; may take seconds. Empty functions: this machine has no keychain.
struct SecretKeeper
{
    std::function<Status(const std::string& source, const std::string& secret)> store = {};
    std::function<Status(const std::string& source)> remove = {};

    [[nodiscard]] bool isThere() const { return store && remove; }
};

} // namespace daymark::ui
