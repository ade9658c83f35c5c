// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/source/decode_wire.h"
#include "core/source/file_root.h"

#include <chrono>
#include <stop_token>

namespace daymark {

/// One end of the socket between a decoding child and its parent. Used by one thread.
class DecodeChannel
{
public:
    explicit DecodeChannel(Descriptor socket) : m_socket(std::move(socket)) {}

    struct Message
    {
        DecodeWord word = DecodeWord::End;
        std::string bytes;
        Descriptor file; ///< that came along
    };

    /// Sends a message, and a descriptor with it unless it is negative. False where the other side
    /// is gone or, without `patient`, does not take what it was sent before.
    [[nodiscard]] bool say(DecodeWord word, std::string_view bytes, int descriptor = -1,
                           bool patient = true);

    enum class Silence {
        Gone,     ///< the other side has closed its end
        Stopped,  ///< `stop` was requested
        TooLong,  ///< nothing came within the time given
        Nonsense, ///< what came is no message
    };

    /// The next message. Soon after `stop` it gives up.
    [[nodiscard]] tl::expected<Message, Silence> hear(const std::stop_token& stop,
                                                      std::chrono::milliseconds patience);

    [[nodiscard]] int descriptor() const { return m_socket.get(); }

private:
    [[nodiscard]] std::optional<Silence> await(const std::stop_token& stop,
                                               std::chrono::steady_clock::time_point end);
    [[nodiscard]] std::optional<Silence> receive(char* into, std::size_t size, Descriptor* file,
                                                 const std::stop_token& stop,
                                                 std::chrono::steady_clock::time_point end);

    Descriptor m_socket;
};

} // namespace daymark
