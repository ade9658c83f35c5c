// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/small_file.h"

#include "core/base/descriptor.h"
#include "core/base/file.h"
#include "core/base/text.h"

#include <array>
#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>

namespace daymark {

namespace {

tl::unexpected<Error> tooLong(const std::filesystem::path& path, std::size_t limit)
{
    return fail(ErrorCode::UsageInvalid,
                shortened(path.string(), 500) + " is longer than " + groupedDigits(limit) +
                    " bytes, which no such file is.",
                "Choose another file.");
}

} // namespace

Result<std::string> readSmallFile(const std::filesystem::path& path, std::size_t limit)
{
    const Descriptor file(::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC));
    if (!file.isOpen())
        return fail(fileError(errno, "open", path));
    struct stat found = {};
    if (::fstat(file.get(), &found) != 0)
        return fail(fileError(errno, "look at", path));
    if (!S_ISREG(found.st_mode))
        return fail(ErrorCode::UsageInvalid, shortened(path.string(), 500) + " is no file.",
                    "Choose a file.");
    if (static_cast<std::size_t>(found.st_size) > limit)
        return tooLong(path, limit);
    std::string content;
    std::array<char, 65536> buffer{};
    while (true) {
        const ssize_t size = ::read(file.get(), buffer.data(), buffer.size());
        if (size < 0 && errno == EINTR)
            continue;
        if (size < 0)
            return fail(fileError(errno, "read", path));
        if (size == 0)
            return content;
        content.append(buffer.data(), static_cast<std::size_t>(size));
        if (content.size() > limit)
            return tooLong(path, limit);
    }
}

} // namespace daymark
