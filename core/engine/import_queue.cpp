// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/import_queue.h"

#include "core/engine/auto_reimport.h"
#include "core/engine/contract.h"
#include "core/engine/mending.h"
#include "core/engine/planning.h"
#include "core/engine/polling.h"
#include "core/engine/recheck.h"
#include "core/engine/versions.h"

#include <algorithm>

namespace daymark {

namespace {

constexpr std::size_t kRunsCounted = 12;

/// After a failure that may pass, the scheduler looks again sooner than the source's interval, with
/// a pause that grows with every failed run in a row.
void retrySooner(const Workspace& workspace, const ledger::SourceRecord& record, const Error& error)
{
    if (remedyFor(error.code) != Remedy::Retry)
        return;
    const auto runs = workspace.ledger->runTable().list(record.id, kRunsCounted);
    if (!runs)
        return;
    const auto landed = std::find_if(runs->begin(), runs->end(), [](const ledger::RunRecord& run) {
        return run.state != ledger::RunState::Failed;
    });
    const auto failures = static_cast<int>(landed - runs->begin());
    const Instant next =
        nextPollAt(workspace.clock.now(), record.policy, record.id, error, failures);
    // Should this not be written down, the regular look comes in its time.
    static_cast<void>(workspace.ledger->sourceTable().setNextPoll(record.id, next));
}

/// Names the day of an import that could not even be written down as failed.
Error withDay(Error error, const DayImport& job)
{
    const std::string day = formatDay(job.day);
    if (error.message.find(day) == std::string::npos)
        error.message = "The import of " + day + " of " + job.source +
                        " did not come to its end: " + error.message;
    return error;
}

} // namespace

ImportQueue::ImportQueue(Workspace& workspace, int threads) : m_workspace(workspace)
{
    for (int i = 0; i < std::max(threads, 1); ++i)
        m_threads.emplace_back([this](std::stop_token stop) { serve(stop); });
}

ImportQueue::~ImportQueue()
{
    // Stops are asked for without the mutex: what they call back may take its time.
    std::vector<std::shared_ptr<Pass>> dropped;
    std::vector<std::shared_ptr<Pass>> stopped;
    {
        const std::scoped_lock lock(m_mutex);
        m_closed = true;
        dropped.assign(m_waiting.begin(), m_waiting.end());
        m_waiting.clear();
        for (const auto& entry : m_atWork)
            stopped.push_back(entry.second);
    }
    for (const auto& pass : dropped)
        drop(*pass);
    for (const auto& pass : stopped)
        pass->stop.request_stop();
    for (std::jthread& thread : m_threads)
        thread.request_stop();
    m_threads.clear();
}

/// Ends a pass that never began.
void ImportQueue::drop(Pass& pass)
{
    PassResult result;
    result.cancelled = true;
    pass.result.set_value(std::move(result));
}

ImportQueue::Ticket ImportQueue::add(PassRequest request)
{
    auto pass = std::make_shared<Pass>();
    pass->request = std::move(request);
    Ticket ticket{pass->result.get_future(), pass->stop};
    bool closed = false;
    {
        const std::scoped_lock lock(m_mutex);
        closed = m_closed;
        if (!closed)
            m_waiting.push_back(pass);
    }
    if (closed)
        drop(*pass);
    m_wake.notify_all();
    return ticket;
}

bool ImportQueue::isBusy(const std::string& source) const
{
    const std::scoped_lock lock(m_mutex);
    return m_atWork.contains(source) ||
           std::any_of(m_waiting.begin(), m_waiting.end(),
                       [&](const auto& pass) { return pass->request.source == source; });
}

bool ImportQueue::cancel(RunId run)
{
    std::stop_source stop(std::nostopstate);
    {
        const std::scoped_lock lock(m_mutex);
        const auto found = m_runStops.find(run);
        if (found == m_runStops.end())
            return false;
        stop = found->second;
    }
    stop.request_stop();
    return true;
}

std::vector<RunProgress> ImportQueue::live() const
{
    const std::scoped_lock lock(m_mutex);
    std::vector<RunProgress> live;
    for (const auto& entry : m_live)
        live.push_back(entry.second);
    return live;
}

/// The oldest waiting pass of a source that none is at work on. Called with m_mutex held.
std::shared_ptr<ImportQueue::Pass> ImportQueue::takeNext()
{
    const auto next = std::find_if(m_waiting.begin(), m_waiting.end(), [this](const auto& pass) {
        return !m_atWork.contains(pass->request.source);
    });
    if (next == m_waiting.end())
        return nullptr;
    auto pass = *next;
    m_waiting.erase(next);
    m_atWork[pass->request.source] = pass;
    return pass;
}

void ImportQueue::serve(const std::stop_token& stop)
{
    while (true) {
        std::shared_ptr<Pass> pass;
        {
            std::unique_lock lock(m_mutex);
            if (!m_wake.wait(lock, stop, [&] { return (pass = takeNext()) != nullptr; }))
                return;
        }
        PassResult result = run(*pass);
        Event event;
        event.kind = EventKind::PassFinished;
        event.source = pass->request.source;
        event.message = result.error ? result.error->message : result.waiting;
        {
            const std::scoped_lock lock(m_mutex);
            m_atWork.erase(pass->request.source);
        }
        m_wake.notify_all();
        m_workspace.events->tell(event);
        pass->result.set_value(std::move(result));
    }
}

PassResult ImportQueue::run(Pass& pass)
{
    PassResult result;
    const std::string& name = pass.request.source;
    const std::stop_token stop = pass.stop.get_token();
    if (pass.request.job) {
        runJob(pass, result);
        return result;
    }
    if (pass.request.poll && !stop.stop_requested()) {
        auto poll = pollSource(m_workspace, name, stop);
        if (poll)
            result.poll = std::move(*poll);
        else if (poll.error().code != ErrorCode::RunCancelled)
            result.error = poll.error();
        Event event;
        event.kind = EventKind::DaysChanged;
        event.source = name;
        m_workspace.events->tell(event);
    }
    const bool answered = !result.poll || result.poll->ok;
    while (pass.request.import && answered && !result.error && !stop.stop_requested())
        if (!importNext(pass, result))
            break;
    if (pass.request.recheck && answered && !result.error && !stop.stop_requested())
        lookAgain(pass, result);
    tidyVersions(m_workspace, name);
    result.cancelled = result.cancelled || stop.stop_requested();
    if (const auto planned = planSource(m_workspace, name); planned && !result.error)
        if (auto sentence = waitingSentence(m_workspace, *planned))
            result.waiting = std::move(*sentence);
    return result;
}

/// Looks at the landed days that are due, and imports those again that changed by too much.
void ImportQueue::lookAgain(Pass& pass, PassResult& result)
{
    const auto record = m_workspace.ledger->sourceTable().find(pass.request.source);
    if (!record)
        return;
    const std::stop_token stop = pass.stop.get_token();
    const PassTools tools{[this, &pass](const DayImport& job) { return runDay(pass, job); }, stop};
    reimportChanged(m_workspace, *record, recheckDue(m_workspace, *record, stop), tools, result);
}

void ImportQueue::runJob(Pass& pass, PassResult& result)
{
    const PassTools tools{[this, &pass](const DayImport& job) { return runDay(pass, job); },
                          pass.stop.get_token()};
    const auto record = m_workspace.ledger->sourceTable().find(pass.request.source);
    const Status settled =
        record ? settleSource(m_workspace, record->id) : Status(fail(record.error()));
    if (!settled)
        result.error = settled.error();
    else if (!tools.stop.stop_requested())
        pass.request.job(tools, result);
    result.cancelled = result.cancelled || tools.stop.stop_requested();
}

/// Imports the next day of the pass. False: the pass is over.
bool ImportQueue::importNext(Pass& pass, PassResult& result)
{
    const auto giveUp = [&result](const Error& error) {
        result.error = error;
        return false;
    };
    auto planned = planSource(m_workspace, pass.request.source);
    if (!planned)
        return giveUp(planned.error());
    if (const Status settled = settleSource(m_workspace, planned->record.id); !settled)
        return giveUp(settled.error());
    planned = planSource(m_workspace, pass.request.source);
    if (!planned)
        return giveUp(planned.error());
    const std::vector<Day> days = planned->plan.importable(pass.request.last);
    const auto& last = pass.request.last;
    const bool held = !planned->held.empty() && (!last || planned->held.front() <= *last);
    if (const std::string& words = planned->record.schemaBreak;
        !words.empty() && (held || !days.empty()))
        return giveUp(contractBroken(planned->record.config.name, words));
    if (days.empty())
        return false;
    const PlannedDay* next = planned->plan.find(days.front());
    if (next && next->state == DayState::Failed &&
        (!pass.request.retryFailed || !result.runs.empty()))
        return false;
    auto run = runDay(
        pass, {pass.request.source, days.front(), planned->plan.firstDay, pass.request.actor});
    if (!run)
        return giveUp(run.error());
    const RunState state = run->state;
    result.runs.push_back(std::move(*run));
    if (state == RunState::Failed && result.runs.back().error)
        retrySooner(m_workspace, planned->record, *result.runs.back().error);
    result.cancelled = state == RunState::Cancelled;
    if (state == RunState::Imported)
        agreeOnFirstLanding(m_workspace, planned->record, pass.stop.get_token());
    return state == RunState::Imported;
}

void ImportQueue::noteProgress(const RunProgress& progress)
{
    bool first = false;
    {
        const std::scoped_lock lock(m_mutex);
        first = m_live.insert_or_assign(progress.run, progress).second;
    }
    Event event;
    event.kind = first ? EventKind::RunStarted : EventKind::RunProgressed;
    event.source = progress.source;
    event.progress = progress;
    m_workspace.events->tell(event);
}

Result<RunInfo> ImportQueue::runDay(Pass& pass, const DayImport& job)
{
    RunId id;
    std::stop_source stop;
    const std::stop_callback stopWithPass(pass.stop.get_token(), [&stop] { stop.request_stop(); });
    const auto begun = [&](RunId run) {
        id = run;
        const std::scoped_lock lock(m_mutex);
        m_runStops.emplace(run, stop);
    };
    auto run = importDay(
        m_workspace, job, begun, [this](const RunProgress& progress) { noteProgress(progress); },
        stop.get_token());
    {
        const std::scoped_lock lock(m_mutex);
        m_live.erase(id);
        m_runStops.erase(id);
    }
    Event event;
    event.source = job.source;
    event.kind = EventKind::RunFinished;
    if (run) {
        event.run = *run;
        m_workspace.events->tell(event);
    }
    event.kind = EventKind::DaysChanged;
    m_workspace.events->tell(event);
    if (!run)
        return fail(withDay(run.error(), job));
    return run;
}

} // namespace daymark
