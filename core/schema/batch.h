// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Rows as they were read: what sources make and the stream consumes. A batch is columnar and is
// reused; a text cell points into memory that the batch or its reader keeps until the batch is
// filled again.

#include "core/base/day.h"
#include "core/base/error.h"
#include "core/schema/rule.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace daymark {

// A kind may have the name of a type: g++ 12 warns of that even in an enum class.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wshadow"

/// One value in the type that the source gave it: 16 bytes, trivially copied.
struct Cell
{
    enum class Kind : std::uint8_t {
        Null,
        Text,      ///< bytes, not yet known to be UTF-8
        Integer,   ///< 64 bits, signed
        Real,      ///< may be NaN or infinite
        Day,       ///< `integer` days since 1970-01-01
        LocalTime, ///< `integer` microseconds since 1970-01-01T00:00 of the wall clock
        Instant    ///< `integer` microseconds since 1970-01-01T00:00Z
    };

    union {
        const char* text;
        std::int64_t integer;
        double real;
    };
    std::uint32_t size = 0; ///< bytes of a text
    Kind kind = Kind::Null;

    Cell() : integer(0) {}
    [[nodiscard]] static Cell ofText(std::string_view value)
    {
        Cell cell;
        cell.text = value.data();
        cell.size = static_cast<std::uint32_t>(value.size());
        cell.kind = Kind::Text;
        return cell;
    }
    [[nodiscard]] static Cell ofInteger(std::int64_t value, Kind kind = Kind::Integer)
    {
        Cell cell;
        cell.integer = value;
        cell.kind = kind;
        return cell;
    }
    [[nodiscard]] static Cell ofReal(double value)
    {
        Cell cell;
        cell.real = value;
        cell.kind = Kind::Real;
        return cell;
    }
    [[nodiscard]] bool isNull() const { return kind == Kind::Null; }
    [[nodiscard]] std::string_view asText() const { return {text, size}; } ///< of a Text only
};

#pragma GCC diagnostic pop

/// The value as the source wrote it, for people and for the rejects file; empty for null.
[[nodiscard]] std::string formatCell(const Cell& cell);

/// A line that could not be split into columns: it counts as read and is rejected.
struct BrokenRow
{
    std::uint64_t number = 0; ///< its line
    std::string text;         ///< the line, cut at 64 KiB
    std::string reason;       ///< "6 columns where the header has 8"
};

struct Batch
{
    std::size_t rows = 0;
    /// By canonical column of the dataset, each `rows` long; an empty vector for an unmapped
    /// column.
    std::vector<std::vector<Cell>> columns;
    /// 1-based line of the file or position in the read, `rows` long.
    std::vector<std::uint64_t> rowNumbers;
    std::vector<BrokenRow> broken;
    std::string file; ///< the file of all rows here, below the source's folder; empty for databases

    /// Memory that text cells point into, where the reader doesn't own it.
    std::vector<std::unique_ptr<char[]>> buffers;
    /// The same, where a library owns that memory. Not to outlive the reader.
    std::vector<std::shared_ptr<const void>> kept;

    /// Empties the batch for `columnCount` canonical columns and keeps its memory.
    void clear(std::size_t columnCount);
};

/// One day of a source being read, from one snapshot, in a defined order. Used by one thread.
class RowReader
{
public:
    virtual ~RowReader() = default;

    /// Fills `batch` with the next rows. True: `batch` has rows or broken rows. False: the day was
    /// read to its very end. An error: the day must not land, whatever was read before (the
    /// connection was cut, a file was truncated, `stop` was requested: ErrorCode::RunCancelled).
    [[nodiscard]] virtual Result<bool> read(Batch& batch, std::stop_token stop) = 0;

    /// About how many rows the day has, where that is cheap to know: sizes tables, shows time left.
    [[nodiscard]] virtual std::optional<std::uint64_t> expectedRows() const { return std::nullopt; }

    /// How much of the day has been read, 0 to 1, where that is known. Safe to call from any
    /// thread.
    [[nodiscard]] virtual std::optional<double> fraction() const { return std::nullopt; }

    /// Whether rows of other days may come up and are passed over (a flat file or a table without
    /// an index on its date), rather than being rejected as `date.mismatch` (the folder of one
    /// day).
    [[nodiscard]] virtual bool holdsOtherDays() const { return true; }

    /// Whether the source itself announces the day in the very snapshot that the rows come from;
    /// none where that cannot be told.
    [[nodiscard]] virtual std::optional<bool> signalled() const { return std::nullopt; }

    /// What was odd so far about the place that is read (files that were passed over, new columns).
    /// None of it forbids the import. To be called by the thread that reads.
    [[nodiscard]] virtual std::vector<SchemaFinding> findings() const { return {}; }
};

} // namespace daymark
