// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/schema/batch.h"

#include <string_view>

namespace daymark {

enum class NumberStatus { Null, Ok, NotANumber, NotFinite };

struct Number
{
    NumberStatus status = NumberStatus::Null;
    double value = 0;     ///< of Ok
    bool rounded = false; ///< a whole number that no double holds to its last digit
};

/// Reads a decimal number: an optional sign, digits with an optional point, an optional exponent,
/// and nothing else but blanks around it. Empty or blank: null. Beyond the largest double, and the
/// words for NaN and infinity: NotFinite. Too small for a double: 0.
[[nodiscard]] Number parseNumber(std::string_view text);

/// A cell as a number; days and times are none.
[[nodiscard]] Number numberOf(const Cell& cell);

} // namespace daymark
