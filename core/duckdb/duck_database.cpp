// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/duckdb/duck_handles.h"

namespace daymark {

namespace {

/// Sets up what can only be given when a database is opened.
Result<duckdb_config> makeConfig(const DuckOptions& options)
{
    duckdb_config config = nullptr;
    duckdb_create_config(&config);
    const std::string memory = std::to_string(options.memoryLimit) + "B";
    const std::string threads = std::to_string(std::max(options.threads, 1U));
    const std::pair<const char*, const char*> settings[] = {
        {"autoinstall_known_extensions", "false"},
        {"autoload_known_extensions", "false"},
        {"allow_community_extensions", "false"},
        {"allow_unsigned_extensions", "false"},
        {"allow_persistent_secrets", "false"},
        {"memory_limit", memory.c_str()},
        {"threads", threads.c_str()},
    };
    for (const auto& [name, value] : settings) {
        if (duckdb_set_config(config, name, value) != DuckDBSuccess) {
            duckdb_destroy_config(&config);
            return fail(ErrorCode::Internal, std::string("DuckDB has no setting ") + name + ".");
        }
    }
    return config;
}

std::string listOf(const std::vector<std::string>& paths)
{
    std::string out = "[";
    for (const std::string& path : paths)
        out += (out.size() > 1 ? ", " : "") + path;
    return out + "]";
}

/// DuckDB holds a pattern, as quotedFile() makes it, against the list before it is expanded, and
/// the file that it stands for afterwards: both have to be there.
std::string fileList(const std::vector<std::filesystem::path>& files)
{
    std::vector<std::string> out;
    for (const std::filesystem::path& file : files) {
        out.push_back(quotedText(file.string()));
        if (quotedFile(file) != out.back())
            out.push_back(quotedFile(file));
    }
    return listOf(out);
}

std::string folderList(const std::vector<std::filesystem::path>& folders)
{
    std::vector<std::string> out;
    for (const std::filesystem::path& folder : folders)
        out.push_back(quotedText((folder / "").string()));
    return listOf(out);
}

/// The settings that close the doors, in the order in which DuckDB allows them.
std::vector<std::string> lockDown(const DuckOptions& options)
{
    std::vector<std::string> out;
    out.push_back("SET temp_directory = " + quotedText(options.temporaryFolder.string()));
    if (!options.temporaryFolder.empty())
        out.push_back("SET max_temp_directory_size = '" + std::to_string(options.temporaryLimit) +
                      "B'");
    out.push_back("SET preserve_insertion_order = false");
    if (!options.files.empty())
        out.push_back("SET allowed_paths = " + fileList(options.files));
    if (!options.folders.empty())
        out.push_back("SET allowed_directories = " + folderList(options.folders));
    out.push_back("SET enable_external_access = false");
    out.push_back("SET lock_configuration = true");
    return out;
}

} // namespace

Result<DuckDatabase> DuckDatabase::open(const DuckOptions& options)
{
    Result<duckdb_config> config = makeConfig(options);
    if (!config)
        return fail(std::move(config.error()));
    DuckDatabase database;
    database.m_handle = std::make_shared<Handle>();
    char* words = nullptr;
    const auto state = duckdb_open_ext(nullptr, &database.m_handle->database, *config, &words);
    duckdb_destroy_config(&*config);
    if (state != DuckDBSuccess) {
        Error error = duckError(DUCKDB_ERROR_INTERNAL, words);
        duckdb_free(words);
        return fail(std::move(error));
    }
    Result<DuckConnection> connection = database.connect();
    if (!connection)
        return fail(std::move(connection.error()));
    for (const std::string& sql : lockDown(options)) {
        if (Status set = connection->execute(sql); !set)
            return fail(ErrorCode::Internal, "DuckDB refused a setting: " + set.error().message);
    }
    return database;
}

Result<DuckConnection> DuckDatabase::connect()
{
    auto handle = std::make_unique<DuckConnection::Handle>();
    handle->database = m_handle;
    if (duckdb_connect(m_handle->database, &handle->connection) != DuckDBSuccess)
        return fail(ErrorCode::Internal, "DuckDB gave no connection.");
    return DuckConnection(std::move(handle));
}

std::string DuckDatabase::libraryVersion() { return duckdb_library_version(); }

} // namespace daymark
