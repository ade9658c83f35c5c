// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/spoken_day.h"

#include <array>

namespace daymark {

std::string spokenDay(Day day, Day today)
{
    constexpr std::array<const char*, 12> months = {
        "January", "February", "March",     "April",   "May",      "June",
        "July",    "August",   "September", "October", "November", "December"};
    const std::chrono::year_month_day date(day);
    const std::chrono::year year = date.year();
    std::string text = std::to_string(static_cast<unsigned>(date.day())) + ' ' +
                       months.at(static_cast<unsigned>(date.month()) - 1);
    if (year != std::chrono::year_month_day(today).year())
        text += ' ' + std::to_string(static_cast<int>(year));
    return text;
}

} // namespace daymark
