// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"

#include <filesystem>

namespace daymark {

/// The error of a system call on a customer's file, by `errnoValue`: missing, not permitted, or not
/// readable for now.
[[nodiscard]] Error sourceFileError(int errnoValue, std::string_view doing,
                                    const std::filesystem::path& path);

/// What a reader answers once it was asked to stop.
[[nodiscard]] Error readCancelled(std::string_view place);

} // namespace daymark
