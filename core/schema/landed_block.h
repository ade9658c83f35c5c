// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The accepted rows of a day on their way from the stream to a landing. Neither knows the other:
// the stream hands blocks to a BlockSink, and a landing implements one.

#include "core/base/error.h"
#include "core/base/hash.h"
#include "core/base/packed_text.h"

#include <cmath>
#include <limits>
#include <memory>
#include <stop_token>
#include <vector>

namespace daymark {

/// One accepted row: 32 bytes. Its numbers are finite; NaN stands for null. Either `value` is given
/// and the other two are null, or the other way round.
struct LandedRow
{
    double value;
    double numerator;
    double denominator;
    std::uint32_t unit;  ///< position in LandedNames::units
    std::uint32_t group; ///< position in LandedNames::groups
};
static_assert(sizeof(LandedRow) == 32);

inline constexpr double kNullNumber = std::numeric_limits<double>::quiet_NaN();
[[nodiscard]] inline bool isNullNumber(double value) { return std::isnan(value); }

/// Rows of a page: as many as one of DuckDB's vectors holds.
inline constexpr std::size_t kPageRows = 2048;
/// Rows of a full block: as many as a row group of the landed file.
inline constexpr std::size_t kBlockRows = 30 * kPageRows;

struct LandedPage
{
    std::size_t count = 0;
    LandedRow rows[kPageRows];
};

/// Takes a page back; what a page's owner does with it once it is not needed any more.
class PageHome
{
public:
    virtual ~PageHome() = default;
    virtual void giveBack(LandedPage* page) = 0; ///< safe to call from any thread
};

struct PageReturn
{
    std::shared_ptr<PageHome> home;
    void operator()(LandedPage* page) const { home->giveBack(page); }
};
using LandedPagePtr = std::unique_ptr<LandedPage, PageReturn>;

/// Texts by position. One thread appends; any other may read the positions that were handed to it
/// together with a block. An entry never moves.
class TextColumn
{
public:
    static constexpr std::size_t kChunkBits = 14;
    static constexpr std::size_t kChunkSize = std::size_t{1} << kChunkBits;
    static constexpr std::size_t kMaxChunks = 4096;
    static constexpr std::size_t kCapacity = kChunkSize * kMaxChunks;

    TextColumn() : m_chunks(kMaxChunks) {}

    [[nodiscard]] const PackedText& at(std::size_t position) const
    {
        return m_chunks[position >> kChunkBits][position & (kChunkSize - 1)];
    }

    [[nodiscard]] std::size_t size() const { return m_size; } ///< for the appending thread only

    /// Appends a text that stays where it is. At most kCapacity times.
    void append(PackedText text)
    {
        auto& chunk = m_chunks[m_size >> kChunkBits];
        if (!chunk)
            chunk = std::make_unique<PackedText[]>(kChunkSize);
        chunk[m_size & (kChunkSize - 1)] = text;
        ++m_size;
    }

private:
    std::vector<std::unique_ptr<PackedText[]>> m_chunks;
    std::size_t m_size = 0;
};

/// The texts that the numbers in a block's rows stand for.
struct LandedNames
{
    TextColumn units;
    TextColumn metrics; ///< by group
    TextColumn idTypes; ///< by group
    /// Memory of the texts that are longer than a PackedText; touched by the appending thread
    /// alone.
    std::vector<std::unique_ptr<char[]>> memory;
};

/// Some rows of a day in pages that go back to a pool when the block is dropped. Owned by one
/// thread at a time.
struct LandedBlock
{
    std::vector<LandedPagePtr> pages;
    std::shared_ptr<const LandedNames> names;
    std::size_t rows = 0;
};

/// Where a day's accepted rows go.
class BlockSink
{
public:
    virtual ~BlockSink() = default;

    /// Takes a block over; waits while the sink has enough to do. Called by one thread. An error is
    /// final: the day must not land. ErrorCode::RunCancelled soon after `stop` was requested.
    [[nodiscard]] virtual Status put(LandedBlock block, std::stop_token stop) = 0;
};

/// What a row adds to a fingerprint: XXH3-128 of the hash of its unit_id, the hash of its id type,
/// a NUL and its metric, and the bits of its three numbers (all ones for null). Kept in the ledger,
/// so it never changes.
[[nodiscard]] inline Hash128 landedRowHash(const Hash128& unit, const Hash128& group, double value,
                                           double numerator, double denominator)
{
    struct
    {
        Hash128 unit, group;
        std::uint64_t numbers[3];
    } content = {unit, group, {}};
    const double numbers[3] = {value, numerator, denominator};
    for (std::size_t i = 0; i < 3; ++i) {
        if (isNullNumber(numbers[i]))
            content.numbers[i] = ~std::uint64_t{0};
        else
            std::memcpy(&content.numbers[i], &numbers[i], sizeof(double));
    }
    return hash128({reinterpret_cast<const char*>(&content), sizeof(content)});
}

/// The part of a row's hash that its id type and metric make.
[[nodiscard]] inline Hash128 landedGroupHash(std::string_view idType, std::string_view metric)
{
    std::string both(idType);
    both += '\0';
    both += metric;
    return hash128(both);
}

} // namespace daymark
