// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/postgres_rows.h"

#include "core/base/text.h"
#include "core/source/postgres_snapshot.h"

#include <fmt/format.h>

#include <algorithm>

namespace daymark {

namespace {

constexpr std::size_t kRowsBuffer = 512UL * 1024;
constexpr std::size_t kLeastRoom = 16UL * 1024;       ///< below it a chunk counts as full
constexpr std::size_t kMostBytes = 4UL * 1024 * 1024; ///< a filling of long rows ends here

constexpr std::size_t kLongestRow = 64UL * 1024 * 1024;

constexpr int kFirstFetch = 100;
constexpr int kLargestFetch = 10'000;

Error endedEarly(const PostgresConnection& connection, std::string_view what)
{
    return {ErrorCode::SourceTruncated,
            fmt::format("The rows of {} ended early: {}.", connection.settings().place, what),
            "Nothing was kept of this read. It can be tried again."};
}

/// Rows by COPY, in either form.
class CopyRows : public PostgresRows
{
public:
    CopyRows(PostgresConnection& connection, std::unique_ptr<PostgresCopyFormat> format)
        : m_connection(connection), m_format(std::move(format))
    {}

    Result<std::size_t> fill(std::span<Cell* const> columns, std::size_t limit,
                             BatchBuffers& buffers, std::stop_token stop) override
    {
        if (m_done)
            return 0;
        const StopWaker waker(stop);
        beginChunk(buffers, m_rest);
        std::size_t rows = 0;
        // At least one row, however long: no row at all means the end.
        while (rows < limit && (rows == 0 || buffers.taken() < kMostBytes)) {
            const Result<bool> more = step(columns, rows, buffers, waker);
            if (!more)
                return fail(more.error());
            if (!*more) {
                m_total += rows;
                if (Status status = finish(std::move(stop)); !status)
                    return fail(status.error());
                return rows;
            }
        }
        m_total += rows;
        m_rest.assign(m_at + m_taken, m_filled - m_taken);
        return rows;
    }

private:
    /// Takes one row, or receives more bytes. False at the end of the copy.
    Result<bool> step(std::span<Cell* const> columns, std::size_t& rows, BatchBuffers& buffers,
                      const StopWaker& waker)
    {
        std::size_t used = 0;
        switch (
            m_format->take({m_at + m_taken, m_filled - m_taken}, used, columns, rows, buffers)) {
        case PostgresCopyFormat::Step::Row:
            ++rows;
            m_taken += used;
            return true;
        case PostgresCopyFormat::Step::Skipped:
        case PostgresCopyFormat::Step::End:
            m_taken += used;
            return true;
        case PostgresCopyFormat::Step::Damaged:
            return fail(
                ErrorCode::SourceDamaged,
                fmt::format("What came from {} is not what the server's COPY sends.",
                            m_connection.settings().place),
                "Something between here and the server may change bytes: use TLS. It can be "
                "tried again.");
        case PostgresCopyFormat::Step::More:
            break;
        }
        if (m_filled - m_taken > kLongestRow)
            return fail(ErrorCode::SourceLimit,
                        fmt::format("A row of {} is longer than {} MiB.",
                                    m_connection.settings().place, kLongestRow >> 20U),
                        "Shorten the row at the source, or leave it out with a query.");
        if (m_room - m_filled < kLeastRoom)
            beginChunk(buffers, std::string(m_at + m_taken, m_filled - m_taken));
        const Result<std::size_t> size =
            m_connection.copyData(m_at + m_filled, m_room - m_filled, waker);
        if (!size)
            return fail(size.error());
        m_filled += *size;
        return *size > 0;
    }

    /// New room for bytes, with those in front that no row was made of yet.
    void beginChunk(BatchBuffers& buffers, const std::string& rest)
    {
        m_room = std::max(kRowsBuffer, rest.size() * 2 + kLeastRoom);
        m_at = buffers.take(m_room);
        std::copy(rest.begin(), rest.end(), m_at);
        m_taken = 0;
        m_filled = rest.size();
    }

    Status finish(std::stop_token stop)
    {
        const auto sent = m_connection.finishCopy(std::move(stop));
        if (!sent)
            return fail(sent.error());
        if (m_filled != m_taken)
            return fail(endedEarly(m_connection, "the last row is incomplete"));
        if (!m_format->mayEnd())
            return fail(endedEarly(m_connection, "the mark at their end is missing"));
        if (*sent && **sent != m_total)
            return fail(endedEarly(m_connection,
                                   fmt::format("the server sent {} rows and {} arrived",
                                               groupedDigits(**sent), groupedDigits(m_total))));
        m_done = true;
        return {};
    }

    PostgresConnection& m_connection;
    std::unique_ptr<PostgresCopyFormat> m_format;
    char* m_at = nullptr; ///< the chunk that is being filled
    std::size_t m_room = 0;
    std::size_t m_filled = 0;
    std::size_t m_taken = 0;
    std::string m_rest; ///< bytes between two fillings
    std::uint64_t m_total = 0;
    bool m_done = false;
};

/// Rows by a cursor, in text.
class CursorRows : public PostgresRows
{
public:
    CursorRows(PostgresConnection& connection, std::vector<PostgresWire> wires, std::string doing)
        : m_connection(connection), m_wires(std::move(wires)), m_doing(std::move(doing))
    {}

