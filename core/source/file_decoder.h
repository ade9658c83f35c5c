// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/source/decode_slot.h"

#include <algorithm>

namespace daymark {

/// What the decoding child decodes one file with, in the order of its rows: nothing else looks into
/// a customer's file.
class FileDecoder
{
public:
    virtual ~FileDecoder() = default;

    [[nodiscard]] virtual const OpenedFile& file() const = 0;

    /// Chooses columns by their names. Once, before the first `fill`.
    [[nodiscard]] virtual Status select(const SelectOrder& order) = 0;

    /// The shape of the slots, known once columns are chosen.
    [[nodiscard]] virtual const DecodeSlot& shape() const = 0;

    /// Fills the slot with the next rows and says so; none at the end of the file.
    ///
    /// @param slot  of shape().size() bytes.
    [[nodiscard]] virtual Result<std::optional<RowsNotice>> fill(std::span<char> slot) = 0;
};

/// Copies a short text as two words that overlap, without a call.
inline void copyShortText(char* to, const char* from, std::size_t size)
{
    if (size < 8 || size > 16) {
        std::memcpy(to, from, size);
        return;
    }
    std::uint64_t words[2];
    std::memcpy(&words[0], from, 8);
    std::memcpy(&words[1], from + size - 8, 8);
    std::memcpy(to, &words[0], 8);
    std::memcpy(to + size - 8, &words[1], 8);
}

/// Copies as much of a text as fits. The last byte of a cut one is NUL, so that no rule takes what
/// is left for a whole value.
inline void copyCutText(char* to, const char* from, std::size_t size, std::size_t room)
{
    copyShortText(to, from, std::min(size, room));
    if (size > room)
        to[room - 1] = '\0';
}

inline std::uint64_t* wordsOf(std::span<char> slot, std::size_t position)
{
    return reinterpret_cast<std::uint64_t*>(slot.data() + position);
}

} // namespace daymark
