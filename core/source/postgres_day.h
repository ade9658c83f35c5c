// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/schema/date_decoder.h"

namespace daymark {

/// Which rows a day's read takes.
enum class PostgresDayRows {
    DayAndUndatable, ///< the day's, and those without a calendar date, for the stream to reject
    DayOnly,         ///< the day's alone
};

/// The condition, in SQL, that finds the rows of a day by a date column of any type. Rows of other
/// days may come too where the date's text cannot be told from the outside; none of the wanted ones
/// is left out. Made of the day alone, never of anything that a customer wrote.
///
/// @param column  the column's name, quoted.
/// @param type    its type's number (postgres_type).
/// @return  empty where the column has to be read whole.
[[nodiscard]] std::string postgresDayCondition(const std::string& column, std::uint32_t type,
                                               const DateDecoder& decoder, Day day,
                                               PostgresDayRows rows);

} // namespace daymark
