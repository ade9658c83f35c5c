// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Makes the benchmark's day of metrics as CSV, the same bytes every time:
//     make_day plain|shuffled ROWS > day.csv
// plain:    units in order, 20 metrics each, short ids, a fresh timeuuid a row.
// shuffled: rows in no order, ids of 36 characters, 1 % of the rows repeated, 0.1 % of them bad.
// 20 metrics of ROWS / 20 units; every fifth metric is a ratio.

#include <array>
#include <cinttypes>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>

namespace {

constexpr std::uint64_t kMetrics = 20;

std::uint64_t scrambled(std::uint64_t x)
{
    x += 0x9E3779B97F4A7C15ULL;
    x = (x ^ (x >> 30U)) * 0xBF58476D1CE4E5B9ULL;
    x = (x ^ (x >> 27U)) * 0x94D049BB133111EBULL;
    return x ^ (x >> 31U);
}

/// A permutation of 0 … count - 1: a multiplicative step that shares no factor with count.
class Shuffle
{
public:
    explicit Shuffle(std::uint64_t count) : m_count(count), m_step(count / 2 + count / 9 + 1)
    {
        while (greatestCommonDivisor(m_step, count) != 1)
            ++m_step;
    }
    [[nodiscard]] std::uint64_t at(std::uint64_t i) const
    {
        // Two rounds with neighbours swapped between them leave no run of neighbours.
        const std::uint64_t once = i * m_step % m_count;
        return ((once | 1U) < m_count ? once ^ 1U : once) * m_step % m_count;
    }

private:
    static std::uint64_t greatestCommonDivisor(std::uint64_t a, std::uint64_t b)
    {
        return b == 0 ? a : greatestCommonDivisor(b, a % b);
    }
    std::uint64_t m_count;
    std::uint64_t m_step;
};

void writeUuid(std::uint64_t seed)
{
    const std::uint64_t high = scrambled(seed);
    const std::uint64_t low = scrambled(high ^ 0x5DEECE66DULL);
    std::printf("%08" PRIx64 "-%04" PRIx64 "-4%03" PRIx64 "-%04" PRIx64 "-%012" PRIx64, high >> 32U,
                high >> 16U & 0xFFFFU, high & 0xFFFU, 0x8000U | (low >> 48U & 0x3FFFU),
                low & 0xFFFFFFFFFFFFU);
}

void writeRow(std::uint64_t number, std::uint64_t units, bool longIds, bool bad)
{
    const std::uint64_t unit = number / kMetrics % units;
    const std::uint64_t metric = number % kMetrics;
    const std::uint64_t random = scrambled(number * 31 + 7);
    if (longIds)
        writeUuid(unit + 0x1000000000ULL);
    else
        std::printf("u%07" PRIu64, unit);
    std::printf(",user_id,2022-06-13,metric_%02" PRIu64 ",", metric);
    if (bad)
        std::fputs("n/a,,,", stdout);
    else if (metric % 5 == 4)
        std::printf(",%" PRIu64 ",%" PRIu64 ",", random % 100, 1 + (random >> 20U) % 50);
    else
        std::printf("%" PRIu64 ".%02" PRIu64 ",,,", random % 1000, (random >> 32U) % 100);
    writeUuid(number);
    std::putchar('\n');
}

} // namespace

int main(int argc, char** argv)
{
    const bool shuffled = argc > 1 && std::string(argv[1]) == "shuffled";
    const std::uint64_t rows = argc > 2 ? std::strtoull(argv[2], nullptr, 10) : 5'000'000;
    const std::uint64_t units = rows / kMetrics > 0 ? rows / kMetrics : 1;
    static std::array<char, 1 << 20> buffer;
    std::setvbuf(stdout, buffer.data(), _IOFBF, buffer.size());
    std::puts("unit_id,id_type,date,metric_name,metric_value,numerator,denominator,timeuuid");
    const Shuffle shuffle(rows);
    for (std::uint64_t i = 0; i < rows; ++i) {
        // Every hundredth row comes once more some way after the first.
        const std::uint64_t place = shuffled && i % 100 == 99 && i > 5000 ? i - 4999 : i;
        const std::uint64_t number = shuffled ? shuffle.at(place) : i;
        writeRow(number, units, shuffled, shuffled && number % 1000 == 17);
    }
    return std::fflush(stdout) == 0 && std::ferror(stdout) == 0 ? 0 : 1;
}
