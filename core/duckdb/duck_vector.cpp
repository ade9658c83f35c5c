// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/day.h"
#include "core/base/text.h"
#include "core/duckdb/duck_handles.h"

#include <algorithm>
#include <array>
#include <bit>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <limits>

namespace daymark {

namespace {

__extension__ typedef __int128 Int128;
__extension__ typedef unsigned __int128 UInt128;

constexpr std::int64_t kLowest = std::numeric_limits<std::int64_t>::min();
constexpr std::int64_t kHighest = std::numeric_limits<std::int64_t>::max();

template <class T>
T read(const void* data, std::size_t row)
{
    return static_cast<const T*>(data)[row];
}

UInt128 bitsOf(const duckdb_hugeint& value)
{
    return static_cast<UInt128>(static_cast<std::uint64_t>(value.upper)) << 64U | value.lower;
}

std::string digitsOf(UInt128 magnitude)
{
    std::string out;
    do {
        out.insert(out.begin(), static_cast<char>('0' + static_cast<int>(magnitude % 10)));
        magnitude /= 10;
    } while (magnitude != 0);
    return out;
}

/// A whole number with its last `scale` digits behind a point.
std::string decimalText(bool negative, UInt128 magnitude, unsigned scale)
{
    std::string digits = digitsOf(magnitude);
    if (digits.size() <= scale)
        digits.insert(0, scale + 1 - digits.size(), '0');
    if (scale > 0)
        digits.insert(digits.size() - scale, 1, '.');
    return negative ? "-" + digits : digits;
}

std::string uuidText(const duckdb_hugeint& value)
{
    const std::uint64_t high = static_cast<std::uint64_t>(value.upper) ^ (std::uint64_t{1} << 63U);
    const std::uint64_t low = value.lower;
    std::array<char, 40> out{};
    std::snprintf(out.data(), out.size(), "%08x-%04x-%04x-%04x-%012llx",
                  static_cast<unsigned>(high >> 32U), static_cast<unsigned>(high >> 16U & 0xFFFFU),
                  static_cast<unsigned>(high & 0xFFFFU), static_cast<unsigned>(low >> 48U),
                  static_cast<unsigned long long>(low & 0xFFFFFFFFFFFFULL));
    return out.data();
}

std::string dateText(std::int32_t days)
{
    if (days == std::numeric_limits<std::int32_t>::max())
        return "infinity";
    if (days == -std::numeric_limits<std::int32_t>::max())
        return "-infinity";
    const duckdb_date_struct date = duckdb_from_date({days});
    std::array<char, 32> out{};
    std::snprintf(out.data(), out.size(), "%04d-%02d-%02d", date.year, date.month, date.day);
    return out.data();
}

std::string timestampText(std::int64_t micros, bool utc)
{
    if (micros == kHighest)
        return "infinity";
    if (micros == -kHighest || micros == kLowest)
        return "-infinity";
    const duckdb_timestamp_struct when = duckdb_from_timestamp({micros});
    std::array<char, 64> out{};
    std::snprintf(out.data(), out.size(), "%04d-%02d-%02d %02d:%02d:%02d", when.date.year,
                  when.date.month, when.date.day, when.time.hour, when.time.min, when.time.sec);
    std::string text = out.data();
    if (when.time.micros != 0) {
        std::snprintf(out.data(), out.size(), ".%06d", when.time.micros);
        text += out.data();
    }
    return utc ? text + "+00" : text;
}

bool isInfinite(std::int64_t value) { return value == kHighest || value == -kHighest; }

/// `value` in units of 1/`perMicro` microseconds or, with `times`, in multiples of them.
std::int64_t scaled(std::int64_t value, std::int64_t times)
{
    if (isInfinite(value))
        return value;
    if (value > kHighest / times || value < -(kHighest / times))
        return value > 0 ? kHighest : -kHighest;
    return value * times;
}

std::int64_t floorDivided(std::int64_t value, std::int64_t by)
{
    if (isInfinite(value))
        return value;
    return value / by - (value % by < 0 ? 1 : 0);
}

std::int64_t dayCount(std::int32_t days)
{
    if (days == std::numeric_limits<std::int32_t>::max())
        return kHighest;
    return days == -std::numeric_limits<std::int32_t>::max() ? -kHighest : days;
}

double fromText(const std::string& text)
{
    double out = 0;
    std::from_chars(text.data(), text.data() + text.size(), out);
    return out;
}

Int128 signedBits(const void* data, int physical, std::size_t row)
{
    switch (physical) {
    case DUCKDB_TYPE_SMALLINT:
        return read<std::int16_t>(data, row);
    case DUCKDB_TYPE_INTEGER:
        return read<std::int32_t>(data, row);
    case DUCKDB_TYPE_BIGINT:
        return read<std::int64_t>(data, row);
    default:
        return static_cast<Int128>(bitsOf(read<duckdb_hugeint>(data, row)));
    }
}

std::string signedText(Int128 value, unsigned scale)
{
    const bool negative = value < 0;
    const auto magnitude = static_cast<UInt128>(value);
    return decimalText(negative, negative ? -magnitude : magnitude, scale);
}

double decimalNumber(Int128 value, unsigned scale)
{
    constexpr Int128 kExact = Int128{1} << 53U;
    static constexpr std::array<double, 23> kPowers = {
        1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
        1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
    if (value <= kExact && value >= -kExact && scale < kPowers.size())
        return static_cast<double>(static_cast<std::int64_t>(value)) / kPowers[scale];
    return fromText(signedText(value, scale));
}

} // namespace

DuckType duckTypeOf(duckdb_type type)
{
    switch (type) {
    case DUCKDB_TYPE_BOOLEAN:
        return DuckType::Boolean;
    case DUCKDB_TYPE_TINYINT:
    case DUCKDB_TYPE_SMALLINT:
    case DUCKDB_TYPE_INTEGER:
    case DUCKDB_TYPE_BIGINT:
    case DUCKDB_TYPE_UTINYINT:
    case DUCKDB_TYPE_USMALLINT:
    case DUCKDB_TYPE_UINTEGER:
        return DuckType::Integer;
    case DUCKDB_TYPE_UBIGINT:
        return DuckType::Unsigned;
    case DUCKDB_TYPE_HUGEINT:
    case DUCKDB_TYPE_UHUGEINT:
        return DuckType::Huge;
    case DUCKDB_TYPE_FLOAT:
    case DUCKDB_TYPE_DOUBLE:
        return DuckType::Real;
    case DUCKDB_TYPE_DECIMAL:
        return DuckType::Decimal;
    case DUCKDB_TYPE_VARCHAR:
    case DUCKDB_TYPE_ENUM:
        return DuckType::Text;
    case DUCKDB_TYPE_BLOB:
        return DuckType::Blob;
    case DUCKDB_TYPE_DATE:
        return DuckType::Date;
    case DUCKDB_TYPE_TIMESTAMP:
    case DUCKDB_TYPE_TIMESTAMP_S:
    case DUCKDB_TYPE_TIMESTAMP_MS:
    case DUCKDB_TYPE_TIMESTAMP_NS:
        return DuckType::Timestamp;
    case DUCKDB_TYPE_TIMESTAMP_TZ:
        return DuckType::Instant;
    case DUCKDB_TYPE_UUID:
        return DuckType::Uuid;
    case DUCKDB_TYPE_SQLNULL:
        return DuckType::Null;
    default:
        return DuckType::Other;
    }
}

std::string duckTypeName(duckdb_logical_type type)
{
    switch (duckdb_get_type_id(type)) {
    case DUCKDB_TYPE_DECIMAL:
        return "DECIMAL(" + std::to_string(duckdb_decimal_width(type)) + "," +
               std::to_string(duckdb_decimal_scale(type)) + ")";
#define DAYMARK_NAME(name)                                                                         \
    case DUCKDB_TYPE_##name:                                                                       \
        return #name
        DAYMARK_NAME(BOOLEAN);
        DAYMARK_NAME(TINYINT);
        DAYMARK_NAME(SMALLINT);
        DAYMARK_NAME(INTEGER);
        DAYMARK_NAME(BIGINT);
        DAYMARK_NAME(UTINYINT);
        DAYMARK_NAME(USMALLINT);
        DAYMARK_NAME(UINTEGER);
        DAYMARK_NAME(UBIGINT);
        DAYMARK_NAME(HUGEINT);
        DAYMARK_NAME(UHUGEINT);
        DAYMARK_NAME(FLOAT);
        DAYMARK_NAME(DOUBLE);
        DAYMARK_NAME(VARCHAR);
        DAYMARK_NAME(ENUM);
        DAYMARK_NAME(BLOB);
        DAYMARK_NAME(DATE);
        DAYMARK_NAME(TIME);
        DAYMARK_NAME(TIMESTAMP);
        DAYMARK_NAME(TIMESTAMP_S);
        DAYMARK_NAME(TIMESTAMP_MS);
        DAYMARK_NAME(TIMESTAMP_NS);
        DAYMARK_NAME(INTERVAL);
        DAYMARK_NAME(LIST);
        DAYMARK_NAME(STRUCT);
        DAYMARK_NAME(MAP);
        DAYMARK_NAME(ARRAY);
        DAYMARK_NAME(UUID);
#undef DAYMARK_NAME
    case DUCKDB_TYPE_TIMESTAMP_TZ:
        return "TIMESTAMP WITH TIME ZONE";
    case DUCKDB_TYPE_SQLNULL:
        return "NULL";
    default:
        return "OTHER";
    }
}

std::string_view DuckVector::enumText(std::size_t row) const
{
    const auto code = static_cast<std::size_t>(
        m_physical == DUCKDB_TYPE_UTINYINT    ? read<std::uint8_t>(m_data, row)
        : m_physical == DUCKDB_TYPE_USMALLINT ? read<std::uint16_t>(m_data, row)
                                              : read<std::uint32_t>(m_data, row));
    return code < m_entries->size() ? std::string_view((*m_entries)[code]) : std::string_view();
}

std::int64_t DuckVector::integer(std::size_t row) const
{
    switch (m_physical) {
    case DUCKDB_TYPE_BOOLEAN:
        return read<bool>(m_data, row) ? 1 : 0;
    case DUCKDB_TYPE_TINYINT:
        return read<std::int8_t>(m_data, row);
    case DUCKDB_TYPE_SMALLINT:
        return read<std::int16_t>(m_data, row);
    case DUCKDB_TYPE_INTEGER:
        return read<std::int32_t>(m_data, row);
    case DUCKDB_TYPE_UTINYINT:
        return read<std::uint8_t>(m_data, row);
    case DUCKDB_TYPE_USMALLINT:
        return read<std::uint16_t>(m_data, row);
    case DUCKDB_TYPE_UINTEGER:
        return read<std::uint32_t>(m_data, row);
    case DUCKDB_TYPE_BIGINT:
    case DUCKDB_TYPE_TIMESTAMP:
    case DUCKDB_TYPE_TIMESTAMP_TZ:
        return read<std::int64_t>(m_data, row);
    case DUCKDB_TYPE_DATE:
        return dayCount(read<std::int32_t>(m_data, row));
    case DUCKDB_TYPE_TIMESTAMP_S:
        return scaled(read<std::int64_t>(m_data, row), 1'000'000);
    case DUCKDB_TYPE_TIMESTAMP_MS:
        return scaled(read<std::int64_t>(m_data, row), 1'000);
    case DUCKDB_TYPE_TIMESTAMP_NS:
        return floorDivided(read<std::int64_t>(m_data, row), 1'000);
    default:
        return 0;
    }
}

std::uint64_t DuckVector::unsignedInteger(std::size_t row) const
{
    return m_type == DuckType::Unsigned ? read<std::uint64_t>(m_data, row)
                                        : static_cast<std::uint64_t>(integer(row));
}

double DuckVector::number(std::size_t row) const
{
    switch (m_type) {
    case DuckType::Real:
        return m_physical == DUCKDB_TYPE_FLOAT ? static_cast<double>(read<float>(m_data, row))
                                               : read<double>(m_data, row);
    case DuckType::Unsigned:
        return static_cast<double>(read<std::uint64_t>(m_data, row));
    case DuckType::Decimal:
        return decimalNumber(signedBits(m_data, m_physical, row), m_scale);
    case DuckType::Huge:
        return fromText(format(row));
    default:
        return static_cast<double>(integer(row));
    }
}

bool DuckVector::isWord() const
{
    return m_physical == DUCKDB_TYPE_BIGINT || m_physical == DUCKDB_TYPE_TIMESTAMP ||
           m_physical == DUCKDB_TYPE_TIMESTAMP_TZ || m_physical == DUCKDB_TYPE_DOUBLE;
}

bool DuckVector::copyWords(std::size_t from, std::size_t count, std::uint64_t* into) const
{
    switch (m_type) {
    case DuckType::Boolean:
    case DuckType::Integer:
    case DuckType::Date:
    case DuckType::Timestamp:
    case DuckType::Instant:
    case DuckType::Real:
        break;
    default:
        return false;
    }
    if (isWord()) {
        std::memcpy(into, static_cast<const std::uint64_t*>(m_data) + from,
                    count * sizeof(std::uint64_t));
    } else if (m_physical == DUCKDB_TYPE_DATE) {
        const auto* const dates = static_cast<const std::int32_t*>(m_data) + from;
        for (std::size_t i = 0; i < count; ++i)
            into[i] = static_cast<std::uint64_t>(dayCount(dates[i]));
    } else if (m_type == DuckType::Real) {
        for (std::size_t i = 0; i < count; ++i)
            into[i] = std::bit_cast<std::uint64_t>(number(from + i));
    } else {
        for (std::size_t i = 0; i < count; ++i)
            into[i] = static_cast<std::uint64_t>(integer(from + i));
    }
    return true;
}

void DuckVector::copyPresence(std::size_t from, std::size_t count, std::uint64_t* bits,
                              std::size_t at) const
{
    while (count > 0) { // as far as one word on either side goes
        const std::size_t source = from % 64;
        const std::size_t target = at % 64;
        const std::size_t step = std::min({count, 64 - source, 64 - target});
        const std::uint64_t ones = ~std::uint64_t{0} >> (64 - step);
        const std::uint64_t found = m_validity ? m_validity[from / 64] >> source & ones : ones;
        std::uint64_t& word = bits[at / 64];
        word = (word & ~(ones << target)) | found << target;
        from += step;
        at += step;
        count -= step;
    }
}

std::string DuckVector::format(std::size_t row) const
{
    switch (m_type) {
    case DuckType::Boolean:
        return integer(row) != 0 ? "true" : "false";
    case DuckType::Integer:
        return std::to_string(integer(row));
    case DuckType::Unsigned:
        return std::to_string(unsignedInteger(row));
    case DuckType::Huge:
        if (m_physical == DUCKDB_TYPE_UHUGEINT)
            return digitsOf(bitsOf(read<duckdb_hugeint>(m_data, row)));
        return signedText(static_cast<Int128>(bitsOf(read<duckdb_hugeint>(m_data, row))), 0);
    case DuckType::Real:
        return formatDouble(number(row));
    case DuckType::Decimal:
        return signedText(signedBits(m_data, m_physical, row), m_scale);
    case DuckType::Text:
    case DuckType::Blob:
        return std::string(text(row));
    case DuckType::Date:
        return dateText(read<std::int32_t>(m_data, row));
    case DuckType::Timestamp:
    case DuckType::Instant:
        return timestampText(integer(row), m_type == DuckType::Instant);
    case DuckType::Uuid:
        return uuidText(read<duckdb_hugeint>(m_data, row));
    case DuckType::Null:
    case DuckType::Other:
        return {};
    }
    return {};
}

} // namespace daymark
