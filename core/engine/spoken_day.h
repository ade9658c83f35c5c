// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/day.h"

namespace daymark {

/// The day as a person says it: `12 November`; with the year where it is not today's.
[[nodiscard]] std::string spokenDay(Day day, Day today);

} // namespace daymark
