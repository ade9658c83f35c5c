// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What looks wrong with a day as a whole, where each row for itself may be fine: loaded twice, one
// unit with half of the rows, every value null.

#include "core/ingest/ingest.h"

namespace daymark {

/// What a look at a day's counts needs to know besides them.
struct DayContext
{
    UnitDay unitDay = UnitDay::Reject;
    std::optional<std::uint64_t> usualRows; ///< of a day of this source; none where not known
};

/// Whole sentences on a day's counts, the gravest first; empty where nothing looks wrong. Codes
/// begin with `looks.`. A day of which only some rows were read is judged by those alone, and never
/// for having few.
[[nodiscard]] std::vector<SchemaFinding> suspicionsOf(const IngestSummary& summary,
                                                      const DayContext& context);

} // namespace daymark
