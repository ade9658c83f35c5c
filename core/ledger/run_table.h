// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ledger/records.h"

namespace daymark::ledger {

class Connection;

/// The runs. A source has one live run at most, and what ends a run is fenced: it changes a run
/// only in the state that it must be in, so that a stale thread or process cannot end a run twice
/// or bring one back. A fence that holds answers DayState, and nothing has changed.
class RunTable
{
public:
    explicit RunTable(Connection& connection) : m_connection(connection) {}

    /// DayState where a run of the source is alive, the day is imported or skipped, or a later day
    /// has landed; with `replaces`, where that run is not the day's current one. SourceUnknown.
    [[nodiscard]] Result<RunId> begin(const RunStart& start);

    /// A sign of life with the progress so far; not forced to the disk by itself. DayState once the
    /// run is not alive any more.
    [[nodiscard]] Status pulse(RunId run, const RunPulse& pulse);

    /// Running → committing, with everything that the day consists of, in one transaction.
    [[nodiscard]] Status markCommitting(RunId run, const RunCommit& commit, Instant at);

    /// Committing → imported: the run is the day's current one, and the source's first day is fixed
    /// if it was not. `timings` replace those of markCommitting() unless they are empty. A run that
    /// replaces another must find it current still: that one is superseded, and its version is kept
    /// in `replacedFiles`, or dropped where there are none.
    [[nodiscard]] Status finishImported(RunId run, Instant at, double seconds,
                                        const std::vector<PhaseTime>& timings = {},
                                        const std::vector<LandedFile>& replacedFiles = {});

    /// Removes a look that has ended: it was no run. Nothing happens to any other run.
    [[nodiscard]] Status dropLook(RunId run);

    /// Removes every look that has ended, for the start.
    [[nodiscard]] Status dropLooks();

    /// Running or committing → failed. The day stands as failed, unless an earlier run of it is
    /// landed.
    [[nodiscard]] Status fail(RunId run, const Error& error, const RunReport& report, Instant at,
                              double seconds);

    /// Running or committing → cancelled. The day stands as it did before.
    [[nodiscard]] Status cancel(RunId run, const RunReport& report, Instant at, double seconds);

    /// Running or committing → interrupted, for a run whose process is gone. The day stands as
    /// before.
    [[nodiscard]] Status interrupt(RunId run, const Error& error, Instant at);

    /// Runs that are alive by their state, oldest first: after a crash, those to be finished or
    /// dropped.
    [[nodiscard]] Result<std::vector<RunRecord>> live();

    /// RunUnknown where there is none.
    [[nodiscard]] Result<RunRecord> get(RunId run);

    /// Latest first.
    [[nodiscard]] Result<std::vector<RunRecord>> list(std::optional<SourceId> source,
                                                      std::size_t limit);

    /// The runs of one day, latest first.
    [[nodiscard]] Result<std::vector<RunRecord>> ofDay(SourceId source, Day day, std::size_t limit);

    /// By severity and then by code's order; with their examples.
    [[nodiscard]] Result<std::vector<RuleCount>> rules(RunId run);

    /// How often each undated row of a source was charged to runs that are imported, those of the
    /// day `except` left out: read again, it is charged anew.
    [[nodiscard]] Result<std::vector<UndatedRow>> chargedUndated(SourceId source, Day except);

    /// How many undated rows were charged to a run, as far as they are remembered.
    [[nodiscard]] Result<std::uint64_t> undatedOf(RunId run);

    /// The rows of the latest landed day of a source that has any; 0 where none has.
    [[nodiscard]] Result<std::uint64_t> latestRows(SourceId source);

private:
    Connection& m_connection;
};

} // namespace daymark::ledger
