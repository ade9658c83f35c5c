// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Where the rows of a batch lie in the memory that a decoding child shares with its parent, column
// by column:
//
//     values    8 bytes a row: an integer, the bits of a double, or a text's place (the low 32
//               bits: where it begins among the texts; the high ones: its bytes)
//     presence  1 bit a row, 0 for null
//     numbers   8 bytes a row: its line in the file, or its position
//     texts     the bytes of all texts
//
// The child may change these bytes at any time, also while they are read. So the parent reads every
// value once, into memory of its own, copies the texts before it looks at them, and holds every
// place against the copy's end.

#include "core/schema/batch.h"
#include "core/source/batch_buffers.h"
#include "core/source/decode_wire.h"

#include <span>

namespace daymark {

struct DecodeSlot
{
    static constexpr std::size_t kRows = 4096;
    static constexpr std::size_t kTextRoom = 4UL << 20U;
    /// What fills a batch, even where rows are few.
    static constexpr std::size_t kTextGoal = 2UL << 20U;
    /// Places in the shared memory, and how many are given back at once: each of the two processes
    /// works for some batches before it has to wait for the other.
    static constexpr std::size_t kCount = 8;
    static constexpr std::size_t kFreedAtOnce = 4;

    std::size_t columns = 0;

    [[nodiscard]] std::size_t valuesAt(std::size_t column) const { return column * kRows * 8; }
    [[nodiscard]] std::size_t presenceAt(std::size_t column) const
    {
        return columns * kRows * 8 + column * kRows / 8;
    }
    [[nodiscard]] std::size_t numbersAt() const { return presenceAt(columns); }
    [[nodiscard]] std::size_t textsAt() const { return numbersAt() + kRows * 8; }
    [[nodiscard]] std::size_t size() const { return textsAt() + kTextRoom; }
    /// What a longer text is cut to, so that a row always fits.
    [[nodiscard]] std::size_t longestText() const
    {
        return std::min(std::size_t{1} << 20U, kTextRoom / std::max<std::size_t>(1, columns));
    }
};

/// Appends the rows that lie in a slot to a batch that has just been begun: the slot's columns in
/// the columns that `canonical` names, each smaller than the batch's number of columns, the others
/// left empty, and the notice's broken rows. False, and the batch is not to be used, where the
/// notice or a text's place contradicts the slot.
///
/// @param slot  of shape.size() bytes.
[[nodiscard]] bool takeRows(std::span<const char> slot, const DecodeSlot& shape, RowsNotice& notice,
                            std::span<const std::size_t> canonical, Batch& batch,
                            BatchBuffers& buffers);

} // namespace daymark
