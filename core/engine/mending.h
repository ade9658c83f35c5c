// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What a crash, or a disk that was full at the wrong moment, left undecided: runs and rollbacks
// that the ledger calls alive and nobody is at work on. What reached its place is finished, the
// rest never happened.

#include "core/engine/workspace.h"

namespace daymark {

/// For the start of the one writing process: every run and rollback, and all that they left behind.
/// What was done is told in `workspace.repairs`.
[[nodiscard]] Status mendAll(Workspace& workspace);

/// For the one writing process, while nothing of the source is at work.
[[nodiscard]] Status settleSource(const Workspace& workspace, SourceId source);

/// Removes what was kept of a version that is its day's current one after all.
void dropSecondNames(const Workspace& workspace, const landing::DayPlace& place, RunId run);

/// The current version of a day, as the ledger has it. DayState where it has not landed.
[[nodiscard]] Result<ledger::LandedDay> landedRecord(const Workspace& workspace,
                                                     const ledger::SourceRecord& record, Day day);

/// The same, as the landing has it.
[[nodiscard]] Result<landing::ExpectedDay> landedDay(const Workspace& workspace,
                                                     const ledger::SourceRecord& record, Day day);

} // namespace daymark
