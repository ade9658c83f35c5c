// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"

#include <cstdint>
#include <filesystem>
#include <stop_token>

namespace daymark {

/// The error of a failed file operation: the code by `errnoValue` (missing, permission, full, …),
/// the sentence from what was being done, the path and the system's words.
[[nodiscard]] Error fileError(int errnoValue, std::string_view doing,
                              const std::filesystem::path& path);

/// Forces a file's bytes to the disk. A failure is final for that file: never sync it again.
[[nodiscard]] Status syncFile(const std::filesystem::path& path);

/// Forces a folder's entries to the disk.
[[nodiscard]] Status syncFolder(const std::filesystem::path& path);

/// Moves a folder or file to a name that must not exist yet, in one step (renameat2 with
/// RENAME_NOREPLACE; a check and a rename where the file system lacks it).
[[nodiscard]] Status moveToNew(const std::filesystem::path& from, const std::filesystem::path& to);

/// Exchanges two existing paths in one step (RENAME_EXCHANGE).
[[nodiscard]] Status exchange(const std::filesystem::path& one, const std::filesystem::path& other);

struct FileDigest
{
    std::uint64_t bytes = 0;
    std::string sha256; ///< 64 hexadecimal digits, lower case
};

/// Reads a whole file and hashes it. A `stop` request ends it with ErrorCode::RunCancelled.
[[nodiscard]] Result<FileDigest> digestFile(const std::filesystem::path& path,
                                            const std::stop_token& stop = {});

/// Writes a small file whole: to a new name beside it, synced, moved into its place, folder synced.
[[nodiscard]] Status writeFileDurably(const std::filesystem::path& path, std::string_view content);

/// Copies a file whole to a name that must not exist yet, readable by its owner alone: to another
/// name beside it, synced, moved into its place, folder synced. After an error nothing is there.
[[nodiscard]] Status copyFileDurably(const std::filesystem::path& from,
                                     const std::filesystem::path& to);

/// A lock that the system drops when its process ends, however it ends.
/// Held from a successful `acquire` until destruction.
class FileLock
{
public:
    FileLock() = default;
    FileLock(FileLock&& other) noexcept;
    FileLock& operator=(FileLock&& other) noexcept;
    ~FileLock();

    /// Takes the lock on `path`, which is created when missing, at once or not at all.
    /// ErrorCode::WorkspaceBusy where another process holds it.
    [[nodiscard]] static Result<FileLock> acquire(const std::filesystem::path& path);

    /// Whether some process holds the lock now. Creates nothing; a missing file is not held.
    [[nodiscard]] static bool isHeld(const std::filesystem::path& path);

private:
    int m_descriptor = -1;
};

} // namespace daymark
