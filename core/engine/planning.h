// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// From the ledger to a plan, and from a plan to what people are told of it.

#include "core/engine/workspace.h"
#include "core/source/source.h"

namespace daymark {

/// A source with all that its plan was made from.
struct PlannedSource
{
    ledger::SourceRecord record;
    std::vector<Signal> signals;
    std::vector<ledger::DayRecord> days;
    std::vector<ledger::Resignal> resignalled; ///< landed days that were announced again since
    Plan plan;
    std::vector<Day> held; ///< days that could be imported, were the columns those agreed on

    /// When a landed day was announced again; none where it was not.
    [[nodiscard]] std::optional<Instant> resignalledAt(Day day) const;

    /// What the ledger holds of a day; null where it holds nothing.
    [[nodiscard]] const ledger::DayRecord* find(Day day) const;
};

/// The current day of a source, by the workspace's clock.
[[nodiscard]] Result<Day> todayOf(const Workspace& workspace, const Policy& policy);

/// Where the source's columns are not those agreed on, and block: the days that could be imported
/// are blocked, by no day, and held.
void holdByColumns(PlannedSource& planned);

/// Plans from what the ledger holds. SourceUnknown.
[[nodiscard]] Result<PlannedSource> planSource(const Workspace& workspace, const std::string& name);

/// The same with signals that were just read instead of the ledger's.
[[nodiscard]] Result<PlannedSource>
planWith(const Workspace& workspace, ledger::SourceRecord record, std::vector<Signal> signals);

/// `signal.future`, `signal.early`, `signal.too_old` and `signal.before_start`, one finding each.
[[nodiscard]] std::vector<SchemaFinding> signalFindings(const PlannedSource& planned);

[[nodiscard]] Result<CalendarView> calendarOf(const Workspace& workspace, const std::string& name,
                                              std::optional<Day> from, std::optional<Day> to);

/// The same of a plan that is made already.
[[nodiscard]] CalendarView calendarWith(const Workspace& workspace, PlannedSource planned,
                                        std::optional<Day> from, std::optional<Day> to);

/// Says of each day when the signal that counts for it was first seen, and by whom. Both ascend.
void addAnnouncements(std::vector<CalendarDay>& days,
                      const std::vector<ledger::SignalRecord>& announcements);

/// Explains a day from the ledger and, where `source` is given, from a fresh count of the rows of
/// the day that the explanation names as the root.
[[nodiscard]] Result<DayExplained> explainedDay(const Workspace& workspace,
                                                const PlannedSource& planned, Day day,
                                                const std::optional<Probe>& probe);

/// The same where the signal that counts for the day is known.
[[nodiscard]] Result<DayExplained> explainedDay(const Workspace& workspace,
                                                const PlannedSource& planned, Day day,
                                                const std::optional<Probe>& probe,
                                                const std::optional<ledger::SignalRecord>& signal);

/// The day whose rows a probe should count: the root of the day's explanation.
[[nodiscard]] Day rootOf(const Plan& plan, Day day);

/// Why the source's pass does not go on: what its next day, or the first one that waits behind it,
/// is waiting for. Empty when every signalled day has landed.
[[nodiscard]] Result<std::string> waitingSentence(const Workspace& workspace,
                                                  const PlannedSource& planned);

} // namespace daymark
