// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ledger/names.h"

#include "core/base/text.h"

#include <algorithm>

namespace daymark::ledger {

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
    return control ? "has control characters" : "";
}

} // namespace daymark::ledger
