// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Folders that only their owner may look into. Private to the room.

#include "core/base/error.h"

#include <filesystem>
#include <vector>

namespace daymark::landing {

/// Makes the parts of `below` under `root` that are missing, each with mode 0700 and forced to the
/// disk.
[[nodiscard]] Status makeFolders(const std::filesystem::path& root,
                                 const std::filesystem::path& below);

/// Removes a file or folder with all that is in it; symbolic links are not followed. Nothing there
/// is no error.
[[nodiscard]] Status removeTree(const std::filesystem::path& path);

/// The entries of a folder by name; none where it cannot be read.
[[nodiscard]] std::vector<std::filesystem::path> entriesOf(const std::filesystem::path& folder);

/// Whether a path is a file, and no link to one.
[[nodiscard]] bool isPlainFile(const std::filesystem::path& path);

/// Whether anything has that name.
[[nodiscard]] bool isThere(const std::filesystem::path& path);

/// Forces all folders above `below` to the disk: an earlier crash may have left some that were made
/// and never forced.
[[nodiscard]] Status syncParents(const std::filesystem::path& workspace,
                                 const std::filesystem::path& below);

/// Forces the move of a folder from `from` to `below` to the disk, on both sides of it.
[[nodiscard]] Status syncMove(const std::filesystem::path& workspace,
                              const std::filesystem::path& from,
                              const std::filesystem::path& below);

} // namespace daymark::landing
