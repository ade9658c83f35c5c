// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/command.h"

#include <vector>

namespace daymark::cli {

/// A command line that was understood, or why it was not.
struct CommandLine
{
    GlobalOptions options; ///< `json` is right even where the rest was not understood
    Result<Run> run;       ///< what to do; ErrorCode::UsageInvalid for a wrong command line
    std::string help;      ///< the help that was asked for, in place of anything to do
    bool version = false;  ///< the version was asked for, in place of anything to do
};

/// Reads the arguments that follow the program's name.
[[nodiscard]] CommandLine parseCommandLine(const std::vector<std::string>& arguments);

} // namespace daymark::cli
