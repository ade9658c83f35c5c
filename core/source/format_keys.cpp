// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/format_keys.h"

#include "core/base/text.h"

#include <nlohmann/json.hpp>

namespace daymark {

namespace {

std::vector<std::string> betweenCommas(std::string_view text)
{
    std::vector<std::string> names;
    while (true) {
        const std::size_t comma = text.find(',');
        names.emplace_back(trimmed(text.substr(0, comma)));
        if (comma == std::string_view::npos)
            return names;
        text.remove_prefix(comma + 1);
    }
}

} // namespace

std::vector<std::string> columnsOf(const std::map<std::string, std::string>& format)
{
    const auto entry = format.find("columns");
    if (entry == format.end() || entry->second.empty())
        return {};
    const nlohmann::json json = nlohmann::json::parse(entry->second, nullptr, false);
    if (!json.is_array())
        return betweenCommas(entry->second);
    std::vector<std::string> names;
    for (const nlohmann::json& name : json) {
        if (name.is_string())
            names.push_back(name.get<std::string>());
    }
    return names;
}

std::string columnsSetting(const std::vector<std::string>& names)
{
    return nlohmann::json(names).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

} // namespace daymark
