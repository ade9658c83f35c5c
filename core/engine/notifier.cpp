// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/notifier.h"

#include "core/engine/notice_command.h"
#include "core/engine/webhook.h"

#include <algorithm>
#include <random>

namespace daymark {

using std::chrono::seconds;

namespace {

constexpr seconds kMattersEvery{60};
constexpr std::size_t kMostWaiting = 200; // notices to be sent; the oldest go first
constexpr int kAttempts = 3;
constexpr std::array<seconds, 2> kPauses = {seconds(2), seconds(10)};

std::string newId()
{
    constexpr std::string_view digits = "0123456789abcdef";
    std::random_device random;
    std::string id;
    for (int i = 0; i < 16; ++i)
        id += digits[random() % digits.size()];
    return id;
}

/// Waits for a moment, or until `stop`. False when stopped.
bool restFor(seconds time, const std::stop_token& stop)
{
    std::mutex mutex;
    std::condition_variable_any wake;
    std::unique_lock lock(mutex);
    return !wake.wait_for(lock, stop, time, [&stop] { return stop.stop_requested(); });
}

/// What the watchdog found, as a matter beside those of the ledger.
void addStopped(Matters& matters, const std::map<std::string, std::string>& stopped,
                const std::string& source)
{
    if (const auto found = stopped.find(source); found != stopped.end())
        matters.open["polling"] = {NoticeKind::PollingStopped, std::nullopt, found->second,
                                   "that it was not polled", "polling has stopped"};
}

/// The matters that were told stay so for sources that are there, disabled ones too.
void forgetOthers(std::map<std::string, ToldMatters>& told,
                  const std::vector<ledger::SourceRecord>& records)
{
    std::erase_if(told, [&records](const auto& entry) {
        return !entry.first.empty() &&
               std::none_of(records.begin(), records.end(), [&entry](const auto& record) {
                   return record.config.name == entry.first;
               });
    });
}

} // namespace

Notifier::Notifier(Workspace& workspace)
    : m_workspace(workspace), m_state(readNotices(workspace.folder))
{}

Notifier::~Notifier()
{
    m_subscription = Subscription();
    m_lookOut.request_stop();
    m_sender.request_stop();
}

Status Notifier::start()
{
    if (const Status writer = m_workspace.requireWriter(); !writer)
        return writer;
    {
        const std::scoped_lock lock(m_mutex);
        if (!m_state)
            return fail(m_state.error());
        if (std::exchange(m_started, true))
            return {};
        m_sendAgain = !m_state->outbox.empty();
    }
    m_subscription = m_workspace.events->subscribe([this](const Event& event) { take(event); });
    m_lookOut = std::jthread([this](std::stop_token stop) { lookOut(stop); });
    m_sender = std::jthread([this](std::stop_token stop) { sendOut(stop); });
    return {};
}

void Notifier::take(const Event& event)
{
    switch (event.kind) {
    case EventKind::RunFinished:
    case EventKind::DaysChanged:
    case EventKind::SourcesChanged:
    case EventKind::PollFinished:
    case EventKind::PassFinished: {
        const std::scoped_lock lock(m_mutex);
        m_dirty = true;
        break;
    }
    default:
        return;
    }
    m_wake.notify_all();
}

void Notifier::setStopped(const std::map<std::string, std::string>& words)
{
    {
        const std::scoped_lock lock(m_mutex);
        if (words == m_stopped)
            return;
        m_stopped = words;
        m_dirty = true;
    }
    m_wake.notify_all();
    Event event;
    event.kind = EventKind::PollingChecked;
    event.message = pollingStopped();
    m_workspace.events->tell(event);
}

std::string Notifier::pollingStopped() const
{
    const std::scoped_lock lock(m_mutex);
    std::string words;
    for (const auto& [source, sentence] : m_stopped)
        words += (words.empty() ? "" : " ") + sentence;
    return words;
}

void Notifier::tell(EventKind kind, std::shared_ptr<const Notice> notice)
{
    Event event;
    event.kind = kind;
    if (notice)
        event.source = notice->source;
    event.notice = std::move(notice);
    m_workspace.events->tell(event);
}

// --- Looking -------------------------------------------------------------------------------------

void Notifier::lookOut(const std::stop_token& stop)
{
    while (!stop.stop_requested()) {
        look();
        std::unique_lock lock(m_mutex);
        m_wake.wait_for(lock, stop, kMattersEvery, [this] { return m_dirty; });
    }
}

void Notifier::look()
{
    bool muteEnded = false;
    {
        const std::scoped_lock lock(m_mutex);
        m_dirty = false;
        Mute& mute = m_state->mute;
        if (mute.holds(m_workspace.clock.now()))
            return; // what is still the matter when the mute ends is told then
        muteEnded = mute.until.has_value();
        mute.until.reset();
    }
    if (muteEnded) {
        static_cast<void>(change([](NoticeState&) {}));
        tell(EventKind::NoticesChanged);
    }
    const auto records = m_workspace.ledger->sourceTable().list();
    if (records) // else the next look tells
        post(news(*records));
}

std::vector<Notice> Notifier::news(const std::vector<ledger::SourceRecord>& records)
{
    std::map<std::string, std::string> stopped;
    std::map<std::string, ToldMatters> told;
    {
        const std::scoped_lock lock(m_mutex);
        stopped = m_stopped;
        told = m_state->told;
    }
    const Instant now = m_workspace.clock.now();
    std::vector<Notice> notices;
    const auto compare = [&](const std::string& source, const Matters& matters) {
        for (Notice& notice : tellDifference(source, matters, told[source], now))
            notices.push_back(std::move(notice));
        if (told[source].empty())
            told.erase(source);
    };
    for (const ledger::SourceRecord& record : records) {
        const auto planned = planSource(m_workspace, record.config.name);
        if (!record.enabled || !planned)
            continue;
        Matters matters = mattersOf(*planned, now);
        addStopped(matters, stopped, record.config.name);
        compare(record.config.name, matters);
    }
    Matters overall;
    addStopped(overall, stopped, "");
    compare("", overall);
    forgetOthers(told, records);
    const std::scoped_lock lock(m_mutex);
    m_state->told = std::move(told); // written with the notices, or with the next change
    return notices;
}

/// Keeps the notices, with what was told, before anybody hears of them.
void Notifier::post(std::vector<Notice> notices)
{
    if (notices.empty())
        return;
    for (Notice& notice : notices)
        notice.id = newId();
    const Status kept = change([&notices, this](NoticeState& state) {
        const bool webhook = !state.webhook.empty();
        const bool command = !state.command.empty();
        for (const Notice& notice : notices)
            if (webhook || command)
                state.outbox.push_back({notice, webhook, command});
        while (state.outbox.size() > kMostWaiting)
            state.outbox.pop_front();
        m_sendAgain = m_sendAgain || !state.outbox.empty();
    });
    // Should the disk be full, the notices are told all the same; a restart tells them again.
    static_cast<void>(kept);
    m_wake.notify_all();
    for (Notice& notice : notices)
        tell(EventKind::NoticeTold, std::make_shared<const Notice>(std::move(notice)));
}

// --- Sending -------------------------------------------------------------------------------------

void Notifier::sendOut(const std::stop_token& stop)
{
    while (!stop.stop_requested()) {
        std::optional<Outgoing> next;
        {
            std::unique_lock lock(m_mutex);
            if (!m_wake.wait(lock, stop, [this] { return m_sendAgain; }))
                return;
            if (m_state->outbox.empty())
                m_sendAgain = false;
            else
                next = m_state->outbox.front();
        }
        if (next)
            send(*next, stop);
    }
}

void Notifier::send(const Outgoing& outgoing, const std::stop_token& stop)
{
    std::string url;
    std::vector<std::string> command;
    {
        const std::scoped_lock lock(m_mutex);
        url = m_state->webhook;
        command = m_state->command;
    }
    std::optional<Delivery> byWebhook;
    std::optional<Delivery> byCommand;
    if (outgoing.toWebhook && !url.empty())
        byWebhook = sendToWebhook(url, outgoing.notice, kAttempts, stop);
    if (outgoing.toCommand && !command.empty() && !stop.stop_requested())
        byCommand = sendToCommand(command, outgoing.notice, stop);
    if (stop.stop_requested())
        return; // what was cut short is sent at the next start
    const Status kept = change([&](NoticeState& state) {
        std::erase_if(state.outbox, [&](const Outgoing& waiting) {
            return waiting.notice.id == outgoing.notice.id;
        });
        if (byWebhook)
            state.lastWebhook = byWebhook;
        if (byCommand)
            state.lastCommand = byCommand;
    });
    static_cast<void>(kept); // on a full disk it may be sent again after a restart
    tell(EventKind::NoticesChanged);
}

Delivery Notifier::sendToWebhook(const std::string& url, const Notice& notice, int attempts,
                                 const std::stop_token& stop)
{
    const std::string json = noticeJson(notice, m_workspace.folder.filename().string());
    WebhookAnswer answer;
    for (int attempt = 0; attempt < attempts; ++attempt) {
        if (attempt > 0 && !restFor(kPauses[static_cast<std::size_t>(attempt - 1)], stop))
            break;
        answer = postToWebhook(url, json, stop);
        if (answer.ok || !answer.mayPass || answer.cancelled)
            break;
    }
    return {m_workspace.clock.now(), answer.ok, answer.words};
}

Delivery Notifier::sendToCommand(const std::vector<std::string>& command, const Notice& notice,
                                 const std::stop_token& stop)
{
    const CommandAnswer answer = runNoticeCommand(command, notice, m_workspace.folder, stop);
    return {m_workspace.clock.now(), answer.ok, answer.words};
}

/// Each waiting notice once: one that could not be sent has had its attempts.
Status Notifier::catchUp(std::stop_token stop)
{
    if (const Status writer = m_workspace.requireWriter(); !writer)
        return writer;
    {
        const std::scoped_lock lock(m_mutex);
        if (!m_state)
            return fail(m_state.error());
        if (m_started)
            return {}; // its threads do it
    }
    look();
    std::deque<Outgoing> waiting;
    {
        const std::scoped_lock lock(m_mutex);
        waiting = m_state->outbox;
    }
    for (const Outgoing& outgoing : waiting) {
        if (stop.stop_requested())
            break; // what is left is sent at the next start
        send(outgoing, stop);
    }
    return {};
}

// --- The desk ------------------------------------------------------------------------------------

Status Notifier::change(const Change& apply)
{
    const std::scoped_lock lock(m_mutex);
    if (!m_state)
        return fail(m_state.error());
    apply(*m_state);
    return writeNotices(m_workspace.folder, *m_state);
}

/// A process that only reads looks at what the writing one keeps.
Result<NoticeTargets> Notifier::targets()
{
    const std::scoped_lock lock(m_mutex);
    if (!m_workspace.writable)
        m_state = readNotices(m_workspace.folder);
    if (!m_state)
        return fail(m_state.error());
    return NoticeTargets{webhookHost(m_state->webhook), m_state->command, m_state->mute,
                         m_state->lastWebhook, m_state->lastCommand};
}

Status Notifier::setWebhook(const std::string& url)
{
    if (const Status writer = m_workspace.requireWriter(); !writer)
        return writer;
    if (!url.empty())
        if (const Status fit = checkWebhook(url); !fit)
            return fit;
    const Status set = change([&url](NoticeState& state) {
        state.webhook = url;
        state.lastWebhook.reset();
    });
    if (set)
        tell(EventKind::NoticesChanged);
    return set;
}

Status Notifier::setCommand(const std::vector<std::string>& command)
{
    if (const Status writer = m_workspace.requireWriter(); !writer)
        return writer;
    if (!command.empty())
        if (const Status fit = checkCommand(command); !fit)
            return fit;
    const Status set = change([&command](NoticeState& state) {
        state.command = command;
        state.lastCommand.reset();
    });
    if (set)
        tell(EventKind::NoticesChanged);
    return set;
}

Status Notifier::setMute(const Mute& mute)
{
    if (const Status writer = m_workspace.requireWriter(); !writer)
        return writer;
    const Status set = change([&mute, this](NoticeState& state) {
        state.mute = mute;
        m_dirty = true;
    });
    if (!set)
        return set;
    m_wake.notify_all();
    tell(EventKind::NoticesChanged);
    return {};
}

Notice Notifier::testNotice() const
{
    Notice notice;
    notice.id = newId();
    notice.kind = NoticeKind::Test;
    notice.at = m_workspace.clock.now();
    notice.title = "Daymark: a test";
    notice.words =
        "Notices of the workspace " + m_workspace.folder.filename().string() + " arrive here.";
    return notice;
}

Result<Delivery> Notifier::testWebhook(const std::string& url, std::stop_token stop)
{
    std::string target = url;
    if (target.empty()) {
        const std::scoped_lock lock(m_mutex);
        target = m_state ? m_state->webhook : std::string();
    }
    if (const Status fit = checkWebhook(target); !fit)
        return fail(fit.error());
    return sendToWebhook(target, testNotice(), 1, stop);
}

Result<Delivery> Notifier::testCommand(const std::vector<std::string>& command,
                                       std::stop_token stop)
{
    if (const Status fit = checkCommand(command); !fit)
        return fail(fit.error());
    return sendToCommand(command, testNotice(), stop);
}

} // namespace daymark
