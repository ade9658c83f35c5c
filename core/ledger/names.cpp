// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ledger/names.h"

#include "core/base/text.h"

#include <algorithm>

namespace daymark::ledger {

namespace {

/// Whether it holds a mark that makes what stands after it read the other way round: U+202A to
/// U+202E, U+2066 to U+2069. Letters of either direction need none.
bool turnsText(std::string_view name)
{
    constexpr std::string_view marks[] = {"\u202A", "\u202B", "\u202C", "\u202D", "\u202E",
                                          "\u2066", "\u2067", "\u2068", "\u2069"};
    return std::any_of(std::begin(marks), std::end(marks), [name](std::string_view mark) {
        return name.find(mark) != std::string_view::npos;
    });
}

} // namespace

std::string faultOfName(std::string_view name, std::size_t limit)
{
    if (trimmed(name).empty())
        return "is empty";
    if (name.size() > limit)
        return "has more than " + std::to_string(limit) + " bytes";
    if (!isUtf8(name))
        return "is not well-formed UTF-8";
    if (trimmed(name) != name)
        return "has blanks at its ends";
    const bool control = std::any_of(name.begin(), name.end(), [](char c) {
        return static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
    });
    if (control)
        return "has control characters";
    return turnsText(name) ? "has marks that turn the direction of writing" : "";
}

} // namespace daymark::ledger