    Result<std::size_t> fill(std::span<Cell* const> columns, std::size_t limit,
                             BatchBuffers& buffers, std::stop_token stop) override
    {
        std::size_t rows = 0;
        while (rows < limit && buffers.taken() < kMostBytes && !m_done) {
            if (m_next == fetchedRows()) {
                if (Status status = fetch(stop); !status)
                    return fail(status.error());
                continue;
            }
            takeRow(columns, rows++, buffers);
        }
        return rows;
    }

private:
    [[nodiscard]] int fetchedRows() const { return m_fetched ? m_fetched->rows() : 0; }

    Status fetch(std::stop_token stop)
    {
        m_next = 0;
        auto result =
            m_connection.query(m_doing, fmt::format("FETCH FORWARD {} FROM daymark_rows", m_size),
                               {}, std::move(stop));
        if (!result)
            return fail(result.error());
        if (result->rows() > 0 && result->columns() != static_cast<int>(m_wires.size()))
            return fail(endedEarly(m_connection, "the columns changed"));
        m_done = result->rows() == 0;
        m_fetched.emplace(std::move(*result));
        return {};
    }

    void takeRow(std::span<Cell* const> columns, std::size_t row, BatchBuffers& buffers)
    {
        for (std::size_t i = 0; i < m_wires.size(); ++i) {
            const auto column = static_cast<int>(i);
            if (m_fetched->isNull(m_next, column)) {
                columns[i][row] = Cell();
                continue;
            }
            const std::string_view text = m_fetched->text(m_next, column);
            m_bytes += text.size();
            columns[i][row] = decodePostgresText(m_wires[i], buffers.copy(text));
        }
        ++m_next;
        ++m_total;
        // The next fetch stays within the bounds of memory, by the rows seen so far.
        const std::uint64_t length = m_bytes / m_total + 1;
        m_size = static_cast<int>(std::clamp<std::uint64_t>(kMostBytes / length, 1, kLargestFetch));
    }

    PostgresConnection& m_connection;
    std::vector<PostgresWire> m_wires;
    std::string m_doing;
    std::optional<PostgresResult> m_fetched;
    int m_next = 0;
    int m_size = kFirstFetch;
    std::uint64_t m_total = 0;
    std::uint64_t m_bytes = 0;
    bool m_done = false;
};

/// The statement that the rows come from must still give what was planned for: a column of another
/// type would be misread.
Status checkTypes(PostgresConnection& connection, const PostgresRead& read, std::stop_token stop)
{
    const auto described = connection.describe(read.doing, read.select, std::move(stop));
    if (!described)
        return fail(described.error());
    bool same = described->columns() == static_cast<int>(read.types.size());
    for (int i = 0; same && i < described->columns(); ++i)
        same = described->columnType(i) == read.types[static_cast<std::size_t>(i)];
    if (same)
        return {};
    return fail(
        ErrorCode::SourceChanged,
        fmt::format("A column of {} changed its type just now.", connection.settings().place),
        "It is tried again by itself.");
}

std::vector<std::string> watched(const PostgresRead& read)
{
    std::vector<std::string> tables = read.tables;
    tables.insert(tables.end(), read.scanned.begin(), read.scanned.end());
    std::sort(tables.begin(), tables.end());
    tables.erase(std::unique(tables.begin(), tables.end()), tables.end());
    return tables;
}

Result<std::unique_ptr<PostgresRows>> start(PostgresConnection& connection,
                                            const PostgresRead& read, PostgresTransfer transfer,
                                            std::stop_token stop)
{
    if (transfer == PostgresTransfer::Cursor) {
        const auto declared =
            connection.query(read.doing, "DECLARE daymark_rows NO SCROLL CURSOR FOR " + read.select,
                             {}, std::move(stop));
        if (!declared)
            return fail(declared.error());
        return std::make_unique<CursorRows>(connection, read.wires, read.doing);
    }
    const bool binary = transfer == PostgresTransfer::Binary;
    const Status started = connection.startCopy(
        read.doing,
        fmt::format("COPY ({}) TO STDOUT{}", read.select, binary ? " (FORMAT binary)" : ""),
        std::move(stop));
    if (!started)
        return fail(started.error());
    return std::make_unique<CopyRows>(connection, binary ? makeBinaryCopyFormat(read.wires)
                                                         : makeTextCopyFormat(read.wires));
}

/// Where a plainer way may do.
std::optional<PostgresTransfer> plainer(PostgresTransfer transfer)
{
    switch (transfer) {
    case PostgresTransfer::Binary:
        return PostgresTransfer::Text;
    case PostgresTransfer::Text:
        return PostgresTransfer::Cursor;
    case PostgresTransfer::Cursor:
        break;
    }
    return std::nullopt;
}

} // namespace

Result<std::unique_ptr<PostgresRows>> openPostgresRows(PostgresConnection& connection,
                                                       const PostgresRead& read,
                                                       const std::function<Status()>& inSnapshot,
                                                       std::stop_token stop, PostgresTransfer* used)
{
    PostgresTransfer transfer = connection.settings().transfer;
    while (true) {
        const auto locked = beginLockedSnapshot(connection, read.tables, stop);
        if (!locked)
            return fail(locked.error());
        if (Status status = checkTypes(connection, read, stop); !status)
            return fail(status.error());
        if (Status status = *locked ? Status{} : checkUnmoved(connection, watched(read), stop);
            !status)
            return fail(status.error());
        if (Status status = inSnapshot ? inSnapshot() : Status{}; !status)
            return fail(status.error());
        auto rows = start(connection, read, transfer, stop);
        if (used)
            *used = transfer;
        if (rows || !isUnsupported(connection.sqlState()))
            return rows;
        const std::optional<PostgresTransfer> next = plainer(transfer);
        if (!next)
            return rows;
        transfer = *next;
    }
}

} // namespace daymark
