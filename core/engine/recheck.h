// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Landed days held against their source: what landed is sealed by its counts, sums and
// fingerprints; a later look that finds others marks the day as changed, and says what differs.

#include "core/engine/workspace.h"

namespace daymark {

/// When a landed day is looked at again: a day after it landed or was last looked at, as long as
/// that is within its source's recheck days. None: not any more.
[[nodiscard]] std::optional<Instant> nextRecheck(const ledger::DayRecord& day,
                                                 const Policy& policy);

/// The landed days of a source whose recheck is due, oldest first.
[[nodiscard]] Result<std::vector<Day>> dueRechecks(const Workspace& workspace,
                                                   const ledger::SourceRecord& record);

/// Looks at one day, as closely as its source's policy says, and marks it. A source that cannot be
/// read is an error in the answer; RunCancelled and the ledger's own are errors of the call.
[[nodiscard]] Result<RecheckInfo> recheckDay(const Workspace& workspace,
                                             const ledger::SourceRecord& record, Day day,
                                             std::stop_token stop);

/// Looks at all days of a source that are due, for the scheduler. What goes wrong is left for the
/// next time.
/// @return  the days that were read, as they were found.
[[nodiscard]] std::vector<RecheckInfo> recheckDue(const Workspace& workspace,
                                                  const ledger::SourceRecord& record,
                                                  const std::stop_token& stop);

} // namespace daymark
