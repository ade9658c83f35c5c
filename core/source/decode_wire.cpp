// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/decode_wire.h"

#include "core/base/text.h"

#include <algorithm>
#include <cstring>

namespace daymark {

namespace {

constexpr std::size_t kLongestSentence = 2'000;
constexpr std::size_t kLongestBroken = 64UL * 1024;
constexpr std::uint64_t kWhole = 1'000'000;

void put(std::string& bytes, std::uint64_t value)
{
    bytes.append(reinterpret_cast<const char*>(&value), sizeof value);
}

void put(std::string& bytes, std::string_view text)
{
    put(bytes, static_cast<std::uint64_t>(text.size()));
    bytes.append(text);
}

/// Takes values off the front; once something is missing, all that follows is empty.
class WireReader
{
public:
    explicit WireReader(std::string_view bytes) : m_left(bytes) {}

    std::uint64_t number()
    {
        std::uint64_t value = 0;
        const std::string_view bytes = take(sizeof value);
        if (!bytes.empty())
            std::memcpy(&value, bytes.data(), sizeof value);
        return value;
    }

    std::string_view text() { return take(number()); }

    /// A number of parts of at least `least` bytes each that can still be there.
    std::size_t count(std::size_t least)
    {
        const std::uint64_t count = number();
        if (count > m_left.size() / least)
            m_isWhole = false;
        return m_isWhole ? static_cast<std::size_t>(count) : 0;
    }

    /// Whether everything was there, and nothing is left.
    [[nodiscard]] bool isDone() const { return m_isWhole && m_left.empty(); }

private:
    std::string_view take(std::uint64_t size)
    {
        if (!m_isWhole || size > m_left.size()) {
            m_isWhole = false;
            return {};
        }
        const std::string_view taken = m_left.substr(0, static_cast<std::size_t>(size));
        m_left.remove_prefix(taken.size());
        return taken;
    }

