// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/import_day.h"

#include <condition_variable>
#include <deque>
#include <future>
#include <map>
#include <thread>

namespace daymark {

struct PassResult;

/// What a pass hands to a job that goes its own way.
struct PassTools
{
    std::function<Result<RunInfo>(const DayImport&)> runDay; ///< imports a day, told to everybody
    std::stop_token stop;
};

/// Something else that is done with a source while none of its days is being imported.
using PassJob = std::function<void(const PassTools&, PassResult&)>;

/// One import pass of one source.
struct PassRequest
{
    std::string source;
    bool poll = true;        ///< read the signals first
    bool import = true;      ///< false: just the poll
    bool retryFailed = true; ///< begin with a failed next day: a person asked for it
    std::optional<Day> last; ///< take days up to this one only
    std::string actor;
    bool recheck = false; ///< hold landed days against the source where that is due
    PassJob job = {};     ///< in place of all that
};

/// How a pass went.
struct PassResult
{
    std::vector<RunInfo> runs;
    std::optional<PollReport> poll;
    std::string waiting;        ///< why it did not go on, if days are waiting
    std::optional<Error> error; ///< the pass itself broke off: the ledger or the disk failed
    bool cancelled = false;
};

/// The passes that were asked for and the threads that run them: a source has one pass at a time,
/// its days one after another; several sources go side by side, in the order in which they were
/// asked for. Destruction cancels what runs, drops what waits, and joins.
class ImportQueue
{
public:
    ImportQueue(Workspace& workspace, int threads);
    ~ImportQueue();

    /// Adds a pass. The stop source ends that pass alone; a pass that was dropped, or stopped
    /// before it began, comes back cancelled, and so does one that is added while the queue ends.
    struct Ticket
    {
        std::future<PassResult> result;
        std::stop_source stop;
    };
    [[nodiscard]] Ticket add(PassRequest request);

    /// Whether a pass of the source is at work or waits.
    [[nodiscard]] bool isBusy(const std::string& source) const;

    /// False where no such run is alive.
    [[nodiscard]] bool cancel(RunId run);

    [[nodiscard]] std::vector<RunProgress> live() const;

private:
    struct Pass
    {
        PassRequest request;
        std::promise<PassResult> result;
        std::stop_source stop;
    };

    static void drop(Pass& pass);
    void serve(const std::stop_token& stop);
    std::shared_ptr<Pass> takeNext();
    PassResult run(Pass& pass);
    void lookAgain(Pass& pass, PassResult& result);
    void runJob(Pass& pass, PassResult& result);
    bool importNext(Pass& pass, PassResult& result);
    Result<RunInfo> runDay(Pass& pass, const DayImport& job);
    void noteProgress(const RunProgress& progress);

    Workspace& m_workspace;
    mutable std::mutex m_mutex;
    std::condition_variable_any m_wake;
    std::deque<std::shared_ptr<Pass>> m_waiting;           ///< guarded by m_mutex
    std::map<std::string, std::shared_ptr<Pass>> m_atWork; ///< by source; guarded by m_mutex
    std::map<RunId, RunProgress> m_live;                   ///< guarded by m_mutex
    std::map<RunId, std::stop_source> m_runStops;          ///< guarded by m_mutex
    bool m_closed = false;                                 ///< guarded by m_mutex
    std::vector<std::jthread> m_threads;                   ///< last: they use all of the above
};

} // namespace daymark
