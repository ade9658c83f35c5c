// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/source/batch_buffers.h"
#include "core/source/byte_stream.h"

#include <vector>

namespace daymark {

/// Hands a stream out in blocks and takes back what could not be used of one, so that the next
/// block begins with it.
class TextBlocks
{
public:
    explicit TextBlocks(std::unique_ptr<ByteStream> stream) : m_stream(std::move(stream)) {}

    struct Block
    {
        const char* data = nullptr; ///< with `padding` readable bytes behind its end
        std::size_t size = 0;
        bool isLast = false; ///< the stream ends with it
    };

    /// The next `size` bytes, in memory of the batch; fewer only in the last block.
    [[nodiscard]] Result<Block> next(std::size_t size, std::size_t padding, BatchBuffers& buffers);

    /// Gives the end of the latest block back, from `used` on.
    void giveBack(const Block& block, std::size_t used);

    /// Bytes of text handed out for good.
    [[nodiscard]] std::uint64_t used() const { return m_used; }
    /// Bytes of the file read so far, which differ from text where it is compressed.
    [[nodiscard]] std::uint64_t consumed() const { return m_stream->consumed(); }

private:
    std::unique_ptr<ByteStream> m_stream;
    std::vector<char> m_kept; ///< text in front of what the stream has left
    std::size_t m_keptAt = 0;
    bool m_isAtEnd = false;
    std::uint64_t m_used = 0;
};

} // namespace daymark
