// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Whether the ledger and the landed files agree, told in the light of what goes on beside the check
// and of what a killed process left half done.

#include "core/engine/convert.h"
#include "core/engine/damage.h"
#include "core/engine/landed_views.h"
#include "core/landing/layout.h"

#include <algorithm>

namespace daymark {

namespace {

/// What the ledger expects of the landing, and the landed days that it is made from.
struct Expectation
{
    landing::Expected files;
    std::vector<ledger::LandedDay> days;
};

/// All that the ledger expects of the landing. The live runs are read first: one that lands
/// meanwhile is then among them, among the days, or both, and never among neither.
Result<Expectation> expectedOf(const Workspace& workspace)
{
    Expectation expectation;
    landing::Expected& expected = expectation.files;
    const auto unsettled = readUnsettled(workspace);
    if (!unsettled)
        return fail(unsettled.error());
    expected.live = toLiveRuns(workspace, *unsettled);
    auto days = workspace.ledger->dayTable().landed();
    if (!days)
        return fail(days.error());
    for (const ledger::LandedDay& day : *days)
        expected.days.push_back(toExpectedDay(day));
    expectation.days = std::move(*days);
    const auto versions = workspace.ledger->versionTable().kept();
    if (!versions)
        return fail(versions.error());
    for (const ledger::LandedDay& version : *versions)
        expected.versions.push_back(toExpectedDay(version));
    return expectation;
}

bool holdsFile(const std::vector<landing::ExpectedDay>& days, const std::string& path)
{
    return std::any_of(days.begin(), days.end(), [&path](const landing::ExpectedDay& day) {
        return std::any_of(day.files.begin(), day.files.end(), [&path](const LandedFile& file) {
            return file.path == path || file.path.starts_with(path + '/');
        });
    });
}

/// Whether a fault was only found because an import or a rollback went on while the check looked:
/// what lies there is a live run's, or the ledger holds it by now; or what was missed it holds no
/// more.
bool isOvertaken(const landing::CheckFault& fault, const landing::Expected& expected)
{
    if (!fault.day || !fault.fault)
        return false;
    const bool live = std::any_of(
        expected.live.begin(), expected.live.end(), [&fault](const landing::LiveRun& run) {
            return run.place.day == *fault.day && run.place.source == fault.source;
        });
    const bool held =
        holdsFile(expected.days, fault.path) || holdsFile(expected.versions, fault.path);
    if (fault.code == "orphan")
        return live || held;
    return fault.code == "file.missing" && (live || !held);
}

/// Takes back the faults that a process which imports beside the check has explained since.
Status dropOvertaken(const Workspace& workspace, std::vector<landing::CheckFault>& faults)
{
    if (faults.empty() || !workspace.hasWriter())
        return {};
    const auto expected = expectedOf(workspace);
    if (!expected)
        return fail(expected.error());
    std::erase_if(faults, [&expected](const landing::CheckFault& fault) {
        return isOvertaken(fault, expected->files);
    });
    return {};
}

/// Whether what lies in the history was left there by a re-import or a rollback that was cut short:
/// a second name of a current version's files, or a version that was to be dropped.
Result<bool> isLeftover(const Workspace& workspace, const landing::CheckFault& fault)
{
    const auto run = landing::runOfFolder(std::filesystem::path(fault.path).filename().string());
    if (fault.code != "orphan" || !fault.path.starts_with(landing::kHistoryFolder) || !run)
        return false;
    const auto record = workspace.ledger->runTable().get(*run);
    if (!record || record->sourceName != fault.source || record->day != fault.day)
        return false;
    return workspace.ledger->versionTable().isNotKept(*run);
}

landing::CheckFault unfinished(const landing::LiveRun& run)
{
    landing::CheckFault note;
    note.code = "unfinished";
    note.source = run.place.source;
    note.day = run.place.day;
    note.message = "Run " + std::to_string(run.run.value) + " was on its way to the place of " +
                   formatDay(run.place.day) + " of " + run.place.source +
                   " when its process ended; the next command that writes, or the next start of "
                   "the window, leaves the day whole or as it was.";
    note.fault = false;
    return note;
}

/// Tells what a killed process left half done from what is wrong: the next writer mends it.
Status tellUnfinished(const Workspace& workspace, const std::vector<landing::LiveRun>& live,
                      std::vector<landing::CheckFault>& faults)
{
    for (landing::CheckFault& fault : faults) {
        const auto leftover = isLeftover(workspace, fault);
        if (!leftover)
            return fail(leftover.error());
        if (!*leftover)
            continue;
        fault.code = "leftover";
        fault.fault = false;
        fault.message = fault.path + " was left over when a re-import or a rollback was cut short; "
                                     "the next start removes it.";
    }
    if (!workspace.hasWriter())
        for (const landing::LiveRun& run : live)
            faults.push_back(unfinished(run));
    return {};
}

/// What a check found wrong with a day's files; empty where nothing is.
std::string damageAmong(const std::vector<landing::CheckFault>& faults,
                        const ledger::LandedDay& day)
{
    for (const landing::CheckFault& fault : faults)
        if (std::any_of(day.files.begin(), day.files.end(),
                        [&fault](const LandedFile& file) { return file.path == fault.path; }))
            return fault.message;
    return {};
}

/// Marks the days by what a check found. Days that were marked before have been read to the last
/// byte, so that it can be told whether they are whole again.
void markFound(const Workspace& workspace, const std::vector<ledger::LandedDay>& days,
               std::vector<landing::CheckFault>& faults)
{
    bool noted = true;
    for (const ledger::LandedDay& day : days)
        noted = markDamage(workspace, day, damageAmong(faults, day)) && noted;
    if (noted)
        return;
    landing::CheckFault note;
    note.code = "not_marked";
    note.message =
        "Another process runs the workspace, so that what was found could not be written "
        "down; check again once it has ended.";
    note.fault = false;
    faults.push_back(std::move(note));
}

} // namespace

Result<CheckReport> checkLanded(const Workspace& workspace, bool full, std::stop_token stop)
{
    const auto expected = expectedOf(workspace);
    if (!expected)
        return fail(expected.error());
    auto found = workspace.landing->check(expected->files, full, std::move(stop));
    if (!found)
        return fail(found.error());
    if (const Status dropped = dropOvertaken(workspace, found->faults); !dropped)
        return fail(dropped.error());
    if (const Status told = tellUnfinished(workspace, expected->files.live, found->faults); !told)
        return fail(told.error());
    markFound(workspace, expected->days, found->faults);
    CheckReport report;
    report.ok = true;
    report.days = found->days;
    report.files = found->files;
    report.versions = found->versions;
    for (const landing::CheckFault& fault : found->faults) {
        report.ok = report.ok && !fault.fault;
        report.faults.push_back(
            {fault.code, fault.path, fault.source, fault.day, fault.message, fault.fault});
    }
    return report;
}

} // namespace daymark
