// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A ledger as the first version of the program left it: one source with one landed day.

#include "core/ledger/migrations.h"

#include <SQLiteCpp/Database.h>

#include <filesystem>

namespace daymark::ledger {

inline void makeFirstVersion(const std::filesystem::path& file)
{
    SQLite::Database database(file.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    database.exec("PRAGMA journal_mode = WAL");
    migrate(database, migrations().first(1));
    database.exec("INSERT INTO sources VALUES (1, 'shop', 'sqlite', 'metrics', '/data', '', '',"
                  " '', 'reject', 'UTC', 'strict', 28, 19156, 60, 1.0, 14, '', '', 1, 1, 0, 0,"
                  " 0, NULL, NULL, NULL, 0, NULL, NULL, NULL, NULL)");
    database.exec("INSERT INTO runs (id, source, day, state, first_day, actor, accepted, "
                  "started_at, heartbeat, pid, host, process_start) "
                  "VALUES (7, 1, 19156, 'imported', 19156, 'ann', 10, 0, 0, 1, '', '')");
    database.exec("INSERT INTO run_files VALUES (7, 0, 'landing/x.parquet', 1, 'aa', 10)");
    database.exec("INSERT INTO days (source, day, standing, current_run, actor, at) "
                  "VALUES (1, 19156, 'imported', 7, 'ann', 5)");
}

} // namespace daymark::ledger
