// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/decoded_reader.h"

#include "core/source/source_error.h"

#include <fmt/format.h>

#include <array>
#include <cerrno>
#include <system_error>

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

namespace daymark {

namespace {

constexpr std::string_view kMagic = "PAR1";
constexpr std::uint64_t kMostRowsOfByte = 8; ///< that are believed before they were seen

/// Holds both ends of the file against Parquet's mark.
Status checkEnds(const OpenFile& file, std::uint64_t size, const std::string& name)
{
    if (size == 0) {
        return fail(ErrorCode::SourceEmpty, fmt::format("{} is empty.", name),
                    "Check that the file was written completely.");
    }
    std::array<char, 4> head{};
    std::array<char, 4> tail{};
    const auto tailAt = static_cast<off_t>(size < 4 ? 0 : size - 4);
    const bool isRead = ::pread(file.get(), head.data(), head.size(), 0) >= 0 &&
                        ::pread(file.get(), tail.data(), tail.size(), tailAt) >= 0;
    if (!isRead)
        return fail(sourceFileError(errno, "read", name));
    if (std::string_view(head.data(), head.size()) != kMagic) {
        return fail(ErrorCode::SourceFormat, fmt::format("{} is no Parquet file.", name),
                    "Give the file the ending of what it is.");
    }
    if (size < 12 || std::string_view(tail.data(), tail.size()) != kMagic) {
        return fail(ErrorCode::SourceTruncated, fmt::format("{} has no end: it was cut off.", name),
                    "Copy the file again, whole.");
    }
    return {};
}

/// Memory that can be passed on, and that nobody can shrink under its readers.
Result<OpenFile> sharedMemory(std::size_t size)
{
    OpenFile memory(::memfd_create("daymark-rows", MFD_CLOEXEC | MFD_ALLOW_SEALING));
    if (memory.get() < 0 || ::ftruncate(memory.get(), static_cast<off_t>(size)) != 0 ||
        ::fcntl(memory.get(), F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL) != 0) {
        return fail(ErrorCode::SourceBusy,
                    fmt::format("There is no memory to share with the process that decodes "
                                "files: {}.",
                                std::generic_category().message(errno)),
                    "Close other programs, or raise the limit on file sizes (ulimit -f), then "
                    "try again.");
    }
    return memory;
}

} // namespace

Result<DecodeProcess*> Decoder::process()
{
    if (!m_process) {
        Result<std::unique_ptr<DecodeProcess>> started = DecodeProcess::start();
        if (!started)
            return fail(started.error());
        m_process = std::move(*started);
    }
    return m_process.get();
}

Result<std::unique_ptr<DecodedReader>> DecodedReader::open(OpenFile file, const ListedFile& listed,
                                                           std::string name,
                                                           std::shared_ptr<Decoder> decoder,
                                                           std::stop_token stop)
{
    if (Status status = checkEnds(file, listed.size, name); !status)
        return fail(status.error());
    std::unique_ptr<DecodedReader> reader(new DecodedReader(std::move(name), std::move(decoder)));
    if (Status status = reader->begin(file, listed.size, stop); !status)
        return fail(status.error());
    return reader;
}

DecodedReader::~DecodedReader()
{
    // After a mere look at the columns the child waits for the next file.
    if (!m_isDone && (m_hasFailed || m_memory))
        m_decoder->end();
    if (m_memory)
        ::munmap(const_cast<char*>(m_memory), m_shape.size() * DecodeSlot::kCount);
}

Status DecodedReader::begin(const OpenFile& file, std::uint64_t size, const std::stop_token& stop)
{
    const Result<DecodeProcess*> process = m_decoder->process();
    if (!process)
        return fail(process.error());
    m_process = *process;
    m_fileSize = size;
    const DecodeLimits& limits = m_process->limits();
    const OpenOrder order{m_name, static_cast<std::uint64_t>(limits.processorTime.count()) +
                                      size / limits.bytesPerSecond};
    if (Status status = m_process->say(DecodeWord::Open, wireBytes(order), m_name, file.get());
        !status)
        return status;
    const Result<DecodeChannel::Message> answer = m_process->hear(m_name, stop);
    if (!answer)
        return fail(answer.error());
    std::optional<OpenedFile> opened;
    if (answer->word == DecodeWord::Opened)
        opened = openedFileFrom(answer->bytes);
    if (!opened)
        return fail(decoderConfused(m_name));
    m_file = std::move(*opened);
    m_hasFailed = false;
    return {};
}

Status DecodedReader::select(const std::vector<std::string>& names)
{
    m_canonicalColumns = names.size();
    SelectOrder order;
    const auto canonical = canonicalByColumn(m_file.columns, names);
    for (std::size_t i = 0; i < canonical.size(); ++i) {
        if (!canonical[i])
            continue;
        order.columns.push_back(static_cast<std::uint32_t>(i));
        m_selected.push_back(*canonical[i]);
    }
    m_shape.columns = m_selected.size();
    return share(order);
}

Status DecodedReader::share(const SelectOrder& order)
{
    const std::size_t size = m_shape.size() * DecodeSlot::kCount;
    const Result<OpenFile> memory = sharedMemory(size);
    if (!memory)
        return fail(memory.error());
    void* const mapped = ::mmap(nullptr, size, PROT_READ, MAP_SHARED, memory->get(), 0);
    if (mapped == MAP_FAILED)
        return fail(ErrorCode::Internal, "There is not enough memory to read " + m_name + ".");
    m_memory = static_cast<const char*>(mapped);
    return m_process->say(DecodeWord::Select, wireBytes(order), m_name, memory->get());
}

/// Tables are sized by it, and a file can say anything of itself.
std::optional<std::uint64_t> DecodedReader::expectedRows() const
{
    return std::min(m_file.rows, m_fileSize * kMostRowsOfByte);
}

double DecodedReader::fraction() const
{
    return m_file.rows == 0
               ? 1
               : std::min(1.0, static_cast<double>(m_read) / static_cast<double>(m_file.rows));
}

Result<bool> DecodedReader::take(const std::string& bytes, Batch& batch)
{
    const std::optional<RowsNotice> notice = rowsNoticeFrom(bytes);
    const std::size_t place = (m_batches % DecodeSlot::kCount) * m_shape.size();
    if (!notice || !takeRows({m_memory + place, m_shape.size()}, m_shape, *notice, m_selected,
                             m_read + 1, batch, m_buffers)) {
        batch.clear(m_canonicalColumns);
        return fail(decoderConfused(m_name));
    }
    ++m_batches;
    m_read += batch.rows;
    // Where the child is gone, the next message says why.
    if (m_batches % DecodeSlot::kFreedAtOnce == 0)
        (void)m_process->say(DecodeWord::Free, {}, m_name);
    return true;
}

Result<bool> DecodedReader::read(Batch& batch, std::stop_token stop)
{
    m_buffers.begin(batch);
    batch.clear(m_canonicalColumns);
    if (stop.stop_requested())
        return fail(readCancelled(m_name));
    if (m_isDone)
        return false;
    const Result<DecodeChannel::Message> message = m_process->hear(m_name, stop);
    if (!message)
        return fail(message.error());
    if (message->word == DecodeWord::Rows)
        return take(message->bytes, batch);
    if (message->word != DecodeWord::End || m_read != m_file.rows)
        return fail(decoderConfused(m_name));
    m_isDone = true;
    return false;
}

} // namespace daymark
