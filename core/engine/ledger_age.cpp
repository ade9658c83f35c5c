// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/ledger_age.h"

#include "core/engine/found_days.h"
#include "core/ledger/ledger.h"

namespace daymark {

Status checkLedgerAge(const std::filesystem::path& workspace)
{
    // In this order: a run that another process begins and lands meanwhile is known then.
    const RunId landed = highestLandedRun(workspace);
    const std::filesystem::path file = workspace / ledger::kFileName;
    const auto known = ledger::highestRun(file);
    if (!known)
        return fail(known.error());
    if (landed <= *known)
        return {};
    return fail(ErrorCode::WorkspaceDamaged,
                "The ledger " + file.string() + " is older than the landed files: run " +
                    std::to_string(landed.value) + " has landed, and it knows runs up to " +
                    std::to_string(known->value) + ".",
                "Enter what it does not know: daymark-cli repair. Nothing was changed.");
}

} // namespace daymark
