// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// How much of a landed day is another at its source now, as one figure that a threshold is held
// against.

#include "core/engine/views.h"

namespace daymark {

/// In percent, 0 to 100: the largest of the share of rows that came, went or changed, of how far a
/// metric's sum moved, and 100 where a metric is of another kind now. Rows that only changed are
/// not counted by a look, but for the sums that they move.
[[nodiscard]] double changedPercent(const DayImpact& impact);

/// The same where rows were only counted.
[[nodiscard]] double changedPercent(std::uint64_t rowsBefore, std::uint64_t rowsNow);

/// Whether a look found enough to import the day again by itself: something differs, and it is over
/// `threshold` percent. A day that has no rows any more never does: a person decides that.
[[nodiscard]] bool isOverThreshold(const RecheckInfo& look, std::optional<double> threshold);

} // namespace daymark
