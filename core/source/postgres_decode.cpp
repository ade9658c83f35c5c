// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/postgres_decode.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>
#include <type_traits>

namespace daymark {

namespace {

using namespace std::chrono;

constexpr std::int64_t kDaysTo2000 = 10'957;
constexpr std::int64_t kMicrosTo2000 = kDaysTo2000 * 86'400 * 1'000'000;
constexpr std::size_t kLongestText =
    1024UL * 1024; ///< longer ones are cut: no column may be that long

template <class T>
T readBig(const char* data)
{
    std::make_unsigned_t<T> value = 0;
    for (std::size_t i = 0; i < sizeof(T); ++i)
        value = static_cast<std::make_unsigned_t<T>>((value << 8U) |
                                                     static_cast<unsigned char>(data[i]));
    return static_cast<T>(value);
}

Cell textCell(std::string_view text) { return Cell::ofText(text.substr(0, kLongestText)); }

std::string_view withoutPadding(std::string_view text)
{
    const auto last = text.find_last_not_of(' ');
    return text.substr(0, last == std::string_view::npos ? 0 : last + 1);
}

/// The wire form of a numeric: groups of four decimal digits.
struct Numeric
{
    static constexpr std::uint16_t kNegative = 0x4000;
    static constexpr std::uint16_t kNaN = 0xC000;
    static constexpr std::uint16_t kInfinity = 0xD000;
    static constexpr std::uint16_t kMinusInfinity = 0xF000;

    int groups = 0;
    int weight = 0; ///< of the first group, in powers of 10,000
    std::uint16_t sign = 0;
    int scale = 0; ///< decimal digits after the point
    const char* digits = nullptr;

