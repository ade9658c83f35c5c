// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Folders that only their owner may look into. Private to the room.

#include "core/base/error.h"

#include <filesystem>

namespace daymark::landing {

/// Makes the parts of `below` under `root` that are missing, each with mode 0700 and forced to the
/// disk.
[[nodiscard]] Status makeFolders(const std::filesystem::path& root,
                                 const std::filesystem::path& below);

/// Removes a file or folder with all that is in it; symbolic links are not followed. Nothing there
/// is no error.
[[nodiscard]] Status removeTree(const std::filesystem::path& path);

} // namespace daymark::landing
