// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/csv_parser.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>

// The plan:
// 1. One pass over the block notes where delimiters, quotes and line ends are.
// 2. A record without quotes is just its columns' number of positions in a row, the last of them a
//    line end: nearly all records are taken so.
// 3. Any other record is taken cell by cell, and breaks for a reason or turns out well.
// 4. A broken record costs its first line. What is quoted properly when read from the beginning of
//    the lines behind it is read once more, but no more often.

namespace daymark {

namespace {

constexpr std::size_t kBrokenText = 64UL * 1024;
constexpr std::string_view kTooLong = "a record of over 16 MiB";
/// What may be looked at twice in a file because quotes over several lines came to nothing.
constexpr std::uint64_t kMostReread = 64UL * 1024 * 1024;

std::string_view withoutReturn(std::string_view line)
{
    return !line.empty() && line.back() == '\r' ? line.substr(0, line.size() - 1) : line;
}

} // namespace

CsvParser::CsvParser(CsvDialect dialect, std::vector<std::optional<std::size_t>> canonical,
                     std::uint64_t firstLine)
    : m_dialect(dialect)
    , m_canonical(std::move(canonical))
    , m_line(firstLine)
    , m_out(m_canonical.size(), nullptr)
{}

void CsvParser::reserveRows(Batch& batch, std::size_t rows)
{
    for (std::size_t i = 0; i < m_canonical.size(); ++i) {
        if (!m_canonical[i])
            continue;
        std::vector<Cell>& column = batch.columns[*m_canonical[i]];
        column.resize(rows);
        m_out[i] = column.data();
    }
    batch.rowNumbers.resize(rows);
}

void CsvParser::setCell(std::size_t column, std::size_t row, std::string_view text, bool quoted)
{
    Cell* const out = m_out[column];
    if (!out)
        return;
    out[row] = text.empty() && !quoted ? Cell() : Cell::ofText(text);
}

bool CsvParser::takePlainRecord(std::size_t row)
{
    const std::size_t columns = m_out.size();
    if (m_entry + columns > m_positions.size())
        return false;
    const std::uint32_t* const positions = m_positions.data() + m_entry;
    std::size_t begin = m_begin;
    const char* const data = m_data;
    for (std::size_t i = 0; i + 1 < columns; ++i) {
        const std::size_t end = positions[i];
        if (data[end] != m_dialect.delimiter)
            return false;
        if (Cell* const out = m_out[i]) {
            Cell& cell = out[row];
            cell.text = data + begin;
            cell.size = static_cast<std::uint32_t>(end - begin);
            cell.kind = end == begin ? Cell::Kind::Null : Cell::Kind::Text;
        }
        begin = end + 1;
    }
    const std::size_t end = positions[columns - 1];
    if (data[end] != '\n' || end - m_begin > kLongestRecord)
        return false;
    const std::string_view last = withoutReturn({data + begin, end - begin});
    if (columns == 1 && last.empty())
        return false;
    setCell(columns - 1, row, last, false);
    m_begin = end + 1;
    m_entry += columns;
    return true;
}

CsvParser::Step CsvParser::takeQuoted(std::size_t& at, std::string_view& cell)
{
    const std::size_t begin = at + 1;
    bool hasDoubled = false;
    std::size_t end = 0;
    ++m_nextEntry;
    while (true) {
        while (m_nextEntry < m_positions.size() &&
               m_data[m_positions[m_nextEntry]] != m_dialect.quote) {
            m_lineEnds += m_data[m_positions[m_nextEntry]] == '\n' ? 1 : 0;
            if (m_lineEnds > 0 && m_reread > kMostReread) {
                m_reason = "a quote over several lines, behind too many that came to nothing";
                m_hasTooFew = false;
                return Step::Broken;
            }
            ++m_nextEntry;
        }
        const bool isThere = m_nextEntry < m_positions.size();
        if (!m_isLast && (!isThere || m_positions[m_nextEntry] + 1 == m_size))
            return Step::Incomplete;
        if (!isThere) {
            m_reason = "a quote that never closes";
            return Step::Broken;
        }
        end = m_positions[m_nextEntry++];
        if (end + 1 == m_size || m_data[end + 1] != m_dialect.quote)
            break;
        hasDoubled = true;
        ++m_nextEntry;
    }
    cell = {m_data + begin, end - begin};
    if (hasDoubled) {
        std::string single;
        single.reserve(cell.size());
        for (std::size_t i = 0; i < cell.size(); ++i) {
            single += cell[i];
            i += cell[i] == m_dialect.quote ? 1 : 0;
        }
        cell = m_buffers->copy(single);
    }
    at = end + 1;
    if (at < m_size && m_data[at] == '\r') {
        if (at + 1 == m_size && !m_isLast)
            return Step::Incomplete;
        if (at + 1 == m_size || m_data[at + 1] == '\n')
            ++at;
    }
    if (at == m_size || m_data[at] == m_dialect.delimiter || m_data[at] == '\n')
        return Step::Row;
    m_reason = "a character behind a closing quote";
    m_hasTooFew = false;
    return Step::Broken;
}

CsvParser::Step CsvParser::takeRecord(std::size_t row)
{
    std::size_t at = m_begin;
    std::size_t columns = 0;
    m_nextEntry = m_entry;
    m_lineEnds = 0;
    while (true) {
        std::string_view cell;
        const bool quoted = m_dialect.quote != '\0' && at < m_size && m_data[at] == m_dialect.quote;
        if (quoted) {
            if (const Step step = takeQuoted(at, cell); step != Step::Row)
                return step;
        } else {
            while (m_nextEntry < m_positions.size() &&
                   m_data[m_positions[m_nextEntry]] == m_dialect.quote)
                ++m_nextEntry;
            if (m_nextEntry == m_positions.size() && !m_isLast)
                return Step::Incomplete;
            const std::size_t end =
                m_nextEntry < m_positions.size() ? m_positions[m_nextEntry] : m_size;
            cell = {m_data + at, end - at};
            at = end;
        }
        const bool isEnd = at == m_size;
        m_hasLineEnd = !isEnd && m_data[at] == '\n';
        if (!quoted && (isEnd || m_hasLineEnd))
            cell = withoutReturn(cell);
        if (columns < m_out.size())
            setCell(columns, row, cell, quoted);
        ++columns;
        if (m_lineEnds > 0 && columns > m_out.size()) {
            m_reason = fmt::format("a quote over several lines, which make more columns than the "
                                   "header's {}",
                                   m_out.size());
            m_hasTooFew = false;
            return Step::Broken;
        }
        if (!isEnd) {
            ++m_nextEntry;
            ++at;
        }
        if (!isEnd && !m_hasLineEnd)
            continue;
        m_end = at;
        if (columns == 1 && cell.empty() && !quoted)
            return Step::Blank;
        if (columns == m_out.size())
            return Step::Row;
        m_reason = fmt::format("{} columns where the header has {}", columns, m_out.size());
        m_hasTooFew = columns < m_out.size();
        return Step::Broken;
    }
}

bool CsvParser::breakLine(Batch& batch)
{
    std::size_t entry = m_entry;
    while (entry < m_positions.size() && m_data[m_positions[entry]] != '\n')
        ++entry;
    const bool hasLineEnd = entry < m_positions.size();
    if (!hasLineEnd && !m_isLast)
        return false;
    const std::size_t end = hasLineEnd ? m_positions[entry] : m_size;
    const std::string_view line = withoutReturn({m_data + m_begin, end - m_begin});
    batch.broken.push_back({m_line, std::string(line.substr(0, kBrokenText)), m_reason});
    m_hasLineEnd = hasLineEnd;
    m_begin = hasLineEnd ? end + 1 : m_size;
    m_entry = hasLineEnd ? entry + 1 : entry;
    if (m_nextEntry > m_entry)
        m_reread += m_positions[m_nextEntry - 1] - m_positions[m_entry];
    ++m_line;
    return true;
}

CsvParser::Outcome CsvParser::parse(const char* data, std::size_t size, bool isLast, Batch& batch,
                                    BatchBuffers& buffers)
{
    m_index.build(data, size, m_dialect.delimiter, m_dialect.quote);
    m_positions = m_index.positions();
    m_data = data;
    m_size = size;
    m_isLast = isLast;
    m_buffers = &buffers;
    m_begin = 0;
    m_entry = 0;
    m_hasLineEnd = true;
    reserveRows(batch, m_capacity);

    Outcome outcome;
    std::size_t rows = 0;
    while (m_begin < m_size && rows + batch.broken.size() < kMostRows) {
        if (rows == m_capacity) {
            m_capacity *= 2;
            reserveRows(batch, m_capacity);
        }
        const std::uint64_t line = m_line;
        if (takePlainRecord(rows)) {
            batch.rowNumbers[rows++] = line;
            ++m_line;
            continue;
        }
        m_hasTooFew = true;
        Step step = takeRecord(rows);
        const std::size_t length = (step == Step::Row ? m_end : m_size) - m_begin;
        if ((step == Step::Row || step == Step::Incomplete) && length > kLongestRecord) {
            m_reason = kTooLong;
            m_hasTooFew = false;
            outcome.isTooLong = step == Step::Incomplete;
            step = Step::Broken;
        }
        if (step == Step::Broken) {
            if (!breakLine(batch)) {
                outcome.isTooLong = m_size - m_begin > kLongestRecord;
                break;
            }
            outcome.isTooLong = false;
            outcome.isUnfinished = !m_hasLineEnd && m_hasTooFew;
            continue;
        }
        if (step == Step::Incomplete)
            break;
        if (step == Step::Row)
            batch.rowNumbers[rows++] = line;
        m_line += m_lineEnds + (m_hasLineEnd ? 1 : 0);
        m_begin = m_end;
        m_entry = m_nextEntry;
    }
    reserveRows(batch, rows);
    batch.rows = rows;
    outcome.consumed = m_begin;
    outcome.lacksLineEnd = isLast && m_begin == m_size && !m_hasLineEnd;
    return outcome;
}

void CsvParser::addTooLong(std::string_view beginning, Batch& batch)
{
    batch.broken.push_back(
        {m_line, std::string(beginning.substr(0, kBrokenText)), std::string(kTooLong)});
}

} // namespace daymark
