// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/bridge/work_queue.h"

namespace daymark::ui {

namespace {

constexpr int kThreadsPerLane = 2;

} // namespace

WorkQueue::WorkQueue(QObject* parent) : QObject(parent)
{
    m_ledger.setMaxThreadCount(kThreadsPerLane);
    m_outside.setMaxThreadCount(kThreadsPerLane);
}

WorkQueue::~WorkQueue() { drain(); }

void WorkQueue::drain()
{
    m_stopAll.request_stop();
    for (QThreadPool* pool : {&m_ledger, &m_outside}) {
        pool->clear();
        pool->waitForDone();
    }
}

void WorkQueue::start(Lane lane, const Request::Ticket& ticket, std::function<Delivery()> work)
{
    pool(lane).start([this, ticket, work = std::move(work)]() mutable {
        const std::stop_callback stopWithAll(m_stopAll.get_token(), [&] { ticket.requestStop(); });
        if (!ticket.current() || m_stopAll.stop_requested())
            return;
        const auto deliver = [ticket, delivery = work()] {
            if (ticket.current())
                delivery();
        };
        QMetaObject::invokeMethod(this, deliver, Qt::QueuedConnection);
    });
}

QThreadPool& WorkQueue::pool(Lane lane) { return lane == Lane::Ledger ? m_ledger : m_outside; }

} // namespace daymark::ui
