// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/decode_slot.h"

#include <bit>

namespace daymark {

namespace {

constexpr std::size_t kBufferStep = 64UL * 1024; ///< so that sizes repeat and buffers serve again

/// Read once, whoever writes meanwhile: no second look can give another value.
std::uint64_t loadOnce(const std::uint64_t* at) { return __atomic_load_n(at, __ATOMIC_RELAXED); }

const std::uint64_t* wordsAt(std::span<const char> slot, std::size_t position)
{
    return reinterpret_cast<const std::uint64_t*>(slot.data() + position);
}

/// Sets the cells that are present; the others stay null.
template <class Make>
void eachPresent(const std::uint64_t* values, const std::uint64_t* presence, std::size_t rows,
                 Cell* cells, Make make)
{
    for (std::size_t at = 0; at < rows; at += 64) {
        const std::size_t count = std::min<std::size_t>(64, rows - at);
        const std::uint64_t present = loadOnce(presence + at / 64);
        if (present == ~std::uint64_t{0}) {
            for (std::size_t i = at; i < at + count; ++i)
                make(cells[i], loadOnce(values + i));
            continue;
        }
        for (std::size_t i = 0; i < count; ++i) {
            if ((present >> i & 1U) != 0)
                make(cells[at + i], loadOnce(values + at + i));
        }
    }
}

/// The texts of a batch, in memory that nobody else writes to.
struct Texts
{
    const char* data = nullptr;
    std::size_t size = 0;
};

Texts copyTexts(std::span<const char> slot, const DecodeSlot& shape, std::size_t size,
                BatchBuffers& buffers)
{
    char* const own = buffers.take((size / kBufferStep + 1) * kBufferStep);
    std::memcpy(own, slot.data() + shape.textsAt(), size);
    return {own, size};
}

bool takeTexts(const std::uint64_t* values, const std::uint64_t* presence, std::size_t rows,
               const Texts& texts, Cell* cells)
{
    bool fits = true;
    eachPresent(values, presence, rows, cells, [&](Cell& cell, std::uint64_t place) {
        const std::uint64_t begin = place & 0xFFFF'FFFFU;
        const std::uint64_t size = place >> 32U;
        const bool inside = begin + size <= texts.size;
        fits = fits && inside;
        cell.text = texts.data + (inside ? begin : 0);
        cell.size = inside ? static_cast<std::uint32_t>(size) : 0;
        cell.kind = Cell::Kind::Text;
    });
    return fits;
}

void takeNumbers(const std::uint64_t* values, const std::uint64_t* presence, std::size_t rows,
                 Cell::Kind kind, Cell* cells)
{
    eachPresent(values, presence, rows, cells, [kind](Cell& cell, std::uint64_t bits) {
        cell.integer = static_cast<std::int64_t>(bits);
        cell.kind = kind;
    });
}

bool takeReals(const std::uint64_t* values, const std::uint64_t* presence, std::size_t rows,
               Cell* cells)
{
    eachPresent(values, presence, rows, cells, [](Cell& cell, std::uint64_t bits) {
        cell.real = std::bit_cast<double>(bits);
        cell.kind = Cell::Kind::Real;
    });
    return true;
}

bool takeColumn(std::span<const char> slot, const DecodeSlot& shape, std::size_t column,
                std::size_t rows, char kind, const Texts& texts, Cell* cells)
{
    const std::uint64_t* const values = wordsAt(slot, shape.valuesAt(column));
    const std::uint64_t* const presence = wordsAt(slot, shape.presenceAt(column));
    switch (const auto known = static_cast<Cell::Kind>(kind); known) {
    case Cell::Kind::Null:
        return true;
    case Cell::Kind::Text:
        return takeTexts(values, presence, rows, texts, cells);
    case Cell::Kind::Real:
        return takeReals(values, presence, rows, cells);
    case Cell::Kind::Integer:
    case Cell::Kind::Day:
    case Cell::Kind::LocalTime:
    case Cell::Kind::Instant:
        takeNumbers(values, presence, rows, known, cells);
        return true;
    }
    return false;
}

} // namespace

bool takeRows(std::span<const char> slot, const DecodeSlot& shape, RowsNotice& notice,
              std::span<const std::size_t> canonical, Batch& batch, BatchBuffers& buffers)
{
    if ((notice.rows == 0 && notice.broken.empty()) || notice.rows > DecodeSlot::kRows ||
        notice.textBytes > DecodeSlot::kTextRoom || notice.kinds.size() != shape.columns ||
        canonical.size() != shape.columns || slot.size() != shape.size())
        return false;
    const std::size_t rows = notice.rows;
    const Texts texts = copyTexts(slot, shape, notice.textBytes, buffers);
    for (std::size_t i = 0; i < shape.columns; ++i) {
        std::vector<Cell>& cells = batch.columns[canonical[i]];
        cells.assign(rows, Cell());
        if (!takeColumn(slot, shape, i, rows, notice.kinds[i], texts, cells.data()))
            return false;
    }
    const std::uint64_t* const numbers = wordsAt(slot, shape.numbersAt());
    batch.rowNumbers.resize(rows);
    for (std::size_t i = 0; i < rows; ++i)
        batch.rowNumbers[i] = loadOnce(numbers + i);
    batch.rows = rows;
    batch.broken = std::move(notice.broken);
    return true;
}

} // namespace daymark
