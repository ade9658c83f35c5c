// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"
#include "core/base/packed_text.h"

#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace daymark {

// A type may have the name of another: g++ 12 warns of that even in an enum class.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wshadow"

/// What a column holds, as far as readers tell values apart.
enum class DuckType {
    Boolean,
    Integer,  ///< any integer that fits into 64 bits, signed
    Unsigned, ///< an unsigned one of 64 bits
    Huge,     ///< 128 bits, signed or unsigned: as text or number()
    Real,     ///< FLOAT or DOUBLE
    Decimal,  ///< as text or number()
    Text,     ///< also of an ENUM
    Blob,
    Date,      ///< integer(): days since 1970-01-01
    Timestamp, ///< integer(): microseconds of the wall clock since 1970-01-01T00:00, floored
    Instant,   ///< integer(): microseconds since 1970-01-01T00:00Z
    Uuid,
    Null,  ///< a column of nulls alone
    Other, ///< lists, structs, times, intervals: cast them to VARCHAR in the query
};

#pragma GCC diagnostic pop

struct DuckColumn
{
    std::string name;
    DuckType type = DuckType::Other;
    std::string typeName; ///< `DECIMAL(18,3)`, for people
};

/// One column of a chunk. Valid until the next chunk is fetched.
class DuckVector
{
public:
    [[nodiscard]] DuckType type() const { return m_type; }
    [[nodiscard]] bool isNull(std::size_t row) const
    {
        return m_validity && (m_validity[row >> 6U] >> (row & 63U) & 1U) == 0;
    }

    /// Of Text and Blob. Points into the chunk.
    [[nodiscard]] std::string_view text(std::size_t row) const
    {
        return m_entries ? enumText(row) : static_cast<const PackedText*>(m_data)[row].view();
    }

    /// Of Boolean, Integer, Date, Timestamp and Instant. A date or timestamp that is infinite comes
    /// as the largest or smallest number.
    [[nodiscard]] std::int64_t integer(std::size_t row) const;

    /// Of Unsigned.
    [[nodiscard]] std::uint64_t unsignedInteger(std::size_t row) const;

    /// Of Boolean, Integer, Unsigned, Huge, Real and Decimal, rounded to the nearest double.
    [[nodiscard]] double number(std::size_t row) const;

    /// Copies values in a row into 8 bytes each: integer() of Boolean, Integer, Date, Timestamp and
    /// Instant, the bits of number() of Real. False, and nothing is copied, for the other types.
    /// What stands for nulls is any value.
    [[nodiscard]] bool copyWords(std::size_t from, std::size_t count, std::uint64_t* into) const;

    /// Sets bits from `at` on: 1 for a value, 0 for a null.
    void copyPresence(std::size_t from, std::size_t count, std::uint64_t* bits,
                      std::size_t at) const;

    /// Of every type but Other and Null: exactly as DuckDB would write it, for Real as short as can
    /// be. Blob: its bytes.
    [[nodiscard]] std::string format(std::size_t row) const;

private:
    friend class DuckResult;
    [[nodiscard]] std::string_view enumText(std::size_t row) const;
    [[nodiscard]] bool isWord() const; ///< 8 bytes that are copied as they stand

    const void* m_data = nullptr;
    const std::uint64_t* m_validity = nullptr;
    std::shared_ptr<const std::vector<std::string>> m_entries; ///< of an ENUM
    DuckType m_type = DuckType::Other;
    int m_physical = 0; ///< DuckDB's own number of the type
    unsigned m_scale = 0;
};

/// The rows of a query, a chunk at a time. Used by the thread that uses its connection.
class DuckResult
{
public:
    ~DuckResult();
    DuckResult(DuckResult&&) noexcept;
    DuckResult& operator=(DuckResult&&) noexcept;

    [[nodiscard]] const std::vector<DuckColumn>& columns() const;

    /// Fetches the next chunk, of at most 2,048 rows. False: there are no more rows. An error: the
    /// rows so far are not the whole result.
    [[nodiscard]] Result<bool> next();

    /// Of the chunk at hand.
    [[nodiscard]] std::size_t rows() const;
    [[nodiscard]] const DuckVector& column(std::size_t position) const;

    /// Takes the chunk at hand over: what its vectors point to stays as long as the answer does,
    /// which must not be longer than the connection. Once a chunk.
    [[nodiscard]] std::shared_ptr<const void> keepChunk();

private:
    friend class DuckConnection;
    struct Handle;
    explicit DuckResult(std::unique_ptr<Handle> handle);
    void describeColumns();
    std::unique_ptr<Handle> m_handle;
};

} // namespace daymark
