// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/import_queue.h"

namespace daymark {

/// Imports again, by itself, the days that a look found changed by more than their source's
/// settings allow; the others stay marked. The journal and the run say why. For a pass of the
/// source.
void reimportChanged(const Workspace& workspace, const ledger::SourceRecord& record,
                     const std::vector<RecheckInfo>& looks, const PassTools& tools,
                     PassResult& result);

} // namespace daymark
