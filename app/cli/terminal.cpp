// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/terminal.h"

#include "core/base/text.h"

#include <array>
#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <sys/ioctl.h>
#include <unistd.h>
#include <utility>

namespace daymark::cli {

namespace {

struct Range
{
    std::uint32_t first;
    std::uint32_t last;
};

/// Characters that take no column of their own.
constexpr std::array kNarrowest = {
    Range{0x0300, 0x036F}, Range{0x0483, 0x0489}, Range{0x0591, 0x05BD},  Range{0x064B, 0x065F},
    Range{0x0E31, 0x0E31}, Range{0x0E34, 0x0E3A}, Range{0x200B, 0x200F},  Range{0x20D0, 0x20FF},
    Range{0xFE00, 0xFE0F}, Range{0xFE20, 0xFE2F}, Range{0xE0100, 0xE01EF}};

/// Characters that take two columns.
constexpr std::array kWidest = {
    Range{0x1100, 0x115F},   Range{0x2E80, 0x303E},   Range{0x3041, 0xA4CF},  Range{0xAC00, 0xD7A3},
    Range{0xF900, 0xFAFF},   Range{0xFE30, 0xFE6F},   Range{0xFF00, 0xFF60},  Range{0xFFE0, 0xFFE6},
    Range{0x1F300, 0x1F64F}, Range{0x1F900, 0x1F9FF}, Range{0x20000, 0x3FFFD}};

/// Characters that change how a line reads without being seen.
constexpr std::array kTreacherous = {Range{0x0080, 0x009F}, Range{0x061C, 0x061C},
                                     Range{0x200B, 0x200F}, Range{0x2028, 0x202E},
                                     Range{0x2060, 0x2069}, Range{0xFEFF, 0xFEFF}};

template <std::size_t Count>
bool isIn(const std::array<Range, Count>& ranges, std::uint32_t point)
{
    for (const Range& range : ranges) {
        if (point >= range.first && point <= range.last)
            return true;
    }
    return false;
}

/// The code point at `pos` of well-formed UTF-8 and its length in bytes.
std::pair<std::uint32_t, std::size_t> pointAt(std::string_view text, std::size_t pos)
{
    const auto byte = [&](std::size_t i) {
        return pos + i < text.size() ? static_cast<unsigned char>(text[pos + i]) : 0U;
    };
    if (byte(0) < 0x80)
        return {byte(0), 1};
    if (byte(0) < 0xE0)
        return {(byte(0) & 0x1FU) << 6U | (byte(1) & 0x3FU), 2};
    if (byte(0) < 0xF0)
        return {(byte(0) & 0x0FU) << 12U | (byte(1) & 0x3FU) << 6U | (byte(2) & 0x3FU), 3};
    return {(byte(0) & 0x07U) << 18U | (byte(1) & 0x3FU) << 12U | (byte(2) & 0x3FU) << 6U |
                (byte(3) & 0x3FU),
            4};
}

/// The bytes of an escape sequence that Style made, 0 where there is none at `pos`.
std::size_t styleLength(std::string_view text, std::size_t pos)
{
    if (text.substr(pos, 2) != "\x1b[")
        return 0;
    const std::size_t end = text.find('m', pos);
    return end == std::string_view::npos ? 0 : end + 1 - pos;
}

bool isSet(const char* name)
{
    const char* value = std::getenv(name);
    return value && *value;
}

} // namespace

std::string Style::wrapped(const char* code, std::string_view text) const
{
    if (!m_colour || text.empty())
        return std::string(text);
    return "\x1b[" + std::string(code) + "m" + std::string(text) + "\x1b[0m";
}

bool isTerminal(int descriptor) { return isatty(descriptor) == 1; }

bool wantsColour(int descriptor)
{
    const char* kind = std::getenv("TERM");
    return isTerminal(descriptor) && !isSet("NO_COLOR") && kind && std::string_view(kind) != "dumb";
}

std::size_t terminalWidth(int descriptor)
{
    winsize size{};
    if (ioctl(descriptor, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
        return size.ws_col;
    return 80;
}

std::string printable(std::string_view text, std::size_t limit)
{
    const std::string safe = shortened(text, limit);
    std::string result;
    for (std::size_t pos = 0; pos < safe.size();) {
        const auto [point, length] = pointAt(safe, pos);
        if (isIn(kTreacherous, point)) {
            std::array<char, 12> escaped{};
            std::snprintf(escaped.data(), escaped.size(), "\\u%04X", point);
            result += escaped.data();
        } else {
            result += safe.substr(pos, length);
        }
        pos += length;
    }
    return result;
}

std::size_t displayWidth(std::string_view text)
{
    std::size_t width = 0;
    for (std::size_t pos = 0; pos < text.size();) {
        if (const std::size_t skipped = styleLength(text, pos)) {
            pos += skipped;
            continue;
        }
        const auto [point, length] = pointAt(text, pos);
        width += isIn(kNarrowest, point) ? 0U : isIn(kWidest, point) ? 2U : 1U;
        pos += length;
    }
    return width;
}

int writeAll(int descriptor, std::string_view text)
{
    while (!text.empty()) {
        const ssize_t written = write(descriptor, text.data(), text.size());
        if (written < 0 && errno != EINTR)
            return errno;
        if (written > 0)
            text.remove_prefix(static_cast<std::size_t>(written));
    }
    return 0;
}

} // namespace daymark::cli
