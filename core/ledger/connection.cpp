// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ledger/connection.h"

#include <SQLiteCpp/Exception.h>

#include <sqlite3.h>

#include <utility>

namespace daymark::ledger {

namespace {

constexpr int kBusyMilliseconds = 10'000;

/// Settings of every connection: nothing that a damaged or hostile file says is trusted.
void prepare(SQLite::Database& database)
{
    sqlite3_db_config(database.getHandle(), SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    database.exec("PRAGMA trusted_schema = OFF");
    database.exec("PRAGMA cell_size_check = ON");
    database.exec("PRAGMA mmap_size = 0");
    database.exec("PRAGMA foreign_keys = ON");
}

ErrorCode codeOf(int sqliteCode)
{
    switch (sqliteCode & 0xFF) {
    case SQLITE_FULL:
        return ErrorCode::StorageFull;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
    case SQLITE_FORMAT:
        return ErrorCode::WorkspaceDamaged;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_PROTOCOL: // another process has stopped while it began to use the log
        return ErrorCode::WorkspaceBusy;
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
    case SQLITE_READONLY:
        return ErrorCode::StorageFailed;
    default:
        return ErrorCode::Internal;
    }
}

std::string hintFor(ErrorCode code)
{
    switch (code) {
    case ErrorCode::StorageFull:
        return "Free some space on that disk and try again.";
    case ErrorCode::WorkspaceDamaged:
        return "Make a new one from what is left: daymark-cli repair. Nothing was changed.";
    case ErrorCode::WorkspaceBusy:
        return "Another program holds the file; try again when it is done.";
    case ErrorCode::StorageFailed:
        return "Check the disk and the rights on that folder, then try again.";
    default:
        return {};
    }
}

} // namespace

Error ledgerError(const std::exception& exception, const std::filesystem::path& file)
{
    const auto* sqlite = dynamic_cast<const SQLite::Exception*>(&exception);
    const ErrorCode code = sqlite ? codeOf(sqlite->getErrorCode()) : ErrorCode::Internal;
    return {code, "The ledger " + file.string() + " could not be used: " + exception.what() + ".",
            hintFor(code)};
}

std::unique_ptr<SQLite::Database> openDatabase(const std::filesystem::path& file, int flags)
{
    auto database = std::make_unique<SQLite::Database>(file.string(), flags, kBusyMilliseconds);
    prepare(*database);
    return database;
}

Connection::Connection(std::filesystem::path file, bool writing) : m_file(std::move(file))
{
    if (writing) {
        m_writer = openDatabase(m_file, SQLite::OPEN_READWRITE | SQLite::OPEN_NOMUTEX);
        m_writer->exec("PRAGMA journal_mode = WAL");
        m_writer->exec("PRAGMA synchronous = FULL");
    }
    m_reader = openDatabase(m_file, SQLite::OPEN_READONLY | SQLite::OPEN_NOMUTEX);
}

Status Connection::trustLog()
{
    if (!m_doubtful)
        return {};
    return guarded(m_file, [&]() -> Status {
        if (m_writer->execAndGet("PRAGMA wal_checkpoint(TRUNCATE)").getInt() != 0)
            return fail(ErrorCode::WorkspaceBusy,
                        "The log of the ledger " + m_file.string() +
                            " cannot be begun anew after an I/O error: it is being read.",
                        hintFor(ErrorCode::WorkspaceBusy));
        m_doubtful = false;
        return {};
    });
}

bool Connection::isIoError(const std::exception& exception)
{
    const auto* sqlite = dynamic_cast<const SQLite::Exception*>(&exception);
    return sqlite && (sqlite->getErrorCode() & 0xFF) == SQLITE_IOERR;
}

Error Connection::readOnlyError() const
{
    return {ErrorCode::UsageInvalid, "The ledger " + m_file.string() + " is open for reading only.",
            "Open the workspace for writing to change something."};
}

Connection::Unsynced::Unsynced(SQLite::Database& database) : m_database(database)
{
    m_database.exec("PRAGMA synchronous = NORMAL");
}

Connection::Unsynced::~Unsynced() { m_database.tryExec("PRAGMA synchronous = FULL"); }

} // namespace daymark::ledger
