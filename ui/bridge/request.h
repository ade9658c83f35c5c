// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <stop_token>

namespace daymark::ui {

/// A line of questions of one kind. Asking anew, cancelling, or destroying the line makes an
/// earlier question stale: it is asked to stop, and its answer is never delivered. Lives on the
/// window's thread.
class Request
{
public:
    /// One question: the number it was asked under, and how it is told to stop.
    class Ticket
    {
    public:
        /// Whether its answer is still wanted. Any thread.
        [[nodiscard]] bool current() const { return m_line->load() == m_generation; }
        [[nodiscard]] std::stop_token stop() const { return m_stop.get_token(); }
        void requestStop() const { m_stop.request_stop(); }

    private:
        friend class Request;
        std::shared_ptr<std::atomic<std::uint64_t>> m_line;
        std::uint64_t m_generation = 0;
        std::stop_source m_stop;
    };

    Request() = default;
    ~Request() { cancel(); }
    Request(const Request&) = delete;
    Request& operator=(const Request&) = delete;

    /// Makes every earlier ticket stale and hands out the current one.
    [[nodiscard]] Ticket renew()
    {
        cancel();
        m_ticket = Ticket();
        m_ticket.m_line = m_line;
        m_ticket.m_generation = m_line->load();
        m_pending = true;
        return m_ticket;
    }

    void cancel()
    {
        m_line->fetch_add(1);
        if (m_pending)
            m_ticket.requestStop();
        m_pending = false;
    }

    /// Whether an answer is still to come.
    [[nodiscard]] bool pending() const { return m_pending; }

    /// To be called when the answer is delivered.
    void settle() { m_pending = false; }

private:
    std::shared_ptr<std::atomic<std::uint64_t>> m_line =
        std::make_shared<std::atomic<std::uint64_t>>(0);
    Ticket m_ticket;
    bool m_pending = false;
};

} // namespace daymark::ui
