// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/landing/parquet_file.h"

namespace daymark::landing {

namespace {

Result<DuckConnection> connectWith(DuckOptions options)
{
    options.threads = 1;
    auto database = DuckDatabase::open(options);
    if (!database)
        return fail(database.error());
    return database->connect();
}

} // namespace

Result<FooterReader> FooterReader::open(const std::filesystem::path& folder)
{
    DuckOptions options;
    options.folders = {folder};
    auto connection = connectWith(std::move(options));
    if (!connection)
        return fail(connection.error());
    return FooterReader(std::move(*connection));
}

Result<std::uint64_t> FooterReader::rows(const std::filesystem::path& file, std::stop_token stop)
{
    auto result = m_connection.query(
        "SELECT num_rows FROM parquet_file_metadata(" + quotedFile(file) + ")", stop);
    auto more = result ? result->next() : Result<bool>(fail(result.error()));
    if (!more && more.error().code == ErrorCode::RunCancelled)
        return fail(more.error());
    if (!more || !*more || result->rows() != 1) {
        return fail(ErrorCode::StorageDamaged, "The file " + file.string() +
                                                   " cannot be read as Parquet" +
                                                   (more ? "." : ": " + more.error().message));
    }
    return static_cast<std::uint64_t>(result->column(0).integer(0));
}

std::string fileList(std::span<const std::filesystem::path> files)
{
    std::string list = "[";
    for (const auto& file : files)
        list += (list.size() > 1 ? ", " : "") + quotedFile(file);
    return list + "]";
}

Result<DuckConnection> connectTo(std::vector<std::filesystem::path> files)
{
    DuckOptions options;
    options.files = std::move(files);
    return connectWith(std::move(options));
}

} // namespace daymark::landing
