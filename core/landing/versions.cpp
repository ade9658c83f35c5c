// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Versions of days: kept, staged again, put into a landed day's place, compared.
//
// What is kept is linked into the history before anything else moves, so that a version's files are
// at one of their two places at every moment, and the staging can always be dropped.

#include "core/base/fault.h"
#include "core/base/file.h"
#include "core/landing/folders.h"
#include "core/landing/layout.h"
#include "core/landing/parquet_file.h"
#include "core/landing/parquet_landing.h"

#include <algorithm>
#include <cerrno>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

namespace daymark::landing {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view kBackFolder = "back";
constexpr std::size_t kGroupsApart = 200; ///< more than these are compared all at once
constexpr std::uint64_t kComparisonMemory = std::uint64_t{384} << 20U;

/// The files of `day` as they are called below `folder`.
std::vector<LandedFile> filesBelow(const fs::path& folder, std::vector<LandedFile> files)
{
    for (LandedFile& file : files)
        file.path = (folder / fs::path(file.path).filename()).string();
    return files;
}

bool areThere(const fs::path& workspace, const std::vector<LandedFile>& files)
{
    return !files.empty() && std::all_of(files.begin(), files.end(), [&](const LandedFile& file) {
        std::error_code error;
        const fs::path path = workspace / file.path;
        return isPlainFile(path) && fs::file_size(path, error) == file.bytes && !error;
    });
}

/// Gives a file a second name; a copy where the file system knows no such thing.
Status linkFile(const fs::path& from, const fs::path& to)
{
    if (::link(from.c_str(), to.c_str()) == 0)
        return {};
    if (errno != EPERM && errno != EOPNOTSUPP && errno != EMLINK && errno != ENOSYS)
        return fail(fileError(errno, "link " + from.string() + " to", to));
    std::error_code failure;
    fs::copy_file(from, to, failure);
    if (failure)
        return fail(fileError(failure.value(), "copy " + from.string() + " to", to));
    if (::chmod(to.c_str(), S_IRUSR | S_IWUSR) != 0)
        return fail(fileError(errno, "set the rights of", to));
    return syncFile(to);
}

/// Links files into a new folder below the workspace.
Status linkAll(const fs::path& workspace, const std::vector<LandedFile>& files,
               const fs::path& below)
{
    if (const Status removed = removeTree(workspace / below); !removed)
        return removed;
    if (const Status made = makeFolders(workspace, below); !made)
        return made;
    for (const LandedFile& file : files) {
        const fs::path from = workspace / file.path;
        if (const Status linked = linkFile(from, workspace / below / from.filename()); !linked)
            return linked;
    }
    return syncFolder(workspace / below);
}

Status checkHash(const fs::path& workspace, const LandedFile& file, const std::stop_token& stop)
{
    const auto digest = digestFile(workspace / file.path, stop);
    if (!digest && digest.error().code == ErrorCode::RunCancelled)
        return fail(digest.error());
    if (digest && digest->bytes == file.bytes && digest->sha256 == file.sha256)
        return {};
    return fail(ErrorCode::StorageDamaged,
                "The file " + file.path + " of the earlier version " +
                    (digest ? "is not, byte for byte, what landed."
                            : "cannot be read: " + digest.error().message),
                "Go to another version, or import the day again.");
}

/// `WHERE metric_name = … AND id_type = …`; nothing for all groups.
std::string groupFilter(const Group* group)
{
    if (!group)
        return {};
    return " WHERE metric_name = " + quotedText(group->metric) +
           " AND id_type = " + quotedText(group->idType);
}

std::string signedRows(std::span<const fs::path> files, std::string_view sign, const Group* group)
{
    return "SELECT unit_id, id_type, metric_name, metric_value, numerator, denominator, " +
           std::string(sign) + " AS side FROM read_parquet(" + fileList(files) +
           ", hive_partitioning = false)" + groupFilter(group);
}

/// Rows that are on one side only, then what they come to for each unit, then for each group.
std::string compareStatement(std::span<const fs::path> before, std::span<const fs::path> after,
                             const Group* group)
{
    return "WITH both_sides AS (" + signedRows(after, "1", group) + " UNION ALL " +
           signedRows(before, "-1", group) +
           "), one_side AS (SELECT unit_id, id_type, metric_name, sum(side) AS side FROM "
           "both_sides GROUP BY unit_id, id_type, metric_name, metric_value, numerator, "
           "denominator HAVING sum(side) <> 0), of_unit AS (SELECT id_type, metric_name, "
           "sum(greatest(side, 0)) AS more, sum(greatest(-side, 0)) AS less FROM one_side "
           "GROUP BY unit_id, id_type, metric_name) SELECT metric_name, id_type, "
           "CAST(sum(more - least(more, less)) AS BIGINT), "
           "CAST(sum(less - least(more, less)) AS BIGINT), "
           "CAST(sum(least(more, less)) AS BIGINT) FROM of_unit "
           "GROUP BY metric_name, id_type ORDER BY metric_name, id_type";
}

Result<DuckConnection> connectForComparison(std::vector<fs::path> files, const fs::path& scratch)
{
    DuckOptions options;
    options.files = std::move(files);
    options.temporaryFolder = scratch;
    options.memoryLimit = kComparisonMemory;
    auto database = DuckDatabase::open(options);
    if (!database)
        return fail(database.error());
    return database->connect();
}

Status addChanges(DuckConnection& connection, const std::string& statement,
                  std::vector<GroupChange>& changes, const std::stop_token& stop)
{
    auto result = connection.query(statement, stop);
    if (!result)
        return fail(result.error());
    const auto count = [&result](std::size_t column, std::size_t row) {
        return static_cast<std::uint64_t>(result->column(column).integer(row));
    };
    while (true) {
        const auto more = result->next();
        if (!more)
            return fail(more.error());
        if (!*more)
            return {};
        for (std::size_t row = 0; row < result->rows(); ++row)
            changes.push_back({std::string(result->column(0).text(row)),
                               std::string(result->column(1).text(row)), count(2, row),
                               count(3, row), count(4, row)});
    }
}

/// Adds the runs that lie below one day of the history.
void addVersions(const fs::path& dayPath, const DayPlace& place, std::vector<KeptVersion>& versions)
{
    for (const fs::path& folder : entriesOf(dayPath))
        if (const auto run = runOfFolder(folder.filename().string()))
            versions.push_back({place, *run});
}

} // namespace

