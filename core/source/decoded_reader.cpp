// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/decoded_reader.h"

#include "core/source/source_error.h"

#include <fmt/format.h>

#include <algorithm>
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
Status checkEnds(const Descriptor& file, std::uint64_t size, const std::string& name)
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
Result<Descriptor> sharedMemory(std::size_t size)
{
    Descriptor memory(::memfd_create("daymark-rows", MFD_CLOEXEC | MFD_ALLOW_SEALING));
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

/// What the child answers to an order about a file.
Result<std::string> ask(DecodeProcess& process, DecodeWord word, OpenOrder order,
                        const Descriptor& file, DecodeWord answer, const std::stop_token& stop)
{
    const DecodeLimits& limits = process.limits();
    order.processorSeconds = static_cast<std::uint64_t>(limits.processorTime.count()) +
                             order.size / limits.bytesPerSecond;
    if (Status status = process.say(word, wireBytes(order), order.name, file.get()); !status)
        return fail(status.error());
    Result<DecodeChannel::Message> message = process.hear(order.name, stop);
    if (!message)
        return fail(message.error());
    if (message->word != answer)
        return fail(decoderConfused(order.name));
    return std::move(message->bytes);
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

Result<std::unique_ptr<DecodedReader>> DecodedReader::open(const Descriptor& file, OpenOrder order,
                                                           std::shared_ptr<Decoder> decoder,
                                                           std::stop_token stop)
{
    if (order.type.format == FileFormat::Parquet) {
        if (Status status = checkEnds(file, order.size, order.name); !status)
            return fail(status.error());
    }
    std::unique_ptr<DecodedReader> reader(new DecodedReader(order.name, std::move(decoder)));
    if (Status status = reader->begin(file, std::move(order), stop); !status)
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

Status DecodedReader::begin(const Descriptor& file, OpenOrder order, const std::stop_token& stop)
{
    const Result<DecodeProcess*> process = m_decoder->process();
    if (!process)
        return fail(process.error());
    m_process = *process;
    m_fileSize = order.size;
    const Result<std::string> answer =
        ask(*m_process, DecodeWord::Open, std::move(order), file, DecodeWord::Opened, stop);
    if (!answer)
        return fail(answer.error());
    std::optional<OpenedFile> opened = openedFileFrom(*answer);
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
    for (std::size_t i = 0; i < names.size(); ++i) {
        const auto isSame = [&](const SourceColumn& column) { return column.name == names[i]; };
        const bool isThere = !m_file.hasFixedColumns ||
                             std::any_of(m_file.columns.begin(), m_file.columns.end(), isSame);
        const bool isTaken =
            std::find(order.columns.begin(), order.columns.end(), names[i]) != order.columns.end();
        if (names[i].empty() || !isThere || isTaken)
            continue;
        order.columns.push_back(names[i]);
        m_selected.push_back(i);
    }
    m_shape.columns = m_selected.size();
    return share(order);
}

Status DecodedReader::share(const SelectOrder& order)
{
    const std::size_t size = m_shape.size() * DecodeSlot::kCount;
    const Result<Descriptor> memory = sharedMemory(size);
    if (!memory)
        return fail(memory.error());
    void* const mapped = ::mmap(nullptr, size, PROT_READ, MAP_SHARED, memory->get(), 0);
    if (mapped == MAP_FAILED)
        return fail(ErrorCode::Internal, "There is not enough memory to read " + m_name + ".",
                    "Close other programs, then try again.");
    m_memory = static_cast<const char*>(mapped);
    return m_process->say(DecodeWord::Select, wireBytes(order), m_name, memory->get());
}

/// Tables are sized by it, and a file can say anything of itself.
std::optional<std::uint64_t> DecodedReader::expectedRows() const
{
    return std::min(m_file.rows, m_fileSize * kMostRowsOfByte);
}

Result<bool> DecodedReader::take(const std::string& bytes, Batch& batch)
{
    std::optional<RowsNotice> notice = rowsNoticeFrom(bytes);
    const std::size_t place = (m_batches % DecodeSlot::kCount) * m_shape.size();
    if (!notice || !takeRows({m_memory + place, m_shape.size()}, m_shape, *notice, m_selected,
                             batch, m_buffers)) {
        batch.clear(m_canonicalColumns);
        return fail(decoderConfused(m_name));
    }
    ++m_batches;
    m_read += batch.rows;
    m_fraction = static_cast<double>(notice->done) / 1e6;
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
    if (message->word != DecodeWord::End || (m_file.isExact && m_read != m_file.rows))
        return fail(decoderConfused(m_name));
    m_isDone = true;
    m_fraction = 1;
    return false;
}

Result<TextEnds> lookAtEnds(const Descriptor& file, OpenOrder order, Decoder& decoder,
                            const std::stop_token& stop)
{
    const Result<DecodeProcess*> process = decoder.process();
    if (!process)
        return fail(process.error());
    const std::string name = order.name;
    const Result<std::string> answer =
        ask(**process, DecodeWord::Look, std::move(order), file, DecodeWord::Looked, stop);
    if (!answer) {
        decoder.end();
        return fail(answer.error());
    }
    std::optional<TextEnds> ends = textEndsFrom(*answer);
    if (ends)
        return std::move(*ends);
    decoder.end();
    return fail(decoderConfused(name));
}

} // namespace daymark
