// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "source_fixture.h"

#include "core/duckdb/duck_database.h"

#include <sqlite3.h>
#include <zlib.h>
#include <zstd.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>

namespace daymark::test {

namespace {

std::string joined(const std::vector<std::string>& texts)
{
    std::string all;
    for (const std::string& text : texts)
        all += (all.empty() ? "" : " ") + text;
    return all;
}

std::string rowText(const Batch& batch, std::size_t row, const std::vector<std::size_t>& columns)
{
    std::string text = std::to_string(batch.rowNumbers[row]) + ":";
    for (std::size_t i = 0; i < columns.size(); ++i) {
        const std::vector<Cell>& cells = batch.columns[columns[i]];
        text += i == 0 ? "" : ",";
        text += cells.empty() || cells[row].isNull() ? "-" : formatCell(cells[row]);
    }
    return text;
}

DayRead failed(const Error& error)
{
    DayRead read;
    read.error = error;
    return read;
}

} // namespace

Folder::Folder()
{
    std::string name = (std::filesystem::temp_directory_path() / "daymark-source-XXXXXX").string();
    if (!::mkdtemp(name.data()))
        std::abort();
    m_path = name;
}

Folder::~Folder()
{
    std::error_code ignored;
    std::filesystem::remove_all(m_path, ignored);
}

std::string Folder::path(const std::string& name) const
{
    return (name.empty() ? m_path : m_path / name).string();
}

void Folder::write(const std::string& name, std::string_view content) const
{
    std::filesystem::create_directories((m_path / name).parent_path());
    std::ofstream(m_path / name, std::ios::binary)
        .write(content.data(), static_cast<std::streamsize>(content.size()));
}

std::string gzipped(std::string_view text)
{
    std::string out(compressBound(static_cast<uLong>(text.size())) + 64, '\0');
    z_stream stream = {};
    if (deflateInit2(&stream, 6, Z_DEFLATED, 31, 8, Z_DEFAULT_STRATEGY) != Z_OK)
        std::abort();
    std::string in(text);
    stream.next_in = reinterpret_cast<Bytef*>(in.data());
    stream.avail_in = static_cast<uInt>(in.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    if (deflate(&stream, Z_FINISH) != Z_STREAM_END)
        std::abort();
    out.resize(stream.total_out);
    deflateEnd(&stream);
    return out;
}

std::string zstandard(std::string_view text)
{
    const std::unique_ptr<ZSTD_CCtx, decltype(&ZSTD_freeCCtx)> context(ZSTD_createCCtx(),
                                                                       &ZSTD_freeCCtx);
    ZSTD_CCtx_setParameter(context.get(), ZSTD_c_checksumFlag, 1);
    std::string out(ZSTD_compressBound(text.size()), '\0');
    out.resize(ZSTD_compress2(context.get(), out.data(), out.size(), text.data(), text.size()));
    return out;
}

void writeParquet(const Folder& folder, const std::string& name, const std::string& select)
{
    std::filesystem::create_directories(std::filesystem::path(folder.path(name)).parent_path());
    DuckOptions options;
    options.folders = {folder.path()};
    options.memoryLimit = std::uint64_t{2} << 30U;
    auto database = DuckDatabase::open(options);
    auto connection = database->connect();
    const Status status =
        connection->execute("COPY (" + select + ") TO " + quotedText(folder.path(name)) +
                            " (FORMAT parquet, COMPRESSION zstd)");
    if (!status) {
        std::fprintf(stderr, "%s: %s\n", select.c_str(), status.error().message.c_str());
        std::abort();
    }
}

Database::Database(const std::string& path)
{
    if (sqlite3_open(path.c_str(), &m_handle) != SQLITE_OK)
        std::abort();
}

Database::~Database() { sqlite3_close(m_handle); }

void Database::run(const std::string& sql) const
{
    char* words = nullptr;
    if (sqlite3_exec(m_handle, sql.c_str(), nullptr, nullptr, &words) != SQLITE_OK) {
        std::fprintf(stderr, "%s: %s\n", sql.c_str(), words);
        std::abort();
    }
}

std::string DayRead::text() const { return error ? errorText() : joined(rows); }

std::string DayRead::errorText() const
{
    return error ? std::string(errorName(error->code)) : "none";
}

SourceConfig filesConfig(const std::string& uri)
{
    SourceConfig config;
    config.name = "shop";
    config.kind = "files";
    config.uri = uri;
    return config;
}

SourceConfig sqliteConfig(const std::string& uri)
{
    SourceConfig config = filesConfig(uri);
    config.kind = "sqlite";
    return config;
}

DayRead readDay(SourceConfig config, const std::string& day,
                const std::vector<std::size_t>& columns)
{
    const Result<std::unique_ptr<Source>> source = makeSource(config);
    if (!source)
        return failed(source.error());
    const Result<std::map<std::string, std::string>> format = (*source)->detectFormat({});
    if (!format)
        return failed(format.error());
    config.format = *format;
    return readDayAsSetUp(config, day, columns);
}

DayRead readDayAsSetUp(const SourceConfig& config, const std::string& day,
                       const std::vector<std::size_t>& columns)
{
    const Result<std::unique_ptr<Source>> source = makeSource(config);
    if (!source)
        return failed(source.error());
    const Result<SourceDescription> description = (*source)->describe({});
    if (!description)
        return failed(description.error());
    const MappedSchema schema =
        mapColumns(dataset(config.dataset), description->columns, config.columnMap);
    const Result<std::unique_ptr<RowReader>> reader =
        (*source)->openDay(*parseDay(day), schema.mapping, {});
    if (!reader)
        return failed(reader.error());
    DayRead read;
    read.holdsOtherDays = (*reader)->holdsOtherDays();
    Batch batch;
    while (true) {
        const Result<bool> more = (*reader)->read(batch, {});
        if (!more)
            read.error = more.error();
        read.findings = (*reader)->findings();
        if (!more || !*more)
            return read;
        for (std::size_t row = 0; row < batch.rows; ++row)
            read.rows.push_back(rowText(batch, row, columns));
        for (const BrokenRow& row : batch.broken)
            read.broken.push_back(std::to_string(row.number) + ": " + row.reason);
    }
}

std::string signalText(const SourceConfig& config)
{
    const Result<std::unique_ptr<Source>> source = makeSource(config);
    if (!source)
        return std::string(errorName(source.error().code));
    const Result<SignalReading> reading = (*source)->readSignals({});
    if (!reading)
        return std::string(errorName(reading.error().code));
    std::vector<std::string> parts;
    for (const Day day : reading->days)
        parts.push_back(formatDay(day));
    for (const SchemaFinding& finding : reading->findings)
        parts.push_back(finding.code);
    return joined(parts);
}

} // namespace daymark::test
