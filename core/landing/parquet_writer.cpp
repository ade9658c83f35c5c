// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/landing/parquet_writer.h"

#include "core/base/fault.h"
#include "core/base/file.h"
#include "core/duckdb/duck_database.h"

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

namespace daymark {

namespace {

constexpr std::size_t kQueuedBlocks = 4;
constexpr unsigned kThreads = 2;

enum Column : std::size_t { UnitId, IdType, MetricName, Value, Numerator, Denominator };

/// Blocks between the stream, which puts them, and DuckDB's threads, which take them. Thread-safe.
class BlockQueue
{
public:
    /// False: the writer has ended, or `stop` was requested.
    bool put(LandedBlock block, std::stop_token stop)
    {
        std::unique_lock lock(m_mutex);
        const auto ready = [this] { return m_ended || m_blocks.size() < kQueuedBlocks; };
        if (!m_changed.wait(lock, stop, ready) || m_ended)
            return false;
        m_blocks.push_back(std::move(block));
        lock.unlock();
        m_changed.notify_all();
        return true;
    }

    /// True: `block` is the next one. False: there are no more. An error: the writer gave up.
    Result<bool> take(LandedBlock& block)
    {
        std::unique_lock lock(m_mutex);
        m_changed.wait(lock, [this] { return m_closed || m_ended || !m_blocks.empty(); });
        if (m_ended)
            return fail(ErrorCode::RunCancelled, "The writing was given up.");
        if (m_blocks.empty())
            return false;
        block = std::move(m_blocks.front());
        m_blocks.pop_front();
        lock.unlock();
        m_changed.notify_all();
        return true;
    }

    /// No more blocks will come.
    void close() { set(m_closed); }

    /// Nobody takes blocks any more.
    void end() { set(m_ended); }

    /// Waits until end(). False: `stop` was requested.
    bool waitForEnd(std::stop_token stop)
    {
        std::unique_lock lock(m_mutex);
        return m_changed.wait(lock, stop, [this] { return m_ended; });
    }

private:
    void set(bool& flag)
    {
        {
            const std::scoped_lock lock(m_mutex);
            flag = true;
        }
        m_changed.notify_all();
    }

    std::mutex m_mutex;
    std::condition_variable_any m_changed;
    std::deque<LandedBlock> m_blocks; ///< guarded by m_mutex
    bool m_closed = false;            ///< guarded by m_mutex
    bool m_ended = false;             ///< guarded by m_mutex
};

/// Sets the bits of the rows whose number is given, 64 rows at a time.
void fillReals(const LandedPage& page, double LandedRow::*number, double* out,
               std::uint64_t* validity)
{
    for (std::size_t first = 0; first < page.count; first += 64) {
        const std::size_t end = std::min(first + 64, page.count);
        std::uint64_t bits = 0;
        for (std::size_t i = first; i < end; ++i) {
            const double value = page.rows[i].*number;
            out[i] = value;
            bits |= static_cast<std::uint64_t>(!isNullNumber(value)) << (i - first);
        }
        validity[first / 64] = bits;
    }
}

class BlockReader : public FeedReader
{
public:
    BlockReader(std::shared_ptr<BlockQueue> queue, const FeedColumn& idTypes)
        : m_queue(std::move(queue))
    {
        if (idTypes.isCoded())
            m_idTypes = idTypes.values;
    }

