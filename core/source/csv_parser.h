// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/schema/batch.h"
#include "core/source/batch_buffers.h"
#include "core/source/csv_dialect.h"

#include <memory>
#include <span>

namespace daymark {

/// The positions of all delimiters, quotes and line ends of a block.
class CsvIndex
{
public:
    /// Looks through `size` bytes at `data`, behind which 64 more must be readable.
    void build(const char* data, std::size_t size, char delimiter, char quote);

    [[nodiscard]] std::span<const std::uint32_t> positions() const
    {
        return {m_positions.get(), m_count};
    }

private:
    std::unique_ptr<std::uint32_t[]> m_positions;
    std::size_t m_capacity = 0;
    std::size_t m_count = 0;
};

/// Splits blocks of a file into cells after RFC 4180: strictly, and without ever looking twice at
/// more than a record.
///
/// A record that does not fit becomes a BrokenRow of its first line, and parsing goes on at the
/// line after that: a stray quote costs one row, never the rest of the file.
class CsvParser
{
public:
    static constexpr std::size_t kPadding = 64; ///< readable bytes behind each block
    static constexpr std::size_t kLongestRecord = 16UL * 1024 * 1024;
    static constexpr std::size_t kMostRows = 16'384; ///< of one batch

    /// @param canonical  by column of the file: the canonical column it feeds, or none.
    CsvParser(CsvDialect dialect, std::vector<std::optional<std::size_t>> canonical,
              std::uint64_t firstLine);

    /// What `parse` left.
    struct Outcome
    {
        std::size_t consumed = 0;
        bool isTooLong = false;    ///< the line at `consumed` is longer than any record may be
        bool isUnfinished = false; ///< at the end of the file: the last line is no whole record
        bool lacksLineEnd = false; ///< at the end of the file: the last record had no line end
    };

    /// Adds the whole records of a block to the batch, whose cells then point into the block.
    ///
    /// @param isLast  whether the file ends with this block.
    [[nodiscard]] Outcome parse(const char* data, std::size_t size, bool isLast, Batch& batch,
                                BatchBuffers& buffers);

    /// Passes over a line that is too long: its beginning becomes a BrokenRow.
    void addTooLong(std::string_view beginning, Batch& batch);

    /// Counts a line that was passed over.
    void skipLine() { ++m_line; }

private:
    enum class Step { Row, Broken, Blank, Incomplete };

    bool takePlainRecord(std::size_t row);
    Step takeRecord(std::size_t row);
    Step takeQuoted(std::size_t& at, std::string_view& cell);
    bool breakLine(Batch& batch);
    void setCell(std::size_t column, std::size_t row, std::string_view text, bool quoted);
    void reserveRows(Batch& batch, std::size_t rows);

    CsvDialect m_dialect;
    std::vector<std::optional<std::size_t>> m_canonical;
    std::uint64_t m_line; ///< of the record that is looked at, from 1

    CsvIndex m_index;
    std::vector<Cell*> m_out; ///< by column of the file: where its cells go, or null
    std::size_t m_capacity = 1024;
    std::string m_reason;       ///< why the record is broken
    std::uint64_t m_reread = 0; ///< bytes behind broken lines that were looked at in vain

    // The block and the place in it; valid during `parse`.
    const char* m_data = nullptr;
    std::size_t m_size = 0;
    bool m_isLast = false;
    BatchBuffers* m_buffers = nullptr;
    std::span<const std::uint32_t> m_positions;
    std::size_t m_begin = 0; ///< of the record
    std::size_t m_entry = 0; ///< of the first position at or behind m_begin
    std::size_t m_end = 0;   ///< of the record, behind its line end
    std::size_t m_nextEntry = 0;
    std::uint64_t m_lineEnds = 0; ///< within the record
    bool m_hasLineEnd = false;
    bool m_hasTooFew = false; ///< a broken record may be one that was cut off
};

} // namespace daymark
