// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Says when polling itself has stopped, whatever the scheduler believes: it looks at what was
// polled, not at what was asked for.
//
// Time is counted only while the machine is awake and this process gets to run, in small steps, so
// that neither a suspend nor a jump of the clock looks like a stop.

#include "core/engine/workspace.h"

#include <condition_variable>
#include <functional>
#include <span>
#include <thread>

namespace daymark {

/// How long a look may be overdue before that is told: the source's interval, but 5 minutes at
/// least and 30 at most.
[[nodiscard]] std::chrono::seconds missGrace(const Policy& policy);

/// A source as one look finds it.
struct WatchedSource
{
    std::string name;
    bool due = false;        ///< its signals should be read now
    std::uint64_t signs = 0; ///< signs of life so far: polls, runs, progress
    std::chrono::seconds grace{0};
};

/// Counts for how long each source has been due without a sign of life. No clock of its own.
class MissMeter
{
public:
    /// @param passed  since the last look, as the machine was awake.
    /// @param step    the most of it that counts: more means that nobody could run.
    /// @return  the names of the sources that have waited for longer than their grace.
    std::vector<std::string> look(std::span<const WatchedSource> sources,
                                  std::chrono::milliseconds passed, std::chrono::milliseconds step);

private:
    struct Waiting
    {
        std::chrono::milliseconds time{0};
        std::uint64_t signs = 0;
    };
    std::map<std::string, Waiting> m_waiting;
};

struct WatchdogTimes
{
    std::chrono::milliseconds look = std::chrono::seconds(10);
    std::optional<std::chrono::seconds> grace = {}; ///< in place of missGrace()
};

/// Looks on a thread of its own while a scheduler is to run in this process.
class Watchdog
{
public:
    /// Which sources are not polled any more and why, in words, by name; below "" where it
    /// concerns all. Called at each look, also when there is nothing to say.
    using ToldFn = std::function<void(const std::map<std::string, std::string>&)>;

    Watchdog(Workspace& workspace, ToldFn told, WatchdogTimes times = {});
    ~Watchdog();

private:
    void serve(const std::stop_token& stop);
    void look(std::chrono::milliseconds passed);
    [[nodiscard]] Result<std::vector<WatchedSource>> watched();

    Workspace& m_workspace;
    ToldFn m_told;
    WatchdogTimes m_times;
    MissMeter m_meter;
    std::chrono::milliseconds m_blind{0}; ///< for how long the ledger could not be read
    std::mutex m_mutex;
    std::map<std::string, std::uint64_t> m_signs; ///< guarded by m_mutex
    std::condition_variable_any m_wake;
    Subscription m_subscription;
    std::jthread m_thread; ///< last: it uses all of the above
};

} // namespace daymark
