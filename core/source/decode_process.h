// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/source/decode_channel.h"
#include "core/source/decode_settings.h"

#include <memory>

#include <sys/types.h>

namespace daymark {

/// A running child that decodes files, seen from its parent. Used by one thread at a time; the
/// child is ended with this object.
class DecodeProcess
{
public:
    /// Starts one by decodeSettings(). ErrorCode::SourceBusy where the system has no room for it.
    [[nodiscard]] static Result<std::unique_ptr<DecodeProcess>> start();

    DecodeProcess(const DecodeProcess&) = delete;
    DecodeProcess& operator=(const DecodeProcess&) = delete;
    ~DecodeProcess();

    [[nodiscard]] const DecodeLimits& limits() const { return m_limits; }

    /// Sends an order. An error where the child is gone or doesn't listen; it is not to be used
    /// after one.
    ///
    /// @param file  what it decodes, for the sentence.
    [[nodiscard]] Status say(DecodeWord word, std::string_view bytes, const std::string& file,
                             int descriptor = -1);

    /// The child's next message. What it says of a file that it cannot read is an error, as is its
    /// end; it is not to be used after one.
    [[nodiscard]] Result<DecodeChannel::Message> hear(const std::string& file,
                                                      const std::stop_token& stop);

private:
    DecodeProcess(pid_t child, Descriptor socket, const DecodeLimits& limits)
        : m_child(child), m_channel(std::move(socket)), m_limits(limits)
    {}
    [[nodiscard]] const Error& whyGone(const std::string& file, const std::stop_token& stop);
    [[nodiscard]] Error awaitEnd(const std::string& file, const std::stop_token& stop);
    void end();

    pid_t m_child; ///< 0: it was waited for
    DecodeChannel m_channel;
    DecodeLimits m_limits;
    std::optional<Error> m_end; ///< why it is gone
};

/// Why a child is gone, by what waitpid() says of it: which limit it met, or which signal it was
/// ended by, and what to do.
[[nodiscard]] Error decoderEnded(int status, const std::string& file, const DecodeLimits& limits);

/// Of a child whose bytes make no sense.
[[nodiscard]] Error decoderConfused(const std::string& file);

/// Whether a sanitizer is built in: those claim the address space for themselves, and what they
/// find in a child is told.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
inline constexpr bool kIsSanitized = true;
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
inline constexpr bool kIsSanitized = true;
#else
inline constexpr bool kIsSanitized = false;
#endif
#else
inline constexpr bool kIsSanitized = false;
#endif

/// The child's exit code for want of memory.
inline constexpr int kDecodeOutOfMemory = 12;
/// Where it could not even begin, for want of memory most of all. The dynamic loader's own code.
inline constexpr int kDecodeNotBegun = 127;
/// For a program that was not started as a child.
inline constexpr int kDecodeNoParent = 2;

} // namespace daymark
