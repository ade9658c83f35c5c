// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/landing/whole_files.h"

#include "core/base/file.h"
#include "core/base/text.h"

#include <cerrno>
#include <ctime>
#include <sys/stat.h>
#include <system_error>

namespace daymark::landing {

namespace {

constexpr std::size_t kMostMarks = 100'000; ///< beyond it, files are simply read again

std::int64_t nanoseconds(const timespec& time)
{
    return std::int64_t{time.tv_sec} * 1'000'000'000 + time.tv_nsec;
}

/// `cannot be read: …`, without a full stop: more of the sentence may follow.
std::string unreadable(std::string why)
{
    if (why.ends_with('.'))
        why.pop_back();
    return "cannot be read: " + why;
}

/// Whether a file was left alone for long enough that a later change would show in its times, whose
/// grain is some milliseconds.
bool isSettled(std::int64_t changed)
{
    timespec now = {};
    ::clock_gettime(CLOCK_REALTIME, &now);
    return changed < nanoseconds(now) - 1'000'000'000;
}

} // namespace

bool WholeFiles::knows(const std::string& path, const Mark& mark) const
{
    const std::scoped_lock lock(m_mutex);
    const auto known = m_whole.find(path);
    return known != m_whole.end() && known->second == mark;
}

Result<std::string> WholeFiles::faultOf(const std::filesystem::path& path, const LandedFile& file,
                                        const std::stop_token& stop)
{
    struct stat found = {};
    if (::lstat(path.c_str(), &found) != 0 && errno != ENOENT && errno != ENOTDIR)
        return unreadable(std::generic_category().message(errno));
    if (!S_ISREG(found.st_mode))
        return "is missing";
    const auto bytes = static_cast<std::uint64_t>(found.st_size);
    if (bytes != file.bytes)
        return "has " + groupedDigits(bytes) + " bytes where " + groupedDigits(file.bytes) +
               " landed";
    const Mark mark{static_cast<std::uint64_t>(found.st_dev),
                    static_cast<std::uint64_t>(found.st_ino),
                    bytes,
                    nanoseconds(found.st_mtim),
                    nanoseconds(found.st_ctim),
                    file.sha256};
    if (knows(path.string(), mark))
        return std::string();
    const bool settled = isSettled(mark.changed);
    const auto digest = digestFile(path, stop);
    if (!digest && digest.error().code == ErrorCode::RunCancelled)
        return fail(digest.error());
    if (!digest)
        return unreadable(digest.error().message);
    if (digest->bytes != file.bytes || digest->sha256 != file.sha256)
        return "is not, byte for byte, what landed";
    if (!settled)
        return std::string();
    const std::scoped_lock lock(m_mutex);
    if (m_whole.size() >= kMostMarks)
        m_whole.clear();
    m_whole.insert_or_assign(path.string(), mark);
    return std::string();
}

} // namespace daymark::landing
