// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/terminal.h"
#include "core/engine/engine.h"

#include <optional>

namespace daymark::cli {

/// What the program ends with. A contract with those who call it.
enum ExitCode : int { Done = 0, Failed = 1, Usage = 2, Busy = 3, Interrupted = 130 };

/// What every command takes, before or after its name.
struct GlobalOptions
{
    std::string workspace;
    std::string now;
    bool json = false;
    bool quiet = false;
};

/// An exit code, or the error to report.
using Outcome = Result<int>;

/// The run of one command: where its workspace lies, what stops it, and where its words go.
/// Results go to stdout, notes and progress to stderr. Used by the main thread; `note` and `print`
/// may be called from any one thread at a time.
class Session
{
public:
    Session(GlobalOptions options, std::stop_token stop);

    [[nodiscard]] bool json() const { return m_options.json; }
    [[nodiscard]] bool quiet() const { return m_options.quiet; }
    [[nodiscard]] std::stop_token stop() const { return m_stop; }
    [[nodiscard]] const Style& style() const { return m_style; }
    [[nodiscard]] const Style& noteStyle() const { return m_noteStyle; }

    [[nodiscard]] std::filesystem::path workspace() const;
    /// The clock that `--now` or DAYMARK_NOW asks for. ErrorCode::UsageInvalid for what is no time.
    [[nodiscard]] Result<Clock> clock() const;

    /// Opens the workspace and tells what its start repaired.
    [[nodiscard]] Result<std::unique_ptr<Engine>> open(OpenMode mode);

    /// Writes to stdout. A pipe that was closed at its other end is no failure.
    void print(std::string_view text);
    /// Writes a line to stderr, unless `--quiet` was given.
    void note(std::string_view line) const;
    /// Writes the error where and how it is asked for.
    void report(const Error& error);

    /// Why stdout could not be written, if it could not.
    [[nodiscard]] std::optional<Error> outputFault() const;

private:
    GlobalOptions m_options;
    std::stop_token m_stop;
    Style m_style;
    Style m_noteStyle;
    int m_outputError = 0;
};

/// What the program ends with after an error.
[[nodiscard]] int exitCodeFor(const Error& error);

} // namespace daymark::cli
