// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

namespace daymark {

/// An exact sum of doubles or of their squares: a fixed-point number wide enough for all of them,
/// so that neither the order of the values nor their sizes changes the result. Rounded once, at the
/// end.
class ExactSum
{
public:
    /// `value` must be finite.
    void add(double value);
    void addSquare(double value);

    /// The nearest double, ties to even; infinite where the sum is beyond the largest one.
    [[nodiscard]] double rounded() const;

private:
    void addBits(std::uint64_t magnitude, bool negative, int position);
    void cover(std::size_t chunk);
    void carry();

    /// Pieces of 32 bits with room for carries, least significant first, from chunk m_base on.
    std::vector<std::int64_t> m_chunks;
    std::size_t m_base = 0;
    std::uint32_t m_adds = 0; ///< since the last carry
};

} // namespace daymark
