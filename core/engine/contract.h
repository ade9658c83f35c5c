// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A source's columns held against those that were agreed on. Private to the room.

#include "core/engine/workspace.h"
#include "core/schema/mapping.h"
#include "core/source/source.h"

#include <span>

namespace daymark {

/// The sentences of those that block; empty where none does.
[[nodiscard]] std::string blockingWords(const std::vector<SchemaFinding>& findings);

/// The error of an import that the columns block, with what helps.
[[nodiscard]] Error contractBroken(const std::string& source, const std::string& words);

/// What differs from what is agreed on, a finding a column: `schema.contract_gone`,
/// `schema.contract_new`, `schema.contract_type`. A change that blocks is an error, one that is
/// warned of a warning. Nothing where nothing is agreed on.
[[nodiscard]] Result<std::vector<SchemaFinding>> holdToContract(const Workspace& workspace,
                                                                const ledger::SourceRecord& record,
                                                                std::span<const SourceColumn> now);

/// For a poll: looks at the source's columns, adds what differs to `findings` and notes in the
/// ledger whether that blocks imports. A source that cannot be described is left as it was.
[[nodiscard]] Status pollContract(const Workspace& workspace, const ledger::SourceRecord& record,
                                  Source& source, std::vector<SchemaFinding>& findings,
                                  const std::stop_token& stop);

/// Agrees on the source's columns unless that was done before. For a source of which a day has just
/// landed; what goes wrong is left for the next landing.
void agreeOnFirstLanding(const Workspace& workspace, const ledger::SourceRecord& record,
                         const std::stop_token& stop);

} // namespace daymark
