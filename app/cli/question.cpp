// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/question.h"

#include "app/cli/terminal.h"
#include "core/base/text.h"

#include <poll.h>
#include <unistd.h>

namespace daymark::cli {

namespace {

constexpr int kPatience = 100; // in milliseconds, between looks at the stop
constexpr std::size_t kLongestAnswer = 100;

/// Whether there is something to read before the stop.
bool waitForInput(const std::stop_token& stop)
{
    while (!stop.stop_requested()) {
        pollfd input = {STDIN_FILENO, POLLIN, 0};
        if (::poll(&input, 1, kPatience) > 0)
            return true;
    }
    return false;
}

} // namespace

bool canAsk() { return isTerminal(STDIN_FILENO) && isTerminal(STDERR_FILENO); }

bool ask(const std::string& question, const std::stop_token& stop)
{
    (void)writeAll(STDERR_FILENO, question + " [y/N] ");
    std::string line;
    char letter = 0;
    while (waitForInput(stop) && ::read(STDIN_FILENO, &letter, 1) == 1 && letter != '\n')
        if (line.size() < kLongestAnswer)
            line += letter;
    if (letter != '\n')
        (void)writeAll(STDERR_FILENO, "\n");
    const std::string answer = asciiLower(trimmed(line));
    return answer == "y" || answer == "yes";
}

} // namespace daymark::cli
