// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/file_root.h"

#include "core/base/text.h"
#include "core/source/source_error.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <memory>
#include <utility>

#include <dirent.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace daymark {

namespace {

constexpr std::size_t kMostFindings = 20;

struct Ending
{
    std::string_view text;
    FileFormat format;
};
constexpr std::array kEndings{
    Ending{".csv", FileFormat::Csv},          Ending{".tsv", FileFormat::Csv},
    Ending{".txt", FileFormat::Csv},          Ending{".jsonl", FileFormat::JsonLines},
    Ending{".ndjson", FileFormat::JsonLines}, Ending{".json", FileFormat::JsonLines},
    Ending{".parquet", FileFormat::Parquet}};

ListedFile listedFile(std::string path, std::string name, const struct stat& info)
{
    ListedFile file;
    file.type = fileTypeOf(name);
    file.path = std::move(path);
    file.name = std::move(name);
    file.size = static_cast<std::uint64_t>(info.st_size);
    file.inode = info.st_ino;
    file.device = info.st_dev;
    file.modified = info.st_mtim.tv_sec * 1'000'000'000 + info.st_mtim.tv_nsec;
    return file;
}

bool isSame(const ListedFile& file, const struct stat& info)
{
    const ListedFile now = listedFile({}, {}, info);
    return now.size == file.size && now.inode == file.inode && now.device == file.device &&
           now.modified == file.modified;
}

void note(Listing& listing, std::string_view path, std::string_view why)
{
    if (listing.findings.size() < kMostFindings) {
        listing.findings.push_back({"source.file_skipped",
                                    Severity::Warning,
                                    {},
                                    fmt::format("{} is passed over: {}.", shortened(path), why)});
    }
}

std::string below(const std::string& folder, const std::string& name)
{
    return folder.empty() ? name : folder + "/" + name;
}

/// Where the kernel has no openat2: no link on the way, no `..`.
int openWithoutLinks(int root, const std::string& path, int flags)
{
    int folder = ::dup(root);
    std::size_t at = 0;
    while (folder >= 0) {
        const std::size_t slash = path.find('/', at);
        const std::string part = path.substr(at, slash - at);
        const bool isLast = slash == std::string::npos;
        if (part == "..") {
            ::close(folder);
            errno = EXDEV;
            return -1;
        }
        const int next = ::openat(folder, part.empty() ? "." : part.c_str(),
                                  (isLast ? flags : O_PATH | O_DIRECTORY) | O_NOFOLLOW | O_CLOEXEC);
        const int error = errno;
        ::close(folder);
        errno = error;
        if (isLast)
            return next;
        folder = next;
        at = slash + 1;
    }
    return -1;
}

Error changed(const std::string& path)
{
    return {ErrorCode::SourceChanged,
            fmt::format("{} changed while it was being read.", shortened(path, 300)),
            "Wait until the file is complete, then import the day again; write files under "
            "another name first and rename them when they are done."};
}

} // namespace

std::optional<FileType> fileTypeOf(std::string_view name)
{
    std::string lower = asciiLower(name);
    FileType type;
    if (lower.ends_with(".gz"))
        type.compression = Compression::Gzip;
    else if (lower.ends_with(".zst"))
        type.compression = Compression::Zstd;
    if (type.compression != Compression::None)
        lower.erase(lower.rfind('.'));
    for (const Ending& ending : kEndings) {
        if (!lower.ends_with(ending.text))
            continue;
        type.format = ending.format;
        if (type.format == FileFormat::Parquet && type.compression != Compression::None)
            return std::nullopt;
        return type;
    }
    return std::nullopt;
}

