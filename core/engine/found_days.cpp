// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/found_days.h"

#include "core/base/file.h"
#include "core/base/text.h"
#include "core/base/time_zone.h"
#include "core/engine/landed_reader.h"
#include "core/engine/run_files.h"
#include "core/ingest/ingest.h"
#include "core/landing/folders.h"
#include "core/landing/layout.h"
#include "core/landing/parquet_file.h"

#include <algorithm>

namespace daymark {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view kMetrics = "metrics";

/// A folder of landed files and what its path says of it.
struct Place
{
    fs::path below; ///< of the workspace
    std::string source;
    Day day;
    bool current = true;
};

/// The number in `run-000012…`.
std::optional<RunId> runOfName(std::string_view name)
{
    constexpr std::size_t begin = std::string_view("run-").size();
    std::size_t end = begin;
    while (end < name.size() && name[end] >= '0' && name[end] <= '9')
        ++end;
    return landing::runOfFolder(name.substr(0, std::min(end, name.size())));
}

Instant writtenAt(const fs::path& file)
{
    std::error_code error;
    const auto age = fs::file_time_type::clock::now() - fs::last_write_time(file, error);
    const auto now = std::chrono::system_clock::now();
    return std::chrono::floor<std::chrono::microseconds>(
        error ? now : now - std::chrono::duration_cast<std::chrono::system_clock::duration>(age));
}

class Finder
{
public:
    Finder(fs::path workspace, std::stop_token stop)
        : m_workspace(std::move(workspace)), m_stop(std::move(stop))
    {}

    Result<FoundDays> run(const std::function<void(std::size_t, std::size_t)>& progress);

private:
    void listDays(std::string_view top, std::vector<Place>& places) const;
    void noteRuns(const fs::path& folder);
    Status take(const Place& place);
    Result<ledger::FoundDay> read(const Place& place, const std::vector<fs::path>& files);
    Status addRows(DuckConnection connection, const Place& place,
                   const std::vector<fs::path>& files, const std::vector<std::string>& idTypes,
                   ledger::FoundDay& found);

