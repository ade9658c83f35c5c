// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/sources/source_input.h"

#include <algorithm>

namespace daymark::ui {

namespace {

using TextMap = std::map<std::string, std::string>;

/// The format settings that a person chooses in the window; the others are found.
constexpr const char* kDateFormat = "date_format";
constexpr const char* kGiven = "given";

/// Whether a comma-separated list names a word.
bool names(const std::string& list, const std::string& word)
{
    return ("," + list + ",").find("," + word + ",") != std::string::npos;
}

TextMap chosenFormat(const TextMap& format)
{
    const auto given = format.find(kGiven);
    const auto entry = format.find(kDateFormat);
    if (given == format.end() || entry == format.end() || !names(given->second, kDateFormat))
        return {};
    return {*entry};
}

/// What turns one map into the other: changed entries, and empty values for those that go.
TextMap difference(const TextMap& before, const TextMap& after)
{
    TextMap changes;
    for (const auto& [key, value] : after)
        if (const auto old = before.find(key); old == before.end() || old->second != value)
            changes[key] = value;
    for (const auto& entry : before)
        if (!after.contains(entry.first))
            changes[entry.first] = std::string();
    return changes;
}

template <class T>
std::optional<T> ifOther(const T& value, const T& saved)
{
    return value == saved ? std::nullopt : std::optional<T>(value);
}

SourceSettings settingsBetween(const SourceConfig& oldConfig, const Policy& oldPolicy,
                               const SourceInput& input)
{
    SourceSettings settings;
    const SourceConfig& config = input.config;
    const Policy& policy = input.policy;
    settings.uri = ifOther(config.uri, oldConfig.uri);
    settings.table = ifOther(config.table, oldConfig.table);
    settings.query = ifOther(config.query, oldConfig.query);
    settings.signalTable = ifOther(config.signalTable, oldConfig.signalTable);
    settings.columnMap = difference(oldConfig.columnMap, config.columnMap);
    settings.format = difference(chosenFormat(oldConfig.format), config.format);
    settings.unitDay = ifOther(config.unitDay, oldConfig.unitDay);
    settings.order = ifOther(policy.order, oldPolicy.order);
    settings.horizonDays = ifOther(policy.horizonDays, oldPolicy.horizonDays);
    settings.timeZone = ifOther(policy.timeZone, oldPolicy.timeZone);
    settings.tolerancePercent = ifOther(policy.tolerancePercent, oldPolicy.tolerancePercent);
    settings.pollMinutes = ifOther(policy.pollMinutes, oldPolicy.pollMinutes);
    settings.stalenessDays = ifOther(policy.stalenessDays, oldPolicy.stalenessDays);
    settings.recheckDays = ifOther(policy.recheckDays, oldPolicy.recheckDays);
    settings.recheck = ifOther(policy.recheck, oldPolicy.recheck);
    settings.keepVersions = ifOther(policy.keepVersions, oldPolicy.keepVersions);
    settings.keepDays = ifOther(policy.keepDays, oldPolicy.keepDays);
    settings.reimportAbovePercent =
        ifOther(policy.reimportAbovePercent, oldPolicy.reimportAbovePercent);
    settings.columnGone = ifOther(policy.columnGone, oldPolicy.columnGone);
    settings.columnNew = ifOther(policy.columnNew, oldPolicy.columnNew);
    settings.columnType = ifOther(policy.columnType, oldPolicy.columnType);
    if (policy.firstDay != oldPolicy.firstDay)
        settings.firstDay = policy.firstDay;
    return settings;
}

} // namespace

SourceInput inputOf(const SourceInfo& saved)
{
    SourceInput input{saved.config, saved.policy, {}};
    input.config.format = chosenFormat(saved.config.format);
    return input;
}

SourceInput copyOf(const SourceInfo& saved, const std::vector<std::string>& taken)
{
    SourceInput input = inputOf(saved);
    std::string name = saved.config.name + " copy";
    for (int i = 2; std::find(taken.begin(), taken.end(), name) != taken.end(); ++i)
        name = saved.config.name + " copy " + std::to_string(i);
    input.config.name = name;
    if (saved.firstDayFixed)
        input.policy.firstDay.reset();
    return input;
}

SourceDraft draftOf(const SourceInput& input, const SourceInfo* saved)
{
    SourceDraft draft;
    draft.name = input.config.name;
    draft.kind = input.config.kind;
    draft.dataset = dataset(input.config.dataset).name;
    draft.isEdit = saved != nullptr;
    if (!input.secret.empty())
        draft.secret = input.secret;
    draft.settings = saved ? settingsBetween(saved->config, saved->policy, input)
                           : settingsBetween({}, {}, input);
    return draft;
}

} // namespace daymark::ui
