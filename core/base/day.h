// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace daymark {

/// A calendar day, without a time zone of its own: the day a partition of a source belongs to.
using Day = std::chrono::sys_days;

/// An instant with the resolution of the ledger.
using Instant = std::chrono::sys_time<std::chrono::microseconds>;

/// Writes a day as `2022-06-13`.
[[nodiscard]] std::string formatDay(Day day);

/// Reads exactly `YYYY-MM-DD`, a day that exists, in the years 1 to 9999.
/// Anything else, blanks around it included, is no day.
[[nodiscard]] std::optional<Day> parseDay(std::string_view text);

/// Writes an instant as RFC 3339 in UTC: `2022-06-13T10:00:00Z`, with milliseconds where it has
/// any.
[[nodiscard]] std::string formatInstant(Instant instant);

/// Reads an RFC 3339 time (`2022-06-13T10:00:00Z`, `…+02:00`; a blank may stand for the `T`).
/// The offset is needed: a time without one is no instant.
[[nodiscard]] std::optional<Instant> parseInstant(std::string_view text);

} // namespace daymark