    fs::path m_workspace;
    std::stop_token m_stop;
    FoundDays m_found;
};

/// The folders of days below landing/ or history/.
void Finder::listDays(std::string_view top, std::vector<Place>& places) const
{
    const bool current = top == landing::kLandingFolder;
    for (const fs::path& source : landing::entriesOf(m_workspace / top / kMetrics)) {
        for (const fs::path& day : landing::entriesOf(source)) {
            const fs::path below = day.lexically_relative(m_workspace);
            const auto of = landing::dayOfPath(below);
            const std::string name = landing::sourceOfPath(below);
            if (!of || name.empty())
                continue;
            if (current) {
                places.push_back({below, name, *of, true});
                continue;
            }
            for (const fs::path& version : landing::entriesOf(day))
                if (landing::runOfFolder(version.filename().string()))
                    places.push_back({version.lexically_relative(m_workspace), name, *of, false});
        }
    }
}

/// Every number that something bears stays its own.
void Finder::noteRuns(const fs::path& folder)
{
    std::error_code error;
    fs::recursive_directory_iterator it(folder, error);
    for (const fs::recursive_directory_iterator end; !error && it != end; it.increment(error))
        if (const auto run = runOfName(it->path().filename().string()))
            m_found.highestRun = std::max(m_found.highestRun, *run);
}

Status Finder::addRows(DuckConnection connection, const Place& place,
                       const std::vector<fs::path>& files, const std::vector<std::string>& idTypes,
                       ledger::FoundDay& found)
{
    const auto reader = openLanded(std::move(connection), files, place.day, m_stop);
    if (!reader)
        return fail(reader.error());
    const auto zone = TimeZone::find("UTC");
    if (!zone)
        return fail(zone.error());
    // All of them were accepted once: none is held against another here.
    IngestOptions options{
        place.day, DateDecoder(DateFormat::Iso, *zone), UnitDay::Sum, idTypes, {}, {}, {}, {}, 0,
        {}};
    auto summary = ingestDay(**reader, options, nullptr, {}, m_stop);
    if (!summary)
        return fail(summary.error());
    if (summary->accepted != summary->read)
        return fail(ErrorCode::StorageDamaged, "Some of its rows are none that could have landed.");
    found.rollups = std::move(summary->rollups);
    found.fingerprint = summary->fingerprint;
    found.rows = summary->accepted;
    return {};
}

Result<ledger::FoundDay> Finder::read(const Place& place, const std::vector<fs::path>& files)
{
    ledger::FoundDay found;
    found.source = place.source;
    found.day = place.day;
    found.current = place.current;
    found.run = runOfName(files.front().filename().string()).value_or(RunId());
    found.at = writtenAt(files.front());
    const fs::path rejects = rejectsPath(place.source, place.day, found.run);
    if (landing::isPlainFile(m_workspace / rejects))
        found.rejectsFile = rejects.string();
    for (const fs::path& file : files)
        if (!landing::isPlainFile(file) ||
            !landing::belongsToRun(file.filename().string(), found.run))
            return fail(ErrorCode::StorageDamaged, file.filename().string() + " is of no run.");
    auto connection = landing::connectTo(files);
    if (!connection)
        return fail(connection.error());
    const auto marks = marksOf(*connection, files, m_stop);
    if (!marks)
        return fail(marks.error());
    const auto says = [&marks](const char* key, const std::string& value) {
        const auto mark = marks->metadata.find(key);
        return mark == marks->metadata.end() || mark->second == value;
    };
    if (!says("daymark.run", std::to_string(found.run.value)) ||
        !says("daymark.source", place.source) || !says("daymark.day", formatDay(place.day)))
        return fail(ErrorCode::StorageDamaged, "Its files say that they are of another day.");
    if (const Status added = addRows(std::move(*connection), place, files, marks->idTypes, found);
        !added)
        return fail(added.error());
    for (const fs::path& file : files) {
        const auto digest = digestFile(file, m_stop);
        if (!digest)
            return fail(digest.error());
        found.files.push_back({file.lexically_relative(m_workspace).string(), digest->bytes,
                               digest->sha256, files.size() == 1 ? found.rows : 0});
    }
    return found;
}

Status Finder::take(const Place& place)
{
    const std::vector<fs::path> files = landing::entriesOf(m_workspace / place.below);
    if (files.size() != 1) { // a run lands one file
        m_found.notes.push_back(place.below.string() + " holds " + std::to_string(files.size()) +
                                " files where a day has one; it stays as it is.");
        return {};
    }
    auto found = read(place, files);
    if (found) {
        m_found.days.push_back(std::move(*found));
        return {};
    }
    if (found.error().code == ErrorCode::RunCancelled)
        return fail(found.error());
    m_found.notes.push_back(place.below.string() +
                            " stays as it is and is not known to the new "
                            "ledger: " +
                            found.error().message);
    return {};
}

Result<FoundDays> Finder::run(const std::function<void(std::size_t, std::size_t)>& progress)
{
    std::vector<Place> places;
    listDays(landing::kHistoryFolder, places);
    listDays(landing::kLandingFolder, places);
    for (const std::string_view top : {landing::kLandingFolder, landing::kHistoryFolder,
                                       landing::kStagingFolder, std::string_view("rejects")})
        noteRuns(m_workspace / top);
    std::size_t done = 0;
    for (const Place& place : places) {
        if (const Status taken = take(place); !taken)
            return fail(taken.error());
        progress(++done, places.size());
    }
    return std::move(m_found);
}

/// A landed file such as `run-000012.parquet`, or the folder of a kept version, `run-000012`.
std::optional<RunId> runOfLanded(const fs::path& path)
{
    const bool landed = path.extension() == ".parquet" || path.extension().empty();
    return landed ? runOfName(path.filename().string()) : std::nullopt;
}

} // namespace

RunId highestLandedRun(const fs::path& workspace)
{
    RunId highest;
    for (const std::string_view top : {landing::kLandingFolder, landing::kHistoryFolder})
        for (const fs::path& source : landing::entriesOf(workspace / top / kMetrics))
            for (const fs::path& day : landing::entriesOf(source))
                for (const fs::path& path : landing::entriesOf(day))
                    highest = std::max(highest, runOfLanded(path).value_or(RunId()));
    return highest;
}

Result<FoundDays> findDays(const fs::path& workspace, const std::stop_token& stop,
                           const std::function<void(std::size_t, std::size_t)>& progress)
{
    return Finder(workspace, stop).run(progress);
}

} // namespace daymark
