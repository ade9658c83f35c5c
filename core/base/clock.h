// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/day.h"

namespace daymark {

/// The clock behind every decision that depends on time, so that a replay or a test can set it.
/// Thread-safe: it never changes after it was made.
class Clock
{
public:
    /// The machine's clock.
    Clock() = default;

    /// A clock that stood at `start` when it was made and goes on from there at the usual pace.
    [[nodiscard]] static Clock startingAt(Instant start);

    [[nodiscard]] Instant now() const;

private:
    std::chrono::microseconds m_offset{0}; ///< what is added to the machine's clock
};

} // namespace daymark