std::vector<LandedFile> ParquetLanding::placedFiles(const ExpectedDay& day) const
{
    return filesBelow(dayFolder(day.place), day.files);
}

std::vector<LandedFile> ParquetLanding::keptFiles(const ExpectedDay& day) const
{
    auto files = filesBelow(versionFolder(day.place, day.run), day.files);
    return areThere(m_workspace, files) ? files : std::vector<LandedFile>();
}

Result<std::vector<LandedFile>> ParquetLanding::keepVersion(const ExpectedDay& day)
{
    const fs::path below = versionFolder(day.place, day.run);
    if (!areThere(m_workspace, day.files))
        return std::vector<LandedFile>();
    if (const Status linked = linkAll(m_workspace, day.files, below); !linked)
        return fail(linked.error());
    if (const Status synced = syncParents(m_workspace, below); !synced)
        return fail(synced.error());
    if (const Status passed = faultPoint("version_kept"); !passed)
        return fail(passed.error());
    return filesBelow(below, day.files);
}

Result<Staging> ParquetLanding::stageVersion(const ExpectedDay& version, std::stop_token stop)
{
    for (const LandedFile& file : version.files)
        if (const Status same = checkHash(m_workspace, file, stop); !same)
            return fail(same.error());
    auto staging = stage(version.run, version.place);
    if (!staging)
        return staging;
    const fs::path below = staging->folder.lexically_relative(m_workspace);
    if (const Status linked = linkAll(m_workspace, version.files, below); !linked)
        return fail(linked.error());
    return staging;
}

