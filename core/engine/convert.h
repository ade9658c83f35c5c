// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// From what the ledger and the landing keep to what the engine hands out.

#include "core/calendar/day_words.h"
#include "core/engine/workspace.h"

namespace daymark {

[[nodiscard]] SourceInfo toSourceInfo(const Workspace& workspace,
                                      const ledger::SourceRecord& record);
[[nodiscard]] PollInfo toPollInfo(const Workspace& workspace, const ledger::SourceRecord& record);

/// A run as it truly stands: one whose process is gone is interrupted, whatever the ledger says
/// until the next start mends it. `rules` are left empty.
[[nodiscard]] RunInfo toRunInfo(const Workspace& workspace, const ledger::RunRecord& record);

[[nodiscard]] landing::LiveRun toLiveRun(const ledger::RunRecord& record);
[[nodiscard]] landing::LiveRun toLiveRun(const Workspace& workspace,
                                         const ledger::RollbackRecord& rollback);

/// What the ledger holds as begun and not settled: runs that are alive, rollbacks at work.
struct Unsettled
{
    std::vector<ledger::RunRecord> runs;
    std::vector<ledger::RollbackRecord> rollbacks;
};

[[nodiscard]] Result<Unsettled> readUnsettled(const Workspace& workspace);
[[nodiscard]] std::vector<landing::LiveRun> toLiveRuns(const Workspace& workspace,
                                                       const Unsettled& unsettled);
[[nodiscard]] landing::ExpectedDay toExpectedDay(const ledger::LandedDay& landed);

/// Adds findings that are not there yet: a source may say the same of its description and of its
/// rows.
void addFindings(std::vector<SchemaFinding>& findings, const std::vector<SchemaFinding>& more);

} // namespace daymark
