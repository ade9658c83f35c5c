// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/import_queue.h"

namespace daymark {

/// What the note of a run says whose new version a person, or a program, did not want.
inline constexpr std::string_view kTurnedDown =
    "The new version was turned down once its impact was known";

/// Every version of a day that ever landed, latest first.
[[nodiscard]] Result<std::vector<VersionInfo>> versionsOf(const Workspace& workspace,
                                                          const std::string& name, Day day);

/// Drops the versions of a source that are beyond what it keeps, by number and by age. What cannot
/// be dropped now is dropped another time.
void tidyVersions(const Workspace& workspace, const std::string& name);

/// The landed days of the request's ranges, oldest first. DayState where there are none.
[[nodiscard]] Result<std::vector<Day>> reimportedDays(const Workspace& workspace,
                                                      const ReimportRequest& request);

/// Imports `days` again, one after another, until one fails or the pass is stopped; a day whose
/// impact is turned down is left as it is, and the next one taken. For a pass of the source.
void reimportDays(const Workspace& workspace, const ReimportRequest& request,
                  const std::vector<Day>& days, const PassTools& tools, PassResult& result,
                  ReimportReport& report);

/// Makes another version of a day its current one. For a pass of the source.
[[nodiscard]] Result<RollbackReport>
rollBack(const Workspace& workspace, const RollbackRequest& request, const std::stop_token& stop);

} // namespace daymark
