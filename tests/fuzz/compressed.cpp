// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A compressed file, read to its end in large pieces and in small ones: the same bytes and the same
// verdict.
#include "core/source/byte_stream.h"
#include "fuzz_input.h"

#include <vector>

using namespace daymark;

namespace {

constexpr std::size_t kMost = 4UL << 20U; ///< of the content that is looked at

struct Content
{
    std::string bytes;
    std::optional<ErrorCode> error;
    bool isCut = false;
};

Content readAll(int descriptor, Compression compression, std::size_t step)
{
    Content content;
    const auto stream = openStream(descriptor, compression, "a");
    std::vector<char> block(step);
    while (content.bytes.size() < kMost) {
        const Result<std::size_t> size = readFully(**stream, block);
        if (!size)
            content.error = size.error().code;
        if (!size || *size == 0)
            return content;
        content.bytes.append(block.data(), *size);
    }
    content.isCut = true;
    return content;
}

} // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    fuzz::Input input(data, size);
    const std::uint8_t choice = input.byte();
    const Compression compression = (choice & 1U) != 0 ? Compression::Gzip : Compression::Zstd;
    const Descriptor file = fuzz::fileOf(input.rest());
    const Content large = readAll(file.get(), compression, 1UL << 20U);
    const Content small = readAll(file.get(), compression, 1 + (choice >> 1U));
    if (large.isCut || small.isCut)
        return 0;
    fuzz::hold(large.error == small.error);
    fuzz::hold(large.error.has_value() || large.bytes == small.bytes);
    return 0;
}
