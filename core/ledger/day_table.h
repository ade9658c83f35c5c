// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ledger/records.h"

namespace daymark::ledger {

class Connection;

/// How the days of the sources stand.
class DayTable
{
public:
    explicit DayTable(Connection& connection) : m_connection(connection) {}

    /// Every day that was imported, skipped or failed or that a live run is on, ascending.
    [[nodiscard]] Result<std::vector<DayRecord>> list(SourceId source);

    /// None where the ledger holds nothing of the day.
    [[nodiscard]] Result<std::optional<DayRecord>> find(SourceId source, Day day);

    /// Closes a day. DayState where it is imported, skipped already or being imported;
    /// UsageInvalid without a reason.
    [[nodiscard]] Status skip(SourceId source, Day day, const std::string& reason, const Stamp& by);

    /// Opens a skipped day again. DayState where it is not skipped, or a later day has landed.
    [[nodiscard]] Status reopen(SourceId source, Day day, const Stamp& by);

    /// Notes how a landed day compares with its source: `difference` says what differs, and is
    /// empty where nothing does. DayState where `run` is not the day's current one.
    ///
    /// @param seen  the fingerprint of the rows that the source holds; none where they were not
    ///              read: then it is known no more if anything differs.
    [[nodiscard]] Status noteCheck(SourceId source, Day day, RunId run,
                                   const std::string& difference, const Stamp& by,
                                   const std::optional<Hash128>& seen = {});

    /// Notes what is wrong with the files of a landed day, or by an empty `damage` that nothing is.
    /// DayState where `run` is not the day's current one.
    [[nodiscard]] Status noteDamage(SourceId source, Day day, RunId run, const std::string& damage,
                                    const Stamp& by);

    /// The imported days with their files, by source (all where none is given) and day. Removed
    /// sources whose data was kept are included.
    [[nodiscard]] Result<std::vector<LandedDay>> landed(std::optional<SourceId> source = {},
                                                        std::optional<Day> from = {},
                                                        std::optional<Day> to = {});

private:
    Connection& m_connection;
};

} // namespace daymark::ledger
