// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A folder of CSV, JSON lines or Parquet files, or one such file. `SourceConfig::format` holds
// `layout` (`days`, `flat`), `delimiter`, `quote`, `header` (`yes`; `no` takes the names from
// `columns`), `final_newline` (`required`, `optional`), `columns`, `date_format`,
// `signal_date_format` and `signal_delimiter`.

#include "core/source/registry.h"

namespace daymark {

[[nodiscard]] SourceKind filesKind();

} // namespace daymark
