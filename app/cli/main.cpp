// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/command_line.h"
#include "app/cli/interrupt.h"
#include "app/cli/json_out.h"
#include "core/engine/about.h"
#include "core/engine/child_entry.h"
#ifdef DAYMARK_KEYCHAIN
#include "app/secrets/keychain.h"
#endif

#include <CLI/Version.hpp>

#include <exception>

namespace daymark::cli {

namespace {

std::string versionText(const Session& session)
{
    auto libraries = libraryVersions();
    libraries.emplace_back("CLI11", CLI11_VERSION);
#ifdef DAYMARK_KEYCHAIN
    for (auto& library : secrets::libraryVersions())
        libraries.push_back(std::move(library));
#endif
    if (session.json())
        return versionJson(DAYMARK_VERSION, libraries);
    std::string text = "daymark-cli " DAYMARK_VERSION "\n";
    for (const auto& [library, version] : libraries)
        text.append("  ").append(library).append(" ").append(version).append("\n");
    return text;
}

/// What the program ends with, after the outcome was told.
int conclude(Session& session, const Outcome& outcome)
{
    int code = Done;
    if (outcome) {
        code = *outcome;
    } else {
        session.report(outcome.error());
        code = session.stop().stop_requested() ? Interrupted : exitCodeFor(outcome.error());
    }
    if (const auto fault = session.outputFault()) {
        (void)writeAll(2, "error: " + fault->message + "\n");
        return code == Done ? Failed : code;
    }
    return code;
}

Outcome carryOut(CommandLine& line, Session& session)
{
    if (line.version || !line.help.empty()) {
        const std::string text = line.version ? versionText(session) : line.help;
        session.print(session.json() && !line.version ? helpJson(text) : text);
        return Done;
    }
    if (!line.run)
        return fail(line.run.error());
    return (*line.run)(session);
}

int runProgram(const std::vector<std::string>& arguments)
{
    settleProcess();
#ifdef DAYMARK_KEYCHAIN
    secrets::useKeychain();
#endif
    CommandLine line = parseCommandLine(arguments);
    const Interrupt interrupt;
    Session session(line.options, interrupt.token());
    try {
        return conclude(session, carryOut(line, session));
    } catch (const std::exception& exception) {
        return conclude(session,
                        fail(ErrorCode::Internal,
                             std::string("The program met a fault: ") + exception.what() + ".",
                             "Run the command again; the workspace is repaired at the "
                             "next start."));
    }
}

} // namespace

} // namespace daymark::cli

int main(int argc, char** argv)
{
    if (const std::optional<int> code = daymark::serveAsChild(argc, argv))
        return *code;
    return daymark::cli::runProgram({argv + (argc > 0 ? 1 : 0), argv + argc});
}