    [[nodiscard]] int group(int index) const
    {
        return index >= 0 && index < groups ? readBig<std::int16_t>(digits + 2 * index) : 0;
    }
};

std::optional<Numeric> readNumeric(const char* data, std::size_t size)
{
    if (size < 8)
        return std::nullopt;
    Numeric number;
    number.groups = readBig<std::int16_t>(data);
    number.weight = readBig<std::int16_t>(data + 2);
    number.sign = readBig<std::uint16_t>(data + 4);
    number.scale = readBig<std::int16_t>(data + 6);
    number.digits = data + 8;
    if (number.groups < 0 || number.scale < 0 ||
        size != 8 + 2 * static_cast<std::size_t>(number.groups))
        return std::nullopt;
    for (int i = 0; i < number.groups; ++i) {
        if (number.group(i) < 0 || number.group(i) > 9'999)
            return std::nullopt;
    }
    return number;
}

void appendGroup(std::string& text, int group, int width)
{
    std::array<char, 8> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), group).ptr;
    const auto length = static_cast<int>(end - digits.data());
    text.append(static_cast<std::size_t>(std::max(0, width - length)), '0');
    text.append(digits.data(), static_cast<std::size_t>(length));
}

/// The decimal text as the server writes it.
std::string numericText(const Numeric& number)
{
    std::string text = number.sign == Numeric::kNegative ? "-" : "";
    if (number.weight < 0)
        text += '0';
    for (int i = 0; i <= number.weight; ++i)
        appendGroup(text, number.group(i), i == 0 ? 1 : 4);
    if (number.scale == 0)
        return text;
    text += '.';
    const std::size_t length = text.size() + static_cast<std::size_t>(number.scale);
    for (int i = number.weight + 1; text.size() < length; ++i)
        appendGroup(text, number.group(i), 4);
    text.resize(length);
    return text;
}

/// Up to here a double holds each whole number.
constexpr double kExact = 1ULL << 53U;

/// Where digits and power of ten are exact doubles, one operation rounds correctly.
std::optional<double> smallNumeric(const Numeric& number, int exponent)
{
    constexpr std::array powers{1.0, 1e4, 1e8, 1e12, 1e16, 1e20};
    if (number.groups == 0)
        return 0.0;
    const int power = (exponent < 0 ? -exponent : exponent) / 4;
    if (number.groups > 4 || power >= static_cast<int>(powers.size()))
        return std::nullopt;
    std::uint64_t digits = 0;
    for (int i = 0; i < number.groups; ++i)
        digits = digits * 10'000 + static_cast<std::uint64_t>(number.group(i));
    if (digits > static_cast<std::uint64_t>(kExact))
        return std::nullopt;
    const auto whole = static_cast<double>(digits);
    const double scale = powers[static_cast<std::size_t>(power)];
    if (exponent <= 0)
        return whole / scale;
    const double product = whole * scale;
    return product <= kExact ? std::optional(product) : std::nullopt;
}

/// The nearest double, through its digits: no locale, no decimal point. None where it is beyond a
/// double's range, or beyond what a double holds to the last whole number.
std::optional<double> nearestNumeric(const Numeric& number, int exponent)
{
    std::string text;
    text.reserve(static_cast<std::size_t>(number.groups) * 4 + 16);
    for (int i = 0; i < number.groups; ++i)
        appendGroup(text, number.group(i), 4);
    text += 'e';
    text += std::to_string(exponent);
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc{} && value < kExact ? std::optional(value) : std::nullopt;
}

bool decodeNumeric(const char* data, std::size_t size, BatchBuffers& buffers, bool asText,
                   Cell& cell)
{
    const std::optional<Numeric> number = readNumeric(data, size);
    if (!number)
        return false;
    switch (number->sign) {
    case Numeric::kNaN:
        cell = Cell::ofReal(std::numeric_limits<double>::quiet_NaN());
        return true;
    case Numeric::kInfinity:
        cell = Cell::ofReal(std::numeric_limits<double>::infinity());
        return true;
    case Numeric::kMinusInfinity:
        cell = Cell::ofReal(-std::numeric_limits<double>::infinity());
        return true;
    case Numeric::kNegative:
    case 0:
        break;
    default:
        return false;
    }
    const int exponent = 4 * (number->weight - number->groups + 1);
    std::optional<double> value;
    if (!asText) {
        value = smallNumeric(*number, exponent);
        // What no double may hold goes on in its digits: rounding is to be told.
        if (!value && number->scale > 0)
            value = nearestNumeric(*number, exponent);
    }
    if (value)
        cell = Cell::ofReal(number->sign == Numeric::kNegative ? -*value : *value);
    else
        cell = textCell(buffers.copy(numericText(*number)));
    return true;
}

Cell uuidCell(const char* data, BatchBuffers& buffers)
{
    constexpr std::string_view hex = "0123456789abcdef";
    std::array<char, 36> text{};
    std::size_t at = 0;
    for (std::size_t i = 0; i < 16; ++i) {
        if (i == 4 || i == 6 || i == 8 || i == 10)
            text[at++] = '-';
        const auto byte = static_cast<unsigned char>(data[i]);
        text[at++] = hex[byte >> 4U];
        text[at++] = hex[byte & 15U];
    }
    return Cell::ofText(buffers.copy({text.data(), text.size()}));
}

/// Infinities are the largest numbers of either sign, as formatCell() and DateDecoder know them.
Cell dayCell(std::int32_t days)
{
    constexpr auto last = std::numeric_limits<std::int32_t>::max();
    if (days == last || days == std::numeric_limits<std::int32_t>::min())
        return Cell::ofInteger(days == last ? last : -static_cast<std::int64_t>(last),
                               Cell::Kind::Day);
    return Cell::ofInteger(days + kDaysTo2000, Cell::Kind::Day);
}

Cell timeCell(std::int64_t micros, Cell::Kind kind)
{
    constexpr auto last = std::numeric_limits<std::int64_t>::max();
    if (micros > last - kMicrosTo2000)
        return Cell::ofInteger(last, kind);
    if (micros == std::numeric_limits<std::int64_t>::min())
        return Cell::ofInteger(-last, kind);
    return Cell::ofInteger(micros + kMicrosTo2000, kind);
}

template <class T>
bool decodeInteger(const char* data, std::size_t size, Cell& cell)
{
    if (size != sizeof(T))
        return false;
    cell = Cell::ofInteger(readBig<T>(data));
    return true;
}

template <class Bits, class Real>
bool decodeReal(const char* data, std::size_t size, Cell& cell)
{
    static_assert(sizeof(Bits) == sizeof(Real));
    if (size != sizeof(Real))
        return false;
    const Bits bits = readBig<Bits>(data);
    Real value = 0;
    std::memcpy(&value, &bits, sizeof value);
    cell = Cell::ofReal(static_cast<double>(value));
    return true;
}

std::optional<double> parseReal(std::string_view text)
{
    constexpr double infinity = std::numeric_limits<double>::infinity();
    if (text == "NaN")
        return std::numeric_limits<double>::quiet_NaN();
    if (text == "Infinity")
        return infinity;
    if (text == "-Infinity")
        return -infinity;
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (end != text.data() + text.size())
        return std::nullopt;
    if (error == std::errc{})
        return value;
    // Out of range: what has a digit before its point is too large, the rest is next to nothing.
    const bool large =
        text.substr(0, text.find('.')).find_first_of("123456789") != std::string_view::npos;
    return large ? std::nullopt : std::optional(0.0);
}

int digitsAt(std::string_view text, std::size_t at)
{
    const auto isDigit = [](char c) { return c >= '0' && c <= '9'; };
    if (at + 2 > text.size() || !isDigit(text[at]) || !isDigit(text[at + 1]))
        return -1;
    return (text[at] - '0') * 10 + (text[at + 1] - '0');
}

/// `2022-06-13 10:00:00.5`, and `+00` after it for an instant.
std::optional<std::int64_t> parseTime(std::string_view text, std::string_view suffix)
{
    if (!text.ends_with(suffix))
        return std::nullopt;
    text.remove_suffix(suffix.size());
    const std::optional<Day> day = text.size() >= 19 ? parseDay(text.substr(0, 10)) : std::nullopt;
    const int hour = digitsAt(text, 11);
    const int minute = digitsAt(text, 14);
    const int second = digitsAt(text, 17);
    if (!day || hour < 0 || minute < 0 || second < 0)
        return std::nullopt;
    std::int64_t micros = 0;
    if (text.size() > 19) {
        const std::string_view fraction = text.substr(20);
        const auto [end, error] =
            std::from_chars(fraction.data(), fraction.data() + fraction.size(), micros);
        if (error != std::errc{} || end != fraction.data() + fraction.size() || fraction.size() > 6)
            return std::nullopt;
        for (std::size_t i = fraction.size(); i < 6; ++i)
            micros *= 10;
    }
    return microseconds{day->time_since_epoch() + hours{hour} + minutes{minute} + seconds{second}}
               .count() +
           micros;
}

Cell realOrText(std::string_view text)
{
    const std::optional<double> value = parseReal(text);
    return value ? Cell::ofReal(*value) : textCell(text);
}

Cell timeOrText(std::string_view text, std::string_view suffix, Cell::Kind kind)
{
    const std::optional<std::int64_t> value = parseTime(text, suffix);
    return value ? Cell::ofInteger(*value, kind) : textCell(text);
}

} // namespace

