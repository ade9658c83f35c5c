// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
// The sum is kept as an integer in units of 2^-kBias, in base 2^32:
// 1. A double is a 53-bit integer times a power of two. Its bits, shifted into place, fall into at
//    most three neighbouring chunks and are added there (or taken away) without carrying.
// 2. A square is a 106-bit integer, added as two parts.
// 3. A chunk has 63 bits for 32: carries are due after 2^28 additions.
// 4. Most sums touch a handful of chunks, so only the span that was touched is stored.
#include "core/ingest/exact_sum.h"

#include <bit>
#include <cmath>
#include <limits>

namespace daymark {

namespace {

__extension__ typedef unsigned __int128 UInt128;

constexpr int kBias = 2176; // over 2 * 1074, a multiple of 32
constexpr std::uint32_t kAddsPerCarry = 1U << 28U;
constexpr std::uint64_t kFraction = (std::uint64_t{1} << 52U) - 1;
constexpr std::int64_t kChunkMask = 0xFFFFFFFF;

struct Parts
{
    std::uint64_t mantissa;
    int exponent; ///< value = mantissa * 2^exponent
    bool negative;
};

Parts partsOf(double value)
{
    const auto bits = std::bit_cast<std::uint64_t>(value);
    const int exponent = static_cast<int>(bits >> 52U & 0x7FFU);
    const std::uint64_t fraction = bits & kFraction;
    const bool negative = bits >> 63U != 0;
    if (exponent == 0)
        return {fraction, -1074, negative};
    return {fraction | (kFraction + 1), exponent - 1075, negative};
}

/// Carries through base-2^32 chunks; false where what is left over is negative.
bool carryThrough(std::vector<std::int64_t>& chunks)
{
    std::int64_t over = 0;
    for (std::int64_t& chunk : chunks) {
        chunk += over;
        over = chunk >> 32;
        chunk &= kChunkMask;
    }
    while (over != 0 && over != -1) {
        chunks.push_back(over & kChunkMask);
        over >>= 32;
    }
    return over == 0;
}

/// Bits outside of the chunks are zero: sums of tiny squares lie wholly below the smallest double.
bool bitAt(const std::vector<std::int64_t>& chunks, std::int64_t position)
{
    if (position < 0 || position >= static_cast<std::int64_t>(chunks.size()) * 32)
        return false;
    return (chunks[static_cast<std::size_t>(position) >> 5U] >>
                (static_cast<std::uint64_t>(position) & 31U) &
            1) != 0;
}

bool anyBelow(const std::vector<std::int64_t>& chunks, std::int64_t position)
{
    for (std::int64_t i = 0; i < position; ++i) {
        if ((i & 31) == 0 && i + 32 <= position && chunks[static_cast<std::size_t>(i >> 5)] == 0)
            i += 31;
        else if (bitAt(chunks, i))
            return true;
    }
    return false;
}

/// The nearest double of non-negative chunks whose lowest bit counts 2^lowest.
double nearestDouble(const std::vector<std::int64_t>& chunks, int lowest)
{
    std::size_t top = chunks.size();
    while (top > 0 && chunks[top - 1] == 0)
        --top;
    if (top == 0)
        return 0;
    const auto high = static_cast<std::int64_t>(
        (top - 1) * 32 + std::bit_width(static_cast<std::uint64_t>(chunks[top - 1])) - 1);
    const std::int64_t last = std::max<std::int64_t>(high - 52, -1074 - lowest);
    std::uint64_t mantissa = 0;
    for (std::int64_t i = high; i >= last && i >= 0; --i)
        mantissa = mantissa << 1U | (bitAt(chunks, i) ? 1U : 0U);
    if (last < 0)
        mantissa <<= static_cast<unsigned>(-last);
    const bool half = bitAt(chunks, last - 1);
    if (half && ((mantissa & 1U) != 0 || anyBelow(chunks, last - 1)))
        ++mantissa;
    return std::ldexp(static_cast<double>(mantissa), static_cast<int>(last) + lowest);
}

} // namespace

void ExactSum::cover(std::size_t chunk)
{
    if (m_chunks.empty())
        m_base = chunk;
    if (chunk < m_base) {
        m_chunks.insert(m_chunks.begin(), m_base - chunk, 0);
        m_base = chunk;
    }
    if (chunk + 3 > m_base + m_chunks.size())
        m_chunks.resize(chunk + 3 - m_base);
}

void ExactSum::addBits(std::uint64_t magnitude, bool negative, int position)
{
    const std::size_t chunk = static_cast<std::size_t>(position) >> 5U;
    if (chunk - m_base + 3 > m_chunks.size() || chunk < m_base)
        cover(chunk);
    const UInt128 shifted = static_cast<UInt128>(magnitude)
                            << (static_cast<unsigned>(position) & 31U);
    const std::int64_t sign = negative ? -1 : 0;
    const auto piece = [&](unsigned index) {
        const auto bits = static_cast<std::int64_t>(shifted >> (32 * index)) & kChunkMask;
        return (bits ^ sign) - sign;
    };
    std::int64_t* at = m_chunks.data() + (chunk - m_base);
    at[0] += piece(0);
    at[1] += piece(1);
    at[2] += piece(2);
    if (++m_adds == kAddsPerCarry)
        carry();
}

void ExactSum::add(double value)
{
    const Parts parts = partsOf(value);
    if (parts.mantissa != 0)
        addBits(parts.mantissa, parts.negative, parts.exponent + kBias);
}

void ExactSum::addSquare(double value)
{
    const Parts parts = partsOf(value);
    const UInt128 square = static_cast<UInt128>(parts.mantissa) * parts.mantissa;
    const int position = 2 * parts.exponent + kBias;
    if (const auto low = static_cast<std::uint64_t>(square); low != 0)
        addBits(low, false, position);
    if (const auto high = static_cast<std::uint64_t>(square >> 64U); high != 0)
        addBits(high, false, position + 64);
}

/// Moves what chunks have over 32 bits upward; the last chunk keeps the sign.
void ExactSum::carry()
{
    std::int64_t over = 0;
    for (std::int64_t& chunk : m_chunks) {
        chunk += over;
        over = chunk >> 32;
        chunk &= kChunkMask;
    }
    m_chunks.push_back(over);
    m_adds = 0;
}

double ExactSum::rounded() const
{
    const int lowest = static_cast<int>(m_base) * 32 - kBias;
    std::vector<std::int64_t> chunks = m_chunks;
    if (carryThrough(chunks))
        return nearestDouble(chunks, lowest);
    chunks = m_chunks;
    for (std::int64_t& chunk : chunks)
        chunk = -chunk;
    carryThrough(chunks);
    return -nearestDouble(chunks, lowest);
}

} // namespace daymark
