// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <cstring>
#include <string_view>

namespace daymark {

/// Whether two stretches of `size` bytes are the same: inline for the short ones that ids and names
/// mostly are.
[[nodiscard]] inline bool sameBytes(const char* a, const char* b, std::size_t size)
{
    if (size > 16)
        return std::memcmp(a, b, size) == 0;
    if (size >= 8) {
        std::uint64_t words[4];
        std::memcpy(&words[0], a, 8);
        std::memcpy(&words[1], a + size - 8, 8);
        std::memcpy(&words[2], b, 8);
        std::memcpy(&words[3], b + size - 8, 8);
        return words[0] == words[2] && words[1] == words[3];
    }
    for (std::size_t i = 0; i < size; ++i) {
        if (a[i] != b[i])
            return false;
    }
    return true;
}

/// A text in 16 bytes: up to 12 bytes within itself, a longer one as its first four bytes and a
/// pointer to memory that somebody else keeps. The layout is that of the texts in DuckDB's vectors,
/// so that one is copied into the other as it stands. Compares by content.
struct PackedText
{
    std::uint32_t size = 0;
    char head[4] = {};
    union {
        char tail[8] = {};
        const char* bytes;
    };

    static constexpr std::uint32_t kInline = 12;

    PackedText() = default;
    explicit PackedText(std::string_view text) : size(static_cast<std::uint32_t>(text.size()))
    {
        if (size <= kInline) {
            char within[kInline] = {};
            std::memcpy(within, text.data(), size);
            std::memcpy(head, within, 4);
            std::memcpy(tail, within + 4, 8);
        } else {
            std::memcpy(head, text.data(), 4);
            bytes = text.data();
        }
    }

    [[nodiscard]] bool isInline() const { return size <= kInline; }
    [[nodiscard]] std::string_view view() const
    {
        return {isInline() ? reinterpret_cast<const char*>(this) + sizeof(size) : bytes, size};
    }
};
static_assert(sizeof(PackedText) == 16);

} // namespace daymark
