// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
// How an older ledger becomes a newer one:
//
//   1. settle: move what the write-ahead log holds into the ledger and do without a log, which
//      needs every other connection to be gone; from here on the ledger is one file
//   2. back up: copy it to a name of its own, unless the newest backup is this very file already
//   3. copy it again, and in the copy take the missing steps in one transaction, write the journal,
//      hold the whole against SQLite's checks, and force it to the disk
//   4. look once more that no log lies beside the ledger (it would be replayed into the new one),
//      move the copy over the ledger, force the folder to the disk
//   5. drop all but the newest backups
//
// Up to the move in 4 the old ledger stays in its place. What an attempt leaves behind that was cut
// short before it, the next one replaces.

#include "core/ledger/upgrade.h"

#include "core/base/fault.h"
#include "core/base/file.h"
#include "core/ledger/journal_writer.h"
#include "core/ledger/migrations.h"

#include <algorithm>
#include <system_error>
#include <vector>

namespace daymark::ledger {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view kBackupEnding = ".backup";

fs::path beside(const fs::path& file, const std::string& ending)
{
    return file.parent_path() / (file.filename().string() + ending);
}

Error inUse(const fs::path& file)
{
    return {ErrorCode::WorkspaceBusy,
            "The ledger " + file.string() +
                " is of an older version, and another process reads it at the moment.",
            "End the other programs that have this workspace open, then try again: the ledger is "
            "brought up to date when nobody else uses it."};
}

/// Step 1. What the ledger's version is.
Result<int> settle(const fs::path& file)
{
    return guarded(file, [&]() -> Result<int> {
        const auto database = openDatabase(file, SQLite::OPEN_READWRITE | SQLite::OPEN_NOMUTEX);
        const int version = schemaVersion(*database);
        const std::string mode = database->execAndGet("PRAGMA journal_mode = DELETE").getString();
        if (mode != "delete")
            return fail(inUse(file));
        return version;
    });
}

/// The files beside a ledger that are named `LEDGER.…ENDING`, in the order of their names: of
/// backups, the oldest first, for they are named by their time.
std::vector<fs::path> filesBeside(const fs::path& file, std::string_view ending)
{
    const std::string beginning = file.filename().string() + ".";
    std::vector<fs::path> files;
    std::error_code failure;
    for (fs::directory_iterator entry(file.parent_path(), failure), end; !failure && entry != end;
         entry.increment(failure)) {
        const std::string name = entry->path().filename().string();
        if (name.starts_with(beginning) && name.ends_with(ending))
            files.push_back(entry->path());
    }
    std::sort(files.begin(), files.end());
    return files;
}

/// `daymark.sqlite.20220617T100000Z-v1.backup`, or the same with a number where that is taken.
fs::path newBackupName(const fs::path& file, int version)
{
    const auto now = std::chrono::system_clock::now();
    std::string time = formatInstant(
        Instant(std::chrono::duration_cast<std::chrono::seconds>(now.time_since_epoch())));
    std::erase_if(time, [](char c) { return c == '-' || c == ':'; });
    const std::string ending = "-v" + std::to_string(version) + std::string(kBackupEnding);
    fs::path name = beside(file, "." + time + ending);
    std::error_code ignored;
    for (int number = 2; fs::exists(name, ignored); ++number)
        name = beside(file, "." + time + "-" + std::to_string(number) + ending);
    return name;
}

bool isSameFile(const fs::path& one, const fs::path& other)
{
    std::error_code failure;
    if (fs::file_size(one, failure) != fs::file_size(other, failure) || failure)
        return false;
    const auto first = digestFile(one);
    const auto second = digestFile(other);
    return first && second && first->sha256 == second->sha256;
}

/// Step 2.
Result<fs::path> backUp(const fs::path& file, int version)
{
    std::error_code ignored;
    for (const fs::path& draft : filesBeside(file, std::string(kBackupEnding) + ".new"))
        fs::remove(draft, ignored);
    const std::vector<fs::path> backups = filesBeside(file, kBackupEnding);
    if (!backups.empty() && isSameFile(backups.back(), file))
        return backups.back();
    const fs::path backup = newBackupName(file, version);
    if (const Status copied = copyFileDurably(file, backup); !copied)
        return fail(copied.error());
    return backup;
}

/// What a copy of an attempt that was cut short left behind.
void removeCopy(const fs::path& copy)
{
    std::error_code ignored;
    for (const char* ending : {"", "-journal", "-wal", "-shm", ".new"})
        fs::remove(beside(copy, ending), ignored);
}

Status checkCopy(SQLite::Database& database, const fs::path& file)
{
    const std::string verdict = database.execAndGet("PRAGMA quick_check(1)").getString();
    const bool sound = verdict == "ok" && !Query(database, "PRAGMA foreign_key_check").next();
    if (sound)
        return {};
    return fail(ErrorCode::WorkspaceDamaged,
                "The ledger " + file.string() +
                    " could not be brought up to date: its copy fails "
                    "SQLite's checks (" +
                    verdict + ").",
                "Put back the last good copy of the file; nothing was changed.");
}

/// Step 3 in the copy.
Status takeSteps(const fs::path& copy, std::span<const char* const> steps, const Upgrade& done,
                 const Stamp& by)
{
    const Status taken = guarded(copy, [&]() -> Status {
        const auto database = openDatabase(copy, SQLite::OPEN_READWRITE | SQLite::OPEN_NOMUTEX);
        SQLite::Transaction transaction(*database);
        migrate(*database, steps);
        writeJournal(*database, {0,
                                 by.at,
                                 by.actor,
                                 "",
                                 {},
                                 "workspace.upgrade",
                                 "from version " + std::to_string(done.from) + " to " +
                                     std::to_string(done.to) + "; the older ledger is kept as " +
                                     done.backup.filename().string()});
        if (Status passed = faultPoint("in_migration"); !passed)
            return passed;
        transaction.commit();
        return checkCopy(*database, copy);
    });
    return taken ? syncFile(copy) : taken;
}

/// Step 4.
Status putInPlace(const fs::path& copy, const fs::path& file)
{
    std::error_code failure;
    for (const char* ending : {"-wal", "-journal"})
        if (fs::exists(beside(file, ending), failure))
            return fail(inUse(file));
    fs::rename(copy, file, failure);
    if (failure)
        return fail(fileError(failure.value(), "move " + copy.string() + " to", file));
    return syncFolder(file.parent_path());
}

/// Step 5. A backup that cannot be removed is no reason to refuse the new ledger.
void dropOldBackups(const fs::path& file, const fs::path& newest)
{
    std::vector<fs::path> backups = filesBeside(file, kBackupEnding);
    std::erase(backups, newest);
    std::error_code ignored;
    for (std::size_t i = 0; i + kKeptBackups <= backups.size(); ++i)
        fs::remove(backups[i], ignored);
}

/// Steps 3 and 4.
Status replace(const fs::path& file, const fs::path& copy, std::span<const char* const> steps,
               const Upgrade& done, const Stamp& by)
{
    if (Status copied = copyFileDurably(file, copy); !copied)
        return copied;
    if (Status passed = faultPoint("upgrade_copied"); !passed)
        return passed;
    if (Status taken = takeSteps(copy, steps, done, by); !taken)
        return taken;
    if (Status passed = faultPoint("upgrade_migrated"); !passed)
        return passed;
    return putInPlace(copy, file);
}

} // namespace

Result<Upgrade> upgrade(const fs::path& name, std::span<const char* const> steps, const Stamp& by)
{
    // A link to a ledger elsewhere stays a link.
    std::error_code failure;
    const fs::path file = fs::canonical(name, failure);
    if (failure)
        return fail(fileError(failure.value(), "find", name));
    const Result<int> version = settle(file);
    if (!version)
        return fail(version.error());
    if (const Status passed = faultPoint("upgrade_settled"); !passed)
        return fail(passed.error());
    const Result<fs::path> backup = backUp(file, *version);
    if (!backup)
        return fail(backup.error());
    if (const Status passed = faultPoint("upgrade_backed_up"); !passed)
        return fail(passed.error());
    const Upgrade done{*version, static_cast<int>(steps.size()), *backup};
    const fs::path copy = beside(file, ".upgrade");
    removeCopy(copy);
    if (const Status replaced = replace(file, copy, steps, done, by); !replaced) {
        removeCopy(copy);
        return fail(replaced.error());
    }
    if (const Status passed = faultPoint("upgrade_swapped"); !passed)
        return fail(passed.error());
    dropOldBackups(file, done.backup);
    return done;
}

} // namespace daymark::ledger
