// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"
#include "core/schema/landed_file.h"

#include <filesystem>
#include <map>
#include <mutex>
#include <stop_token>

namespace daymark::landing {

/// Holds landed files against the size and the SHA-256 that were recorded of them. What was found
/// whole is not read again as long as nobody touches it: the file is the same by its inode, its
/// size and both its times. Thread-safe. Private to the room.
class WholeFiles
{
public:
    /// What is wrong with the file at `path`, as the rest of a sentence (`is missing`); empty where
    /// it is, byte for byte, what landed. RunCancelled.
    [[nodiscard]] Result<std::string> faultOf(const std::filesystem::path& path,
                                              const LandedFile& file, const std::stop_token& stop);

private:
    /// How a file was when it was found whole.
    struct Mark
    {
        std::uint64_t device = 0;
        std::uint64_t inode = 0;
        std::uint64_t bytes = 0;
        std::int64_t modified = 0; ///< in nanoseconds
        std::int64_t changed = 0;  ///< in nanoseconds; nobody can set this one back
        std::string sha256;        ///< as recorded
        bool operator==(const Mark&) const = default;
    };

    [[nodiscard]] bool knows(const std::string& path, const Mark& mark) const;

    mutable std::mutex m_mutex;
    std::map<std::string, Mark> m_whole; ///< by path; guarded by m_mutex
};

} // namespace daymark::landing