bool isPostgresText(std::uint32_t type)
{
    using namespace postgres_type;
    return type == Text || type == VarChar || type == BpChar || type == Name || type == Char ||
           type == Json || type == JsonB;
}

bool isPostgresNumber(std::uint32_t type)
{
    using namespace postgres_type;
    return type == Int2 || type == Int4 || type == Int8 || type == Float4 || type == Float8 ||
           type == postgres_type::Numeric;
}

bool isPostgresDate(std::uint32_t type)
{
    using namespace postgres_type;
    return type == Date || type == Timestamp || type == TimestampTz;
}

std::optional<PostgresWire> wireFor(std::uint32_t type, ColumnType need)
{
    switch (type) {
    case postgres_type::Text:
    case postgres_type::VarChar:
    case postgres_type::Name:
    case postgres_type::Json:
        return PostgresWire::Text;
    case postgres_type::BpChar:
        return PostgresWire::PaddedText;
    case postgres_type::JsonB:
        return PostgresWire::JsonB;
    case postgres_type::Int2:
        return PostgresWire::Int2;
    case postgres_type::Int4:
        return PostgresWire::Int4;
    case postgres_type::Int8:
        return PostgresWire::Int8;
    case postgres_type::Float4:
        return PostgresWire::Float4;
    case postgres_type::Float8:
        return PostgresWire::Float8;
    case postgres_type::Numeric:
        return need == ColumnType::Number ? PostgresWire::Numeric : PostgresWire::NumericText;
    case postgres_type::Uuid:
        return PostgresWire::Uuid;
    default:
        break;
    }
    if (need != ColumnType::Date)
        return std::nullopt;
    switch (type) {
    case postgres_type::Date:
        return PostgresWire::Date;
    case postgres_type::Timestamp:
        return PostgresWire::Timestamp;
    case postgres_type::TimestampTz:
        return PostgresWire::TimestampTz;
    default:
        return std::nullopt;
    }
}

