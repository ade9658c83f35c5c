// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// SQLite database files. `SourceConfig::format` holds `date_format`, `signal_date_format` and
// `date_offsets` (`yes` where dates carry times with an offset).

#include "core/source/registry.h"

#include <chrono>

namespace daymark {

[[nodiscard]] SourceKind sqliteKind();

/// Makes a SQLite source, as the registry does.
///
/// @param patience  how long a database that another program has locked is asked again.
[[nodiscard]] Result<std::unique_ptr<Source>>
makeSqliteSource(const SourceConfig& config,
                 std::chrono::milliseconds patience = std::chrono::seconds(10));

} // namespace daymark
