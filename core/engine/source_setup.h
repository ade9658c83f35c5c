// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/workspace.h"

namespace daymark {

/// Adds a source after a look at it. Settings that cannot be right, and a place that isn't there or
/// may not be read, are refused; whatever else is wrong (a missing column, a server that does not
/// answer) is said and the source is kept, for it may be mended meanwhile.
[[nodiscard]] Result<SourceSaved> addSourceTo(const Workspace& workspace, const std::string& name,
                                              const std::string& kind, const std::string& dataset,
                                              const SourceSettings& settings, std::stop_token stop);

/// Changes settings. What was found at set-up is found anew where the place or a format changes.
[[nodiscard]] Result<SourceSaved> editSourceOf(const Workspace& workspace, const std::string& name,
                                               const SourceSettings& settings,
                                               std::stop_token stop);

[[nodiscard]] Status removeSourceFrom(const Workspace& workspace, const std::string& name,
                                      bool keepData);

[[nodiscard]] Result<SourceTest> testSourceOf(const Workspace& workspace, const std::string& name,
                                              std::stop_token stop);

} // namespace daymark
