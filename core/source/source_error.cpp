// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/source_error.h"

#include "core/base/text.h"

#include <fmt/format.h>

#include <cerrno>
#include <system_error>

namespace daymark {

Error sourceFileError(int errnoValue, std::string_view doing, const std::filesystem::path& path)
{
    const std::string place = shortened(path.string(), 300);
    switch (errnoValue) {
    case ENOENT:
    case ENOTDIR:
        return {ErrorCode::SourceMissing, fmt::format("There is no {}.", place),
                "Check the path of the source, or put the file back."};
    case EACCES:
    case EPERM:
        return {ErrorCode::SourcePermission, fmt::format("This user may not {} {}.", doing, place),
                "Give the user that runs Daymark the right to read it and the folders above it."};
    case EXDEV:
    case ELOOP:
        return {ErrorCode::SourceInvalid,
                fmt::format("{} is a link that leads out of the source's folder.", place),
                "Put the file itself into the folder: such links are not followed."};
    case EMFILE:
    case ENFILE:
        return {ErrorCode::SourceBusy,
                fmt::format("Too many files are open to {} {}.", doing, place),
                "Raise the limit of open files (ulimit -n), or try again later."};
    default:
        return {ErrorCode::SourceUnreachable,
                fmt::format("Could not {} {}: {}.", doing, place,
                            std::generic_category().message(errnoValue)),
                "Check the disk or the network drive that holds it, then try again."};
    }
}

Error readCancelled(std::string_view place)
{
    return {
        ErrorCode::RunCancelled, fmt::format("Reading {} was stopped.", shortened(place, 300)), {}};
}

} // namespace daymark
