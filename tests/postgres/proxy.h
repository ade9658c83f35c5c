// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

#include <atomic>
#include <cstdint>
#include <thread>

namespace daymark::test {

/// A line to a server that can be made bad: cut, stalled or corrupted after so many bytes of the
/// server's, or with a word of the client's replaced. One thread serves all connections.
class Proxy
{
public:
    explicit Proxy(int serverPort);
    ~Proxy();

    int port() const { return m_port; }

    static constexpr std::int64_t kNever = INT64_MAX;
    std::atomic<std::int64_t> cutAt = kNever; ///< bytes from the server before both sides are reset
    std::atomic<std::int64_t> stallAt =
        kNever; ///< bytes from the server before nothing moves any more
    std::atomic<std::int64_t> corruptAt = kNever; ///< the byte from the server that is changed

    /// Set before any connection: what the client says, and what the server hears (of one length).
    QByteArray said;
    QByteArray heard;

private:
    void serve(std::stop_token stop);

    int m_serverPort;
    int m_listener = -1;
    int m_port = 0;
    std::jthread m_thread;
};

} // namespace daymark::test
