// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/byte_stream.h"

#include "core/source/source_error.h"

#include <fmt/format.h>
#include <zlib.h>
#include <zstd.h>

#include <cerrno>
#include <vector>

#include <unistd.h>

namespace daymark {

namespace {

constexpr std::size_t kInput = 256UL * 1024;
constexpr std::uint64_t kBombBytes = 1ULL << 30U;
constexpr std::uint64_t kBombRatio = 200;

class PlainStream : public ByteStream
{
public:
    PlainStream(int descriptor, std::string name)
        : m_descriptor(descriptor), m_name(std::move(name))
    {}

    Result<std::size_t> read(std::span<char> into) override
    {
        while (true) {
            const ssize_t size =
                ::pread(m_descriptor, into.data(), into.size(), static_cast<off_t>(m_consumed));
            if (size < 0 && errno == EINTR)
                continue;
            if (size < 0)
                return fail(sourceFileError(errno, "read", m_name));
            m_consumed += static_cast<std::uint64_t>(size);
            return static_cast<std::size_t>(size);
        }
    }

    void skipTo(std::uint64_t position) override { m_consumed = position; }
    std::uint64_t consumed() const override { return m_consumed; }

private:
    int m_descriptor;
    std::string m_name;
    std::uint64_t m_consumed = 0;
};

Error cutShort(std::string_view name)
{
    return {ErrorCode::SourceTruncated,
            fmt::format("{} ends in the middle of its compressed data: it was cut off.", name),
            "Copy the file again, whole."};
}

Error damaged(std::string_view name, std::string_view what)
{
    return {ErrorCode::SourceDamaged, fmt::format("{} is damaged: {}.", name, what),
            "Copy the file again, or have it written anew."};
}

/// What gzip and Zstandard have in common: input in pieces and a guard against bombs.
class Inflater : public ByteStream
{
public:
    Inflater(int descriptor, std::string name)
        : m_plain(descriptor, name), m_name(std::move(name)), m_input(kInput)
    {}

    std::uint64_t consumed() const override { return m_plain.consumed() - m_left.size(); }

protected:
    /// Reads on where all input is used up; false at the end of the file.
    Result<bool> fetch()
    {
        if (!m_left.empty())
            return true;
        const Result<std::size_t> size = m_plain.read(m_input);
        if (!size)
            return fail(size.error());
        m_left = std::span<char>(m_input).first(*size);
        return *size > 0;
    }

    Result<std::size_t> produced(std::size_t size)
    {
        m_produced += size;
        if (m_produced > kBombBytes && m_produced / kBombRatio > m_plain.consumed()) {
            return fail(ErrorCode::SourceLimit,
                        fmt::format("{} expands to over {} times its size.", m_name, kBombRatio),
                        "Decompress the file by hand if it is meant to be so.");
        }
        return size;
    }

    [[nodiscard]] const std::string& name() const { return m_name; }

    std::span<char> m_left; ///< input that is not used yet

private:
    PlainStream m_plain;
    std::string m_name;
    std::vector<char> m_input;
    std::uint64_t m_produced = 0;
};

class GzipStream : public Inflater
{
public:
    using Inflater::Inflater;
    GzipStream(const GzipStream&) = delete;
    GzipStream& operator=(const GzipStream&) = delete;
    ~GzipStream() override
    {
        if (m_isOpen)
            inflateEnd(&m_zlib);
    }

    Result<std::size_t> read(std::span<char> into) override
    {
        while (true) {
            const Result<bool> more = fetch();
            if (!more)
                return fail(more.error());
            if (!*more && m_inMember && !m_mayHoldMore)
                return fail(cutShort(name()));
            if (!*more && !m_inMember)
                return std::size_t{0};
            if (!m_inMember && m_members > 0 && skipPadding())
                continue;
            if (Status status = beginMember(); !status)
                return fail(status.error());
            const Result<std::size_t> size = inflateInto(into);
            if (!size || *size > 0)
                return size;
        }
    }

private:
    /// Zeros behind the last member are padding of tapes and block devices.
    bool skipPadding()
    {
        std::size_t zeros = 0;
        while (zeros < m_left.size() && m_left[zeros] == '\0')
            ++zeros;
        m_left = m_left.subspan(zeros);
        return m_left.empty();
    }

