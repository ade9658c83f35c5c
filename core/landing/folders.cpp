// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/landing/folders.h"

#include "core/base/file.h"

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

} // namespace daymark::landing
