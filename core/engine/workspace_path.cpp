// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/workspace_path.h"

#include <cstdlib>
#include <pwd.h>
#include <unistd.h>

namespace daymark {

namespace {

std::string environment(const char* name)
{
    const char* value = std::getenv(name);
    return value ? value : "";
}

std::filesystem::path homeFolder()
{
    const std::string home = environment("HOME");
    if (!home.empty())
        return home;
    const passwd* user = getpwuid(getuid());
    return user && user->pw_dir && *user->pw_dir ? user->pw_dir : "/";
}

} // namespace

std::filesystem::path defaultWorkspace()
{
    const std::filesystem::path data = environment("XDG_DATA_HOME");
    return (data.is_absolute() ? data : homeFolder() / ".local" / "share") / "daymark";
}

std::filesystem::path chooseWorkspace(const std::string& given)
{
    std::filesystem::path chosen = given.empty() ? environment("DAYMARK_WORKSPACE") : given;
    if (chosen.empty())
        chosen = defaultWorkspace();
    std::error_code failed;
    auto whole = std::filesystem::absolute(chosen, failed).lexically_normal();
    return failed ? chosen : whole;
}

} // namespace daymark
