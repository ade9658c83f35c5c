// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"

#include <cstddef>
#include <filesystem>

namespace daymark {

/// Reads a whole file of at most `limit` bytes. A pipe, a device or a folder is refused, never
/// waited for. StorageFailed; UsageInvalid where it is longer or no file.
[[nodiscard]] Result<std::string> readSmallFile(const std::filesystem::path& path,
                                                std::size_t limit);

} // namespace daymark
