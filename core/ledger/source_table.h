// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ledger/records.h"

namespace daymark::ledger {

class Connection;

/// What an edit may replace. A source keeps its name, kind and dataset for life: its folder and
/// history hang on them.
struct SourceEdit
{
    SourceConfig config;
    Policy policy;
    std::string dataPlace;
    std::string signalPlace;
};

/// What a poll found, besides the signals themselves.
struct PollOutcome
{
    Instant at;
    std::optional<Error> error;
    std::optional<Instant> nextDue;
};

/// What a removal takes. With its data, a source goes in two steps around the deleting of files.
enum class Removal : std::uint8_t {
    KeepingData, ///< days, runs and rollups stay under a `removed` mark
    BeforeData,  ///< the same, as the first of the two steps
    Data         ///< days, runs and rollups go too
};

/// The configured sources. Names are compared without regard to ASCII case: two that differ only in
/// case would share a folder on some file systems.
class SourceTable
{
public:
    explicit SourceTable(Connection& connection) : m_connection(connection) {}

    /// Where the landed days of a removed source of that name are kept, it is that source again, by
    /// these settings: SourceExists where its dataset is another, DayState where its first day is.
    /// SourceExists where the name is taken; SourceInvalid for a name that is empty, over 80 bytes,
    /// no UTF-8, has blanks at its ends or control characters. `config.timeZone` and
    /// `policy.timeZone` are one setting: the policy's counts.
    [[nodiscard]] Result<SourceId> add(const SourceEdit& settings, const Stamp& by);

    /// What add() would say of a name.
    [[nodiscard]] Status checkName(const std::string& name);

    /// SourceUnknown; SourceInvalid where name, kind or dataset would change; DayState where the
    /// first day would change after a day has landed.
    [[nodiscard]] Status edit(SourceId source, const SourceEdit& settings, const Stamp& by);

    /// Moves the fixed first day of a source. To an earlier day: those days may land although later
    /// ones have (a backfill). To a day after the last landed one: what landed stays where it is,
    /// and the days in between are waited for no more (a start over). DayState for any other day,
    /// while no day has landed, or while a run of the source is alive.
    [[nodiscard]] Status moveFirstDay(SourceId source, Day day, const std::string& reason,
                                      const Stamp& by);

    /// Disabled sources are not polled or imported by themselves.
    [[nodiscard]] Status setEnabled(SourceId source, bool enabled, const Stamp& by);

    /// DayState while a run of the source is alive. The journal stays in any case.
    [[nodiscard]] Status remove(SourceId source, Removal what, const Stamp& by);

    /// A source that is not removed, by name; with `orKept`, also a removed one whose landed days
    /// are kept. SourceUnknown names the nearest known one.
    [[nodiscard]] Result<SourceRecord> find(const std::string& name, bool orKept = false);
    [[nodiscard]] Result<SourceRecord> get(SourceId source);

    /// By name.
    [[nodiscard]] Result<std::vector<SourceRecord>> list(bool withRemoved = false);

    /// Remembers how a look at the signals went; an error counts up `failures`, a success resets
    /// it.
    [[nodiscard]] Status recordPoll(SourceId source, const PollOutcome& outcome);

    /// Remembers when to look again, without touching anything else.
    [[nodiscard]] Status setNextPoll(SourceId source, std::optional<Instant> nextDue);

private:
    Connection& m_connection;
};

} // namespace daymark::ledger