Result<FileRoot> FileRoot::open(const std::string& path)
{
    Descriptor folder(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (folder.get() < 0 && errno == ENOTDIR) {
        return fail(ErrorCode::SourceInvalid, fmt::format("{} is no folder.", shortened(path, 300)),
                    "Give the path of a folder or of one file.");
    }
    if (folder.get() < 0)
        return fail(sourceFileError(errno, "read", path));
    return FileRoot(path, std::move(folder));
}

std::string FileRoot::fullPath(const std::string& path) const
{
    return path.empty() ? m_path : m_path + (m_path.ends_with('/') ? "" : "/") + path;
}

int FileRoot::openBelow(const std::string& path, int flags) const
{
    struct open_how how = {};
    how.flags = static_cast<__u64>(static_cast<unsigned>(flags | O_CLOEXEC));
    how.resolve = RESOLVE_BENEATH | RESOLVE_NO_MAGICLINKS;
    const std::string target = path.empty() ? "." : path;
    const auto opened = ::syscall(SYS_openat2, m_folder.get(), target.c_str(), &how, sizeof how);
    if (opened < 0 && (errno == ENOSYS || errno == EPERM))
        return openWithoutLinks(m_folder.get(), target, flags);
    return static_cast<int>(opened);
}

Result<Listing> FileRoot::list(const std::string& folder) const
{
    const int descriptor = openBelow(folder, O_RDONLY | O_DIRECTORY);
    if (descriptor < 0)
        return fail(sourceFileError(errno, "read", fullPath(folder)));
    const std::unique_ptr<DIR, int (*)(DIR*)> entries(::fdopendir(descriptor), &::closedir);
    if (!entries) {
        ::close(descriptor);
        return fail(sourceFileError(errno, "read", fullPath(folder)));
    }
    Listing listing;
    errno = 0;
    while (const dirent* entry = ::readdir(entries.get())) {
        const std::string name = entry->d_name;
        if (name.front() == '.' || name.front() == '_')
            continue;
        const std::string path = below(folder, name);
        const Descriptor file(openBelow(path, O_PATH));
        struct stat info = {};
        if (file.get() < 0 || ::fstat(file.get(), &info) != 0)
            note(listing, path,
                 errno == ENOENT ? "it is a link to nothing"
                                 : "it is a link that leads out of the folder");
        else if (S_ISDIR(info.st_mode))
            listing.folders.push_back(name);
        else if (S_ISREG(info.st_mode))
            listing.files.push_back(listedFile(path, name, info));
        else
            note(listing, path, "it is neither a file nor a folder");
        errno = 0;
    }
    if (errno != 0)
        return fail(sourceFileError(errno, "read", fullPath(folder)));
    std::sort(listing.folders.begin(), listing.folders.end());
    std::sort(listing.files.begin(), listing.files.end(),
              [](const ListedFile& a, const ListedFile& b) { return a.name < b.name; });
    return listing;
}

Result<FileRoot::Kind> FileRoot::kindOf(const std::string& path) const
{
    const Descriptor file(openBelow(path, O_PATH));
    struct stat info = {};
    if (file.get() < 0 && (errno == ENOENT || errno == ENOTDIR))
        return Kind::Nothing;
    if (file.get() < 0 || ::fstat(file.get(), &info) != 0)
        return fail(sourceFileError(errno, "read", fullPath(path)));
    if (S_ISREG(info.st_mode))
        return Kind::File;
    return S_ISDIR(info.st_mode) ? Kind::Folder : Kind::Other;
}

Result<ListedFile> FileRoot::find(const std::string& path) const
{
    const Descriptor file(openBelow(path, O_PATH));
    struct stat info = {};
    if (file.get() < 0 || ::fstat(file.get(), &info) != 0)
        return fail(sourceFileError(errno, "read", fullPath(path)));
    if (!S_ISREG(info.st_mode)) {
        return fail(ErrorCode::SourceInvalid, fmt::format("{} is no file.", fullPath(path)),
                    "Name a file or a folder below the source's folder.");
    }
    const std::size_t slash = path.rfind('/');
    return listedFile(path, slash == std::string::npos ? path : path.substr(slash + 1), info);
}

Result<Descriptor> FileRoot::openFile(const ListedFile& file) const
{
    Descriptor open(openBelow(file.path, O_RDONLY | O_NONBLOCK | O_NOCTTY));
    if (open.get() < 0 && errno == ENOENT)
        return fail(changed(fullPath(file.path)));
    struct stat info = {};
    if (open.get() < 0 || ::fstat(open.get(), &info) != 0)
        return fail(sourceFileError(errno, "read", fullPath(file.path)));
    if (!isSame(file, info))
        return fail(changed(fullPath(file.path)));
    return open;
}

Status FileRoot::checkUnchanged(const ListedFile& file) const
{
    const Descriptor now(openBelow(file.path, O_PATH));
    struct stat info = {};
    if (now.get() < 0 || ::fstat(now.get(), &info) != 0 || !isSame(file, info))
        return fail(changed(fullPath(file.path)));
    return {};
}

} // namespace daymark
