// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"
#include "core/base/packed_text.h"

#include <memory>
#include <string>
#include <vector>

namespace daymark {

struct FeedColumn
{
    std::string name;
    bool real = false; ///< DOUBLE; otherwise text
    /// All texts that the column can hold, each once: filled with their positions, written without
    /// a look at the texts. Empty, or more than kMostCodes: any text.
    std::vector<std::string> values = {};

    static constexpr std::size_t kMostCodes = 255;
    [[nodiscard]] bool isCoded() const { return !values.empty() && values.size() <= kMostCodes; }
};

/// The vectors of a chunk that DuckDB wants filled, in place. All rows are valid to begin with.
class FeedChunk
{
public:
    static constexpr std::size_t kCapacity = 2048;

    /// Of a column that isCoded(): positions in its values.
    [[nodiscard]] std::uint8_t* codes(std::size_t column);
    /// Of any other column of text. What a long text points to must stay until the feed is asked
    /// again.
    [[nodiscard]] PackedText* texts(std::size_t column);
    /// Of a DOUBLE column.
    [[nodiscard]] double* reals(std::size_t column);
    /// One bit a row, set where it is not null.
    [[nodiscard]] std::uint64_t* validity(std::size_t column);

private:
    friend class DuckConnection;
    explicit FeedChunk(void* chunk) : m_chunk(chunk) {}
    void* m_chunk;
};

/// One thread's way through a feed.
class FeedReader
{
public:
    virtual ~FeedReader() = default;

    /// Fills up to kCapacity rows and says how many; 0: the end. May wait. An error ends the query.
    [[nodiscard]] virtual Result<std::size_t> fill(FeedChunk& chunk) = 0;
};

/// A table that the program makes while DuckDB reads it.
class DuckFeed
{
public:
    virtual ~DuckFeed() = default;
    [[nodiscard]] virtual std::vector<FeedColumn> columns() const = 0;
    /// How many threads may read at once.
    [[nodiscard]] virtual unsigned threads() const { return 1; }
    /// Called once by each thread that reads; safe to call from any.
    [[nodiscard]] virtual std::unique_ptr<FeedReader> reader() = 0;
};

} // namespace daymark
