// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/import_queue.h"

namespace daymark {

/// What one round of the scheduler asks for, by source name: a pass for each source whose poll is
/// due or, where `withReady` is set, that has days ready or landed ones to be looked at again. A
/// failed day is tried again by itself only where its failure may pass.
[[nodiscard]] Result<std::vector<PassRequest>> duePasses(const Workspace& workspace,
                                                         bool withReady);

/// Looks every few seconds at what is due and adds it to the queue, on a thread of its own.
class Scheduler
{
public:
    Scheduler(Workspace& workspace, ImportQueue& queue);
    ~Scheduler();

private:
    void serve(const std::stop_token& stop);
    void look(bool first);

    Workspace& m_workspace;
    ImportQueue& m_queue;
    std::mutex m_mutex;
    std::condition_variable_any m_wake;
    std::jthread m_thread;
};

} // namespace daymark
