// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Words and look-ups that the explanations of a day and its short descriptions share.

#include "core/calendar/plan.h"

namespace daymark {

/// The text as one word of a shell's command line.
[[nodiscard]] std::string shellQuoted(std::string_view word);

/// `12 rows`, `1 row`, `no rows`.
[[nodiscard]] std::string counted(std::uint64_t count, std::string_view what);

/// `5 later days wait`, `1 later day waits`.
[[nodiscard]] std::string waitingWords(std::size_t days);

/// The text with a full stop, unless it ends a sentence already or is empty.
[[nodiscard]] std::string asSentence(std::string text);

/// What a day is that the plan doesn't list.
[[nodiscard]] PlannedDay unlistedDay(const Plan& plan, Day day, int horizonDays);

} // namespace daymark
