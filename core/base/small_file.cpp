// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/small_file.h"

#include "core/base/file.h"
#include "core/base/text.h"

#include <openssl/evp.h>

#include <array>
#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace daymark {

namespace {

class OpenFile
{
public:
    explicit OpenFile(const std::filesystem::path& path)
        : m_descriptor(::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC))
    {}
    OpenFile(const OpenFile&) = delete;
    OpenFile& operator=(const OpenFile&) = delete;
    ~OpenFile()
    {
        if (m_descriptor >= 0)
            ::close(m_descriptor);
    }
    [[nodiscard]] int get() const { return m_descriptor; }

private:
    int m_descriptor;
};

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
    const OpenFile file(path);
    if (file.get() < 0)
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

std::string sha256Of(std::string_view bytes)
{
    std::array<unsigned char, EVP_MAX_MD_SIZE> raw{};
    unsigned int length = 0;
    if (EVP_Digest(bytes.data(), bytes.size(), raw.data(), &length, EVP_sha256(), nullptr) != 1)
        length = 0;
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    for (unsigned int i = 0; i < length; ++i) {
        text += digits[raw[i] >> 4U];
        text += digits[raw[i] & 15U];
    }
    return text;
}

} // namespace daymark
