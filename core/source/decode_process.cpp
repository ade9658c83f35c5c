// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/decode_process.h"

#include "core/base/spawn.h"
#include "core/source/source_error.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <system_error>
#include <thread>
#include <utility>

#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

namespace daymark {

namespace {

constexpr int kSocket = 3; ///< the child's end, as the child knows it
constexpr auto kFarewell = std::chrono::milliseconds(500); ///< that a child has to end in
constexpr auto kNap = std::chrono::milliseconds(5);

/// What a child may know of its surroundings: where libraries lie, the language, the time zone.
std::vector<std::string> surroundings()
{
    constexpr std::array<std::string_view, 8> kPassed{
        "LD_LIBRARY_PATH=", "LANG=",          "LC_ALL=",       "TZ=",
        "ASAN_OPTIONS=",    "UBSAN_OPTIONS=", "TSAN_OPTIONS=", "LSAN_OPTIONS="};
    std::vector<std::string> kept = ownVariables();
    std::erase_if(kept, [&](const std::string& entry) {
        return std::none_of(kPassed.begin(), kPassed.end(),
                            [&](std::string_view name) { return entry.starts_with(name); });
    });
    return kept;
}

/// Starts the child with its end of the socket and nothing else that is open here. 0, or an errno.
int startChild(pid_t& child, const DecodeSettings& settings, int socket)
{
    SpawnPlan plan;
    posix_spawn_file_actions_adddup2(plan.actions(), socket, kSocket);
    posix_spawn_file_actions_addclosefrom_np(plan.actions(), kSocket + 1);
    posix_spawn_file_actions_addopen(plan.actions(), STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_addopen(plan.actions(), STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    if (!kIsSanitized)
        posix_spawn_file_actions_addopen(plan.actions(), STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    return plan.start(child,
                      {settings.program, kDecodeArgument, std::to_string(settings.limits.memory),
                       std::to_string(settings.limits.fileSize)},
                      surroundings());
}

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
            "Have the file written anew: in Parquet with smaller row groups, in text with shorter "
            "lines."};
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
    if (code == kDecodeNotBegun) {
        return {
            ErrorCode::SourceBusy,
            fmt::format("The process that decodes {} could not begin its work.", file),
            "Close other programs, then try again; if that does not help, install Daymark anew."};
    }
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
    Descriptor ours(ends[0]);
    const Descriptor theirs(ends[1]);
    pid_t child = 0;
    if (const int error = startChild(child, settings, theirs.get()))
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
    const pid_t child = std::exchange(m_child, 0);
    for (auto waited = std::chrono::milliseconds(0); waited < kFarewell; waited += kNap) {
        const pid_t found = ::waitpid(child, nullptr, WNOHANG);
        if (found == child || (found < 0 && errno != EINTR))
            return;
        ::poll(nullptr, 0, static_cast<int>(kNap.count()));
    }
    // A file system that has stopped answering holds even the killed; nobody else waits for it.
    try {
        std::thread([child] {
            while (::waitpid(child, nullptr, 0) < 0 && errno == EINTR) {
            }
        }).detach();
    } catch (const std::system_error&) { // NOLINT(bugprone-empty-catch): it is left to our own end
    }
}

const Error& DecodeProcess::whyGone(const std::string& file, const std::stop_token& stop)
{
    if (!m_end)
        m_end = awaitEnd(file, stop);
    return *m_end;
}

/// A child that has closed its end is about to go; one that stays is ended.
Error DecodeProcess::awaitEnd(const std::string& file, const std::stop_token& stop)
{
    for (auto waited = std::chrono::milliseconds(0);
         m_child != 0 && waited < kFarewell && !stop.stop_requested(); waited += kNap) {
        int status = 0;
        const pid_t found = ::waitpid(m_child, &status, WNOHANG);
        if (found == m_child) {
            m_child = 0;
            return decoderEnded(status, file, m_limits);
        }
        if (found < 0 && errno != EINTR) {
            m_child = 0; // its number may be another's by now
            break;
        }
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
    return fail(whyGone(file, {}));
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
            return fail(whyGone(file, stop));
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
