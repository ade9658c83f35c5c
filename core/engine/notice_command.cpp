// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
// A program is started in a process group of its own, its input being a file in memory that is
// complete before the program begins, so that nothing waits for it to read. What it says is read
// from a pipe until it ends; only the beginning is kept.

#include "core/engine/notice_command.h"

#include "core/base/descriptor.h"
#include "core/base/spawn.h"
#include "core/base/text.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>

#include <fcntl.h>
#include <poll.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

namespace daymark {

namespace fs = std::filesystem;
using SteadyTime = std::chrono::steady_clock::time_point;

namespace {

constexpr std::size_t kOutputKept = 2000;
constexpr std::size_t kOutputTold = 300;
constexpr std::chrono::milliseconds kLook{50};      // between two looks whether it has ended
constexpr std::chrono::milliseconds kFarewell{500}; // between asking it to end and ending it
constexpr std::string_view kSecretPrefix = "DAYMARK_SECRET_";

/// A variable's value ends at a NUL, and so must ours.
std::string variable(const char* name, const std::string& value)
{
    return std::string(name) + "=" + value.substr(0, value.find('\0'));
}

std::string dayList(const std::vector<Day>& days)
{
    std::string list;
    for (const Day day : days)
        list += (list.empty() ? "" : " ") + formatDay(day);
    return list;
}

std::vector<std::string> environmentFor(const Notice& notice, const fs::path& workspace)
{
    std::vector<std::string> variables = ownVariables();
    std::erase_if(variables, [](const std::string& text) {
        return text.starts_with(kSecretPrefix) || text.starts_with("DAYMARK_NOTICE_") ||
               text.starts_with("DAYMARK_WORKSPACE=");
    });
    variables.push_back(variable("DAYMARK_WORKSPACE", workspace.string()));
    variables.push_back(variable("DAYMARK_NOTICE_ID", notice.id));
    variables.push_back(variable("DAYMARK_NOTICE_KIND", std::string(noticeName(notice.kind))));
    variables.push_back(variable("DAYMARK_NOTICE_SOURCE", notice.source));
    variables.push_back(variable("DAYMARK_NOTICE_DAY",
                                 notice.days.empty() ? std::string() : formatDay(notice.days[0])));
    variables.push_back(variable("DAYMARK_NOTICE_DAYS", dayList(notice.days)));
    variables.push_back(variable("DAYMARK_NOTICE_AT", formatInstant(notice.at)));
    variables.push_back(variable("DAYMARK_NOTICE_TITLE", notice.title));
    variables.push_back(variable("DAYMARK_NOTICE_MESSAGE", notice.words));
    return variables;
}

/// A file in memory with the text, to be read from its beginning; -1 where there can be none.
int fileOf(const std::string& text)
{
    const int file = ::memfd_create("notice", MFD_CLOEXEC);
    if (file < 0)
        return -1;
    std::size_t written = 0;
    while (written < text.size()) {
        const ssize_t size = ::write(file, text.data() + written, text.size() - written);
        if (size < 0 && errno == EINTR)
            continue;
        if (size <= 0) {
            ::close(file);
            return -1;
        }
        written += static_cast<std::size_t>(size);
    }
    ::lseek(file, 0, SEEK_SET);
    return file;
}

/// Starts the program in the folder. 0, or an errno.
int startIn(const fs::path& folder, pid_t& child, int input, int output,
            const std::vector<std::string>& command, std::vector<std::string> variables)
{
    SpawnPlan plan;
    posix_spawn_file_actions_adddup2(plan.actions(), input, STDIN_FILENO);
    posix_spawn_file_actions_adddup2(plan.actions(), output, STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(plan.actions(), output, STDERR_FILENO);
    posix_spawn_file_actions_addchdir_np(plan.actions(), folder.c_str());
    return plan.start(child, command, std::move(variables));
}

/// Reads what is there now, and keeps the beginning of it.
void drain(int pipe, std::string& kept)
{
    std::array<char, 4096> buffer{};
    while (true) {
        const ssize_t size = ::read(pipe, buffer.data(), buffer.size());
        if (size <= 0)
            return;
        const std::size_t room = kOutputKept - std::min(kept.size(), kOutputKept);
        kept.append(buffer.data(), std::min(room, static_cast<std::size_t>(size)));
    }
}

struct Ended
{
    std::optional<int> status; ///< of waitpid(); none: it had to be ended
    bool cancelled = false;
    std::string output;
};

/// Waits for the end, or ends the whole group.
Ended waitFor(pid_t child, int pipe, const std::stop_token& stop, SteadyTime deadline)
{
    Ended ended;
    std::optional<SteadyTime> last; // when it is ended, after it was asked to
    while (true) {
        pollfd wait{pipe, POLLIN, 0};
        ::poll(&wait, 1, static_cast<int>(kLook.count()));
        drain(pipe, ended.output);
        int status = 0;
        const pid_t found = ::waitpid(child, &status, WNOHANG);
        if (found == child || (found < 0 && errno != EINTR)) {
            drain(pipe, ended.output);
            if (!last)
                ended.status = found == child ? status : -1;
            return ended;
        }
        const SteadyTime now = std::chrono::steady_clock::now();
        if (last && now >= *last) {
            ::kill(-child, SIGKILL);
        } else if (!last && (now >= deadline || stop.stop_requested())) {
            ended.cancelled = stop.stop_requested();
            last = now + kFarewell;
            ::kill(-child, SIGTERM);
        }
        if (wait.revents != 0 && (wait.revents & POLLIN) == 0) // closed: poll would not wait
            ::poll(nullptr, 0, static_cast<int>(kLook.count()));
    }
}

std::string inWords(const std::string& program, const Ended& ended,
                    std::chrono::milliseconds patience)
{
    std::string words = shortened(program);
    if (ended.cancelled)
        words += " was ended before it was done";
    else if (!ended.status)
        words += " was ended: it took longer than " +
                 std::to_string(std::chrono::ceil<std::chrono::seconds>(patience).count()) + " s";
    else if (WIFSIGNALED(*ended.status))
        words += " was ended by signal " + std::to_string(WTERMSIG(*ended.status));
    else
        words += " ended with " + std::to_string(WEXITSTATUS(*ended.status));
    const std::string said = shortened(trimmed(ended.output), kOutputTold);
    return words + (said.empty() ? "." : ": " + said);
}

} // namespace

Status checkCommand(const std::vector<std::string>& command)
{
    if (command.empty() || command.front().empty())
        return fail(ErrorCode::UsageInvalid, "No program is named.",
                    "Enter a program's file, and its arguments after it.");
    const std::string& program = command.front();
    const auto isProgram = [](const fs::path& file) {
        std::error_code ignored;
        return fs::is_regular_file(file, ignored) && ::access(file.c_str(), X_OK) == 0;
    };
    if (program.find('/') != std::string::npos) {
        if (fs::path(program).is_absolute() && isProgram(program))
            return {};
        return fail(ErrorCode::UsageInvalid,
                    "There is no program " + shortened(program) + " that may be executed.",
                    "Name a file that may be executed, with its whole path.");
    }
    const char* path = std::getenv("PATH");
    std::string_view folders = path ? path : "/usr/bin:/bin";
    while (!folders.empty()) {
        const std::size_t end = std::min(folders.find(':'), folders.size());
        if (end > 0 && isProgram(fs::path(folders.substr(0, end)) / program))
            return {};
        folders.remove_prefix(std::min(end + 1, folders.size()));
    }
    return fail(ErrorCode::UsageInvalid,
                "There is no program " + shortened(program) + " in the folders of PATH.",
                "Name it with its whole path.");
}

CommandAnswer runNoticeCommand(const std::vector<std::string>& command, const Notice& notice,
                               const fs::path& workspace, std::stop_token stop,
                               std::chrono::milliseconds patience)
{
    if (const Status there = checkCommand(command); !there)
        return {false, false, there.error().message};
    const Descriptor input(fileOf(noticeJson(notice, workspace.filename().string())));
    std::array<int, 2> ends{};
    if (!input.isOpen() || ::pipe2(ends.data(), O_CLOEXEC) != 0)
        return {false, false,
                "The program could not be started: " + std::string(std::strerror(errno)) + "."};
    const Descriptor output(ends[0]);
    Descriptor theirs(ends[1]);
    ::fcntl(output.get(), F_SETFL, O_NONBLOCK);
    pid_t child = 0;
    const int reason = startIn(workspace, child, input.get(), theirs.get(), command,
                               environmentFor(notice, workspace));
    theirs.close();
    if (reason != 0)
        return {false, false,
                shortened(command.front()) + " could not be started: " + std::strerror(reason) +
                    "."};
    const Ended ended =
        waitFor(child, output.get(), stop, std::chrono::steady_clock::now() + patience);
    const bool ok = ended.status && WIFEXITED(*ended.status) && WEXITSTATUS(*ended.status) == 0;
    return {ok, ended.cancelled, inWords(command.front(), ended, patience)};
}

} // namespace daymark
