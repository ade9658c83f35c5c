// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Holds what the ledger expects against what is there, in four walks: the expected files, whatever
// else lies under landing/ and under history/, and what is left in staging/.

#include "core/base/file.h"
#include "core/base/text.h"
#include "core/landing/folders.h"
#include "core/landing/layout.h"
#include "core/landing/parquet_file.h"
#include "core/landing/parquet_landing.h"

#include <algorithm>
#include <set>
#include <system_error>

namespace daymark::landing {

namespace {

namespace fs = std::filesystem;

class Check
{
public:
    Check(fs::path workspace, bool full, std::stop_token stop)
        : m_workspace(std::move(workspace)), m_full(full), m_stop(std::move(stop))
    {}

    Status lookAt(const Expected& expected);
    Status lookForOrphans(const Expected& expected);
    Status lookForStrangers(const std::vector<KeptVersion>& versions, const Expected& expected);
    void lookForLeftovers(std::span<const LiveRun> live);
    CheckReport take() { return std::move(m_report); }

private:
    Status lookAtDay(const ExpectedDay& day, FooterReader& footers);
    Status lookAtFile(const ExpectedDay& day, const LandedFile& file, FooterReader& footers);
    Status lookInside(const ExpectedDay& day, const LandedFile& file, FooterReader& footers);
    void add(const ExpectedDay& day, const LandedFile& file, std::string code, std::string what);
    void addOrphan(const fs::path& below, std::string what);
    /// Whether the walk shall go into a folder below landing/.
    bool entersFolder(const fs::path& below);
    Status stopped() const;

    /// Where an expected file lies: that of a day which is being replaced may have gone into the
    /// history.
    [[nodiscard]] fs::path placeOf(const ExpectedDay& day, const LandedFile& file) const;

