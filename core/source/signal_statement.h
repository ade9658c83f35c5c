// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What a person runs at a source to announce a day. The program itself never writes there.

#include "core/schema/date_decoder.h"
#include "core/schema/source_config.h"

namespace daymark {

/// The day as a source's signals write it, without quotes: `2022-06-14`, `14/06/2022`,
/// `1655164800`.
[[nodiscard]] std::string writtenDay(Day day, const DateDecoder& dates);

/// `INSERT INTO "signals" ("finished_date") VALUES ('2022-06-14');`
///
/// @param table  quoted already.
[[nodiscard]] std::string signalInsert(const std::string& table, const SourceConfig& config,
                                       const DateDecoder& dates, Day day);

} // namespace daymark
