// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/sqlite_database.h"

#include "core/base/text.h"
#include "core/source/source_error.h"

#include <fmt/format.h>
#include <sqlite3.h>

#include <array>
#include <cerrno>
#include <thread>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace daymark {

namespace {

constexpr int kStepsBetweenLooks = 20'000; ///< of SQLite's machine: well under a millisecond
constexpr auto kBusyNap = std::chrono::milliseconds(20);
constexpr std::string_view kSqliteMagic{"SQLite format 3\0", 16};

std::uint32_t bigEndian(const unsigned char* bytes)
{
    return static_cast<std::uint32_t>(bytes[0]) << 24U |
           static_cast<std::uint32_t>(bytes[1]) << 16U |
           static_cast<std::uint32_t>(bytes[2]) << 8U | bytes[3];
}

/// Whether the header says that the file has more pages than its bytes can hold.
bool isCutShort(const std::array<unsigned char, 100>& head, std::uint64_t bytes)
{
    const std::uint32_t raw = static_cast<std::uint32_t>(head[16]) << 8U | head[17];
    const std::uint64_t pageSize = raw == 1 ? 65536 : raw;
    const bool pagesAreKnown = bigEndian(&head[24]) == bigEndian(&head[92]);
    return pagesAreKnown && bytes < pageSize * bigEndian(&head[28]);
}

Status checkHead(int file, const struct stat& info, const std::string& path)
{
    std::array<unsigned char, 100> head{};
    const ssize_t got = ::pread(file, head.data(), head.size(), 0);
    if (got < 0)
        return fail(sourceFileError(errno, "read", path));
    const std::string_view start(reinterpret_cast<const char*>(head.data()), kSqliteMagic.size());
    if (got < static_cast<ssize_t>(head.size()) || start != kSqliteMagic) {
        return fail(ErrorCode::SourceFormat,
                    fmt::format("{} is no SQLite database, or an encrypted one.", path),
                    "Give the path of a SQLite 3 database that is not encrypted.");
    }
    struct stat log = {};
    const bool hasLog = ::stat((path + "-wal").c_str(), &log) == 0 && log.st_size > 0;
    if (!hasLog && isCutShort(head, static_cast<std::uint64_t>(info.st_size))) {
        return fail(ErrorCode::SourceTruncated,
                    fmt::format("{} is shorter than its own header says: it was cut off.", path),
                    "Copy the database again, whole, while nobody writes to it.");
    }
    return {};
}

/// Looks at the file before SQLite does, since SQLite would create it or take a folder's name.
Status checkFile(const std::string& path)
{
    const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (file < 0)
        return fail(sourceFileError(errno, "read", path));
    Status status;
    struct stat info = {};
    if (::fstat(file, &info) != 0) {
        status = fail(sourceFileError(errno, "read", path));
    } else if (!S_ISREG(info.st_mode)) {
        status = fail(ErrorCode::SourceInvalid, fmt::format("{} is no file.", path),
                      "Give the path of a SQLite database file.");
    } else if (info.st_size == 0) {
        status = fail(ErrorCode::SourceEmpty, fmt::format("{} is empty: it has 0 bytes.", path),
                      "Check that the database was written before it was copied here.");
    } else {
        status = checkHead(file, info, path);
    }
    ::close(file);
    return status;
}

/// Lets a statement read and nothing else.
int authorize(void*, int action, const char*, const char*, const char*, const char*)
{
    switch (action) {
    case SQLITE_SELECT:
    case SQLITE_READ:
    case SQLITE_FUNCTION:
    case SQLITE_RECURSIVE:
    case SQLITE_TRANSACTION:
        return SQLITE_OK;
    default:
        return SQLITE_DENY;
    }
}

} // namespace

void SqliteStatement::Finalize::operator()(sqlite3_stmt* statement) const
{
    sqlite3_finalize(statement);
}

SqliteStatement::SqliteStatement(SqliteDatabase& database, sqlite3_stmt* statement)
    : m_database(&database), m_statement(statement)
{}

