// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ledger/contract_table.h"

#include "core/ledger/journal_writer.h"

namespace daymark::ledger {

namespace {

void noteWords(SQLite::Database& database, SourceId source, const std::string& words)
{
    Query(database, "UPDATE sources SET schema_break = ? WHERE id = ?").with(words, source).run();
}

std::string wordsOf(SQLite::Database& database, SourceId source)
{
    Query query(database, "SELECT schema_break FROM sources WHERE id = ?");
    return query.with(source).next() ? query.text(0) : std::string();
}

} // namespace

Result<std::vector<ContractColumn>> ContractTable::columns(SourceId source)
{
    return m_connection.read(
        [&](SQLite::Database& database) -> Result<std::vector<ContractColumn>> {
            Query query(database, "SELECT name, type_name FROM contract_columns WHERE source = ? "
                                  "ORDER BY position");
            query.with(source);
            std::vector<ContractColumn> columns;
            while (query.next())
                columns.push_back({query.text(0), query.text(1)});
            return columns;
        });
}

Status ContractTable::fix(SourceId source, std::span<const ContractColumn> columns, const Stamp& by)
{
    return m_connection.write([&](SQLite::Database& database) -> Status {
        const auto name = sourceName(database, source);
        if (!name)
            return fail(name.error());
        Query(database, "DELETE FROM contract_columns WHERE source = ?").with(source).run();
        Query insert(database, "INSERT INTO contract_columns (source, position, name, type_name) "
                               "VALUES (?, ?, ?, ?)");
        std::uint64_t position = 0;
        for (const ContractColumn& column : columns)
            insert.with(source, position++, column.name, column.typeName).run();
        noteWords(database, source, "");
        const std::string detail =
            columns.empty() ? "nothing" : std::to_string(columns.size()) + " columns";
        writeJournal(database, {0, by.at, by.actor, *name, {}, "source.schema_agreed", detail});
        return {};
    });
}

Status ContractTable::noteBreak(SourceId source, const std::string& words, const Stamp& by)
{
    return m_connection.write([&](SQLite::Database& database) -> Status {
        const auto name = sourceName(database, source);
        if (!name)
            return fail(name.error());
        if (wordsOf(database, source) == words)
            return {};
        noteWords(database, source, words);
        writeJournal(database, {0,
                                by.at,
                                by.actor,
                                *name,
                                {},
                                words.empty() ? "source.schema_whole" : "source.schema_broken",
                                words});
        return {};
    });
}

} // namespace daymark::ledger
