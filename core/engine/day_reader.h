// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/workspace.h"
#include "core/schema/batch.h"

namespace daymark {

/// Opens a day of a source in a snapshot of its own, its columns held against the dataset first.
/// `findings` receives what was noticed; SchemaMismatch where the columns do not do.
[[nodiscard]] Result<std::unique_ptr<RowReader>>
openDayReader(const Workspace& workspace, ledger::SourceRecord& record, Day day,
              std::vector<SchemaFinding>& findings, std::stop_token stop);

} // namespace daymark
