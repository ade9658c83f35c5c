// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/csv_parser.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace daymark {

namespace {

constexpr std::size_t kStride = 64;

#ifdef __SSE2__
/// One bit a byte of 64: whether it is one of the three.
class Matcher
{
public:
    Matcher(char one, char two, char three)
        : m_one(_mm_set1_epi8(one)), m_two(_mm_set1_epi8(two)), m_three(_mm_set1_epi8(three))
    {}

    [[nodiscard]] std::uint64_t match(const char* data) const
    {
        return match16(data) | match16(data + 16) << 16U | match16(data + 32) << 32U |
               match16(data + 48) << 48U;
    }

private:
    [[nodiscard]] std::uint64_t match16(const char* data) const
    {
        const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(data));
        const __m128i hits =
            _mm_or_si128(_mm_or_si128(_mm_cmpeq_epi8(bytes, m_one), _mm_cmpeq_epi8(bytes, m_two)),
                         _mm_cmpeq_epi8(bytes, m_three));
        return static_cast<std::uint32_t>(_mm_movemask_epi8(hits));
    }

    __m128i m_one;
    __m128i m_two;
    __m128i m_three;
};
#else
class Matcher
{
public:
    Matcher(char one, char two, char three) : m_one(one), m_two(two), m_three(three) {}

    [[nodiscard]] std::uint64_t match(const char* data) const
    {
        std::uint64_t hits = 0;
        for (std::size_t i = 0; i < kStride; ++i) {
            const char c = data[i];
            const bool hit = c == m_one || c == m_two || c == m_three;
            hits |= static_cast<std::uint64_t>(hit) << i;
        }
        return hits;
    }

private:
    char m_one;
    char m_two;
    char m_three;
};
#endif

} // namespace

void CsvIndex::build(const char* data, std::size_t size, char delimiter, char quote)
{
    // Eight positions are written at a time whether or not there are as many: no branch depends on
    // how many there are, and the next eight overwrite what was too much.
    if (m_capacity < size + kStride) {
        m_capacity = size + kStride;
        m_positions = std::make_unique_for_overwrite<std::uint32_t[]>(m_capacity + 8);
    }
    const Matcher matcher(delimiter, quote == '\0' ? delimiter : quote, '\n');
    std::uint32_t* out = m_positions.get();
    for (std::size_t at = 0; at < size; at += kStride) {
        std::uint64_t hits = matcher.match(data + at);
        if (size - at < kStride)
            hits &= (1ULL << (size - at)) - 1;
        const int count = __builtin_popcountll(hits);
        const auto base = static_cast<std::uint32_t>(at);
        for (int done = 0; done < count; done += 8) {
            for (int i = 0; i < 8; ++i) {
                out[done + i] =
                    base + static_cast<std::uint32_t>(__builtin_ctzll(hits | 1ULL << 63U));
                hits &= hits - 1;
            }
        }
        out += count;
    }
    m_count = static_cast<std::size_t>(out - m_positions.get());
}

} // namespace daymark
