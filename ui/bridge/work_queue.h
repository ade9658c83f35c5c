// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/bridge/request.h"

#include <QObject>
#include <QThreadPool>

#include <functional>

namespace daymark::ui {

/// Answers questions on worker threads and delivers the answers on the thread that it lives on.
///
/// Two lanes, so that a customer's server that doesn't answer never holds up a look into the
/// ledger. Destruction asks every question to stop and waits for the threads; nothing is delivered
/// after that.
class WorkQueue : public QObject
{
    Q_OBJECT

public:
    enum class Lane {
        Ledger, ///< answered from this machine's disk
        Outside ///< may reach a customer's server
    };

    explicit WorkQueue(QObject* parent = nullptr);
    ~WorkQueue() override;

    /// Runs `job(std::stop_token)` on a worker and then, unless the request was renewed, cancelled
    /// or destroyed meanwhile, `done(answer)` here.
    template <class Job, class Done>
    void ask(Request& request, Lane lane, Job job, Done done)
    {
        Request::Ticket ticket = request.renew();
        start(lane, ticket, [job, done, ticket, &request]() mutable -> Delivery {
            auto answer = std::make_shared<decltype(job(ticket.stop()))>(job(ticket.stop()));
            return [answer, done, &request]() mutable {
                request.settle(); // a current ticket means that the request is still there
                done(std::move(*answer));
            };
        });
    }

    /// Asks every question to stop, drops those not begun, and waits. Any thread.
    void drain();

private:
    using Delivery = std::function<void()>;

    void start(Lane lane, const Request::Ticket& ticket, std::function<Delivery()> work);
    QThreadPool& pool(Lane lane);

    QThreadPool m_ledger;
    QThreadPool m_outside;
    std::stop_source m_stopAll;
};

} // namespace daymark::ui
