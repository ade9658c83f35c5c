// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/bridge/engine_bridge.h"

#include "ui/style/text.h"

namespace daymark::ui {

namespace {

constexpr std::chrono::seconds kLookAgain{3};

} // namespace

EngineBridge::EngineBridge(QObject* parent)
    : QObject(parent), m_queue(std::make_unique<WorkQueue>())
{
    m_lookAgain.setInterval(kLookAgain);
    connect(&m_lookAgain, &QTimer::timeout, this, &EngineBridge::lookAgain);
}

EngineBridge::~EngineBridge()
{
    m_opening.cancel();
    if (m_closing.joinable())
        m_closing.join();
    endEngine();
}

void EngineBridge::open(const EngineOptions& options, bool create, bool schedule)
{
    if (m_state != State::Closed && m_state != State::Failed)
        return;
    m_options = options;
    setState(State::Opening);
    m_queue->ask(
        m_opening, Lane::Outside,
        [options, create, schedule](std::stop_token) { return openNow(options, create, schedule); },
        [this](Opened opened) { adopt(opened); });
}

EngineBridge::Opened EngineBridge::openNow(const EngineOptions& options, bool create, bool schedule)
{
    Opened opened;
    if (create) {
        const Status created = Engine::create(options.workspace, options.clock);
        if (!created && created.error().code != ErrorCode::WorkspaceExists) {
            opened.error = created.error();
            return opened;
        }
    }
    Result<std::unique_ptr<Engine>> engine = Engine::open(options);
    if (!engine) {
        opened.error = engine.error();
        return opened;
    }
    opened.engine = std::move(*engine);
    opened.canWrite = opened.engine->canWrite();
    opened.repairs = opened.engine->repairs();
    if (schedule && opened.canWrite) {
        const Status started = opened.engine->startScheduler();
        if (!started)
            opened.repairs.push_back(started.error().message);
    }
    return opened;
}

void EngineBridge::adopt(Opened& opened)
{
    m_engine = std::move(opened.engine);
    m_error = opened.error;
    m_canWrite = opened.canWrite;
    m_repairs = opened.repairs;
    if (m_engine) {
        m_subscription = m_engine->subscribe([this](const Event& event) {
            QMetaObject::invokeMethod(
                this, [this, event] { tell(event); }, Qt::QueuedConnection);
        });
    }
    setState(m_engine ? State::Open : State::Failed);
    if (canWrite()) // now that somebody listens; why it could not be, the settings tell
        ask(
            m_noticing, Lane::Ledger,
            [](Engine& engine, const std::stop_token&) { return engine.startNotices(); },
            [](const Status&) {});
}

void EngineBridge::close()
{
    if (m_state == State::Closing || m_state == State::Closed)
        return;
    m_opening.cancel();
    setState(State::Closing);
    m_closing = std::jthread([this] {
        endEngine();
        QMetaObject::invokeMethod(
            this, [this] { setState(State::Closed); }, Qt::QueuedConnection);
    });
}

/// On the closing thread, or on the window's own where the bridge dies without having been closed.
void EngineBridge::endEngine()
{
    m_queue->drain();
    m_subscription = Subscription();
    m_engine.reset();
}

std::vector<RunProgress> EngineBridge::liveRuns() const
{
    return isOpen() ? m_engine->liveRuns() : std::vector<RunProgress>();
}

void EngineBridge::tell(const Event& event)
{
    if (!isOpen())
        return;
    switch (event.kind) {
    case EventKind::RunStarted:
        Q_EMIT runStarted(event.progress);
        break;
    case EventKind::RunProgressed:
        Q_EMIT runProgressed(event.progress);
        break;
    case EventKind::RunFinished:
        Q_EMIT runFinished(event.run);
        break;
    case EventKind::DaysChanged:
        Q_EMIT daysChanged(text(event.source));
        break;
    case EventKind::SourcesChanged:
        Q_EMIT sourcesChanged();
        break;
    case EventKind::PollFinished:
        Q_EMIT pollFinished(event.poll);
        break;
    case EventKind::PassFinished:
        Q_EMIT passFinished(text(event.source), text(event.message));
        break;
    case EventKind::NoticeTold:
        if (event.notice)
            Q_EMIT noticeTold(*event.notice);
        break;
    case EventKind::NoticesChanged:
        Q_EMIT noticesChanged();
        break;
    case EventKind::PollingChecked:
        Q_EMIT pollingChecked(text(event.message));
        break;
    }
}

void EngineBridge::setState(State state)
{
    m_state = state;
    if (isOpen() && !m_canWrite)
        m_lookAgain.start();
    else
        m_lookAgain.stop();
    Q_EMIT stateChanged();
}

} // namespace daymark::ui
