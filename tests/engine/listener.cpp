// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "listener.h"

#include <QtGlobal>

#include <array>
#include <chrono>

#include <arpa/inet.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace daymark::test {

namespace {

constexpr std::chrono::seconds kPatience{60};
constexpr int kLook = 20; // milliseconds

/// Whether the head has come, and after it as much of a body as the head says.
bool isWhole(const std::string& request)
{
    const std::size_t end = request.find("\r\n\r\n");
    if (end == std::string::npos)
        return false;
    const std::size_t length = request.find("Content-Length: ");
    const std::size_t body =
        length < end ? std::stoul(request.substr(length + std::string("Content-Length: ").size()))
                     : 0;
    return request.size() >= end + 4 + body;
}

} // namespace

Listener::Listener(std::string answer) : m_answer(std::move(answer))
{
    m_socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    if (::bind(m_socket, reinterpret_cast<sockaddr*>(&address), size) != 0 ||
        ::listen(m_socket, 8) != 0 ||
        ::getsockname(m_socket, reinterpret_cast<sockaddr*>(&address), &size) != 0)
        qFatal("no port to listen at");
    m_port = ntohs(address.sin_port);
    m_thread = std::jthread([this](std::stop_token stop) { serve(stop); });
}

Listener::~Listener()
{
    m_thread.request_stop();
    m_thread.join();
    ::close(m_socket);
}

std::string Listener::url(const std::string& path) const
{
    return "http://127.0.0.1:" + std::to_string(m_port) + path;
}

std::vector<std::string> Listener::requests(std::size_t count)
{
    std::unique_lock lock(m_mutex);
    m_came.wait_for(lock, kPatience, [&] { return m_requests.size() >= count; });
    return m_requests;
}

void Listener::serve(const std::stop_token& stop)
{
    while (!stop.stop_requested()) {
        pollfd wait{m_socket, POLLIN, 0};
        if (::poll(&wait, 1, kLook) != 1)
            continue;
        const int client = ::accept(m_socket, nullptr, nullptr);
        if (client < 0)
            continue;
        answer(client, stop);
        ::close(client);
    }
}

void Listener::answer(int client, const std::stop_token& stop)
{
    std::string request;
    std::array<char, 4096> buffer{};
    while (!isWhole(request) && !stop.stop_requested()) {
        pollfd wait{client, POLLIN, 0};
        if (::poll(&wait, 1, kLook) != 1)
            continue;
        const ssize_t size = ::recv(client, buffer.data(), buffer.size(), 0);
        if (size <= 0)
            return;
        request.append(buffer.data(), static_cast<std::size_t>(size));
    }
    {
        const std::scoped_lock lock(m_mutex);
        m_requests.push_back(request);
    }
    m_came.notify_all();
    while (m_answer.empty() && !stop.stop_requested()) {
        pollfd wait{client, POLLIN, 0}; // until the other side has had enough
        if (::poll(&wait, 1, kLook) == 1)
            return;
    }
    const std::string head =
        "HTTP/1.1 " + m_answer + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
    ::send(client, head.data(), head.size(), MSG_NOSIGNAL);
}

} // namespace daymark::test
