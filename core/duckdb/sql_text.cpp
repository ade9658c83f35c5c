// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/duckdb/duck_handles.h"

namespace daymark {

std::string quotedIdentifier(std::string_view name)
{
    std::string out = "\"";
    for (const char c : name.substr(0, name.find('\0'))) {
        if (c == '"')
            out += c;
        out += c;
    }
    return out + '"';
}

std::string quotedText(std::string_view text)
{
    std::string out = "'";
    for (const char c : text.substr(0, text.find('\0'))) {
        if (c == '\'')
            out += c;
        out += c;
    }
    return out + '\'';
}

std::string quotedFile(const std::filesystem::path& path)
{
    std::string pattern;
    for (const char c : path.string()) {
        if (c == '*' || c == '?' || c == '[')
            pattern.append({'[', c, ']'});
        else if (c == '\\')
            pattern += "\\\\";
        else
            pattern += c;
    }
    return quotedText(pattern);
}

} // namespace daymark
