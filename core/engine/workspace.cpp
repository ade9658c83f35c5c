// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
// Opening a workspace, and mending what a crash left behind:
//
//   1. take the lock of the writing process (or only look, where another one has it)
//   2. open the ledger; an older one is backed up and brought up to date first
//   3. each live run and rollback in the ledger is dead, for this process has just started: the
//      landing tells which of those that committed reached their place; they are finished, the
//      others never happened
//   4. what they staged, half-written rejects files and versions that are no longer kept are
//   removed

#include "core/engine/workspace.h"

#include "core/calendar/day_words.h"
#include "core/engine/ledger_age.h"
#include "core/engine/ledger_copies.h"
#include "core/engine/mending.h"
#include "core/landing/parquet_landing.h"

#include <cerrno>
#include <fstream>
#include <vector>

#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

namespace daymark {

namespace fs = std::filesystem;

namespace {

/// Makes a folder for its owner alone; one that is there already keeps its rights.
Status makeFolder(const fs::path& folder)
{
    std::error_code failure;
    const bool made = fs::create_directories(folder, failure);
    if (failure)
        return fail(fileError(failure.value(), "create", folder));
    if (made && ::chmod(folder.c_str(), S_IRWXU) != 0)
        return fail(fileError(errno, "set the rights of", folder));
    return {};
}

std::string firstLine(const char* path)
{
    std::ifstream file(path);
    std::string line;
    std::getline(file, line);
    return line;
}

/// Field 22 of /proc/self/stat, counted after the closing parenthesis of the program's name.
std::string processStart()
{
    const std::string stat = firstLine("/proc/self/stat");
    std::size_t pos = stat.rfind(')');
    for (int field = 2; field < 22 && pos != std::string::npos; ++field)
        pos = stat.find(' ', pos + 1);
    if (pos == std::string::npos)
        return {};
    return stat.substr(pos + 1, stat.find(' ', pos + 1) - pos - 1);
}

/// Whether days have landed in a folder, whatever its ledger says.
bool holdsLandedDays(const fs::path& folder)
{
    std::error_code failure;
    return !fs::is_empty(folder / "landing", failure) && !failure;
}

Error ledgerLost(const fs::path& folder)
{
    return {
        ErrorCode::WorkspaceDamaged,
        "The workspace " + folder.string() + " holds landed days, but its ledger " +
            std::string(ledger::kFileName) + " is missing or empty.",
        "Make a new one from what is left: daymark-cli repair. Nothing was changed. To begin anew, "
        "choose another folder."};
}

/// Holds what lies under the ledger's name against what a ledger is, before anything opens it: a
/// pipe would never answer.
Status checkLedgerFile(const fs::path& folder)
{
    const fs::path file = folder / ledger::kFileName;
    std::error_code failure;
    const fs::file_status found = fs::status(file, failure);
    if (fs::exists(found) && !fs::is_regular_file(found))
        return fail(ErrorCode::WorkspaceDamaged, "The ledger " + file.string() + " is not a file.",
                    "Make a new one from what is left: daymark-cli repair. Nothing was changed.");
    const bool blank = !fs::exists(found) || fs::file_size(file, failure) == 0;
    if (blank && holdsLandedDays(folder))
        return fail(ledgerLost(folder));
    return {};
}

std::string upgradeSentence(const ledger::Upgrade& upgraded)
{
    return "The ledger was brought from version " + std::to_string(upgraded.from) + " to " +
           std::to_string(upgraded.to) + "; the older one is kept as " +
           upgraded.backup.filename().string() + ".";
}

} // namespace

std::string systemUser()
{
    passwd entry = {};
    passwd* found = nullptr;
    std::vector<char> buffer(16384);
    ::getpwuid_r(::geteuid(), &entry, buffer.data(), buffer.size(), &found);
    return found ? std::string(found->pw_name) : "uid " + std::to_string(::geteuid());
}

ledger::RunOwner thisProcess()
{
    std::vector<char> host(256);
    ::gethostname(host.data(), host.size() - 1);
    return {::getpid(),
            std::string(host.data()) + ' ' + firstLine("/proc/sys/kernel/random/boot_id"),
            processStart()};
}

Status Workspace::create(const fs::path& folder, const Clock& clock, const std::string& actor)
{
    if (const Status made = makeFolder(folder); !made)
        return made;
    if (const Status sound = checkLedgerFile(folder); !sound)
        return sound;
    const auto lock = FileLock::acquire(folder / kLockName);
    if (!lock)
        return fail(lock.error());
    const auto ledger = ledger::Ledger::create(folder / ledger::kFileName,
                                               {actor.empty() ? systemUser() : actor, clock.now()});
    if (!ledger)
        return fail(ledger.error());
    for (const char* part : {"landing", "staging", "rejects", "history"})
        if (const Status made = makeFolder(folder / part); !made)
            return made;
    return {};
}

Result<std::unique_ptr<Workspace>> Workspace::open(const EngineOptions& options)
{
    const fs::path file = options.workspace / ledger::kFileName;
    if (const Status sound = checkLedgerFile(options.workspace); !sound)
        return fail(sound.error());
    std::error_code ignored;
    if (!fs::exists(file, ignored))
        return fail(ErrorCode::WorkspaceMissing,
                    "There is no workspace in " + options.workspace.string() + ".",
                    "Create one: daymark-cli --workspace " +
                        shellQuoted(options.workspace.string()) + " init");
    auto workspace = std::make_unique<Workspace>();
    workspace->folder = options.workspace;
    workspace->clock = options.clock;
    workspace->actor = options.actor.empty() ? systemUser() : options.actor;
    workspace->landing = std::make_unique<landing::ParquetLanding>(options.workspace);
    if (options.mode != OpenMode::Read) {
        auto lock = FileLock::acquire(options.workspace / kLockName);
        if (lock) {
            workspace->m_lock = std::move(*lock);
            workspace->writable = true;
        } else if (options.mode == OpenMode::Write ||
                   lock.error().code != ErrorCode::WorkspaceBusy) {
            Error error = lock.error();
            if (error.code == ErrorCode::WorkspaceBusy)
                error = {
                    ErrorCode::WorkspaceBusy,
                    "The workspace " + options.workspace.string() +
                        " is being run by another process.",
                    "Wait for that process to end, or close its window. Commands that only read "
                    "work meanwhile."};
            return fail(std::move(error));
        }
    }
    auto ledger = ledger::Ledger::open(
        file, workspace->writable ? ledger::Access::Write : ledger::Access::Read,
        workspace->stamp());
    if (!ledger)
        return fail(ledger.error());
    if (const Status age = checkLedgerAge(options.workspace); !age) {
        if (workspace->writable || age.error().code != ErrorCode::WorkspaceDamaged)
            return fail(age.error());
        workspace->repairs.push_back(age.error().message + " " + age.error().hint);
    }
    workspace->ledger = std::move(*ledger);
    if (const auto& upgraded = workspace->ledger->upgraded())
        workspace->repairs.push_back(upgradeSentence(*upgraded));
    if (workspace->writable) {
        if (const Status mended = mendAll(*workspace); !mended)
            return fail(mended.error());
        putCopyBy(*workspace);
    }
    return workspace;
}

bool Workspace::hasWriter() const { return writable || FileLock::isHeld(folder / kLockName); }

Status Workspace::requireWriter() const
{
    if (writable)
        return {};
    return fail(ErrorCode::WorkspaceBusy,
                "The workspace " + folder.string() + " is open for reading only.",
                "Another process runs it; act there, or end it first.");
}

bool Workspace::change(const std::function<Status(ledger::Ledger&)>& change) const
{
    if (writable)
        return change(*ledger).has_value();
    const auto lock = FileLock::acquire(folder / kLockName);
    if (!lock)
        return false;
    const auto own = ledger::Ledger::open(folder / ledger::kFileName, ledger::Access::Write);
    return own && change(**own).has_value();
}

} // namespace daymark
