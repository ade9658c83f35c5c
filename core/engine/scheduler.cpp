// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/scheduler.h"

#include "core/engine/planning.h"
#include "core/engine/polling.h"
#include "core/engine/recheck.h"

namespace daymark {

namespace {

constexpr std::chrono::seconds kLookEvery{5};

/// Whether the day that a pass would begin with may be begun without a person's word.
bool mayBegin(const PlannedSource& planned)
{
    const std::vector<Day> days = planned.plan.importable();
    if (days.empty())
        return false;
    const ledger::DayRecord* record = planned.find(days.front());
    return !record || !record->failure || remedyFor(record->failure->code) == Remedy::Retry;
}

} // namespace

Result<std::vector<PassRequest>> duePasses(const Workspace& workspace, bool withReady)
{
    const auto records = workspace.ledger->sourceTable().list();
    if (!records)
        return fail(records.error());
    std::vector<PassRequest> due;
    for (const ledger::SourceRecord& record : *records) {
        if (!record.enabled)
            continue;
        const bool poll = isPollDue(record.poll, record.policy, workspace.clock.now());
        const auto planned = planSource(workspace, record.config.name);
        // A source that cannot be planned (its time zone has gone from the machine) is polled all
        // the same, and does not hold up the others.
        const bool retry = planned && mayBegin(*planned);
        const auto rechecks = dueRechecks(workspace, record);
        const bool recheck = rechecks && !rechecks->empty();
        if (poll || (withReady && (retry || recheck)))
            due.push_back({record.config.name, poll, true, retry, {}, workspace.actor, recheck});
    }
    return due;
}

Scheduler::Scheduler(Workspace& workspace, ImportQueue& queue)
    : m_workspace(workspace), m_queue(queue)
{
    m_workspace.schedulerRuns = true;
    m_thread = std::jthread([this](std::stop_token stop) { serve(stop); });
}

Scheduler::~Scheduler()
{
    m_thread.request_stop();
    m_thread.join();
    m_workspace.schedulerRuns = false;
}

void Scheduler::serve(const std::stop_token& stop)
{
    look(true);
    std::unique_lock lock(m_mutex);
    while (!m_wake.wait_for(lock, stop, kLookEvery, [&stop] { return stop.stop_requested(); })) {
        lock.unlock();
        look(false);
        lock.lock();
    }
}

/// The first look only reads signals: a person who opens the window sees what would be imported
/// before it is.
void Scheduler::look(bool first)
{
    const auto due = duePasses(m_workspace, false);
    if (!due)
        return; // the ledger could not be read just now; the next look tells
    for (PassRequest request : *due) {
        request.import = !first;
        request.recheck = request.recheck && !first;
        if (!m_queue.isBusy(request.source))
            static_cast<void>(m_queue.add(std::move(request)));
    }
}

} // namespace daymark
