// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/schema/source_config.h"

#include <array>

namespace daymark {

namespace {

constexpr std::array<std::string_view, 3> kUnitDayNames = {"reject", "first", "sum"};

} // namespace

std::string_view unitDayName(UnitDay policy)
{
    return kUnitDayNames[static_cast<std::size_t>(policy)];
}

std::optional<UnitDay> findUnitDay(std::string_view name)
{
    for (std::size_t i = 0; i < kUnitDayNames.size(); ++i)
        if (kUnitDayNames[i] == name)
            return static_cast<UnitDay>(i);
    return std::nullopt;
}

} // namespace daymark
