// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/engine.h"

#include <list>
#include <mutex>

namespace daymark {

/// Tells every subscriber what happened, one event at a time. A listener may end its own
/// subscription; it must be quick, for the thread that tells has work to do.
class EventHub : public std::enable_shared_from_this<EventHub>
{
public:
    [[nodiscard]] Subscription subscribe(std::function<void(const Event&)> listener);
    void tell(const Event& event);

private:
    /// A listener that ends its subscription while it is told must outlive its own call.
    struct Listener
    {
        std::function<void(const Event&)> call;
        bool ended = false; ///< guarded by m_mutex
    };
    std::recursive_mutex m_mutex; ///< recursive: a listener may unsubscribe while it is told
    std::list<std::shared_ptr<Listener>> m_listeners; ///< guarded by m_mutex
};

} // namespace daymark
