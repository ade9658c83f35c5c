// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ledger/ledger.h"

#include "core/base/fault.h"
#include "core/base/file.h"
#include "core/calendar/day_words.h"
#include "core/ledger/connection.h"
#include "core/ledger/journal_writer.h"
#include "core/ledger/migrations.h"
#include "core/ledger/seal.h"

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <system_error>
#include <unistd.h>
#include <vector>

namespace daymark::ledger {

namespace {

Error damaged(const std::filesystem::path& file, const std::string& what)
{
    return {ErrorCode::WorkspaceDamaged, "The ledger " + file.string() + " " + what + ".",
            "Make a new one from what is left: daymark-cli repair. Nothing was changed."};
}

Error missing(const std::filesystem::path& file)
{
    return {ErrorCode::WorkspaceMissing,
            "There is no workspace in " + file.parent_path().string() + ".",
            "Create one with: daymark-cli --workspace " + file.parent_path().string() + " init"};
}

Error taken(const std::filesystem::path& file)
{
    return {ErrorCode::WorkspaceExists, "There is a file " + file.string() + " already.",
            "Use the workspace as it is, or choose another folder."};
}

/// A file that a creation made and didn't get to fill.
bool isBlank(SQLite::Database& database)
{
    return database.execAndGet("PRAGMA application_id").getInt() == 0 &&
           database.execAndGet("SELECT count(*) FROM sqlite_schema").getInt() == 0;
}

/// Makes the file with rights for its owner alone, which SQLite's own files beside it take over.
Status makeFile(const std::filesystem::path& file)
{
    const int descriptor =
        ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, S_IRUSR | S_IWUSR);
    if (descriptor < 0)
        return fail(fileError(errno, "create the ledger", file));
    ::close(descriptor);
    return syncFolder(file.parent_path());
}

/// What is in a new ledger.
Status fill(SQLite::Database& database, const std::filesystem::path& file, const Stamp& by)
{
    if (!isBlank(database))
        return fail(taken(file));
    migrate(database, migrations());
    Query type(database, "INSERT INTO id_types (name, added_by, added_at) VALUES (?, ?, ?)");
    type.with("user_id", by.actor, by.at).run();
    type.with("stable_id", by.actor, by.at).run();
    writeJournal(database, {0, by.at, by.actor, "", {}, "workspace.create", ""});
    return faultPoint("in_create");
}

/// Every column of every table, in order: `table.column TYPE`.
std::vector<std::string> columnsOf(SQLite::Database& database)
{
    std::vector<std::string> columns;
    Query query(database, "SELECT m.name || '.' || c.name || ' ' || c.type FROM sqlite_schema m "
                          "JOIN pragma_table_info(m.name) c WHERE m.type = 'table' ORDER BY 1");
    while (query.next())
        columns.push_back(query.text(0));
    return columns;
}

/// Whether the tables have the columns that the steps up to a version make: SQLite's own check does
/// not know what they are to be called.
bool hasTables(SQLite::Database& database, int version)
{
    SQLite::Database made(":memory:", SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    migrate(made, migrations().first(static_cast<std::size_t>(version)));
    const std::vector<std::string> wanted = columnsOf(made);
    const std::vector<std::string> found = columnsOf(database);
    return std::includes(found.begin(), found.end(), wanted.begin(), wanted.end());
}

/// Holds the figures of what has landed against what was written.
Status examineSeals(SQLite::Database& database, const std::filesystem::path& file)
{
    const std::vector<BrokenSeal> broken = brokenSeals(database, 1);
    if (broken.empty())
        return {};
    return fail(damaged(file, "is damaged (its figures of run " +
                                  std::to_string(broken.front().run.value) + ", " +
                                  broken.front().place + ", are not what was written)"));
}

/// Whether the file is a ledger that this program can use. Throws SQLite's exceptions.
Status examine(SQLite::Database& database, const std::filesystem::path& file)
{
    if (isBlank(database))
        return fail(missing(file));
    if (database.execAndGet("PRAGMA application_id").getInt() != kApplicationId)
        return fail(damaged(file, "is not a ledger of Daymark"));
    const int version = schemaVersion(database);
    if (version > static_cast<int>(migrations().size())) {
        return fail(ErrorCode::WorkspaceNewer,
                    "The ledger " + file.string() + " has version " + std::to_string(version) +
                        "; this program knows versions up to " +
                        std::to_string(migrations().size()) + ".",
                    "Use the newer program that wrote it.");
    }
    if (version < 1)
        return fail(damaged(file, "has no valid version"));
    const std::string verdict = database.execAndGet("PRAGMA quick_check(1)").getString();
    if (verdict != "ok")
        return fail(damaged(file, "is damaged (" + verdict + ")"));
    if (!hasTables(database, version))
        return fail(damaged(file, "lacks tables or columns of its version"));
    return static_cast<unsigned>(version) < kSealedVersion ? Status()
                                                           : examineSeals(database, file);
}

Error older(const std::filesystem::path& file, int version)
{
    return {ErrorCode::WorkspaceOlder,
            "The ledger " + file.string() + " has version " + std::to_string(version) +
                ", and this program reads version " + std::to_string(migrations().size()) + ".",
            "Bring it up to date with: daymark-cli --workspace " +
                shellQuoted(file.parent_path().string()) +
                " upgrade. The ledger is backed up first."};
}

bool hasJournal(const std::filesystem::path& file)
{
    std::error_code ignored;
    return std::filesystem::exists(file.string() + "-journal", ignored);
}

/// The start of an upgrade that was cut short has to be taken back before anything can be read, and
/// only a connection that writes can do it: SQLite's does, as soon as it is used.
Status takeBackWhatWasCutShort(const std::filesystem::path& file, Access access)
{
    if (!hasJournal(file))
        return {};
    if (access == Access::Read) {
        return fail(
            ErrorCode::WorkspaceBusy,
            "The ledger " + file.string() + " is being brought up to date, or that was cut short.",
            "Try again. Where no other program uses the workspace: daymark-cli --workspace " +
                shellQuoted(file.parent_path().string()) + " upgrade");
    }
    openDatabase(file, SQLite::OPEN_READWRITE | SQLite::OPEN_NOMUTEX)
        ->execAndGet("SELECT count(*) FROM sqlite_schema");
    return {};
}

/// The version of a ledger that this program can use or bring up to date. Looked at by a connection
/// that cannot write, and that is gone before anything is changed.
Result<int> examinedVersion(const std::filesystem::path& file)
{
    Connection reader(file, false);
    return reader.read([&](SQLite::Database& database) -> Result<int> {
        if (const Status fit = examine(database, file); !fit)
            return fail(fit.error());
        return schemaVersion(database);
    });
}

} // namespace

Ledger::Ledger(std::unique_ptr<Connection> connection)
    : m_connection(std::move(connection))
    , m_idTypes(*m_connection)
    , m_sources(*m_connection)
    , m_contracts(*m_connection)
    , m_signalTable(*m_connection)
    , m_days(*m_connection)
    , m_runs(*m_connection)
    , m_versions(*m_connection)
    , m_rollups(*m_connection)
    , m_journal(*m_connection)
{}

Ledger::~Ledger() = default;

Access Ledger::access() const { return m_connection->canWrite() ? Access::Write : Access::Read; }

Result<std::unique_ptr<Ledger>> Ledger::create(const std::filesystem::path& file, const Stamp& by)
{
    if (Status made = makeFile(file); !made)
        return fail(made.error());
    return guarded(file, [&]() -> Result<std::unique_ptr<Ledger>> {
        if (!Connection(file, false)
                 .read([](SQLite::Database& database) -> Result<bool> { return isBlank(database); })
                 .value_or(false))
            return fail(taken(file));
        auto connection = std::make_unique<Connection>(file, true);
        const Status filled =
            connection->write([&](SQLite::Database& database) { return fill(database, file, by); });
        if (!filled)
            return fail(filled.error());
        return std::unique_ptr<Ledger>(new Ledger(std::move(connection)));
    });
}

Result<std::unique_ptr<Ledger>> Ledger::open(const std::filesystem::path& file, Access access,
                                             const Stamp& by)
{
    std::error_code ignored;
    if (!std::filesystem::exists(file, ignored))
        return fail(missing(file));
    return guarded(file, [&]() -> Result<std::unique_ptr<Ledger>> {
        if (const Status whole = takeBackWhatWasCutShort(file, access); !whole)
            return fail(whole.error());
        const auto version = examinedVersion(file);
        if (!version)
            return fail(version.error());
        std::optional<Upgrade> upgraded;
        if (*version < static_cast<int>(migrations().size())) {
            if (access == Access::Read)
                return fail(older(file, *version));
            auto done = upgrade(file, migrations(), by);
            if (!done)
                return fail(done.error());
            upgraded = std::move(*done);
        }
        auto connection = std::make_unique<Connection>(file, access == Access::Write);
        auto ledger = std::unique_ptr<Ledger>(new Ledger(std::move(connection)));
        ledger->m_upgraded = std::move(upgraded);
        return ledger;
    });
}

} // namespace daymark::ledger
