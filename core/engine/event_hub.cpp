// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/event_hub.h"

#include <vector>

namespace daymark {

Subscription EventHub::subscribe(std::function<void(const Event&)> listener)
{
    auto entry = std::make_shared<Listener>(Listener{std::move(listener), false});
    const std::scoped_lock lock(m_mutex);
    m_listeners.push_back(entry);
    return Subscription([weak = weak_from_this(), entry] {
        const auto hub = weak.lock();
        if (!hub)
            return;
        const std::scoped_lock unsubscribing(hub->m_mutex);
        entry->ended = true;
        hub->m_listeners.remove(entry);
    });
}

void EventHub::tell(const Event& event)
{
    const std::scoped_lock lock(m_mutex);
    const std::vector<std::shared_ptr<Listener>> listeners(m_listeners.begin(), m_listeners.end());
    for (const auto& listener : listeners)
        if (!listener->ended)
            listener->call(event);
}

} // namespace daymark
