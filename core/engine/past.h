// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What a source's plan was made from at a past moment. Private to the room.

#include "core/engine/planning.h"

namespace daymark {

/// A source as it was known at a moment, and what of it cannot be known any more.
struct PastSource
{
    PlannedSource planned;
    std::vector<ledger::SignalRecord> announced; ///< the signal that counted for each day, by day
    std::vector<std::string> unknown;            ///< whole sentences
};

/// What the ledger holds of that moment, whatever the workspace's clock says.
[[nodiscard]] Result<PastSource> pastSource(const Workspace& workspace,
                                            const ledger::SourceRecord& record, Instant at);

} // namespace daymark
