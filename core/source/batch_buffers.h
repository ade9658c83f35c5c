// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/schema/batch.h"

#include <cstring>

namespace daymark {

/// The memory behind the text cells of a batch. Every buffer carries its size in front of its first
/// byte, so that the next filling of the batch uses it again instead of asking the system anew.
/// The readers of this room put no other buffers into a batch.
class BatchBuffers
{
public:
    /// Begins a filling: takes the buffers of the batch back, and with them what its cells point
    /// to.
    void begin(Batch& batch);

    /// At least `size` bytes that live until the batch is filled again.
    [[nodiscard]] char* take(std::size_t size);

    /// A copy of `text` that lives until the batch is filled again.
    [[nodiscard]] std::string_view copy(std::string_view text)
    {
        if (text.size() > m_room)
            refill(text.size());
        char* const at = m_at;
        std::memcpy(at, text.data(), text.size());
        m_at += text.size();
        m_room -= text.size();
        return {at, text.size()};
    }

    /// Bytes handed out since `begin`.
    [[nodiscard]] std::size_t taken() const { return m_taken; }

private:
    void refill(std::size_t size);

    Batch* m_batch = nullptr;
    std::vector<std::unique_ptr<char[]>> m_free;
    char* m_at = nullptr;
    std::size_t m_room = 0;
    std::size_t m_taken = 0;
};

} // namespace daymark
