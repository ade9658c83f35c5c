// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/command.h"

#include <array>

namespace daymark::cli {

std::span<const CommandGroup> commandGroups()
{
    static const std::array groups = {CommandGroup{"Workspace", workspaceCommands()},
                                      CommandGroup{"Sources", sourceCommands()},
                                      CommandGroup{"Days", dayCommands()},
                                      CommandGroup{"Imports", importCommands()},
                                      CommandGroup{"Days that change", versionCommands()},
                                      CommandGroup{"Notices", noticeCommands()},
                                      CommandGroup{"Landed data", dataCommands()}};
    return groups;
}

} // namespace daymark::cli