    Status beginMember()
    {
        if (m_inMember)
            return {};
        constexpr int gzipOnly = 16 + MAX_WBITS;
        const int code = m_isOpen ? inflateReset(&m_zlib) : inflateInit2(&m_zlib, gzipOnly);
        if (code != Z_OK)
            return fail(ErrorCode::Internal,
                        "There is no memory for decompressing " + name() + ".");
        m_isOpen = true;
        m_inMember = true;
        return {};
    }

    Result<std::size_t> inflateInto(std::span<char> into)
    {
        m_zlib.next_in = reinterpret_cast<Bytef*>(m_left.data());
        m_zlib.avail_in = static_cast<uInt>(m_left.size());
        m_zlib.next_out = reinterpret_cast<Bytef*>(into.data());
        m_zlib.avail_out = static_cast<uInt>(into.size());
        const int code = inflate(&m_zlib, Z_NO_FLUSH);
        m_left = m_left.last(m_zlib.avail_in);
        m_mayHoldMore = m_zlib.avail_out == 0;
        if (code == Z_STREAM_END) {
            m_inMember = false;
            ++m_members;
        } else if (code != Z_OK && code != Z_BUF_ERROR) {
            return fail(damaged(name(), m_zlib.msg ? m_zlib.msg : "its gzip data is invalid"));
        }
        return produced(into.size() - m_zlib.avail_out);
    }

    z_stream m_zlib = {};
    bool m_isOpen = false;
    bool m_inMember = false;
    bool m_mayHoldMore = false; ///< the output was full: there may be more without further input
    std::uint64_t m_members = 0;
};

class ZstdStream : public Inflater
{
public:
    ZstdStream(int descriptor, std::string name)
        : Inflater(descriptor, std::move(name)), m_context(ZSTD_createDStream(), &ZSTD_freeDStream)
    {}

    Result<std::size_t> read(std::span<char> into) override
    {
        while (true) {
            const Result<bool> more = fetch();
            if (!more)
                return fail(more.error());
            if (!*more && !m_mayHoldMore && m_inFrame)
                return fail(cutShort(name()));
            if (!*more && !m_mayHoldMore)
                return std::size_t{0};
            ZSTD_inBuffer input{m_left.data(), m_left.size(), 0};
            ZSTD_outBuffer output{into.data(), into.size(), 0};
            const std::size_t code = ZSTD_decompressStream(m_context.get(), &output, &input);
            if (ZSTD_isError(code))
                return fail(damaged(name(), ZSTD_getErrorName(code)));
            m_left = m_left.subspan(input.pos);
            m_inFrame = code != 0;
            m_mayHoldMore = output.pos == output.size && m_inFrame;
            if (output.pos > 0)
                return produced(output.pos);
        }
    }

private:
    std::unique_ptr<ZSTD_DStream, decltype(&ZSTD_freeDStream)> m_context;
    bool m_inFrame = false;
    bool m_mayHoldMore = false; ///< the output was full: there may be more without further input
};

} // namespace

Result<std::unique_ptr<ByteStream>> openStream(int descriptor, Compression compression,
                                               std::string name)
{
    switch (compression) {
    case Compression::None:
        return std::make_unique<PlainStream>(descriptor, std::move(name));
    case Compression::Gzip:
        return std::make_unique<GzipStream>(descriptor, std::move(name));
    case Compression::Zstd:
        return std::make_unique<ZstdStream>(descriptor, std::move(name));
    }
    return fail(ErrorCode::Internal, "There is no such compression.");
}

Result<std::size_t> readFully(ByteStream& stream, std::span<char> into)
{
    std::size_t filled = 0;
    while (filled < into.size()) {
        const Result<std::size_t> size = stream.read(into.subspan(filled));
        if (!size)
            return size;
        if (*size == 0)
            break;
        filled += *size;
    }
    return filled;
}

} // namespace daymark
