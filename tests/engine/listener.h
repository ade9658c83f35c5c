// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace daymark::test {

/// A web server of one page on this machine: takes every request and answers with one status.
class Listener
{
public:
    /// @param answer  the head of every answer: `200 OK`; empty: it never answers.
    explicit Listener(std::string answer);
    ~Listener();

    [[nodiscard]] int port() const { return m_port; }
    [[nodiscard]] std::string url(const std::string& path = "/hook") const;
    /// Waits for so many requests, whole with head and body; fewer where they don't come.
    [[nodiscard]] std::vector<std::string> requests(std::size_t count);

private:
    void serve(const std::stop_token& stop);
    void answer(int client, const std::stop_token& stop);

    std::string m_answer;
    int m_socket = -1;
    int m_port = 0;
    std::mutex m_mutex;
    std::condition_variable m_came;
    std::vector<std::string> m_requests; ///< guarded by m_mutex
    std::jthread m_thread;               ///< last: it uses all of the above
};

} // namespace daymark::test
