// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ledger/records.h"

namespace daymark::ledger {

class Connection;

/// What begins a rollback.
struct RollbackStart
{
    SourceId source;
    Day day;
    RunId from; ///< the day's current run
    RunId to;   ///< a version of the day that is kept
    Stamp by;
    std::string reason; ///< may be empty
};

/// The versions of landed days: runs that were current once and are so no more. As with a run that
/// commits, a rollback is noted before anything moves and ended, fenced, once it has: a crash in
/// between is settled by what lies at the day's place.
class VersionTable
{
public:
    explicit VersionTable(Connection& connection) : m_connection(connection) {}

    /// Every run of the day that ever landed, the current one included, latest first.
    [[nodiscard]] Result<std::vector<RunRecord>> ofDay(SourceId source, Day day);

    /// The earlier versions whose files are kept, by source and day, oldest first.
    [[nodiscard]] Result<std::vector<LandedDay>> kept(std::optional<SourceId> source = {});

    /// Those of them that are over the number `keep` of a day (the earliest runs), or were retired
    /// before `since`.
    [[nodiscard]] Result<std::vector<LandedDay>> surplus(SourceId source, int keep, Instant since);

    /// Notes that the files of a version are not kept any more. DayState for a run that is current
    /// or never landed.
    [[nodiscard]] Status drop(RunId run, const Stamp& by);

    /// Whether the ledger knows that nothing in history/ belongs to the run: it is current, or its
    /// version was dropped.
    [[nodiscard]] Result<bool> isNotKept(RunId run);

    /// DayState where `from` is not current, `to` is no kept version of the day, or a run or
    /// another rollback of the source is alive.
    [[nodiscard]] Status beginRollback(const RollbackStart& start);

    /// Makes `to` the current run, with its files at `toFiles`; `from` is kept at `fromFiles`, or
    /// dropped where there are none. DayState where no rollback of the source is at work.
    ///
    /// @param difference  how the source is known to differ from `to`; empty where it does not.
    [[nodiscard]] Status finishRollback(SourceId source, const std::vector<LandedFile>& toFiles,
                                        const std::vector<LandedFile>& fromFiles, Instant at,
                                        const std::string& difference = {});

    /// Forgets a rollback that did not happen.
    [[nodiscard]] Status abandonRollback(SourceId source, const std::string& why, Instant at);

    /// The rollbacks that are at work: after a crash, those to be finished or abandoned.
    [[nodiscard]] Result<std::vector<RollbackRecord>> rollbacks();

private:
    Connection& m_connection;
};

} // namespace daymark::ledger
