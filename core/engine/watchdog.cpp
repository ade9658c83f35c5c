// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/watchdog.h"

#include "core/engine/polling.h"

#include <algorithm>

namespace daymark {

using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

namespace {

constexpr seconds kLeastGrace = minutes(5);
constexpr seconds kMostGrace = minutes(30);
constexpr int kStepsThatCount = 2; // of the time between two looks

std::string wordsFor(const ledger::SourceRecord& record)
{
    const std::string last = record.poll.last
                                 ? "was last polled at " + formatInstant(*record.poll.last)
                                 : "has not been polled";
    return record.config.name + " " + last + ", although it is to be polled every " +
           std::to_string(record.policy.pollMinutes) +
           (record.policy.pollMinutes == 1 ? " minute." : " minutes.");
}

constexpr const char* kWayOut =
    " Start Daymark again; should it last, test the source's connection.";

} // namespace

seconds missGrace(const Policy& policy)
{
    return std::clamp(seconds(minutes(policy.pollMinutes)), kLeastGrace, kMostGrace);
}

std::vector<std::string> MissMeter::look(std::span<const WatchedSource> sources,
                                         milliseconds passed, milliseconds step)
{
    std::map<std::string, Waiting> waiting;
    std::vector<std::string> missed;
    for (const WatchedSource& source : sources) {
        if (!source.due)
            continue;
        const auto before = m_waiting.find(source.name);
        const bool waits = before != m_waiting.end() && before->second.signs == source.signs;
        Waiting& entry = waiting[source.name];
        entry.signs = source.signs;
        entry.time = waits ? before->second.time + std::min(passed, step) : milliseconds(0);
        if (entry.time > source.grace)
            missed.push_back(source.name);
    }
    m_waiting = std::move(waiting);
    return missed;
}

Watchdog::Watchdog(Workspace& workspace, ToldFn told, WatchdogTimes times)
    : m_workspace(workspace), m_told(std::move(told)), m_times(times)
{
    m_subscription = m_workspace.events->subscribe([this](const Event& event) {
        if (event.source.empty() || event.kind == EventKind::NoticeTold ||
            event.kind == EventKind::DaysChanged)
            return;
        const std::scoped_lock lock(m_mutex);
        ++m_signs[event.source];
    });
    m_thread = std::jthread([this](std::stop_token stop) { serve(stop); });
}

Watchdog::~Watchdog()
{
    m_subscription = Subscription();
    m_thread.request_stop();
}

void Watchdog::serve(const std::stop_token& stop)
{
    auto last = std::chrono::steady_clock::now(); // stands still while the machine sleeps
    while (!stop.stop_requested()) {
        const auto now = std::chrono::steady_clock::now();
        look(std::chrono::duration_cast<milliseconds>(now - last));
        last = now;
        std::mutex mutex;
        std::unique_lock lock(mutex);
        m_wake.wait_for(lock, stop, m_times.look, [&stop] { return stop.stop_requested(); });
    }
}

Result<std::vector<WatchedSource>> Watchdog::watched()
{
    const auto records = m_workspace.ledger->sourceTable().list();
    if (!records)
        return fail(records.error());
    std::vector<WatchedSource> sources;
    const std::scoped_lock lock(m_mutex);
    for (const ledger::SourceRecord& record : *records)
        if (record.enabled)
            sources.push_back(
                {record.config.name, isPollDue(record.poll, record.policy, m_workspace.clock.now()),
                 m_signs[record.config.name], m_times.grace.value_or(missGrace(record.policy))});
    return sources;
}

void Watchdog::look(milliseconds passed)
{
    if (!m_workspace.schedulerRuns) {
        m_meter = {};
        m_told({});
        return;
    }
    const milliseconds step = m_times.look * kStepsThatCount;
    const auto sources = watched();
    if (!sources) {
        m_blind += std::min(passed, step);
        if (m_blind > m_times.grace.value_or(kLeastGrace))
            m_told({{"", "The ledger cannot be read, so nothing is polled: " +
                             sources.error().message + kWayOut}});
        return;
    }
    m_blind = milliseconds(0);
    const std::vector<std::string> missed = m_meter.look(*sources, passed, step);
    std::map<std::string, std::string> words;
    if (!missed.empty() && missed.size() == sources->size() && missed.size() > 1) {
        words[""] = "Polling has stopped: none of the " + std::to_string(missed.size()) +
                    " sources is looked at any more." + kWayOut;
    } else {
        for (const std::string& name : missed)
            if (const auto record = m_workspace.ledger->sourceTable().find(name))
                words[name] = wordsFor(*record) + kWayOut;
    }
    m_told(words);
}

} // namespace daymark
