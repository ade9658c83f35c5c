// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ledger/query.h"

#include <array>
#include <limits>

namespace daymark::ledger {

namespace {

constexpr int kHashBytes = 16;

std::uint64_t readBigEndian(const unsigned char* bytes)
{
    std::uint64_t value = 0;
    for (int i = 0; i < 8; ++i)
        value = value << 8U | bytes[i];
    return value;
}

void writeBigEndian(std::uint64_t value, unsigned char* bytes)
{
    for (int i = 7; i >= 0; --i) {
        bytes[i] = static_cast<unsigned char>(value & 0xFFU);
        value >>= 8U;
    }
}

} // namespace

int Query::run()
{
    const int changed = m_statement.exec();
    m_statement.reset();
    return changed;
}

std::int64_t Query::integer(int column) { return m_statement.getColumn(column).getInt64(); }

std::uint64_t Query::count(int column) { return static_cast<std::uint64_t>(integer(column)); }

double Query::real(int column)
{
    return isNull(column) ? std::numeric_limits<double>::quiet_NaN()
                          : m_statement.getColumn(column).getDouble();
}

std::string Query::text(int column) { return m_statement.getColumn(column).getString(); }

Day Query::day(int column) { return Day(std::chrono::days(integer(column))); }

Instant Query::instant(int column) { return Instant(std::chrono::microseconds(integer(column))); }

Hash128 Query::hash(int column)
{
    const SQLite::Column value = m_statement.getColumn(column);
    if (value.getBytes() != kHashBytes)
        return {};
    const auto* bytes = static_cast<const unsigned char*>(value.getBlob());
    return {readBigEndian(bytes + 8), readBigEndian(bytes)};
}

std::optional<Day> Query::maybeDay(int column)
{
    return isNull(column) ? std::nullopt : std::optional(day(column));
}

std::optional<Instant> Query::maybeInstant(int column)
{
    return isNull(column) ? std::nullopt : std::optional(instant(column));
}

void Query::bind(const Hash128& value)
{
    std::array<unsigned char, kHashBytes> bytes{};
    writeBigEndian(value.high, bytes.data());
    writeBigEndian(value.low, bytes.data() + 8);
    m_statement.bind(++m_parameter, bytes.data(), kHashBytes);
}

} // namespace daymark::ledger
