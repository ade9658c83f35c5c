// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

namespace daymark::ui {

/// How a cell stands in its grid at the moment.
struct CellStanding
{
    bool onPage = true;
    bool selected = false; ///< the one that keys move
    bool inSpan = false;   ///< one of several selected days
    bool focused = false;
    bool dimmed = false;            ///< by the filter
    std::optional<double> progress; ///< 0 to 1 while the day is being imported
};

} // namespace daymark::ui
