// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/workspace.h"
#include "core/schema/batch.h"
#include "core/source/source.h"

namespace daymark {

/// Opens a source whose files are held against the columns that were agreed on, where some were,
/// instead of those that were there at set-up.
[[nodiscard]] Result<std::unique_ptr<Source>>
openAgreed(const Workspace& workspace, ledger::SourceRecord& record, const std::stop_token& stop);

/// Opens a day of a source in a snapshot of its own, its columns held against the dataset first.
/// `findings` receives what was noticed; SchemaMismatch where the columns do not do.
[[nodiscard]] Result<std::unique_ptr<RowReader>>
openDayReader(const Workspace& workspace, ledger::SourceRecord& record, Day day,
              std::vector<SchemaFinding>& findings, std::stop_token stop);

} // namespace daymark
