// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <stop_token>
#include <string>

namespace daymark::cli {

/// Whether a person is there to answer: stdin and stderr are terminals.
[[nodiscard]] bool canAsk();

/// Asks on stderr and waits for a line on stdin: true for `y` and `yes`, false for anything else,
/// the end of the input, and a stop.
[[nodiscard]] bool ask(const std::string& question, const std::stop_token& stop);

} // namespace daymark::cli
