// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace daymark::ledger {

/// What is wrong with a name that people give to things (`is empty`), or nothing: it must be
/// well-formed UTF-8 of at most `limit` bytes without blanks at its ends, control characters or
/// marks that turn the direction of writing.
[[nodiscard]] std::string faultOfName(std::string_view name, std::size_t limit);

} // namespace daymark::ledger