    std::string_view m_left;
    bool m_isWhole = true;
};

template <class T>
std::optional<T> ifDone(const WireReader& reader, T value)
{
    return reader.isDone() ? std::optional<T>(std::move(value)) : std::nullopt;
}

bool isOfSource(ErrorCode code)
{
    return errorName(code).starts_with("source.") && code != ErrorCode::SourceUnknown &&
           code != ErrorCode::SourceExists;
}

} // namespace

std::string wireBytes(const OpenOrder& order)
{
    std::string bytes;
    put(bytes, order.name);
    put(bytes, static_cast<std::uint64_t>(order.type.format));
    put(bytes, static_cast<std::uint64_t>(order.type.compression));
    put(bytes, order.size);
    put(bytes, order.processorSeconds);
    put(bytes, static_cast<std::uint64_t>(order.format.size()));
    for (const auto& [key, value] : order.format) {
        put(bytes, key);
        put(bytes, value);
    }
    return bytes;
}

std::optional<OpenOrder> openOrderFrom(std::string_view bytes)
{
    WireReader reader(bytes);
    OpenOrder order;
    order.name = reader.text();
    const std::uint64_t format = reader.number();
    const std::uint64_t compression = reader.number();
    if (format > static_cast<std::uint64_t>(FileFormat::Parquet) ||
        compression > static_cast<std::uint64_t>(Compression::Zstd))
        return std::nullopt;
    order.type = {static_cast<FileFormat>(format), static_cast<Compression>(compression)};
    order.size = reader.number();
    order.processorSeconds = reader.number();
    for (std::size_t left = reader.count(2 * sizeof(std::uint64_t)); left > 0; --left) {
        const std::string_view key = reader.text();
        order.format[std::string(key)] = reader.text();
    }
    return ifDone(reader, std::move(order));
}

std::string wireBytes(const OpenedFile& file)
{
    std::string bytes;
    put(bytes, file.rows);
    put(bytes, static_cast<std::uint64_t>((file.isExact ? 1 : 0) | (file.hasFixedColumns ? 2 : 0)));
    put(bytes, static_cast<std::uint64_t>(file.columns.size()));
    for (const SourceColumn& column : file.columns) {
        put(bytes, column.name);
        put(bytes, column.typeName);
        put(bytes,
            static_cast<std::uint64_t>((column.canHoldText ? 1 : 0) | (column.canHoldDate ? 2 : 0) |
                                       (column.canHoldNumber ? 4 : 0)));
    }
    return bytes;
}

std::optional<OpenedFile> openedFileFrom(std::string_view bytes)
{
    WireReader reader(bytes);
    OpenedFile file;
    file.rows = reader.number();
    const std::uint64_t kind = reader.number();
    file.isExact = (kind & 1U) != 0;
    file.hasFixedColumns = (kind & 2U) != 0;
    const std::size_t count = reader.count(3 * sizeof(std::uint64_t));
    if (count > kMostDecodedColumns)
        return std::nullopt;
    for (std::size_t i = 0; i < count; ++i) {
        SourceColumn& column = file.columns.emplace_back();
        column.name = reader.text();
        column.typeName = shortened(reader.text());
        const std::uint64_t holds = reader.number();
        column.canHoldText = (holds & 1U) != 0;
        column.canHoldDate = (holds & 2U) != 0;
        column.canHoldNumber = (holds & 4U) != 0;
    }
    return ifDone(reader, std::move(file));
}

std::string wireBytes(const TextEnds& ends)
{
    std::string bytes;
    put(bytes, ends.head);
    put(bytes, std::uint64_t{ends.tail.has_value()});
    put(bytes, ends.tail.value_or(std::string()));
    return bytes;
}

std::optional<TextEnds> textEndsFrom(std::string_view bytes)
{
    WireReader reader(bytes);
    TextEnds ends;
    ends.head = reader.text();
    const bool hasTail = reader.number() != 0;
    const std::string_view tail = reader.text();
    if (hasTail)
        ends.tail = tail;
    return ifDone(reader, std::move(ends));
}

std::string wireBytes(const SelectOrder& order)
{
    std::string bytes;
    put(bytes, static_cast<std::uint64_t>(order.columns.size()));
    for (const std::string& column : order.columns)
        put(bytes, column);
    return bytes;
}

std::optional<SelectOrder> selectOrderFrom(std::string_view bytes)
{
    WireReader reader(bytes);
    SelectOrder order;
    const std::size_t count = reader.count(sizeof(std::uint64_t));
    for (std::size_t i = 0; i < count; ++i)
        order.columns.emplace_back(reader.text());
    return ifDone(reader, std::move(order));
}

std::string wireBytes(const RowsNotice& notice)
{
    std::string bytes;
    put(bytes, std::uint64_t{notice.rows} << 32U | notice.textBytes);
    put(bytes, std::uint64_t{notice.done});
    put(bytes, notice.kinds);
    put(bytes, static_cast<std::uint64_t>(notice.broken.size()));
    for (const BrokenRow& row : notice.broken) {
        put(bytes, row.number);
        put(bytes, row.text);
        put(bytes, row.reason);
    }
    return bytes;
}

std::optional<RowsNotice> rowsNoticeFrom(std::string_view bytes)
{
    WireReader reader(bytes);
    RowsNotice notice;
    const std::uint64_t sizes = reader.number();
    notice.rows = static_cast<std::uint32_t>(sizes >> 32U);
    notice.textBytes = static_cast<std::uint32_t>(sizes);
    notice.done = static_cast<std::uint32_t>(std::min(reader.number(), kWhole));
    notice.kinds = reader.text();
    const std::size_t broken = reader.count(3 * sizeof(std::uint64_t));
    if (broken > kMostBrokenRows)
        return std::nullopt;
    for (std::size_t i = 0; i < broken; ++i) {
        BrokenRow& row = notice.broken.emplace_back();
        row.number = reader.number();
        row.text = reader.text().substr(0, kLongestBroken);
        row.reason = shortened(reader.text());
    }
    return ifDone(reader, std::move(notice));
}

std::string wireBytes(const Error& error)
{
    std::string bytes;
    put(bytes, errorName(error.code));
    put(bytes, error.message);
    put(bytes, error.hint);
    return bytes;
}

std::optional<Error> errorFrom(std::string_view bytes)
{
    WireReader reader(bytes);
    const std::optional<ErrorCode> code = findErrorCode(reader.text());
    Error error;
    const bool wasShort = code == ErrorCode::Internal; // of memory, most of all
    error.code = code && isOfSource(*code) ? *code
                 : wasShort                ? ErrorCode::SourceBusy
                                           : ErrorCode::SourceDamaged;
    error.message = shortened(reader.text(), kLongestSentence);
    error.hint = shortened(reader.text(), kLongestSentence);
    if (error.hint.empty())
        error.hint = wasShort ? "Close other programs, then try again."
                              : "Copy the file again, or have it written anew.";
    return ifDone(reader, std::move(error));
}

} // namespace daymark
