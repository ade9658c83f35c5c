// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
// Three threads work on a day, with short queues between them:
// 1. The reader's thread reads batches.
// 2. The checker's thread checks their rows.
// 3. The caller's thread takes them in order, deduplicates, rolls up, and hands blocks to the sink,
//    which has threads of its own.
// Batches go round: an emptied one returns to the reader. Whichever side fails or is told to stop
// asks the others to stop too; both threads are joined before ingestDay() returns.
#include "core/ingest/ingest.h"

#include "core/ingest/bounded_queue.h"
#include "core/ingest/stream.h"

#include <new>
#include <thread>

namespace daymark {

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t kBatchesAhead = 4; ///< in each queue
constexpr std::size_t kBatches = kBatchesAhead * 2 + 2;
constexpr auto kProgressPause = std::chrono::milliseconds(100);
constexpr auto kLong = std::chrono::hours(24);

/// What a thread hands over: a batch, or the end, or an error.
struct Delivery
{
    std::unique_ptr<CheckedBatch> batch; ///< null: the end
    Status status;
};

using Deliveries = BoundedQueue<Delivery>;
using Empties = BoundedQueue<std::unique_ptr<CheckedBatch>>;

Error cancelled() { return {ErrorCode::RunCancelled, "The import was cancelled.", {}}; }

Error outOfMemory()
{
    return {ErrorCode::Internal, "There is not enough memory to import this day.",
            "Close other programs or import on a machine with more memory."};
}

/// What `work` comes to: its status, or an error where it threw.
template <class Work>
Status guarded(Work work)
{
    try {
        return work();
    } catch (const std::bad_alloc&) {
        return fail(outOfMemory());
    } catch (const std::exception& exception) {
        return fail(ErrorCode::Internal,
                    "The source's reader failed: " + std::string(exception.what()) + ".");
    }
}

/// The reader's thread: until the end of the day, an error or a stop.
Status readAll(RowReader& reader, Empties& empties, Deliveries& out, const std::stop_token& stop)
{
    while (!stop.stop_requested()) {
        auto empty = empties.pop(stop, kLong);
        if (!empty)
            continue;
        const Result<bool> more = reader.read((*empty)->batch, stop);
        if (!more)
            return fail(more.error());
        if (!*more)
            return {};
        out.push({std::move(*empty), {}}, stop);
    }
    return fail(cancelled());
}

/// The checker's thread: until the reader's end, an error or a stop.
Status checkAll(Checker& checker, Deliveries& in, Deliveries& out, const std::stop_token& stop)
{
    while (!stop.stop_requested()) {
        std::optional<Delivery> delivery = in.pop(stop, kLong);
        if (!delivery)
            continue;
        if (!delivery->batch)
            return std::move(delivery->status);
        if (Status checked = checker.check(*delivery->batch); !checked)
            return checked;
        out.push(std::move(*delivery), stop);
    }
    return fail(cancelled());
}

/// Tells the caller how far things are, at most every kProgressPause.
class Progress
{
public:
    Progress(const IngestProgressFn& tell, const RowReader& reader, const Stream& stream)
        : m_tell(tell), m_reader(reader), m_stream(stream)
    {}

    void tick(IngestPhase phase, bool anyway = false)
    {
        if (!m_tell)
            return;
        const Clock::time_point now = Clock::now();
        if (!anyway && now - m_last < kProgressPause)
            return;
        m_last = now;
        m_tell({phase, m_stream.read(), m_stream.rejected(), m_reader.fraction()});
    }

private:
    const IngestProgressFn& m_tell;
    const RowReader& m_reader;
    const Stream& m_stream;
    Clock::time_point m_last;
};

CheckerOptions checkerOptions(const IngestOptions& options, const RowReader& reader)
{
    CheckerOptions out;
    out.day = options.day;
    out.dates = &options.dates;
    out.idTypes = options.idTypes;
    out.knownUndated = &options.knownUndated;
    out.holdsOtherDays = reader.holdsOtherDays();
    out.maxMetrics = options.limits.groups;
    return out;
}

/// The caller's side: until the end, the row limit, an error or a stop.
Status takeAll(Stream& stream, Deliveries& deliveries, Empties& empties, Progress& progress,
               const std::stop_token& stop)
{
    while (true) {
        std::optional<Delivery> delivery = deliveries.pop(stop, kProgressPause);
        if (stop.stop_requested())
            return fail(cancelled());
        progress.tick(IngestPhase::Reading);
        if (!delivery)
            continue;
        if (!delivery->batch)
            return std::move(delivery->status);
        const Result<bool> goOn = stream.process(*delivery->batch);
        if (!goOn)
            return fail(goOn.error());
        if (!*goOn)
            return {};
        empties.push(std::move(delivery->batch), stop);
    }
}

Result<IngestSummary> run(RowReader& reader, const IngestOptions& options, BlockSink* sink,
                          const IngestProgressFn& tell, const std::stop_token& stop)
{
    Checker checker(checkerOptions(options, reader));
    Stream stream(options, checker, sink, stop);
    if (const auto rows = reader.expectedRows(); rows && options.rowLimit == 0)
        stream.expectRows(*rows);
    Deliveries unchecked(kBatchesAhead);
    Deliveries deliveries(kBatchesAhead);
    Empties empties(kBatches);
    for (std::size_t i = 0; i < kBatches; ++i)
        empties.push(std::make_unique<CheckedBatch>(), stop);
    Progress progress(tell, reader, stream);
    Status end;
    {
        std::jthread reading([&](const std::stop_token& over) {
            unchecked.push(
                {nullptr, guarded([&] { return readAll(reader, empties, unchecked, over); })},
                over);
        });
        std::jthread checking([&](const std::stop_token& over) {
            deliveries.push(
                {nullptr, guarded([&] { return checkAll(checker, unchecked, deliveries, over); })},
                over);
        });
        const std::stop_callback passOn(stop, [&] {
            reading.request_stop();
            checking.request_stop();
        });
        end = takeAll(stream, deliveries, empties, progress, stop);
        reading.request_stop();
        checking.request_stop();
    }
    if (end) {
        progress.tick(IngestPhase::Closing, true);
        end = stream.finish();
    }
    if (stop.stop_requested())
        return fail(cancelled());
    if (!end)
        return fail(std::move(end.error()));
    progress.tick(IngestPhase::Closing, true);
    return stream.summary();
}

} // namespace

Result<IngestSummary> ingestDay(RowReader& reader, const IngestOptions& options, BlockSink* sink,
                                const IngestProgressFn& progress, std::stop_token stop)
{
    try {
        return run(reader, options, sink, progress, stop);
    } catch (const std::bad_alloc&) {
        return fail(outOfMemory());
    } catch (const std::exception& exception) {
        return fail(ErrorCode::Internal,
                    "The import failed: " + std::string(exception.what()) + ".");
    }
}

} // namespace daymark