Result<bool> SqliteStatement::step()
{
    const int code = sqlite3_step(m_statement.get());
    if (code == SQLITE_ROW)
        return true;
    if (code == SQLITE_DONE)
        return false;
    return fail(m_database->lastError(code));
}

void SqliteStatement::bind(int position, std::string_view text)
{
    sqlite3_bind_text(m_statement.get(), position, text.data(), static_cast<int>(text.size()),
                      SQLITE_TRANSIENT); // NOLINT: the macro's own cast
}

void SqliteStatement::bind(int position, std::int64_t number)
{
    sqlite3_bind_int64(m_statement.get(), position, number);
}

int SqliteStatement::columns() const { return sqlite3_column_count(m_statement.get()); }

std::string SqliteStatement::columnName(int column) const
{
    const char* name = sqlite3_column_name(m_statement.get(), column);
    return name ? name : "";
}

std::string SqliteStatement::declaredType(int column) const
{
    const char* type = sqlite3_column_decltype(m_statement.get(), column);
    return type ? type : "";
}

bool SqliteStatement::isNull(int column) const
{
    return sqlite3_column_type(m_statement.get(), column) == SQLITE_NULL;
}

bool SqliteStatement::isText(int column) const
{
    return sqlite3_column_type(m_statement.get(), column) == SQLITE_TEXT;
}

std::string SqliteStatement::text(int column) const
{
    const void* bytes = sqlite3_column_text(m_statement.get(), column);
    const int size = sqlite3_column_bytes(m_statement.get(), column);
    return bytes ? std::string(static_cast<const char*>(bytes), static_cast<std::size_t>(size))
                 : std::string();
}

std::int64_t SqliteStatement::number(int column) const
{
    return sqlite3_column_int64(m_statement.get(), column);
}

SqliteDatabase::SqliteDatabase(std::string path, std::chrono::milliseconds patience,
                               std::stop_token stop)
    : m_path(std::move(path)), m_patience(patience), m_stop(std::move(stop))
{}

SqliteDatabase::~SqliteDatabase() { sqlite3_close_v2(m_database); }

Result<std::unique_ptr<SqliteDatabase>> SqliteDatabase::open(const std::string& path,
                                                             std::chrono::milliseconds patience,
                                                             std::stop_token stop)
{
    if (Status status = checkFile(path); !status)
        return fail(status.error());
    std::unique_ptr<SqliteDatabase> database(new SqliteDatabase(path, patience, std::move(stop)));
    const int code = sqlite3_open_v2(path.c_str(), &database->m_database,
                                     SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, nullptr);
    if (code != SQLITE_OK)
        return fail(database->lastError(code));
    if (Status status = database->configure(); !status)
        return fail(status.error());
    return database;
}

