// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/session.h"

#include "app/cli/json_out.h"
#include "core/base/file.h"
#include "core/base/text.h"
#include "core/engine/workspace_path.h"

#include <cerrno>
#include <cstdlib>
#include <unistd.h>

namespace daymark::cli {

Session::Session(GlobalOptions options, std::stop_token stop)
    : m_options(std::move(options))
    , m_stop(std::move(stop))
    , m_style(!m_options.json && wantsColour(STDOUT_FILENO))
    , m_noteStyle(wantsColour(STDERR_FILENO))
{}

std::filesystem::path Session::workspace() const { return chooseWorkspace(m_options.workspace); }

Result<Clock> Session::clock() const
{
    const char* variable = std::getenv("DAYMARK_NOW");
    const bool given = !m_options.now.empty();
    const std::string text = given ? m_options.now : variable ? variable : "";
    if (text.empty())
        return Clock{};
    if (const auto instant = parseInstant(text))
        return Clock::startingAt(*instant);
    return fail(ErrorCode::UsageInvalid,
                std::string(given ? "--now" : "DAYMARK_NOW") + " is \"" + shortened(text) +
                    "\", which is no RFC 3339 time with an offset.",
                "Write a time such as 2022-06-17T10:00:00Z.");
}

Result<std::unique_ptr<Engine>> Session::open(OpenMode mode)
{
    const auto chosen = clock();
    if (!chosen)
        return fail(chosen.error());
    EngineOptions options;
    options.workspace = workspace();
    options.clock = *chosen;
    options.mode = mode;
    auto engine = Engine::open(std::move(options));
    if (engine) {
        for (const std::string& sentence : (*engine)->repairs())
            note("note: " + printable(sentence, 1000));
    }
    return engine;
}

void Session::print(std::string_view text)
{
    if (m_outputError == 0)
        m_outputError = writeAll(STDOUT_FILENO, text);
}

void Session::note(std::string_view line) const
{
    if (!m_options.quiet)
        (void)writeAll(STDERR_FILENO, std::string(line) + "\n");
}

void Session::report(const Error& error)
{
    if (m_options.json) {
        print(errorJson(error));
        return;
    }
    std::string text = m_noteStyle.bad("error:") + " " + printable(error.message, 4000) + "\n";
    if (!error.hint.empty())
        text += m_noteStyle.bold("hint:") + " " + printable(error.hint, 4000) + "\n";
    (void)writeAll(STDERR_FILENO, text);
}

std::optional<Error> Session::outputFault() const
{
    if (m_outputError == 0 || m_outputError == EPIPE)
        return std::nullopt;
    return fileError(m_outputError, "write the output", "stdout");
}

int exitCodeFor(const Error& error)
{
    switch (error.code) {
    case ErrorCode::UsageInvalid:
        return Usage;
    case ErrorCode::WorkspaceBusy:
        return Busy;
    default:
        return Failed;
    }
}

} // namespace daymark::cli
