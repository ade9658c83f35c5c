// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/engine.h"

namespace daymark::ui {

/// A source's calendar as it is, or as it was known at a moment.
struct KnownCalendar
{
    CalendarView view;
    std::string columnsBlock;         ///< what the source's columns block imports for, now
    std::vector<std::string> unknown; ///< of a moment: what cannot be known any more
};

/// @param moment  none: now.
[[nodiscard]] Result<KnownCalendar> knownCalendar(Engine& engine, const std::string& source,
                                                  std::optional<Instant> moment);

[[nodiscard]] Result<DayExplained> knownDay(Engine& engine, const std::string& source, Day day,
                                            std::optional<Instant> moment, std::stop_token stop);

} // namespace daymark::ui
