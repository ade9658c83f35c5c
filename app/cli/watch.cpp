// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/watch.h"

#include "app/cli/json_out.h"
#include "app/cli/progress.h"
#include "app/cli/show.h"
#include "core/base/text.h"

#include <condition_variable>
#include <deque>
#include <map>
#include <mutex>

namespace daymark::cli {

namespace {

constexpr std::size_t kRunsKept = 1000;

/// What happened while watching. Told on the engine's threads, one event at a time.
class WatchLog
{
public:
    explicit WatchLog(Session& session) : m_session(session) {}

    void take(const Event& event)
    {
        const std::scoped_lock lock(m_mutex);
        if (event.kind == EventKind::RunFinished)
            takeRun(event.run);
        else if (event.kind == EventKind::PollFinished)
            takePoll(event.poll);
        else if (event.kind == EventKind::DaysChanged && !event.message.empty())
            say(printable(event.source) + ": " + printable(event.message, 4000));
        else if (event.kind == EventKind::PassFinished && !event.message.empty())
            takePass(event);
    }

    /// Runs beyond the latest thousand are counted, but not listed.
    [[nodiscard]] ImportReport report() const
    {
        const std::scoped_lock lock(m_mutex);
        ImportReport report;
        report.runs.assign(m_runs.begin(), m_runs.end());
        report.failed = m_failed;
        for (const auto& poll : m_polls)
            report.polls.push_back(poll.second);
        report.waiting.assign(m_waiting.begin(), m_waiting.end());
        return report;
    }

private:
    void takeRun(const RunInfo& run)
    {
        m_failed += run.state == RunState::Failed ? 1 : 0;
        m_runs.push_back(run);
        if (m_runs.size() > kRunsKept)
            m_runs.pop_front();
        const std::string at = instantText(run.finishedAt);
        say((at.empty() ? "" : at + "  ") + printable(run.source) + " " + formatDay(run.day) +
            "  " + runStateText(run.state, m_session.style()) + "  " + plural(run.accepted, "row") +
            ", " + groupedDigits(run.rejected) + " rejected, " + groupedDigits(run.duplicates) +
            " duplicates, " + durationText(run.seconds));
        if (run.error)
            tell(*run.error);
    }

    void takePoll(const PollReport& poll)
    {
        m_failed += poll.ok ? 0 : 1;
        m_polls[poll.source] = poll;
        if (poll.error) {
            say(printable(poll.source) + " could not be read.");
            tell(*poll.error);
        }
    }

    /// Says what a source waits for when that is news.
    void takePass(const Event& event)
    {
        std::string& last = m_waiting[event.source];
        if (last == event.message)
            return;
        last = event.message;
        say(printable(event.source) + ": " + printable(event.message, 4000));
    }

    void say(const std::string& line)
    {
        if (!m_session.json())
            m_session.print(line + "\n");
    }

    void tell(const Error& error)
    {
        if (!m_session.json())
            m_session.print(errorText(error, m_session.style()));
    }

    Session& m_session;
    mutable std::mutex m_mutex;
    std::deque<RunInfo> m_runs;                   ///< guarded by m_mutex
    std::map<std::string, PollReport> m_polls;    ///< guarded by m_mutex
    std::map<std::string, std::string> m_waiting; ///< guarded by m_mutex
    int m_failed = 0;                             ///< guarded by m_mutex
};

void waitFor(const std::stop_token& stop)
{
    std::mutex mutex;
    std::condition_variable_any stopped;
    std::unique_lock lock(mutex);
    stopped.wait(lock, stop, [] { return false; });
}

/// What is due already comes first; the scheduler takes up what becomes due.
Status begin(Engine& engine, const Session& session)
{
    const std::stop_token stop = session.stop();
    if (const Status told = engine.startNotices(); !told)
        session.note("note: no notices are sent. " + printable(told.error().message, 4000));
    const auto due = engine.runDue(stop);
    if (stop.stop_requested())
        return {};
    if (!due)
        return fail(due.error());
    return engine.startScheduler();
}

} // namespace

Outcome watch(Session& session)
{
    auto engine = session.open(OpenMode::Write);
    if (!engine)
        return fail(engine.error());
    WatchLog log(session);
    {
        const Subscription subscription =
            (*engine)->subscribe([&log](const Event& event) { log.take(event); });
        const ProgressBar progress(**engine, !session.json() && !session.quiet());
        session.note("Watching " + printable((*engine)->workspace().string(), 4000) +
                     "; Ctrl+C ends it.");
        if (const auto begun = begin(**engine, session); !begun)
            return fail(begun.error());
        waitFor(session.stop());
        engine->reset();
    }
    if (session.json())
        session.print(importJson(log.report()));
    return Interrupted;
}

} // namespace daymark::cli
