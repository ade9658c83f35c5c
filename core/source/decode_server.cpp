// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/decode_server.h"

#include "core/source/parquet_reader.h"
#include "core/source/text_decoder.h"

#include <fmt/format.h>

#include <cerrno>
#include <system_error>

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

namespace daymark {

namespace {

// DuckDB keeps parts of files in memory by their paths. Descriptors have paths too, and each serves
// one file of a database only.
constexpr int kFirstFile = 16;
constexpr int kFilesOfDatabase = 64;

constexpr std::uint64_t kMemory = 256ULL << 20U; ///< of DuckDB; a row group has to fit
constexpr auto kLong = std::chrono::hours(24);

std::string pathOf(int descriptor) { return fmt::format("/proc/self/fd/{}", descriptor); }

/// From now on, this much more processor time: over it the kernel ends the child.
void limitProcessorTime(std::uint64_t seconds)
{
    rusage used{};
    ::getrusage(RUSAGE_SELF, &used);
    rlimit now{};
    ::getrlimit(RLIMIT_CPU, &now);
    const auto spent = static_cast<rlim_t>(used.ru_utime.tv_sec + used.ru_stime.tv_sec + 1);
    now.rlim_cur = std::min(now.rlim_max, spent + seconds);
    ::setrlimit(RLIMIT_CPU, &now);
}

/// Of a file that may be sound: what decoding needs could not be had.
Error notReady(const std::string& name, const std::string& why)
{
    return {ErrorCode::SourceBusy, fmt::format("Decoding {} could not begin: {}", name, why),
            "Close other programs, then try again."};
}

Error systemError(const std::string& name)
{
    return notReady(name, std::generic_category().message(errno) + ".");
}

} // namespace

DecodeServer::~DecodeServer() { close(); }

void DecodeServer::close()
{
    m_decoder.reset();
    if (m_memory)
        ::munmap(m_memory, m_memorySize);
    m_memory = nullptr;
    if (m_file >= 0)
        ::close(m_file);
    m_file = -1;
}

Status DecodeServer::openDatabase()
{
    if (m_connection && m_nextFile < kFirstFile + kFilesOfDatabase)
        return {};
    m_connection.reset();
    m_nextFile = kFirstFile;
    DuckOptions options;
    for (int i = 0; i < kFilesOfDatabase; ++i)
        options.files.emplace_back(pathOf(kFirstFile + i));
    options.memoryLimit = kMemory;
    options.threads = 1; // more would hand the rows out of order
    Result<DuckDatabase> database = DuckDatabase::open(options);
    if (!database)
        return fail(notReady(m_name, database.error().message));
    Result<DuckConnection> connection = database->connect();
    if (!connection)
        return fail(notReady(m_name, connection.error().message));
    m_connection = std::move(*connection);
    return {};
}

Result<std::unique_ptr<FileDecoder>> DecodeServer::openParquet(const Descriptor& file)
{
    if (Status status = openDatabase(); !status)
        return fail(status.error());
    m_file = ::dup3(file.get(), m_nextFile++, O_CLOEXEC);
    if (m_file < 0)
        return fail(systemError(m_name));
    return ParquetReader::open(*m_connection, pathOf(m_file), m_name);
}

Status DecodeServer::open(const OpenOrder& order, Descriptor file)
{
    close();
    m_name = order.name;
    limitProcessorTime(order.processorSeconds);
    Result<std::unique_ptr<FileDecoder>> decoder = order.type.format == FileFormat::Parquet
                                                       ? openParquet(file)
                                                       : TextDecoder::open(std::move(file), order);
    if (!decoder)
        return fail(decoder.error());
    m_decoder = std::move(*decoder);
    if (!m_channel.say(DecodeWord::Opened, wireBytes(m_decoder->file())))
        m_isOver = true;
    return {};
}

Status DecodeServer::look(const OpenOrder& order, const Descriptor& file)
{
    close();
    limitProcessorTime(order.processorSeconds);
    const Result<TextEnds> ends = lookAtText(file, order);
    if (!ends)
        return fail(ends.error());
    if (!m_channel.say(DecodeWord::Looked, wireBytes(*ends)))
        m_isOver = true;
    return {};
}

Status DecodeServer::select(const SelectOrder& order, const Descriptor& memory)
{
    if (!m_decoder || m_memory)
        return fail(ErrorCode::Internal, "No file was opened.");
    if (Status status = m_decoder->select(order); !status)
        return status;
    m_memorySize = m_decoder->shape().size() * DecodeSlot::kCount;
    void* const mapped =
        ::mmap(nullptr, m_memorySize, PROT_READ | PROT_WRITE, MAP_SHARED, memory.get(), 0);
    if (mapped == MAP_FAILED)
        return fail(systemError(m_name));
    m_memory = static_cast<char*>(mapped);
    m_sent = 0;
    m_freed = 0;
    return sendRows();
}

/// Waits until a place for a batch is free.
bool DecodeServer::awaitPlace()
{
    while (m_sent - m_freed == DecodeSlot::kCount) {
        const auto message = m_channel.hear({}, kLong);
        if (!message || message->word != DecodeWord::Free)
            return false;
        m_freed += DecodeSlot::kFreedAtOnce;
    }
    return true;
}

Status DecodeServer::sendRows()
{
    const std::size_t size = m_decoder->shape().size();
    while (true) {
        m_isOver = m_isOver || !awaitPlace();
        if (m_isOver)
            return {};
        char* const slot = m_memory + (m_sent % DecodeSlot::kCount) * size;
        const Result<std::optional<RowsNotice>> notice = m_decoder->fill({slot, size});
        if (!notice)
            return fail(notice.error());
        m_isOver = *notice ? !m_channel.say(DecodeWord::Rows, wireBytes(**notice))
                           : !m_channel.say(DecodeWord::End, {});
        if (!*notice)
            return {};
        ++m_sent;
    }
}

Status DecodeServer::obey(DecodeChannel::Message message)
{
    if (message.word == DecodeWord::Free) // of a file that was read to its end
        return {};
    if (message.word == DecodeWord::Open || message.word == DecodeWord::Look) {
        if (const std::optional<OpenOrder> order = openOrderFrom(message.bytes))
            return message.word == DecodeWord::Open ? open(*order, std::move(message.file))
                                                    : look(*order, message.file);
    } else if (message.word == DecodeWord::Select) {
        if (const std::optional<SelectOrder> order = selectOrderFrom(message.bytes))
            return select(*order, message.file);
    }
    return fail(ErrorCode::Internal, "There is no such order.");
}

void DecodeServer::run()
{
    while (!m_isOver) {
        auto message = m_channel.hear({}, kLong);
        if (!message)
            return;
        const Status done = obey(std::move(*message));
        if (!done && !m_channel.say(DecodeWord::Failed, wireBytes(done.error())))
            return;
    }
}

} // namespace daymark
