// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/decode_process.h"

#include "core/source/source_error.h"

#include <fmt/format.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <system_error>

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

extern char** environ;

namespace daymark {

namespace {

constexpr int kSocket = 3; ///< the child's end, as the child knows it
constexpr auto kFarewell = std::chrono::milliseconds(2'000);
constexpr auto kNap = std::chrono::milliseconds(5);

/// What a child may know of its surroundings: where libraries lie, the language, the time zone.
std::vector<char*> surroundings()
{
    constexpr std::array<std::string_view, 8> kPassed{
        "LD_LIBRARY_PATH=", "LANG=",          "LC_ALL=",       "TZ=",
        "ASAN_OPTIONS=",    "UBSAN_OPTIONS=", "TSAN_OPTIONS=", "LSAN_OPTIONS="};
    std::vector<char*> kept;
    for (char** entry = environ; entry && *entry; ++entry) {
        for (const std::string_view name : kPassed) {
            if (std::string_view(*entry).starts_with(name))
                kept.push_back(*entry);
        }
    }
    kept.push_back(nullptr);
    return kept;
}

/// How a child is started: with its end of the socket, nothing else that is open here, no signal
/// blocked or ignored, and in a group of its own, so that Ctrl+C asks us alone.
class SpawnPlan
{
public:
    explicit SpawnPlan(int socket)
    {
        posix_spawn_file_actions_init(&m_actions);
        posix_spawn_file_actions_adddup2(&m_actions, socket, kSocket);
        posix_spawn_file_actions_addclosefrom_np(&m_actions, kSocket + 1);
        posix_spawn_file_actions_addopen(&m_actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
        posix_spawn_file_actions_addopen(&m_actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
        if (!kIsSanitized)
            posix_spawn_file_actions_addopen(&m_actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
        posix_spawnattr_init(&m_attributes);
        sigset_t none;
        sigset_t all;
        sigemptyset(&none);
        sigfillset(&all);
        posix_spawnattr_setsigmask(&m_attributes, &none);
        posix_spawnattr_setsigdefault(&m_attributes, &all);
        posix_spawnattr_setpgroup(&m_attributes, 0);
        posix_spawnattr_setflags(&m_attributes, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK |
                                                    POSIX_SPAWN_SETSIGDEF);
    }
    SpawnPlan(const SpawnPlan&) = delete;
    SpawnPlan& operator=(const SpawnPlan&) = delete;
    ~SpawnPlan()
    {
        posix_spawn_file_actions_destroy(&m_actions);
        posix_spawnattr_destroy(&m_attributes);
    }

    /// 0, or an errno.
    int start(pid_t& child, std::vector<std::string> words)
    {
        std::vector<char*> arguments;
        for (std::string& word : words)
            arguments.push_back(word.data());
        arguments.push_back(nullptr);
        const std::vector<char*> variables = surroundings();
        return ::posix_spawn(&child, arguments.front(), &m_actions, &m_attributes, arguments.data(),
                             variables.data());
    }

private:
    posix_spawn_file_actions_t m_actions;
    posix_spawnattr_t m_attributes;
};

std::string mebibytes(std::uint64_t bytes) { return fmt::format("{} MiB", bytes >> 20U); }

std::string signalText(int signal)
{
    const char* const name = ::sigabbrev_np(signal);
    return name ? fmt::format("signal {} (SIG{})", signal, name) : fmt::format("signal {}", signal);
}

bool isFromOutside(int signal)
{
    return signal == SIGKILL || signal == SIGTERM || signal == SIGINT || signal == SIGHUP ||
           signal == SIGQUIT;
}

Error outOfMemory(const std::string& file, const DecodeLimits& limits)
{
    return {ErrorCode::SourceLimit,
            fmt::format("{} met the limit on memory: decoding it takes more than {}.", file,
                        mebibytes(limits.memory)),
            "Have the file written anew, with smaller row groups."};
}

Error endedBySignal(int signal, const std::string& file, const DecodeLimits& limits)
{
    if (signal == SIGXCPU) {
        return {ErrorCode::SourceLimit,
                fmt::format("{} met the limit on processor time: decoding it takes too long for "
                            "its size.",
                            file),
                "Check what wrote the file; have it written anew, in smaller parts."};
    }
    if (signal == SIGXFSZ) {
        return {ErrorCode::SourceLimit,
                fmt::format("{} met the limit on file size: decoding it wrote more than {}.", file,
                            mebibytes(limits.fileSize)),
                "Check what wrote the file, or have it written anew."};
    }
    if (isFromOutside(signal)) {
        return {ErrorCode::SourceDisconnected,
                fmt::format("The process that decodes {} was ended from outside by {}.", file,
                            signalText(signal)),
                "Import the day again; if nobody ended it, the machine ran out of memory: close "
                "other programs first."};
    }
    return {ErrorCode::SourceDamaged,
            fmt::format("Decoding {} crashed by {}.", file, signalText(signal)),
            "The file is damaged or made to do harm: copy it again, or have it written anew."};
}

} // namespace

Error decoderConfused(const std::string& file)
{
    return {ErrorCode::SourceDamaged,
            fmt::format("Decoding {} went wrong: the decoder's answer makes no sense.", file),
            "The file is damaged or made to do harm: copy it again, or have it written anew."};
}

Error decoderEnded(int status, const std::string& file, const DecodeLimits& limits)
{
    if (WIFSIGNALED(status))
        return endedBySignal(WTERMSIG(status), file, limits);
    const int code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    if (code == kDecodeOutOfMemory)
        return outOfMemory(file, limits);
    return {ErrorCode::SourceDamaged,
            fmt::format("Decoding {} broke off: its process ended with the code {}.", file, code),
            "Copy the file again, or have it written anew."};
}

Result<std::unique_ptr<DecodeProcess>> DecodeProcess::start()
{
    const DecodeSettings settings = decodeSettings();
    if (settings.program.empty()) {
        return fail(ErrorCode::Internal, "This program has no decoder for such files.",
                    "Use daymark or daymark-cli.");
    }
    const auto refused = [](int error) {
        return fail(ErrorCode::SourceBusy,
                    fmt::format("The process that decodes files could not be started: {}.",
                                std::generic_category().message(error)),
                    "Close other programs, then try again.");
    };
    int ends[2] = {-1, -1};
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
        return refused(errno);
    OpenFile ours(ends[0]);
    const OpenFile theirs(ends[1]);
    SpawnPlan plan(theirs.get());
    pid_t child = 0;
    if (const int error = plan.start(child, {settings.program, kDecodeArgument,
                                             std::to_string(settings.limits.memory),
                                             std::to_string(settings.limits.fileSize)}))
        return refused(error);
    return std::unique_ptr<DecodeProcess>(
        new DecodeProcess(child, std::move(ours), settings.limits));
}

DecodeProcess::~DecodeProcess() { end(); }

void DecodeProcess::end()
{
    if (m_child == 0)
        return;
    ::kill(m_child, SIGKILL);
    while (::waitpid(m_child, nullptr, 0) < 0 && errno == EINTR) {
    }
    m_child = 0;
}

const Error& DecodeProcess::whyGone(const std::string& file)
{
    if (!m_end)
        m_end = awaitEnd(file);
    return *m_end;
}

/// A child that has closed its end is about to go; one that stays is ended.
Error DecodeProcess::awaitEnd(const std::string& file)
{
    for (auto waited = std::chrono::milliseconds(0); m_child != 0 && waited < kFarewell;
         waited += kNap) {
        int status = 0;
        const pid_t found = ::waitpid(m_child, &status, WNOHANG);
        if (found == m_child) {
            m_child = 0;
            return decoderEnded(status, file, m_limits);
        }
        if (found < 0 && errno != EINTR)
            break;
        ::poll(nullptr, 0, static_cast<int>(kNap.count()));
    }
    end();
    return decoderConfused(file);
}

Status DecodeProcess::say(DecodeWord word, std::string_view bytes, const std::string& file,
                          int descriptor)
{
    // Orders are few and short: a child that leaves no room for one has stopped listening.
    if (m_channel.say(word, bytes, descriptor, false))
        return {};
    return fail(whyGone(file));
}

Result<DecodeChannel::Message> DecodeProcess::hear(const std::string& file,
                                                   const std::stop_token& stop)
{
    auto message = m_channel.hear(stop, m_limits.silence);
    if (!message) {
        switch (message.error()) {
        case DecodeChannel::Silence::Stopped:
            end();
            return fail(readCancelled(file));
        case DecodeChannel::Silence::Gone:
            return fail(whyGone(file));
        case DecodeChannel::Silence::TooLong:
            end();
            return fail(ErrorCode::SourceTimeout,
                        fmt::format("{} gave no rows for {} s.", file, m_limits.silence.count()),
                        "Check the disk or the network drive that holds it, then try again.");
        case DecodeChannel::Silence::Nonsense:
            break;
        }
        end();
        return fail(decoderConfused(file));
    }
    if (message->word != DecodeWord::Failed)
        return std::move(*message);
    std::optional<Error> error = errorFrom(message->bytes);
    return fail(error ? std::move(*error) : decoderConfused(file));
}

} // namespace daymark
