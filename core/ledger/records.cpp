// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ledger/records.h"

#include <array>

namespace daymark::ledger {

namespace {

constexpr std::array<std::string_view, 8> kRunStates = {"running",    "committing", "imported",
                                                        "failed",     "cancelled",  "interrupted",
                                                        "superseded", "rolled_back"};

} // namespace

std::string_view runStateName(RunState state)
{
    return kRunStates[static_cast<std::size_t>(state)];
}

std::optional<RunState> findRunState(std::string_view name)
{
    for (std::size_t i = 0; i < kRunStates.size(); ++i) {
        if (kRunStates[i] == name)
            return static_cast<RunState>(i);
    }
    return std::nullopt;
}

} // namespace daymark::ledger
