// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/workspace.h"
#include "core/source/source.h"

namespace daymark {

/// Checks a source's schema and validates rows of one day; nothing is landed or kept.
///
/// @param progress  may be empty.
[[nodiscard]] Result<Preview> previewOf(const Workspace& workspace, const std::string& name,
                                        const PreviewRequest& request,
                                        const PreviewProgressFn& progress, std::stop_token stop);

/// The same for a source that is open already, such as one whose settings are not saved.
///
/// @param record  what `source` was made from; its id may be none of the ledger's.
[[nodiscard]] Result<Preview> previewWith(const Workspace& workspace,
                                          const ledger::SourceRecord& record, Source& source,
                                          const PreviewRequest& request,
                                          const PreviewProgressFn& progress, std::stop_token stop);

} // namespace daymark
