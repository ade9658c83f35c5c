// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"
#include "core/base/hash.h"

#include <filesystem>
#include <vector>

namespace daymark {

/// Keys that went to the disk, sorted, in a file without a name. In memory stay the first key of
/// every 4 KiB and a Bloom filter, so that most keys that are not in the run cost no read.
class KeyRun
{
public:
    KeyRun() = default;
    KeyRun(KeyRun&& other) noexcept;
    KeyRun& operator=(KeyRun&& other) noexcept;
    ~KeyRun();

    /// Starts a run of about `keys` keys with `bits` bits a key for the filter; 0: no filter.
    [[nodiscard]] static Result<KeyRun> create(const std::filesystem::path& folder,
                                               std::size_t keys, unsigned bits);

    /// Keys must come in ascending order of (high, low).
    [[nodiscard]] Status append(const Hash128& key);
    /// After the last key.
    [[nodiscard]] Status seal();

    [[nodiscard]] Result<bool> contains(const Hash128& key) const;
    void prefetch(const Hash128& key) const;
    [[nodiscard]] std::size_t filterBytes() const { return m_filter.size() * sizeof(Line); }

private:
    struct alignas(64) Line
    {
        std::uint64_t words[8] = {};
    };
    [[nodiscard]] Status write();
    [[nodiscard]] bool mayContain(const Hash128& key) const;
    [[nodiscard]] std::size_t lineOf(const Hash128& key) const;

    int m_descriptor = -1;
    std::filesystem::path m_folder;
    std::vector<Hash128> m_buffer;       ///< not yet written
    std::vector<std::uint64_t> m_fences; ///< high half of the first key of each block
    std::vector<Line> m_filter;
    std::size_t m_keys = 0;
    std::size_t m_written = 0; ///< keys
};

/// Opens a file that has no name in `folder`, or in the system's temporary folder where that is
/// empty.
[[nodiscard]] Result<int> openUnnamedFile(const std::filesystem::path& folder);

} // namespace daymark
