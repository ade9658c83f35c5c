// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Questions about sources that are not saved: what the wizard asks. They go the way of the saved
// ones (source_setup.h, preview.h, planning.h) with a record that the ledger never sees.

#include "core/engine/workspace.h"

namespace daymark {

[[nodiscard]] Result<PlaceLook> browsePlace(const Workspace& workspace, const SourceDraft& draft,
                                            std::stop_token stop);

[[nodiscard]] Result<PlaceSample> samplePlace(const Workspace& workspace, const SourceDraft& draft,
                                              std::size_t rows, std::stop_token stop);

[[nodiscard]] Result<SourceTest> testOfDraft(const Workspace& workspace, const SourceDraft& draft,
                                             std::stop_token stop);

[[nodiscard]] Result<Preview> previewOfDraft(const Workspace& workspace, const SourceDraft& draft,
                                             const PreviewRequest& request,
                                             const PreviewProgressFn& progress,
                                             std::stop_token stop);

[[nodiscard]] Result<DraftPlan> planOfDraft(const Workspace& workspace, const SourceDraft& draft,
                                            std::stop_token stop);

} // namespace daymark
