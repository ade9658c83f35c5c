// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ingest/number.h"

#include "core/base/text.h"

#include <algorithm>
#include <array>
#include <bit>
#include <charconv>
#include <cmath>

namespace daymark {

namespace {

constexpr std::array<double, 16> kPowers = {1e0, 1e1, 1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                            1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15};

bool isDigit(char c) { return c >= '0' && c <= '9'; }

/// Up to 15 digits with a point: both the digits and the power of ten are exact doubles, so that
/// one division rounds correctly. False: the long way has to be gone.
bool parseShort(std::string_view text, bool negative, double& out)
{
    if (text.empty() || text.size() > 16)
        return false;
    std::uint64_t digits = 0;
    std::size_t count = 0;
    std::size_t point = std::string_view::npos;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (isDigit(c)) {
            digits = digits * 10 + static_cast<std::uint64_t>(c - '0');
            ++count;
        } else if (c == '.' && point == std::string_view::npos) {
            point = i;
        } else {
            return false;
        }
    }
    if (count == 0 || count > 15)
        return false;
    const std::size_t places = point == std::string_view::npos ? 0 : text.size() - point - 1;
    const double magnitude = static_cast<double>(digits) / kPowers[places];
    out = negative ? -magnitude : magnitude;
    return true;
}

bool isWordForNoNumber(std::string_view text)
{
    if (text.size() < 3 || text.size() > 8 || isDigit(text[0]) || text[0] == '.')
        return false;
    const std::string word = asciiLower(text);
    return word == "nan" || word == "inf" || word == "infinity";
}

/// Whether a number out of a double's range, known to be well formed, is too large rather than too
/// small: by the place of its first digit that is not 0.
bool isTooLarge(std::string_view text)
{
    const auto e = text.find_first_of("eE");
    const std::string_view digits = text.substr(0, e);
    const std::size_t point = std::min(digits.find('.'), digits.size());
    const std::size_t first = digits.find_first_of("123456789");
    if (first == std::string_view::npos)
        return false;
    long long magnitude = static_cast<long long>(point) - static_cast<long long>(first);
    if (e == std::string_view::npos)
        return magnitude > 0;
    std::string_view exponent = text.substr(e + 1);
    if (exponent.starts_with('+'))
        exponent.remove_prefix(1);
    long long shift = 0;
    const auto read = std::from_chars(exponent.data(), exponent.data() + exponent.size(), shift);
    if (read.ec != std::errc{})
        return !exponent.starts_with('-');
    return shift > 0 ? magnitude > -shift : magnitude + shift > 0;
}

/// Whether a number whose digits a double may not hold to the last whole one was rounded on its way
/// into `value`. Fractions of smaller numbers are rounded as all are.
bool isRounded(std::string_view text, double value)
{
    const std::size_t point = std::min(text.find('.'), text.size());
    std::string_view fraction = text.substr(std::min(point + 1, text.size()));
    fraction = fraction.substr(0, fraction.find_last_not_of('0') + 1);
    std::string_view whole = text.substr(0, point);
    whole.remove_prefix(std::min(whole.find_first_not_of('0'), whole.size()));
    if (whole.size() <= 15 || !std::all_of(whole.begin(), whole.end(), isDigit) ||
        !std::all_of(fraction.begin(), fraction.end(), isDigit))
        return false;
    if (!fraction.empty())
        return value >= static_cast<double>(std::uint64_t{1} << 53U);
    std::array<char, 320> exact; // 1.8e308 has 309 digits
    const auto written = std::to_chars(exact.data(), exact.data() + exact.size(), value,
                                       std::chars_format::fixed, 0);
    return whole != std::string_view(exact.data(), written.ptr);
}

/// Whether an integer has more significant bits than a double holds.
bool isRounded(std::int64_t integer)
{
    constexpr std::uint64_t exact = std::uint64_t{1} << 53U;
    const auto bits = static_cast<std::uint64_t>(integer);
    const std::uint64_t magnitude = integer < 0 ? 0 - bits : bits;
    return magnitude > exact && (magnitude >> std::countr_zero(magnitude)) >= exact;
}

Number parseLong(std::string_view text, bool negative)
{
    if (isWordForNoNumber(text))
        return {NumberStatus::NotFinite, 0, false};
    if (text.empty() || !(isDigit(text[0]) || text[0] == '.'))
        return {NumberStatus::NotANumber, 0, false};
    double value = 0;
    const char* end = text.data() + text.size();
    const auto read = std::from_chars(text.data(), end, value, std::chars_format::general);
    if (read.ec == std::errc::invalid_argument || read.ptr != end)
        return {NumberStatus::NotANumber, 0, false};
    if (read.ec == std::errc::result_out_of_range) {
        if (isTooLarge(text))
            return {NumberStatus::NotFinite, 0, false};
        return {NumberStatus::Ok, negative ? -0.0 : 0.0, true}; // closer to 0 than any double
    }
    return {NumberStatus::Ok, negative ? -value : value, isRounded(text, value)};
}

} // namespace

Number parseNumber(std::string_view text)
{
    if (!text.empty() && (text.front() <= ' ' || text.back() <= ' '))
        text = trimmed(text);
    if (text.empty())
        return {NumberStatus::Null, 0, false};
    const bool negative = text[0] == '-';
    const std::string_view magnitude = negative || text[0] == '+' ? text.substr(1) : text;
    Number number{NumberStatus::Ok, 0, false};
    if (parseShort(magnitude, negative, number.value))
        return number;
    return parseLong(magnitude, negative);
}

Number numberOf(const Cell& cell)
{
    switch (cell.kind) {
    case Cell::Kind::Null:
        return {NumberStatus::Null, 0, false};
    case Cell::Kind::Text:
        return parseNumber(cell.asText());
    case Cell::Kind::Integer:
        return {NumberStatus::Ok, static_cast<double>(cell.integer), isRounded(cell.integer)};
    case Cell::Kind::Real:
        return {std::isfinite(cell.real) ? NumberStatus::Ok : NumberStatus::NotFinite, cell.real,
                false};
    default:
        return {NumberStatus::NotANumber, 0, false};
    }
}

} // namespace daymark
