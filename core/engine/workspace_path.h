// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>

namespace daymark {

/// The platform's application-data folder for this program: `$XDG_DATA_HOME/daymark`, or
/// `~/.local/share/daymark` where that variable is unset, empty or relative. It is the folder that
/// Qt calls AppDataLocation for an application `daymark` without an organisation.
[[nodiscard]] std::filesystem::path defaultWorkspace();

/// The workspace to use: `given` (what `--workspace` said) unless it is empty, else
/// DAYMARK_WORKSPACE unless that is empty, else the default. A relative path counts from the
/// current folder; the result is absolute.
[[nodiscard]] std::filesystem::path chooseWorkspace(const std::string& given);

} // namespace daymark
