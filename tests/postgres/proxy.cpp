// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "proxy.h"

#include <arpa/inet.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <list>
#include <vector>

namespace daymark::test {

namespace {

struct Line
{
    int client = -1;
    int server = -1;
    std::int64_t received = 0; ///< from the server
    bool open = true;
};

sockaddr_in loopback(int port)
{
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return address;
}

void reset(int descriptor)
{
    const linger now{1, 0};
    setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &now, sizeof now);
    close(descriptor);
}

bool sendAll(int descriptor, const char* data, ssize_t size)
{
    while (size > 0) {
        const ssize_t sent = send(descriptor, data, static_cast<std::size_t>(size), MSG_NOSIGNAL);
        if (sent <= 0)
            return false;
        data += sent;
        size -= sent;
    }
    return true;
}

} // namespace

Proxy::Proxy(int serverPort) : m_serverPort(serverPort)
{
    m_listener = socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address = loopback(0);
    socklen_t size = sizeof address;
    auto* plain = reinterpret_cast<sockaddr*>(&address);
    if (bind(m_listener, plain, size) == 0 && listen(m_listener, 16) == 0 &&
        getsockname(m_listener, plain, &size) == 0)
        m_port = ntohs(address.sin_port);
    m_thread = std::jthread([this](std::stop_token stop) { serve(std::move(stop)); });
}

Proxy::~Proxy()
{
    m_thread.request_stop();
    m_thread.join();
    close(m_listener);
}

void Proxy::serve(std::stop_token stop)
{
    std::list<Line> lines;
    std::array<char, 16384> buffer{};
    const auto fromClient = [&](Line& line) {
        const ssize_t size = recv(line.client, buffer.data(), buffer.size(), 0);
        if (!said.isEmpty()) {
            const auto end = buffer.begin() + std::max<ssize_t>(size, 0);
            const auto found = std::search(buffer.begin(), end, said.begin(), said.end());
            if (found != end)
                std::copy(heard.begin(), heard.end(), found);
        }
        line.open = size > 0 && sendAll(line.server, buffer.data(), size);
    };
    const auto fromServer = [&](Line& line) {
        const std::int64_t room = std::min(cutAt.load(), stallAt.load()) - line.received;
        const auto most = std::min<std::int64_t>(room, static_cast<std::int64_t>(buffer.size()));
        if (most <= 0) {
            line.open = cutAt > line.received;
            return;
        }
        const ssize_t size = recv(line.server, buffer.data(), static_cast<std::size_t>(most), 0);
        const std::int64_t bad = corruptAt - line.received;
        if (bad >= 0 && bad < size)
            buffer[static_cast<std::size_t>(bad)] ^= 0x55;
        line.received += std::max<ssize_t>(size, 0);
        line.open = size > 0 && sendAll(line.client, buffer.data(), size);
    };
    while (!stop.stop_requested()) {
        std::vector<pollfd> watched{{m_listener, POLLIN, 0}};
        for (const Line& line : lines) {
            const bool stalled = line.received >= stallAt;
            watched.push_back({stalled ? -1 : line.client, POLLIN, 0});
            watched.push_back({stalled ? -1 : line.server, POLLIN, 0});
        }
        poll(watched.data(), watched.size(), 20);
        std::size_t at = 1;
        for (Line& line : lines) {
            if (watched[at].revents != 0)
                fromClient(line);
            if (line.open && watched[at + 1].revents != 0)
                fromServer(line);
            at += 2;
            if (!line.open) {
                reset(line.client);
                reset(line.server);
            }
        }
        lines.remove_if([](const Line& line) { return !line.open; });
        if (watched[0].revents != 0) {
            Line line;
            line.client = accept(m_listener, nullptr, nullptr);
            line.server = socket(AF_INET, SOCK_STREAM, 0);
            const sockaddr_in address = loopback(m_serverPort);
            if (connect(line.server, reinterpret_cast<const sockaddr*>(&address), sizeof address) ==
                0)
                lines.push_back(line);
            else {
                reset(line.client);
                reset(line.server);
            }
        }
    }
    for (const Line& line : lines) {
        reset(line.client);
        reset(line.server);
    }
}

} // namespace daymark::test
