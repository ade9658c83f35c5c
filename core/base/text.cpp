// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <vector>

namespace daymark {

namespace {

constexpr std::string_view kBlanks = " \t\r\n";

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

/// The length of the well-formed UTF-8 sequence at `pos`, 0 where there is none.
std::size_t sequenceLength(std::string_view text, std::size_t pos)
{
    const auto byte = [&](std::size_t i) {
        return pos + i < text.size() ? static_cast<unsigned char>(text[pos + i]) : 0U;
    };
    const auto continues = [&](std::size_t i) { return (byte(i) & 0xC0U) == 0x80U; };
    const unsigned first = byte(0);
    if (first < 0x80)
        return 1;
    if (first >= 0xC2 && first <= 0xDF)
        return continues(1) ? 2 : 0;
    if (first >= 0xE0 && first <= 0xEF) {
        const unsigned lowest = first == 0xE0 ? 0xA0 : 0x80;
        const unsigned highest = first == 0xED ? 0x9F : 0xBF;
        return byte(1) >= lowest && byte(1) <= highest && continues(2) ? 3 : 0;
    }
    if (first >= 0xF0 && first <= 0xF4) {
        const unsigned lowest = first == 0xF0 ? 0x90 : 0x80;
        const unsigned highest = first == 0xF4 ? 0x8F : 0xBF;
        return byte(1) >= lowest && byte(1) <= highest && continues(2) && continues(3) ? 4 : 0;
    }
    return 0;
}

/// Whether a well-formed sequence shows nothing by itself or changes how its neighbours look:
/// control characters, line separators, marks of zero width and of writing direction.
bool isHidden(std::string_view sequence)
{
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(sequence[i]); };
    if (sequence.size() == 1)
        return byte(0) < 0x20 || byte(0) == 0x7F;
    if (sequence.size() == 2)
        return (byte(0) == 0xC2 && byte(1) < 0xA0) || sequence == "\u00AD" || sequence == "\u061C";
    if (sequence.size() != 3)
        return false;
    if (byte(0) == 0xE2 && byte(1) == 0x80)
        return (byte(2) >= 0x8B && byte(2) <= 0x8F) || (byte(2) >= 0xA8 && byte(2) <= 0xAE);
    if (byte(0) == 0xE2 && byte(1) == 0x81)
        return byte(2) >= 0xA0 && byte(2) <= 0xAF;
    return sequence == "\uFEFF";
}

void appendHexByte(std::string& out, unsigned char byte, std::string_view prefix)
{
    constexpr std::string_view digits = "0123456789ABCDEF";
    out += prefix;
    out += digits[byte >> 4U];
    out += digits[byte & 15U];
}

std::size_t editDistance(const std::string& a, const std::string& b)
{
    std::vector<std::size_t> row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j)
        row[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t above = row[j];
            row[j] =
                std::min({above + 1, row[j - 1] + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1)});
            diagonal = above;
        }
    }
    return row[b.size()];
}

} // namespace

std::string_view trimmed(std::string_view text)
{
    const auto first = text.find_first_not_of(kBlanks);
    if (first == std::string_view::npos)
        return {};
    return text.substr(first, text.find_last_not_of(kBlanks) - first + 1);
}

std::string asciiLower(std::string_view text)
{
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(), lower);
    return out;
}

bool isUtf8(std::string_view text)
{
    std::size_t pos = 0;
    while (pos < text.size()) {
        if (static_cast<unsigned char>(text[pos]) < 0x80) {
            ++pos;
            continue;
        }
        const std::size_t length = sequenceLength(text, pos);
        if (length == 0)
            return false;
        pos += length;
    }
    return true;
}

std::size_t codePoints(std::string_view text)
{
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
        return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
    }));
}

std::string shortened(std::string_view value, std::size_t limit)
{
    std::string out;
    while (!value.empty()) {
        const std::size_t length = sequenceLength(value, 0);
        const std::string_view bytes = value.substr(0, std::max<std::size_t>(length, 1));
        const bool escaped = length == 0 || isHidden(bytes);
        const std::size_t size = escaped ? bytes.size() * std::string_view("\\xNN").size() : length;
        if (out.size() + size > limit)
            return out + "…";
        for (const char byte : bytes)
            if (escaped)
                appendHexByte(out, static_cast<unsigned char>(byte), "\\x");
            else
                out += byte;
        value.remove_prefix(bytes.size());
    }
    return out;
}

std::optional<std::string> nearest(std::string_view word, std::span<const std::string> candidates)
{
    const std::string wanted = asciiLower(shortened(word, 200));
    const std::size_t limit = std::max<std::size_t>(2, wanted.size() / 3);
    std::optional<std::string> best;
    std::size_t bestDistance = limit + 1;
    for (const std::string& candidate : candidates) {
        if (candidate.size() > wanted.size() + limit || candidate.size() + limit < wanted.size())
            continue;
        const std::size_t distance = editDistance(wanted, asciiLower(candidate));
        if (distance < bestDistance && distance < wanted.size()) {
            bestDistance = distance;
            best = candidate;
        }
    }
    return best;
}

std::string groupedDigits(std::uint64_t number)
{
    std::string digits = std::to_string(number);
    for (std::size_t i = digits.size(); i > 3; i -= 3)
        digits.insert(i - 3, 1, ',');
    return digits;
}

std::string pathSafe(std::string_view text)
{
    std::string out;
    for (const char c : text) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                           (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '.';
        if (plain && !(c == '.' && out.empty()))
            out += c;
        else
            appendHexByte(out, static_cast<unsigned char>(c), "%");
    }
    return out;
}

std::string formatDouble(double value)
{
    if (std::isnan(value))
        return "nan";
    if (std::isinf(value))
        return value < 0 ? "-inf" : "inf";
    std::array<char, 32> buffer{};
    const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value);
    return {buffer.data(), end.ptr};
}

} // namespace daymark