bool decodePostgresBinary(PostgresWire wire, const char* data, std::size_t size,
                          BatchBuffers& buffers, Cell& cell)
{
    switch (wire) {
    case PostgresWire::Text:
        cell = textCell({data, size});
        return true;
    case PostgresWire::PaddedText:
        cell = textCell(withoutPadding({data, size}));
        return true;
    case PostgresWire::JsonB:
        if (size == 0 || data[0] != 1)
            return false;
        cell = textCell({data + 1, size - 1});
        return true;
    case PostgresWire::Int2:
        return decodeInteger<std::int16_t>(data, size, cell);
    case PostgresWire::Int4:
        return decodeInteger<std::int32_t>(data, size, cell);
    case PostgresWire::Int8:
        return decodeInteger<std::int64_t>(data, size, cell);
    case PostgresWire::Float4:
        return decodeReal<std::uint32_t, float>(data, size, cell);
    case PostgresWire::Float8:
        return decodeReal<std::uint64_t, double>(data, size, cell);
    case PostgresWire::Numeric:
    case PostgresWire::NumericText:
        return decodeNumeric(data, size, buffers, wire == PostgresWire::NumericText, cell);
    case PostgresWire::Uuid:
        if (size != 16)
            return false;
        cell = uuidCell(data, buffers);
        return true;
    case PostgresWire::Date:
        if (size != 4)
            return false;
        cell = dayCell(readBig<std::int32_t>(data));
        return true;
    case PostgresWire::Timestamp:
    case PostgresWire::TimestampTz:
        if (size != 8)
            return false;
        cell =
            timeCell(readBig<std::int64_t>(data),
                     wire == PostgresWire::Timestamp ? Cell::Kind::LocalTime : Cell::Kind::Instant);
        return true;
    }
    return false;
}

Cell decodePostgresText(PostgresWire wire, std::string_view text)
{
    switch (wire) {
    case PostgresWire::Text:
    case PostgresWire::JsonB:
    case PostgresWire::NumericText:
    case PostgresWire::Uuid:
        return textCell(text);
    case PostgresWire::PaddedText:
        return textCell(withoutPadding(text));
    case PostgresWire::Int2:
    case PostgresWire::Int4:
    case PostgresWire::Int8: {
        std::int64_t value = 0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
        const bool whole = error == std::errc{} && end == text.data() + text.size();
        return whole ? Cell::ofInteger(value) : textCell(text);
    }
    case PostgresWire::Float4: { // the same double as from its four bytes
        const Cell cell = realOrText(text);
        return cell.kind == Cell::Kind::Real
                   ? Cell::ofReal(static_cast<double>(static_cast<float>(cell.real)))
                   : cell;
    }
    case PostgresWire::Float8:
        return realOrText(text);
    case PostgresWire::Numeric: // so many digits may be rounded, which is to be told
        return text.size() <= 15 ? realOrText(text) : textCell(text);
    case PostgresWire::Date: {
        const std::optional<Day> day = parseDay(text);
        return day ? Cell::ofInteger(day->time_since_epoch().count(), Cell::Kind::Day)
                   : textCell(text);
    }
    case PostgresWire::Timestamp:
        return timeOrText(text, "", Cell::Kind::LocalTime);
    case PostgresWire::TimestampTz:
        return timeOrText(text, "+00", Cell::Kind::Instant);
    }
    return textCell(text);
}

} // namespace daymark
