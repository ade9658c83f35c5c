// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/workspace.h"

namespace daymark {

/// Checks a source's schema and validates rows of one day; nothing is landed or kept.
[[nodiscard]] Result<Preview> previewOf(const Workspace& workspace, const std::string& name,
                                        const PreviewRequest& request, std::stop_token stop);

} // namespace daymark