    Result<std::size_t> fill(FeedChunk& chunk) override
    {
        while (m_page == m_block.pages.size()) {
            m_block = {};
            m_page = 0;
            const Result<bool> more = m_queue->take(m_block);
            if (!more)
                return fail(more.error());
            if (!*more)
                return 0;
        }
        const LandedPage& page = *m_block.pages[m_page++];
        fillTexts(page, chunk);
        if (m_foreign)
            return fail(ErrorCode::Internal, "A row has an id type that was not announced.");
        fillReals(page, &LandedRow::value, chunk.reals(Value), chunk.validity(Value));
        fillReals(page, &LandedRow::numerator, chunk.reals(Numerator), chunk.validity(Numerator));
        fillReals(page, &LandedRow::denominator, chunk.reals(Denominator),
                  chunk.validity(Denominator));
        return page.count;
    }

private:
    void fillTexts(const LandedPage& page, FeedChunk& chunk)
    {
        const LandedNames& names = *m_block.names;
        PackedText* units = chunk.texts(UnitId);
        for (std::size_t i = 0; i < page.count; ++i)
            units[i] = names.units.at(page.rows[i].unit);
        fillByGroup(page, chunk.texts(MetricName),
                    [&](std::uint32_t group) { return names.metrics.at(group); });
        if (m_idTypes.empty())
            fillByGroup(page, chunk.texts(IdType),
                        [&](std::uint32_t group) { return names.idTypes.at(group); });
        else
            fillByGroup(page, chunk.codes(IdType),
                        [&](std::uint32_t group) { return codeOf(names.idTypes.at(group)); });
    }

    /// What `of` says of a row's group; asked anew where the group changes.
    template <class T, class Of>
    static void fillByGroup(const LandedPage& page, T* out, const Of& of)
    {
        std::size_t i = 0;
        while (i < page.count) {
            const std::uint32_t group = page.rows[i].group;
            const T value = of(group);
            for (; i < page.count && page.rows[i].group == group; ++i)
                out[i] = value;
        }
    }

    [[nodiscard]] std::uint8_t codeOf(const PackedText& idType)
    {
        const auto at = std::find(m_idTypes.begin(), m_idTypes.end(), idType.view());
        if (at == m_idTypes.end()) {
            m_foreign = true;
            return 0;
        }
        return static_cast<std::uint8_t>(at - m_idTypes.begin());
    }

    std::vector<std::string> m_idTypes; ///< by code; empty: the column holds texts
    bool m_foreign = false;             ///< a row's id type is none of them
    std::shared_ptr<BlockQueue> m_queue;
    LandedBlock m_block;
    std::size_t m_page = 0; ///< the next one of m_block
};

class BlockFeed : public DuckFeed
{
public:
    BlockFeed(std::shared_ptr<BlockQueue> queue, std::vector<std::string> idTypes)
        : m_queue(std::move(queue)), m_idTypes{"id_type", false, std::move(idTypes)}
    {}

    std::vector<FeedColumn> columns() const override
    {
        return {{"unit_id"},         m_idTypes,
                {"metric_name"},     {"metric_value", true},
                {"numerator", true}, {"denominator", true}};
    }
    unsigned threads() const override { return kThreads; }
    std::unique_ptr<FeedReader> reader() override
    {
        return std::make_unique<BlockReader>(m_queue, m_idTypes);
    }

private:
    std::shared_ptr<BlockQueue> m_queue;
    FeedColumn m_idTypes;
};

/// Row groups as large as a block, so that one mostly holds one metric; dictionaries for columns of
/// few values only: unit ids are many, and zstd does better on them without. Its first level: the
/// third, DuckDB's default, makes a file of short ids 4 % smaller and one of long random ids not at
/// all, where it costs a fifth of the whole import.
std::string copyStatement(const std::filesystem::path& path, const ParquetOptions& options)
{
    std::string metadata;
    for (const auto& [key, value] : options.metadata)
        metadata +=
            (metadata.empty() ? "" : ", ") + quotedIdentifier(key) + ": " + quotedText(value);
    std::string sql = "COPY (SELECT * FROM feed()) TO " + quotedText(path.string()) +
                      " (FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1, PARQUET_VERSION "
                      "v1, ROW_GROUP_SIZE " +
                      std::to_string(kBlockRows) +
                      ", DICTIONARY_SIZE_LIMIT 100, USE_TMP_FILE false";
    if (!metadata.empty())
        sql += ", KV_METADATA {" + metadata + "}";
    return sql + ")";
}

/// Every failure to write is one of storage, whatever DuckDB calls it.
Error writeError(Error error, const std::filesystem::path& path)
{
    if (error.code != ErrorCode::StorageFull && error.code != ErrorCode::RunCancelled) {
        error.code = ErrorCode::StorageFailed;
        error.hint = "Check the disk and the folder, then import the day again.";
    }
    error.message = "Could not write " + path.string() + ": " + error.message;
    return error;
}

} // namespace

struct ParquetWriter::Work
{
    std::filesystem::path path;
    ParquetOptions options;
    std::shared_ptr<BlockQueue> queue = std::make_shared<BlockQueue>();
    std::uint64_t putRows = 0;
    Result<std::uint64_t> written = fail(ErrorCode::Internal, "Nothing was written.");
    bool finished = false;
    std::jthread thread; ///< last: joined before what it uses goes

