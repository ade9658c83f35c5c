// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/landing/parquet_landing.h"

#include "core/base/fault.h"
#include "core/base/file.h"
#include "core/base/text.h"
#include "core/landing/folders.h"
#include "core/landing/layout.h"
#include "core/landing/parquet_file.h"

#include <algorithm>
#include <cerrno>
#include <sys/stat.h>

namespace daymark::landing {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view kRetracted = "retracted";

Error cancelled() { return {ErrorCode::RunCancelled, "The run was cancelled.", {}}; }

Error notOurs(const fs::path& path)
{
    return {ErrorCode::StorageDamaged,
            "The staging folder holds " + path.string() + ", which the run did not write there.",
            "Check what else writes into the workspace folder."};
}

/// Verifies one staged file, hashes it and forces it to the disk.
Result<LandedFile> sealFile(const fs::path& file, FooterReader& footers, std::stop_token stop)
{
    const auto rows = footers.rows(file, stop);
    if (!rows)
        return fail(rows.error());
    if (::chmod(file.c_str(), S_IRUSR | S_IWUSR) != 0)
        return fail(fileError(errno, "set the rights of", file));
    const auto digest = digestFile(file, stop);
    if (!digest)
        return fail(digest.error());
    if (const Status synced = syncFile(file); !synced)
        return fail(synced.error());
    return LandedFile{file.filename().string(), digest->bytes, digest->sha256, *rows};
}

std::uint64_t rowsOf(const std::vector<LandedFile>& files)
{
    std::uint64_t rows = 0;
    for (const LandedFile& file : files)
        rows += file.rows;
    return rows;
}

/// Whether every recorded file of a run is at its place in its recorded size.
bool isWhole(const fs::path& workspace, const LiveRun& run)
{
    return std::all_of(run.files.begin(), run.files.end(), [&](const LandedFile& file) {
        std::error_code error;
        const fs::path path = workspace / file.path;
        return isPlainFile(path) && fs::file_size(path, error) == file.bytes && !error;
    });
}

} // namespace

ParquetLanding::ParquetLanding(fs::path workspace) : m_workspace(std::move(workspace)) {}

Result<Staging> ParquetLanding::stage(RunId run, const DayPlace& place)
{
    const fs::path below = stagingFolder(run);
    if (const Status removed = removeTree(m_workspace / below); !removed)
        return fail(removed.error());
    for (const std::string_view part : {kDataFolder, kScratchFolder}) {
        if (const Status made = makeFolders(m_workspace, below / part); !made)
            return fail(made.error());
    }
    Staging staging;
    staging.run = run;
    staging.place = place;
    staging.folder = m_workspace / below / kDataFolder;
    staging.file = staging.folder / firstFileName(run);
    staging.scratch = m_workspace / below / kScratchFolder;
    return staging;
}

Result<std::vector<LandedFile>> ParquetLanding::seal(const Staging& staging, std::uint64_t rows,
                                                     std::stop_token stop)
{
    if (const Status passed = faultPoint("staged"); !passed)
        return fail(passed.error());
    auto footers = FooterReader::open(staging.folder);
    if (!footers)
        return fail(footers.error());
    std::vector<LandedFile> files;
    for (const fs::path& path : entriesOf(staging.folder)) {
        if (stop.stop_requested())
            return fail(cancelled());
        if (!isPlainFile(path) || !belongsToRun(path.filename().string(), staging.run))
            return fail(notOurs(path));
        auto file = sealFile(path, *footers, stop);
        if (!file)
            return fail(file.error());
        file->path = (dayFolder(staging.place) / file->path).string();
        files.push_back(std::move(*file));
    }
    if (files.empty() || rowsOf(files) != rows) {
        return fail(ErrorCode::StorageDamaged,
                    "The staged files of " + formatDay(staging.place.day) + " hold " +
                        groupedDigits(rowsOf(files)) + " rows where " + groupedDigits(rows) +
                        " were written.",
                    "Check the disk, then import the day again.");
    }
    if (const Status synced = syncFolder(staging.folder); !synced)
        return fail(synced.error());
    if (const Status passed = faultPoint("sealed"); !passed)
        return fail(passed.error());
    return files;
}

