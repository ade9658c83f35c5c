// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/calendar/day_words.h"

#include "core/base/text.h"

namespace daymark {

std::string shellQuoted(std::string_view word)
{
    constexpr std::string_view plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                       "0123456789_-./:@%+,=";
    if (!word.empty() && word.find_first_not_of(plain) == std::string_view::npos)
        return std::string(word);
    std::string quoted = "'";
    for (const char c : word)
        quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
    return quoted + "'";
}

std::string counted(std::uint64_t count, std::string_view what)
{
    const std::string number = count == 0 ? "no" : groupedDigits(count);
    return number + ' ' + std::string(what) + (count == 1 ? "" : "s");
}

std::string waitingWords(std::size_t days)
{
    return counted(days, "later day") + (days == 1 ? " waits" : " wait");
}

std::string asSentence(std::string text)
{
    if (!text.empty() && std::string_view(".!?").find(text.back()) == std::string_view::npos)
        text += '.';
    return text;
}

PlannedDay unlistedDay(const Plan& plan, Day day, int horizonDays)
{
    PlannedDay planned;
    planned.day = day;
    if (day > plan.today) {
        planned.state = DayState::Future;
        return planned;
    }
    const bool tooOld = day < plan.today - std::chrono::days{horizonDays};
    if (plan.firstDay ? day < *plan.firstDay : tooOld) {
        planned.state = DayState::Ignored;
        planned.ignored = tooOld ? IgnoredReason::TooOld : IgnoredReason::BeforeStart;
    }
    return planned;
}

} // namespace daymark