    fs::path m_workspace;
    bool m_full;
    std::stop_token m_stop;
    CheckReport m_report;
    std::set<std::string> m_files;   ///< that are expected, or a live run's
    std::set<std::string> m_folders; ///< of days that are expected, or a live run's
    std::set<RunId> m_replaced;      ///< runs that a live one is to replace
};

Status Check::stopped() const
{
    if (m_stop.stop_requested())
        return fail(ErrorCode::RunCancelled, "The check was cancelled.");
    return {};
}

void Check::add(const ExpectedDay& day, const LandedFile& file, std::string code, std::string what)
{
    CheckFault fault;
    fault.code = std::move(code);
    fault.path = file.path;
    fault.source = day.place.source;
    fault.day = day.place.day;
    fault.message =
        (file.path.starts_with(kHistoryFolder) ? "The kept file " : "The landed file ") +
        file.path + " " + what + ".";
    m_report.faults.push_back(std::move(fault));
}

void Check::addOrphan(const fs::path& below, std::string what)
{
    CheckFault fault;
    fault.code = "orphan";
    fault.path = below.string();
    fault.source = sourceOfPath(below);
    fault.day = dayOfPath(below);
    fault.message = below.string() + " " + std::move(what) + ".";
    m_report.faults.push_back(std::move(fault));
}

Status Check::lookAt(const Expected& expected)
{
    for (const LiveRun& run : expected.live)
        if (run.replaces)
            m_replaced.insert(*run.replaces);
    auto footers = FooterReader::open(m_workspace);
    if (!footers)
        return fail(footers.error());
    for (const ExpectedDay& day : expected.days) {
        ++m_report.days;
        m_report.files += day.files.size();
        m_folders.insert(dayFolder(day.place).string());
        if (const Status looked = lookAtDay(day, *footers); !looked)
            return looked;
    }
    for (const ExpectedDay& version : expected.versions) {
        ++m_report.versions;
        if (const Status looked = lookAtDay(version, *footers); !looked)
            return looked;
    }
    return {};
}

Status Check::lookAtDay(const ExpectedDay& day, FooterReader& footers)
{
    for (const LandedFile& file : day.files) {
        if (const Status go = stopped(); !go)
            return go;
        m_files.insert(file.path);
        if (const Status looked = lookAtFile(day, file, footers); !looked)
            return looked;
    }
    return {};
}

fs::path Check::placeOf(const ExpectedDay& day, const LandedFile& file) const
{
    const fs::path path = m_workspace / file.path;
    if (isThere(path) || !m_replaced.contains(day.run))
        return path;
    return m_workspace / versionFolder(day.place, day.run) / path.filename();
}

Status Check::lookAtFile(const ExpectedDay& day, const LandedFile& file, FooterReader& footers)
{
    std::error_code error;
    const fs::path path = placeOf(day, file);
    if (!isPlainFile(path)) {
        add(day, file, "file.missing", "is missing");
        return {};
    }
    const auto bytes = fs::file_size(path, error);
    if (error) {
        add(day, file, "file.unreadable", "cannot be read: " + error.message());
        return {};
    }
    if (bytes != file.bytes) {
        add(day, file, "file.size",
            "has " + groupedDigits(bytes) + " bytes where " + groupedDigits(file.bytes) +
                " landed");
        return {};
    }
    return lookInside(day, file, footers);
}

Status Check::lookInside(const ExpectedDay& day, const LandedFile& file, FooterReader& footers)
{
    const fs::path path = placeOf(day, file);
    if (m_full || day.suspect) {
        const auto digest = digestFile(path, m_stop);
        if (const Status go = stopped(); !go)
            return go;
        if (!digest)
            add(day, file, "file.unreadable", "cannot be read: " + digest.error().message);
        else if (digest->sha256 != file.sha256)
            add(day, file, "file.hash", "is not, byte for byte, what landed");
        if (!digest || digest->sha256 != file.sha256)
            return {};
    }
    const auto rows = footers.rows(path, m_stop);
    if (!rows && rows.error().code == ErrorCode::RunCancelled)
        return fail(rows.error());
    if (!rows)
        add(day, file, "file.unreadable", "cannot be read as Parquet");
    else if (*rows != file.rows)
        add(day, file, "file.rows",
            "has " + groupedDigits(*rows) + " rows where " + groupedDigits(file.rows) + " landed");
    return {};
}

bool Check::entersFolder(const fs::path& below)
{
    if (!below.filename().string().starts_with("day=") || m_folders.contains(below.string()))
        return true;
    addOrphan(below, "is the folder of a day that the ledger does not hold as imported");
    return false;
}

Status Check::lookForOrphans(const Expected& expected)
{
    for (const LiveRun& run : expected.live) {
        m_folders.insert(dayFolder(run.place).string());
        for (const LandedFile& file : run.files)
            m_files.insert(file.path);
    }
    std::error_code error;
    fs::recursive_directory_iterator it(m_workspace / kLandingFolder, error);
    for (const fs::recursive_directory_iterator end; !error && it != end; it.increment(error)) {
        if (const Status go = stopped(); !go)
            return go;
        const fs::path below = it->path().lexically_relative(m_workspace);
        if (fs::is_directory(it->symlink_status(error))) {
            if (!entersFolder(below))
                it.disable_recursion_pending();
        } else if (!m_files.contains(below.string())) {
            addOrphan(below, "is not part of any imported day");
        }
    }
    if (error && error != std::errc::no_such_file_or_directory)
        addOrphan(kLandingFolder, "cannot be looked through: " + error.message());
    return {};
}

Status Check::lookForStrangers(const std::vector<KeptVersion>& versions, const Expected& expected)
{
    std::set<std::string> known;
    for (const ExpectedDay& version : expected.versions)
        known.insert(versionFolder(version.place, version.run).string());
    for (const LiveRun& run : expected.live) {
        known.insert(versionFolder(run.place, run.run).string());
        if (run.replaces)
            known.insert(versionFolder(run.place, *run.replaces).string());
    }
    for (const KeptVersion& version : versions) {
        if (const Status go = stopped(); !go)
            return go;
        const std::string below = versionFolder(version.place, version.run).string();
        if (!known.contains(below))
            addOrphan(below, "is no version that the ledger holds");
    }
    return {};
}

void Check::lookForLeftovers(std::span<const LiveRun> live)
{
    std::set<std::string> alive;
    for (const LiveRun& run : live)
        alive.insert(stagingFolder(run.run).filename().string());
    std::error_code error;
    for (fs::directory_iterator it(m_workspace / kStagingFolder, error), end; !error && it != end;
         it.increment(error)) {
        const std::string name = it->path().filename().string();
        if (alive.contains(name))
            continue;
        const std::string path = (fs::path(kStagingFolder) / name).string();
        m_report.faults.push_back({"leftover", path, "", std::nullopt,
                                   path + " is left over; the next start removes it.", false});
    }
}

} // namespace

Result<CheckReport> ParquetLanding::check(const Expected& expected, bool full, std::stop_token stop)
{
    Check check(m_workspace, full, std::move(stop));
    if (const Status looked = check.lookAt(expected); !looked)
        return fail(looked.error());
    if (const Status looked = check.lookForOrphans(expected); !looked)
        return fail(looked.error());
    if (const Status looked = check.lookForStrangers(versions(), expected); !looked)
        return fail(looked.error());
    check.lookForLeftovers(expected.live);
    CheckReport report = check.take();
    std::stable_sort(
        report.faults.begin(), report.faults.end(),
        [](const CheckFault& one, const CheckFault& other) { return one.path < other.path; });
    return report;
}

} // namespace daymark::landing
