// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// How the journal writes down that a policy became another one, and how that is read again: what
// was known at a past moment hangs on the policy of then.

#include "core/calendar/policy.h"

namespace daymark::ledger {

/// What the calendar hangs on and is not the same in both, as `horizon_days 28 > 10, order strict >
/// high-water`; empty where nothing of it changed.
[[nodiscard]] std::string policyChange(const Policy& before, const Policy& after);

/// Puts back what such words say was there before, or makes it what it became. Words of another
/// form change nothing.
/// @return  whether all of them were understood.
bool undoPolicyChange(Policy& policy, std::string_view words);
bool redoPolicyChange(Policy& policy, std::string_view words);

} // namespace daymark::ledger