    /// What the thread does: the whole file, from opening DuckDB to its last byte.
    [[nodiscard]] Result<std::uint64_t> write() const
    {
        if (Status fault = faultPoint("write_parquet"); !fault)
            return fail(std::move(fault.error()));
        DuckOptions duck;
        duck.files = {path};
        duck.memoryLimit = options.memoryLimit;
        duck.threads = kThreads;
        Result<DuckDatabase> database = DuckDatabase::open(duck);
        if (!database)
            return fail(std::move(database.error()));
        Result<DuckConnection> connection = database->connect();
        if (!connection)
            return fail(std::move(connection.error()));
        if (Status added =
                connection->addFeed("feed", std::make_shared<BlockFeed>(queue, options.idTypes));
            !added)
            return fail(std::move(added.error()));
        Result<DuckResult> result = connection->query(copyStatement(path, options));
        if (!result)
            return fail(std::move(result.error()));
        const Result<bool> more = result->next();
        if (!more)
            return fail(more.error());
        return *more ? static_cast<std::uint64_t>(result->column(0).integer(0)) : 0;
    }

    void run()
    {
        written = write();
        if (!written)
            written = fail(writeError(std::move(written.error()), path));
        queue->end();
    }
};

ParquetWriter::ParquetWriter(std::unique_ptr<Work> work) : m_work(std::move(work)) {}

Result<std::unique_ptr<ParquetWriter>> ParquetWriter::open(std::filesystem::path path,
                                                           const ParquetOptions& options)
{
    std::error_code error;
    const auto status = std::filesystem::symlink_status(path, error);
    if (status.type() != std::filesystem::file_type::not_found)
        return fail(fileError(error ? error.value() : EEXIST, "create", path));
    if (!std::filesystem::is_directory(path.parent_path(), error))
        return fail(fileError(error ? error.value() : ENOTDIR, "create", path));
    auto work = std::make_unique<Work>();
    work->path = std::move(path);
    work->options = options;
    work->thread = std::jthread([raw = work.get()] { raw->run(); });
    return std::unique_ptr<ParquetWriter>(new ParquetWriter(std::move(work)));
}

ParquetWriter::~ParquetWriter()
{
    m_work->queue->end();
    if (m_work->thread.joinable())
        m_work->thread.join();
    std::error_code ignored;
    if (!m_work->finished)
        std::filesystem::remove(m_work->path, ignored);
}

Status ParquetWriter::put(LandedBlock block, std::stop_token stop)
{
    const std::size_t rows = block.rows;
    if (m_work->queue->put(std::move(block), stop)) {
        m_work->putRows += rows;
        return {};
    }
    if (stop.stop_requested())
        return fail(ErrorCode::RunCancelled, "The import was cancelled.");
    if (m_work->thread.joinable())
        m_work->thread.join();
    return fail(m_work->written ? Error{ErrorCode::Internal, "The file was closed early.", {}}
                                : m_work->written.error());
}

Result<std::uint64_t> ParquetWriter::finish(std::stop_token stop)
{
    Work& work = *m_work;
    work.queue->close();
    if (!work.queue->waitForEnd(stop))
        return fail(ErrorCode::RunCancelled, "The import was cancelled.");
    if (work.thread.joinable())
        work.thread.join();
    if (work.written && *work.written != work.putRows)
        work.written = fail(writeError({ErrorCode::StorageFailed,
                                        "DuckDB wrote " + std::to_string(*work.written) +
                                            " rows of " + std::to_string(work.putRows) + ".",
                                        {}},
                                       work.path));
    work.finished = work.written.has_value();
    return work.written;
}

} // namespace daymark
