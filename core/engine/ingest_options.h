// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/workspace.h"
#include "core/ingest/ingest.h"

namespace daymark {

/// How a day of a source is to be read: its dates, the workspace's id types, what its metrics were
/// so far, which undated rows were charged before. Files and limits are left to the caller.
[[nodiscard]] Result<IngestOptions> ingestOptions(const Workspace& workspace,
                                                  const ledger::SourceRecord& record, Day day);

} // namespace daymark
