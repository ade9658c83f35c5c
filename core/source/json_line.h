// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace daymark {

/// One member of a JSON object, as it stands in the line.
struct JsonField
{
    enum class Kind { Null, Literal, String, Nested };

    std::string_view key;
    std::string_view text; ///< of a string: between its quotes; else as written
    Kind kind = Kind::Null;
    bool keyIsEscaped = false;
    bool textIsEscaped = false;
};

/// Splits a line that should be one JSON object into its members. Strict, but for `NaN` and
/// `Infinity`, which are taken as they stand so that the value can be named; without recursion,
/// whatever the depth of the nesting.
///
/// @return  why the line is no such object; empty where it is one.
[[nodiscard]] std::string_view splitJsonObject(std::string_view line,
                                               std::vector<JsonField>& fields);

/// The text of a JSON string between its quotes; false for a broken escape or half a surrogate
/// pair.
[[nodiscard]] bool unescapeJson(std::string_view escaped, std::string& text);

} // namespace daymark
