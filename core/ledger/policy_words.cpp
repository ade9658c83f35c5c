// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ledger/policy_words.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <vector>

namespace daymark::ledger {

namespace {

constexpr std::string_view kBetween = " > ";
constexpr std::string_view kNone = "none";

std::string orderWord(DayOrder order)
{
    return order == DayOrder::HighWater ? "high-water" : "strict";
}

/// The settings that a plan is made from, by name.
std::map<std::string, std::string> wordsOf(const Policy& policy)
{
    return {{"order", orderWord(policy.order)},
            {"horizon_days", std::to_string(policy.horizonDays)},
            {"first_day", policy.firstDay ? formatDay(*policy.firstDay) : std::string(kNone)},
            {"started_over", policy.startedOver ? "yes" : "no"},
            {"time_zone", policy.timeZone}};
}

bool set(Policy& policy, std::string_view name, std::string_view value)
{
    if (name == "time_zone") {
        policy.timeZone = value;
        return true;
    }
    if (name == "order") {
        policy.order = value == "high-water" ? DayOrder::HighWater : DayOrder::Strict;
        return value == orderWord(policy.order);
    }
    if (name == "started_over") {
        policy.startedOver = value == "yes";
        return policy.startedOver || value == "no";
    }
    if (name == "first_day") {
        policy.firstDay = parseDay(value);
        return policy.firstDay || value == kNone;
    }
    if (name != "horizon_days")
        return false;
    int days = 0;
    const auto [end, failure] = std::from_chars(value.data(), value.data() + value.size(), days);
    if (failure != std::errc() || end != value.data() + value.size() || days < 0)
        return false;
    policy.horizonDays = days;
    return true;
}

/// `name before > after`
bool applyOne(Policy& policy, std::string_view words, bool back)
{
    const std::size_t blank = words.find(' ');
    const std::size_t between = words.find(kBetween);
    if (blank == std::string_view::npos || between == std::string_view::npos || between <= blank)
        return false;
    const std::string_view value = back ? words.substr(blank + 1, between - blank - 1)
                                        : words.substr(between + kBetween.size());
    return set(policy, words.substr(0, blank), value);
}

bool applyAll(Policy& policy, std::string_view words, bool back)
{
    bool understood = true;
    for (std::size_t at = 0; at < words.size();) {
        const std::size_t comma = std::min(words.find(", ", at), words.size());
        understood = applyOne(policy, words.substr(at, comma - at), back) && understood;
        at = comma + 2;
    }
    return understood;
}

} // namespace

std::string policyChange(const Policy& before, const Policy& after)
{
    const auto old = wordsOf(before);
    std::string words;
    for (const auto& [name, value] : wordsOf(after)) {
        if (const std::string& was = old.at(name); was != value)
            words.append(words.empty() ? "" : ", ")
                .append(name)
                .append(" ")
                .append(was)
                .append(kBetween)
                .append(value);
    }
    return words;
}

bool undoPolicyChange(Policy& policy, std::string_view words)
{
    return applyAll(policy, words, true);
}

bool redoPolicyChange(Policy& policy, std::string_view words)
{
    return applyAll(policy, words, false);
}

} // namespace daymark::ledger
