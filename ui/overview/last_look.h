// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/day.h"

#include <filesystem>

namespace daymark::ui {

/// When a person last looked at a workspace, remembered between starts; none before the first time.
[[nodiscard]] std::optional<Instant> lastLook(const std::filesystem::path& workspace);
void rememberLook(const std::filesystem::path& workspace, Instant at);

} // namespace daymark::ui
