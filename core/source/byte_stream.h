// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"

#include <cstdint>
#include <memory>
#include <span>
#include <stop_token>
#include <string>

namespace daymark {

enum class Compression { None, Gzip, Zstd };

/// The bytes of a file, decompressed, from its beginning to its very end. Used by one thread.
class ByteStream
{
public:
    virtual ~ByteStream() = default;

    /// Fills `into` as far as there is something; 0 at the end, which is only reached when every
    /// checksum has held. ErrorCode::SourceTruncated for a compressed file that was cut,
    /// SourceDamaged for one that contradicts its checksum, SourceLimit for one that expands
    /// without measure (over 1 GiB and 200 times its size).
    [[nodiscard]] virtual Result<std::size_t> read(std::span<char> into) = 0;

    /// Goes on at a byte of the file; only plain files can.
    virtual void skipTo(std::uint64_t /*position*/) {}

    /// Bytes of the file that were used so far.
    [[nodiscard]] virtual std::uint64_t consumed() const = 0;
};

/// Opens the content of a descriptor, which stays with the caller and must outlive the stream.
///
/// @param name  the file, for error messages.
[[nodiscard]] Result<std::unique_ptr<ByteStream>>
openStream(int descriptor, Compression compression, std::string name);

/// Reads until `into` is full or the stream ends; what was read.
[[nodiscard]] Result<std::size_t> readFully(ByteStream& stream, std::span<char> into);

} // namespace daymark
