// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/session.h"

namespace daymark::cli {

/// Lets the engine's scheduler run until the session is stopped. Tells each finished run and failed
/// poll as it happens or, with `--json`, prints one document at the end: the latest runs and the
/// last poll of each source.
[[nodiscard]] Outcome watch(Session& session);

} // namespace daymark::cli
