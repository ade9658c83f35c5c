// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/auto_reimport.h"

#include "core/engine/change_share.h"
#include "core/engine/versions.h"

#include <fmt/format.h>

namespace daymark {

namespace {

/// What is landed is not replaced by nothing without a person's word.
bool hasRows(const DayImpact& impact) { return impact.rowsAfter > 0; }

/// Whether rows had landed and the source counts none: the re-import would only be turned down, and
/// leave a cancelled run each time.
bool isEmptied(const Workspace& workspace, const ledger::SourceRecord& record,
               const RecheckInfo& look)
{
    constexpr double kAll = 100;
    if (look.impact || look.changedPercent.value_or(0) < kAll)
        return false;
    const auto landed = workspace.ledger->dayTable().landed(record.id, look.day, look.day);
    return landed && !landed->empty() && landed->front().counts.read > 0;
}

/// Whether a person went back from the day's latest version: taking the source's rows again is
/// theirs to say, too.
bool wasTakenBack(const Workspace& workspace, const ledger::SourceRecord& record, Day day)
{
    const auto versions = workspace.ledger->versionTable().ofDay(record.id, day);
    return versions && !versions->empty() &&
           versions->front().state == ledger::RunState::RolledBack;
}

} // namespace

void reimportChanged(const Workspace& workspace, const ledger::SourceRecord& record,
                     const std::vector<RecheckInfo>& looks, const PassTools& tools,
                     PassResult& result)
{
    const auto threshold = record.policy.reimportAbovePercent;
    for (const RecheckInfo& look : looks) {
        if (result.error || tools.stop.stop_requested())
            return;
        if (!isOverThreshold(look, threshold) || isEmptied(workspace, record, look) ||
            wasTakenBack(workspace, record, look.day))
            continue;
        ReimportRequest request;
        request.source = record.config.name;
        request.days = {{look.day, look.day}};
        request.reason = fmt::format("by itself: changed by {:.3g} % at the source, over {:g} %",
                                     *look.changedPercent, *threshold);
        request.decide = hasRows;
        ReimportReport report;
        reimportDays(workspace, request, {look.day}, tools, result, report);
    }
}

} // namespace daymark
