// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/notice_file.h"
#include "core/engine/workspace.h"

#include <condition_variable>
#include <thread>

namespace daymark {

/// Finds out what is news and sends it. Once it was started, one thread looks at the sources
/// whenever something happened (and every minute, for lateness comes with the time alone), and
/// another sends. What was told and what is still to be sent is on the disk before it is sent, so
/// that each matter is told once, whatever happens; a notice that was being sent while the process
/// died is sent again, under the same id.
class Notifier : public NoticeDesk
{
public:
    explicit Notifier(Workspace& workspace);
    ~Notifier() override;

    /// In the writing process only.
    [[nodiscard]] Status start();

    /// What the watchdog found: why the polling of which sources has stopped, by source; below ""
    /// where it concerns all of them.
    void setStopped(const std::map<std::string, std::string>& words);

    [[nodiscard]] Result<NoticeTargets> targets() override;
    [[nodiscard]] Status setWebhook(const std::string& url) override;
    [[nodiscard]] Status setCommand(const std::vector<std::string>& command) override;
    [[nodiscard]] Status setMute(const Mute& mute) override;
    [[nodiscard]] Result<Delivery> testWebhook(const std::string& url,
                                               std::stop_token stop) override;
    [[nodiscard]] Result<Delivery> testCommand(const std::vector<std::string>& command,
                                               std::stop_token stop) override;
    [[nodiscard]] Status catchUp(std::stop_token stop) override;
    [[nodiscard]] std::string pollingStopped() const override;

private:
    using Change = std::function<void(NoticeState&)>;

    void take(const Event& event);
    void lookOut(const std::stop_token& stop);
    void look();
    std::vector<Notice> news(const std::vector<ledger::SourceRecord>& records);
    void post(std::vector<Notice> notices);
    void sendOut(const std::stop_token& stop);
    void send(const Outgoing& outgoing, const std::stop_token& stop);
    [[nodiscard]] Delivery sendToWebhook(const std::string& url, const Notice& notice, int attempts,
                                         const std::stop_token& stop);
    [[nodiscard]] Delivery sendToCommand(const std::vector<std::string>& command,
                                         const Notice& notice, const std::stop_token& stop);
    [[nodiscard]] Notice testNotice() const;
    [[nodiscard]] Status change(const Change& apply);
    void tell(EventKind kind, std::shared_ptr<const Notice> notice = {});

    Workspace& m_workspace;
    mutable std::mutex m_mutex;
    std::condition_variable_any m_wake;
    Result<NoticeState> m_state;                  ///< guarded by m_mutex
    std::map<std::string, std::string> m_stopped; ///< guarded by m_mutex
    bool m_started = false;                       ///< guarded by m_mutex
    bool m_dirty = true;                          ///< guarded by m_mutex: something happened
    bool m_sendAgain = false;                     ///< guarded by m_mutex: the outbox has more
    Subscription m_subscription;
    std::jthread m_lookOut; ///< the threads last: they use all of the above
    std::jthread m_sender;
};

} // namespace daymark
