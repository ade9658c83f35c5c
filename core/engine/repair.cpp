// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
// A repair, in this order, so that a crash at any moment leaves a workspace that can be repaired:
//
//   1. take the lock; see what is wrong with the ledger
//   2. beside it, in a folder of the repair's own, make a new ledger: a copy of the last good one,
//      or an empty one that takes over what can still be read of the damaged one
//   3. hold every landed day and kept version against it; enter those that it does not know
//   4. give the damaged ledger a second name in a folder `damaged …`; what was being staged goes
//   there
//   5. move the new ledger over the damaged one, whose log must not be left beside it

#include "core/engine/repair.h"

#include "core/base/file.h"
#include "core/base/text.h"
#include "core/calendar/day_words.h"
#include "core/engine/found_days.h"
#include "core/engine/ledger_age.h"
#include "core/engine/ledger_copies.h"
#include "core/engine/workspace.h"
#include "core/landing/folders.h"
#include "core/landing/layout.h"

#include <algorithm>
#include <array>
#include <set>
#include <sys/stat.h>

namespace daymark {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view kWorkFolder = ".repair";
constexpr std::array<std::string_view, 3> kBeside = {"", "-wal", "-shm"};

bool holdsDays(const fs::path& workspace)
{
    std::error_code error;
    fs::recursive_directory_iterator it(workspace / landing::kLandingFolder, error);
    for (const fs::recursive_directory_iterator end; !error && it != end; it.increment(error))
        if (it->path().extension() == ".parquet")
            return true;
    return false;
}

class Repair
{
public:
    Repair(const EngineOptions& options, const RepairRequest& request, std::stop_token stop)
        : m_folder(options.workspace)
        , m_ledger(options.workspace / ledger::kFileName)
        , m_work(options.workspace / kWorkFolder)
        , m_new(m_work / ledger::kFileName)
        , m_by{options.actor.empty() ? systemUser() : options.actor, options.clock.now()}
        , m_request(request)
        , m_stop(std::move(stop))
    {}

    Result<RepairReport> run();

private:
    void tell(const std::string& words, std::optional<double> fraction = {}) const;
    Status examine();
    void findCopy();
    Status makeBase();
    [[nodiscard]] std::optional<fs::path> lastGood() const;
    Status copyBase(const fs::path& copy);
    Status makeEmpty();
    Status salvage();
    void tellSalvage(const ledger::Salvage& salvage);
    Status enterDays();
    Status enter(ledger::Rebuild& rebuild, const ledger::FoundDay& day);
    [[nodiscard]] bool anythingToSetAside() const;
    Status setAside();
    Status moveAside(const fs::path& from, const fs::path& to);
    Status linkAside(const fs::path& from, const fs::path& to);
    Status putInPlace();

