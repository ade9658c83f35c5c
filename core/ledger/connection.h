// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The ledger's two connections, and where SQLite's exceptions end. Private to the room.

#include "core/ledger/query.h"
#include "core/ledger/records.h"

#include <SQLiteCpp/Transaction.h>

#include <filesystem>
#include <mutex>

namespace daymark::ledger {

/// What an exception of SQLite means for the caller.
[[nodiscard]] Error ledgerError(const std::exception& exception, const std::filesystem::path& file);

/// Opens a file with the settings of every connection: nothing that a damaged or hostile file says
/// is trusted. Throws SQLite's exceptions.
[[nodiscard]] std::unique_ptr<SQLite::Database> openDatabase(const std::filesystem::path& file,
                                                             int flags);

/// Runs `work`, turning SQLite's exceptions into errors.
template <class Work>
auto guarded(const std::filesystem::path& file, Work work) -> decltype(work())
{
    try {
        return work();
    } catch (const std::exception& exception) {
        return fail(ledgerError(exception, file));
    }
}

/// Thread-safe. The writing connection is the only one that ever writes or checkpoints; the reading
/// one sees what was committed, so that a long read and a write don't wait for each other.
class Connection
{
public:
    /// Opens the file as it is. Without `writing` there is only a connection that reads.
    /// Throws SQLite's exceptions.
    Connection(std::filesystem::path file, bool writing);

    [[nodiscard]] bool canWrite() const { return m_writer != nullptr; }
    [[nodiscard]] const std::filesystem::path& file() const { return m_file; }

    /// Runs `work(database)` in a transaction, which is committed, to the disk, if it returns a
    /// value and rolled back if it returns an error.
    template <class Work>
    auto write(Work work) -> decltype(work(std::declval<SQLite::Database&>()))
    {
        if (!m_writer)
            return fail(readOnlyError());
        const std::lock_guard lock(m_writerMutex);
        return guarded(m_file, [&] { return inTransaction(*m_writer, work); });
    }

    /// The same for a change that may be lost in a power cut, but not torn.
    template <class Work>
    auto writeLightly(Work work) -> decltype(work(std::declval<SQLite::Database&>()))
    {
        if (!m_writer)
            return fail(readOnlyError());
        const std::lock_guard lock(m_writerMutex);
        return guarded(m_file, [&] {
            const Unsynced unsynced(*m_writer);
            return inTransaction(*m_writer, work);
        });
    }

    /// Runs `work(database)` on one state of the ledger.
    template <class Work>
    auto read(Work work) -> decltype(work(std::declval<SQLite::Database&>()))
    {
        const std::lock_guard lock(m_readerMutex);
        return guarded(m_file, [&] {
            SQLite::Transaction transaction(*m_reader);
            return work(*m_reader);
        });
    }

private:
    /// Commits without a sync while it lives.
    class Unsynced
    {
    public:
        explicit Unsynced(SQLite::Database& database);
        Unsynced(const Unsynced&) = delete;
        Unsynced& operator=(const Unsynced&) = delete;
        ~Unsynced();

    private:
        SQLite::Database& m_database;
    };

    template <class Work>
    static auto inTransaction(SQLite::Database& database, Work& work) -> decltype(work(database))
    {
        SQLite::Transaction transaction(database, SQLite::TransactionBehavior::IMMEDIATE);
        auto result = work(database);
        if (result)
            transaction.commit();
        return result;
    }

    [[nodiscard]] Error readOnlyError() const;

    std::filesystem::path m_file;
    std::mutex m_writerMutex;
    std::unique_ptr<SQLite::Database> m_writer; ///< guarded by m_writerMutex
    std::mutex m_readerMutex;
    std::unique_ptr<SQLite::Database> m_reader; ///< guarded by m_readerMutex; closed first
};

} // namespace daymark::ledger
