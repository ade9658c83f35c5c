// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/file.h"

#include "core/base/descriptor.h"
#include "core/base/sha256.h"
#include "core/base/text.h"

#include <cerrno>
#include <cstdio>
#include <system_error>
#include <utility>
#include <vector>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace daymark {

namespace {

Status syncPath(const std::filesystem::path& path, int flags)
{
    const Descriptor file(::open(path.c_str(), flags | O_CLOEXEC));
    if (!file.isOpen())
        return fail(fileError(errno, "open", path));
    if (::fsync(file.get()) != 0)
        return fail(fileError(errno, "sync", path));
    return {};
}

Status writeAll(const Descriptor& file, std::string_view content, const std::filesystem::path& path)
{
    while (!content.empty()) {
        const ssize_t size = ::write(file.get(), content.data(), content.size());
        if (size < 0 && errno == EINTR)
            continue;
        if (size < 0)
            return fail(fileError(errno, "write", path));
        content.remove_prefix(static_cast<std::size_t>(size));
    }
    return {};
}

/// Opens a file of this user alone for writing it anew.
Descriptor openDraft(const std::filesystem::path& path)
{
    return Descriptor(
        ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600));
}

/// Writes a file whole and forces its bytes to the disk.
Status writeSynced(const std::filesystem::path& path, std::string_view content)
{
    const Descriptor file = openDraft(path);
    if (!file.isOpen())
        return fail(fileError(errno, "create", path));
    if (Status written = writeAll(file, content, path); !written)
        return written;
    if (::fsync(file.get()) != 0)
        return fail(fileError(errno, "sync", path));
    return {};
}

/// Copies a file's bytes to a new file and forces them to the disk.
Status copySynced(const std::filesystem::path& from, const std::filesystem::path& to)
{
    const Descriptor source(::open(from.c_str(), O_RDONLY | O_CLOEXEC));
    if (!source.isOpen())
        return fail(fileError(errno, "open", from));
    const Descriptor file = openDraft(to);
    if (!file.isOpen())
        return fail(fileError(errno, "create", to));
    std::vector<char> buffer(256 * 1024);
    while (true) {
        const ssize_t size = ::read(source.get(), buffer.data(), buffer.size());
        if (size < 0 && errno == EINTR)
            continue;
        if (size < 0)
            return fail(fileError(errno, "read", from));
        if (size == 0)
            break;
        const std::string_view part(buffer.data(), static_cast<std::size_t>(size));
        if (Status written = writeAll(file, part, to); !written)
            return written;
    }
    if (::fsync(file.get()) != 0)
        return fail(fileError(errno, "sync", to));
    return {};
}

struct flock wholeFileLock()
{
    struct flock lock = {};
    lock.l_type = F_WRLCK;
    lock.l_whence = SEEK_SET;
    return lock;
}

} // namespace

Error fileError(int errnoValue, std::string_view doing, const std::filesystem::path& path)
{
    const std::string message = "Could not " + shortened(doing, 600) + " " +
                                shortened(path.string(), 500) + ": " +
                                std::generic_category().message(errnoValue) + ".";
    switch (errnoValue) {
    case ENOSPC:
    case EDQUOT:
    case EFBIG:
        return {ErrorCode::StorageFull, message, "Free some space on that disk and try again."};
    case EACCES:
    case EPERM:
    case EROFS:
        return {ErrorCode::StorageFailed, message, "Give this user the right to use that path."};
    case EMFILE:
    case ENFILE:
        return {ErrorCode::StorageFailed, message,
                "Raise the limit of open files (ulimit -n), or try again later."};
    default:
        return {ErrorCode::StorageFailed, message, "Check the disk and the path, then try again."};
    }
}

Status syncFile(const std::filesystem::path& path) { return syncPath(path, O_RDONLY); }

Status syncFolder(const std::filesystem::path& path)
{
    return syncPath(path, O_RDONLY | O_DIRECTORY);
}

