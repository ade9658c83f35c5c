// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ledger/id_type_table.h"

#include "core/base/text.h"
#include "core/ledger/journal_writer.h"
#include "core/ledger/names.h"

namespace daymark::ledger {

namespace {

constexpr std::size_t kIdTypeBytes = 128;

} // namespace

Result<std::vector<IdTypeRecord>> IdTypeTable::list()
{
    return m_connection.read([](SQLite::Database& database) -> Result<std::vector<IdTypeRecord>> {
        Query query(database, "SELECT name, added_by, added_at FROM id_types ORDER BY id");
        std::vector<IdTypeRecord> types;
        while (query.next())
            types.push_back({query.text(0), query.text(1), query.instant(2)});
        return types;
    });
}

Status IdTypeTable::add(const std::string& name, const Stamp& by)
{
    if (const std::string fault = faultOfName(name, kIdTypeBytes); !fault.empty()) {
        return fail(ErrorCode::IdTypeInvalid,
                    "The id type \"" + shortened(name) + "\" cannot be added: its name " + fault +
                        ".",
                    "Choose a name such as company_id.");
    }
    return m_connection.write([&](SQLite::Database& database) -> Status {
        Query known(database, "SELECT 1 FROM id_types WHERE name = ?");
        if (known.with(name).next()) {
            return fail(ErrorCode::IdTypeExists,
                        "The workspace already has the id type \"" + name + "\".");
        }
        Query(database, "INSERT INTO id_types (name, added_by, added_at) VALUES (?, ?, ?)")
            .with(name, by.actor, by.at)
            .run();
        writeJournal(database, {0, by.at, by.actor, "", {}, "id_type.add", name});
        return {};
    });
}

} // namespace daymark::ledger
