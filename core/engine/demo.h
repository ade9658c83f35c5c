// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/day.h"
#include "core/base/error.h"

#include <filesystem>

namespace daymark {

/// Days of the sample before today, and where its lessons lie, in days before today.
inline constexpr int kDemoDays = 30;
inline constexpr int kDemoGap = 9;         ///< its rows are there, its signal is not
inline constexpr int kDemoBadDay = 13;     ///< a few rows are rejected, under the usual tolerance
inline constexpr int kDemoStoppedDay = 22; ///< the last day of `newsletter_opens`

/// Writes a small shop's SQLite database, to try the console on: the tables `statsig_user_metrics`
/// and `statsig_user_metrics_signal` with the 30 days before today and a part of today, about 4,500
/// rows a day for some 3,000 units. Every day before today is signalled but one. The same day
/// brings the same bytes.
///
/// The file comes up whole under its name; an earlier one there is replaced.
/// ErrorCode::StorageFull or StorageFailed, and then nothing has changed at `path`.
[[nodiscard]] Status writeDemoDatabase(const std::filesystem::path& path, Day today);

} // namespace daymark
