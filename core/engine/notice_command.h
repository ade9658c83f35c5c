// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Starts a person's program for a notice, without a shell.

#include "core/engine/notices.h"

#include <chrono>
#include <filesystem>

namespace daymark {

/// UsageInvalid unless the first word is a program that may be executed: a path, or a name that is
/// found on PATH.
[[nodiscard]] Status checkCommand(const std::vector<std::string>& command);

struct CommandAnswer
{
    bool ok = false;        ///< it ended with 0
    bool cancelled = false; ///< by `stop`
    std::string words;      ///< `notify-team ended with 1: no such channel`
};

/// Runs the program in the workspace folder and waits for its end. Its standard input is the
/// notice as JSON; DAYMARK_NOTICE_KIND, _ID, _SOURCE, _DAY, _DAYS, _AT, _TITLE and _MESSAGE, and
/// DAYMARK_WORKSPACE, tell the same; no DAYMARK_SECRET_… is handed on. After `patience` it is
/// ended, with all that it started.
[[nodiscard]] CommandAnswer
runNoticeCommand(const std::vector<std::string>& command, const Notice& notice,
                 const std::filesystem::path& workspace, std::stop_token stop,
                 std::chrono::milliseconds patience = std::chrono::seconds(30));

} // namespace daymark
