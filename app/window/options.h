// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/shell/main_window.h"

#include <QStringList>

#include <optional>
#include <variant>

namespace daymark {

/// What the command line asks of the window.
struct ProgramOptions
{
    ui::WindowOptions window;
    QString screenshots; ///< a folder; empty: an ordinary start
    QString proof;       ///< the proof of a run to show in place of a workspace
};

/// Text to print and the exit code to end with, in place of a start.
struct Farewell
{
    QString text;
    int exitCode = 0;
};

/// Reads the command line (the program's name first) and the environment: DAYMARK_WORKSPACE and
/// DAYMARK_NOW stand in for what it leaves out.
[[nodiscard]] std::variant<ProgramOptions, Farewell> readOptions(const QStringList& arguments);

} // namespace daymark