Status moveToNew(const std::filesystem::path& from, const std::filesystem::path& to)
{
    if (::renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE) == 0)
        return {};
    if (errno != EINVAL && errno != ENOSYS)
        return fail(fileError(errno, "move " + from.string() + " to", to));
    struct stat existing = {};
    if (::lstat(to.c_str(), &existing) == 0)
        return fail(fileError(EEXIST, "move " + from.string() + " to", to));
    if (::rename(from.c_str(), to.c_str()) != 0)
        return fail(fileError(errno, "move " + from.string() + " to", to));
    return {};
}

Status exchange(const std::filesystem::path& one, const std::filesystem::path& other)
{
    if (::renameat2(AT_FDCWD, one.c_str(), AT_FDCWD, other.c_str(), RENAME_EXCHANGE) != 0)
        return fail(fileError(errno, "exchange " + one.string() + " with", other));
    return {};
}

Result<FileDigest> digestFile(const std::filesystem::path& path, const std::stop_token& stop)
{
    const Descriptor file(::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOFOLLOW));
    if (!file.isOpen())
        return fail(fileError(errno, "open", path));
    Sha256 hash;
    FileDigest digest;
    std::vector<unsigned char> buffer(256 * 1024);
    while (true) {
        if (stop.stop_requested())
            return fail(ErrorCode::RunCancelled, "The reading of a file was cancelled.");
        const ssize_t size = ::read(file.get(), buffer.data(), buffer.size());
        if (size < 0 && errno == EINTR)
            continue;
        if (size < 0)
            return fail(fileError(errno, "read", path));
        if (size == 0)
            break;
        hash.add(buffer.data(), static_cast<std::size_t>(size));
        digest.bytes += static_cast<std::uint64_t>(size);
    }
    digest.sha256 = hash.hex();
    return digest;
}

Status writeFileDurably(const std::filesystem::path& path, std::string_view content)
{
    std::filesystem::path draft = path;
    draft += ".new";
    if (const Status written = writeSynced(draft, content); !written) {
        ::unlink(draft.c_str());
        return written;
    }
    if (::rename(draft.c_str(), path.c_str()) != 0) {
        const int reason = errno;
        ::unlink(draft.c_str());
        return fail(fileError(reason, "move " + draft.string() + " to", path));
    }
    return syncFolder(path.has_parent_path() ? path.parent_path() : ".");
}

Status copyFileDurably(const std::filesystem::path& from, const std::filesystem::path& to)
{
    std::filesystem::path draft = to;
    draft += ".new";
    Status copied = copySynced(from, draft);
    if (copied)
        copied = moveToNew(draft, to);
    if (!copied) {
        ::unlink(draft.c_str());
        return copied;
    }
    return syncFolder(to.has_parent_path() ? to.parent_path() : ".");
}

FileLock::FileLock(FileLock&& other) noexcept : m_descriptor(std::exchange(other.m_descriptor, -1))
{}

FileLock& FileLock::operator=(FileLock&& other) noexcept
{
    std::swap(m_descriptor, other.m_descriptor);
    return *this;
}

FileLock::~FileLock()
{
    if (m_descriptor >= 0)
        ::close(m_descriptor);
}

Result<FileLock> FileLock::acquire(const std::filesystem::path& path)
{
    FileLock held;
    held.m_descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (held.m_descriptor < 0)
        return fail(fileError(errno, "open", path));
    struct flock lock = wholeFileLock();
    if (::fcntl(held.m_descriptor, F_OFD_SETLK, &lock) != 0) {
        if (errno == EAGAIN || errno == EACCES)
            return fail(ErrorCode::WorkspaceBusy, "Another process holds " + path.string() + ".");
        return fail(fileError(errno, "lock", path));
    }
    return held;
}

bool FileLock::isHeld(const std::filesystem::path& path)
{
    const Descriptor file(::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOFOLLOW));
    struct flock lock = wholeFileLock();
    return file.isOpen() && ::fcntl(file.get(), F_OFD_GETLK, &lock) == 0 && lock.l_type != F_UNLCK;
}

} // namespace daymark
