// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

namespace daymark {

/// What a decoding child may use. Over it the child is ended and the file's day fails.
struct DecodeLimits
{
    /// Bytes of memory on top of what the program itself takes (RLIMIT_AS; not held under the
    /// sanitizers, which claim the address space for themselves). Raise it for row groups that
    /// need more.
    std::uint64_t memory = std::uint64_t{1} << 30U;

    /// Processor time for one file (RLIMIT_CPU): this, and a second more for every so many bytes
    /// that the file has.
    std::chrono::seconds processorTime{120};
    std::uint64_t bytesPerSecond = std::uint64_t{1} << 20U;

    /// Bytes that it may write into any file (RLIMIT_FSIZE). Decoding writes none.
    std::uint64_t fileSize = std::uint64_t{1} << 20U;

    /// How long it may be silent: a file system that hangs looks like this.
    std::chrono::seconds silence{600};
};

struct DecodeSettings
{
    /// The program that becomes the child when its first argument is kDecodeArgument; empty: this
    /// program can't.
    std::string program;
    DecodeLimits limits;
};

inline constexpr const char* kDecodeArgument = "--decode-child";

/// The settings of this process, which hold for the children that are started from now on. Safe to
/// call from any thread.
[[nodiscard]] DecodeSettings decodeSettings();
void setDecodeSettings(DecodeSettings settings);

} // namespace daymark