    fs::path m_folder;
    fs::path m_ledger;
    fs::path m_work;
    fs::path m_new;                             ///< the ledger that is being made
    std::unique_ptr<ledger::Rebuild> m_rebuild; ///< of the new ledger, once it took something over
    ledger::Stamp m_by;
    const RepairRequest& m_request;
    std::stop_token m_stop;
    RepairReport m_report;
};

/// Sees what is wrong; nothing to do where nothing is.
Status Repair::examine()
{
    const auto opened = ledger::Ledger::open(m_ledger, ledger::Access::Read);
    const Status fit = opened ? checkLedgerAge(m_folder) : fail(opened.error());
    if (fit)
        return {};
    const ErrorCode code = fit.error().code;
    if (code == ErrorCode::WorkspaceMissing && !holdsDays(m_folder))
        return fit;
    if (code != ErrorCode::WorkspaceMissing && code != ErrorCode::WorkspaceDamaged)
        return code == ErrorCode::WorkspaceOlder ? Status() : fit;
    m_report.needed = true;
    m_report.fault = fit.error().message;
    if (code == ErrorCode::WorkspaceMissing)
        m_report.fault = "The ledger " + m_ledger.string() +
                         (landing::isThere(m_ledger) ? " is empty." : " is missing.");
    return {};
}

void Repair::tell(const std::string& words, std::optional<double> fraction) const
{
    if (m_request.progress)
        m_request.progress({words, fraction});
}

void Repair::findCopy()
{
    const auto copy = lastGood();
    if (!copy)
        return;
    m_report.copy = copy->lexically_relative(m_folder).string();
    struct stat status = {};
    if (::stat(copy->c_str(), &status) == 0)
        m_report.copyAt = Instant(std::chrono::seconds(status.st_mtim.tv_sec));
}

/// The latest of the copies that were put by and are sound.
std::optional<fs::path> Repair::lastGood() const
{
    std::vector<fs::path> copies = landing::entriesOf(m_folder / kCopiesFolder);
    for (const fs::path& path : landing::entriesOf(m_folder)) // of a ledger before it was migrated
        if (path.filename().string().starts_with(std::string(ledger::kFileName) + ".") &&
            path.extension() == ".backup")
            copies.push_back(path);
    const auto age = [](const fs::path& path) {
        std::error_code error;
        return fs::last_write_time(path, error);
    };
    std::sort(copies.begin(), copies.end(),
              [&](const fs::path& one, const fs::path& other) { return age(one) > age(other); });
    for (const fs::path& copy : copies) {
        if (!landing::isPlainFile(copy))
            continue;
        const auto opened = ledger::Ledger::open(copy, ledger::Access::Read);
        if (opened || opened.error().code == ErrorCode::WorkspaceOlder)
            return copy;
    }
    return std::nullopt;
}

Status Repair::copyBase(const fs::path& copy)
{
    std::error_code error;
    for (const std::string_view part : kBeside)
        fs::remove(m_new.string() + std::string(part), error);
    if (const Status copied = ledger::copyLedger(copy, m_new); !copied)
        return copied;
    m_report.base = "the copy " + m_report.copy;
    return {};
}

void Repair::tellSalvage(const ledger::Salvage& salvage)
{
    if (salvage.lost == std::vector<std::string>{"everything"}) {
        m_report.notes.emplace_back("Nothing could be read of the damaged ledger: its sources, "
                                    "signals, skipped days and journal are lost.");
        return;
    }
    m_report.base = "what could be read of the damaged one (" + counted(salvage.sources, "source") +
                    ", " + counted(salvage.signals, "signal") + ", " +
                    counted(salvage.runs, "run") + ", " + counted(salvage.days, "day") + ")";
    for (const std::string& part : salvage.lost)
        m_report.notes.push_back("The " + part + " of the damaged ledger could not be read whole.");
}

Status Repair::makeEmpty()
{
    if (const auto made = ledger::Ledger::create(m_new, m_by); !made)
        return fail(made.error());
    m_report.base = "nothing but the landed files";
    return {};
}

/// Takes over what can be read of the damaged ledger, or begins with the last good copy where that
/// is not enough.
Status Repair::salvage()
{
    std::error_code error;
    const fs::path copy = m_folder / m_report.copy;
    const bool copied = !m_report.copy.empty();
    if (m_request.base == RepairBase::Files)
        return {};
    if (m_request.base == RepairBase::Copy && !copied)
        return fail(ErrorCode::WorkspaceMissing, "There is no sound copy of the ledger.",
                    "Repair from what is left: daymark-cli repair.");
    if (m_request.base == RepairBase::Copy)
        return copyBase(copy);
    if (!landing::isPlainFile(m_ledger) || fs::file_size(m_ledger, error) == 0)
        return copied ? copyBase(copy) : Status();
    // Its log is applied to a copy: the damaged one stays as it is.
    const fs::path damaged = m_work / "damaged.sqlite";
    for (const std::string_view part : {kBeside[0], kBeside[1]}) {
        const fs::path from = m_ledger.string() + std::string(part);
        if (landing::isPlainFile(from))
            fs::copy_file(from, damaged.string() + std::string(part), error);
    }
    auto rebuild = ledger::Rebuild::on(m_new, m_by);
    if (!rebuild)
        return fail(rebuild.error());
    const ledger::Salvage salvage = (*rebuild)->takeOver(damaged);
    if (copied && !salvage.holdsHistory()) {
        rebuild->reset();
        return copyBase(copy);
    }
    // As long as the days are not entered, its figures may be wrong: nobody else could open it.
    m_rebuild = std::move(*rebuild);
    tellSalvage(salvage);
    return {};
}

Status Repair::makeBase()
{
    std::error_code error;
    fs::remove_all(m_work, error);
    if (const Status made = landing::makeFolders(m_folder, kWorkFolder); !made)
        return made;
    if (const Status made = makeEmpty(); !made)
        return made;
    return salvage();
}

Status Repair::enter(ledger::Rebuild& rebuild, const ledger::FoundDay& day)
{
    const auto held = rebuild.holds(day);
    if (!held)
        return fail(held.error());
    (day.current ? m_report.days : m_report.versions) += 1;
    if (*held)
        return {};
    const Status adopted = rebuild.adopt(day);
    if (adopted) {
        m_report.rebuilt += day.current ? 1 : 0;
        return {};
    }
    if (adopted.error().code != ErrorCode::DayState)
        return adopted;
    m_report.notes.push_back(day.files.front().path +
                             " stays as it is: " + adopted.error().message);
    return {};
}

Status Repair::enterDays()
{
    auto found = findDays(m_folder, m_stop, [this](std::size_t done, std::size_t of) {
        tell("Reading the landed days", of == 0 ? 1.0 : double(done) / double(of));
    });
    if (!found)
        return fail(found.error());
    Result<std::unique_ptr<ledger::Rebuild>> rebuild = std::move(m_rebuild);
    if (!*rebuild)
        rebuild = ledger::Rebuild::on(m_new, m_by);
    if (!rebuild)
        return fail(rebuild.error());
    std::set<std::string> sources;
    for (const ledger::FoundDay& day : found->days) {
        sources.insert(day.source);
        if (const Status entered = enter(**rebuild, day); !entered)
            return entered;
    }
    m_report.sources.assign(sources.begin(), sources.end());
    m_report.notes.insert(m_report.notes.end(), found->notes.begin(), found->notes.end());
    const auto doubtful = (*rebuild)->settleSeals();
    if (!doubtful)
        return fail(doubtful.error());
    for (const std::string& place : *doubtful)
        m_report.notes.push_back("The figures of " + place +
                                 ", are not what was written, and there are no files of it to "
                                 "count them again: they stay as they were found.");
    const auto bare = (*rebuild)->bareSources();
    if (!bare)
        return fail(bare.error());
    for (const std::string& name : *bare)
        m_report.notes.push_back("Of the source " + name +
                                 " nothing is known but its landed days: add a source of that name "
                                 "again, and it takes them up.");
    if (const Status reserved = (*rebuild)->reserveRuns(found->highestRun); !reserved)
        return reserved;
    return (*rebuild)->note("workspace.repair", "began with " + m_report.base);
}

Status Repair::moveAside(const fs::path& from, const fs::path& to)
{
    return landing::isThere(from) ? moveToNew(from, to) : Status();
}

/// Keeps a file under another name while it stays where it is; what is no file is moved.
Status Repair::linkAside(const fs::path& from, const fs::path& to)
{
    if (!landing::isPlainFile(from))
        return moveAside(from, to);
    std::error_code error;
    fs::create_hard_link(from, to, error);
    return error ? copyFileDurably(from, to) : Status();
}

bool Repair::anythingToSetAside() const
{
    for (const std::string_view part : kBeside)
        if (landing::isThere(m_ledger.string() + std::string(part)))
            return true;
    return !landing::entriesOf(m_folder / landing::kStagingFolder).empty();
}

Status Repair::setAside()
{
    if (!anythingToSetAside())
        return {};
    std::string name = "damaged " + formatInstant(m_by.at);
    std::replace(name.begin(), name.end(), ':', '-');
    while (landing::isThere(m_folder / name))
        name += "+";
    if (const Status made = landing::makeFolders(m_folder, name); !made)
        return made;
    m_report.setAside = m_folder / name;
    for (const std::string_view part : kBeside) {
        const std::string file = std::string(ledger::kFileName) + std::string(part);
        if (const Status kept = linkAside(m_folder / file, m_report.setAside / file); !kept)
            return kept;
    }
    for (const fs::path& staged : landing::entriesOf(m_folder / landing::kStagingFolder))
        if (const Status moved = moveAside(staged, m_report.setAside / staged.filename()); !moved)
            return moved;
    if (const Status synced = syncFolder(m_report.setAside); !synced)
        return synced;
    return syncFolder(m_folder);
}

Status Repair::putInPlace()
{
    if (landing::isThere(m_new.string() + "-wal"))
        return fail(ErrorCode::StorageFailed, "The new ledger could not be closed.",
                    "Check the disk, then repair again.");
    if (const Status synced = syncFile(m_new); !synced)
        return synced;
    std::error_code error;
    for (const std::string_view part : {kBeside[1], kBeside[2]})
        fs::remove(m_ledger.string() + std::string(part), error);
    fs::rename(m_new, m_ledger, error);
    if (error)
        return fail(fileError(error.value(), "move " + m_new.string() + " to", m_ledger));
    fs::remove_all(m_work, error);
    return syncFolder(m_folder);
}

Result<RepairReport> Repair::run()
{
    if (const Status examined = examine(); !examined)
        return fail(examined.error());
    std::error_code error;
    if (!m_report.needed) {
        if (!m_request.dryRun)
            fs::remove_all(m_work, error); // of a repair that was killed when it was done
        return m_report;
    }
    findCopy();
    const auto finish = [this]() -> Status {
        tell("Reading what is left of the ledger");
        if (const Status made = makeBase(); !made)
            return made;
        if (const Status entered = enterDays(); !entered || m_request.dryRun)
            return entered;
        tell("Putting the new ledger into its place");
        if (const Status aside = setAside(); !aside)
            return aside;
        return putInPlace();
    };
    const Status finished = finish();
    fs::remove_all(m_work, error);
    if (!finished)
        return fail(finished.error());
    m_report.done = !m_request.dryRun;
    return m_report;
}

} // namespace

Result<RepairReport> repairWorkspace(const EngineOptions& options, const RepairRequest& request,
                                     const std::stop_token& stop)
{
    std::error_code error;
    if (!fs::is_directory(options.workspace, error))
        return fail(ErrorCode::WorkspaceMissing,
                    "There is no workspace in " + options.workspace.string() + ".",
                    "Name the right folder with --workspace.");
    const auto lock = FileLock::acquire(options.workspace / kLockName);
    if (!lock && lock.error().code == ErrorCode::WorkspaceBusy)
        return fail(ErrorCode::WorkspaceBusy,
                    "The workspace " + options.workspace.string() +
                        " is being run by another process, so that it is not repaired now.",
                    "End that process, or close its window, then repair again.");
    if (!lock)
        return fail(lock.error());
    return Repair(options, request, stop).run();
}

} // namespace daymark