Status ParquetLanding::replace(const Staging& staging)
{
    const fs::path below = dayFolder(staging.place);
    const fs::path target = m_workspace / below;
    if (!isThere(target))
        return publish(staging);
    if (const Status moved = exchange(staging.folder, target); !moved)
        return moved;
    const Status synced = syncMove(m_workspace, staging.folder, below);
    if (synced)
        return {};
    // Not known to be durable, hence not published: what was there comes back.
    const Status back = exchange(target, staging.folder);
    if (!back) {
        return fail(synced.error().code, synced.error().message + " " + back.error().message,
                    synced.error().hint);
    }
    return synced;
}

Result<std::vector<GroupChange>> ParquetLanding::compare(const ExpectedDay& before,
                                                         const Staging& after,
                                                         std::span<const Group> groups,
                                                         std::stop_token stop)
{
    std::vector<fs::path> old;
    for (const LandedFile& file : before.files)
        old.push_back(m_workspace / file.path);
    const std::vector<fs::path> now = entriesOf(after.folder);
    if (!areThere(m_workspace, before.files) || now.empty())
        return fail(ErrorCode::StorageDamaged, "The landed files of " +
                                                   formatDay(before.place.day) +
                                                   " are not as they were landed.");
    std::vector<fs::path> files = old;
    files.insert(files.end(), now.begin(), now.end());
    auto connection = connectForComparison(std::move(files), after.scratch);
    if (!connection)
        return fail(connection.error());
    // One metric after another: the rows of one lie together, and its units are all that is held.
    std::vector<GroupChange> changes;
    const bool apart = !groups.empty() && groups.size() <= kGroupsApart;
    for (std::size_t i = 0; i < (apart ? groups.size() : 1); ++i) {
        const std::string statement = compareStatement(old, now, apart ? &groups[i] : nullptr);
        if (const Status added = addChanges(*connection, statement, changes, stop); !added)
            return fail(added.error());
    }
    return changes;
}

Status ParquetLanding::dropVersion(const DayPlace& place, RunId run)
{
    const fs::path folder = m_workspace / versionFolder(place, run);
    if (!isThere(folder))
        return {};
    if (const Status removed = removeTree(folder); !removed)
        return removed;
    // The day's own folder goes with its last version.
    ::rmdir(folder.parent_path().c_str());
    return {};
}

std::vector<KeptVersion> ParquetLanding::versions() const
{
    std::vector<KeptVersion> versions;
    for (const fs::path& datasetPath : entriesOf(m_workspace / kHistoryFolder)) {
        const Dataset* dataset = findDataset(datasetPath.filename().string());
        if (!dataset)
            continue;
        for (const fs::path& sourcePath : entriesOf(datasetPath))
            for (const fs::path& dayPath : entriesOf(sourcePath))
                if (const auto day = dayOfPath(dayPath.filename()))
                    addVersions(dayPath, {sourceOfPath(sourcePath.filename()), dataset->kind, *day},
                                versions);
    }
    return versions;
}

/// Puts the version that a run was to replace back into its place.
Status ParquetLanding::putBack(const LiveRun& run)
{
    const fs::path kept = versionFolder(run.place, *run.replaces);
    const fs::path back = stagingFolder(run.run) / kBackFolder;
    std::vector<LandedFile> files;
    for (const fs::path& path : entriesOf(m_workspace / kept))
        files.push_back({(kept / path.filename()).string(), 0, "", 0});
    if (const Status linked = linkAll(m_workspace, files, back); !linked)
        return linked;
    const fs::path target = m_workspace / dayFolder(run.place);
    if (const Status moved = exchange(m_workspace / back, target); !moved)
        return moved;
    return syncFolder(target.parent_path());
}

/// Leaves the day of a run that did not reach its place as it was before.
Status ParquetLanding::undo(const LiveRun& run)
{
    if (!run.replaces)
        return retract(run.place, run.run);
    const fs::path kept = m_workspace / versionFolder(run.place, *run.replaces);
    if (carries(run.place, run.run)) {
        const Status undone = entriesOf(kept).empty() ? retract(run.place, run.run) : putBack(run);
        if (!undone)
            return undone;
    }
    // What was kept of a version that stays current is a second name of its files.
    return carries(run.place, *run.replaces) ? dropVersion(run.place, *run.replaces) : Status{};
}

} // namespace daymark::landing
