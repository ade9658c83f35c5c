// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/text_blocks.h"

#include <algorithm>
#include <cstring>

namespace daymark {

Result<TextBlocks::Block> TextBlocks::next(std::size_t size, std::size_t padding,
                                           BatchBuffers& buffers)
{
    char* const data = buffers.take(size + padding);
    const std::size_t kept = std::min(size, m_kept.size() - m_keptAt);
    if (kept > 0)
        std::memcpy(data, m_kept.data() + m_keptAt, kept);
    m_keptAt += kept;
    Block block{data, kept, false};
    if (kept < size && !m_isAtEnd) {
        const Result<std::size_t> got = readFully(*m_stream, {data + kept, size - kept});
        if (!got)
            return fail(got.error());
        block.size += *got;
        m_isAtEnd = block.size < size;
    }
    block.isLast = m_isAtEnd && m_keptAt == m_kept.size();
    std::memset(data + block.size, 0, padding);
    m_used += block.size;
    return block;
}

void TextBlocks::giveBack(const Block& block, std::size_t used)
{
    const std::size_t rest = block.size - used;
    m_used -= rest;
    if (m_keptAt < m_kept.size()) { // then all of the block came from there
        m_keptAt -= rest;
        return;
    }
    m_kept.assign(block.data + used, block.data + block.size);
    m_keptAt = 0;
}

} // namespace daymark
