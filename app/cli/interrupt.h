// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <stop_token>
#include <thread>

namespace daymark::cli {

/// Turns SIGINT, SIGTERM and SIGHUP into a stop request for as long as it lives. The signals are
/// blocked in every thread and taken up by one of its own, so nothing runs in a signal handler; a
/// second signal asks for the same again. Make it before any other thread is started.
class Interrupt
{
public:
    Interrupt();
    ~Interrupt();
    Interrupt(const Interrupt&) = delete;
    Interrupt& operator=(const Interrupt&) = delete;

    [[nodiscard]] std::stop_token token() const { return m_source.get_token(); }
    [[nodiscard]] bool happened() const { return m_source.stop_requested(); }

private:
    void wait();

    std::stop_source m_source;
    std::atomic<bool> m_over{false};
    std::thread m_thread;
};

/// Ignores what must not end the program (a closed pipe, a file size limit: both become errors of
/// the write) and allows no core dumps, which would hold customers' rows.
void settleProcess();

} // namespace daymark::cli
