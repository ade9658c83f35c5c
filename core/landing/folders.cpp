// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/landing/folders.h"

#include "core/base/fault.h"
#include "core/base/file.h"

#include <algorithm>
#include <cerrno>
#include <sys/stat.h>
#include <system_error>

namespace daymark::landing {

namespace {

Status makeFolder(const std::filesystem::path& path)
{
    if (::mkdir(path.c_str(), S_IRWXU) == 0)
        return syncFolder(path.parent_path());
    const int error = errno;
    struct stat existing = {};
    if (error == EEXIST && ::lstat(path.c_str(), &existing) == 0 && S_ISDIR(existing.st_mode))
        return {};
    return fail(fileError(error, "create the folder", path));
}

} // namespace

Status makeFolders(const std::filesystem::path& root, const std::filesystem::path& below)
{
    std::filesystem::path path = root;
    for (const auto& part : below) {
        path /= part;
        if (const Status made = makeFolder(path); !made)
            return made;
    }
    return {};
}

Status removeTree(const std::filesystem::path& path)
{
    std::error_code error;
    std::filesystem::remove_all(path, error);
    if (error)
        return fail(fileError(error.value(), "remove", path));
    return {};
}

/// The entries of a folder by name; none where it cannot be read.
std::vector<std::filesystem::path> entriesOf(const std::filesystem::path& folder)
{
    std::error_code error;
    std::vector<std::filesystem::path> entries;
    for (std::filesystem::directory_iterator it(folder, error), end; !error && it != end;
         it.increment(error))
        entries.push_back(it->path());
    std::sort(entries.begin(), entries.end());
    return entries;
}

bool isPlainFile(const std::filesystem::path& path)
{
    std::error_code error;
    return std::filesystem::is_regular_file(std::filesystem::symlink_status(path, error));
}

bool isThere(const std::filesystem::path& path)
{
    std::error_code error;
    return std::filesystem::exists(std::filesystem::symlink_status(path, error));
}

/// Forces all folders above a day to the disk: an earlier crash may have left some that were made
/// and never forced.
Status syncParents(const std::filesystem::path& workspace, const std::filesystem::path& below)
{
    for (std::filesystem::path parent = below.parent_path(); !parent.empty();
         parent = parent.parent_path()) {
        if (const Status synced = syncFolder(workspace / parent); !synced)
            return synced;
    }
    return syncFolder(workspace);
}

/// Forces the move of a day folder to the disk, on both sides of it.
Status syncMove(const std::filesystem::path& workspace, const std::filesystem::path& from,
                const std::filesystem::path& below)
{
    if (const Status passed = faultPoint("after_rename"); !passed)
        return passed;
    if (const Status synced = syncParents(workspace, below); !synced)
        return synced;
    if (const Status synced = syncFolder(from.parent_path()); !synced)
        return synced;
    return faultPoint("after_publish");
}

} // namespace daymark::landing
