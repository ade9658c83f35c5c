// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"
#include "core/schema/date_decoder.h"

#include <map>
#include <span>
#include <string>

namespace daymark {

/// Dates as a source writes them, each with the number of rows that carry it.
using DateSamples = std::map<std::string, std::size_t>;

/// Finds the format that most of the sampled rows are dated in (blank ones aside); ISO where there
/// are none. ErrorCode::SourceFormat where two formats fit equally well (`01/02/2024`), none fits
/// any, or one other than ISO fits less than half; the hint names `setting`, which the operator
/// then has to set.
///
/// @param place  what the samples come from, for people: `the column "date" of metrics.csv`.
[[nodiscard]] Result<DateFormat> detectDateFormat(const DateSamples& samples,
                                                  std::string_view place, std::string_view setting);
[[nodiscard]] Result<DateFormat> detectDateFormat(std::span<const std::string> samples,
                                                  std::string_view place, std::string_view setting);

/// Whether a date in text carries a time with an offset: `2022-06-13T23:30:00-05:00` or `…Z`.
[[nodiscard]] bool hasOffset(std::string_view date);

} // namespace daymark
