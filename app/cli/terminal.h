// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The terminal and what may be sent to it: colours only where there is one, customers' text never
// raw.

#include <string>
#include <string_view>

namespace daymark::cli {

/// Writes colours or leaves them out; a copy is cheap.
class Style
{
public:
    Style() = default;
    explicit Style(bool colour) : m_colour(colour) {}

    [[nodiscard]] std::string bold(std::string_view text) const { return wrapped("1", text); }
    [[nodiscard]] std::string dim(std::string_view text) const { return wrapped("2", text); }
    [[nodiscard]] std::string good(std::string_view text) const { return wrapped("32", text); }
    [[nodiscard]] std::string caution(std::string_view text) const { return wrapped("33", text); }
    [[nodiscard]] std::string bad(std::string_view text) const { return wrapped("31", text); }
    [[nodiscard]] std::string busy(std::string_view text) const { return wrapped("36", text); }

private:
    [[nodiscard]] std::string wrapped(const char* code, std::string_view text) const;

    bool m_colour = false;
};

/// Whether a file descriptor is a terminal that people look at.
[[nodiscard]] bool isTerminal(int descriptor);

/// Whether colours are wanted on a file descriptor: a terminal, not a dumb one, and no NO_COLOR.
[[nodiscard]] bool wantsColour(int descriptor);

/// The columns of the terminal behind a file descriptor; 80 where that is not known.
[[nodiscard]] std::size_t terminalWidth(int descriptor);

/// Text from outside, safe to show: at most `limit` bytes, control characters, marks that turn the
/// direction of writing, invisible characters and bytes that are no UTF-8 escaped.
[[nodiscard]] std::string printable(std::string_view text, std::size_t limit = 200);

/// The columns that well-formed UTF-8 takes on a terminal; escape sequences of Style count as none.
[[nodiscard]] std::size_t displayWidth(std::string_view text);

/// Writes everything to a file descriptor. 0, or the errno of the failure.
[[nodiscard]] int writeAll(int descriptor, std::string_view text);

} // namespace daymark::cli
