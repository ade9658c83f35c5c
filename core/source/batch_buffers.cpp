// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/batch_buffers.h"

#include <algorithm>

namespace daymark {

namespace {

constexpr std::size_t kBufferHead = 16;          ///< keeps what follows aligned for anything
constexpr std::size_t kKept = 4UL * 1024 * 1024; ///< a larger buffer was for one odd record
constexpr std::size_t kLeastBuffer = 256UL * 1024;

std::size_t sizeOf(const char* buffer)
{
    std::size_t size = 0;
    std::memcpy(&size, buffer, sizeof size);
    return size;
}

} // namespace

void BatchBuffers::begin(Batch& batch)
{
    m_batch = &batch;
    m_free = std::move(batch.buffers);
    std::erase_if(m_free, [](const auto& buffer) { return sizeOf(buffer.get()) > kKept; });
    batch.buffers.clear();
    m_at = nullptr;
    m_room = 0;
    m_taken = 0;
}

char* BatchBuffers::take(std::size_t size)
{
    const auto fits = [size](const auto& buffer) { return sizeOf(buffer.get()) >= size; };
    const auto found = std::find_if(m_free.begin(), m_free.end(), fits);
    std::unique_ptr<char[]> buffer;
    if (found != m_free.end()) {
        buffer = std::move(*found);
        m_free.erase(found);
    } else {
        buffer = std::make_unique_for_overwrite<char[]>(kBufferHead + size);
        std::memcpy(buffer.get(), &size, sizeof size);
    }
    m_taken += size;
    m_batch->buffers.push_back(std::move(buffer));
    return m_batch->buffers.back().get() + kBufferHead;
}

void BatchBuffers::refill(std::size_t size)
{
    m_room = std::max(size, kLeastBuffer);
    m_at = take(m_room);
}

} // namespace daymark
