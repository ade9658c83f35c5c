// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>
#include <stop_token>

namespace daymark {

/// A queue between two threads with room for a few things. Thread-safe.
template <class T>
class BoundedQueue
{
public:
    explicit BoundedQueue(std::size_t room) : m_room(room) {}

    /// Waits for room. False: `stop` was requested, and nothing was put.
    bool push(T thing, std::stop_token stop)
    {
        std::unique_lock lock(m_mutex);
        if (!m_changed.wait(lock, stop, [this] { return m_things.size() < m_room; }))
            return false;
        m_things.push_back(std::move(thing));
        lock.unlock();
        m_changed.notify_all();
        return true;
    }

    /// Waits for something, `patience` at most. Nothing: it ran out, or `stop` was requested.
    template <class Duration>
    std::optional<T> pop(std::stop_token stop, Duration patience)
    {
        std::unique_lock lock(m_mutex);
        if (!m_changed.wait_for(lock, stop, patience, [this] { return !m_things.empty(); }))
            return std::nullopt;
        std::optional<T> thing(std::move(m_things.front()));
        m_things.pop_front();
        lock.unlock();
        m_changed.notify_all();
        return thing;
    }

private:
    const std::size_t m_room;
    std::mutex m_mutex;
    std::condition_variable_any m_changed;
    std::deque<T> m_things; ///< guarded by m_mutex
};

} // namespace daymark
