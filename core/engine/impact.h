// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What another version of a day changes, from what the ledger keeps of the landed one (rows, sums
// and fingerprints for each metric and id type) and, where both are at hand, from their rows.

#include "core/engine/workspace.h"

namespace daymark {

/// A version of a day, as far as it is compared.
struct DayFacts
{
    ledger::RunCounts counts;
    std::vector<Rollup> rollups;
    Hash128 fingerprint;
};

/// What the ledger keeps of a landed run.
[[nodiscard]] Result<DayFacts> factsOfRun(const Workspace& workspace, RunId run);

/// Compares by counts, sums and fingerprints: `added` and `removed` are net, `changed` is 0.
[[nodiscard]] DayImpact impactOf(const landing::ExpectedDay& day, const DayFacts& before,
                                 const DayFacts& after);

/// Compares the rows of the metrics that differ one by one. What is landed may be damaged: then the
/// impact stays as it is, and is not exact. RunCancelled.
[[nodiscard]] Status refine(const Workspace& workspace, DayImpact& impact,
                            const landing::ExpectedDay& before, const landing::Staging& after,
                            const std::stop_token& stop);

/// How a day's source is known to differ from a version that is to be current again: by the last
/// look at it, or the last import. Empty where it does not.
[[nodiscard]] std::string differenceFrom(const Workspace& workspace, SourceId source, Day day,
                                         RunId version);

/// `5 rows added, 2 removed, 3 changed; revenue: sum 10 → 12.5; visits is a ratio now`, at most
/// three metrics. Empty where nothing differs.
[[nodiscard]] std::string impactWords(const DayImpact& impact);

} // namespace daymark
