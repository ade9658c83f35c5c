// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/arguments.h"

#include "app/cli/usage_fault.h"
#include "core/base/text.h"
#include "core/base/time_zone.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <charconv>
#include <cmath>

namespace daymark::cli {

namespace {

[[noreturn]] void refuse(const std::string& name, const std::string& text, const std::string& why,
                         const std::string& hint)
{
    throw UsageFault{Error{ErrorCode::UsageInvalid,
                           name + " is \"" + shortened(text) + "\", which is " + why + ".", hint}};
}

Day dayFrom(const std::string& name, const std::string& text)
{
    if (const auto day = parseDay(text))
        return *day;
    refuse(name, text, "no calendar day", "Write a day as YYYY-MM-DD, such as 2022-06-13.");
}

std::pair<Day, Day> daysFrom(const std::string& name, const std::string& text)
{
    const auto dots = text.find("..");
    if (dots == std::string::npos) {
        const Day day = dayFrom(name, text);
        return {day, day};
    }
    const std::pair days(dayFrom(name, text.substr(0, dots)), dayFrom(name, text.substr(dots + 2)));
    if (days.first <= days.second)
        return days;
    refuse(name, text, "a range that ends before it begins", "Write the earlier day first.");
}

std::int64_t numberFrom(const std::string& name, const std::string& text, std::int64_t minimum,
                        std::int64_t maximum)
{
    std::int64_t number = 0;
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (failed == std::errc{} && end == text.data() + text.size() && number >= minimum &&
        number <= maximum)
        return number;
    const std::string range =
        maximum == std::numeric_limits<std::int64_t>::max()
            ? "from " + std::to_string(minimum) + " on"
            : "from " + std::to_string(minimum) + " to " + std::to_string(maximum);
    refuse(name, text, "no whole number " + range, "Write the number in digits.");
}

double percentFrom(const std::string& name, const std::string& text)
{
    double number = 0;
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (failed == std::errc{} && end == text.data() + text.size() && std::isfinite(number) &&
        number >= 0 && number <= 100)
        return number;
    refuse(name, text, "no percentage from 0 to 100", "Write a number such as 1 or 0.5.");
}

std::pair<std::string, std::string> pairFrom(const std::string& name, const std::string& text)
{
    const auto mark = text.find('=');
    if (mark != std::string::npos && mark > 0)
        return {text.substr(0, mark), text.substr(mark + 1)};
    refuse(name, text, "no pair with an equals sign", "Write it as key=value.");
}

std::string listed(const std::vector<std::string>& names)
{
    std::string list;
    for (std::size_t i = 0; i < names.size(); ++i)
        list += (i == 0 ? "" : i + 1 == names.size() ? " or " : ", ") + names[i];
    return list;
}

std::string needed(const std::string& help) { return help + " (needed)"; }

CLI::Option* option(CLI::App& app, const std::string& name, const std::string& label,
                    const std::string& help, const std::function<void(const std::string&)>& take)
{
    return app.add_option_function<std::string>(name, take, help)->option_text(label);
}

} // namespace

void Arguments::positional(const std::string& label, const std::string& help, std::string& value)
{
    m_app.add_option(label, value, help)->required()->option_text(" ");
}

void Arguments::positional(const std::string& label, const std::string& help,
                           std::optional<std::string>& value)
{
    option(m_app, label, " ", help, [&value](const std::string& text) { value = text; });
}

void Arguments::positionals(const std::string& label, const std::string& help,
                            std::vector<std::string>& values)
{
    m_app.add_option(label, values, help)->option_text("...");
}

void Arguments::positionalDay(const std::string& label, const std::string& help, Day& value)
{
    option(m_app, label, " ", help, [label, &value](const std::string& text) {
        value = dayFrom(label, text);
    })->required();
}

void Arguments::positionalDays(const std::string& label, const std::string& help,
                               std::vector<std::pair<Day, Day>>& values)
{
    m_app
        .add_option_function<std::vector<std::string>>(
            label,
            [label, &values](const std::vector<std::string>& texts) {
                for (const std::string& text : texts)
                    values.push_back(daysFrom(label, text));
            },
            help)
        ->required()
        ->option_text("...");
}

void Arguments::positionalNumber(const std::string& label, const std::string& help,
                                 std::int64_t minimum, std::int64_t& value)
{
    option(m_app, label, " ", help, [label, minimum, &value](const std::string& text) {
        value = numberFrom(label, text, minimum, std::numeric_limits<std::int64_t>::max());
    })->required();
}

void Arguments::flag(const std::string& name, const std::string& help, bool& value)
{
    m_app.add_flag(name, value, help);
}

void Arguments::text(const std::string& name, const std::string& label, const std::string& help,
                     std::optional<std::string>& value)
{
    option(m_app, name, label, help, [&value](const std::string& text) { value = text; });
}

void Arguments::neededText(const std::string& name, const std::string& label,
                           const std::string& help, std::string& value)
{
    option(m_app, name, label, needed(help), [&value](const std::string& text) {
        value = text;
    })->required();
}

void Arguments::day(const std::string& name, const std::string& help, std::optional<Day>& value)
{
    option(m_app, name, "DAY", help,
           [name, &value](const std::string& text) { value = dayFrom(name, text); });
}

void Arguments::neededDay(const std::string& name, const std::string& help, Day& value)
{
    option(m_app, name, "DAY", needed(help), [name, &value](const std::string& text) {
        value = dayFrom(name, text);
    })->required();
}

void Arguments::instant(const std::string& name, const std::string& help,
                        std::optional<Instant>& value)
{
    option(m_app, name, "TIME", help, [name, &value](const std::string& text) {
        value = parseInstant(text);
        if (!value)
            refuse(name, text, "no RFC 3339 time with an offset",
                   "Write a time such as 2022-06-17T10:00:00Z.");
    });
}

void Arguments::wholeNumber(const std::string& name, const std::string& label,
                            const std::string& help, std::int64_t minimum, std::int64_t maximum,
                            std::optional<std::int64_t>& value)
{
    option(m_app, name, label, help, [name, minimum, maximum, &value](const std::string& text) {
        value = numberFrom(name, text, minimum, maximum);
    });
}

void Arguments::percent(const std::string& name, const std::string& help,
                        std::optional<double>& value)
{
    option(m_app, name, "PCT", help,
           [name, &value](const std::string& text) { value = percentFrom(name, text); });
}

void Arguments::choice(const std::string& name, const std::string& help,
                       const std::vector<std::string>& names, bool isNeeded,
                       std::optional<std::string>& value)
{
    std::string label;
    for (const std::string& one : names)
        label += (label.empty() ? "" : "|") + one;
    option(m_app, name, label, isNeeded ? needed(help) : help,
           [name, names, &value](const std::string& text) {
               if (std::find(names.begin(), names.end(), text) == names.end())
                   refuse(name, text, "not one of its choices", "Choose " + listed(names) + ".");
               value = text;
           })
        ->required(isNeeded);
}

void Arguments::timeZone(const std::string& name, const std::string& help,
                         std::optional<std::string>& value)
{
    option(m_app, name, "ZONE", help, [&value](const std::string& text) {
        if (const auto zone = TimeZone::find(text); !zone)
            throw UsageFault{zone.error()};
        value = text;
    });
}

void Arguments::pairs(const std::string& name, const std::string& label, const std::string& help,
                      std::map<std::string, std::string>& values)
{
    m_app
        .add_option_function<std::vector<std::string>>(
            name,
            [name, &values](const std::vector<std::string>& texts) {
                for (const std::string& text : texts) {
                    auto [key, value] = pairFrom(name, text);
                    values[key] = value;
                }
            },
            help)
        ->allow_extra_args(false)
        ->option_text(label);
}

void Arguments::choicesByKey(const std::string& name, const std::string& help,
                             const std::vector<std::string>& keys,
                             const std::vector<std::string>& choices,
                             std::map<std::string, std::string>& values)
{
    const auto among = [](const std::vector<std::string>& names, const std::string& one) {
        return std::find(names.begin(), names.end(), one) != names.end();
    };
    m_app
        .add_option_function<std::vector<std::string>>(
            name,
            [=, &values](const std::vector<std::string>& texts) {
                for (const std::string& text : texts) {
                    const auto [key, value] = pairFrom(name, text);
                    if (!among(keys, key) || !among(choices, value))
                        refuse(name, text, "not one of its choices",
                               "Write " + listed(keys) + ", an equals sign, and " +
                                   listed(choices) + ".");
                    values[key] = value;
                }
            },
            help)
        ->allow_extra_args(false)
        ->option_text("KIND=WORD");
}

void Arguments::percentOrOff(const std::string& name, const std::string& help,
                             std::optional<std::optional<double>>& value)
{
    option(m_app, name, "PCT|off", help, [name, &value](const std::string& text) {
        value = text == "off" ? std::nullopt : std::optional(percentFrom(name, text));
    });
}

void Arguments::exclude(const std::string& name, const std::string& other)
{
    m_app.get_option(name)->excludes(m_app.get_option(other));
}

} // namespace daymark::cli
