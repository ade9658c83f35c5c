// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Fault points: named places where a test makes the program die, fail or stall.
//
//     DAYMARK_FAULT=after_rename:3:kill
//
// ends the process by SIGKILL the third time that it passes `after_rename`. Several faults are
// separated by commas. The kinds: `kill`; `eio` and `enospc` (the step fails as if the disk had);
// `sleep` (half a second, to stop something in the middle). Compiled into test builds only.

#include "core/base/error.h"

namespace daymark {

#ifdef DAYMARK_FAULTS
/// Passes the fault point `name`. An error only where a test asked for one there.
[[nodiscard]] Status faultPoint(std::string_view name);
#else
[[nodiscard]] inline Status faultPoint(std::string_view) { return {}; }
#endif

} // namespace daymark
