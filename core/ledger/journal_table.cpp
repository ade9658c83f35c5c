// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ledger/journal_table.h"

#include "core/ledger/journal_writer.h"

namespace daymark::ledger {

void writeJournal(SQLite::Database& database, const JournalRecord& entry)
{
    Query(database, "INSERT INTO journal (at, actor, source, day, action, detail) "
                    "VALUES (?, ?, ?, ?, ?, ?)")
        .with(entry.at, entry.actor, entry.source, entry.day, entry.action, entry.detail)
        .run();
}

Result<std::string> sourceName(SQLite::Database& database, SourceId source)
{
    Query query(database, "SELECT name FROM sources WHERE id = ?");
    if (query.with(source).next())
        return query.text(0);
    return fail(ErrorCode::SourceUnknown,
                "There is no source number " + std::to_string(source.value) + ".",
                "List the sources with: daymark-cli source list");
}

std::optional<Error> readError(Query& query, int firstColumn)
{
    if (query.isNull(firstColumn))
        return std::nullopt;
    Error error;
    error.code = findErrorCode(query.text(firstColumn)).value_or(ErrorCode::Internal);
    error.message = query.text(firstColumn + 1);
    error.hint = query.text(firstColumn + 2);
    return error;
}

namespace {

std::vector<JournalRecord> readEntries(Query& query)
{
    std::vector<JournalRecord> entries;
    while (query.next()) {
        entries.push_back({query.integer(0), query.instant(1), query.text(2), query.text(3),
                           query.maybeDay(4), query.text(5), query.text(6)});
    }
    return entries;
}

} // namespace

Status JournalTable::append(const JournalRecord& entry)
{
    return m_connection.write([&](SQLite::Database& database) -> Status {
        writeJournal(database, entry);
        return {};
    });
}

Result<std::vector<JournalRecord>> JournalTable::list(std::optional<std::string> source,
                                                      std::size_t limit)
{
    return m_connection.read([&](SQLite::Database& database) -> Result<std::vector<JournalRecord>> {
        Query query(database, source ? "SELECT id, at, actor, source, day, action, detail "
                                       "FROM journal WHERE source = ?2 ORDER BY id DESC LIMIT ?1"
                                     : "SELECT id, at, actor, source, day, action, detail "
                                       "FROM journal ORDER BY id DESC LIMIT ?1");
        if (source)
            query.with(std::uint64_t{limit}, *source);
        else
            query.with(std::uint64_t{limit});
        return readEntries(query);
    });
}

Result<std::vector<JournalRecord>> JournalTable::ofDay(const std::string& source, Day day,
                                                       std::size_t limit)
{
    return m_connection.read([&](SQLite::Database& database) -> Result<std::vector<JournalRecord>> {
        Query query(database, "SELECT id, at, actor, source, day, action, detail FROM journal "
                              "WHERE source = ? AND day = ? ORDER BY id DESC LIMIT ?");
        return readEntries(query.with(source, day, std::uint64_t{limit}));
    });
}

} // namespace daymark::ledger
