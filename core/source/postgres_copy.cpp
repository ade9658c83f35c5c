// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/postgres_copy.h"

#include <algorithm>

namespace daymark {

namespace {

constexpr std::string_view kSignature{"PGCOPY\n\377\r\n\0", 11};
constexpr std::size_t kHeader =
    kSignature.size() + 8; ///< with flags and the length of an extension

std::uint32_t readLength(const char* data)
{
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < 4; ++i)
        value = (value << 8U) | static_cast<unsigned char>(data[i]);
    return value;
}

class BinaryCopy : public PostgresCopyFormat
{
public:
    explicit BinaryCopy(std::vector<PostgresWire> wires) : m_wires(std::move(wires)) {}

    Step take(std::span<char> bytes, std::size_t& used, std::span<Cell* const> columns,
              std::size_t row, BatchBuffers& buffers) override
    {
        if (!m_begun)
            return takeHeader(bytes, used);
        if (bytes.size() < 2)
            return m_ended && !bytes.empty() ? Step::Damaged : Step::More;
        if (m_ended)
            return Step::Damaged;
        const auto fields = static_cast<std::uint16_t>(
            (static_cast<unsigned char>(bytes[0]) << 8U) | static_cast<unsigned char>(bytes[1]));
        if (fields == kTrailer) {
            used = 2;
            m_ended = true;
            return Step::End;
        }
        if (fields != m_wires.size())
            return Step::Damaged;
        return takeRow(bytes, used, columns, row, buffers);
    }

    bool mayEnd() const override { return m_ended; }

private:
    static constexpr std::uint16_t kTrailer = 0xFFFF;
    static constexpr std::uint32_t kNull = 0xFFFFFFFF;
    static constexpr std::uint32_t kLargest = 1U << 30U; ///< the server's own limit of a value

    Step takeHeader(std::span<char> bytes, std::size_t& used)
    {
        const std::string_view text(bytes.data(), bytes.size());
        if (text.substr(0, kSignature.size()) != kSignature.substr(0, text.size()))
            return Step::Damaged;
        if (bytes.size() < kHeader)
            return Step::More;
        // The upper half of the flags says what a reader must know; there is nothing that we do.
        const std::uint32_t flags = readLength(bytes.data() + kSignature.size());
        const std::uint32_t extension = readLength(bytes.data() + kSignature.size() + 4);
        if ((flags >> 16U) != 0 || extension != 0)
            return Step::Damaged;
        used = kHeader;
        m_begun = true;
        return Step::Skipped;
    }

    Step takeRow(std::span<char> bytes, std::size_t& used, std::span<Cell* const> columns,
                 std::size_t row, BatchBuffers& buffers) const
    {
        const char* at = bytes.data() + 2;
        const char* const end = bytes.data() + bytes.size();
        for (std::size_t i = 0; i < m_wires.size(); ++i) {
            if (end - at < 4)
                return Step::More;
            const std::uint32_t size = readLength(at);
            at += 4;
            Cell& cell = columns[i][row];
            if (size == kNull) {
                cell = Cell();
                continue;
            }
            if (size > kLargest)
                return Step::Damaged;
            if (static_cast<std::size_t>(end - at) < size)
                return Step::More;
            if (!decodePostgresBinary(m_wires[i], at, size, buffers, cell))
                return Step::Damaged;
            at += size;
        }
        used = static_cast<std::size_t>(at - bytes.data());
        return Step::Row;
    }

    std::vector<PostgresWire> m_wires;
    bool m_begun = false;
    bool m_ended = false;
};

class TextCopy : public PostgresCopyFormat
{
public:
    explicit TextCopy(std::vector<PostgresWire> wires) : m_wires(std::move(wires)) {}

    Step take(std::span<char> bytes, std::size_t& used, std::span<Cell* const> columns,
              std::size_t row, BatchBuffers&) override
    {
        // A newline or tab within a value is written as a backslash and a letter.
        const auto newline = std::find(bytes.begin(), bytes.end(), '\n');
        if (newline == bytes.end())
            return Step::More;
        used = static_cast<std::size_t>(newline - bytes.begin()) + 1;
        char* at = bytes.data();
        char* const end = at + used - 1;
        if (std::string_view(at, used - 1) == "\\.")
            return Step::End;
        for (std::size_t i = 0; i < m_wires.size(); ++i) {
            char* const stop = std::find(at, end, '\t');
            const bool last = i + 1 == m_wires.size();
            if (last != (stop == end))
                return Step::Damaged;
            columns[i][row] = takeValue(m_wires[i], at, stop);
            at = stop + (last ? 0 : 1);
        }
        return Step::Row;
    }

    bool mayEnd() const override { return true; }

private:
    static Cell takeValue(PostgresWire wire, char* begin, char* end)
    {
        const std::string_view raw(begin, static_cast<std::size_t>(end - begin));
        if (raw == "\\N")
            return {};
        if (raw.find('\\') == std::string_view::npos)
            return decodePostgresText(wire, raw);
        return decodePostgresText(wire, unescape(begin, end));
    }

    static std::string_view unescape(char* begin, const char* end)
    {
        char* to = begin;
        for (const char* from = begin; from < end; ++from) {
            if (*from != '\\' || from + 1 == end) {
                *to++ = *from;
                continue;
            }
            *to++ = meaningOf(*++from);
        }
        return {begin, static_cast<std::size_t>(to - begin)};
    }

    static char meaningOf(char letter)
    {
        switch (letter) {
        case 'b':
            return '\b';
        case 'f':
            return '\f';
        case 'n':
            return '\n';
        case 'r':
            return '\r';
        case 't':
            return '\t';
        case 'v':
            return '\v';
        default:
            return letter;
        }
    }

    std::vector<PostgresWire> m_wires;
};

} // namespace

std::unique_ptr<PostgresCopyFormat> makeBinaryCopyFormat(std::vector<PostgresWire> wires)
{
    return std::make_unique<BinaryCopy>(std::move(wires));
}

std::unique_ptr<PostgresCopyFormat> makeTextCopyFormat(std::vector<PostgresWire> wires)
{
    return std::make_unique<TextCopy>(std::move(wires));
}

} // namespace daymark
