// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/session.h"

#include <functional>
#include <span>

namespace daymark::cli {

class Arguments;

/// What a command does once its arguments are known.
using Run = std::function<Outcome(Session&)>;

/// A command as a line of a table: the help, the parser and the manual's test are made from these.
struct Command
{
    std::string_view name;    ///< one or two words: `source add`
    std::string_view help;    ///< one sentence without its full stop
    std::string_view example; ///< one command line, without the program's name
    Run (*setUp)(Arguments&); ///< declares what it takes and hands back what it does
};

/// Commands that belong together, under one heading of the help.
struct CommandGroup
{
    std::string_view title;
    std::span<const Command> commands;
};

/// All commands, in the order of the help.
[[nodiscard]] std::span<const CommandGroup> commandGroups();

// One group a file.
[[nodiscard]] std::span<const Command> workspaceCommands();
[[nodiscard]] std::span<const Command> sourceCommands();
[[nodiscard]] std::span<const Command> dayCommands();
[[nodiscard]] std::span<const Command> importCommands();
[[nodiscard]] std::span<const Command> versionCommands();
[[nodiscard]] std::span<const Command> noticeCommands();
[[nodiscard]] std::span<const Command> dataCommands();

} // namespace daymark::cli
