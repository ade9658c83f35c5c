// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ledger/records.h"

#include <span>

namespace daymark::ledger {

class Connection;

/// The announced days: what the sources say, and what operators said in their place.
class SignalTable
{
public:
    explicit SignalTable(Connection& connection) : m_connection(connection) {}

    /// Replaces what the source says, in one transaction that writes just the differences: new days
    /// are added with `at` as first seen, days that are said no more are marked gone, days that are
    /// back count again (their first sight stays). Operators' own signals are left alone.
    ///
    /// @param days  ascending, each once.
    [[nodiscard]] Result<SignalChanges> replaceFromSource(SourceId source,
                                                          std::span<const Day> days, Instant at);

    /// An operator's own signal. False where the operator's signal was there already.
    [[nodiscard]] Result<bool> addByOperator(SourceId source, Day day, const Stamp& by);

    /// Takes an operator's signal back; a landed day is not touched. False where there was none.
    [[nodiscard]] Result<bool> withdraw(SourceId source, Day day, const Stamp& by);

    /// What the plan counts, ascending, each day once: every signal that is not gone, and the gone
    /// ones of days that have landed.
    [[nodiscard]] Result<std::vector<Signal>> counting(SourceId source);

    /// The landed days that were announced after they landed: by a signal that came back, a first
    /// one of the source's own, or an operator's.
    [[nodiscard]] Result<std::vector<Resignal>> resignalled(SourceId source);

    /// What counts whatever the source says from now on, ascending, each day once: operators'
    /// signals, and the signals of landed days.
    [[nodiscard]] Result<std::vector<Signal>> lasting(SourceId source);

    /// Every signal of the source, those that are gone included, by day: the source's first, then
    /// the operator's.
    [[nodiscard]] Result<std::vector<SignalRecord>> all(SourceId source);

    /// The day's signals, those that are gone included: the source's first, then the operator's.
    [[nodiscard]] Result<std::vector<SignalRecord>> find(SourceId source, Day day);

    /// One signal for each day from `first` to `last` that has any, ascending: the source's own
    /// before an operator's, one that is gone only where its day has landed.
    [[nodiscard]] Result<std::vector<SignalRecord>> announcements(SourceId source, Day first,
                                                                  Day last);

private:
    Connection& m_connection;
};

} // namespace daymark::ledger
