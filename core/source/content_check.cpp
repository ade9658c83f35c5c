// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/content_check.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace daymark {

namespace {

constexpr std::size_t kLooked = 4096;
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

struct Magic
{
    std::string_view bytes;
    std::string_view what;
    std::string_view hint;
};

constexpr std::string_view kUtf8Hint = "Write the file in UTF-8.";
constexpr std::string_view kEndingHint = "Give the file the ending of what it is.";
constexpr std::array kMagics{
    Magic{{"\xFF\xFE\0\0", 4}, "UTF-32 text", kUtf8Hint},
    Magic{{"\0\0\xFE\xFF", 4}, "UTF-32 text", kUtf8Hint},
    Magic{"\xFF\xFE", "UTF-16 text", kUtf8Hint},
    Magic{"\xFE\xFF", "UTF-16 text", kUtf8Hint},
    Magic{"\x1F\x8B", "gzip data", kEndingHint},
    Magic{"\x28\xB5\x2F\xFD", "Zstandard data", kEndingHint},
    Magic{"PAR1", "a Parquet file", kEndingHint},
    Magic{"PK\x03\x04", "a zip archive or a spreadsheet", "Export it as CSV."},
    Magic{"SQLite format 3", "a SQLite database", "Add it as a source of kind sqlite."},
};

Error refused(std::string_view name, std::string_view what, std::string_view hint)
{
    return {ErrorCode::SourceFormat, fmt::format("{} is {}, not text in UTF-8.", name, what),
            std::string(hint)};
}

bool isBinary(char c)
{
    const auto byte = static_cast<unsigned char>(c);
    return byte < 0x20 && c != '\t' && c != '\n' && c != '\r' && c != '\f' && c != '\x1B';
}

} // namespace

Status checkTextContent(std::string_view beginning, std::string_view name)
{
    if (beginning.empty()) {
        return fail(ErrorCode::SourceEmpty, fmt::format("{} is empty.", name),
                    "Check that the file was written completely; a day without rows still has a "
                    "header.");
    }
    for (const Magic& magic : kMagics) {
        if (beginning.starts_with(magic.bytes))
            return fail(refused(name, magic.what, magic.hint));
    }
    const std::string_view looked = beginning.substr(0, kLooked);
    const auto zeros = static_cast<std::size_t>(std::count(looked.begin(), looked.end(), '\0'));
    if (zeros * 3 > looked.size())
        return fail(refused(name, "UTF-16 text or binary data", kUtf8Hint));
    const std::string_view line = looked.substr(0, looked.find('\n'));
    const auto odd =
        static_cast<std::size_t>(std::count_if(looked.begin(), looked.end(), isBinary));
    if (odd * 10 > looked.size() || line.find('\0') != std::string_view::npos)
        return fail(refused(name, "binary data", "Give the path of a file of a known format."));
    const std::size_t carriageReturn = looked.find('\r');
    if (carriageReturn < looked.size() - 1 && looked.find('\n') == std::string_view::npos) {
        return fail(ErrorCode::SourceFormat,
                    fmt::format("{} ends its lines with carriage returns alone.", name),
                    "Write the file with a line feed, or with both, at the end of each line.");
    }
    return {};
}

std::string_view withoutByteOrderMark(std::string_view text)
{
    return text.starts_with(kByteOrderMark) ? text.substr(kByteOrderMark.size()) : text;
}

} // namespace daymark
