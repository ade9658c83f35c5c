// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace daymark {

/// Without the ASCII blanks (space, tab, CR, LF) at both ends.
[[nodiscard]] std::string_view trimmed(std::string_view text);

/// ASCII letters in lower case, all else as it is.
[[nodiscard]] std::string asciiLower(std::string_view text);

/// Whether the bytes are well-formed UTF-8 (no overlong forms, no surrogates, up to U+10FFFF).
[[nodiscard]] bool isUtf8(std::string_view text);

/// The number of code points of well-formed UTF-8.
[[nodiscard]] std::size_t codePoints(std::string_view text);

/// At most `limit` bytes of a value for people to read: cut at a code point with an ellipsis after
/// it, control, zero-width and direction characters and bytes that are no UTF-8 written as `\x1B`.
[[nodiscard]] std::string shortened(std::string_view value, std::size_t limit = 80);

/// The candidate with the smallest edit distance, case aside, if it is near enough to be a slip of
/// the pen (at most a third of the length or 2, and never the whole word).
[[nodiscard]] std::optional<std::string> nearest(std::string_view word,
                                                 std::span<const std::string> candidates);

/// Digits in groups of three for people: `41,902`.
[[nodiscard]] std::string groupedDigits(std::uint64_t number);

/// The text with every byte but ASCII letters, digits, `_`, `-` and `.` percent-encoded, and a
/// leading dot too: what a name may be as one part of a path.
[[nodiscard]] std::string pathSafe(std::string_view text);

/// The shortest decimal text that reads back as the same double; `nan`, `inf`, `-inf` otherwise.
[[nodiscard]] std::string formatDouble(double value);

} // namespace daymark
