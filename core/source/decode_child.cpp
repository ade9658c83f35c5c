// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/decode_child.h"

#include "core/source/decode_process.h"
#include "core/source/decode_server.h"

#include <charconv>
#include <csignal>
#include <cstdio>
#include <exception>
#include <fstream>
#include <new>
#include <string_view>
#include <system_error>
#include <thread>

#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

namespace daymark {

namespace {

constexpr int kOwnSocket = 3;
constexpr rlim_t kOpenFiles = 128;

/// Not above what is already allowed.
void limit(__rlimit_resource resource, rlim_t most)
{
    rlimit now{};
    ::getrlimit(resource, &now);
    const rlim_t value = std::min(most, now.rlim_max);
    const rlimit next{value, value};
    ::setrlimit(resource, &next);
}

/// Bytes of address space in use, most of it libraries.
std::uint64_t addressSpace()
{
    std::ifstream file("/proc/self/statm");
    std::uint64_t pages = 0;
    file >> pages;
    return pages * static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
}

void limitMemory(std::uint64_t bytes)
{
    if (!kIsSanitized)
        limit(RLIMIT_AS, addressSpace() + bytes);
}

/// Ends the child with its parent, whatever it is busy with.
void followParent()
{
    pollfd wait{kOwnSocket, POLLRDHUP, 0};
    while (::poll(&wait, 1, -1) <= 0 || (wait.revents & (POLLRDHUP | POLLHUP | POLLERR)) == 0) {
    }
    ::_exit(0);
}

/// Where a library lets an exception go, it is for want of memory most of all.
[[noreturn]] void onTerminate()
{
    try {
        if (std::exception_ptr thrown = std::current_exception())
            std::rethrow_exception(thrown);
    } catch (const std::bad_alloc&) {
        ::_exit(kDecodeOutOfMemory);
    } catch (...) { // NOLINT(bugprone-empty-catch): the signal below tells it
    }
    std::abort();
}

std::uint64_t numberOf(std::string_view text)
{
    std::uint64_t number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

int runChild(std::uint64_t memory, std::uint64_t fileSize)
{
    struct stat info = {};
    if (::fstat(kOwnSocket, &info) != 0 || !S_ISSOCK(info.st_mode)) {
        std::fputs("This is how the program starts itself to decode files.\n", stderr);
        return kDecodeNoParent;
    }
    ::fcntl(kOwnSocket, F_SETFD, FD_CLOEXEC);
    ::prctl(PR_SET_NAME, "daymark-decode", 0, 0, 0);
    ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    std::set_terminate(onTerminate);
    try {
        std::thread(followParent).detach();
    } catch (const std::system_error&) {
        return kDecodeNotBegun;
    }
    limit(RLIMIT_CORE, 0);
    limit(RLIMIT_FSIZE, fileSize);
    limit(RLIMIT_NOFILE, kOpenFiles);
    limitMemory(memory);
    try {
        DecodeServer(Descriptor(kOwnSocket)).run();
    } catch (const std::bad_alloc&) {
        ::_exit(kDecodeOutOfMemory);
    } catch (const std::exception&) {
        ::_exit(1);
    }
    ::_exit(0); // the other thread still waits
}

} // namespace

std::optional<int> decodeIfChild(int argc, char** argv)
{
    std::signal(SIGCHLD,
                SIG_DFL); // where children are not waited for, nobody learns how they ended
    if (argc == 4 && std::string_view(argv[1]) == kDecodeArgument)
        return runChild(numberOf(argv[2]), numberOf(argv[3]));
    DecodeSettings settings = decodeSettings();
    settings.program = "/proc/self/exe";
    setDecodeSettings(std::move(settings));
    return std::nullopt;
}

} // namespace daymark
