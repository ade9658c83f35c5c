// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

namespace daymark {

/// 128 bits that stand for a value or, added up, for a set of values in any order.
struct Hash128
{
    std::uint64_t low = 0;
    std::uint64_t high = 0;

    auto operator<=>(const Hash128&) const = default;

    /// Addition modulo 2^128: the fingerprint of a multiset doesn't depend on the order of its
    /// rows.
    Hash128& operator+=(const Hash128& other)
    {
        const std::uint64_t sum = low + other.low;
        high += other.high + (sum < low ? 1 : 0);
        low = sum;
        return *this;
    }
};

/// XXH3's 128-bit hash. Stable across versions of the program: it is kept in the ledger.
[[nodiscard]] Hash128 hash128(std::string_view bytes);

/// 32 hexadecimal digits, high half first.
[[nodiscard]] std::string formatHash(const Hash128& hash);

} // namespace daymark
