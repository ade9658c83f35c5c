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
        return watched([&] { return inTransaction(*m_writer, work); });
    }

    /// The same for a change that may be lost in a power cut, but not torn.
    template <class Work>
    auto writeLightly(Work work) -> decltype(work(std::declval<SQLite::Database&>()))
    {
        if (!m_writer)
            return fail(readOnlyError());
        const std::lock_guard lock(m_writerMutex);
        return watched([&] {
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

    /// Runs `work()` on a log that can be trusted, and notes an I/O error of it.
    template <class Work>
    auto watched(Work work) -> decltype(work())
    {
        if (const Status trusted = trustLog(); !trusted)
            return fail(trusted.error());
        return guarded(m_file, [&] {
            try {
                return work();
            } catch (const std::exception& exception) {
                m_doubtful = isIoError(exception);
                throw;
            }
        });
    }

    /// After a failed sync nobody knows what of the log reached the disk, and what is added to it
    /// would be lost with it. What it holds goes into the ledger first, and it begins anew.
    [[nodiscard]] Status trustLog();

    [[nodiscard]] static bool isIoError(const std::exception& exception);
    [[nodiscard]] Error readOnlyError() const;

    std::filesystem::path m_file;
    std::mutex m_writerMutex;
    std::unique_ptr<SQLite::Database> m_writer; ///< guarded by m_writerMutex
    bool m_doubtful = false; ///< guarded by m_writerMutex: whether a write failed with an I/O error
    std::mutex m_readerMutex;
    std::unique_ptr<SQLite::Database> m_reader; ///< guarded by m_readerMutex; closed first
};

} // namespace daymark::ledger