Status SqliteDatabase::configure()
{
    sqlite3_extended_result_codes(m_database, 1);
    sqlite3_db_config(m_database, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    sqlite3_db_config(m_database, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
    sqlite3_db_config(m_database, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, nullptr);
    sqlite3_limit(m_database, SQLITE_LIMIT_ATTACHED, 0);
    sqlite3_progress_handler(m_database, kStepsBetweenLooks, &SqliteDatabase::onProgress, this);
    sqlite3_busy_handler(m_database, &SqliteDatabase::onBusy, this);
    if (Status status = run("PRAGMA mmap_size=0; PRAGMA query_only=1; PRAGMA cell_size_check=1;"
                            "PRAGMA cache_size=-8192;");
        !status)
        return status;
    sqlite3_set_authorizer(m_database, &authorize, nullptr);
    return run("SELECT 1 FROM sqlite_schema LIMIT 1");
}

Status SqliteDatabase::run(const char* sql)
{
    const int code = sqlite3_exec(m_database, sql, nullptr, nullptr, nullptr);
    if (code != SQLITE_OK)
        return fail(lastError(code));
    return {};
}

Status SqliteDatabase::beginSnapshot() { return run("BEGIN; SELECT 1 FROM sqlite_schema LIMIT 1"); }

Result<SqliteStatement> SqliteDatabase::prepare(std::string_view sql)
{
    sqlite3_stmt* raw = nullptr;
    const char* tail = nullptr;
    const int code =
        sqlite3_prepare_v2(m_database, sql.data(), static_cast<int>(sql.size()), &raw, &tail);
    SqliteStatement statement(*this, raw);
    if (code != SQLITE_OK)
        return fail(lastError(code));
    sqlite3_stmt* second = nullptr;
    const auto rest = static_cast<int>(sql.data() + sql.size() - tail);
    const int tailCode = sqlite3_prepare_v2(m_database, tail, rest, &second, nullptr);
    const SqliteStatement another(*this, second);
    const bool isOne = raw && tailCode == SQLITE_OK && !second;
    if (!isOne || !sqlite3_stmt_readonly(raw) || sqlite3_column_count(raw) == 0) {
        return fail(ErrorCode::SourceQuery, "The query is not exactly one SELECT.",
                    "Write one SELECT statement and nothing after it.");
    }
    return statement;
}

Error SqliteDatabase::lastError(int code) const
{
    const std::string words = m_database ? shortened(sqlite3_errmsg(m_database), 300) : "no memory";
    switch (code & 0xFF) {
    case SQLITE_INTERRUPT:
        return readCancelled(m_path);
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_PROTOCOL:
        if (m_stop.stop_requested())
            return readCancelled(m_path);
        return {ErrorCode::SourceBusy,
                fmt::format("{} is locked by another program: {}.", m_path, words),
                "Try again when that program has finished; a database in WAL mode can be read "
                "while it is written."};
    case SQLITE_CORRUPT:
        return {ErrorCode::SourceDamaged, fmt::format("{} is damaged: {}.", m_path, words),
                "Run PRAGMA integrity_check on it and restore it from a backup, or copy it again "
                "while nobody writes to it."};
    case SQLITE_NOTADB:
        return {ErrorCode::SourceFormat,
                fmt::format("{} is no SQLite database, or an encrypted one.", m_path),
                "Give the path of a SQLite 3 database that is not encrypted."};
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
    case SQLITE_READONLY:
        return {ErrorCode::SourcePermission, fmt::format("{} cannot be opened: {}.", m_path, words),
                "A database in WAL mode is read through the -shm file beside it: give the user "
                "that runs Daymark the right to write to that folder, or close its writers "
                "cleanly first."};
    case SQLITE_IOERR:
        if (code == SQLITE_IOERR_SHORT_READ) {
            return {ErrorCode::SourceTruncated, fmt::format("{} was cut off.", m_path),
                    "Copy the database again, whole, while nobody writes to it."};
        }
        return {ErrorCode::SourceUnreachable,
                fmt::format("{} could not be read: {}.", m_path, words),
                "Check the disk or the network drive that holds it, then try again."};
    case SQLITE_FULL:
        return {ErrorCode::StorageFull,
                fmt::format("There is no space left for sorting the rows of {}.", m_path),
                "Free some space in the temporary folder, or drop the ORDER BY of the query."};
    case SQLITE_TOOBIG:
    case SQLITE_NOMEM:
        return {ErrorCode::SourceLimit,
                fmt::format("{} holds a value that is too large to be read: {}.", m_path, words),
                "Leave that row out with a SELECT of your own (--query)."};
    default:
        return {ErrorCode::SourceQuery, fmt::format("{} refused the query: {}.", m_path, words),
                "Check the table, the columns and the query of the source."};
    }
}

int SqliteDatabase::onProgress(void* self)
{
    return static_cast<SqliteDatabase*>(self)->m_stop.stop_requested() ? 1 : 0;
}

int SqliteDatabase::onBusy(void* self, int tries)
{
    auto& database = *static_cast<SqliteDatabase*>(self);
    const auto now = std::chrono::steady_clock::now();
    if (tries == 0)
        database.m_busySince = now;
    if (database.m_stop.stop_requested() || now - database.m_busySince >= database.m_patience)
        return 0;
    std::this_thread::sleep_for(kBusyNap);
    return 1;
}

std::string quotedSqlName(std::string_view name)
{
    std::string quoted = "\"";
    for (const char c : name) {
        quoted += c;
        if (c == '"')
            quoted += c;
    }
    return quoted + '"';
}

} // namespace daymark