Status ParquetLanding::publish(const Staging& staging)
{
    const fs::path below = dayFolder(staging.place);
    const fs::path target = m_workspace / below;
    if (const Status made = makeFolders(m_workspace, below.parent_path()); !made)
        return made;
    if (isThere(target)) {
        return fail(ErrorCode::DayState, "There is a folder " + target.string() + " already.",
                    "See what is in it with: daymark-cli check");
    }
    if (const Status moved = moveToNew(staging.folder, target); !moved)
        return moved;
    const Status synced = syncMove(m_workspace, staging.folder, below);
    if (synced)
        return {};
    // Not known to be durable, hence not published: it goes back to where it came from.
    const Status back = moveToNew(target, staging.folder);
    if (!back) {
        return fail(synced.error().code, synced.error().message + " " + back.error().message,
                    synced.error().hint);
    }
    return synced;
}

Status ParquetLanding::retract(const DayPlace& place, RunId run)
{
    if (!carries(place, run))
        return {};
    const fs::path from = m_workspace / dayFolder(place);
    if (const Status made = makeFolders(m_workspace, stagingFolder(run)); !made)
        return made;
    const fs::path to = m_workspace / stagingFolder(run) / kRetracted;
    if (const Status removed = removeTree(to); !removed)
        return removed;
    if (const Status moved = moveToNew(from, to); !moved)
        return moved;
    if (const Status synced = syncFolder(from.parent_path()); !synced)
        return synced;
    return dropStaging(run);
}

bool ParquetLanding::carries(const DayPlace& place, RunId run) const
{
    const auto entries = entriesOf(m_workspace / dayFolder(place));
    return std::any_of(entries.begin(), entries.end(), [&](const fs::path& path) {
        return isPlainFile(path) && belongsToRun(path.filename().string(), run);
    });
}

Status ParquetLanding::dropStaging(RunId run)
{
    return removeTree(m_workspace / stagingFolder(run));
}

Result<Recovery> ParquetLanding::recover(std::span<const LiveRun> live)
{
    Recovery recovery;
    for (const LiveRun& run : live) {
        const bool published =
            run.committing && carries(run.place, run.run) && isWhole(m_workspace, run);
        if (published) {
            if (const Status synced = syncParents(m_workspace, dayFolder(run.place)); !synced)
                return fail(synced.error());
        } else if (const Status undone = undo(run); !undone) {
            return fail(undone.error());
        }
        (published ? recovery.published : recovery.unpublished).push_back(run.run);
    }
    for (const fs::path& path : entriesOf(m_workspace / kStagingFolder)) {
        if (const Status removed = removeTree(path); !removed)
            return fail(removed.error());
        recovery.dropped.push_back((fs::path(kStagingFolder) / path.filename()).string());
    }
    return recovery;
}

Status ParquetLanding::removeSource(DatasetKind dataset, const std::string& source)
{
    const fs::path below = fs::path(kStagingFolder) / ("removed-" + pathSafe(source));
    if (const Status made = makeFolders(m_workspace, kStagingFolder); !made)
        return made;
    for (const fs::path& folder : {sourceFolder(dataset, source), historyFolder(dataset, source)}) {
        const fs::path from = m_workspace / folder;
        if (!isThere(from))
            continue;
        if (const Status removed = removeTree(m_workspace / below); !removed)
            return removed;
        if (const Status moved = moveToNew(from, m_workspace / below); !moved)
            return moved;
        if (const Status synced = syncFolder(from.parent_path()); !synced)
            return synced;
        if (const Status removed = removeTree(m_workspace / below); !removed)
            return removed;
    }
    return {};
}

} // namespace daymark::landing
