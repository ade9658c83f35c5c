// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/decode_channel.h"

#include <array>
#include <cerrno>
#include <cstring>

#include <poll.h>
#include <sys/socket.h>

namespace daymark {

namespace {

using Clock = std::chrono::steady_clock;

constexpr auto kLook = std::chrono::milliseconds(50); ///< at the stop token, while waiting

/// Room for the one descriptor that may come along.
struct alignas(cmsghdr) Control
{
    std::array<char, CMSG_SPACE(sizeof(int))> bytes{};
};

void attach(msghdr& message, Control& control, int descriptor)
{
    message.msg_control = control.bytes.data();
    message.msg_controllen = control.bytes.size();
    cmsghdr* const head = CMSG_FIRSTHDR(&message);
    head->cmsg_level = SOL_SOCKET;
    head->cmsg_type = SCM_RIGHTS;
    head->cmsg_len = CMSG_LEN(sizeof descriptor);
    std::memcpy(CMSG_DATA(head), &descriptor, sizeof descriptor);
}

/// Takes the descriptor that came with a message. There is no room for a second one: the system
/// closes what has none.
void detach(msghdr& message, Descriptor* file)
{
    for (cmsghdr* head = CMSG_FIRSTHDR(&message); head; head = CMSG_NXTHDR(&message, head)) {
        if (head->cmsg_level != SOL_SOCKET || head->cmsg_type != SCM_RIGHTS ||
            head->cmsg_len < CMSG_LEN(sizeof(int)))
            continue;
        int descriptor = -1;
        std::memcpy(&descriptor, CMSG_DATA(head), sizeof descriptor);
        Descriptor taken(descriptor);
        if (file)
            *file = std::move(taken);
    }
}

} // namespace

bool DecodeChannel::say(DecodeWord word, std::string_view bytes, int descriptor, bool patient)
{
    const DecodeHead head{static_cast<std::uint32_t>(word),
                          static_cast<std::uint32_t>(bytes.size())};
    std::string whole(reinterpret_cast<const char*>(&head), sizeof head);
    whole += bytes;
    Control control;
    std::size_t sent = 0;
    while (sent < whole.size()) {
        iovec part{whole.data() + sent, whole.size() - sent};
        msghdr message = {};
        message.msg_iov = &part;
        message.msg_iovlen = 1;
        if (descriptor >= 0 && sent == 0)
            attach(message, control, descriptor);
        const ssize_t size =
            ::sendmsg(m_socket.get(), &message, MSG_NOSIGNAL | (patient ? 0 : MSG_DONTWAIT));
        if (size < 0 && errno == EINTR)
            continue;
        if (size < 0)
            return false;
        sent += static_cast<std::size_t>(size);
    }
    return true;
}

std::optional<DecodeChannel::Silence> DecodeChannel::await(const std::stop_token& stop,
                                                           Clock::time_point end)
{
    while (true) {
        if (stop.stop_requested())
            return Silence::Stopped;
        pollfd wait{m_socket.get(), POLLIN, 0};
        if (::poll(&wait, 1, static_cast<int>(kLook.count())) > 0)
            return std::nullopt;
        if (Clock::now() >= end)
            return Silence::TooLong;
    }
}

std::optional<DecodeChannel::Silence> DecodeChannel::receive(char* into, std::size_t size,
                                                             Descriptor* file,
                                                             const std::stop_token& stop,
                                                             Clock::time_point end)
{
    std::size_t filled = 0;
    while (filled < size) {
        if (stop.stop_requested())
            return Silence::Stopped;
        if (Clock::now() >= end)
            return Silence::TooLong;
        Control control;
        iovec part{into + filled, size - filled};
        msghdr message = {};
        message.msg_iov = &part;
        message.msg_iovlen = 1;
        if (file) {
            message.msg_control = control.bytes.data();
            message.msg_controllen = CMSG_LEN(sizeof(int));
        }
        const ssize_t got = ::recvmsg(m_socket.get(), &message, MSG_DONTWAIT | MSG_CMSG_CLOEXEC);
        if (got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) {
            if (const std::optional<Silence> silence = await(stop, end))
                return silence;
            continue;
        }
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return Silence::Gone;
        detach(message, file);
        filled += static_cast<std::size_t>(got);
    }
    return std::nullopt;
}

tl::expected<DecodeChannel::Message, DecodeChannel::Silence>
DecodeChannel::hear(const std::stop_token& stop, std::chrono::milliseconds patience)
{
    const Clock::time_point end = Clock::now() + patience;
    if (stop.stop_requested())
        return tl::unexpected(Silence::Stopped);
    DecodeHead head;
    Message message;
    if (const auto silence =
            receive(reinterpret_cast<char*>(&head), sizeof head, &message.file, stop, end))
        return tl::unexpected(*silence);
    if (head.word < static_cast<std::uint32_t>(DecodeWord::Open) ||
        head.word > static_cast<std::uint32_t>(DecodeWord::Failed) || head.size > kMostDecodeBytes)
        return tl::unexpected(Silence::Nonsense);
    message.word = static_cast<DecodeWord>(head.word);
    message.bytes.resize(head.size);
    if (const auto silence = receive(message.bytes.data(), head.size, nullptr, stop, end))
        return tl::unexpected(*silence);
    return message;
}

} // namespace daymark
