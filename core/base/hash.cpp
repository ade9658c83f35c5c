// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/hash.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

#include <array>
#include <cinttypes>
#include <cstdio>

namespace daymark {

Hash128 hash128(std::string_view bytes)
{
    const XXH128_hash_t hash = XXH3_128bits(bytes.data(), bytes.size());
    return {hash.low64, hash.high64};
}

std::string formatHash(const Hash128& hash)
{
    std::array<char, 33> buffer{};
    std::snprintf(buffer.data(), buffer.size(), "%016" PRIx64 "%016" PRIx64, hash.high, hash.low);
    return {buffer.data(), 32};
}

} // namespace daymark
